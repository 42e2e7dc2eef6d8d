/**
 * The rows of one answer: the codes of the associated ids and their type sets, side by side. An answer has thousands of
 * them and is gone after a moment, so they are two typed arrays, in which the garbage collector has nothing to move.
 */
export class PageRows {
  #codes: Float64Array;
  #sets: Uint32Array;
  #length = 0;

  /** @param expected how many rows will come, if that is known; more find room all the same */
  constructor(expected = 0) {
    this.#codes = new Float64Array(expected);
    this.#sets = new Uint32Array(expected);
  }

  get length(): number {
    return this.#length;
  }

  /** Id codes (see IdCodes), at least `length` of them. */
  get codes(): Float64Array {
    return this.#codes;
  }

  /** Numbers of type sets, at least `length` of them. */
  get sets(): Uint32Array {
    return this.#sets;
  }

  push(code: number, set: number): void {
    if (this.#length === this.#codes.length) this.#grow();
    this.#codes[this.#length] = code;
    this.#sets[this.#length++] = set;
  }

  #grow(): void {
    const length = Math.max(16, this.#length * 2);
    const codes = new Float64Array(length);
    const sets = new Uint32Array(length);
    codes.set(this.#codes);
    sets.set(this.#sets);
    this.#codes = codes;
    this.#sets = sets;
  }
}

/** Rows of one record: those from `start` to before `end`, by default all. */
export interface RowSpan {
  /** Id codes (see IdCodes) and, beside them, numbers of type sets. */
  readonly codes: ArrayLike<number>;
  readonly sets: ArrayLike<number>;
  readonly start?: number;
  readonly end?: number;
}
