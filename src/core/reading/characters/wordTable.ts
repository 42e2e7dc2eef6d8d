/**
 * What is known of the words of a text, looked up where they stand. Most words of a log come again and again; cutting each
 * out of the text only to look it up would cost more than everything else. Lives as long as the reader of one text.
 */
export class WordTable<T> {
  readonly #find: (word: string) => T;
  readonly #words: string[] = new Array<string>(slots).fill('');
  readonly #values: (T | undefined)[] = new Array<T | undefined>(slots).fill(undefined);

  /** `find` is asked when a word is met for the first time, or again after another has taken its slot. */
  constructor(find: (word: string) => T) {
    this.#find = find;
  }

  /** What is known of the word at [start, end). */
  at(text: string, start: number, end: number): T {
    // Length and four characters tell the words of a text apart well enough; others share a slot in turn.
    const length = end - start;
    const middle = (text.charCodeAt(start + (length >> 1)) << 6) ^ text.charCodeAt(start + (length >> 2));
    const outer = (text.charCodeAt(start) << 8) ^ text.charCodeAt(end - 1);
    const hash = Math.imul(outer, 0x9e3779b1) ^ Math.imul((middle << 6) ^ length, 0x85ebca6b);
    const slot = hash >>> (32 - slotBits);
    const known = this.#words[slot]!;
    if (known.length === length && length > 0 && isSame(known, text, start)) return this.#values[slot] as T;
    // A slice would keep the whole text in memory for as long as the word is remembered.
    const word = ` ${text.slice(start, end)}`.slice(1);
    const value = this.#find(word);
    this.#words[slot] = word;
    this.#values[slot] = value;
    return value;
  }
}

const slotBits = 9;
const slots = 1 << slotBits;

function isSame(word: string, text: string, start: number): boolean {
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}
