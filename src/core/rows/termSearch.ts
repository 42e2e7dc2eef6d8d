/** Looks for the terms of a filter in the texts of a row. Pure. */

/** At most so many words of a filter count: which of them were found is kept in the bits of a number. */
const mostTerms = 30;

/** The terms of a filter, and which of them a text contains: a bit for each term, put on top of those found before. */
export class TermSearch {
  readonly #terms: readonly string[];
  readonly #isNumber: readonly boolean[];
  readonly anyDigits: boolean;
  /** The mask of a row that has every term. */
  readonly all: number;

  constructor(filter: string) {
    this.#terms = filter.toLowerCase().split(/\s+/).filter(Boolean).slice(0, mostTerms);
    this.#isNumber = this.#terms.map((term) => /^\d+$/.test(term));
    this.anyDigits = this.#isNumber.includes(true);
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
}
