/** Label texts as a source writes them, and sets of them, each with a number: a million pairs need a few of both. */

import { streamSafe } from '../text/combiningMarks.ts';

/** A label's text as it is compared: trimmed, inner blanks one, case folded: "STRASSE" is "Straße". Never translated. */
export function labelKey(text: string): string {
  return shownLabel(text).toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ');
}

/** A label's text as it is shown: trimmed, inner blanks one. */
function shownLabel(text: string): string {
  return streamSafe(text).normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** An account has at most some dozens of labels for a pair of types: a column with more different texts holds something else. */
const mostTexts = 1_000;
/** No label is nearly as long, in characters: what is kept of a check is never a note or a mail. */
const longestText = 250;
/** Nor are all labels of a pair together. */
export const longestLabels = 65_536;

export class LabelSets {
  /** The first way each text was written. */
  readonly #texts: string[] = [];
  readonly #textNumbers = new Map<string, number>();
  readonly #members: (readonly number[])[] = [[]];
  readonly #setNumbers = new Map<string, number>([['', 0]]);
  readonly #unions = new Map<string, number>();

  /**
   * The texts are no labels: there were more different ones than any pair of types can have, or one is longer than any. Those behind
   * the first thousand, and such a one, are left out.
   */
  isOverfull = false;
  /** Every distinct text, by its number. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** How many sets there are; number 0 is the empty one. */
  get length(): number {
    return this.#members.length;
  }

  /** The number of the set of these texts; blank ones count for nothing. */
  of(texts: readonly string[]): number {
    if (texts.length === 0) return 0;
    return this.#set(texts.flatMap((text) => this.#text(text) ?? []));
  }

  /** The number of the set that holds the texts of both. */
  union(one: number, other: number): number {
    if (one === other || other === 0) return one;
    if (one === 0) return other;
    const key = `${one} ${other}`;
    let set = this.#unions.get(key);
    if (set === undefined) {
      set = this.#set([...this.#members[one]!, ...this.#members[other]!]);
      this.#unions.set(key, set);
    }
    return set;
  }

  /** The numbers of the texts in a set. */
  members(set: number): readonly number[] {
    return this.#members[set]!;
  }

  #text(text: string): number | undefined {
    if (text.length > longestLabels) {
      this.isOverfull = true;
      return undefined;
    }
    const key = labelKey(text);
    if (key === '') return undefined;
    let number = this.#textNumbers.get(key);
    if (number === undefined) {
      if (this.#texts.length === mostTexts || key.length > longestText) {
        this.isOverfull = true;
        return undefined;
      }
      number = this.#texts.push(shownLabel(text)) - 1;
      this.#textNumbers.set(key, number);
    }
    return number;
  }

  #set(texts: readonly number[]): number {
    const members = [...new Set(texts)].sort((one, other) => one - other);
    const key = members.join(' ');
    let set = this.#setNumbers.get(key);
    if (set === undefined) {
      set = this.#members.push(members) - 1;
      this.#setNumbers.set(key, set);
    }
    return set;
  }
}
