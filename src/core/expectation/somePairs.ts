import { GrowingIds } from '../answer/growingIds.ts';
import type { Expectation, LabelTest, SourceDoubt } from '../domain/expectation.ts';
import { pairsOfStep, type Steps } from '../domain/steps.ts';
import type { Check } from './check.ts';

/** Some of an expectation's pairs, numbered anew. A record of which a pair was left out is whole no more. */
export class SomePairs implements Expectation {
  readonly asked = new GrowingIds();
  readonly #source: Expectation;
  readonly #pairs: Uint32Array;
  /** Of each record, its number in the source, and 1 where a pair of it was left out. */
  #sourceRecords = new Uint32Array(0);
  #isPartial = new Uint8Array(0);

  private constructor(source: Expectation, pairs: Uint32Array) {
    this.#source = source;
    this.#pairs = pairs;
  }

  /**
   * In steps.
   * @param pairs numbers of the source's pairs, in order and each once
   */
  static *choosing(source: Expectation, pairs: Uint32Array): Steps<SomePairs> {
    const some = new SomePairs(source, pairs);
    yield* some.#ask();
    yield* some.#lookAtOthers();
    return some;
  }

  *#ask(): Steps<void> {
    const source = this.#source;
    for (const [nth, pair] of this.#pairs.entries()) {
      if (nth % pairsOfStep === 0) yield;
      if (source.record(pair) >= 0) this.asked.add([source.fromId(pair)]);
    }
    this.#sourceRecords = new Uint32Array(this.asked.length);
    this.#isPartial = new Uint8Array(this.asked.length);
  }

  *#lookAtOthers(): Steps<void> {
    const source = this.#source;
    for (let pair = 0, at = 0; pair < source.length; pair++) {
      if (pair % pairsOfStep === 0) yield;
      const isChosen = this.#pairs[at] === pair;
      if (isChosen) at++;
      const record = source.record(pair) < 0 ? undefined : this.asked.find(source.fromId(pair));
      if (record === undefined) continue;
      this.#sourceRecords[record] = source.record(pair);
      if (!isChosen) this.#isPartial[record] = 1;
    }
  }

  get length(): number {
    return this.#pairs.length;
  }

  record(pair: number): number {
    return this.#source.record(this.#pairs[pair]!) < 0 ? -1 : (this.asked.find(this.fromId(pair)) ?? -1);
  }

  fromId(pair: number): string {
    return this.#source.fromId(this.#pairs[pair]!);
  }

  toId(pair: number): string {
    return this.#source.toId(this.#pairs[pair]!);
  }

  toIdNumber(pair: number): number {
    return this.#source.toIdNumber(this.#pairs[pair]!);
  }

  labels(pair: number): readonly LabelTest[] {
    return this.#source.labels(this.#pairs[pair]!);
  }

  doubt(pair: number): SourceDoubt | undefined {
    return this.#source.doubt(this.#pairs[pair]!);
  }

  isWhole(record: number): boolean {
    return this.#isPartial[record] === 0 && this.#source.isWhole(this.#sourceRecords[record]!);
  }

  lines(pair: number): readonly number[] {
    return this.#source.lines(this.#pairs[pair]!);
  }
}

/** The first pairs, for a trial. In steps. */
export function choosingFirst(source: Expectation, most: number): Steps<SomePairs> {
  return SomePairs.choosing(
    source,
    Uint32Array.from({ length: Math.min(most, source.length) }, (_, pair) => pair),
  );
}

/** The pairs that are not confirmed, to be asked once more after somebody has mended what they tell of. In steps. */
export function* choosingUnconfirmed(check: Check): Steps<SomePairs> {
  const pairs: number[] = [];
  yield* check.looking();
  for (let pair = 0; pair < check.expectation.length; pair++) {
    if (pair % pairsOfStep === pairsOfStep - 1) yield;
    if (check.verdict(pair) !== 'asExpected') pairs.push(pair);
  }
  return yield* SomePairs.choosing(check.expectation, Uint32Array.from(pairs));
}
