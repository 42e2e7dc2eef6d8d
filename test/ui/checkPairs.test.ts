/** A check by keyboard: the planted migration file, its verdicts, and what is left of them after a reload, a cancel and an export. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { sampleWindow } from './sampleWindow.ts';
import { panelSays } from './shownAnswer.ts';
import { command } from './steps.ts';

const file = 'migration.csv';
const plan = 'Does HubSpot have these pairs?';
const equation =
  '21 expected = 13 confirmed + 2 label differs + 2 missing + 4 no such record + 0 cannot tell, 9 unexpected';

let window: VscodeWindow;
let standIn: StandIn;
let tree: TreeView;

describe('a file of pairs', () => {
  before(async () => {
    // Several calls, so that there is a middle to stop in.
    ({ window, standIn } = await sampleWindow({ 'hubspotAssociations.batchSize': 5 }));
    tree = await window.workbench.openView('HubSpot Associations', 'Lookups');
  });

  /** Waits until the newest row says this. */
  const treeSays = (words: string) =>
    tree.until(`the check says ${words}`, ([first]) => first?.spoken.includes(words) ?? false);
  const reads = () => standIn.requests.filter(({ path }) => /\/batch\/read/.test(path)).length;

  test('is checked in three steps, with every verdict as it was planted', async () => {
    const { workbench } = window;
    await workbench.openFile(file);
    await workbench.ask(command('Check HubSpot Pairs...'), plan);
    const { items } = await workbench.quickInput.offers('the plan', ([first]) => first?.focused === true);
    assert.match(items[0]!.label, /Check 21 Pairs$/);
    assert.match(items[0]!.detail, /^17982944313 → 84092605668 \(Champion\), /);
    const words = items.map(({ label }) => label).join('\n');
    assert.match(words, /Columns: Deal ID → Contact IDs/);
    assert.match(words, /No Label "Chmpion" in This Direction/);
    assert.match(words, /2 Values Make No Pair/);
    await workbench.quickInput.accept();
    await treeSays(equation);
    const text = await panelSays(/4 no such record/, window);
    assert.match(
      text.replaceAll(/\s+/g, ' '),
      /21 expected = .{0,3}13 confirmed \+ .{0,3}2 label differs \+ .{0,3}2 missing/,
    );
  });

  test('marks in the file what is missing, differs or names a record that is not there', async () => {
    const { workbench, page } = window;
    await workbench.openFile(file);
    // Two are missing, two differ of which one stands on two lines, four name a record that is not there.
    await until(
      'nine places are marked',
      async () => (await page.locator('.squiggly-warning').count()) === 9,
      () => page.locator('.squiggly-warning').count(),
    );
  });

  test('is back after a reload with the same verdicts, and asks for nothing', async () => {
    standIn.forgetRequests();
    await window.workbench.reload();
    tree = await window.workbench.openView('HubSpot Associations', 'Lookups');
    await treeSays(equation);
    await tree.expand(/^Deals → Contacts$/);
    await tree.until('the groups of verdicts', (rows) => rows.some(({ label }) => label === 'Missing (2)'));
    assert.equal(reads(), 0);
  });

  test('stopped in its middle it says what it cannot tell yet, and resumed it ends with the same verdicts', async () => {
    const { workbench } = window;
    standIn.faults.set({ kind: 'hang', when: { path: '/associations/deals/contacts/batch/read', from: 2 } });
    await workbench.openFile(file);
    await workbench.ask(command('Check HubSpot Pairs...'), plan);
    await workbench.quickInput.accept();
    await panelSays(/not yet/, window);
    await until('one call is answered', async () => (await tree.rows())[0]?.spoken.includes('1 of '));
    await tree.pressInline(/^Deals → Contacts$/, 'Cancel');
    const [row] = await treeSays('paused');
    assert.match(row!.spoken, /21 expected = [1-9]\d* confirmed .* [1-9]\d* cannot tell/);
    standIn.faults.clear();
    await tree.pressInline(/^Deals → Contacts$/, 'Resume');
    await treeSays(equation);
  });

  test('two columns of a selection are offered as pairs in the first question of a look-up', async () => {
    const { workbench } = window;
    await workbench.openFile(file);
    await workbench.selectLines(3, 4);
    await workbench.press('Control+K', 'h');
    await workbench.quickInput.opened('Which object type are these records?');
    await workbench.quickInput.pick('Check HubSpot Pairs...');
    await workbench.quickInput.opened(plan);
    const { items } = await workbench.quickInput.offers('the plan', ([first]) => first?.focused === true);
    assert.match(items[0]!.label, /Check 5 Pairs$/);
    assert.match(items[0]!.detail, /^17982959798 → 84092629425/);
    await workbench.quickInput.cancel();
  });

  test('its missing pairs and its sign-off are written, and say the same', async () => {
    const { workbench, folder } = window;
    await tree.openMenu(/^Deals → Contacts$/);
    await workbench.chooseFromMenu('Export Missing Pairs...');
    await workbench.quickInput.opened('Export 2 missing pairs');
    await workbench.quickInput.pick('CSV');
    const missing = join(folder, 'missing.csv');
    await workbench.quickInput.saveAs(missing);
    await until('the pairs are there', () => existsSync(missing));
    assert.equal(
      readFileSync(missing, 'utf8'),
      '"Deal Record ID","Contact Record ID"\r\n17983021738,84093405487\r\n17983037223,84093413406\r\n',
    );
    await tree.openMenu(/^Deals → Contacts$/);
    await workbench.chooseFromMenu('Export Sign-Off...');
    const signOff = join(folder, 'sign-off.json');
    await workbench.quickInput.saveAs(signOff);
    await until('the sign-off is there', () => existsSync(signOff));
    const signed = JSON.parse(readFileSync(signOff, 'utf8'));
    assert.equal(signed.outcome, 'disagrees');
    assert.deepEqual([signed.counts.missing, signed.counts.unexpected], [2, 9]);
    assert.equal(signed.file.name, file);
    assert.match(signed.file.sha256, /^[\da-f]{64}$/);
  });
});
