/** Every way a record can end, in tree and panel: nothing found at all, all failed, half failed, truncated, a missing scope. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sampleIds } from '../../src/core/samplePortal/sampleAccount.ts';
import { answerNumbers } from '../demo/answerNumbers.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { type StandIn, startHubSpotStandIn } from '../hubspotStandIn.ts';

/** The most associations that are read of one record. */
const recordCap = 3;

const deals = (...numbers: number[]) => numbers.map((nth) => sampleIds.deal[nth]!);
/** The ids of each look-up. A deal has as many contacts as the rest of its number by four, and one more. */
const blocks = {
  contacts: sampleIds.contact.slice(3, 6),
  failed: deals(0, 1, 2),
  half: deals(4, 5, 8, 9),
  truncated: deals(3, 7, 10),
  scope: deals(12, 14, 16),
};
const lines = Object.values(blocks).flat();

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let tree: TreeView;
const folder = temporaryFolder('fates');

before(async () => {
  standIn = await startHubSpotStandIn();
  const workspace = join(folder.path, 'workspace');
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'ids.txt'), `${lines.join('\n')}\n`);
  window = await openVscode({
    workspace,
    openFile: 'ids.txt',
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
    settings: { 'hubspotAssociations.recordCap': recordCap },
  });
  workbench = window.workbench;
  tree = await workbench.openView('HubSpot Associations', 'Lookups');
});

after(async () => {
  await window?.close();
  await standIn?.close();
  await folder.remove();
});

type State = 'Found' | 'No association' | 'Failed' | 'Not read' | 'Truncated';

/** What has to be seen: each asked id with its state, and the ids it is associated with. */
type Expected = readonly { readonly id: string; readonly state: State; readonly to?: readonly string[] }[];

/** Looks up the contacts of these deals, with nothing else in the view. */
async function lookUp(ids: readonly string[]): Promise<void> {
  await workbench.runCommand('HubSpot Associations: Clear All Lookups');
  await tree.until('nothing is left', (rows) => rows.length === 0);
  await workbench.openFile('ids.txt');
  const first = lines.indexOf(ids[0]!) + 1;
  await workbench.selectLines(first, first + ids.length - 1);
  await workbench.press('Control+K', 'h');
  await workbench.quickInput.opened('Which object type are these records?');
  await workbench.quickInput.pick('Deals');
  await workbench.quickInput.opened('Whose associations do you want to see?');
  await workbench.quickInput.pick('Contacts');
}

const contactsOf = (id: string) => standIn.portal.associationsOf('deals', id, 'contacts').map(({ toId }) => toId);

async function panelSays(expected: RegExp): Promise<string> {
  const read = () => workbench.webview().locator('body').innerText({ timeout: 1_000 });
  return until(
    `the panel says ${expected}`,
    async () => {
      const text = await read();
      return expected.test(text) && text;
    },
    read,
  );
}

const groupStates: Readonly<Record<string, State>> = {
  'No association': 'No association',
  Failed: 'Failed',
  'Not read': 'Not read',
};

/** The asked ids as the tree shows them, each with its state. */
async function inTree(): Promise<string[]> {
  for (const { label } of await tree.rows()) if (/^[A-Z].* \(\d+\)$/.test(label)) await tree.expand(label);
  const rows = await tree.rows();
  let group: State | undefined;
  return rows.flatMap(({ level, label, spoken }) => {
    if (level === 2) group = groupStates[label.replace(/ \(\d+\)$/, '')];
    if (!/^\d+$/.test(label)) return [];
    if (level === 3 && group) return [`${label} ${group}`];
    return level === 2 ? [`${label} ${spoken.includes('not all read') ? 'Truncated' : 'Found'}`] : [];
  });
}

/** Compares tree and panel, record by record, with what has to be seen. */
async function assertSeen(expected: Expected): Promise<void> {
  const count = (...states: readonly State[]) => expected.filter(({ state }) => states.includes(state)).length;
  const numbers = {
    asked: expected.length,
    found: count('Found', 'Truncated'),
    none: count('No association'),
    failed: count('Failed'),
    notRead: count('Not read'),
  };
  const [row] = await tree.until('the look-up has ended', ([first]) => /complete$/.test(first?.spoken ?? ''));
  const complete = count('Found', 'No association') === expected.length;
  assert.match(row!.spoken, complete ? /, complete$/ : /, incomplete$/);
  assert.deepEqual(answerNumbers(row!.spoken), numbers, 'the numbers in the tree');
  const records = expected.map(({ id, state }) => `${id} ${state}`).toSorted();
  // A row has turned before what is in it is drawn.
  await until(
    'the tree shows the same records',
    async () => JSON.stringify((await inTree()).toSorted()) === JSON.stringify(records),
    inTree,
  );

  const text = await panelSays(complete ? /\bComplete\b/ : /\bIncomplete\b/);
  assert.deepEqual(answerNumbers(text), numbers, 'the numbers in the panel');
  const cells = workbench.webview().locator('tbody [role=row]');
  const wanted = expected.flatMap(({ id, state, to = [] }) =>
    to.length === 0 ? [`${id}  ${state}`] : to.map((toId) => `${id} ${toId} ${state}`),
  );
  const read = async () =>
    (await cells.evaluateAll((rows) =>
      rows.map((each) => {
        const cell = (name: string) => each.querySelector(`.${name}`)?.textContent?.trim() ?? '';
        return `${cell('record')} ${cell('associated')} ${cell('state .state')}`;
      }),
    )) as string[];
  await until(
    'the table shows the same',
    async () => JSON.stringify((await read()).toSorted()) === JSON.stringify(wanted.toSorted()),
    read,
  );
}

test('nothing found at all: what the ids are is found out, and looked up the right way round', async () => {
  await lookUp(blocks.contacts);
  await assertSeen(blocks.contacts.map((id) => ({ id, state: 'No association' })));
  await panelSays(/Nothing was found at all\. The ids may be of another object type\./);
  await workbench.screenshot('nothingFound');
  standIn.forgetRequests();
  await workbench.webview().getByRole('button', { name: 'Check Other Object Types' }).click();
  await workbench.quickInput.opened('Choose one to look up its associations');
  const { items, title } = await workbench.quickInput.offers('what was found', (all) =>
    all.some(({ description }) => description === '3 of 3 ids exist'),
  );
  assert.equal(title, 'Which object type are these ids?');
  assert.deepEqual(
    items.map(({ label, description }) => `${label}: ${description}`),
    [
      'Contacts: 3 of 3 ids exist',
      'Companies: none of 3 ids',
      'Tickets: none of 3 ids',
      'Installations: none of 3 ids',
    ],
  );
  for (const { method, path } of standIn.requests) assert.match(`${method} ${path}`, /^(GET|POST .*\/batch\/read)/);
  await workbench.screenshot('otherTypes');
  await workbench.quickInput.pick('Contacts');
  await tree.until('the other look-up is there', ([row]) => row?.label === 'Contacts → Deals');
  const text = await panelSays(/Contacts → Deals[\s\S]*Complete/);
  const found = blocks.contacts.filter((id) => standIn.portal.associationsOf('contacts', id, 'deals').length > 0);
  assert.deepEqual(answerNumbers(text), {
    asked: 3,
    found: found.length,
    none: 3 - found.length,
    failed: 0,
    notRead: 0,
  });
});

test('all failed: each with the reason HubSpot gave', async () => {
  const ids = blocks.failed;
  standIn.faults.set({ kind: 'recordErrors', ids, category: 'VALIDATION_ERROR', message: 'This deal is locked.' });
  await lookUp(ids);
  await assertSeen(ids.map((id) => ({ id, state: 'Failed' })));
  await panelSays(/3 failed: This deal is locked\. \(VALIDATION_ERROR\)/);
  await workbench.screenshot('allFailed');
  standIn.faults.clear();
});

test('half failed: the others are there', async () => {
  const ids = blocks.half;
  const bad = [ids[1]!, ids[2]!];
  standIn.faults.set({ kind: 'recordErrors', ids: bad, category: 'VALIDATION_ERROR', message: 'This deal is locked.' });
  await lookUp(ids);
  await assertSeen(
    ids.map((id) => (bad.includes(id) ? { id, state: 'Failed' } : { id, state: 'Found', to: contactsOf(id) })),
  );
  standIn.faults.clear();
});

test('truncated: what was read is shown as a part, and Get All reads all of it', async () => {
  const ids = blocks.truncated;
  const shown = (cap: number): Expected =>
    ids.map((id) => {
      const to = contactsOf(id);
      return { id, state: to.length > cap ? 'Truncated' : 'Found', to: to.slice(0, cap) };
    });
  assert.ok(shown(recordCap).some(({ state }) => state === 'Truncated'));
  assert.ok(shown(recordCap).some(({ state }) => state === 'Found'));
  await lookUp(ids);
  await assertSeen(shown(recordCap));
  await workbench.screenshot('truncated');
  await workbench.webview().getByRole('button', { name: 'Get All' }).click();
  await panelSays(new RegExp(`Complete[\\s\\S]*\\b${ids.flatMap(contactsOf).length} associations`));
});

test('a missing scope is named, copied, and checked again until it is there', async () => {
  const scopes = ['crm.objects.deals.read'];
  standIn.faults.set({
    kind: 'missingScopes',
    scopes,
    key: 'requiredGranularScopes',
    when: { path: '/associations/' },
  });
  await lookUp(blocks.scope);
  await panelSays(/lacks a scope.*crm\.objects\.deals\.read, crm\.objects\.contacts\.read/);
  const panel = workbench.webview();
  await panel.getByRole('button', { name: 'Copy Scopes' }).click();
  await until('the scopes are copied', async () => {
    const text = await window.page.evaluate(() => navigator.clipboard.readText());
    return text === 'crm.objects.deals.read crm.objects.contacts.read';
  });
  await workbench.screenshot('missingScope');

  standIn.forgetRequests();
  await panel.getByRole('button', { name: 'Check Again' }).click();
  const said = window.page.locator('.statusbar', { hasText: 'the token still lacks a scope' });
  await said.waitFor();
  await until('HubSpot was asked', () => standIn.requests.some(({ path }) => path.includes('/associations/')));
  assert.ok(standIn.requests.some(({ path }) => path.includes('/account-info/')));
  await panelSays(/lacks a scope/);

  standIn.faults.clear();
  await panel.getByRole('button', { name: 'Check Again' }).click();
  await assertSeen(blocks.scope.map((id) => ({ id, state: 'Found', to: contactsOf(id).slice(0, recordCap) })));
});
