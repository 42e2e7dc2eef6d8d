import { mkdirSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { QuickInput } from './quickInput.ts';
import { colourTheme, type Theme, themeClasses } from './theme.ts';
import { TreeView } from './treeView.ts';
import { until } from './until.ts';
import { projectFolder } from './vscodeRelease.ts';
import type { VscodeServer } from './vscodeServer.ts';

declare global {
  interface Window {
    /** What VS Code offers its own smoke tests. */
    driver?: { whenWorkbenchRestored(): Promise<void> };
  }
}

/** VS Code's key for one more cursor, on the line below. */
const cursorBelow =
  { linux: 'Shift+Alt+ArrowDown', darwin: 'Meta+Alt+ArrowDown' }[process.platform as string] ?? 'Control+Alt+ArrowDown';

/** How long a question may take after its command, in milliseconds: the first command of a window also loads the extension. */
const questionPatience = 15_000;

/** VS Code as a person uses it: keys, menus, what is on the screen. Every step waits for its own effect. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly #server: VscodeServer;
  readonly #folder: string;
  readonly #titles: readonly string[];

  /** @param titles - those that stand in the activity bar once the extension's contributions are there. */
  constructor(page: Page, server: VscodeServer, folder: string, titles: readonly string[] = []) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.#server = server;
    this.#folder = folder;
    this.#titles = titles;
  }

  /** Waits until the window is complete, with the extension's commands, menus and views; with a file, until it has the keyboard. */
  async ready(file?: string): Promise<void> {
    await until('VS Code has started', () => this.page.evaluate(() => window.driver !== undefined));
    await this.page.evaluate(() => window.driver?.whenWorkbenchRestored());
    for (const title of this.#titles) await this.#activityBarItem(title).waitFor();
    if (file) await this.#showsEditor(file);
  }

  /** Runs a command by its title in the palette, for example `View: Close All Editors`. */
  async runCommand(title: string): Promise<void> {
    await until(
      `"${title}" is run`,
      async () => {
        await this.quickInput.open(`>${title}`);
        return this.quickInput.take(title);
      },
      () => this.quickInput.read(),
    );
  }

  /**
   * Runs a command that asks something and waits until it has asked. Where the question does not come, because something else
   * had the keyboard in the moment of Enter or took the question's place, the command is run again.
   *
   * @param question - what the quick input shows, or how the question is told on the screen.
   */
  async ask(title: string, question: string | (() => Promise<boolean>)): Promise<void> {
    const isAsked = typeof question === 'string' ? () => this.quickInput.shows(question) : question;
    let isFirst = true;
    await until(
      `"${title}" asks`,
      async () => {
        if (isFirst || !(await isAsked())) await this.runCommand(title);
        isFirst = false;
        return until('it asks', isAsked, undefined, questionPatience);
      },
      () => this.quickInput.read(),
      4 * questionPatience,
    );
  }

  /** Presses keys one after the other: `press('Control+K', 'H')`. Control is the key that does its work on a Mac, Cmd. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key.replace(/^Control\+/, 'ControlOrMeta+'));
  }

  /**
   * Presses a key until what has the keyboard is as wanted. Looks again after each press until something else has it: one
   * press too many would go past.
   */
  async step<Text>(
    key: string,
    what: string,
    wanted: Text | ((text: Text | undefined) => boolean),
    focused: () => Promise<Text | undefined>,
    limit?: number,
  ): Promise<void> {
    const isThere = (text: Text | undefined) => (wanted instanceof Function ? wanted(text) : text === wanted);
    await until(
      what,
      async () => {
        const before = await focused();
        if (isThere(before)) return true;
        await this.press(key);
        // At an end of a list nothing else gets it.
        await until(
          'something else has the keyboard',
          async () => (await focused()) !== before,
          undefined,
          1_000,
        ).catch(() => {});
        return isThere(await focused());
      },
      focused,
      limit,
    );
  }

  /** Opens a file of the workspace and gives it the keyboard. One whose tab is there is not searched for again. */
  async openFile(file: string): Promise<void> {
    if (await this.#showTab(file)) return;
    await this.quickInput.open(isAbsolute(file) ? file : join(this.#folder, file));
    const name = file.split(/[\\/]/).at(-1) ?? file;
    await until(
      `${file} is offered`,
      async () => (await this.quickInput.read()).items.some(({ label }) => label === name),
      () => this.quickInput.read(),
    );
    await this.quickInput.accept();
    await this.quickInput.closed();
    await this.#showsEditor(name);
  }

  /** Shows a file that has a tab already. False when there is none, or more than one of that name. */
  async #showTab(file: string): Promise<boolean> {
    const tab = this.page
      .locator('.editor-group-container.active .tab')
      .filter({ has: this.page.getByText(file, { exact: true }) });
    if ((await tab.count()) !== 1) return false;
    return tab
      .click({ timeout: 2_000 })
      .then(() => this.#showsEditor(file))
      .then(
        () => true,
        () => false,
      );
  }

  async #showsEditor(file: string): Promise<void> {
    const name = file.split(/[\\/]/).at(-1) ?? file;
    await this.page.locator('.editor-group-container.active .tab.active', { hasText: name }).waitFor();
    const editor = this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
    await editor.locator('.view-line').first().waitFor();
    await until(`${name} has the keyboard`, async () => {
      if (await editor.evaluate((element) => element.classList.contains('focused'))) return true;
      await editor.locator('.view-lines').click({ position: { x: 2, y: 2 } });
      return false;
    });
  }

  /** Puts the cursor there, both counted from 1, and drops every selection. */
  async goTo(line: number, column = 1): Promise<void> {
    if (await this.#walkTo(line, column)) return;
    await this.quickInput.open(`:${line}:${column}`);
    await this.quickInput.accept();
    await this.quickInput.closed();
    await this.#cursor(new RegExp(`^Ln ${line}, Col ${column}$`));
  }

  /** To a place near the start key by key, which is faster than the palette. False where a line is folded or not heard of. */
  async #walkTo(line: number, column: number): Promise<boolean> {
    if (line + column > 60) return false;
    await this.press('Control+Home');
    for (let below = 1; below < line; below++) await this.press('ArrowDown');
    for (let behind = 1; behind < column; behind++) await this.press('ArrowRight');
    const there = `Ln ${line}, Col ${column}`;
    return until('the cursor is there', async () => (await this.cursor()) === there, undefined, 1_000).catch(
      () => false,
    );
  }

  /** Selects whole lines, without the last one's line break. */
  async selectLines(first: number, last: number): Promise<void> {
    await this.goTo(first);
    for (let line = first; line < last; line++) await this.press('Shift+ArrowDown');
    await this.press('Shift+End');
    await this.#cursor(new RegExp(`^Ln ${last}, Col \\d+ \\(\\d+ selected\\)$`));
  }

  /** Selects so many characters of one line. */
  async selectCharacters(line: number, column: number, length: number): Promise<void> {
    await this.goTo(line, column);
    for (let count = 0; count < length; count++) await this.press('Shift+ArrowRight');
    await this.#cursor(new RegExp(`\\(${length} selected\\)$`));
  }

  /** Selects the same columns of several lines, with one cursor each. */
  async selectColumn(first: number, last: number, column: number, length: number): Promise<void> {
    await this.goTo(first, column);
    for (let line = first; line < last; line++) await this.press(cursorBelow);
    for (let count = 0; count < length; count++) await this.press('Shift+ArrowRight');
    const cursors = last - first + 1;
    const what = cursors === 1 ? `\\(${length} selected\\)$` : `^${cursors} selections \\(${cursors * length} `;
    await this.#cursor(new RegExp(what));
  }

  /** What the status bar says of cursor and selection: `Ln 2, Col 1 (11 selected)`. */
  async cursor(): Promise<string> {
    return (await this.statusItem('status.editor.selection')) ?? '';
  }

  async #cursor(wanted: RegExp): Promise<void> {
    await until(
      `the cursor is at ${wanted}`,
      async () => wanted.test(await this.cursor()),
      () => this.cursor(),
    );
  }

  /** The text of an item of the status bar; undefined when it is not there. */
  async statusItem(id: string): Promise<string | undefined> {
    const item = this.page.locator(`.statusbar-item[id="${id}"]`);
    if ((await item.count()) === 0) return undefined;
    return ((await item.first().textContent()) ?? '').replaceAll('\u00a0', ' ').trim();
  }

  /** Opens the context menu at the cursor, by keyboard, because a click would drop the selection. */
  async openContextMenu(): Promise<readonly string[]> {
    await until('the context menu opens', async () => {
      await this.press('Shift+F10');
      return this.page
        .locator('.monaco-menu .action-label')
        .first()
        .waitFor({ timeout: 1_000 })
        .then(() => true);
    });
    return this.menuLabels();
  }

  /** Opens the menu of what has the keyboard in the panel's page. A row may just be coming, and has none before. */
  async openPageMenu(): Promise<Locator> {
    const menu = this.webview().getByRole('menu').first();
    await until('the menu of the page opens', async () => {
      if (!(await menu.isVisible())) await this.press('Shift+F10');
      return menu.waitFor({ timeout: 1_000 }).then(() => true);
    });
    return menu;
  }

  /** The labels of the menu that is open. */
  async menuLabels(): Promise<string[]> {
    const labels = await this.page.locator('.monaco-menu .action-label:not(.separator)').allTextContents();
    return labels.map((label) => label.trim());
  }

  /** Moves to an item of the menu that is open, by keyboard: a menu takes no click in its first moment. */
  async focusInMenu(label: string, limit?: number): Promise<void> {
    const item = this.page.locator('.monaco-menu .action-item.focused .action-label');
    await until(
      `the menu has "${label}"`,
      async () => (await this.menuLabels()).includes(label),
      () => this.menuLabels(),
      limit,
    );
    const focused = async () => (await item.allTextContents())[0]?.trim();
    await this.step('ArrowDown', `"${label}" is focused in the menu`, label, focused, limit);
  }

  /** Chooses from the menu that is open. */
  async chooseFromMenu(label: string): Promise<void> {
    await this.focusInMenu(label);
    await this.press('Enter');
    await this.page.locator('.monaco-menu').waitFor({ state: 'detached' });
  }

  /** Opens a menu and chooses from it. What takes the focus meanwhile closes the menu: then it is opened again. */
  async chooseFrom(open: () => Promise<unknown>, label: string): Promise<void> {
    await until(`"${label}" is chosen from the menu`, async () => {
      await open();
      await this.focusInMenu(label, 5_000);
      await this.press('Enter');
      return this.page
        .locator('.monaco-menu')
        .waitFor({ state: 'detached' })
        .then(() => true);
    });
  }

  /** Waits until the editor of this file has the keyboard. */
  async editorHasFocus(): Promise<void> {
    await this.page.locator('.editor-group-container.active .editor-instance .monaco-editor.focused').waitFor();
  }

  /** Shows a view: opens its container in the side bar when that is not open. */
  async openView(container: string, title: string): Promise<TreeView> {
    const icon = this.#activityBarItem(container);
    const view = this.view(title);
    // The extension shows the container as well, when a look-up starts: a click that comes after that closes it.
    await until(`${container} is open`, async () => {
      if (!(await icon.evaluate((item) => item.classList.contains('checked')))) await icon.click();
      return view.pane.waitFor({ timeout: 2_000 }).then(() => true);
    });
    await view.unfold();
    return view;
  }

  #activityBarItem(title: string): Locator {
    return this.page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`).first();
  }

  view(title: string): TreeView {
    return new TreeView(this.page, title);
  }

  /** The document of the webview that is on the screen: `webview().getByRole('row')`. */
  webview(): FrameLocator {
    return this.page.locator('iframe.webview.ready:visible').contentFrame().frameLocator('#active-frame');
  }

  /** The same document as a frame, for `evaluate`. */
  async webviewFrame(): Promise<Frame> {
    const element = await this.webview().owner().elementHandle();
    const frame = await element?.contentFrame();
    if (!frame) throw new Error('The webview on the screen has no document.');
    return frame;
  }

  /** The names of the open editors, in the group that is active. */
  tabs(): Promise<string[]> {
    const names = this.page.locator('.editor-group-container.active .tab .monaco-icon-name-container');
    return names.allTextContents();
  }

  /**
   * The notifications that were shown and not closed, from the list behind the bell in the status bar: in a window that
   * is driven by tests they do not pop up.
   */
  async notifications(): Promise<string[]> {
    const centre = await this.#openNotifications();
    const texts = await centre.locator('.notification-list-item-message').allTextContents();
    // Where the last one is gone meanwhile the list has closed by itself, and no command would close it.
    await until('the list of notifications is closed', async () => {
      if (await centre.isVisible()) await this.#bell.click();
      return centre.waitFor({ state: 'hidden', timeout: 1_000 }).then(() => true);
    });
    return texts.map((text) => text.trim());
  }

  /** Waits for a notification with this text and presses one of its buttons. */
  async answerNotification(text: string, button: string): Promise<void> {
    const centre = await this.#openNotifications();
    const item = centre.locator('.monaco-list-row', { hasText: text }).first();
    // Its buttons show once it has the focus.
    await item.click();
    await item.getByRole('button', { name: button, exact: true }).click();
  }

  async #openNotifications(): Promise<Locator> {
    const centre = this.page.locator('.notifications-center');
    if (!(await centre.isVisible())) await this.#bell.click();
    await centre.waitFor();
    return centre;
  }

  get #bell(): Locator {
    return this.page.locator('.statusbar-item[id="status.notifications"]');
  }

  /** Loads the window anew, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Switches the colour theme and waits until the window has its colours. */
  async switchTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.pick(colourTheme(theme, this.#server.release).label);
    await this.page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
  }

  /** Drags the edge of the side bar until it is so many pixels wide. */
  async widenSideBar(width: number): Promise<void> {
    const sideBar = this.page.locator('.part.sidebar');
    const before = await sideBar.boundingBox();
    if (!before) throw new Error('The side bar is not open.');
    const [edge, middle] = [before.x + before.width + 2, before.y + before.height / 2];
    await this.page.mouse.move(edge, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(edge + width - before.width, middle, { steps: 5 });
    await this.page.mouse.up();
    await until(
      `the side bar is ${width} pixels wide`,
      async () => Math.abs(((await sideBar.boundingBox())?.width ?? 0) - width) < 5,
      () => sideBar.boundingBox(),
    );
  }

  /** Takes a picture of the window, with the mouse over nothing. Notifications do not pop up in it. */
  async screenshot(name: string): Promise<string> {
    const path = join(projectFolder, 'out', 'screenshots', `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }
}
