/**
 * What is known of the words of a text, looked up where they stand. Most words of a log come again and again; cutting each
 * out of the text only to look it up would cost more than everything else. Lives as long as the reader of one text.
 */
export class WordTable<T> {
  readonly #find: (word: string) => T;
  /** None until a word is met: some texts have a hundred thousand parts that are read each for itself, and hold no word. */
  #words: string[] = [];
  #values: (T | undefined)[] = [];

  /** `find` is asked when a word is met for the first time, or again after another has taken its slot. */
  constructor(find: (word: string) => T) {
    this.#find = find;
  }

  /** What is known of the word at [start, end). */
  at(text: string, start: number, end: number): T {
    // Length and eight characters tell the words of a text apart well enough; others share a slot in turn.
    const length = end - start;
    let hash = length;
    for (let eighth = 0; eighth < 8; eighth++)
      hash = Math.imul(hash ^ text.charCodeAt(start + ((length * eighth) >> 3)), 0x9e3779b1);
    const slot = Math.imul(hash ^ text.charCodeAt(end - 1), 0x85ebca6b) >>> (32 - slotBits);
    const known = this.#words[slot];
    if (known !== undefined && known.length === length && length > 0 && isSame(known, text, start))
      return this.#values[slot] as T;
    const word = copied(text, start, end);
    const value = this.#find(word);
    if (known === undefined) {
      this.#words = new Array<string>(slots).fill('');
      this.#values = new Array<T | undefined>(slots).fill(undefined);
    }
    this.#words[slot] = word;
    this.#values[slot] = value;
    return value;
  }
}

const slotBits = 9;
const slots = 1 << slotBits;

/** A slice would keep the whole text in memory for as long as the word is remembered, and is slower to compare with. */
function copied(text: string, start: number, end: number): string {
  const codes = Array.from({ length: end - start }, (_, nth) => text.charCodeAt(start + nth));
  return String.fromCharCode(...codes);
}

function isSame(word: string, text: string, start: number): boolean {
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}
