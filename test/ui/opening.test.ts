/** What a press on a row opens, and what is said of a file that holds nothing to look up. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { lookUpByChord } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';
import { panelSays } from './shownAnswer.ts';
import { clearLookUps, command, lookUpDeals, openExplorerMenu, showExplorer } from './steps.ts';

const lookUp = 'Deals → Companies';
const log = '2026-11-26 10:00 dealId=17982944313 sync failed\n2026-11-26 10:01 dealId=17982959798 sync failed\n';

let window: VscodeWindow;
let workbench: Workbench;
let tree: TreeView;

describe('opening', () => {
  before(async () => {
    ({ window } = await sampleWindow());
    workbench = window.workbench;
    tree = workbench.view('Lookups');
    const files: Record<string, string> = {
      'whole.log': log,
      'nothing.txt': 'Call +1 202 555 0182 on 2024-05-01.\n',
      'empty.csv': '\n',
      'export.xlsx': 'PK\u0003\u0004\u0014\0',
      'picture.md': 'PNG\0\0',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(window.folder, name), text);
    await workbench.openFile('deals-export.csv');
    await workbench.selectColumn(2, 4, 2, 11);
    await lookUpByChord(workbench, 'Deals', 'Companies');
    await tree.until('the look-up has ended', ([row]) => /, complete\b[^,]*$/.test(row?.spoken ?? ''));
    await workbench.runCommand('View: Close All Editors');
  });

  /** The title of a table also says how many and from which account. */
  const tabsAre = (expected: readonly string[]) =>
    until(
      `the editors are ${expected}`,
      async () => {
        const tabs = await workbench.tabs();
        return tabs.length === expected.length && tabs.every((tab, at) => tab.startsWith(expected[at]!));
      },
      () => workbench.tabs(),
    );

  async function gridHasFocus(): Promise<void> {
    await until('the grid has the keyboard', async () =>
      (await workbench.webviewFrame()).evaluate(
        () => document.hasFocus() && document.activeElement?.getAttribute('role') === 'grid',
      ),
    );
  }

  /** Chooses the command of the explorer's menu on a file. */
  async function chooseOn(file: string, item: string): Promise<void> {
    await showExplorer(workbench);
    const ours = await openExplorerMenu(workbench, file);
    assert.ok(ours.includes(item), `${ours}`);
    await workbench.chooseFromMenu(item);
  }

  async function isNotified(text: string): Promise<void> {
    await until(
      `it is said: ${text}`,
      async () => (await workbench.notifications()).includes(text),
      () => workbench.notifications(),
    );
  }

  const openByClick = () => tree.clickOn(lookUp, async () => (await workbench.tabs()).length > 0);

  test('a click on a look-up opens its table, and the twistie its records', async () => {
    await openByClick();
    await tabsAre([lookUp]);
    await gridHasFocus();
    await tree.collapse(lookUp);
    await tree.expand(lookUp);
    await workbench.runCommand('View: Close All Editors');
    await tabsAre([]);
  });

  test('so does Enter, and VS Code decides whether one click is enough', async () => {
    await workbench.runCommand(command('Focus on Lookups View'));
    await workbench.step('Home', 'the look-up has the keyboard', lookUp, () => tree.focused());
    await workbench.press('Enter');
    await tabsAre([lookUp]);
    await gridHasFocus();
    await workbench.runCommand('View: Close All Editors');
    await tabsAre([]);
  });

  test('a row of the table leads on to its associations in the tree', async () => {
    await openByClick();
    await gridHasFocus();
    const menu = await workbench.openPageMenu();
    await menu.getByRole('menuitem', { name: 'Look Up Its Associations…' }).click();
    await workbench.quickInput.opened('Which associated records do you want to see?');
    await workbench.quickInput.pick('Contacts');
    await tree.until('its contacts stand under it', (rows) =>
      rows.some(({ label }) => /^Contacts \(\d+\)$/.test(label)),
    );
  });

  test('what was cleared by mistake comes back with its tables as they were', async () => {
    await workbench.runCommand('View: Close All Editors');
    await lookUpDeals(workbench, 'Contacts');
    await panelSays(/Deals → Contacts[\s\S]*Complete/, window);
    const filter = () => workbench.webview().getByRole('textbox', { name: /^Filter/ });
    await filter().fill('champion');
    await workbench.openFile('sync.log');
    await (await tree.row(lookUp)).click();
    await tabsAre(['deals-export', 'Deals → Contacts', 'sync', lookUp]);
    await gridHasFocus();
    await clearLookUps(workbench);
    await tabsAre(['deals-export', 'sync']);
    await workbench.answerNotification('Removed 2 lookups.', 'Undo');
    await tabsAre(['deals-export', 'sync', 'Deals → Contacts', lookUp]);
    await panelSays(/Deals → Companies[\s\S]*Complete/, window);
    await gridHasFocus();
    await (await tree.row('Deals → Contacts')).click();
    const typed = () => filter().inputValue();
    await until('it is filtered as before', async () => (await typed()) === 'champion', typed);
  });

  test('tables that were behind a file come back behind it, and take the keyboard from no file beside them', async () => {
    await workbench.openFile('migration.csv');
    await workbench.runCommand('View: Split Editor Right');
    await tabsAre(['migration']);
    const beside = window.page.locator('.editor-group-container:not(.active) .tab');
    const names = async () => (await beside.locator('.monaco-icon-name-container').allTextContents()).join(' ');
    await clearLookUps(workbench);
    await until('no table is left', async () => (await names()) === 'deals-export sync migration', names);
    await workbench.answerNotification('Removed 2 lookups.', 'Undo');
    await until('the tables are back', async () => /Contacts .*Companies/.test(await names()), names);
    const front = async () => (await beside.and(window.page.locator('.active')).allTextContents()).join(' ');
    await until('they are behind the file', async () => /^migration\b/.test(await front()), front);
    await tabsAre(['migration']);
    await workbench.press('Control+Home', 'x');
    const cursor = () => workbench.cursor();
    await until('what is typed goes into the file', async () => (await cursor()) === 'Ln 1, Col 2', cursor);
    await workbench.press('Control+z');
    await workbench.runCommand('View: Close All Editors');
  });

  test('the explorer looks up a whole log', async () => {
    await chooseOn('whole.log', 'Look Up HubSpot Associations...');
    await workbench.quickInput.opened('2 record IDs (17982944313, 17982959798)');
    await workbench.quickInput.cancel();
  });

  test('a file that holds no record id says so, and why', async () => {
    await chooseOn('nothing.txt', 'Look Up HubSpot Associations...');
    await isNotified('There is no record ID in nothing.txt.');
    await chooseOn('empty.csv', 'Look Up HubSpot Associations of a Column...');
    await isNotified('empty.csv is empty.');
    await chooseOn('empty.csv', 'Check HubSpot Pairs...');
    await isNotified('empty.csv is empty.');
    await chooseOn('export.xlsx', 'Look Up HubSpot Associations of a Column...');
    await isNotified(
      'export.xlsx is a spreadsheet file, not text. Save it as CSV in your spreadsheet program and use that file.',
    );
    await chooseOn('picture.md', 'Look Up HubSpot Associations...');
    await isNotified('picture.md is not a text file. There are no record IDs to read in it.');
  });
});
