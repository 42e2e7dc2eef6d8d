/** One webview panel: parses what its page says, answers it, and posts what changed. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Names } from '../answers/recordNames.ts';
import { AnswerTable } from '../core/rows/answerTable.ts';
import { Rows } from '../core/rows/rows.ts';
import {
  type FromPage,
  type PanelState,
  parseFromPage,
  type RowsReply,
  type RowsRequest,
  type ToPage,
} from '../core/treaty/panelMessages.ts';
import { everyRow, type PanelView } from '../core/treaty/panelView.ts';
import { isRead, type LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { arrangeInTurns } from './arranging.ts';
import { type Asked, askedBy, sortAsked } from './asked.ts';
import { pageFolder, pageHtml } from './pageHtml.ts';
import { panelState } from './panelState.ts';
import { panelTitle } from './panelTitle.ts';
import { tableContext } from './tableContext.ts';
import { type UnreadCounts, unreadCounts } from './unreadCounts.ts';
import { ValueCounting } from './valueCounting.ts';

/** A page is told of changes at most this often while results stream in, in milliseconds. */
const throttle = 150;
/** So long a user waits for the order asked for before the page says how far it is, and then again and again. */
const wait = 200;

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly lookUps: LookUps;
  readonly catalog: ObjectTypeCatalog;
  readonly names: Names;
}

export class OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #lookUpId: string;
  readonly #parts: PanelParts;
  readonly #asked = new vscode.EventEmitter<Asked>();
  readonly onDidAsk = this.#asked.event;
  #table: AnswerTable | undefined;
  /** False until the table shows for the first time what is wanted of it: its rows are not to be seen before. */
  #isArranged = false;
  /** What its filter could not look into, and of which revision of the Answer. */
  #unread: { readonly counts: UnreadCounts; readonly revision: number } | undefined;
  /** Ends the work on the table that is under way. */
  #work: AbortController | undefined;
  /** The page's last request for rows, when the table was not arranged yet. */
  #heldRequest: RowsRequest | undefined;
  /** True while there is a page that has spoken. */
  #isReady = false;
  /** What a page said first when the Answer could not be read from the disk. */
  #unansweredPage: Extract<FromPage, { kind: 'ready' }> | undefined;
  /** Names or object types have become known since the rows were put in order: they are with the next state. */
  #isContextOld = false;
  /** A record to go to as soon as the page is there. `everyRow`: chips and filter hid it, and are no more. */
  #goingTo: { readonly record: number; readonly everyRow: boolean } | undefined;
  /** How long the last state took to make, in milliseconds: of a million rows all are counted anew when some have come. */
  #cost = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #counting = new ValueCounting(() => this.#countedValues());
  /** Another one with each context, for what is counted by it. */
  #contexts = 0;

  constructor(panel: vscode.WebviewPanel, lookUpId: string, parts: PanelParts) {
    this.panel = panel;
    this.#lookUpId = lookUpId;
    this.#parts = parts;
    const icon = (theme: string) => vscode.Uri.joinPath(parts.extensionUri, 'media', 'icons', `panel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.onDidDispose(() => {
      clearTimeout(this.#timer);
      this.#work?.abort();
      this.#counting.stop();
      this.#asked.dispose();
    });
    // A page that is hidden is gone, and speaks first again when it comes back.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#isReady = false;
    });
    panel.webview.onDidReceiveMessage(async (message: unknown) => {
      const parsed = parseFromPage(message);
      // What comes while the Answer is read from the disk is answered in its order after that.
      const entry = parsed && (this.#entry ?? (await parts.lookUps.open(lookUpId)));
      if (parsed && entry) void this.#received(entry, parsed);
      else if (parsed?.kind === 'ready') this.#unansweredPage = parsed;
    });
    panel.webview.html = pageHtml(panel.webview, pageFolder(parts), lookUpId, !this.#entry);
  }

  /** Goes to a record, as soon as the page is there. Where filter or chips hide it, all rows are shown first. */
  goTo(record: number): void {
    this.#goingTo = { record, everyRow: false };
    const entry = this.#entry;
    if (entry && this.#isReady && !this.#work) this.#go(entry);
  }

  /** The look-up has changed: the page hears of it soon. While results stream in, telling it takes at most a fifth of the time. */
  changed(): void {
    const entry = this.#entry;
    if (!entry) return;
    this.panel.title = panelTitle(entry, this.#parts);
    const ready = this.#unansweredPage;
    this.#unansweredPage = undefined;
    if (ready && this.panel.visible) void this.#received(entry, ready);
    if (!this.#isReady || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#isReady && this.#entry) void this.#showWanted(this.#entry);
      },
      Math.max(throttle, 4 * this.#cost),
    );
  }

  /** Names or object types have become known, or are to be shown no longer. */
  contextChanged(): void {
    this.#isContextOld = true;
    this.#unread = undefined;
    this.changed();
  }

  /** Undefined also while the Answer is not read yet: then nothing was shown that could change. */
  get #entry(): LookUpEntry | undefined {
    const entry = this.#parts.lookUps.find(this.#lookUpId);
    return isRead(entry) ? entry : undefined;
  }

  async #received(entry: LookUpEntry, message: FromPage): Promise<void> {
    const table = this.#tableOf(entry);
    switch (message.kind) {
      case 'ready':
        if (message.view) table.setView(message.view);
        this.#parts.names.columns.restore(entry, message.view?.properties ?? []);
        this.#isReady = true;
        this.panel.title = panelTitle(entry, this.#parts);
        return this.#showWanted(entry, { byUser: true });
      case 'rows':
        this.#heldRequest = message;
        if (this.#isArranged) this.#postRows(entry, table);
        else if (!this.#work) await this.#showWanted(entry);
        return;
      case 'view':
        return this.#takeView(entry, table, message.view);
      case 'stopArranging':
        if (!this.#work) return;
        table.keepShown();
        return this.#showWanted(entry, { byUser: true });
      default:
        if (!this.#isArranged) await this.#showWanted(entry);
        this.#asked.fire(askedBy(message, entry, table));
    }
  }

  async #takeView(entry: LookUpEntry, table: AnswerTable, view: PanelView): Promise<void> {
    const sortedBy = table.view.sort.map(({ column }) => column);
    if (!table.setView(view)) return;
    const sort = sortAsked(sortedBy, entry, table);
    await this.#showWanted(entry, { byUser: true });
    if (sort) this.#asked.fire(sort);
  }

  #countValues(entry: LookUpEntry, table: AnswerTable): void {
    const properties = this.#parts.names.columns.shownOf(entry);
    this.#counting.want(table, properties, `${entry.answer.revision}/${this.#contexts}`);
  }

  /** Headings tell how many records have what; rows stay as they are. */
  #countedValues(): void {
    const entry = this.#entry;
    if (!entry || !this.#isReady || !this.#isArranged || this.#work) return;
    const table = this.#tableOf(entry);
    this.#postState(entry, table);
    this.#countValues(entry, table);
  }

  /**
   * Brings the table to what is wanted of it, and the page to what it shows then. What the user wants (`byUser`) overtakes the work
   * under way; what else has changed waits for its end.
   */
  async #showWanted(entry: LookUpEntry, { byUser = false } = {}): Promise<void> {
    if (this.#work && !byUser) return;
    this.#work?.abort();
    const work = new AbortController();
    this.#work = work;
    const began = performance.now();
    const table = this.#tableOf(entry);
    if (this.#isContextOld) {
      table.setContext(tableContext(entry, this.#parts));
      this.#contexts++;
    }
    this.#isContextOld = false;
    let toldAt = byUser ? began : began + 1000 - wait;
    try {
      await this.#countUnread(entry, table, work.signal);
      await arrangeInTurns(table, work.signal, (share) => {
        const now = performance.now();
        if (now - toldAt < wait) return;
        toldAt = now;
        this.#postState(entry, table, { what: table.arrangingWhat, share });
      });
    } catch (error) {
      if (work.signal.aborted) return;
      throw error;
    } finally {
      if (this.#work === work) this.#work = undefined;
    }
    this.#isArranged = true;
    this.#postState(entry, table);
    if (this.#heldRequest) this.#postRows(entry, table);
    this.#cost = performance.now() - began;
    this.#go(entry);
    this.#countValues(entry, table);
    // More has become known meanwhile.
    if (table.changes.any) this.changed();
  }

  /** Before the rows are arranged, so that what is said with them is there when they are. */
  async #countUnread(entry: LookUpEntry, table: AnswerTable, signal: AbortSignal): Promise<void> {
    const { revision } = entry.check ?? entry.answer;
    if (table.view.filter.trim() === '') this.#unread = undefined;
    else if (this.#unread?.revision !== revision) {
      const rows = table.changes.rows ? new Rows(entry.answer, entry.check) : table.everyRow().rows;
      const isShown = (key: string) => !table.view.columns.some((each) => each.key === key && each.hidden);
      this.#unread = {
        revision,
        counts: await unreadCounts(entry, rows, { names: this.#parts.names, isShown }, signal),
      };
    }
  }

  #postState(entry: LookUpEntry, table: AnswerTable, arranging?: PanelState['arranging']): void {
    const state = panelState(
      entry,
      table,
      { unread: this.#unread?.counts, values: this.#counting.counts },
      this.#parts,
    );
    // A page that has no view of its own takes that of its first state: no rows are shown yet, so it is the one wanted.
    const facts = this.#isArranged ? state.facts : { ...state.facts, view: table.view };
    this.#post({ ...state, facts, ...(arranging && { arranging }) });
  }

  #go(entry: LookUpEntry): void {
    if (!this.#goingTo) return;
    const { record, everyRow: isShownWhole } = this.#goingTo;
    const table = this.#tableOf(entry);
    const at = table.placeOf({ record, nth: 0 });
    this.#goingTo = undefined;
    if (at !== undefined) this.#post({ kind: 'goTo', at, everyRow: isShownWhole });
    else if (table.setView({ ...table.view, ...everyRow })) {
      this.#goingTo = { record, everyRow: true };
      void this.#showWanted(entry, { byUser: true });
    }
  }

  /** Answers the last request for rows. Only the names of what the page shows are read. */
  #postRows(entry: LookUpEntry, table: AnswerTable): void {
    if (!this.#heldRequest) return;
    const { account, question } = entry;
    const { names } = this.#parts;
    const reply: RowsReply = table.window(this.#heldRequest);
    this.#heldRequest = undefined;
    this.#post(reply);
    for (const { id, toId, notAsked, unmapped } of reply.rows) {
      if (!notAsked) {
        names.want(account, question.from, id);
        names.columns.want(entry, 'record', id);
      }
      if (toId === undefined || unmapped) continue;
      names.want(account, question.to, toId);
      names.columns.want(entry, 'associated', toId);
    }
  }

  #post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  /** The table over the entry's Answer: a new one when a resumed look-up has a new Answer, with the same view. */
  #tableOf(entry: LookUpEntry): AnswerTable {
    if (this.#table?.answer !== entry.answer) {
      this.#table = new AnswerTable(entry.answer, tableContext(entry, this.#parts), this.#table?.view);
      this.#isArranged = false;
      this.#work?.abort();
      this.#work = undefined;
    }
    return this.#table;
  }
}
