import type { AnswerColumns } from '../answer/answerColumns.ts';
import type { Intake, IntakePage, Remark } from '../answer/intake.ts';
import type { PageRows } from '../answer/pageRows.ts';
import type { RecordState, Truncation } from '../domain/associations.ts';
import type { Failure, RecordProblem } from '../domain/failure.ts';
import type { Standing } from '../ledger/wholeLines.ts';

/** A record of which not every page has come. */
interface OpenRecord {
  readonly cursors: Set<string>;
  after: string | undefined;
  /** Pages in a row that brought nothing new. */
  idle: number;
  /** Rows of the single read that repeated what the batch read had brought. */
  repeated: number;
  /** Read by the read of a single record, because the batch read's cursor did not move. */
  single: boolean;
}

/** HubSpot lists an association once per type, so a page may repeat what is known; this many in a row is a cursor that does not move. */
const idlePages = 3;

/**
 * Takes answers into the Answer and knows which pages are still to come. Live answers and those from a ledger go the same way,
 * so a resumed look-up stands exactly where the interrupted one stood.
 */
export class RecordPages {
  readonly #answer: AnswerColumns;
  readonly #cap: number;
  readonly #canReadSingly: boolean;
  readonly #open = new Map<number, OpenRecord>();
  #batched: number[] = [];
  #singly: number[] = [];

  constructor(answer: AnswerColumns, cap: number, canReadSingly: boolean) {
    this.#answer = answer;
    this.#cap = cap;
    this.#canReadSingly = canReadSingly;
  }

  /** Records whose next page waits to be asked for in a batch. */
  get waiting(): number {
    return this.#batched.length;
  }

  isOpen(record: number): boolean {
    return this.#open.has(record);
  }

  /** The cursor of the page of this record that is to be asked for; undefined for its first page. */
  cursor(record: number): string | undefined {
    return this.#open.get(record)?.after;
  }

  /** Where the pages of a record stand, to be written down; undefined when none is to come. */
  standing(record: number): Standing | undefined {
    const open = this.#open.get(record);
    return open && { after: open.after, single: open.single };
  }

  /** Takes up the pages of a record where they stood when they were written down. */
  takeUp(record: number, { after, single }: Standing): void {
    const cursors = new Set(after === undefined ? [] : [after]);
    this.#open.set(record, { cursors, after, idle: 0, repeated: 0, single });
  }

  /** Takes up to `count` records whose next page can be asked for in a batch. */
  nextBatched(count: number): number[] {
    return this.#batched.splice(0, count);
  }

  /** Takes one record whose next page is to be asked for on its own. */
  nextSingle(): number | undefined {
    return this.#singly.shift();
  }

  absorb({ rows, pages, none, failed, unread, remarks, unfinished }: Intake): void {
    const answer = this.#answer;
    for (const page of pages) this.#takePage(page, rows, page.unfinished ?? unfinished);
    for (const record of none) {
      if (unfinished) this.#keepOpen(record, unfinished);
      else this.#finish(record);
    }
    for (const { record, problem } of failed) {
      if (answer.associationCount(record) > 0) this.#suspend(record, problem);
      else this.#settle(record, 'failed', undefined, problem);
    }
    for (const { record, failure } of unread) this.giveUp(record, failure);
    this.note(remarks);
  }

  /** What is no record's place but must be said. */
  note(remarks: readonly Remark[]): void {
    for (const remark of remarks) this.#remark(remark);
    if (remarks.length > 0) this.#answer.touch();
  }

  /** A record whose next answer will not come in this run. It keeps what it has, and its cursor for a later run. */
  giveUp(record: number, failure: Failure): void {
    this.#suspend(record, problemOf(failure));
  }

  /** The run ends here: every record that still waits for a page is given up for the same reason. */
  suspendAll(failure: Failure): void {
    for (const record of this.#open.keys()) {
      if (this.#answer.problem(record) === undefined) this.giveUp(record, failure);
    }
    this.#batched = [];
    this.#singly = [];
  }

  /** A run begins: the next page of every open record is to be asked for. Returns how many there are. */
  resumeAll(): number {
    this.#batched = [];
    this.#singly = [];
    for (const [record, open] of this.#open) {
      this.#setOpen(record);
      (open.single ? this.#singly : this.#batched).push(record);
    }
    return this.#open.size;
  }

  #takePage(
    { record, start, end, after, single }: IntakePage,
    { codes, sets }: PageRows,
    unfinished: Failure | undefined,
  ): void {
    const { fresh, dropped } = this.#answer.addPage(record, codes, sets, this.#cap, start, end);
    const isFull = this.#answer.associationCount(record) >= this.#cap;
    if (dropped > 0 || (isFull && after !== undefined)) this.#settle(record, 'found', 'cap');
    else if (unfinished) this.#keepOpen(record, unfinished);
    else if (after === undefined) this.#finish(record);
    else this.#takeCursor(record, after, end - start, fresh > 0, single === true);
  }

  /** What an unfinished batch said of a record stands, as not final; a later run asks for the same page again. */
  #keepOpen(record: number, failure: Failure): void {
    if (!this.#open.has(record)) {
      this.#open.set(record, { cursors: new Set(), after: undefined, idle: 0, repeated: 0, single: false });
    }
    const state = this.#answer.associationCount(record) > 0 ? 'found' : 'none';
    this.#answer.settle(record, state, 'page', problemOf(failure));
  }

  #takeCursor(record: number, after: string, rows: number, isFresh: boolean, isSingle: boolean): void {
    const open = this.#open.get(record) ?? { cursors: new Set(), after, idle: 0, repeated: 0, single: isSingle };
    this.#open.set(record, open);
    if (isFresh) open.idle = 0;
    else if (!this.#isRepeating(open, record, rows)) open.idle++;
    const isStuck = open.cursors.has(after) || open.idle >= idlePages;
    if (isStuck && (open.single || !this.#canReadSingly)) {
      this.#endStuck(record);
      return;
    }
    if (isStuck) {
      // The single read has cursors of its own, so it starts over; what is known is not counted twice.
      open.single = true;
      open.after = undefined;
      open.cursors.clear();
      open.idle = 0;
    } else {
      open.cursors.add(after);
      open.after = after;
    }
    this.#setOpen(record);
    (open.single ? this.#singly : this.#batched).push(record);
  }

  #endStuck(record: number): void {
    const problem = problemOf({ kind: 'cursorStuck' });
    if (this.#answer.associationCount(record) > 0) this.#settle(record, 'found', 'cursor', problem);
    else this.#settle(record, 'notRead', undefined, problem);
  }

  /** True while the single read, which starts over, may still be repeating what is known: a row for each type of each association. */
  #isRepeating(open: OpenRecord, record: number, rows: number): boolean {
    if (!open.single || rows === 0) return false;
    open.repeated += rows;
    return open.repeated <= 4 * this.#answer.associationCount(record) + 100;
  }

  /** The last page has come. */
  #finish(record: number): void {
    this.#settle(record, this.#answer.associationCount(record) > 0 ? 'found' : 'none');
  }

  /** A record's place for good. */
  #settle(record: number, state: RecordState, truncation?: Truncation, problem?: RecordProblem): void {
    this.#open.delete(record);
    this.#answer.close(record);
    this.#answer.settle(record, state, truncation, problem);
  }

  /** A record's place while pages are to come. */
  #setOpen(record: number): void {
    if (this.#answer.associationCount(record) > 0) this.#answer.settle(record, 'found', 'page');
    else this.#answer.settle(record, 'notRead');
  }

  /** A record's place until a later run reads on. */
  #suspend(record: number, problem: RecordProblem): void {
    if (this.#answer.associationCount(record) > 0) this.#answer.settle(record, 'found', 'page', problem);
    else this.#answer.settle(record, 'notRead', undefined, problem);
  }

  #remark(remark: Remark): void {
    const { seen } = this.#answer;
    if (remark.kind === 'unaskedId') seen.unaskedId(remark.id);
    else if (remark.kind === 'resultAndError') seen.resultAndError(remark.id);
    else if (remark.kind === 'batchStatus') seen.batchStatus(remark.status);
    else if (remark.kind === 'errorCount') seen.errorCountDisagrees(remark.said, remark.listed);
    else seen.errorWithoutRecord(remark.problem);
  }
}

/** One problem object per failure object, so that a thousand records that share a failure share its problem. */
const problems = new WeakMap<Failure, { readonly kind: 'notRead'; readonly failure: Failure }>();

function problemOf(failure: Failure): { readonly kind: 'notRead'; readonly failure: Failure } {
  let problem = problems.get(failure);
  if (!problem) {
    problem = { kind: 'notRead', failure };
    problems.set(failure, problem);
  }
  return problem;
}
