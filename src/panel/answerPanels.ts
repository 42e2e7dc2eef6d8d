/** The webview panels, one per look-up: open, restore, parse what arrives, post what changed. */
import * as vscode from 'vscode';
import * as z from 'zod';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { lookUpTitle } from '../answers/lookUpWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { rowWords } from '../answers/rowWords.ts';
import type { Answer } from '../core/domain/associations.ts';
import { AnswerTable, type ShownRows } from '../core/rows/answerTable.ts';
import { plainLine } from '../core/text/plainText.ts';
import type { Action, Address } from '../core/treaty/actions.ts';
import {
  everyRow,
  type FromPage,
  type PanelView,
  parseFromPage,
  type RowsReply,
  type ToPage,
} from '../core/treaty/panelMessages.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { pageHtml } from './pageHtml.ts';
import { panelState } from './panelState.ts';

const panelType = 'hubspotAssociations.answer';

/** A panel is told of changes at most this often while results stream in, in milliseconds, and takes at most a quarter of the time. */
const throttle = 150;

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly lookUps: LookUps;
  readonly catalog: ObjectTypeCatalog;
  readonly names: Names;
}

/** What a user asks for in a panel. */
export type Asked =
  | { readonly kind: 'act'; readonly action: Action; readonly at: Address }
  | { readonly kind: 'copy' | 'export'; readonly rows: AskedRows };

/** Rows as they are shown, and what they were narrowed by. */
interface AskedRows {
  readonly entry: LookUpEntry;
  readonly answer: Answer;
  readonly shown: ShownRows;
  readonly view: PanelView | undefined;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly lookUpId: string;
  table: AnswerTable | undefined;
  ready: boolean;
  /** A record to go to as soon as the page is there. */
  goTo: number | undefined;
  /** Milliseconds that the last state took to make: a million rows are counted anew when some have come. */
  cost: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class AnswerPanels implements vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #open = new Map<string, OpenPanel>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #asked = new vscode.EventEmitter<Asked>();
  readonly onDidAsk = this.#asked.event;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#subscriptions = [
      this.#asked,
      parts.lookUps.onDidChange((entry) => this.#changed(entry)),
      parts.names.onDidChange(() => this.#wordsChanged()),
      parts.catalog.onDidChange(() => this.#wordsChanged()),
    ];
  }

  /**
   * Opens the panel of a look-up, or brings it to the front.
   * @param record a record to go to in it
   */
  show(lookUpId: string, record?: number): void {
    const entry = this.#parts.lookUps.find(lookUpId);
    if (!entry) return;
    const open = this.#open.get(lookUpId);
    if (open) {
      open.panel.reveal();
      if (record !== undefined) this.#goTo(open, entry, record);
      return;
    }
    const panel = vscode.window.createWebviewPanel(panelType, this.#title(entry), vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [this.#dist],
      enableFindWidget: false,
    });
    this.#adopt(panel, lookUpId, record);
  }

  /** True while a person can see this look-up's panel. */
  isVisible(lookUpId: string): boolean {
    return this.#open.get(lookUpId)?.panel.visible ?? false;
  }

  /**
   * Gives a panel that VS Code restored after a reload its content back.
   * @param allRestored resolves when every look-up is back; this one's may be so before
   */
  async restore(panel: vscode.WebviewPanel, state: unknown, allRestored: Promise<void>): Promise<void> {
    const lookUpId = rememberedLookUp.safeParse(state).data?.lookUp;
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    if (lookUpId !== undefined) await this.#whenBack(lookUpId, allRestored);
    if (lookUpId === undefined || !this.#parts.lookUps.find(lookUpId)) {
      panel.dispose();
      return;
    }
    this.#adopt(panel, lookUpId);
  }

  async #whenBack(lookUpId: string, allRestored: Promise<void>): Promise<void> {
    const { lookUps } = this.#parts;
    if (lookUps.find(lookUpId)) return;
    let listening: vscode.Disposable | undefined;
    const isBack = new Promise<void>((resolve) => {
      listening = lookUps.onDidChange(() => {
        if (lookUps.find(lookUpId)) resolve();
      });
    });
    await Promise.race([isBack, allRestored]);
    listening?.dispose();
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    for (const { panel } of this.#open.values()) panel.dispose();
  }

  get #dist(): vscode.Uri {
    return vscode.Uri.joinPath(this.#parts.extensionUri, 'dist');
  }

  /** Names or object types have become known, or are to be shown no longer. */
  #wordsChanged(): void {
    for (const open of this.#open.values()) {
      const entry = this.#parts.lookUps.find(open.lookUpId);
      if (!entry) continue;
      open.table?.setWords(rowWords(entry, this.#parts.names));
      this.#changed(entry);
    }
  }

  #title(entry: LookUpEntry): string {
    const { account, answer } = entry;
    const title = `${lookUpTitle(entry, this.#parts.catalog)} (${answer.counts.asked.toLocaleString()})`;
    return `${title} · ${plainLine(account.name)}`;
  }

  #adopt(panel: vscode.WebviewPanel, lookUpId: string, record?: number): void {
    const open: OpenPanel = {
      panel,
      lookUpId,
      table: undefined,
      ready: false,
      goTo: record,
      cost: 0,
      timer: undefined,
    };
    this.#open.set(lookUpId, open);
    const icon = (theme: string) =>
      vscode.Uri.joinPath(this.#parts.extensionUri, 'media', 'icons', `panel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.onDidDispose(() => {
      clearTimeout(open.timer);
      this.#open.delete(lookUpId);
    });
    // A page that is hidden is gone, and speaks first again when it comes back.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) open.ready = false;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = parseFromPage(message);
      if (parsed) this.#received(open, parsed);
    });
    panel.webview.html = pageHtml(panel.webview, this.#dist, lookUpId);
  }

  #received(open: OpenPanel, message: FromPage): void {
    const entry = this.#parts.lookUps.find(open.lookUpId);
    if (!entry) return;
    const table = this.#tableOf(open, entry);
    switch (message.kind) {
      case 'ready':
        if (message.view) table.setView(message.view);
        open.ready = true;
        open.panel.title = this.#title(entry);
        this.#postState(open, entry);
        if (open.goTo !== undefined) this.#goTo(open, entry, open.goTo);
        return;
      case 'rows':
        this.#postRows(open, entry, table.window(message));
        return;
      case 'view':
        if (table.setView(message.view)) this.#postState(open, entry);
        return;
      default:
        this.#asked.fire(askedBy(message, entry, table));
    }
  }

  /** Where filter or chip hide the record, all rows are shown first. */
  #goTo(open: OpenPanel, entry: LookUpEntry, record: number): void {
    if (!open.ready) {
      open.goTo = record;
      return;
    }
    open.goTo = undefined;
    const table = this.#tableOf(open, entry);
    const row = { record, nth: 0 };
    const isHidden = table.placeOf(row) === undefined;
    if (isHidden && table.setView({ ...table.view, ...everyRow })) this.#postState(open, entry);
    const at = table.placeOf(row);
    if (at !== undefined) this.#post(open, { kind: 'goTo', at, everyRow: isHidden });
  }

  #changed(entry: LookUpEntry | undefined): void {
    if (!entry) {
      for (const { lookUpId, panel } of this.#open.values()) {
        const known = this.#parts.lookUps.find(lookUpId);
        if (known) this.#changed(known);
        else panel.dispose();
      }
      return;
    }
    const open = this.#open.get(entry.id);
    if (open) open.panel.title = this.#title(entry);
    if (!open?.ready || open.timer) return;
    open.timer = setTimeout(
      () => {
        open.timer = undefined;
        if (open.ready) this.#postState(open, entry);
      },
      Math.max(throttle, 4 * open.cost),
    );
  }

  #postState(open: OpenPanel, entry: LookUpEntry): void {
    const began = performance.now();
    this.#post(open, panelState(entry, this.#tableOf(open, entry), this.#parts.catalog, this.#parts.names));
    open.cost = performance.now() - began;
  }

  /** Only the names of what the page shows are read. */
  #postRows(open: OpenPanel, { account, question }: LookUpEntry, reply: RowsReply): void {
    this.#post(open, reply);
    for (const { id, toId } of reply.rows) {
      this.#parts.names.want(account, question.from, id);
      if (toId !== undefined) this.#parts.names.want(account, question.to, toId);
    }
  }

  #post(open: OpenPanel, message: ToPage): void {
    void open.panel.webview.postMessage(message);
  }

  /** The table over the entry's Answer: a new one when a resumed look-up has a new Answer, with the same view. */
  #tableOf(open: OpenPanel, entry: LookUpEntry): AnswerTable {
    if (open.table?.answer !== entry.answer) {
      open.table = new AnswerTable(entry.answer, rowWords(entry, this.#parts.names), open.table?.view);
    }
    return open.table;
  }
}

function askedBy(
  message: Extract<FromPage, { kind: 'action' | 'rowAction' | 'copy' | 'export' }>,
  entry: LookUpEntry,
  table: AnswerTable,
): Asked {
  const { id, answer } = entry;
  switch (message.kind) {
    case 'action':
      return { kind: 'act', action: message.action, at: { lookUp: id } };
    case 'rowAction':
      return { kind: 'act', action: message.action, at: { lookUp: id, ...message.row } };
    case 'copy':
      return { kind: 'copy', rows: { entry, answer, shown: table.shownRows(message.rows), view: undefined } };
    case 'export':
      return { kind: 'export', rows: { entry, answer, shown: table.shownRows(), view: table.view } };
  }
}

/** What a page remembers over a reload: whose panel it is, and how the user saw it (which the page reads itself). */
const rememberedLookUp = z.object({ lookUp: z.string() });
