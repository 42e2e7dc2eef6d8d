import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

/** A row of a tree as the user sees it. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** 1 for the rows without a parent. */
  readonly level: number;
  /** Undefined when it has no children. */
  readonly expanded?: boolean;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** A view of a container in the side bar. */
export class TreeView {
  readonly #page: Page;
  readonly pane: Locator;
  readonly #title: string;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
    this.pane = page.locator(`.pane:has(> .pane-header[aria-label^="${title}"])`);
  }

  /** Opens the view itself when it is folded up. */
  async unfold(): Promise<void> {
    const header = this.pane.locator('> .pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    await until(`${this.#title} is unfolded`, async () => (await header.getAttribute('aria-expanded')) === 'true');
  }

  /** The rows that are on the screen. */
  async rows(): Promise<TreeRow[]> {
    return (await this.#drawnRows()).map(({ index: _, ...row }) => row);
  }

  /** The same with their places in the whole list. */
  async #drawnRows(): Promise<(TreeRow & { readonly index: number })[]> {
    return this.pane.locator('.monaco-list-row').evaluateAll((rows) =>
      rows
        // A view that another one hides keeps the rows it had when it was seen last.
        .filter((row) => row.checkVisibility())
        .map((row) => {
          const text = (selector: string) =>
            row.querySelector(selector)?.textContent?.replaceAll('\u00a0', ' ').trim() ?? '';
          const expanded = row.getAttribute('aria-expanded');
          return {
            index: Number(row.getAttribute('data-index')),
            label: text('.label-name'),
            description: text('.label-description'),
            level: Number(row.getAttribute('aria-level')),
            ...(expanded && { expanded: expanded === 'true' }),
            spoken: row.getAttribute('aria-label') ?? '',
          };
        })
        // The list keeps its rows in the order of their making.
        .sort((one, other) => one.index - other.index),
    );
  }

  /** Waits until the rows are as the condition wants them, and gives them. */
  async until(what: string, condition: (rows: readonly TreeRow[]) => boolean): Promise<TreeRow[]> {
    return until(
      `in ${this.#title} ${what}`,
      async () => {
        const rows = await this.rows();
        return condition(rows) && rows;
      },
      () => this.rows(),
    );
  }

  /** The first row whose label is this text, or matches it. */
  async row(label: string | RegExp): Promise<Locator> {
    const matches = (text: string) => (typeof label === 'string' ? text === label : label.test(text));
    // All in one look: while results stream in, rows come and go between two.
    const find = async () => (await this.#drawnRows()).find((row) => matches(row.label));
    const { index, label: found } = await until(`${this.#title} has a row ${label}`, find, () => this.rows());
    return this.pane.locator(`.monaco-list-row[data-index="${index}"]`, { hasText: found });
  }

  /** The label of the row that has the keyboard, or had it last. */
  async focused(): Promise<string | undefined> {
    const [label] = await this.pane.locator('.monaco-list-row.focused .label-name').allTextContents();
    return label?.replaceAll('\u00a0', ' ').trim();
  }

  async expand(label: string | RegExp): Promise<void> {
    await this.#setExpanded(label, 'true');
  }

  async collapse(label: string | RegExp): Promise<void> {
    await this.#setExpanded(label, 'false');
  }

  async #setExpanded(label: string | RegExp, wanted: 'true' | 'false'): Promise<void> {
    // A row that is drawn anew under the mouse takes no click.
    await until(`${label} is ${wanted === 'true' ? 'open' : 'closed'}`, async () => {
      const row = await this.row(label);
      if ((await row.getAttribute('aria-expanded')) === wanted) return true;
      await row.locator('.monaco-tl-twistie').click({ timeout: 2_000 });
      return until(
        'the row has turned',
        async () => (await (await this.row(label)).getAttribute('aria-expanded')) === wanted,
        undefined,
        2_000,
      );
    });
  }

  /** Clicks on a row until that has happened: a row that is drawn anew between press and release takes no click. */
  async clickOn(label: string | RegExp, happened: () => Promise<boolean>): Promise<void> {
    await until(
      `a click on ${label} is taken`,
      async () => {
        if (await happened()) return true;
        await (await this.row(label)).click({ timeout: 2_000 });
        return until('it has happened', happened, undefined, 5_000);
      },
      () => this.rows(),
    );
  }

  /** Presses one of the buttons that a row shows under the mouse. */
  async pressInline(label: string | RegExp, action: string): Promise<void> {
    await until(`${action} of ${label} is pressed`, async () => {
      const row = await this.row(label);
      await row.hover({ timeout: 2_000 });
      await row.locator(`.actions .action-label[aria-label^="${action}"]`).click({ timeout: 2_000 });
      return true;
    });
  }

  /** Presses one of the buttons in the view's title. */
  async pressTitle(action: string): Promise<void> {
    await this.pane.locator('> .pane-header').hover();
    await this.pane.locator(`> .pane-header .action-label[aria-label^="${action}"]`).click();
  }

  /** The text above the rows, or of the welcome when there are none. */
  async message(): Promise<string> {
    const texts = await this.pane.locator('.message, .welcome-view-content').allInnerTexts();
    return texts.join('\n').replaceAll('\u00a0', ' ').trim();
  }

  /** The context menu of a row. */
  async openMenu(label: string | RegExp): Promise<void> {
    // A row that is drawn anew under the mouse opens none.
    const menu = this.#page.locator('.monaco-menu .action-label').first();
    await until(`the menu of ${label} opens`, async () => {
      // One that opened late lies over the rows.
      if (await menu.isVisible()) return true;
      await (await this.row(label)).click({ button: 'right', timeout: 2_000 });
      return menu.waitFor({ timeout: 2_000 }).then(() => true);
    });
  }
}
