/** Every way a record can end, in tree and panel: nothing found at all, all failed, half failed, truncated, a missing scope. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sampleIds } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { inputsOf } from '../hubspotStandIn/recordedRequest.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import { lookUpByChord } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';
import { assertSeen, type Expected, panelSays } from './shownAnswer.ts';
import { clearLookUps } from './steps.ts';

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
  tickets: sampleIds.ticket.slice(3, 6),
};
const lines = Object.values(blocks).flat();
const file = 'fates.txt';

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let tree: TreeView;

describe('every way a record can end', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow({ 'hubspotAssociations.recordCap': recordCap }));
    workbench = window.workbench;
    writeFileSync(join(window.folder, file), `${lines.join('\n')}\n`);
    tree = await workbench.openView('HubSpot Associations', 'Lookups');
  });

  /** Looks up the contacts of these deals, with nothing else in the view. */
  async function lookUp(ids: readonly string[]): Promise<void> {
    // With nothing in the view it does not ask.
    if ((await tree.rows()).length > 0) await clearLookUps(workbench);
    await tree.until('nothing is left', (rows) => rows.length === 0);
    await workbench.openFile(file);
    const first = lines.indexOf(ids[0]!) + 1;
    await workbench.selectLines(first, first + ids.length - 1);
    await lookUpByChord(workbench, 'Deals', 'Contacts');
  }

  const contactsOf = (id: string) => standIn.portal.associationsOf('deals', id, 'contacts').map(({ toId }) => toId);

  test('nothing found at all: what the ids are is found out, and looked up the right way round', async () => {
    await lookUp(blocks.contacts);
    await assertSeen(
      workbench,
      blocks.contacts.map((id) => ({ id, state: 'No association' })),
    );
    await panelSays(/None of these records has an association\. They may be of another object type\./, window);
    standIn.forgetRequests();
    await workbench.webview().getByRole('button', { name: 'Check Other Object Types' }).click();
    await workbench.quickInput.opened('Choose one to look up its associations');
    const { items, title } = await workbench.quickInput.offers('what was found', (all) =>
      all.some(({ description }) => description === '3 of 3 IDs exist'),
    );
    assert.equal(title, 'Which object type are these IDs?');
    assert.deepEqual(
      items.map(({ label, description }) => `${label}: ${description}`),
      [
        'Contacts: 3 of 3 IDs exist',
        'Companies: none of 3 IDs exist',
        'Tickets: none of 3 IDs exist',
        'Installations: none of 3 IDs exist',
      ],
    );
    for (const { method, path } of standIn.requests) assert.match(`${method} ${path}`, /^(GET|POST .*\/batch\/read)/);
    await workbench.quickInput.pick('Contacts');
    await tree.until('the other look-up is there', ([row]) => row?.label === 'Contacts → Deals');
    const text = await panelSays(/Contacts → Deals[\s\S]*Complete/, window);
    const found = blocks.contacts.filter((id) => standIn.portal.associationsOf('contacts', id, 'deals').length > 0);
    assert.deepEqual(answerNumbers(text), {
      asked: 3,
      found: found.length,
      none: 3 - found.length,
      failed: 0,
      notRead: 0,
    });
  });

  test('nothing found at all, and the type of the ids cannot be asked: that is said, not that they are of none', async () => {
    await lookUp(blocks.tickets);
    await panelSays(/None of these records has an association\./, window);
    standIn.faults.set({ kind: 'forbidden', category: 'GATED', when: { path: '/objects/tickets' } });
    await workbench.webview().getByRole('button', { name: 'Check Other Object Types' }).click();
    await workbench.quickInput.opened('Not all object types could be asked');
    await workbench.press('Escape');
    standIn.faults.clear();
  });

  test('all failed: each with the reason HubSpot gave', async () => {
    const ids = blocks.failed;
    standIn.faults.set({ kind: 'recordErrors', ids, category: 'VALIDATION_ERROR', message: 'This deal is locked.' });
    await lookUp(ids);
    await assertSeen(
      workbench,
      ids.map((id) => ({ id, state: 'Failed' })),
    );
    await panelSays(/3 failed: This deal is locked\. \(VALIDATION_ERROR\)/, window);
    standIn.faults.clear();
  });

  test('half failed: the others are there', async () => {
    const ids = blocks.half;
    const bad = [ids[1]!, ids[2]!];
    standIn.faults.set({
      kind: 'recordErrors',
      ids: bad,
      category: 'VALIDATION_ERROR',
      message: 'This deal is locked.',
    });
    await lookUp(ids);
    await assertSeen(
      workbench,
      ids.map((id) => (bad.includes(id) ? { id, state: 'Failed' } : { id, state: 'Found', to: contactsOf(id) })),
    );
    standIn.faults.clear();
  });

  test('truncated: what was read is shown as a part, and Get All reads the rest of it in its place', async () => {
    const ids = blocks.truncated;
    const shown = (cap: number): Expected =>
      ids.map((id) => {
        const to = contactsOf(id);
        return { id, state: to.length > cap ? 'Truncated' : 'Found', to: to.slice(0, cap) };
      });
    assert.ok(shown(recordCap).some(({ state }) => state === 'Truncated'));
    assert.ok(shown(recordCap).some(({ state }) => state === 'Found'));
    await lookUp(ids);
    await assertSeen(workbench, shown(recordCap));
    standIn.forgetRequests();
    await workbench.webview().getByRole('button', { name: 'Get All' }).click();
    await panelSays(new RegExp(`Complete[\\s\\S]*\\b${ids.flatMap(contactsOf).length} associations`), window);
    await assertSeen(workbench, shown(Number.POSITIVE_INFINITY));
    // The same look-up, in the same tab, which asked only for those that were cut.
    assert.equal(await window.page.locator('.tab', { hasText: 'Deals → Contacts' }).count(), 1);
    const lookUps = (await tree.rows()).filter(({ level }) => level === 1);
    assert.equal(lookUps.length, 1);
    assert.deepEqual(
      standIn.requests
        .filter(({ path }) => path.includes('/associations/'))
        .flatMap(inputsOf)
        .map(({ id }) => id),
      ids.filter((id) => contactsOf(id).length > recordCap),
    );
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
    await panelSays(/lacks a scope.*crm\.objects\.deals\.read, crm\.objects\.contacts\.read/, window);
    const panel = workbench.webview();
    await panel.getByRole('button', { name: 'Copy Scopes' }).click();
    await until('the scopes are copied', async () => {
      const text = await window.page.evaluate(() => navigator.clipboard.readText());
      return text === 'crm.objects.deals.read crm.objects.contacts.read';
    });

    standIn.forgetRequests();
    await panel.getByRole('button', { name: 'Check Again' }).click();
    await until('it is said', async () =>
      (await workbench.notifications()).some((text) => text.includes('the token still lacks a scope')),
    );
    await until('HubSpot was asked', () => standIn.requests.some(({ path }) => path.includes('/associations/')));
    assert.ok(standIn.requests.some(({ path }) => path.includes('/account-info/')));
    await panelSays(/lacks a scope/, window);

    standIn.faults.clear();
    await panel.getByRole('button', { name: 'Check Again' }).click();
    await assertSeen(
      workbench,
      blocks.scope.map((id) => ({ id, state: 'Found', to: contactsOf(id).slice(0, recordCap) })),
    );
  });

  test('of a document that is gone its name is said, and not what stood in it', async () => {
    await workbench.runCommand('View: Close All Editors');
    rmSync(join(window.folder, file));
    await tree.unfold();
    await workbench.chooseFrom(() => tree.openMenu(blocks.scope[0]!), 'Go to Line');
    await until('it is said', async () => (await workbench.notifications()).includes(`${file} is not there any more.`));
  });
});
