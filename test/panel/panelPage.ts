/**
 * Opens the panel's page in a browser, as a webview would: under the host's Content Security Policy, with a theme's colours
 * and with an `acquireVsCodeApi` whose other end is this process.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { AnswerTable } from '../../src/core/rows/answerTable.ts';
import { type FromPage, parseFromPage, type ToPage } from '../../src/core/treaty/panelMessages.ts';
import type { RowsRequest } from '../../src/core/treaty/panelRows.ts';
import type { PanelState } from '../../src/core/treaty/panelState.ts';
import type { RememberedView } from '../../src/core/treaty/panelView.ts';
import { until } from '../host/until.ts';

export const themes = ['dark', 'light', 'highContrast', 'highContrastLight'] as const;
export type PanelTheme = (typeof themes)[number];

/** Each theme's variables that the page uses, as VS Code 1.139 gives them to a webview. */
const variables = JSON.parse(readFileSync(new URL('./themes.json', import.meta.url), 'utf8')) as Record<
  PanelTheme,
  Record<string, string>
>;
const bodyClasses: Readonly<Record<PanelTheme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  highContrast: 'vscode-high-contrast',
  highContrastLight: 'vscode-high-contrast vscode-high-contrast-light',
};
const origin = 'http://panel.invalid';
const sheetOf = (theme: PanelTheme) => `${origin}/theme.css?${theme}`;
const isLight = (theme: PanelTheme) => theme === 'light' || theme === 'highContrastLight';

let built: Promise<{ script: string; style: string }> | undefined;

/** The page's script and style as they ship. */
export function builtPage(): Promise<{ script: string; style: string }> {
  built ??= build({
    entryPoints: [
      fileURLToPath(new URL('../../media/panel/main.ts', import.meta.url)),
      fileURLToPath(new URL('../../media/panel/panel.css', import.meta.url)),
    ],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2023',
    outdir: 'out',
    write: false,
  }).then(({ outputFiles }) => ({
    script: outputFiles.find(({ path }) => path.endsWith('.js'))!.text,
    style: outputFiles.find(({ path }) => path.endsWith('.css'))!.text,
  }));
  return built;
}

export interface PanelOptions {
  readonly theme?: PanelTheme;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
  readonly reducedMotion?: boolean;
  /** What the page had stored with `setState` before. */
  readonly stored?: unknown;
  /** Leaves the host silent: nothing answers `ready`. */
  readonly silent?: boolean;
}

/** Everything of a state but the facts, which come from the table. */
export type Surroundings = Omit<PanelState, 'kind' | 'facts'>;

const surroundings: Surroundings = {
  title: 'Deals → Companies',
  from: 'Deal',
  to: 'Company',
  account: { name: 'Acme', environment: 'Production' },
  progress: { kind: 'idle' },
  notices: [],
  names: 'off',
};

/** The page, and the host it speaks with. */
export class PanelPage {
  readonly page: Page;
  table: AnswerTable;
  around: Surroundings;
  /** What the page asked for, but for rows. */
  readonly heard: FromPage[] = [];
  /** Messages that do not fit the treaty. */
  readonly misheard: unknown[] = [];
  readonly problems: string[] = [];
  stored: unknown;
  /** Set to keep back the answers to requests for rows, as a slow host does. */
  heldRows: RowsRequest[] | undefined;
  /** Set to say for a view only that the rows are being put in order, as a host does for very many. */
  arranging: PanelState['arranging'];

  constructor(page: Page, table: AnswerTable, around: Partial<Surroundings>) {
    this.page = page;
    this.table = table;
    this.around = { ...surroundings, ...around };
  }

  /** Changes the theme, as VS Code does it under a page that is open. */
  async wear(theme: PanelTheme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: isLight(theme) ? 'light' : 'dark' });
    await this.page.evaluate(
      async ([sheet, bodyClass]) => {
        const link = document.querySelector<HTMLLinkElement>('link')!;
        const loaded = new Promise((resolve) => link.addEventListener('load', resolve, { once: true }));
        link.href = sheet!;
        document.body.className = bodyClass!;
        await loaded;
      },
      [sheetOf(theme), bodyClasses[theme]],
    );
  }

  async send(message: ToPage | Record<string, unknown>): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  /** Sends the whole state, changed as said. */
  async push(change: Partial<Surroundings> = {}): Promise<void> {
    this.around = { ...this.around, ...change };
    if (this.arranging)
      return this.send({ kind: 'state', ...this.around, arranging: this.arranging, facts: this.table.facts() });
    this.table.arrange();
    await this.send({ kind: 'state', ...this.around, facts: this.table.facts() });
  }

  /** Answers the requests for rows that were kept back, and does so at once from now on. */
  async releaseRows(): Promise<void> {
    const held = this.heldRows ?? [];
    this.heldRows = undefined;
    for (const request of held) await this.send(this.table.window(request));
  }

  async receive(data: unknown): Promise<void> {
    const message = parseFromPage(data);
    if (!message) {
      this.misheard.push(data);
      return;
    }
    if (message.kind === 'rows' && this.heldRows) {
      this.heldRows.push(message);
      return;
    }
    if (message.kind === 'rows') return this.send(this.table.window(message));
    this.heard.push(message);
    const view: RememberedView | undefined =
      message.kind === 'view' || message.kind === 'ready' ? message.view : undefined;
    const changed = view !== undefined && this.table.setView(view);
    if (message.kind === 'stopArranging') {
      this.table.keepShown();
      this.arranging = undefined;
    }
    if (message.kind === 'ready' || message.kind === 'stopArranging' || changed) await this.push();
  }

  /** The texts of the rows on the screen, cell by cell. */
  async rows(): Promise<string[][]> {
    return this.page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim())));
  }

  /** Waits until the rows on the screen are as said. */
  async showsRows(what: string, right: (rows: string[][]) => boolean): Promise<void> {
    await until(
      what,
      async () => right(await this.rows()),
      () => this.rows(),
    );
  }

  async heardKind<Kind extends FromPage['kind']>(kind: Kind): Promise<Extract<FromPage, { kind: Kind }>> {
    const find = () => this.heard.findLast((message) => message.kind === kind);
    await until(
      `the page says ${kind}`,
      async () => find() !== undefined,
      async () => this.heard,
    );
    return find() as Extract<FromPage, { kind: Kind }>;
  }
}

/** The document that a webview would have. What the page had stored before stands in a script of its own, ahead of the page's. */
function documentOf(theme: PanelTheme, stored: unknown): string {
  const before = JSON.stringify(stored ?? null).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${origin}; script-src 'nonce-test'"><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="${sheetOf(theme)}"><link rel="stylesheet" href="${origin}/panel.css"><title>Panel</title></head><body class="${bodyClasses[theme]}"><script nonce="test">storedBefore = ${before}</script><script nonce="test" src="${origin}/panel.js"></script></body></html>`;
}

/**
 * One tab of a browser, in which panels are opened one after the other: a new tab takes the browser more than twice as long as
 * a new document. What was open before is gone with its document.
 */
export class PanelTab {
  readonly #page: Promise<Page>;
  /** The panel that is open, and what it was opened with. */
  #open: { readonly panel: PanelPage; readonly options: PanelOptions } | undefined;

  /** The browser must be closed by whoever started it. */
  constructor(browser: Browser) {
    this.#page = this.#prepare(browser);
  }

  async open(table: AnswerTable, around: Partial<Surroundings> = {}, options: PanelOptions = {}): Promise<PanelPage> {
    const { theme = 'dark', width = 1000, height = 600, reducedMotion, forcedColors } = options;
    table.arrange();
    const page = await this.#page;
    await this.close();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({
      colorScheme: isLight(theme) ? 'light' : 'dark',
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      forcedColors: forcedColors ? 'active' : 'none',
    });
    const panel = new PanelPage(page, table, around);
    this.#open = { panel, options };
    await page.goto(`${origin}/`);
    return panel;
  }

  /** Leaves the panel's document, so that it says nothing more. */
  async close(): Promise<void> {
    if (!this.#open) return;
    const page = await this.#page;
    this.#open = undefined;
    // The next panel begins with nothing under the mouse.
    await page.mouse.move(0, 0);
    await page.goto('about:blank');
  }

  async #prepare(browser: Browser): Promise<Page> {
    const { script, style } = await builtPage();
    const page = await (await browser.newContext()).newPage();
    page.on('pageerror', (error) => this.#open?.panel.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#open?.panel.problems.push(message.text());
    });
    await page.exposeFunction('hostReceive', (data: unknown) =>
      this.#open?.options.silent ? undefined : this.#open?.panel.receive(data),
    );
    await page.exposeFunction('hostStore', (state: unknown) => {
      if (this.#open) this.#open.panel.stored = state;
    });
    await page.addInitScript(() => {
      const host = globalThis as unknown as {
        storedBefore: unknown;
        hostReceive(data: unknown): void;
        hostStore(state: unknown): void;
      };
      Object.assign(globalThis, {
        acquireVsCodeApi: () => ({
          // A webview's messages go through JSON.
          postMessage: (data: unknown) => host.hostReceive(JSON.parse(JSON.stringify(data))),
          getState: () => host.storedBefore,
          setState: (next: unknown) => {
            host.storedBefore = next;
            host.hostStore(JSON.parse(JSON.stringify(next)));
          },
        }),
      });
    });
    await page.route(`${origin}/**`, (route) => {
      const { pathname, search } = new URL(route.request().url());
      if (pathname === '/') {
        const { theme = 'dark', stored } = this.#open?.options ?? {};
        return route.fulfill({ contentType: 'text/html', body: documentOf(theme, stored) });
      }
      if (pathname === '/theme.css') {
        const vars = Object.entries(variables[search.slice(1) as PanelTheme]).map(
          ([name, value]) => `${name}: ${value};`,
        );
        return route.fulfill({ contentType: 'text/css', body: `:root { ${vars.join(' ')} }` });
      }
      if (pathname === '/panel.css') return route.fulfill({ contentType: 'text/css', body: style });
      if (pathname === '/panel.js') return route.fulfill({ contentType: 'text/javascript', body: script });
      return route.fulfill({ status: 404 });
    });
    return page;
  }
}
