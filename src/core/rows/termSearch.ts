/** Looks for the terms of a filter in the texts of a row. Pure. */

/** At most so many words of a filter count: which of them were found is kept in the bits of a number. */
const mostTerms = 30;

/** The terms of a filter, and which of them a text contains: a bit for each term, put on top of those found before. */
export class TermSearch {
  readonly #terms: readonly string[];
  readonly #isNumber: readonly boolean[];
  readonly #numbers: readonly NumberTerm[];
  readonly anyDigits: boolean;
  /** The mask of a row that has every term. */
  readonly all: number;
  /** Of all texts that were looked into, in UTF-16 code units. */
  length = 0;

  constructor(filter: string) {
    this.#terms = filter.toLowerCase().split(/\s+/).filter(Boolean).slice(0, mostTerms);
    this.#isNumber = this.#terms.map((term) => /^\d+$/.test(term));
    this.#numbers = this.#terms.flatMap((term, at) => (this.#isNumber[at] ? [new NumberTerm(term, 1 << at)] : []));
    this.anyDigits = this.#numbers.length > 0;
    this.all = 2 ** this.#terms.length - 1;
  }

  found(text: string | undefined, mask = 0): number {
    if (text === undefined || mask === this.all) return mask;
    this.length += text.length;
    const lower = text.toLowerCase();
    let more = mask;
    for (let term = 0; term < this.#terms.length; term++) if (lower.includes(this.#terms[term]!)) more |= 1 << term;
    return more;
  }

  /** In a text of nothing but digits, such as the id of an associated record, no other term can be. */
  foundInDigits(digits: string, mask: number): number {
    if (!this.anyDigits) return mask;
    let more = mask;
    for (let term = 0; term < this.#terms.length; term++) {
      if (this.#isNumber[term] && digits.includes(this.#terms[term]!)) more |= 1 << term;
    }
    return more;
  }

  /**
   * The same for a whole number from 1 to 2^53 - 1, looked for among its digits without writing it out: that alone would take
   * most of the time that a million ids take.
   */
  foundInNumber(number: number, mask: number): number {
    let more = mask;
    for (const term of this.#numbers) if (term.isIn(number)) more |= term.bit;
    return more;
  }
}

/** So many digits a number can have. */
const mostDigits = 16;

/**
 * Looks for digits in a number from its last digit to its first. A state says how many digits of the term's end the last ones read
 * are: for `437` it is 2 after `37` was read, and a `4` makes it 3, a `7` only 1. So each digit of a number is read once.
 */
class NumberTerm {
  readonly bit: number;
  readonly #found: number;
  /** The next state after a digit, at sixteen times the state plus the digit. */
  readonly #next: Uint8Array;

  constructor(term: string, bit: number) {
    this.bit = bit;
    this.#found = term.length;
    this.#next = term.length > mostDigits ? new Uint8Array(16) : nextStates(term);
  }

  isIn(number: number): boolean {
    // In halves of eight digits: small whole numbers are divided in a fraction of the time.
    const upper = Math.floor(number / halfSize);
    const lower = number - upper * halfSize;
    const state = this.#read(0, lower, upper > 0 ? halfDigits : 1);
    return state === this.#found || (upper > 0 && this.#read(state, upper, 1) === this.#found);
  }

  /** @param least how many digits the number has, leading zeros included, if it has no more */
  #read(from: number, number: number, least: number): number {
    const next = this.#next;
    let state = from;
    for (let rest = number | 0, read = 0; rest > 0 || read < least; read++) {
      const before = (rest / 10) | 0;
      state = next[(state << 4) | (rest - before * 10)]!;
      if (state === this.#found) return state;
      rest = before;
    }
    return state;
  }
}

const halfDigits = 8;
const halfSize = 10 ** halfDigits;

/** @see NumberTerm */
function nextStates(term: string): Uint8Array {
  const next = new Uint8Array(term.length * 16);
  for (let state = 0; state < term.length; state++) {
    const read = term.slice(term.length - state);
    for (let digit = 0; digit < 10; digit++) {
      const text = digit + read;
      let most = Math.min(term.length, text.length);
      while (!term.endsWith(text.slice(0, most))) most--;
      next[(state << 4) | digit] = most;
    }
  }
  return next;
}
