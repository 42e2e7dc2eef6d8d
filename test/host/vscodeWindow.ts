import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { activityBarTitles } from './activityBarTitles.ts';
import { startBrowser } from './browser.ts';
import { closeAtEnd } from './closing.ts';
import { type PageWatch, watchPages } from './pageWatch.ts';
import { temporaryCopy } from './temporaryFolder.ts';
import type { Theme } from './theme.ts';
import { newest, projectFolder, type VscodeRelease } from './vscodeRelease.ts';
import { type ServerOptions, startVscodeServer, type VscodeServer } from './vscodeServer.ts';
import { closeWindow } from './windowClosing.ts';
import { Workbench } from './workbench.ts';

export interface WindowOptions extends ServerOptions {
  /** The newest release when left out. */
  readonly release?: VscodeRelease;
  /** The folder whose copy is opened. test/workspace when left out. */
  readonly workspace?: string;
  /** A file to open at the start, named from the workspace. */
  readonly openFile?: string;
  /** The folder of the extension under development; false for none, because a packed one is installed. */
  readonly extension?: string | false;
  /** The display language, for example `de`, for what the extension says. */
  readonly locale?: string;
  /** VS Code's own choice when left out. */
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Pixels of a picture for each pixel of the viewport. 1 when left out. */
  readonly scale?: number;
}

/** A real VS Code, open in a browser without a window. */
export interface VscodeWindow extends AsyncDisposable {
  readonly workbench: Workbench;
  readonly page: Page;
  readonly watch: PageWatch;
  readonly server: VscodeServer;
  /** The folder that is open: a copy, free to be changed. */
  readonly folder: string;
  /** Where a person can go on by hand. */
  readonly address: string;
  close(): Promise<void>;
}

/** Opens VS Code on a copy of the workspace, with the extension from the source, ready for the first key. */
export async function openVscode(options: WindowOptions = {}): Promise<VscodeWindow> {
  const folder = temporaryCopy(options.workspace ?? join(projectFolder, 'test', 'workspace'));
  const release = options.release ?? newest;
  const server = await startVscodeServer(release, options);
  const started = await startBrowser();
  const { page, watch } = await openPage(started.browser, options);
  const close = closeAtEnd(
    () => closeWindow({ watch, browser: started, server, folder }),
    // Each of its parts sees to itself.
    () => undefined,
  );
  try {
    const extension = options.extension ?? (options.vsix ? false : projectFolder);
    const titles =
      extension !== false || options.vsix ? activityBarTitles(extension || projectFolder, options.locale) : [];
    const address = addressOf(server, folder.path, {
      ...(extension !== false && { extensionDevelopmentPath: extension }),
      ...(options.openFile && { openFile: join(folder.path, options.openFile) }),
    });
    await page.goto(address);
    const workbench = new Workbench(page, server, folder.path, titles);
    await workbench.ready(options.openFile);
    // Not by a setting: a window that has just been opened takes it or not, as its extensions happen to load.
    if (options.theme) await workbench.switchTheme(options.theme);
    return { workbench, page, watch, server, folder: folder.path, address, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

/** A page of its own, with storage of its own, that is watched. */
export async function openPage(
  browser: Browser,
  options: WindowOptions = {},
): Promise<{ readonly page: Page; readonly watch: PageWatch }> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    ...(options.locale && { locale: options.locale }),
    ...(options.scale && { deviceScaleFactor: options.scale }),
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const watch = await watchPages(context);
  await context.addInitScript(standStill);
  const page = await context.newPage();
  if (options.locale) {
    // The language that VS Code takes itself to be in. Its own texts stay English without a language pack, an extension's do not.
    await page.addInitScript((locale) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: locale }), options.locale);
  }
  return { page, watch };
}

/** Runs in every frame: what moves on and on, such as a bar of progress, is drawn sixty times a second, and nobody looks. */
function standStill(): void {
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important; }');
  document.adoptedStyleSheets.push(still);
}

/** What the page's address can hand over to VS Code; each is a path on this machine. */
interface Payload {
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  readonly openFile?: string;
}

/** The address that opens a folder. */
export function addressOf(server: VscodeServer, folder: string, payload: Payload): string {
  const remote = (path: string) => `vscode-remote://${server.authority}${pathToFileURL(path).pathname}`;
  const pairs = Object.entries(payload).map(([name, path]) => [name, remote(path as string)]);
  const query = new URLSearchParams({
    folder: decodeURIComponent(pathToFileURL(folder).pathname),
    payload: JSON.stringify([...pairs, ['skipWelcome', 'true']]),
  });
  // For people, as plain as it may be: these need no escape in a query.
  return `${server.origin}/?${query}`.replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',');
}
