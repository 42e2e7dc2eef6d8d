import type { Existence } from '../domain/cell.ts';
import type { Expectation, GoneRecord, Side } from '../domain/expectation.ts';

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
  /** Unnamed pairs in the order of their associated ids; made when the first of those is learnt. A named pair stays named. */
  #byTo: { readonly pairs: Uint32Array; readonly ids: Float64Array } | undefined;

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
    this.#byTo ??= this.#inOrder();
    const { pairs, ids } = this.#byTo;
    const number = Number(id);
    let low = 0;
    for (let high = pairs.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if (ids[middle]! < number) low = middle + 1;
      else high = middle;
    }
    // Ids of more digits than a number holds stand beside those that round to the same.
    for (; low < pairs.length && ids[low] === number; low++) {
      if (this.#expectation.toId(pairs[low]!) === id) yield pairs[low]!;
    }
  }

  #inOrder(): { readonly pairs: Uint32Array; readonly ids: Float64Array } {
    const expectation = this.#expectation;
    const rounded = new Float64Array(expectation.length);
    let count = 0;
    const pairs = new Uint32Array(expectation.length);
    for (let pair = 0; pair < expectation.length; pair++) {
      if (this.#isNamed(pair)) continue;
      const id = expectation.toIdNumber(pair);
      rounded[pair] = Number.isNaN(id) ? Number(expectation.toId(pair)) : id;
      pairs[count++] = pair;
    }
    const sorted = pairs.slice(0, count).sort((one, other) => rounded[one]! - rounded[other]!);
    return { pairs: sorted, ids: Float64Array.from(sorted, (pair) => rounded[pair]!) };
  }
}

function asGone(existence: Existence): GoneRecord {
  return existence.kind === 'merged' ? existence : { kind: existence.kind === 'archived' ? 'archived' : 'missing' };
}
