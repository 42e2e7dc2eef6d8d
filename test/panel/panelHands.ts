/** Opens panels for the tests of one file in one browser, and works in them as a person at the keyboard does. */
import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import type { AnswerTable } from '../../src/core/rows/answerTable.ts';
import { startBrowser } from '../host/browser.ts';
import { until } from '../host/until.ts';
import { type PanelOptions, type PanelPage, PanelTab, type Surroundings } from './panelPage.ts';
import { panelStates } from './panelStates.ts';

/** The active cell, as a screen reader is told of it. */
interface ActiveCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

export class PanelHands {
  #started: Awaited<ReturnType<typeof startBrowser>> | undefined;
  #tab: PanelTab | undefined;
  #panel: PanelPage | undefined;

  /** Starts the browser before the file's tests, and looks after each that the page said nothing wrong. */
  constructor() {
    before(async () => {
      this.#started = await startBrowser();
      this.#tab = new PanelTab(this.#started.browser);
    });
    after(() => this.#started?.close());
    afterEach(async () => {
      assert.deepEqual(this.panel.problems, []);
      assert.deepEqual(this.panel.misheard, [], 'everything the page said fits the treaty');
      await this.close();
    });
  }

  /** The panel opened last. */
  get panel(): PanelPage {
    assert.ok(this.#panel, 'a panel was opened');
    return this.#panel;
  }

  /** Opens the page, and waits until it shows the first state and the rows that there are. */
  async open(table: AnswerTable, around: Partial<Surroundings> = {}, options: PanelOptions = {}): Promise<PanelPage> {
    const panel = await this.#tab!.open(table, around, options);
    this.#panel = panel;
    await panel.page.getByRole('grid').waitFor();
    if (table.facts().shown > 0)
      await panel.showsRows('the first rows', (rows) => rows[0]?.[0] !== undefined && !['', '…'].includes(rows[0][0]));
    return panel;
  }

  /** Opens one of the main states. */
  async openState(name: string, options: PanelOptions = {}): Promise<PanelPage> {
    const { table, around } = panelStates[name]!();
    return this.open(table, around, options);
  }

  async close(): Promise<void> {
    await this.#tab?.close();
  }

  async keys(...names: string[]): Promise<void> {
    for (const name of names) await this.panel.page.keyboard.press(name);
  }

  async active(): Promise<ActiveCell | undefined> {
    return this.panel.page.evaluate(() => {
      const grid = document.activeElement;
      const id = grid?.getAttribute('aria-activedescendant');
      const cell = id ? document.getElementById(id) : null;
      const row = cell?.closest('[role="row"]');
      if (!cell || !row) return undefined;
      return {
        row: Number(row.getAttribute('aria-rowindex')),
        column: [...row.children].indexOf(cell) + 1,
        text: (cell.textContent ?? '').trim(),
      };
    });
  }

  async isAt(row: number, column: number): Promise<void> {
    await until(
      `the active cell is ${row}, ${column}`,
      async () => {
        const now = await this.active();
        return now?.row === row && now.column === column;
      },
      () => this.active(),
    );
  }

  /** Waits until a screen reader was told so. */
  async isSpoken(text: string): Promise<void> {
    const spoken = () => this.panel.page.getByRole('status').textContent();
    await until(`"${text}" is spoken`, async () => (await spoken()) === text, spoken);
  }

  /** The headings shown, in order. */
  async heads(): Promise<string[]> {
    return this.panel.page.locator('th .foreign').allInnerTexts();
  }

  async showsHeads(...heads: string[]): Promise<void> {
    await until(
      `the columns are ${heads.join(', ')}`,
      async () => (await this.heads()).join() === heads.join(),
      () => this.heads(),
    );
  }
}
