import { lengthened } from '../answer/column.ts';

/** A column of whole numbers from 0 to 2^32 - 1 that grows at its end: four bytes a number, no objects. */
export class GrowingColumn {
  #numbers = new Uint32Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds a number and returns its position. */
  push(number: number): number {
    if (this.#length === this.#numbers.length) this.#numbers = lengthened(this.#numbers, this.#length);
    this.#numbers[this.#length] = number;
    return this.#length++;
  }

  at(position: number): number {
    return this.#numbers[position]!;
  }

  set(position: number, number: number): void {
    this.#numbers[position] = number;
  }
}
