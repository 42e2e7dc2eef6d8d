/**
 * The whole journey by keyboard alone: from ids in a file over both pickers to tree and panel, on to a row's menu, an export
 * and back to the line. Nothing here touches the mouse, and what is typed is typed key by key.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { sampleWindow } from './sampleWindow.ts';

const file = 'deals-export.csv';
/** The lines whose ids are looked up, counted from 1; the seventh has no company. */
const [first, last] = [2, 8];

const mouse = ['click', 'dblclick', 'hover', 'tap'] as const;

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let tree: TreeView;
let ids: readonly string[];

describe('the journey by keyboard', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
    workbench = window.workbench;
    tree = workbench.view('Lookups');
    await workbench.openFile(file);
    const lines = readFileSync(join(window.folder, file), 'utf8').split('\n');
    ids = lines.slice(first - 1, last).map((line) => /\d{11}/.exec(line)![0]);
    // A mouse that is used anywhere fails the test.
    for (const name of mouse) window.page.mouse[name as 'click'] = () => assert.fail(`${name} of the mouse`);
  });

  // What was put in the way of the mouse stood before its own.
  after(() => {
    for (const name of mouse) delete (window.page.mouse as unknown as Record<string, unknown>)[name];
  });

  const keys = (...names: string[]) => workbench.press(...names);
  const type = (text: string) => window.page.keyboard.type(text);
  const clipboard = () => window.page.evaluate(() => navigator.clipboard.readText());

  async function cursorIsAt(expected: RegExp): Promise<void> {
    await until(
      `the cursor is at ${expected}`,
      async () => expected.test(await workbench.cursor()),
      () => workbench.cursor(),
    );
  }

  /** Types into the quick input that asks this, until an item with this label has the keyboard, and takes it. */
  async function choose(question: string, label: string): Promise<void> {
    await workbench.quickInput.opened(question);
    await type(label);
    const read = () => workbench.quickInput.read();
    await until(
      `"${label}" has the keyboard`,
      async () => (await read()).items.find(({ focused }) => focused)?.label === label,
      read,
    );
    await keys('Enter');
    await until(
      `"${label}" is taken`,
      async () => !(await workbench.quickInput.isOpen()) || !(await read()).value.endsWith(label),
      read,
    );
  }

  /** A key that something else hears, since the keyboard has only just gone there, is pressed again. */
  async function pressUntil(key: string, what: string, isSo: () => Promise<boolean>): Promise<void> {
    await until(what, async () => {
      if (await isSo()) return true;
      await keys(key);
      return until(what, isSo, undefined, 5_000);
    });
  }

  async function runCommand(title: string): Promise<void> {
    await pressUntil('F1', 'the palette is open', () => workbench.quickInput.isOpen());
    await choose('', title);
  }

  /** What has the keyboard in the panel's page: its text, or the active cell's. */
  async function focusedInPanel(): Promise<string> {
    const frame = await workbench.webviewFrame();
    return frame.evaluate(() => {
      const { activeElement } = document;
      const cell = activeElement?.getAttribute('aria-activedescendant');
      const element = cell ? document.getElementById(cell) : activeElement;
      return element?.textContent?.trim() || element?.getAttribute('aria-label') || '';
    });
  }

  /** Waits until that has the keyboard in the panel. */
  async function isInPanel(text: string): Promise<void> {
    await until(`"${text}" has the keyboard`, async () => (await focusedInPanel()) === text, focusedInPanel);
  }

  /** Presses a key in the panel until that has the keyboard. */
  const goInPanel = (key: string, text: string) =>
    workbench.step(key, `"${text}" has the keyboard`, text, focusedInPanel);

  const goInTree = (key: string, label: RegExp) =>
    workbench.step(
      key,
      `${label} has the keyboard`,
      (text) => label.test(text ?? ''),
      () => tree.focused(),
    );

  test('ids are selected, and looked up by the chord and two pickers', async () => {
    await keys('Control+G');
    await workbench.quickInput.opened('');
    await type(`${first}:2`);
    await keys('Enter');
    await cursorIsAt(new RegExp(`^Ln ${first}, Col 2$`));
    for (let line = first; line < last; line++) await keys('Shift+Alt+ArrowDown');
    for (let character = 0; character < 11; character++) await keys('Shift+ArrowRight');
    await cursorIsAt(new RegExp(`^${ids.length} selections`));
    await keys('Control+K', 'h');
    await choose('Which object type are these records?', 'Deals');
    await choose('Which associated records do you want to see?', 'Companies');
    await workbench
      .webview()
      .locator('.badge', { hasText: /^Complete/ })
      .waitFor();
  });

  test('the panel has the keyboard in its rows: chips, filter, and a row leads back to its line', async () => {
    await until('the panel has the keyboard', async () =>
      (await workbench.webviewFrame()).evaluate(() => document.hasFocus()),
    );
    await isInPanel(ids[0]!);
    await goInPanel('Shift+Tab', `All ${ids.length}`);
    await goInPanel('ArrowRight', 'No association 1');
    await keys('Space');
    await until('one row is left', async () => (await workbench.webview().locator('tbody [role=row]').count()) === 1);
    await isInPanel('No association 1');
    await goInPanel('ArrowLeft', `All ${ids.length}`);
    await keys('Space');
    await goInPanel('Tab', 'Filter by ID, label, name or reason');
    await type(ids[2]!);
    const cells = workbench.webview().locator('tbody td.record');
    await until('the filter leaves one record', async () => (await cells.allInnerTexts()).join() === ids[2]);
    await keys('ArrowDown');
    await isInPanel(ids[2]!);

    await keys('End', 'Enter');
    await cursorIsAt(new RegExp(`^Ln ${first + 2}, `));
    await workbench.editorHasFocus();
  });

  test("a row's menu copies, and the rows are exported", async () => {
    await keys('Control+PageDown');
    await until('the panel has the keyboard', async () =>
      (await workbench.webviewFrame()).evaluate(() => document.hasFocus()),
    );
    await isInPanel(ids[2]!);
    await pressUntil('Shift+F10', 'the menu is open', () => workbench.webview().getByRole('menu').first().isVisible());
    await goInPanel('ArrowDown', 'Copy Associated Record ID');
    await keys('Enter');
    const [company] = standIn.portal.associationsOf('deals', ids[2]!, 'companies');
    await until('it is copied', async () => (await clipboard()) === company!.toId);
    await until('the row has the keyboard again', async () => (await focusedInPanel()) === ids[2]);

    await goInPanel('Shift+Tab', 'Export…');
    await pressUntil('Enter', 'it is asked which rows', () => workbench.quickInput.shows('Which rows?'));
    await choose('Which rows?', `All ${ids.length} rows`);
    await choose('In which format?', 'CSV');
    await workbench.quickInput.offers('the folder', (items) => items.some(({ label }) => label === '..'));
    const path = join(window.folder, 'journey.csv');
    // While the dialog still reads its folder it takes back what is typed, and does not hear Enter.
    let kept = 0;
    await until(
      'the dialog has taken the path',
      async () => {
        if (!(await workbench.quickInput.isOpen())) return true;
        if ((await workbench.quickInput.read()).value !== path) {
          kept = 0;
          await keys('Control+A');
          // In one piece, as it is pasted: the dialog completes a path that is typed, and each key of it reads a folder.
          await window.page.keyboard.insertText(path);
        } else if (++kept % 10 === 3) await keys('Enter');
        return false;
      },
      () => workbench.quickInput.read(),
    );
    await until(
      'the file is there',
      () => existsSync(`${path}.about.json`),
      () => readdirSync(window.folder),
    );
    const written = readFileSync(path, 'utf8').trimEnd().split('\r\n').slice(1);
    assert.deepEqual(
      written.map((line) => line.split(',').slice(0, 1)[0]),
      ids,
    );
  });

  test('the tree is walked, opened and copied from, and leads to the table and back to the line', async () => {
    await runCommand('HubSpot Associations: Focus on Lookups View');
    await until('the tree has the keyboard', () => tree.pane.evaluate((pane) => pane.contains(document.activeElement)));
    await keys('Home');
    await goInTree('ArrowDown', new RegExp(`^${ids[0]}$`));
    await keys('ArrowRight');
    await tree.until('its companies are there', (rows) => rows.some(({ level }) => level === 4));
    const [company] = standIn.portal.associationsOf('deals', ids[0]!, 'companies');
    await goInTree('ArrowDown', new RegExp(`^${company!.toId}$`));
    await keys('Control+C');
    await until('the company is copied', async () => (await clipboard()) === company!.toId, clipboard);

    await keys('Home');
    await goInTree('ArrowDown', new RegExp(`^${ids[3]}$`));
    await workbench.chooseFrom(() => workbench.openContextMenu(), 'Open as Table');
    // The filter that hid the record is gone, and its row has the keyboard.
    await isInPanel(ids[3]!);
    const shown = () => workbench.webview().locator('tbody [role=row]').count();
    await until('all rows are shown', async () => (await shown()) === ids.length, shown);

    await runCommand('HubSpot Associations: Focus on Lookups View');
    await goInTree('ArrowDown', new RegExp(`^${ids[3]}$`));
    await workbench.chooseFrom(() => workbench.openContextMenu(), 'Go to Line');
    await cursorIsAt(new RegExp(`^Ln ${first + 3}, `));
  });

  test('in the file, a marked id leads to its answer by its quick fix', async () => {
    const orphan = ids.find((id) => standIn.portal.associationsOf('deals', id, 'companies').length === 0)!;
    await keys('F8');
    await cursorIsAt(new RegExp(`^Ln ${ids.indexOf(orphan) + first}, `));
    await keys('Escape');
    const actions = window.page.locator('.action-widget .monaco-list-row');
    // The box of F8 may still have the keyboard for a moment: then the key is not heard, and is pressed again.
    await until('the fixes are offered', async () => {
      await keys('Control+.');
      return actions
        .first()
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => false,
        );
    });
    const focused = window.page.locator('.action-widget .monaco-list-row.focused');
    await workbench.step(
      'ArrowDown',
      'the fix has the keyboard',
      (text) => text?.includes('Show in the answer') === true,
      async () => (await focused.allInnerTexts())[0],
    );
    await keys('Enter');
    await isInPanel(orphan);
  });
});
