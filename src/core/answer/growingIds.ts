import type { AskedIds, Question } from '../domain/associations.ts';
import { lengthened } from './column.ts';
import { IdCodes, IdIndex } from './idCodes.ts';

/** A question whose ids are shared with other look-ups, or still being listed. */
export interface SharedQuestion extends Omit<Question, 'ids'> {
  readonly ids: GrowingIds;
}

/**
 * The asked ids as a column of codes with an index: 8 bytes for an id and about 8 for its place in the index, however many
 * look-ups ask for them. More ids find their place at the end at any time, so a record's number never changes.
 */
export class GrowingIds implements AskedIds {
  /** Of these ids and of those that look-ups of them are answered with. */
  readonly codes: IdCodes = new IdCodes();
  #column: Float64Array;
  readonly #records: IdIndex;
  #length = 0;
  #isWhole: boolean;
  #lastRecord = -1;
  #lastText = '';

  /**
   * @param ids duplicates are counted once
   * @param isWhole false when more will be added, until {@link close}
   * @param expected how many there may be: up to there nothing has to make room, which for a million takes a tenth of a second
   */
  constructor(ids: readonly string[] = [], isWhole = true, expected = ids.length) {
    this.#column = new Float64Array(expected);
    this.#records = new IdIndex((record) => this.#column[record]!, expected);
    this.#isWhole = isWhole;
    this.add(ids);
  }

  /** The ids themselves where they are such an object already. */
  static of(ids: readonly string[] | GrowingIds): GrowingIds {
    return ids instanceof GrowingIds ? ids : new GrowingIds(ids);
  }

  get length(): number {
    return this.#length;
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Adds ids behind those that are there; one that is there already stays where it is. */
  add(ids: Iterable<string>): void {
    for (const id of ids) {
      const code = this.codes.code(id);
      if (this.#records.find(code) >= 0) continue;
      if (this.#length === this.#column.length) this.#column = lengthened(this.#column, this.#length);
      this.#column[this.#length] = code;
      this.#records.add(code, this.#length++);
    }
  }

  /** Says that these are all. */
  close(): void {
    this.#isWhole = true;
  }

  /** Making a text of a number takes its time, and the rows of a record ask for the same one after another. */
  text(record: number): string {
    if (record >= this.#length) return '';
    if (record !== this.#lastRecord) {
      this.#lastText = this.codes.text(this.#column[record]!);
      this.#lastRecord = record;
    }
    return this.#lastText;
  }

  number(record: number): number {
    return record < this.#length ? this.codes.number(this.#column[record]!) : Number.NaN;
  }

  find(id: string): number | undefined {
    const code = this.codes.known(id);
    return code === 0 ? undefined : this.findCode(code);
  }

  /** The code of a record's id: positive when it is a number of up to 16 digits without a leading zero. */
  code(record: number): number {
    return this.#column[record]!;
  }

  findCode(code: number): number | undefined {
    const record = this.#records.find(code);
    return record < 0 ? undefined : record;
  }

  /** Every id, as strings of their own. */
  list(): readonly string[] {
    return Array.from({ length: this.#length }, (_, record) => this.text(record));
  }
}
