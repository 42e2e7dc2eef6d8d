/** A check by keyboard: the planted migration file, its verdicts, and what is left of them after a reload, a cancel and an export. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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
    const label = items.find((item) => item.label.includes('No Label "Chmpion" in This Direction'));
    assert.match(label!.description, /did you mean "Champion"\?/);
    assert.match(items[0]!.description, /reads every record to its end$/);
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
    // Three calls were on their way, and any of them may have been the one that was answered.
    const cannotTell = Number(/21 expected = .* (\d+) cannot tell/.exec(row!.spoken)?.[1]);
    assert.ok(cannotTell > 0 && cannotTell < 21, row!.spoken);
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
    // Lines that are not selected may be of the same records.
    assert.ok(items.some(({ label }) => label.endsWith('The File Is Not Whole')));
    await workbench.quickInput.cancel();
  });

  test('its verdicts, records and pairs are copied from the tree, and what nothing expects is there too', async () => {
    const { workbench, page } = window;
    const copies = async (label: string | RegExp, text: string) => {
      await workbench.chooseFrom(() => tree.openMenu(label), 'Copy Record IDs');
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      await until(`${text} is copied`, async () => (await copied()) === text, copied);
    };
    await copies(/^Missing \(2\)$/, '17983021738\n17983037223');
    await tree.expand(/^Missing \(2\)$/);
    await copies('17983021738 → 84093405487', '84093405487');
    await tree.expand(/^Unexpected \(9\)$/);
    // Two are missing, and nothing expects nine.
    await tree.until('the pairs', (all) => all.filter(({ label }) => label.includes(' → ')).length >= 1 + 2 + 9);
    await workbench.chooseFrom(() => tree.openMenu(/^Unexpected \(9\)$/), 'Export...');
    await workbench.quickInput.opened('In which format?');
    await workbench.quickInput.pick('CSV');
    const path = join(window.folder, 'unexpected.csv');
    await workbench.quickInput.saveAs(path);
    await until('the rows are there', () => existsSync(`${path}.about.json`));
    const lines = readFileSync(path, 'utf8').trim().split('\r\n');
    assert.equal(lines.length, 1 + 9);
    assert.ok(lines.slice(1).every((line) => line.includes('unexpected')));
    await tree.collapse(/^Unexpected \(9\)$/);
    await tree.collapse(/^Missing \(2\)$/);
  });

  test('its missing pairs and its sign-off are written, and say the same', async () => {
    const { workbench, folder } = window;
    await workbench.chooseFrom(() => tree.openMenu(/^Deals → Contacts$/), 'Export Missing Pairs...');
    await workbench.quickInput.opened('Export 2 missing pairs');
    await workbench.quickInput.pick('CSV');
    const missing = join(folder, 'missing.csv');
    await workbench.quickInput.saveAs(missing);
    await until('the pairs are there', () => existsSync(missing));
    assert.equal(
      readFileSync(missing, 'utf8'),
      '"Deal Record ID","Contact Record ID"\r\n17983021738,84093405487\r\n17983037223,84093413406\r\n',
    );
    await workbench.chooseFrom(() => tree.openMenu(/^Deals → Contacts$/), 'Export Sign-Off...');
    const signOff = join(folder, 'sign-off.json');
    await workbench.quickInput.saveAs(signOff);
    await until('the sign-off is there', () => existsSync(signOff));
    const signed = JSON.parse(readFileSync(signOff, 'utf8'));
    assert.equal(signed.outcome, 'disagrees');
    assert.deepEqual([signed.counts.missing, signed.counts.unexpected], [2, 9]);
    assert.equal(signed.file.name, file);
    assert.match(signed.file.sha256, /^[\da-f]{64}$/);
  });

  describe('that is no good', () => {
    const write = (name: string, ...lines: readonly string[]) =>
      writeFileSync(join(window.folder, name), `${lines.join('\n')}\n`);
    /** Waits for a sentence; nothing was asked of HubSpot, and the check that was there still is. */
    const isTold = async (sentence: string) => {
      const { workbench } = window;
      await until(
        `"${sentence}" is told`,
        async () => (await workbench.notifications()).includes(sentence),
        () => workbench.notifications(),
      );
      assert.equal(reads(), 0);
      await treeSays(equation);
    };

    test('says so, and nothing is looked up or lost', async () => {
      const { workbench } = window;
      standIn.forgetRequests();
      write('one.csv', 'Deal ID', '17982944313');
      await workbench.openFile('one.csv');
      await workbench.runCommand(command('Check HubSpot Pairs...'));
      await isTold('one.csv does not have two columns or keys, so there are no pairs to check.');
      // In a notification such a header would be a link that runs a command.
      write('none.csv', 'Deal ID,[Contact ID](command:x)', '1.79829E+10,8.40928E+10', '0123,0456');
      await workbench.openFile('none.csv');
      await workbench.runCommand(command('Check HubSpot Pairs...'));
      await isTold(
        'No row of none.csv makes a pair: "Deal ID" and "[Contact ID] (command:x)" do not both hold record IDs.',
      );
    });

    test('as a mapping says so too, and the plan stays as it was', async () => {
      const { workbench } = window;
      const { quickInput } = workbench;
      const choose = async (words: string) => {
        await quickInput.type(words);
        await quickInput.offers(words, ([first]) => first?.focused === true && first.label.includes(words));
        await quickInput.accept();
      };
      write('mapping.csv', 'Old ID,New ID', '17982944313,17982944314', '17982944313,17982944315', '5,6');
      await workbench.openFile(file);
      // What was selected before would be checked in place of the file.
      await workbench.goTo(1);
      await workbench.ask(command('Check HubSpot Pairs...'), plan);
      await choose('Translate Old IDs');
      await quickInput.opened('A contact 123 and a company 123');
      await choose('The IDs of Deals');
      await quickInput.offers('the folder', (all) => all.some(({ label }) => label === '..'));
      await quickInput.type(join(window.folder, 'mapping.csv'));
      await until('the dialog has taken the path', async () => {
        await quickInput.accept();
        return until('it asks on', () => quickInput.shows('Which one holds the old IDs'), undefined, 2_000);
      });
      await choose('Old ID');
      await quickInput.opened('Which one holds the new IDs');
      await choose('New ID');
      await quickInput.opened(plan);
      const { items } = await quickInput.offers('the plan', ([first]) => first?.focused === true);
      assert.match(items[0]!.label, /Check 21 Pairs$/);
      await quickInput.cancel();
      await isTold('mapping.csv gives 17982944313 two new IDs (lines 2, 3). The mapping is not used.');
    });

    test('since it has changed after its check, says so beside the verdicts, which stay', async () => {
      const { workbench } = window;
      write('changing.csv', 'Deal ID,Contact ID', '17982944313,84092605668', '17983021738,84093405487');
      await workbench.openFile('changing.csv');
      await workbench.ask(command('Check HubSpot Pairs...'), plan);
      await workbench.quickInput.accept();
      await treeSays('2 expected = 1 confirmed + 0 label differs + 1 missing');
      await workbench.openFile('changing.csv');
      await workbench.goTo(1);
      await workbench.press('Enter', 'Control+s');
      await tree.clickOn(/^Deals → Contacts$/, () => workbench.webview().locator('body').isVisible());
      await panelSays(/The verdicts and line numbers are those of the file as it was\./, window);
      await treeSays('2 expected = 1 confirmed + 0 label differs + 1 missing');
    });
  });
});
