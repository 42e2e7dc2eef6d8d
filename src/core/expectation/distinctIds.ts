import { IdCodes, IdIndex } from '../answer/idCodes.ts';

/** Distinct record ids, numbered from 0 in the order they came: some 20 bytes an id. */
export class DistinctIds {
  readonly #ids = new IdCodes();
  #codes = new Float64Array(16);
  #length = 0;
  readonly #index = new IdIndex((number) => this.#codes[number]!);
  #last = '';
  #lastNumber = -1;

  get length(): number {
    return this.#length;
  }

  /** The number of an id, a new one if it was not there. */
  add(id: string): number {
    // A source often names one record on many rows in a row.
    if (id === this.#last && this.#lastNumber >= 0) return this.#lastNumber;
    const code = this.#ids.code(id);
    let number = this.#index.find(code);
    if (number < 0) {
      number = this.#push(code);
      this.#index.add(code, number);
    }
    this.#last = id;
    this.#lastNumber = number;
    return number;
  }

  /** The number of an id, or -1. */
  find(id: string): number {
    const code = this.#ids.known(id);
    return code === 0 ? -1 : this.#index.find(code);
  }

  text(number: number): string {
    return this.#ids.text(this.#codes[number]!);
  }

  /** The id as a number, or NaN for one that a number cannot hold. */
  asNumber(number: number): number {
    return this.#ids.number(this.#codes[number]!);
  }

  #push(code: number): number {
    if (this.#length === this.#codes.length) {
      const wider = new Float64Array(this.#length * 2);
      wider.set(this.#codes);
      this.#codes = wider;
    }
    this.#codes[this.#length] = code;
    return this.#length++;
  }
}
