/** Whose the `id:` of an indented block is, as in YAML: the key that the block hangs on. */
import { lineStartBefore } from '../characters/characters.ts';
import { type KnownNames, meaningOfIdIn, type NameMeaning } from '../names/fieldNames.ts';
import { ObjectFacts, pairsIn } from '../names/objectFacts.ts';

/** How far up a key is looked for, in code units. */
const farthest = 2_000;
/** How many lines of a block above and below a number are looked at. */
const mostLines = 6;
const longestLine = 200;
/** A line that is a key and its number: `  - id: "5"`. */
const keyLine = /^([ \t]*)(- +)?["']?[\w-]{1,60}["']?:[ \t]+["']?$/;
/** A key that opens a block: `contacts:`, `- contact:`. */
const opensBlock = /^(- +)?["']?([\p{L}][\p{L}\p{N}_ -]{0,60}?)["']?:$/u;

/** A line of a block: how far right its key starts, and whether a dash before that makes it the first of an item. */
interface Indent {
  readonly blank: number;
  readonly key: number;
  readonly isItem: boolean;
}

export class BlockOwners {
  readonly #text: string;
  readonly #names: KnownNames;
  /** The line that was asked for last and what was found, by `depthOf`: nothing above it is looked at again. */
  readonly #asked: { line: number; meaning: NameMeaning | undefined }[] = [];

  constructor(text: string, names: KnownNames) {
    this.#text = text;
    this.#names = names;
  }

  /**
   * What the id is that stands at `start` in the line that starts at `lineStart`; undefined when no block tells it. Nothing
   * before `floor` is looked at.
   */
  meaningAt(lineStart: number, start: number, floor: number): NameMeaning | undefined {
    const own = this.#indentOf(lineStart, start);
    if (own === undefined) return undefined;
    const meaning = this.#above(lineStart, own, floor);
    this.#asked[depthOf(own)] = { line: lineStart, meaning };
    return meaning;
  }

  /** What the other lines of the same block say, where the number stands behind a key: `- name: amount` above `value: 5`. */
  factsAt(lineStart: number, start: number, floor: number, last: number): ObjectFacts | undefined {
    const own = this.#indentOf(lineStart, start);
    if (own === undefined) return undefined;
    const from = own.isItem ? lineStart : this.#blockStart(lineStart, own.key, floor);
    const end = this.#blockEnd(lineStart, own.key, last);
    const facts = new ObjectFacts();
    for (const line of this.#text.slice(from, Math.min(end, from + 3_000)).split('\n'))
      if (indentIn(line).key === own.key) for (const [key, value] of pairsIn(line)) facts.learn(key, value);
    return facts;
  }

  /** The indent of a line that is a key and the number at `start`. */
  #indentOf(lineStart: number, start: number): Indent | undefined {
    if (start - lineStart > 100) return undefined;
    const line = this.#text.slice(lineStart, start);
    return keyLine.test(line) ? indentIn(line) : undefined;
  }

  /** The start of the first line above that belongs to the same object. */
  #blockStart(lineStart: number, key: number, floor: number): number {
    let from = lineStart;
    for (let lines = 0; lines < mostLines && from > floor; lines++) {
      const above = lineStartBefore(this.#text, from - 1, Math.max(floor, from - farthest));
      const line = this.#text.slice(above, Math.min(from, above + longestLine));
      const own = indentIn(line);
      if (own.key < key || line.trim() === '') break;
      from = above;
      if (own.isItem && own.key === key) break;
    }
    return from;
  }

  /** Where the last line below ends that belongs to the same object. */
  #blockEnd(lineStart: number, key: number, last: number): number {
    let end = lineStart;
    for (let lines = 0; lines < mostLines && end < last; lines++) {
      const next = this.#text.slice(end, Math.min(last, end + farthest)).indexOf('\n');
      if (next < 0) return Math.min(last, end + farthest);
      end += next + 1;
      const own = indentIn(this.#text.slice(end, Math.min(last, end + longestLine)));
      if (own.key < key || own.isItem) break;
    }
    return end;
  }

  /** What the nearest line above says on which the block of a line hangs. */
  #above(lineStart: number, indent: Indent, floor: number): NameMeaning | undefined {
    const least = Math.max(floor, lineStart - farthest);
    let within = indent;
    for (let end = lineStart - 1; end > least; ) {
      const start = lineStartBefore(this.#text, end, least);
      if (start === least && start !== floor) break;
      const line = this.#text.slice(start, end);
      end = start - 1;
      const own = indentIn(line);
      // An id of the same block, or the first of the same item, has been asked for already.
      const known = this.#asked[depthOf(own)];
      if (known?.line === start && isSameBlock(own, within)) return known.meaning;
      if (!holds(own, within) || /^\s*(?:#|$)/.test(line)) continue;
      const key = opensBlock.exec(line.trim())?.[2];
      if (key !== undefined) return this.#meaningIn(key);
      // Another key of the same list item: its dash tells how far the item is indented.
      if (!own.isItem) return undefined;
      within = own;
    }
    return undefined;
  }

  #meaningIn(key: string): NameMeaning | undefined {
    const meaning = this.#names.meaningOf(`${key} id`);
    // Of "owners" it is surely no record; of "stuff" it may be one.
    const isSure =
      meaning.kind === 'recordId' || this.#names.meaningOf(key).kind === 'other' || meaningOfIdIn(key).kind === 'other';
    return isSure ? meaning : undefined;
  }
}

function indentIn(line: string): Indent {
  const [own, dash] = /^[ \t]*(- +)?/.exec(line)!;
  return { blank: own.length - (dash?.length ?? 0), key: own.length, isItem: dash !== undefined };
}

function isSameBlock(line: Indent, within: Indent): boolean {
  return (line.blank === within.blank && line.isItem === within.isItem) || (line.blank < within.blank && line.isItem);
}

/** True of a line further left, and of a key just above the first item of its list. */
function holds(line: Indent, within: Indent): boolean {
  return line.blank < within.blank || (line.blank === within.blank && within.isItem && !line.isItem);
}

/** A list item may stand as far left as the key of its list, which is another block than the key's own. */
function depthOf({ blank, isItem }: Indent): number {
  return blank * 2 + Number(isItem);
}
