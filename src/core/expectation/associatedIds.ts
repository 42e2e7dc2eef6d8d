import { lengthened } from '../answer/column.ts';
import { IdIndex } from '../answer/idCodes.ts';
import { GrowingColumn } from './growingColumn.ts';

/** Up to so many pairs of a record are looked through one by one; more have an index of their own. */
const few = 16;

/**
 * Which records are expected with which, each pair once. A record mostly has few pairs, which are chained from the last to
 * the first: 12 bytes a pair and 4 a record, where an index over all pairs would take as much again and miss every cache.
 */
export class AssociatedIds {
  /** The code of the associated id of each pair. */
  #codes = new Float64Array(0);
  #length = 0;
  /** Of each record, 1 + its last pair; of each pair, 1 + the one before it of the same record. 0: there is none. */
  readonly #last = new GrowingColumn();
  readonly #before = new GrowingColumn();
  readonly #large = new Map<number, IdIndex>();

  get length(): number {
    return this.#length;
  }

  code(pair: number): number {
    return this.#codes[pair]!;
  }

  /** The pair of this record and this associated id, or -1. */
  find(record: number, code: number): number {
    const index = this.#large.size > 0 ? this.#large.get(record) : undefined;
    if (index) return index.find(code);
    if (record >= this.#last.length) return -1;
    for (let next = this.#last.at(record), steps = 0; next > 0; next = this.#before.at(next - 1)) {
      if (this.#codes[next - 1] === code) return next - 1;
      if (++steps > few) return this.#indexed(record).find(code);
    }
    return -1;
  }

  /** Adds a pair that {@link find} did not know, and returns its number. */
  add(record: number, code: number): number {
    const pair = this.#length++;
    if (pair === this.#codes.length) this.#codes = lengthened(this.#codes, pair);
    this.#codes[pair] = code;
    while (this.#last.length <= record) this.#last.push(0);
    this.#before.push(this.#last.at(record));
    this.#last.set(record, pair + 1);
    if (this.#large.size > 0) this.#large.get(record)?.add(code, pair);
    return pair;
  }

  #indexed(record: number): IdIndex {
    const index = new IdIndex((pair) => this.#codes[pair]!, few * 2);
    for (let next = this.#last.at(record); next > 0; next = this.#before.at(next - 1)) {
      index.add(this.#codes[next - 1]!, next - 1);
    }
    this.#large.set(record, index);
    return index;
  }
}
