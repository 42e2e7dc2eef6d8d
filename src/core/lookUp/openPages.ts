import type { AnswerColumns } from '../answer/answerColumns.ts';
import type { Intake, IntakePage } from '../answer/intake.ts';
import type { PageRows, RowSpan } from '../answer/pageRows.ts';
import type { PageEffect } from '../answer/recordRows.ts';
import type { Notice, RecordState, Truncation } from '../domain/associations.ts';
import type { Contradiction, Failure, RecordProblem } from '../domain/failure.ts';
import { associationsOfStep, Pace, type Steps } from '../domain/steps.ts';
import type { Standing } from '../ledger/wholeLines.ts';
import { CallEstimate } from './callEstimate.ts';
import { newsOf, OpenRecord, type PageNews } from './openRecord.ts';

/**
 * Takes answers into the Answer and knows which pages are still to come. Live answers and those from a ledger go the same way,
 * so a resumed look-up stands exactly where the interrupted one stood: what happens to a record depends on what HubSpot said
 * of it, never on when a run began or ended.
 */
export class RecordPages {
  readonly #answer: AnswerColumns;
  #cap: number;
  readonly #canReadSingly: boolean;
  readonly #open = new Map<number, OpenRecord>();
  #batched: number[] = [];
  #singly: number[] = [];
  /** Of the calls that are still to come. */
  readonly #estimate = new CallEstimate();

  constructor(answer: AnswerColumns, cap: number, canReadSingly: boolean) {
    this.#answer = answer;
    this.#cap = cap;
    this.#canReadSingly = canReadSingly;
  }

  /** Records whose next page waits to be asked for in a batch. */
  get waiting(): number {
    return this.#batched.length;
  }

  /** See {@link CallEstimate.calls}. */
  callsToCome(unread: number, batchSize: number): ReturnType<CallEstimate['calls']> {
    return this.#estimate.calls(unread, batchSize, this.#cap);
  }

  isOpen(record: number): boolean {
    return this.#open.has(record);
  }

  /** The cursor of the page of this record that is to be asked for; undefined for its first page. */
  cursor(record: number): string | undefined {
    return this.#open.get(record)?.after;
  }

  /**
   * Where the pages of each record stand, to be written down: undefined when none is to come. A reading that had started over
   * starts over once more, since what it had listed is not written down; what is here and what is there stay the same.
   */
  standStill(): (record: number) => Standing | undefined {
    for (const open of this.#open.values()) {
      const { way, isStopped } = open;
      if (way !== 'onward' && !isStopped) open.startOver(way);
    }
    return (record) => {
      const open = this.#open.get(record);
      if (!open) return undefined;
      const { after, way, isStopped, isFull, isPartlyHere, isCut } = open;
      const marks = { ...(isFull && { isFull }), ...(isPartlyHere && { isPartlyHere }), ...(isCut && { isCut }) };
      return { after, way, isStopped, ...marks };
    };
  }

  /** Takes up the pages of a record where they stood when they were written down. */
  takeUp(record: number, standing: Standing): void {
    this.#open.set(record, new OpenRecord(standing));
  }

  /**
   * Whether an answer that is read back is to what this record was to be asked next, or answers before it are missing. A
   * reading from the first page needs none before it.
   * @param cursor with which the record was asked
   */
  follows(record: number, cursor: string | undefined): boolean {
    const open = this.#open.get(record);
    if (cursor !== undefined) return open?.isStopped === false && open.after === cursor;
    if (open?.after !== undefined) open.isStopped = true;
    return true;
  }

  /** Answers about this record are missing: what it has counts, and a later run reads it from its first page. */
  mistrust(record: number): void {
    const open = this.#opened(record);
    open.isStopped = true;
    open.isFull = false;
  }

  /** Takes up to `count` records whose next page can be asked for in a batch. */
  nextBatched(count: number): number[] {
    return this.#batched.splice(0, count);
  }

  /** Takes one record whose next page is to be asked for on its own. */
  nextSingle(): number | undefined {
    return this.#singly.shift();
  }

  /**
   * Takes an answer in, one record after the other. In steps, between which the Answer holds of each record all or nothing, or
   * says of it that it is being read. What must be said stands there first, so that no Answer is complete without it.
   */
  *absorbing({ rows, pages, none, failed, unread, notices, unfinished }: Intake): Steps<void> {
    yield* this.noting(notices);
    const contradicted = this.#contradictedIn(notices);
    const pace = new Pace(associationsOfStep);
    for (const page of pages) {
      const why = contradicted?.get(page.record) ?? page.unfinished ?? unfinished;
      const open = this.#awaited(page.record, page);
      const size = page.end - page.start;
      // A page that is to be asked for again is listed when it comes as a whole.
      const listing = why ? undefined : open;
      const brought =
        size > associationsOfStep ? yield* this.#adding(page, rows, listing) : this.#add(page, rows, listing);
      this.#takePage(page, brought, open, why);
      if (pace.isOver(size)) yield;
    }
    for (const record of none) {
      const open = this.#awaited(record);
      if (unfinished) this.#keepOpen(record, unfinished);
      else this.#end(record, open, 'nothing');
    }
    for (const { record, problem } of failed) {
      this.#takeError(record, problem);
      if (pace.isOver(problem.message.length)) yield;
    }
    for (const { record, failure } of unread) this.giveUp(record, failure);
  }

  /** What is no record's place but must be said. In steps. */
  *noting(notices: readonly Notice[]): Steps<void> {
    const pace = new Pace();
    for (const notice of notices) {
      this.#answer.seen.add(notice);
      if (pace.isOver('ids' in notice ? notice.ids.length : 0)) yield;
    }
    if (notices.length > 0) this.#answer.touch();
  }

  /** A record whose next answer will not come in this run. It keeps what it has, and its cursor for a later run. */
  giveUp(record: number, failure: Failure): void {
    const open = this.#open.get(record);
    if (open) this.#waitNoLonger(open);
    this.#place(record, 'notRead', 'page', problemOf(failure));
  }

  /** The run ends here: every record that still waits for a page is given up for the same reason. */
  suspendAll(failure: Failure): void {
    for (const [record, open] of this.#open) {
      this.#waitNoLonger(open);
      if (!open.isFull && this.#answer.problem(record) === undefined) this.giveUp(record, failure);
    }
    this.#batched = [];
    this.#singly = [];
  }

  /**
   * A run begins: a page of every open record is to be asked for, by the batch read, since nothing says whether HubSpot lets us
   * read a record on its own by now, and the cursor that stood still may move. Returns how many there are.
   */
  resumeAll(): number {
    this.#batched = [];
    this.#singly = [];
    let asked = 0;
    for (const [record, open] of this.#open) {
      if (open.isFull) continue;
      // Read back, a first page that comes when another one was due stops the record: see `follows`.
      if (open.isStopped || (open.way === 'single' && open.after !== undefined)) open.startOver('afresh');
      this.#ask(record, open, this.#batched);
      asked++;
    }
    return asked;
  }

  /**
   * From here on more associations of a record are read: those that had as many as were read go on where they stopped.
   * @param cap larger than the one before
   */
  raiseCap(cap: number): void {
    this.#cap = cap;
    const { asked } = this.#answer;
    for (let record = 0; record < asked.length; record++) {
      if (this.#answer.truncation(record) !== 'cap') continue;
      // Where none is noted to go on from, the first page alone already held more than was read, and it is asked for again.
      const open = this.#opened(record);
      open.isFull = false;
      this.#place(record, 'notRead', 'reading');
    }
  }

  /** The rows of a page. @param listing takes note of those that are not left out */
  #add({ record, start, end }: IntakePage, { codes, sets }: PageRows, listing: OpenRecord | undefined): Brought {
    const rows = { codes, sets, start, end };
    const effect = this.#answer.addPage(record, rows, this.#cap);
    return listing && effect.dropped === 0 ? { ...effect, listed: listing.list(rows) } : effect;
  }

  /**
   * The same of a page of very many rows, in steps: until it is here as a whole, its record is being read. It is listed behind
   * that, since one of which something is left out comes again, and not always with what it had.
   */
  *#adding({ record, start, end }: IntakePage, rows: PageRows, listing: OpenRecord | undefined): Steps<Brought> {
    let [added, widened, dropped] = [0, 0, 0];
    let listed: PageNews = 'nothing';
    for (const piece of piecesOf(rows, start, end)) {
      const effect = this.#answer.addPage(record, piece, this.#cap);
      added += effect.added;
      widened += effect.widened;
      dropped += effect.dropped;
      this.#place(record, 'notRead', 'reading');
      yield;
    }
    for (const piece of listing && dropped === 0 ? piecesOf(rows, start, end) : []) {
      listed = newsOf(listed, listing!.list(piece));
      yield;
    }
    return { added, widened, dropped, listed };
  }

  #takePage(page: IntakePage, brought: Brought, open: OpenRecord | undefined, unfinished: Failure | undefined): void {
    const { record, start, end, after } = page;
    const size = end - start;
    this.#estimate.took(size);
    const known = this.#answer.associationCount(record);
    const isFull = known >= this.#cap && after !== undefined;
    open?.brought(brought, unfinished !== undefined);
    // A page that is not here as a whole is asked for once more if more are wanted later; otherwise the one behind it is.
    if (brought.dropped > 0 || (isFull && unfinished)) this.#fill(record, open);
    else if (isFull) {
      const full = this.#opened(record);
      const isNext = full.goOn(after, full.take(size, brought, brought.listed), known);
      this.#fill(record, isNext ? full : undefined);
    } else if (unfinished) this.#keepOpen(record, unfinished);
    else if (after === undefined) {
      this.#end(record, open, open?.take(size, brought, brought.listed) ?? 'associations');
    } else this.#goOn(record, after, this.#opened(record).take(size, brought, brought.listed));
  }

  /**
   * The record as it waits for this answer. A ledger does not say where a run began, but that one did shows: a page has come
   * for a record that was stopped, or by another read than was to be asked. The run began with what {@link resumeAll} does.
   */
  #awaited(record: number, page?: IntakePage): OpenRecord | undefined {
    // Of a record read on its own more was announced, also where what announced it cannot be read back.
    const open = page?.single ? this.#opened(record) : this.#open.get(record);
    // A first page that comes once more has to list what is known, even where no later page was asked for.
    const isFirstAgain =
      open?.way === 'onward' && open.after === undefined && this.#answer.associationCount(record) > 0;
    if (open?.isStopped || isFirstAgain) open?.startOver('afresh');
    if (open) {
      open.isFull = false;
      this.#waitNoLonger(open);
    }
    if (open && page && (page.single === true) !== (open.way === 'single')) {
      open.startOver(page.single ? 'single' : 'afresh');
    }
    return open;
  }

  /** It has as many as are to be read. Where more are wanted later, the page that `open` waits for is asked for. */
  #fill(record: number, open: OpenRecord | undefined): void {
    if (open && (open.after !== undefined || open.way !== 'onward')) open.isFull = true;
    else this.#open.delete(record);
    this.#estimate.ended(Math.max(1, open?.pages ?? 1));
    this.#answer.close(record);
    this.#place(record, 'none', 'cap');
  }

  /** What an unfinished answer said of a record stands, as not final; a later run asks again and has to hear all of it. */
  #keepOpen(record: number, failure: Failure): void {
    const open = this.#opened(record);
    // Behind its cursor a page could be shorter the next time than what counts of it now, and nobody would see.
    if (open.isPartlyHere && open.way === 'onward') open.startOver('afresh');
    this.#place(record, 'none', 'page', problemOf(failure));
  }

  #opened(record: number): OpenRecord {
    let open = this.#open.get(record);
    if (!open) {
      open = new OpenRecord();
      this.#open.set(record, open);
    }
    return open;
  }

  #goOn(record: number, after: string, news: PageNews): void {
    const open = this.#opened(record);
    if (!open.goOn(after, news, this.#answer.associationCount(record))) {
      if (open.way === 'single' || !this.#canReadSingly) {
        this.#stop(record, 'notRead', 'cursor', problemOf(cursorStuck));
        return;
      }
      open.startOver('single');
    }
    this.#ask(record, open);
  }

  /** HubSpot answered with an error. It may mean the cursor and not the record, so the record is read once from its first page. */
  #takeError(record: number, problem: RecordProblem): void {
    const open = this.#awaited(record);
    if (open?.way === 'onward' && open.after !== undefined) {
      open.startOver('afresh');
      this.#ask(record, open);
    } else if (this.#answer.associationCount(record) > 0 || open?.after !== undefined) {
      this.#stop(record, 'failed', 'page', problem);
    } else {
      this.#close(record);
      this.#place(record, 'failed', undefined, problem);
    }
  }

  /** The last page has come, unless HubSpot's own words speak against it. */
  #end(record: number, open: OpenRecord | undefined, news: PageNews): void {
    const contradiction = open?.objectionToEnd(news, this.#answer.associationCount(record));
    if (contradiction) {
      this.#stop(record, 'notRead', 'page', problemOf(contradictions[contradiction]));
      return;
    }
    this.#close(record);
    this.#place(record, 'none');
  }

  /** Which records an answer contradicts itself about, and how. */
  #contradictedIn(notices: readonly Notice[]): ReadonlyMap<number, Failure> | undefined {
    let contradicted: Map<number, Failure> | undefined;
    for (const notice of notices) {
      if (notice.kind !== 'resultAndError' && notice.kind !== 'twoCursors') continue;
      for (const id of notice.ids) {
        const record = this.#answer.recordOf(id);
        if (record === undefined) continue;
        contradicted ??= new Map();
        contradicted.set(record, contradictions[notice.kind]);
      }
    }
    return contradicted;
  }

  /** The next page of the record is to be asked for in this run. */
  #ask(record: number, open: OpenRecord, among = open.way === 'single' ? this.#singly : this.#batched): void {
    this.#waitNoLonger(open);
    open.waitsSince = Math.max(1, open.pages);
    this.#estimate.waits(open.waitsSince);
    this.#place(record, 'notRead', 'reading');
    among.push(record);
  }

  #waitNoLonger(open: OpenRecord): void {
    if (open.waitsSince !== undefined) this.#estimate.waited(open.waitsSince);
    open.waitsSince = undefined;
  }

  /** Asking on would lead nowhere: the record keeps what it has, and a later run reads it from its first page. */
  #stop(record: number, without: RecordState, truncation: Truncation, problem: RecordProblem): void {
    const open = this.#opened(record);
    this.#waitNoLonger(open);
    open.isStopped = true;
    this.#answer.close(record);
    this.#place(record, without, truncation, problem);
  }

  /** Nothing more is to be asked about this record. */
  #close(record: number): void {
    this.#estimate.ended(Math.max(1, this.#open.get(record)?.pages ?? 1));
    this.#open.delete(record);
    this.#answer.close(record);
  }

  /**
   * Puts a record into its place: found as soon as it has an association, or else `without`.
   * @param truncation what keeps a found record, or its "none", from being final
   */
  #place(record: number, without: RecordState, truncation?: Truncation, problem?: RecordProblem): void {
    const state = this.#answer.associationCount(record) > 0 ? 'found' : without;
    const isAnswer = state === 'found' || state === 'none';
    this.#answer.settle(record, state, isAnswer ? truncation : undefined, problem);
  }
}

/** What a page changed in the Answer, and what of it its record's reading had not listed yet. */
interface Brought extends PageEffect {
  readonly listed?: PageNews;
}

function* piecesOf({ codes, sets }: PageRows, first: number, end: number): Generator<Required<RowSpan>> {
  for (let start = first; start < end; start += associationsOfStep) {
    yield { codes, sets, start, end: Math.min(end, start + associationsOfStep) };
  }
}

const cursorStuck: Failure = { kind: 'cursorStuck' };

const contradictions: Readonly<Record<Contradiction, Failure>> = {
  announcedMore: { kind: 'contradiction', how: 'announcedMore' },
  listedFewer: { kind: 'contradiction', how: 'listedFewer' },
  resultAndError: { kind: 'contradiction', how: 'resultAndError' },
  twoCursors: { kind: 'contradiction', how: 'twoCursors' },
};

/** One problem object per failure object, so that a thousand records that share a failure share its problem. */
const problems = new WeakMap<Failure, { readonly kind: 'notRead'; readonly failure: Failure }>();

export function problemOf(failure: Failure): { readonly kind: 'notRead'; readonly failure: Failure } {
  let problem = problems.get(failure);
  if (!problem) {
    problem = { kind: 'notRead', failure };
    problems.set(failure, problem);
  }
  return problem;
}
