/** Seeing an answer in a real VS Code: the tree hop by hop, names, groups, export, and back to the source. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { archivedDealId, mergedDeal } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import type { TreeRow, TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { lookUpByChord } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';
import { agree } from './steps.ts';

const file = 'deals-export.csv';
/** The first and the last line that is looked up, counted from 1. */
const [first, last] = [2, 30];

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let tree: TreeView;
let ids: readonly string[];
/** Of the ids asked, those without a company. */
let orphans: readonly string[];

describe('seeing an answer', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
    workbench = window.workbench;
    const lines = readFileSync(join(window.folder, file), 'utf8').split('\n');
    ids = lines.slice(first - 1, last).map((line) => /\d{11}/.exec(line)![0]);
    orphans = ids.filter((id) => standIn.portal.associationsOf('deals', id, 'companies').length === 0);
    await workbench.openFile(file);
    await workbench.selectColumn(first, last, 2, 11);
    await lookUpByChord(workbench, 'Deals', 'Companies');
    tree = workbench.view('Lookups');
    await tree.until('the look-up has ended', ([row]) =>
      new RegExp(`\\b${ids.length} asked .*, complete\\b[^,]*$`).test(row?.spoken ?? ''),
    );
  });

  const group = () => `No association (${orphans.length})`;

  /** The rows one level below the row with this label, up to the next row of its own level. */
  function below(rows: readonly TreeRow[], label: string): readonly TreeRow[] {
    const at = rows.findIndex((row) => row.label === label);
    const { level } = rows[at]!;
    const next = rows.findIndex((row, index) => index > at && row.level <= level);
    return rows.slice(at + 1, next < 0 ? undefined : next).filter((row) => row.level === level + 1);
  }

  /** Waits until these rows stand one level below the row with this label, and gives them. */
  async function untilBelow(label: string, labels: readonly string[]): Promise<readonly TreeRow[]> {
    const rows = await tree.until(`${labels} stand under ${label}`, (all) => {
      const isThere = all.some((row) => row.label === label);
      return isThere && JSON.stringify(below(all, label).map((row) => row.label)) === JSON.stringify(labels);
    });
    return below(rows, label);
  }

  /** Presses the row that asks whose associations are to be seen. */
  const followOn = () => tree.pane.getByRole('treeitem', { name: 'Look up the associations of' }).click();

  /** Gives the keyboard to the row with this label, without a click. */
  async function focusRow(label: string): Promise<void> {
    const list = tree.pane.locator('.monaco-list').first();
    await until('the first row has the keyboard', async () => {
      await list.focus();
      await workbench.press('Home');
      return (await list.locator('.monaco-list-row.focused[data-index="0"]').count()) > 0;
    });
    await workbench.step('ArrowDown', `${label} has the keyboard`, label, () => tree.focused());
  }

  test('a record leads to its companies, and a company on to its contacts, each by one small call', async () => {
    const id = ids.find((each) => standIn.portal.associationsOf('deals', each, 'companies').length > 0)!;
    await tree.expand(id);
    const [company] = standIn.portal.associationsOf('deals', id, 'companies');
    const [row] = await untilBelow('Companies (1)', [company!.toId]);
    assert.match(row!.spoken, /Primary/);

    standIn.forgetRequests();
    await tree.expand(company!.toId);
    await followOn();
    await workbench.quickInput.opened('Which associated records do you want to see?');
    await workbench.quickInput.pick('Contacts');
    const contacts = standIn.portal.associationsOf('companies', company!.toId, 'contacts').map(({ toId }) => toId);
    const label = `Contacts (${contacts.length})`;
    await untilBelow(label, contacts);
    assert.deepEqual(
      standIn.requests.map(({ path, body }) => [path, body]),
      [['/crm/v3/associations/companies/contacts/batch/read', { inputs: [{ id: company!.toId }] }]],
    );

    await tree.collapse(label);
    await tree.expand(label);
    assert.equal(standIn.requests.length, 1, 'what was read is kept');
    await tree.pressInline(label, 'Refresh');
    await until('it is read again', () => standIn.requests.length === 2);

    // The type is asked for once: every other company under this look-up offers it.
    const another = ids.find((each) => {
      const [first] = standIn.portal.associationsOf('deals', each, 'companies');
      return first !== undefined && first.toId !== company!.toId;
    })!;
    await tree.collapse(id);
    await tree.expand(another);
    const [other] = standIn.portal.associationsOf('deals', another, 'companies');
    await tree.expand(other!.toId);
    await tree.until('it offers contacts', (all) =>
      all.some((row) => row.label === 'Contacts' && row.expanded === false),
    );
    assert.equal(standIn.requests.length, 2, 'nothing is read before it is opened');
    await tree.collapse(another);
  });

  test('names stand beside ids in tree and table, read a hundred at a time and only for what is shown', async () => {
    standIn.forgetRequests();
    await workbench.runCommand('HubSpot Associations: Toggle Names');
    const id = ids[0]!;
    const name = standIn.portal.account.properties('0-3', id)!.dealname!;
    await tree.until('the name is there', (rows) => rows.some((row) => row.label === id && row.spoken.includes(name)));
    await workbench.webview().getByText(name).first().waitFor();
    for (const { path, body } of standIn.requests) {
      assert.match(path, /^\/crm\/v3\/objects\/(deals|companies|contacts)\/batch\/read/);
      assert.ok((body as { inputs: unknown[] }).inputs.length <= 100);
    }

    // However few of them were in sight: a file has the names of all.
    await workbench.chooseFrom(() => tree.openMenu('Deals → Companies'), 'Export...');
    await workbench.quickInput.opened('In which format?');
    await workbench.quickInput.pick('CSV');
    await workbench.quickInput.saveAs(join(window.folder, 'names.csv'));
    const about = join(window.folder, 'names.csv.about.json');
    await until('the file is there', () => existsSync(about));
    assert.ok(!('namesNotRead' in JSON.parse(readFileSync(about, 'utf8'))));
    const text = readFileSync(join(window.folder, 'names.csv'), 'utf8');
    for (const each of ids) {
      if (each === archivedDealId || each === mergedDeal.id) continue;
      const named = standIn.portal.account.properties('0-3', each)!.dealname!;
      assert.ok(text.includes(named), `${each} is called ${named}`);
    }
    await workbench.runCommand('HubSpot Associations: Toggle Names');
    await tree.until('the name is gone', (rows) => !rows.some((row) => row.spoken.includes(name)));
  });

  test('orphans are copied with two clicks, and exported with what they are about', async () => {
    await workbench.chooseFrom(() => tree.openMenu(group()), 'Copy Record IDs');
    await until('they are on the clipboard', async () => {
      const text = await window.page.evaluate(() => navigator.clipboard.readText());
      return text === orphans.join('\n');
    });

    await workbench.chooseFrom(() => tree.openMenu(group()), 'Export...');
    await workbench.quickInput.opened('In which format?');
    await workbench.quickInput.pick('CSV');
    await workbench.quickInput.saveAs(join(window.folder, 'orphans.csv'));
    const path = join(window.folder, 'orphans.csv.about.json');
    await until('the file is there', () => existsSync(path));
    const lines = readFileSync(join(window.folder, 'orphans.csv'), 'utf8').trimEnd().split('\r\n');
    assert.deepEqual(
      lines.slice(1).map((line) => line.split(',')[0]),
      orphans,
    );
    const about = JSON.parse(readFileSync(path, 'utf8'));
    assert.deepEqual(about.narrowedBy, { chip: 'none' });
    assert.deepEqual([about.rows, about.rowsInAll], [orphans.length, ids.length]);
    assert.notEqual(about.completeness, 'incomplete');
    assert.deepEqual(
      readdirSync(window.folder).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  test('"none" is told from "no such record"', async () => {
    await workbench.chooseFrom(() => tree.openMenu(group()), 'Check Which Records Exist');
    const gone = new Map([
      [mergedDeal.id, `merged into ${mergedDeal.into}`],
      [archivedDealId, 'archived'],
    ]);
    for (const id of gone.keys()) assert.ok(orphans.includes(id));
    const words = `${orphans.length - gone.size} exist, 1 archived, 1 merged into others`;
    await tree.until('it is told', (rows) => rows.some((row) => row.description === words));
    await tree.expand(group());
    for (const row of await untilBelow(group(), orphans)) {
      assert.equal(row.description.split(' · ')[0], gone.get(row.label) ?? 'exists', row.label);
    }
    await tree.collapse(group());
  });

  test("a record's answer is a read-only JSON document, and its request holds no token", async () => {
    const id = orphans[0]!;
    await tree.expand(group());
    await workbench.chooseFrom(() => tree.openMenu(id), "Show HubSpot's Answer as JSON");
    const lines = window.page.locator('.editor-group-container.active .view-line');
    await until('the answer is there', async () =>
      (await lines.allInnerTexts()).join('').includes('NO_ASSOCIATIONS_FOUND'),
    );
    await workbench.chooseFrom(() => tree.openMenu(id), 'Copy Request as cURL');
    const curl = await until('it is on the clipboard', async () => {
      const text = await window.page.evaluate(() => navigator.clipboard.readText());
      return text.startsWith('curl') && text;
    });
    assert.ok(curl.includes('$HUBSPOT_TOKEN') && !curl.includes(standIn.token));
    assert.ok(curl.includes(`{"inputs":[{"id":"${id}"}]}`));
    await tree.collapse(group());
  });

  test('from a row to the line its id stands on, where what has no association is underlined', async () => {
    await tree.expand(group());
    await workbench.chooseFrom(() => tree.openMenu(orphans[0]!), 'Go to Line');
    const line = ids.indexOf(orphans[0]!) + first;
    await until(
      'the cursor is there',
      async () => (await workbench.cursor()).startsWith(`Ln ${line}, `),
      () => workbench.cursor(),
    );
    await window.page.locator('.squiggly-info').first().waitFor();
    await workbench.editorHasFocus();
    const actions = window.page.locator('.action-widget .monaco-list-row');
    // The first time, the editor may still be asking who offers fixes, and shows nothing.
    await until('the fixes are offered', async () => {
      await workbench.press('Control+.');
      return actions
        .first()
        .waitFor({ timeout: 2_000 })
        .then(() => true);
    });
    await until(
      'the id can be copied',
      async () => (await actions.allInnerTexts()).some((text) => text.includes(`Copy ${orphans[0]}`)),
      () => actions.allInnerTexts(),
    );
    await workbench.press('Escape');
    await tree.collapse(group());
  });

  test('keys act on the row that has the keyboard: rename, copy, remove', async () => {
    await focusRow('Deals → Companies');
    await workbench.press('F2');
    await workbench.quickInput.opened('Rename the lookup');
    await workbench.quickInput.type('Deals of the fair');
    await workbench.quickInput.accept();
    await tree.until('it has its name', ([row]) => row?.label === 'Deals of the fair');
    await until(
      "its panel's tab has it too",
      async () => (await workbench.tabs()).some((tab) => tab.startsWith(`Deals of the fair (${ids.length}) · `)),
      () => workbench.tabs(),
    );
    await focusRow(group());
    await workbench.press('Control+C');
    await until('the ids are copied', async () => {
      return (await window.page.evaluate(() => navigator.clipboard.readText())) === orphans.join('\n');
    });
    await workbench.chooseFrom(() => tree.openMenu('Deals of the fair'), 'Pin');
    await tree.until('it is pinned', ([row]) => row?.spoken.includes('pinned') === true);
    await workbench.runCommand('HubSpot Associations: Clear All Lookups');
    await focusRow('Deals of the fair');
    await workbench.press('Delete');
    // It is pinned.
    await agree(workbench, 'Remove');
    await until(
      'the view is empty',
      async () => (await tree.message()).includes('All lookups are removed'),
      () => tree.rows(),
    );
    await window.page.locator('.squiggly-info').first().waitFor({ state: 'detached' });
  });
});
