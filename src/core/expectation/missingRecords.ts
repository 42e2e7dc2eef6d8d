import { lengthened } from '../answer/column.ts';
import { IdCodes, IdIndex } from '../answer/idCodes.ts';
import type { Expectation, Side } from '../domain/expectation.ts';
import type { KnownExistences } from './existences.ts';
import { GrowingColumn } from './growingColumn.ts';

/**
 * The records of missing pairs, of which some are not known to exist or not. They are counted as verdicts change: to go through a
 * hundred thousand pairs whenever something was learnt takes a tenth of a second.
 */
export class MissingRecords {
  readonly #expectation: Expectation;
  readonly #existences: KnownExistences;
  readonly #unknown = { from: 0, to: 0 };
  /** How many missing pairs there are of each record that is asked for, and of each associated id by its place. */
  readonly #pairsOf = { from: new GrowingColumn(), to: new GrowingColumn() };
  readonly #codes = new IdCodes();
  #codeAt = new Float64Array(0);
  readonly #places = new IdIndex((place) => this.#codeAt[place]!);

  constructor(expectation: Expectation, existences: KnownExistences) {
    this.#expectation = expectation;
    this.#existences = existences;
  }

  /** How many of each side nobody knows of whether they exist. */
  get unknown(): Readonly<Record<Side, number>> {
    return { ...this.#unknown };
  }

  /** The number of a missing pair's record among those of its side. */
  place(side: Side, pair: number): number {
    if (side === 'from') return this.#expectation.record(pair);
    const code = this.#expectation.toIdNumber(pair);
    return this.#placeOf(Number.isNaN(code) ? this.#codes.code(this.#expectation.toId(pair)) : code);
  }

  /** A pair is missing now, or no longer. */
  count(pair: number, by: 1 | -1): void {
    for (const side of ['from', 'to'] as const) {
      const pairs = this.#pairsOf[side];
      const place = this.place(side, pair);
      while (pairs.length <= place) pairs.push(0);
      const count = pairs.at(place) + by;
      pairs.set(place, count);
      const isFirstOrLast = by === 1 ? count === 1 : count === 0;
      if (isFirstOrLast && !this.#existences.has(side, pair)) this.#unknown[side] += by;
    }
  }

  /** What became of a record is about to be known. */
  learn(side: Side, id: string): void {
    if (this.#existences.of(side, id)) return;
    const place = side === 'from' ? (this.#expectation.asked.find(id) ?? -1) : this.#places.find(this.#codes.known(id));
    const pairs = this.#pairsOf[side];
    if (place >= 0 && place < pairs.length && pairs.at(place) > 0) this.#unknown[side]--;
  }

  #placeOf(code: number): number {
    const place = this.#places.find(code);
    if (place >= 0) return place;
    const added = this.#pairsOf.to.push(0);
    if (added === this.#codeAt.length) this.#codeAt = lengthened(this.#codeAt, added);
    this.#codeAt[added] = code;
    this.#places.add(code, added);
    return added;
  }
}
