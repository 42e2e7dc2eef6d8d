import type { GrowingIds } from '../answer/growingIds.ts';
import type { Expectation, LabelTest, SourceDoubt } from '../domain/expectation.ts';
import { pairsOfStep, type Steps } from '../domain/steps.ts';
import type { IdMapping } from './idMapping.ts';
import { PairColumns } from './pairColumns.ts';

/** A mapping for each side that has one. The same file may serve both where both are of one object type. */
export interface Mappings {
  readonly from?: IdMapping;
  readonly to?: IdMapping;
}

type Source = Expectation & { readonly openIds?: Iterable<string> };

const noFrom: SourceDoubt = { why: 'notInMapping', side: 'from' };
const noTo: SourceDoubt = { why: 'notInMapping', side: 'to' };

/**
 * An expectation in old ids, told in new ones. Pairs that become the same pair are one, with all their lines and labels. A
 * pair with an id that the mapping does not have keeps that id and is in doubt.
 */
export class MappedPairs implements Expectation {
  readonly #source: Expectation;
  /** The pairs in new ids; the lines of each are the pairs of the source that it was. */
  readonly #mapped = new PairColumns();
  /** Pairs of the source whose record has no new id; they are numbered behind the others. */
  readonly #noFrom: number[] = [];
  /** Behind those the pairs of which only the associated id has none: of new records and old ids, with lines as above. */
  readonly #noTo = new PairColumns();
  readonly #labels = new Map<string, readonly LabelTest[]>();
  readonly #labelNumbers = new Map<readonly LabelTest[], number>();

  private constructor(source: Expectation) {
    this.#source = source;
  }

  /**
   * In steps.
   * @param source `openIds`: records of which more may be expected, and which it does not ask for
   */
  static *translating(source: Source, mappings: Mappings): Steps<MappedPairs> {
    const pairs = new MappedPairs(source);
    yield* pairs.#takeRecords(source, mappings);
    yield* pairs.#takePairs(source, mappings);
    return pairs;
  }

  *#takeRecords(source: Source, { from }: Mappings): Steps<void> {
    for (let record = 0; record < source.asked.length; record++) {
      if (record % pairsOfStep === 0) yield;
      const id = source.asked.text(record);
      const newId = from ? from.newId(id) : id;
      if (newId === undefined) continue;
      this.#mapped.addRow(newId, [], 0, 0);
      if (!source.isWhole(record)) this.#mapped.leaveOpen(newId);
    }
    for (const id of source.openIds ?? []) {
      const newId = newOf(id, from);
      if (newId !== undefined) this.#mapped.leaveOpen(newId);
    }
  }

  *#takePairs(source: Source, { from, to }: Mappings): Steps<void> {
    for (let pair = 0; pair < source.length; pair++) {
      if (pair % pairsOfStep === 0) yield;
      const fromId = newOf(source.fromId(pair), from);
      const toId = newOf(source.toId(pair), to);
      if (fromId === undefined || source.doubt(pair)?.side === 'from') this.#noFrom.push(pair);
      else if (toId === undefined || source.doubt(pair)) {
        this.#noTo.addRow(fromId, [source.toId(pair)], 0, pair);
        this.#mapped.leaveOpen(fromId);
      } else this.#mapped.addRow(fromId, [toId], 0, pair);
    }
  }

  get length(): number {
    return this.#mapped.length + this.#noFrom.length + this.#noTo.length;
  }

  get asked(): GrowingIds {
    return this.#mapped.asked;
  }

  record(pair: number): number {
    if (pair < this.#mapped.length) return this.#mapped.record(pair);
    return this.doubt(pair)?.side === 'from' ? -1 : (this.asked.find(this.fromId(pair)) ?? -1);
  }

  fromId(pair: number): string {
    const { columns, at } = this.#placeOf(pair);
    return columns ? columns.fromId(at) : this.#source.fromId(at);
  }

  toId(pair: number): string {
    const { columns, at } = this.#placeOf(pair);
    return columns ? columns.toId(at) : this.#source.toId(at);
  }

  toIdNumber(pair: number): number {
    const { columns, at } = this.#placeOf(pair);
    return columns ? columns.toIdNumber(at) : this.#source.toIdNumber(at);
  }

  labels(pair: number): readonly LabelTest[] {
    const [first, ...others] = this.#sources(pair);
    const labels = this.#source.labels(first!);
    return others.reduce((all, each) => this.#union(all, this.#source.labels(each)), labels);
  }

  doubt(pair: number): SourceDoubt | undefined {
    if (pair < this.#mapped.length) return undefined;
    return pair < this.#mapped.length + this.#noFrom.length ? noFrom : noTo;
  }

  isWhole(record: number): boolean {
    return this.#mapped.isWhole(record);
  }

  lines(pair: number): readonly number[] {
    const lines = this.#sources(pair).flatMap((each) => this.#source.lines(each));
    return [...new Set(lines)].sort((one, other) => one - other);
  }

  /** The pairs of the source that became this one. */
  #sources(pair: number): readonly number[] {
    const { columns, at } = this.#placeOf(pair);
    return columns ? columns.lines(at) : [at];
  }

  /** Where a pair is told in new ids and which one it is there; without such columns it is that pair of the source. */
  #placeOf(pair: number): { readonly columns: PairColumns | undefined; readonly at: number } {
    const behind = pair - this.#mapped.length;
    if (behind < 0) return { columns: this.#mapped, at: pair };
    if (behind < this.#noFrom.length) return { columns: undefined, at: this.#noFrom[behind]! };
    return { columns: this.#noTo, at: behind - this.#noFrom.length };
  }

  /** The same array for the same labels, as those who compare rely on. */
  #union(one: readonly LabelTest[], other: readonly LabelTest[]): readonly LabelTest[] {
    if (one === other || other.length === 0) return one;
    if (one.length === 0) return other;
    const key = `${this.#labelNumber(one)} ${this.#labelNumber(other)}`;
    let union = this.#labels.get(key);
    if (!union) {
      union = [...new Set([...one, ...other])];
      this.#labels.set(key, union);
    }
    return union;
  }

  #labelNumber(labels: readonly LabelTest[]): number {
    let number = this.#labelNumbers.get(labels);
    if (number === undefined) {
      number = this.#labelNumbers.size;
      this.#labelNumbers.set(labels, number);
    }
    return number;
  }
}

function newOf(id: string, mapping: IdMapping | undefined): string | undefined {
  return mapping ? mapping.newId(id) : id;
}
