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

  constructor(filter: string) {
    this.#terms = filter.toLowerCase().split(/\s+/).filter(Boolean).slice(0, mostTerms);
    this.#isNumber = this.#terms.map((term) => /^\d+$/.test(term));
    this.#numbers = this.#terms.flatMap((term, at) => (this.#isNumber[at] ? [numberTerm(term, 1 << at)] : []));
    this.anyDigits = this.#numbers.length > 0;
    this.all = 2 ** this.#terms.length - 1;
  }

  found(text: string | undefined, mask = 0): number {
    if (text === undefined || mask === this.all) return mask;
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
    for (const term of this.#numbers) if (hasDigits(number, term)) more |= term.bit;
    return more;
  }
}

/** A term of digits as a number: `042` is 42, with three digits. */
interface NumberTerm {
  readonly bit: number;
  readonly value: number;
  /** Ten to the power of its digits, and the smallest number of as many digits. */
  readonly size: number;
  readonly least: number;
}

function numberTerm(term: string, bit: number): NumberTerm {
  return { bit, value: Number(term), size: 10 ** term.length, least: 10 ** (term.length - 1) };
}

/** Looks at the last digits of the number, then at those before the last one, and so on. */
function hasDigits(number: number, { value, size, least }: NumberTerm): boolean {
  for (let rest = number; rest >= least; rest = Math.floor(rest / 10)) {
    if (rest - Math.floor(rest / size) * size === value) return true;
  }
  return false;
}
