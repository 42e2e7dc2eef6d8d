import { AnswerColumns } from '../answer/answerColumns.ts';
import type { Answer } from '../domain/associations.ts';
import type { Expectation } from '../domain/expectation.ts';
import { type Left, Pace, pairsOfStep, type Steps } from '../domain/steps.ts';

/** Up to so many pairs of a record are put in order by moving each to its place; more by the engine's own sort. */
const few = 24;

/**
 * The pairs of each record of an Answer, in the order of their associated ids, so that the pair of an association is found
 * by halving. Four bytes a pair and four a record.
 */
export class RecordPairs {
  readonly #expectation: Expectation;
  readonly #answer: Answer;
  #starts = new Uint32Array(1);
  #order = new Uint32Array(0);
  readonly #unplaced: number[] = [];
  /** 1 for each record of the Answer whose pairs are all there ought to be of it. */
  readonly whole: Uint8Array;

  private constructor(expectation: Expectation, answer: Answer) {
    this.#expectation = expectation;
    this.#answer = answer;
    this.whole = new Uint8Array(answer.counts.asked);
  }

  /** In steps. */
  static *placing(expectation: Expectation, answer: Answer): Steps<RecordPairs> {
    const placed = new RecordPairs(expectation, answer);
    const numbers = yield* numbersIn(answer, expectation);
    yield* placed.#place((record) => (record < 0 || !numbers ? record : numbers[record]!));
    return placed;
  }

  /** Pairs whose record the Answer does not have, or whose record the source does not know for sure. */
  get unplaced(): readonly number[] {
    return this.#unplaced;
  }

  *#place(inAnswer: (record: number) => number): Steps<void> {
    const expectation = this.#expectation;
    const asked = this.whole.length;
    const starts = new Uint32Array(asked + 1);
    for (let each = 0; each < expectation.asked.length; each++) {
      if (isStepOver(each)) yield;
      const record = inAnswer(each);
      if (record >= 0 && expectation.isWhole(each)) this.whole[record] = 1;
    }
    const recordOf = new Int32Array(expectation.length);
    for (let pair = 0; pair < recordOf.length; pair++) {
      if (isStepOver(pair)) yield;
      const record = inAnswer(expectation.record(pair));
      recordOf[pair] = record;
      if (record < 0) this.#unplaced.push(pair);
      else starts[record + 1]!++;
    }
    for (let record = 0; record < asked; record++) starts[record + 1]! += starts[record]!;
    this.#starts = starts;
    this.#order = new Uint32Array(starts[asked]!);
    const next = starts.slice(0, asked);
    for (let pair = 0; pair < recordOf.length; pair++) {
      const record = recordOf[pair]!;
      if (record >= 0) this.#order[next[record]!++] = pair;
    }
    const pace = new Pace(pairsOfStep);
    for (let record = 0; record < asked; record++) {
      const start = starts[record]!;
      const end = starts[record + 1]!;
      const left = this.#sort(start, end);
      if (left) yield* left;
      if (pace.isOver(end - start)) yield;
    }
  }

  count(record: number): number {
    return this.#starts[record + 1]! - this.#starts[record]!;
  }

  /** A record's pair by its place in the order of associated ids (0 <= nth < count). */
  at(record: number, nth: number): number {
    return this.#order[this.#starts[record]! + nth]!;
  }

  /** The pair that a record's nth association is, or -1. A pair that the source doubts is none: its id is not sure. */
  find(record: number, nth: number): number {
    let low = this.#starts[record]!;
    const end = this.#starts[record + 1]!;
    if (low === end) return -1;
    const id = this.#answer.toIdNumber(record, nth);
    // Only an id that no number holds is compared by its text.
    const text = Number.isNaN(id) ? this.#answer.toId(record, nth) : '';
    for (let high = end; low < high; ) {
      const middle = (low + high) >>> 1;
      if (this.#compareWith(this.#order[middle]!, id, text) < 0) low = middle + 1;
      else high = middle;
    }
    for (; low < end; low++) {
      const pair = this.#order[low]!;
      if (this.#compareWith(pair, id, text) !== 0) return -1;
      if (this.#expectation.doubt(pair) === undefined) return pair;
    }
    return -1;
  }

  #sort(start: number, end: number): Left {
    if (end - start > few) return this.#sortMany(start, end);
    const order = this.#order;
    for (let at = start + 1; at < end; at++) {
      const pair = order[at]!;
      let to = at;
      for (; to > start && this.#compare(order[to - 1]!, pair) > 0; to--) order[to] = order[to - 1]!;
      order[to] = pair;
    }
    return undefined;
  }

  /** Stretches by themselves, and then two and two of them together. */
  *#sortMany(start: number, end: number): Steps<void> {
    for (let from = start; from < end; from += pairsOfStep) {
      if (from > start) yield;
      const to = Math.min(from + pairsOfStep, end);
      if (this.#isSorted(from, to)) continue;
      this.#order.subarray(from, to).sort((one, other) => this.#compare(one, other));
    }
    for (let length = pairsOfStep; length < end - start; length *= 2) {
      for (let from = start; from + length < end; from += 2 * length) {
        yield* this.#merge(from, from + length, Math.min(from + 2 * length, end));
      }
    }
  }

  *#merge(start: number, middle: number, end: number): Steps<void> {
    const order = this.#order;
    if (this.#compare(order[middle - 1]!, order[middle]!) <= 0) return;
    const first = order.slice(start, middle);
    const pace = new Pace(pairsOfStep);
    for (let at = start, one = 0, other = middle; one < first.length; at++) {
      const isOther = other < end && this.#compare(first[one]!, order[other]!) > 0;
      order[at] = isOther ? order[other++]! : first[one++]!;
      if (pace.isOver(0)) yield;
    }
  }

  /** Exports often are. */
  #isSorted(start: number, end: number): boolean {
    for (let at = start + 1; at < end; at++) {
      if (this.#compare(this.#order[at - 1]!, this.#order[at]!) > 0) return false;
    }
    return true;
  }

  #compare(one: number, other: number): number {
    const expectation = this.#expectation;
    const id = expectation.toIdNumber(other);
    return this.#compareWith(one, id, Number.isNaN(id) ? expectation.toId(other) : '') || one - other;
  }

  /** Ids that numbers can hold come first, by their numbers; the others by their texts. */
  #compareWith(pair: number, id: number, text: string): number {
    const mine = this.#expectation.toIdNumber(pair);
    if (mine === id) return 0;
    if (mine < id) return -1;
    if (mine > id) return 1;
    if (!Number.isNaN(mine)) return -1;
    if (!Number.isNaN(id)) return 1;
    const own = this.#expectation.toId(pair);
    return own === text ? 0 : own < text ? -1 : 1;
  }
}

function isStepOver(done: number): boolean {
  return done % pairsOfStep === pairsOfStep - 1;
}

/** The record in the Answer of each record that an expectation asks for, -1 where it has none; undefined: they are numbered alike. */
function* numbersIn(answer: Answer, { asked }: Expectation): Steps<Int32Array | undefined> {
  if (areNumberedAlike(answer, asked)) return undefined;
  const numbers = new Int32Array(asked.length);
  for (let record = 0; record < numbers.length; record++) {
    if (isStepOver(record)) yield;
    numbers[record] = answer.recordOf(asked.text(record)) ?? -1;
  }
  return numbers;
}

/** A look-up that was given the expectation's own ids numbers its records as they are numbered there. */
export function areNumberedAlike(answer: Answer, asked: Expectation['asked']): boolean {
  return answer instanceof AnswerColumns && answer.asked === asked;
}
