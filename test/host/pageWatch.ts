import type { BrowserContext, Page } from 'playwright-core';
import { holdsLeftover, holdsToken } from './tokenSearch.ts';

/** Sees what a browser's pages say and keep, and where any of it holds a token. */
export interface PageWatch {
  /** The last messages to the page of a webview, as JSON, the newest last. */
  readonly messages: readonly string[];
  /** Where a token was seen so far, or is now: on the screen, in the clipboard, in what VS Code has stored. */
  tokensSeen(): Promise<string[]>;
}

declare global {
  /** Tells the watch of something that a page was sent, sends or keeps. */
  var tellWatch: (place: string, text: string) => Promise<void>;
  /** The way of the last webview in this frame to its host. */
  var pageDoor: { postMessage(message: unknown): void } | undefined;
}

const toPage = 'a message to a page';
const fromPage = 'a message from a page';
const messagesKept = 200;

/** What a person sees, and what it is shown with: there the values of records may stand, and no token. */
function isShown(place: string): boolean {
  return [toPage, fromPage, 'the screen', 'the clipboard', 'the body of a request'].includes(place);
}

/** @param context - before it has any page. */
export async function watchPages(context: BrowserContext): Promise<PageWatch> {
  const seen = new Set<string>();
  const messages: string[] = [];
  const look = (place: string, text: string) => {
    if (isShown(place) ? holdsToken(text) : holdsLeftover(text)) seen.add(place);
  };
  context.on('console', (message) => look('the console', message.text()));
  context.on('weberror', (error) => look('an error of a page', String(error.error().stack)));
  context.on('request', (request) => {
    look('the address of a request', request.url());
    look('the body of a request', request.postDataBuffer()?.toString('latin1') ?? '');
  });
  await context.exposeBinding('tellWatch', (_, place: string, text: string) => {
    look(place, text);
    if (place === toPage) messages.push(text);
    if (messages.length > messagesKept) messages.shift();
  });
  await context.addInitScript(standAtTheDoor, toPage);
  return {
    messages,
    tokensSeen: async () => {
      for (const page of context.pages()) {
        if (page.url() === 'about:blank') continue;
        for (const [place, text] of await textsOf(page)) look(place, text);
      }
      return [...seen];
    },
  };
}

/** Runs in every frame: listens at the way between a webview's page and its host, in both directions. */
function standAtTheDoor(received: string): void {
  const tell = (place: string, message: unknown) => {
    void globalThis.tellWatch(place, JSON.stringify(message) ?? '').catch(() => {});
  };
  type Door = { postMessage(message: unknown): void; setState(state: unknown): unknown };
  let acquire: (() => Door) | undefined;
  const acquireAndWatch = () => {
    const door = acquire!();
    globalThis.pageDoor = {
      ...door,
      postMessage: (message: unknown) => {
        tell('a message from a page', message);
        door.postMessage(message);
      },
      setState: (state: unknown) => {
        tell('the state of a page', state);
        return door.setState(state);
      },
    } as Door;
    return globalThis.pageDoor;
  };
  Object.defineProperty(globalThis, 'acquireVsCodeApi', {
    configurable: true,
    get: () => acquire && acquireAndWatch,
    set: (value) => {
      acquire = value;
      // VS Code gives the API to a document that has just been written, which took earlier listeners away.
      addEventListener('message', ({ data }) => tell(received, data));
    },
  });
}

/** What a page shows and keeps, without the place where VS Code in a browser keeps its secrets. */
async function textsOf(page: Page): Promise<(readonly [string, string])[]> {
  const shown = await Promise.all(page.frames().map((frame) => frame.evaluate(textOfFrame).catch(() => '')));
  const stored = await page.evaluate(storedTexts);
  const clipboard = await page.evaluate(() => navigator.clipboard.readText().catch(() => ''));
  return [
    ...shown.map((text) => ['the screen', text] as const),
    ...stored
      .filter(([key]) => !key.includes('secret://'))
      .map(([key, text]) => [`what is stored as ${key}`, text] as const),
    ['the clipboard', clipboard],
    ['the address of the window', page.url()],
  ];
}

function textOfFrame(): string {
  return document.documentElement.outerHTML;
}

/** Everything in the page's databases and in its storage, each with its place. */
async function storedTexts(): Promise<(readonly [string, string])[]> {
  const answerOf = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const textOf = (value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : (JSON.stringify(value) ?? '');
  const texts: (readonly [string, string])[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await answerOf(indexedDB.open(name ?? ''));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answerOf(rows.getAllKeys()), answerOf(rows.getAll())]);
      for (const [nth, key] of keys.entries()) texts.push([`${name}/${store}/${String(key)}`, textOf(values[nth])]);
    }
    database.close();
  }
  for (const storage of [localStorage, sessionStorage]) {
    for (const [key, value] of Object.entries(storage)) texts.push([key, String(value)]);
  }
  return texts;
}
