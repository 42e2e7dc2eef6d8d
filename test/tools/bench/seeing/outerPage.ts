/** The window around the panel: opens either side in a frame, as VS Code opens a webview, and takes the times. */

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { mulberry32 } from '../../../core/madeAnswer.ts';
import { sixTexts } from './sixColumns.ts';

export interface SeeingBench {
  ready: boolean;
  vsCodeApi(): unknown;
  /** Milliseconds from making the frame until the panel's rows are laid out. */
  openPanel(): Promise<number>;
  /** The same for a matrix of ten thousand records by ten types. */
  openMatrix(): Promise<number>;
  openStatic(): Promise<number>;
  /** Milliseconds from the press on a heading until the rows in the new order are laid out. */
  sortPanel(): Promise<number>;
  sortTanstack(): Promise<number>;
  /** Milliseconds from the end of the typing pause until the rows that are left stand. */
  filterPanel(): Promise<number>;
  /** Milliseconds for the text of each id, looked into once by the host. */
  searchIds(): Promise<number>;
  /** @param shown with six properties, or without */
  prepareScroll(what: 'panel' | 'tanstack', shown: 'associations' | 'columns'): Promise<void>;
  /** Scrolls by ten rows in each of so many frames. */
  scroll(frames: number): Promise<void>;
  /** Milliseconds for a window of 60 rows, asked for and parsed. */
  askForRows(): Promise<number>;
  /** Milliseconds for a million row objects, posted and parsed. */
  postAllRows(): Promise<number>;
}

const rowHeight = 22;
const worker = new Worker('/host.js');
let frame: HTMLIFrameElement | undefined;
let scroller: HTMLElement | undefined;
/** Takes an answer of the host before the page would. */
let intercept: ((data: string) => void) | undefined;

worker.addEventListener('message', ({ data }: MessageEvent<string>) => {
  if (intercept) intercept(data);
  else if (data === '"ready"') bench.ready = true;
  else frame?.contentWindow?.postMessage(JSON.parse(data), '*');
});

async function open(url: string): Promise<void> {
  frame?.remove();
  frame = document.createElement('iframe');
  frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0';
  frame.src = url;
  document.body.append(frame);
  await new Promise((resolve) => frame!.addEventListener('load', resolve, { once: true }));
}

/** Waits until the test holds: it is made whenever something in the frame's document changes, and costs nothing between. */
async function until(test: () => boolean): Promise<void> {
  if (test()) return;
  await new Promise<void>((resolve) => {
    const changes = new MutationObserver(() => {
      if (!test()) return;
      changes.disconnect();
      resolve();
    });
    changes.observe(frame!.contentDocument!, { subtree: true, childList: true, characterData: true });
  });
}

function cells(): HTMLElement[] {
  return [...(frame?.contentDocument?.querySelectorAll<HTMLElement>('tbody tr td:nth-child(2)') ?? [])];
}

/** Rows with their text are in the page; asking for a place makes the browser lay them out. */
function hasRows(least: number): boolean {
  const shown = cells();
  if (shown.length < least || shown.some((cell) => cell.textContent === '')) return false;
  return shown.at(-1)!.getBoundingClientRect().height > 0;
}

async function timeOpen(url: string, least: number): Promise<number> {
  const start = performance.now();
  await open(url);
  await until(() => hasRows(least));
  return performance.now() - start;
}

interface PlainRow {
  readonly id: string;
  readonly toId: string;
  readonly labels: string;
  readonly state: string;
  readonly key: number;
}

/** A million row objects, drawn plainly where @tanstack/virtual-core says. */
class TanstackTable {
  readonly #random = mulberry32(7);
  readonly asked: readonly PlainRow[] = Array.from({ length: 1_000_000 }, (_, at) => {
    const key = 9_000_000_000 + Math.floor(this.#random() * 800_000_000);
    return { id: String(17_000_000_000 + at), toId: String(key), labels: 'Primary', state: 'Found', key };
  });
  rows: readonly PlainRow[] = this.asked;
  readonly element = document.createElement('div');
  readonly isWide: boolean;
  readonly #inner = document.createElement('div');
  readonly #virtual: Virtualizer<HTMLDivElement, HTMLDivElement>;

  constructor(into: Document, isWide: boolean) {
    this.isWide = isWide;
    this.element.style.cssText = 'position:absolute;inset:40px 0 0;overflow:auto';
    this.#inner.style.cssText = 'position:relative';
    this.element.append(this.#inner);
    into.body.append(this.element);
    this.#virtual = new Virtualizer<HTMLDivElement, HTMLDivElement>({
      count: this.rows.length,
      getScrollElement: () => this.element,
      estimateSize: () => rowHeight,
      overscan: 1,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.draw(),
    });
    this.#virtual._didMount();
    this.#virtual._willUpdate();
    this.#inner.style.height = `${this.#virtual.getTotalSize()}px`;
    this.draw();
  }

  draw(): void {
    this.#inner.replaceChildren(
      ...this.#virtual.getVirtualItems().map(({ index, start }) => {
        const row = this.rows[index]!;
        const made = document.createElement('div');
        const texts = [row.id, row.toId, row.labels, row.state, ...(this.isWide ? sixTexts(row.id, row.toId) : [])];
        made.style.cssText = `position:absolute;inset-inline:0;display:grid;grid-template-columns:repeat(${texts.length},1fr);height:${rowHeight}px;transform:translateY(${start}px)`;
        for (const text of texts) {
          const cell = document.createElement('span');
          cell.textContent = text;
          made.append(cell);
        }
        return made;
      }),
    );
  }
}

let tanstack: TanstackTable | undefined;

async function showTanstack(isWide = false): Promise<TanstackTable> {
  if (tanstack?.isWide === isWide && tanstack.element.ownerDocument === frame?.contentDocument) return tanstack;
  await timeOpen('/static.html', 27);
  frame!.contentDocument!.body.replaceChildren();
  tanstack = new TanstackTable(frame!.contentDocument!, isWide);
  return tanstack;
}

let panelShows: 'associations' | 'columns' | 'matrix' | undefined;

function openPanel(shown: NonNullable<typeof panelShows>): Promise<number> {
  panelShows = shown;
  worker.postMessage(shown);
  return timeOpen('/panel.html', 20);
}

async function showPanel(shown: 'associations' | 'columns' = 'associations'): Promise<void> {
  if (panelShows !== shown || frame?.contentDocument?.location.pathname !== '/panel.html') await openPanel(shown);
}

/** When the page last told the host what it shows: a filter is told when the typing pause has ended. */
let viewTold = 0;
let parts = 0;

/** Four digits that stand in some hundreds of the million ids, other ones each time. */
function nextPart(): string {
  return String(1234 + 321 * (parts++ % 20));
}

const bench: SeeingBench = {
  ready: false,
  vsCodeApi: () => ({
    postMessage: (message: { readonly kind: string }) => {
      if (message.kind === 'view') viewTold = performance.now();
      worker.postMessage(JSON.stringify(message));
    },
    getState: () => undefined,
    setState: () => undefined,
  }),
  openPanel: () => openPanel('associations'),
  openMatrix: () => openPanel('matrix'),
  openStatic: () => timeOpen('/static.html', 27),
  async sortPanel() {
    await openPanel('associations');
    const before = cells()[1]!.textContent;
    const start = performance.now();
    frame!.contentDocument!.querySelectorAll<HTMLElement>('th .sort')[1]!.click();
    await until(() => hasRows(20) && cells()[1]!.textContent !== before);
    return performance.now() - start;
  },
  async sortTanstack() {
    const table = await showTanstack();
    const rows = table.asked.slice();
    table.rows = rows;
    const start = performance.now();
    rows.sort((one, other) => one.key - other.key);
    table.draw();
    table.element.getBoundingClientRect();
    return performance.now() - start;
  },
  async filterPanel() {
    await showPanel();
    const input = frame!.contentDocument!.querySelector<HTMLInputElement>('.filterText')!;
    const part = nextPart();
    input.value = part;
    input.dispatchEvent(new Event('input'));
    const matches = () => cells().every((cell) => cell.parentElement!.textContent!.includes(part));
    await until(() => hasRows(20) && matches());
    return performance.now() - viewTold;
  },
  async searchIds() {
    await showPanel();
    const start = performance.now();
    await new Promise<void>((resolve) => {
      intercept = () => {
        intercept = undefined;
        resolve();
      };
      worker.postMessage({ id: nextPart() });
    });
    return performance.now() - start;
  },
  async prepareScroll(what, shown) {
    if (what === 'tanstack') scroller = (await showTanstack(shown === 'columns')).element;
    else {
      await showPanel(shown);
      scroller = frame!.contentDocument!.querySelector<HTMLElement>('.scroller')!;
    }
    scroller.scrollTop = 0;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  },
  async scroll(frames) {
    for (let at = 0; at < frames; at++) {
      scroller!.scrollTop += 10 * rowHeight;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  },
  async askForRows() {
    await showPanel();
    const start = performance.now();
    await new Promise<void>((resolve) => {
      intercept = (data) => {
        JSON.parse(data);
        intercept = undefined;
        resolve();
      };
      worker.postMessage(JSON.stringify({ kind: 'rows', request: 1, first: 500_000, count: 60 }));
    });
    return performance.now() - start;
  },
  async postAllRows() {
    const start = performance.now();
    await new Promise<void>((resolve) => {
      intercept = (data) => {
        JSON.parse(data);
        intercept = undefined;
        resolve();
      };
      worker.postMessage('allRows');
    });
    return performance.now() - start;
  },
};
Object.assign(globalThis, { seeing: bench });
