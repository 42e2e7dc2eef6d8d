import type { GrowingIds } from '../answer/growingIds.ts';
import type { Expectation, LabelTest, SourceDoubt } from '../domain/expectation.ts';
import type { IdMapping } from './idMapping.ts';
import { PairColumns } from './pairColumns.ts';

/** A mapping for each side that has one. The same file may serve both where both are of one object type. */
export interface Mappings {
  readonly from?: IdMapping;
  readonly to?: IdMapping;
}

const noFrom: SourceDoubt = { why: 'notInMapping', side: 'from' };
const noTo: SourceDoubt = { why: 'notInMapping', side: 'to' };

/**
 * An expectation in old ids, told in new ones. Pairs that become the same pair are one, with all their lines and labels. A
 * pair with an id that the mapping does not have keeps its old ids and is in doubt.
 */
export class MappedPairs implements Expectation {
  readonly #source: Expectation;
  readonly #from: IdMapping | undefined;
  /** The pairs in new ids; the lines of each are the pairs of the source that it was. */
  readonly #mapped = new PairColumns();
  /** Pairs of the source with an id that has no new one; they are numbered behind the others. */
  readonly #inDoubt: number[] = [];
  readonly #noFromCount: number;
  readonly #labels = new Map<string, readonly LabelTest[]>();
  readonly #labelNumbers = new Map<readonly LabelTest[], number>();

  constructor(source: Expectation, { from, to }: Mappings) {
    this.#source = source;
    this.#from = from;
    const lackingTo: number[] = [];
    for (let record = 0; record < source.asked.length; record++) {
      const id = source.asked.text(record);
      const newId = from ? from.newId(id) : id;
      if (newId === undefined) continue;
      this.#mapped.addRow(newId, [], 0, 0);
      if (!source.isWhole(record)) this.#mapped.leaveOpen(newId);
    }
    for (let pair = 0; pair < source.length; pair++) {
      const fromId = newOf(source.fromId(pair), from);
      const toId = newOf(source.toId(pair), to);
      if (fromId === undefined || source.doubt(pair)?.side === 'from') this.#inDoubt.push(pair);
      else if (toId === undefined || source.doubt(pair)) {
        lackingTo.push(pair);
        this.#mapped.leaveOpen(fromId);
      } else this.#mapped.addRow(fromId, [toId], 0, pair);
    }
    this.#noFromCount = this.#inDoubt.length;
    for (const pair of lackingTo) this.#inDoubt.push(pair);
  }

  get length(): number {
    return this.#mapped.length + this.#inDoubt.length;
  }

  get asked(): GrowingIds {
    return this.#mapped.asked;
  }

  record(pair: number): number {
    if (pair < this.#mapped.length) return this.#mapped.record(pair);
    return this.doubt(pair)?.side === 'from' ? -1 : (this.asked.find(this.fromId(pair)) ?? -1);
  }

  fromId(pair: number): string {
    const doubtful = this.#doubtful(pair);
    if (doubtful === undefined) return this.#mapped.fromId(pair);
    const oldId = this.#source.fromId(doubtful);
    return newOf(oldId, this.#from) ?? oldId;
  }

  toId(pair: number): string {
    const doubtful = this.#doubtful(pair);
    return doubtful === undefined ? this.#mapped.toId(pair) : this.#source.toId(doubtful);
  }

  toIdNumber(pair: number): number {
    const doubtful = this.#doubtful(pair);
    return doubtful === undefined ? this.#mapped.toIdNumber(pair) : this.#source.toIdNumber(doubtful);
  }

  labels(pair: number): readonly LabelTest[] {
    const [first, ...others] = this.#sources(pair);
    const labels = this.#source.labels(first!);
    return others.reduce((all, each) => this.#union(all, this.#source.labels(each)), labels);
  }

  doubt(pair: number): SourceDoubt | undefined {
    if (pair < this.#mapped.length) return undefined;
    return pair < this.#mapped.length + this.#noFromCount ? noFrom : noTo;
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
    const doubtful = this.#doubtful(pair);
    return doubtful === undefined ? this.#mapped.lines(pair) : [doubtful];
  }

  #doubtful(pair: number): number | undefined {
    return pair < this.#mapped.length ? undefined : this.#inDoubt[pair - this.#mapped.length];
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
