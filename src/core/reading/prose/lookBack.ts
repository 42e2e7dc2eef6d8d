/** Looks left from a number, from word to word, and keeps what stands between them. */
import { isBlankOrBreak, isLineBreak, isSeparator, nameParts, trimmedEnd } from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { typeOfList } from '../names/fieldNames.ts';
import { byNoun } from './evidence.ts';
import type { WordsBefore } from './wordsBefore.ts';

/** What a character says that stands between a name and its number: `dealId: "5"`, `contacts (5`, `- deal #5`. */
type Sign =
  | 'blank'
  /** `=` `:` `>`: what stands before it is the number's key. */
  | 'equals'
  | 'hash'
  | 'quote'
  /** A bracket that may open a list. */
  | 'opening'
  | 'newLine'
  /** May be the bullet of a list item, or belongs to the number. */
  | 'dash'
  | 'bullet'
  /** Ends a clause: `,` `;`. */
  | 'clause'
  /** Says nothing. */
  | 'nothing';

const signs: ReadonlyMap<number, Sign> = new Map(
  (
    [
      ['blank', ' \t'],
      ['equals', '=:>\uff1a'],
      ['hash', '#'],
      ['quote', '"\'`'],
      ['opening', '([{'],
      ['newLine', '\n\r'],
      ['dash', '-'],
      ['bullet', '*\u2022'],
      ['clause', ',;'],
      ['nothing', '\\<|%'],
    ] as const
  ).flatMap(([sign, characters]) => [...characters].map((character) => [character.charCodeAt(0), sign] as const)),
);

/** Undefined of what belongs to a word, or ends what belongs together. */
function signOf(code: number): Sign | undefined {
  return signs.get(code) ?? (code > 127 && isSeparator(code) ? 'nothing' : undefined);
}

const longestWord = 64;
/** A noun and what is to be done with it, or which of them are meant: `Companies to delete`, `Deals without a contact`. */
const typeFirst =
  /^\p{L}+ (?:to|for|with|without|missing|lacking|that|which|in|from|not|needing|whose|created|updated|deleted|merged)\b/iu;
/** A short line without digits: `## Companies`, `**Tickets**`, `Deals affected`. */
const headingLine = /^[\s#*_>-]*(\p{L}[\p{L}\p{M}'’ _&/-]*?)[\s*_#]*$/u;
/** The characters of a line that goes on in the next one. */
const opensLine: ReadonlySet<number> = new Set([...':([{='].map((sign) => sign.charCodeAt(0)));
/** Headings of lists that hold something else. */
const telling: ReadonlySet<IgnoredReason> = new Set(['otherId', 'portalId', 'phone', 'amount']);

/** What stands between a word and what is right of it, and what was passed on the way from the number. One for each number. */
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
  readonly #words: WordsBefore;

  constructor(text: string, words: WordsBefore) {
    this.text = text;
    this.#words = words;
  }

  /** Another one that has come as far as this. */
  copy(): LookBack {
    return Object.assign(new LookBack(this.text, this.#words), this);
  }

  /**
   * Looks left from `at` over signs to where a word ends. The first gap may cross to a line above that ends open, others
   * only in SQL.
   */
  over(at: number, isFirst: boolean): void {
    this.opened = this.equals = this.headed = this.apart = this.comma = false;
    let start = at;
    for (const least = Math.max(0, at - longestWord); start > least; start--) {
      const code = this.text.charCodeAt(start - 1);
      const sign = signOf(code);
      if (sign === 'blank') continue;
      if (sign === undefined ? !this.#isPassed(code, start) : this.#isEnd(sign, start, isFirst)) break;
      if (code === 41) start--;
    }
    this.start = start;
    if (isFirst) {
      this.keyed = this.equals;
      this.list = this.opened;
      this.isHeaded = this.headed;
    } else if (this.isBuilt) this.keyed ||= this.equals;
  }

  /** Where the word starts that ends at the gap. */
  wordStart(): number {
    const least = Math.max(0, this.start - longestWord);
    let at = this.start;
    while (at > least && nameParts[this.text.charCodeAt(at - 1)] === 1) at--;
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
  #isEnd(sign: Sign, start: number, isFirst: boolean): boolean {
    switch (sign) {
      case 'equals':
        this.equals = true;
        return false;
      case 'hash':
        this.hash = true;
        return false;
      case 'quote':
        this.quoted = this.apart = true;
        return false;
      case 'opening':
        this.opened = this.apart = true;
        return false;
      case 'clause':
        this.apart = this.comma = true;
        return false;
      case 'newLine':
        // Only what ends in a colon or an open bracket goes on in the next line, a heading, and SQL.
        if (isFirst ? !this.#isHead(start - 1) : !this.isSql) return true;
        this.headed = isFirst;
        return false;
      case 'dash':
      case 'bullet':
        return this.text.charCodeAt(start) === 32 ? !isFirst : sign === 'dash';
      default:
        return false;
    }
  }

  /** True when the text before `end`, blanks left out, ends in a sign that opens something, or is a heading. */
  #isHead(end: number): boolean {
    const { text } = this;
    let at = trimmedEnd(text, Math.max(0, end - longestWord), end, isBlankOrBreak);
    const string = /\\n",?$/.exec(text.slice(Math.max(0, at - 4), at))?.[0];
    if (string !== undefined) at -= string.length;
    if (at <= 0) return false;
    const code = text.charCodeAt(at - 1);
    return opensLine.has(code) || ((nameParts[code] === 1 || code === 42 || code === 95) && this.#isHeading(at));
  }

  /** True of a short line without digits whose last word names a type or says that ids follow. */
  #isHeading(end: number): boolean {
    const { text } = this;
    let start = end;
    while (start > 0 && end - start <= longestWord && !isLineBreak(text.charCodeAt(start - 1))) start--;
    const heading = headingLine.exec(text.slice(start, end))?.[1];
    const words = heading?.split(' ') ?? [];
    if (heading === undefined || words.length > 7) return false;
    if (typeFirst.test(heading)) {
      const first = this.#words.meaningOf(words[0]!);
      if (first.kind === 'type' && first.plural && byNoun(first, true, true)) return true;
    }
    if (words.length > 5) return false;
    const word = this.#words.of(words.at(-1)!);
    const { meaning } = word;
    return (
      (meaning.kind === 'other' && telling.has(meaning.reason)) ||
      word.is('heading') ||
      meaning.kind === 'recordId' ||
      meaning.kind === 'id' ||
      typeOfList(heading) !== undefined
    );
  }
}
