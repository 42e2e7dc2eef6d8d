import { AssociationColumns } from './associationColumns.ts';
import { lengthened } from './column.ts';
import { IdIndex } from './idCodes.ts';
import type { RowSpan } from './pageRows.ts';
import type { TypeSets } from './typeSets.ts';

/** Past this many associations a record that still has pages keeps its index between them, instead of building it anew. */
const keepIndexFrom = 4096;

/** A set of more types than this is put together once a page, not row by row: each step on the way would be a set of its own. */
const fewTypes = 8;

/** What a page of associations changed. */
export interface PageEffect {
  /** Associations that were not known before. */
  readonly added: number;
  /** Associations that were known, with a type that was not. */
  readonly widened: number;
  /** Associations left out because the record has no room for more. */
  readonly dropped: number;
}

/** Which rows of the columns are whose: each record's associations, every one once, in the order they came. */
export class RecordRows {
  readonly #typeSets: TypeSets;
  #starts: Uint32Array;
  #counts: Uint32Array;
  readonly #rows = new AssociationColumns();
  /** Records whose rows are not in one stretch: [first nth, position] pairs in order. */
  readonly #stretches = new Map<number, number[]>();
  readonly #openIndexes = new Map<number, IdIndex>();

  constructor(records: number, typeSets: TypeSets) {
    this.#typeSets = typeSets;
    this.#starts = new Uint32Array(records);
    this.#counts = new Uint32Array(records);
  }

  /** Associations of all records. */
  get length(): number {
    return this.#rows.length;
  }

  count(record: number): number {
    return this.#counts[record] ?? 0;
  }

  /** The id code of a record's nth association. */
  code(record: number, nth: number): number {
    return this.#rows.code(this.#position(record, nth));
  }

  /** The type set of a record's nth association. */
  set(record: number, nth: number): number {
    return this.#rows.set(this.#position(record, nth));
  }

  /**
   * Adds a page of a record's associations.
   * @param room the most associations the record may have
   */
  addPage(record: number, { codes, sets, start = 0, end = codes.length }: RowSpan, room: number): PageEffect {
    if (record >= this.#counts.length) {
      this.#counts = lengthened(this.#counts, record);
      this.#starts = lengthened(this.#starts, record);
    }
    const most = this.#counts[record]! + end - start;
    const index = most > 8 ? this.#indexFor(record, most) : undefined;
    let added = 0;
    let widened = 0;
    let dropped = 0;
    let many: Map<number, number[]> | undefined;
    for (let row = start; row < end; row++) {
      const code = codes[row]!;
      const known = index ? index.find(code) : this.#scan(record, code);
      if (known >= 0) {
        const set = this.#rows.set(known);
        if (this.#typeSets.sizeOf(set) > fewTypes && set !== sets[row]) {
          many ??= new Map();
          const more = many.get(known);
          if (more) more.push(sets[row]!);
          else many.set(known, [set, sets[row]!]);
          continue;
        }
        const both = this.#typeSets.union(set, sets[row]!);
        if (both === set) continue;
        this.#rows.replaceSet(known, both);
        widened++;
      } else if (this.#counts[record]! >= room) {
        dropped++;
      } else {
        const position = this.#append(record, code, sets[row]!);
        index?.add(code, position);
        added++;
      }
    }
    if (many) widened += this.#joinTypes(many);
    if (index && this.#counts[record]! >= keepIndexFrom) this.#openIndexes.set(record, index);
    return { added, widened, dropped };
  }

  /** Gives each of these rows the types of all its sets, and returns how many of the rows have new ones. */
  #joinTypes(setsOf: ReadonlyMap<number, readonly number[]>): number {
    let widened = 0;
    for (const [position, sets] of setsOf) {
      const all = this.#typeSets.unionOf(sets);
      if (all === sets[0]) continue;
      this.#rows.replaceSet(position, all);
      widened++;
    }
    return widened;
  }

  /** Says that no more pages of this record will come, which frees what only they need. */
  close(record: number): void {
    this.#openIndexes.delete(record);
  }

  #append(record: number, code: number, set: number): number {
    const position = this.#rows.push(code, set);
    const nth = this.#counts[record]!++;
    if (nth === 0) this.#starts[record] = position;
    else if (position !== this.#position(record, nth - 1) + 1) {
      const stretches = this.#stretches.get(record);
      if (stretches) stretches.push(nth, position);
      else this.#stretches.set(record, [0, this.#starts[record]!, nth, position]);
    }
    return position;
  }

  #position(record: number, nth: number): number {
    const stretches = this.#stretches.size > 0 ? this.#stretches.get(record) : undefined;
    if (!stretches) return this.#starts[record]! + nth;
    let low = 0;
    let high = stretches.length / 2 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (stretches[middle * 2]! <= nth) low = middle;
      else high = middle - 1;
    }
    return stretches[low * 2 + 1]! + nth - stretches[low * 2]!;
  }

  #scan(record: number, code: number): number {
    for (let nth = this.#counts[record]! - 1; nth >= 0; nth--) {
      const position = this.#position(record, nth);
      if (this.#rows.code(position) === code) return position;
    }
    return -1;
  }

  #indexFor(record: number, expected: number): IdIndex {
    const kept = this.#openIndexes.get(record);
    if (kept) return kept;
    const index = new IdIndex((position) => this.#rows.code(position), expected);
    for (let nth = this.#counts[record]! - 1; nth >= 0; nth--) {
      const position = this.#position(record, nth);
      index.add(this.#rows.code(position), position);
    }
    return index;
  }
}
