import { IdIndex } from '../answer/idCodes.ts';
import type { Existence } from '../domain/cell.ts';
import type { Expectation, GoneRecord, Side } from '../domain/expectation.ts';
import { finished, pairsOfStep, type Steps } from '../domain/steps.ts';

/** What became of a record of one side. */
export interface LearntRecord {
  readonly side: Side;
  readonly id: string;
  readonly existence: Existence;
}

/** What is known of whether the records of pairs exist, and which pairs an id is part of. */
export class KnownExistences {
  readonly #expectation: Expectation;
  readonly #known = { from: new Map<string, Existence>(), to: new Map<string, Existence>() };
  readonly #isNamed: (pair: number) => boolean;
  /** One pair of each associated id by that as a number, and 1 + the next of each pair. See {@link ordering}. */
  #byTo: { readonly one: IdIndex; readonly next: Uint32Array } | undefined;

  /** @param isNamed whether HubSpot names a pair: then it is there, whatever is known of its records */
  constructor(expectation: Expectation, isNamed: (pair: number) => boolean) {
    this.#expectation = expectation;
    this.#isNamed = isNamed;
  }

  learn(side: Side, id: string, existence: Existence): void {
    this.#known[side].set(id, existence);
  }

  of(side: Side, id: string): Existence | undefined {
    return this.#known[side].get(id);
  }

  /** Whether it is known what became of a pair's record on this side. */
  has(side: Side, pair: number): boolean {
    const known = this.#known[side];
    const expectation = this.#expectation;
    return known.size > 0 && known.has(side === 'from' ? expectation.fromId(pair) : expectation.toId(pair));
  }

  /** Which record of a pair is not there, and what became of it. */
  gone(pair: number): { readonly side: Side; readonly what: GoneRecord } | undefined {
    if (this.#known.from.size === 0 && this.#known.to.size === 0) return undefined;
    const from = this.of('from', this.#expectation.fromId(pair));
    if (from && from.kind !== 'exists') return { side: 'from', what: asGone(from) };
    const to = this.of('to', this.#expectation.toId(pair));
    return to && to.kind !== 'exists' ? { side: 'to', what: asGone(to) } : undefined;
  }

  /** The unnamed pairs with this associated id. */
  *pairsTo(id: string): Iterable<number> {
    if (!this.#byTo) finished(this.ordering());
    const { one, next } = this.#byTo!;
    // Ids of more digits than a number holds stand beside those that round to the same.
    for (let pair = one.find(Number(id)); pair >= 0; pair = next[pair]! - 1) {
      if (!this.#isNamed(pair) && this.#expectation.toId(pair) === id) yield pair;
    }
  }

  /** Makes what finds the pairs of an associated id, before the first of those is learnt. In steps. */
  *ordering(): Steps<void> {
    if (this.#byTo) return;
    const expectation = this.#expectation;
    const rounded = new Float64Array(expectation.length);
    const one = new IdIndex((pair) => rounded[pair]!, expectation.length);
    const next = new Uint32Array(expectation.length);
    for (let pair = 0; pair < expectation.length; pair++) {
      if (pair % pairsOfStep === pairsOfStep - 1) yield;
      const id = expectation.toIdNumber(pair);
      const number = Number.isNaN(id) ? Number(expectation.toId(pair)) : id;
      if (Number.isNaN(number)) continue;
      rounded[pair] = number;
      const first = one.find(number);
      if (first < 0) one.add(number, pair);
      else {
        next[pair] = next[first]!;
        next[first] = pair + 1;
      }
    }
    this.#byTo = { one, next };
  }
}

function asGone(existence: Existence): GoneRecord {
  return existence.kind === 'merged' ? existence : { kind: existence.kind === 'archived' ? 'archived' : 'missing' };
}
