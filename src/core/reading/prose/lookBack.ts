/** Looks left from a number, from word to word, and keeps what stands between them. */
import { isBlank, isLineBreak, nameParts } from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { meaningOf, typeOfList } from '../names/fieldNames.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import { BLANK, BULLET, CLAUSE, DASH, EQUALS, HASH, NEW_LINE, OPENING, QUOTE, STOP, signOf } from './signsBefore.ts';
import { wordsBefore } from './wordsBefore.ts';

const longestWord = 64;
/** A noun and what is to be done with it, or which of them are meant: `Companies to delete`, `Deals without a contact`. */
const typeFirst =
  /^\p{L}+ (?:to|for|with|without|missing|lacking|that|which|in|from|not|needing|whose|created|updated|deleted|merged)\b/iu;
/** Headings of lists that hold something else. */
const telling: ReadonlySet<IgnoredReason> = new Set(['otherId', 'portalId', 'phone', 'amount']);

/** What stands between a word and what is right of it, and what was passed on the way from the number. One for each reader. */
export class LookBack {
  /** Where the word ends behind which the gap starts. */
  start = 0;
  opened = false;
  equals = false;
  headed = false;
  /** A comma, a bracket or a quote stands between: the word belongs to another part of the sentence. */
  apart = false;
  /** A comma stands between, as before the next argument of a call. */
  comma = false;

  /** The number stands in brackets behind `IN`. */
  isSql = false;
  /** Its list is made by a constructor, and nothing else stood before that so far. */
  isBuilt = false;
  keyed = false;
  hash = false;
  quoted = false;
  list = false;
  /** The number stands under a line that ends open or is a heading. */
  isHeaded = false;
  /** Words such as "updated" stand between, so what looks like a time may be one. */
  distant = false;
  /** What was named first is what is missing: "deals without a company". */
  isNegated = false;
  readonly text: string;
  readonly #parts = nameParts();

  constructor(text: string) {
    this.text = text;
  }

  /** Starts with another number. */
  reset(): void {
    this.isSql = this.isBuilt = this.keyed = this.hash = this.quoted = this.list = this.distant = false;
    this.isNegated = this.isHeaded = false;
  }

  /**
   * Looks left from `at` over signs to where a word ends. The first gap may cross to a line above that ends open, others
   * only in SQL.
   */
  over(at: number, floor: number, isFirst: boolean): void {
    this.opened = this.equals = this.headed = this.apart = this.comma = false;
    let start = at;
    // Mostly a single blank.
    const code = at - floor > 1 && this.text.charCodeAt(at - 1) === 32 ? this.text.charCodeAt(at - 2) : 0;
    if (code > 47 && this.#parts[code] === 1) {
      this.start = at - 1;
      return;
    }
    for (const least = Math.max(floor, at - longestWord); start > least; start--) {
      const code = this.text.charCodeAt(start - 1);
      const sign = signOf(code);
      if (sign === BLANK) continue;
      if (sign === STOP ? !this.#isPassed(code, start) : this.#isEnd(sign, start, floor, isFirst)) break;
      if (code === 41) start--;
    }
    this.start = start;
  }

  /** Where the word starts that ends at the gap. */
  wordStart(floor: number): number {
    const parts = this.#parts;
    const least = Math.max(floor, this.start - longestWord);
    let at = this.start;
    while (at > least && parts[this.text.charCodeAt(at - 1)] === 1) at--;
    return at;
  }

  /** `new long[] {5}`, `new List<long>() {5}`, `df["Record ID"].isin([5])` */
  #isPassed(code: number, start: number): boolean {
    const before = this.text.charCodeAt(start - 2);
    if (code === 41) return this.opened && before === 40;
    // The end of a line in a string of code: `"ids = [\\n", "5`.
    if ((code === 110 || code === 114 || code === 116) && before === 92) return true;
    return code === 93 && (this.isBuilt || before === 91);
  }

  /** Takes in a sign; true where nothing left of it belongs to the number. */
  #isEnd(sign: number, start: number, floor: number, isFirst: boolean): boolean {
    switch (sign) {
      case EQUALS:
        this.equals = true;
        return false;
      case HASH:
        this.hash = true;
        return false;
      case QUOTE:
        this.quoted = this.apart = true;
        return false;
      case OPENING:
        this.opened = this.apart = true;
        return false;
      case CLAUSE:
        this.apart = this.comma = true;
        return false;
      case NEW_LINE:
        // Only what ends in a colon or an open bracket goes on in the next line, a heading, and SQL.
        if (isFirst ? !this.#isHead(start - 1, floor) : !this.isSql) return true;
        this.headed = isFirst;
        return false;
      case DASH:
      case BULLET: {
        const isItem = this.text.charCodeAt(start) === 32;
        return isItem ? !isFirst : sign === DASH;
      }
      default:
        return false;
    }
  }

  /** True when the text before `end`, blanks left out, ends in a sign that opens something, or is a heading. */
  #isHead(end: number, floor: number): boolean {
    const { text } = this;
    let at = end;
    while (
      at > floor &&
      end - at < longestWord &&
      (isBlank(text.charCodeAt(at - 1)) || isLineBreak(text.charCodeAt(at - 1)))
    )
      at--;
    const string = /\\n",?$/.exec(text.slice(Math.max(floor, at - 4), at))?.[0];
    if (string !== undefined) at -= string.length;
    if (at <= floor) return false;
    const code = text.charCodeAt(at - 1);
    if (code === 58 || code === 40 || code === 91 || code === 123 || code === 61) return true;
    return this.#parts[code] === 1 || code === 42 || code === 95 ? this.#isHeading(at, floor) : false;
  }

  /** A short line without digits whose last word names a type or says that ids follow: `## Companies`, `**Tickets**`, `Deals affected`. */
  #isHeading(end: number, floor: number): boolean {
    const { text } = this;
    let start = end;
    while (start > floor && end - start <= longestWord && !isLineBreak(text.charCodeAt(start - 1))) start--;
    const heading = /^[\s#*_>-]*(\p{L}[\p{L}\p{M}'’ _&/-]*?)[\s*_#]*$/u.exec(text.slice(start, end))?.[1];
    if (heading === undefined || heading.split(' ').length > 7) return false;
    if (typeFirst.test(heading)) {
      const first = meaningOf(heading.slice(0, heading.indexOf(' ')));
      if (first.kind === 'type' && first.plural && speaksForItself(first.objectType)) return true;
    }
    if (heading.split(' ').length > 5) return false;
    const word = wordsBefore.at(heading, heading.lastIndexOf(' ') + 1, heading.length);
    const { meaning } = word;
    return (
      (meaning.kind === 'other' && telling.has(meaning.reason)) ||
      word.isHeading ||
      word.meaning.kind === 'recordId' ||
      word.meaning.kind === 'id' ||
      typeOfList(heading) !== undefined
    );
  }
}
