/** One webview panel: parses what its page says, answers it, and posts what changed. */
import * as vscode from 'vscode';
import type { Names } from '../answers/recordNames.ts';
import { AnswerTable } from '../core/rows/answerTable.ts';
import { Rows, revisionOf } from '../core/rows/rows.ts';
import { type FromPage, parseFromPage, type ToPage } from '../core/treaty/panelMessages.ts';
import { firstRequest, type RowsReply, type RowsRequest } from '../core/treaty/panelRows.ts';
import type { PanelState } from '../core/treaty/panelState.ts';
import { everyRow, type PanelView } from '../core/treaty/panelView.ts';
import { arrangeInTurns } from './arranging.ts';
import type { Asked } from './asked.ts';
import { pageHtml } from './pageHtml.ts';
import type { PanelSubject, PanelSubjects } from './panelSubject.ts';
import type { UnreadCounts } from './unreadCounts.ts';
import { ValueCounting } from './valueCounting.ts';

/** A page is told of changes at most this often while results stream in, in milliseconds. */
const throttle = 150;
/** So long a user waits for the order asked for before the page says how far it is, and then again and again. */
const wait = 200;

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly subjects: PanelSubjects;
  readonly names: Names;
}

export class OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #id: string;
  readonly #parts: PanelParts;
  /** Until there is a table. */
  readonly #view: PanelView | undefined;
  readonly #asked = new vscode.EventEmitter<Asked>();
  readonly onDidAsk = this.#asked.event;
  #table: AnswerTable | undefined;
  /** False until the table shows for the first time what is wanted of it: its rows are not to be seen before. */
  #isArranged = false;
  /** What its filter could not look into, and of which revision of the Answer and which columns. */
  #unread: { readonly counts: UnreadCounts; readonly of: string } | undefined;
  /** Ends the work on the table that is under way. */
  #work: AbortController | undefined;
  /** The page's last request for rows, when the table was not arranged yet. */
  #heldRequest: RowsRequest | undefined;
  /** True while there is a page that has spoken. */
  #isReady = false;
  /** True until the first page of a new panel was told something. */
  #isNew: boolean;
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

  /**
   * @param id of the look-up or the group that it shows
   * @param before `isNew`: its page has nothing to remember. `view`: that a panel of it had before, which it shows again; it does not
   * take the keyboard then
   */
  constructor(
    panel: vscode.WebviewPanel,
    id: string,
    parts: PanelParts,
    { isNew, view }: { readonly isNew: boolean; readonly view?: PanelView },
  ) {
    this.panel = panel;
    this.#id = id;
    this.#parts = parts;
    this.#isNew = isNew;
    this.#view = view;
    const icon = (theme: string) => vscode.Uri.joinPath(parts.extensionUri, 'media', 'icons', `panel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    let isClosed = false;
    panel.onDidDispose(() => {
      isClosed = true;
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
      const subject = parsed && (this.#subject ?? (await parts.subjects.open(id)));
      if (isClosed) return;
      if (parsed && subject) void this.#received(subject, parsed);
      else if (parsed?.kind === 'ready') this.#unansweredPage = parsed;
    });
    panel.webview.html = pageHtml(parts.extensionUri, id, {
      isReading: !this.#subject,
      isBack: view !== undefined,
    });
  }

  /** How the user sees its table. */
  get view(): PanelView | undefined {
    return this.#table?.view ?? this.#view;
  }

  /** Goes to a record, as soon as the page is there. Where filter or chips hide it, all rows are shown first. */
  goTo(record: number): void {
    this.#goingTo = { record, everyRow: false };
    const subject = this.#subject;
    if (subject && this.#isReady && !this.#work) this.#go(subject);
  }

  /** The look-up has changed: the page hears of it soon. While results stream in, telling it takes at most a fifth of the time. */
  changed(): void {
    const subject = this.#subject;
    if (!subject) return;
    this.#showTitle();
    const ready = this.#unansweredPage;
    this.#unansweredPage = undefined;
    if (ready && this.panel.visible) void this.#received(subject, ready);
    if (this.#isNew && subject.answer.counts.notRead < subject.answer.counts.asked) this.#speakFirst(subject);
    if (!this.#isReady || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#isReady && this.#subject) void this.#showWanted(this.#subject);
      },
      Math.max(throttle, 4 * this.#cost),
    );
  }

  /**
   * To load a page takes longer than HubSpot's first answer, often. VS Code keeps what is posted meanwhile, so that the page gets
   * what it is going to ask for without the two ways of asking, which it does all the same.
   */
  #speakFirst(subject: PanelSubject): void {
    this.#isNew = false;
    this.#heldRequest = firstRequest;
    void this.#showWanted(subject);
  }

  /** Names or object types have become known, or are to be shown no longer. */
  contextChanged(): void {
    this.#isContextOld = true;
    this.changed();
  }

  /** Undefined also while the Answer is not read yet: then nothing was shown that could change. */
  get #subject(): PanelSubject | undefined {
    return this.#parts.subjects.find(this.#id);
  }

  #showTitle(): void {
    this.panel.title = this.#parts.subjects.titleOf(this.#id) ?? this.panel.title;
  }

  async #received(subject: PanelSubject, message: FromPage): Promise<void> {
    const table = this.#tableOf(subject);
    switch (message.kind) {
      case 'ready':
        if (message.view) table.setView(message.view);
        subject.restoreProperties((message.view ?? this.view)?.properties ?? []);
        this.#isReady = true;
        this.#isNew = false;
        this.#showTitle();
        return this.#showWanted(subject, { byUser: true });
      case 'rows':
        this.#heldRequest = message;
        if (this.#isArranged) this.#postRows(subject, table);
        else if (!this.#work) await this.#showWanted(subject);
        return;
      case 'view':
        return this.#takeView(subject, table, message.view);
      case 'stopArranging':
        if (!this.#work) return;
        table.keepShown();
        return this.#showWanted(subject, { byUser: true });
      default:
        if (!this.#isArranged) await this.#showWanted(subject);
        this.#asked.fire(subject.asked(message, table));
    }
  }

  async #takeView(subject: PanelSubject, table: AnswerTable, view: PanelView): Promise<void> {
    const { sort: before } = table.view;
    if (!table.setView(view)) return;
    const sort = subject.sortAsked(before, table, () => this.#sortBack(view.sort, before));
    await this.#showWanted(subject, { byUser: true });
    if (sort) this.#asked.fire(sort);
  }

  /** The page takes it for the user's choice; where its rows are sorted otherwise by now it stays with that. */
  #sortBack(from: PanelView['sort'], to: PanelView['sort']): void {
    const subject = this.#subject;
    const table = subject && this.#tableOf(subject);
    if (!table || JSON.stringify(table.view.sort) !== JSON.stringify(from)) return;
    table.setView({ ...table.view, sort: to });
    this.#post({ kind: 'sortBack', from, to });
    void this.#showWanted(subject, { byUser: true });
  }

  #countValues(subject: PanelSubject, table: AnswerTable): void {
    this.#counting.want(table, subject.properties(), `${subject.answer.revision}/${this.#contexts}`);
  }

  /** Headings tell how many records have what; rows stay as they are. */
  #countedValues(): void {
    const subject = this.#subject;
    if (!subject || !this.#isReady || !this.#isArranged || this.#work) return;
    const table = this.#tableOf(subject);
    this.#postState(subject, table);
    this.#countValues(subject, table);
  }

  /**
   * Brings the table to what is wanted of it, and the page to what it shows then. What the user wants (`byUser`) overtakes the work
   * under way; what else has changed waits for its end.
   */
  async #showWanted(subject: PanelSubject, { byUser = false } = {}): Promise<void> {
    // Where it is another one, the work on the one before has ended with it.
    const table = this.#tableOf(subject);
    if (this.#work && !byUser) return;
    this.#work?.abort();
    const work = new AbortController();
    this.#work = work;
    const began = performance.now();
    if (this.#isContextOld) {
      table.setContext(subject.context());
      this.#unread = undefined;
      this.#contexts++;
    }
    this.#isContextOld = false;
    let toldAt = byUser ? began : began + 1000 - wait;
    try {
      await this.#countUnread(subject, table, work.signal);
      await arrangeInTurns(table, work.signal, (share) => {
        const now = performance.now();
        if (now - toldAt < wait) return;
        toldAt = now;
        this.#postState(subject, table, { what: table.arrangingWhat, share });
      });
    } catch (error) {
      if (work.signal.aborted) return;
      throw error;
    } finally {
      if (this.#work === work) this.#work = undefined;
    }
    this.#isArranged = true;
    this.#postState(subject, table);
    if (this.#heldRequest) this.#postRows(subject, table);
    this.#cost = performance.now() - began;
    this.#go(subject);
    this.#countValues(subject, table);
    // More has become known meanwhile.
    if (this.#isContextOld || table.changes.any) this.changed();
  }

  /** Before the rows are arranged, so that what is said with them is there when they are. */
  async #countUnread(subject: PanelSubject, table: AnswerTable, signal: AbortSignal): Promise<void> {
    const { filter, columns } = table.view;
    const hidden = columns.filter((column) => column.hidden).map(({ key }) => key);
    const of = [revisionOf(subject.answer, subject.check), ...hidden.sort()].join();
    if (filter.trim() === '') this.#unread = undefined;
    else if (this.#unread?.of !== of) {
      const rows = table.changes.rows ? new Rows(subject.answer, subject.check) : table.everyRow().rows;
      this.#unread = { of, counts: await subject.unread(rows, table, signal) };
    }
  }

  #postState(subject: PanelSubject, table: AnswerTable, arranging?: PanelState['arranging']): void {
    const state = subject.state(table, { unread: this.#unread?.counts, values: this.#counting.counts });
    // A page that has no view of its own takes that of its first state: no rows are shown yet, so it is the one wanted.
    const facts = this.#isArranged ? state.facts : { ...state.facts, view: table.view };
    this.#post({ ...state, facts, ...(arranging && { arranging }) });
  }

  #go(subject: PanelSubject): void {
    if (!this.#goingTo) return;
    const { record, everyRow: isShownWhole } = this.#goingTo;
    const table = this.#tableOf(subject);
    const at = table.placeOf({ record, nth: 0 });
    this.#goingTo = undefined;
    if (at !== undefined) this.#post({ kind: 'goTo', at, everyRow: isShownWhole });
    else if (table.setView({ ...table.view, ...everyRow })) {
      this.#goingTo = { record, everyRow: true };
      void this.#showWanted(subject, { byUser: true });
    }
  }

  /** Answers the last request for rows. What is in sight is read, and what stands beside it where that costs no call. */
  #postRows(subject: PanelSubject, table: AnswerTable): void {
    if (!this.#heldRequest) return;
    const reply: RowsReply = table.window(this.#heldRequest);
    this.#heldRequest = undefined;
    this.#post(reply);
    for (const row of reply.rows) subject.want(row);
    subject.wantBeside(() => table.beside(reply));
  }

  #post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  /** The table over the subject's Answer: a new one when a resumed look-up has a new Answer, with the same view. */
  #tableOf(subject: PanelSubject): AnswerTable {
    if (this.#table?.answer !== subject.answer) {
      this.#table = new AnswerTable(subject.answer, subject.context(), this.view);
      this.#isArranged = false;
      this.#work?.abort();
      this.#work = undefined;
    }
    return this.#table;
  }
}
