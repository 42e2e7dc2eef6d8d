import { GrowingIds } from '../answer/growingIds.ts';
import type { Effort, Question } from '../domain/associations.ts';
import type { Failure, RecordProblem } from '../domain/failure.ts';
import { associationsOfStep, Pace, type Steps } from '../domain/steps.ts';
import { readingLongHead } from '../ledger/longHead.ts';
import {
  type FirstHead,
  type NumberedLine,
  type ReadEntry,
  type ReadRecords,
  readEntry,
  readFirstHead,
  readingObject,
  readNumbered,
  readPages,
  readRecords,
} from '../ledger/readLines.ts';
import type { Unknown } from '../ledger/wholeLines.ts';
import { LookUpState } from './lookUpState.ts';

/** What a ledger turned out to be. */
export type RestoredLookUp =
  /** The look-up as far as it went; `lookUp` with `resume: state` goes on from there. */
  | {
      readonly kind: 'restored';
      readonly question: Question;
      readonly state: LookUpState;
      /** Of the format. Only a ledger of the second can be appended to. */
      readonly version: 1 | 2;
      /** The number of the next line. */
      readonly lines: number;
      /** Lines that are missing or damaged. What they told is not read; the ledger has to be written anew before it goes on. */
      readonly lost: number;
      /** Everything was tried, and every line of it is there. Not known of version 1, whose card says it. */
      readonly ended: boolean | undefined;
      readonly unknown: Unknown;
    }
  /** Nothing was written, or not even the whole question. */
  | { readonly kind: 'empty' }
  /** Written by a newer version of the format, which this one does not read. */
  | { readonly kind: 'newer'; readonly version: number }
  /** Not what was written. `line` counts from 1. */
  | { readonly kind: 'damaged'; readonly line: number; readonly detail: string };

/**
 * Brings a look-up back from its ledger, without sending anything. Each answer goes the way of a live one. A damaged line
 * costs what it told and no more.
 * @param lines whole lines, in order, without line ends
 * @param interrupted why the records without an answer have none, where no line is lost
 * @param turn called between two steps of a long line, so that others have their turn
 */
export async function restoreLookUp(
  lines: Iterable<string> | AsyncIterable<string>,
  interrupted: Failure = { kind: 'interrupted' },
  turn: () => Promise<void> = async () => {},
): Promise<RestoredLookUp> {
  const reading = new LedgerReading();
  for await (const text of lines) {
    const steps = reading.taking(text);
    let step = steps.next();
    for (; !step.done; step = steps.next()) await turn();
    if (step.value) return step.value;
  }
  const ending = reading.ending(interrupted);
  let end = ending.next();
  for (; !end.done; end = ending.next()) await turn();
  return end.value;
}

/** Takes in one line after another. */
class LedgerReading {
  #state: LookUpState | undefined;
  #version: 1 | 2 = 2;
  #taken = 0;
  /** Damaged lines since the last good one. */
  #damaged = 0;
  /** Numbers that are missing: from, and before. */
  readonly #gaps: (readonly [number, number])[] = [];
  #next = 0;
  #hasEnded = false;
  #head: Extract<NumberedLine, { kind: 'head' }> | undefined;
  readonly #ids = new GrowingIds([], false);
  /** Lines of which there are two, one of which was read: the other one is not missed. */
  readonly #twins = new Set<number>();
  readonly #unknownLines: Readonly<Record<string, unknown>>[] = [];

  /** @returns what the ledger is, as soon as that is known without reading on */
  *taking(text: string): Steps<RestoredLookUp | undefined> {
    this.#taken++;
    const long = this.#taken === 1 ? yield* readingLongHead(text) : undefined;
    if (long) return this.#takeFirst(long);
    const value = yield* readingObject(text);
    // The first line may be a damaged one of a newer version, which says again what it is.
    if (value && !this.#head && !this.#state) {
      const first = readFirstHead(value);
      if (first && (first.kind === 'newer' || this.#taken === 1)) return this.#takeFirst(first);
    }
    if (this.#version === 1) yield* this.#takeUnnumbered(value);
    else yield* this.#takeNumbered(value);
    return undefined;
  }

  #takeFirst(first: FirstHead): RestoredLookUp | undefined {
    if (first.kind === 'newer') return first;
    this.#state = new LookUpState(first.question);
    this.#version = 1;
    return undefined;
  }

  *ending(interrupted: Failure): Steps<RestoredLookUp> {
    const state = this.#version === 2 ? (this.#state ?? this.#begin()) : this.#state;
    if (!state) {
      if (this.#taken === 0 || (this.#head && this.#lost === 0)) return { kind: 'empty' };
      return { kind: 'damaged', line: 1, detail: 'The ledger has no question that can be read.' };
    }
    state.keptIds = {
      length: this.#version === 1 ? state.answer.asked.length : this.#ids.length,
      isWhole: state.answer.asked.isWhole,
    };
    const lost = this.#lost;
    // What is damaged behind a whole end is no part of it.
    if (lost > (this.#hasEnded ? this.#damaged : 0)) yield* mistrustingAll(state);
    state.suspend(lost > 0 ? lostOnDisk : interrupted);
    return {
      kind: 'restored',
      question: state.answer.question,
      state,
      version: this.#version,
      lines: this.#next,
      lost,
      ended: this.#version === 2 ? this.#hasEnded && lost === 0 : undefined,
      unknown: { head: this.#head?.unknown ?? {}, lines: this.#unknownLines },
    };
  }

  /**
   * Version 1 has no numbers: after a lost line nothing says whether a page is the next of its record. Each line counts the
   * answers up to its own, though, so a count that goes up by more than one tells of lines that are not there: 0.1.0 went on
   * writing after one that had failed.
   */
  *#takeUnnumbered(value: Readonly<Record<string, unknown>> | undefined): Steps<void> {
    const state = this.#state!;
    const isNext = ((value && readPages(value)) ?? 0) <= state.answer.effort.pages + 1;
    if (!isNext && this.#damaged === 0) this.#damaged++;
    const isSure = this.#damaged === 0;
    const entry = value && (yield* readEntry(value, state.answer, () => isSure));
    if (entry) yield* this.#absorb(state, entry);
    else this.#damaged++;
  }

  *#takeNumbered(value: Readonly<Record<string, unknown>> | undefined): Steps<void> {
    const line = value && readNumbered(value);
    // A number that was there before is that of a line by another window, which would be counted twice, or of another look-up.
    if (!line || line.line < this.#next || !(yield* this.#apply(line))) {
      this.#damaged++;
      return;
    }
    if (line.line > this.#next) this.#gaps.push([this.#next, line.line]);
    this.#damaged = 0;
    this.#next = line.line + 1;
    this.#hasEnded = line.kind === 'end' && line.lines === this.#next;
  }

  /** Lines that are missing or damaged, but those that stand there once more. */
  get #lost(): number {
    let lost = this.#damaged;
    for (const [from, to] of this.#gaps) {
      lost += to - from;
      for (const line of this.#twins) if (line >= from && line < to) lost--;
    }
    return lost;
  }

  *#apply(line: NumberedLine): Steps<boolean> {
    if (line.kind === 'head' || line.kind === 'ids') {
      if (line.kind === 'head') this.#head ??= line;
      else if (!this.#takeIds(line.first, line.ids)) return false;
      this.#twins.add(line.twin);
      return true;
    }
    if (line.kind === 'unknown') {
      this.#unknownLines.push(line.value);
      return true;
    }
    this.#state ??= this.#begin();
    const state = this.#state;
    if (!state) return false;
    switch (line.kind) {
      case 'end':
        return true;
      case 'listed':
        if (line.ids === this.#ids.length) this.#ids.close();
        return line.ids === this.#ids.length;
      case 'cap':
        state.raiseCap(line.recordCap);
        return true;
      case 'entry':
        return yield* this.#takeEntry(state, line.value);
      case 'records':
        return yield* this.#takeRecords(state, line.value);
    }
  }

  /** @returns false when ids before these are missing, or these are not what follows: then nothing can be said about them */
  #takeIds(first: number, ids: readonly string[]): boolean {
    const known = this.#ids;
    if (first > known.length) return false;
    if (first < known.length) return ids.every((id, nth) => known.find(id) === first + nth);
    known.add(ids);
    return known.length === first + ids.length;
  }

  /** Undefined while not all of the question is there. */
  #begin(): LookUpState | undefined {
    const head = this.#head;
    if (!head || this.#ids.length < head.ids) return undefined;
    if (!head.isListing) this.#ids.close();
    return new LookUpState({ ...head.question, ids: this.#ids });
  }

  *#takeEntry(state: LookUpState, value: Readonly<Record<string, unknown>>): Steps<boolean> {
    const entry = yield* readEntry(value, state.answer, (record, cursor) => state.pages.follows(record, cursor));
    if (!entry) return false;
    yield;
    yield* this.#absorb(state, entry);
    return true;
  }

  *#absorb(state: LookUpState, { intake, unsure, effort }: ReadEntry): Steps<void> {
    yield* state.absorbing(intake);
    for (const record of unsure) state.pages.mistrust(record);
    this.#touch(effort);
  }

  *#takeRecords(state: LookUpState, value: Readonly<Record<string, unknown>>): Steps<boolean> {
    const read = yield* readRecords(value, state.answer);
    if (!read) return false;
    yield;
    const pace = new Pace(associationsOfStep);
    for (const record of read.records) {
      for (let start = record.start; start < record.end; start += associationsOfStep) {
        const end = Math.min(record.end, start + associationsOfStep);
        const rows = { codes: read.rows.codes, sets: read.rows.sets, start, end };
        state.answer.addPage(record.record, rows, Number.POSITIVE_INFINITY);
        if (pace.isOver(end - start)) yield;
      }
      settle(state, record);
      if (pace.isOver(0)) yield;
    }
    yield* state.pages.noting(read.notices);
    if (read.effort) this.#touch(read.effort);
    return true;
  }

  /** Lines are written as answers come, so the effort that is largest is the last. */
  #touch(effort: Effort): void {
    const { answer } = this.#state!;
    answer.touch(effort.requests >= answer.effort.requests ? effort : answer.effort);
  }
}

function settle({ answer, pages }: LookUpState, read: ReadRecords['records'][number]): void {
  const { record, truncation, problem, open } = read;
  if (open) pages.takeUp(record, open);
  else answer.close(record);
  // A "none" that is not final stays one: without a reason of its own it would be given up as a record without any answer.
  const isOpenNone = read.state === 'none' && truncation === 'page';
  answer.settle(record, read.state, truncation, problem ?? (isOpenNone ? interruptedPage : undefined));
}

const interruptedPage: RecordProblem = { kind: 'notRead', failure: { kind: 'interrupted' } };

/**
 * Lines are missing. Where every record seems to be read nothing tells which ones they were about, and any may have had more, or
 * been contradicted: each is to be read again before that is complete.
 */
function* mistrustingAll({ answer, pages }: LookUpState): Steps<void> {
  const { asked, notRead, truncated } = answer.counts;
  if (notRead + truncated > 0) return;
  const pace = new Pace(associationsOfStep);
  for (let record = 0; record < asked; record++) {
    if (answer.state(record) !== 'failed') {
      pages.mistrust(record);
      // Here, in steps: all of them at once would take their time.
      pages.giveUp(record, lostOnDisk);
    }
    if (pace.isOver(0)) yield;
  }
}

const lostOnDisk: Failure = { kind: 'lostOnDisk' };
