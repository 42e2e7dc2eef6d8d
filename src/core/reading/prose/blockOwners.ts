/** Whose the `id:` of an indented block is, as in YAML: the key that the block hangs on. */
import { meaningOf, meaningOfIdIn, type NameMeaning } from '../names/fieldNames.ts';
import { ObjectFacts, pairsIn } from '../names/objectFacts.ts';

/** How far up a key is looked for, in code units. */
const farthest = 2_000;
/** How many lines of a block above and below a number are looked at. */
const mostLines = 6;
/** A line that is a key and its number: `  - id: "5"`. */
const keyLine = /^([ \t]*)(- +)?["']?[\w-]{1,60}["']?:[ \t]+["']?$/;
/** A key that opens a block: `contacts:`, `- contact:`. */
const opensBlock = /^(- +)?["']?([\p{L}][\p{L}\p{N}_ -]{0,60}?)["']?:$/u;

export class BlockOwners {
  readonly #text: string;
  /** The line that was asked for last and what was found, by `depthOf`: nothing above it is looked at again. */
  readonly #asked: { line: number; meaning: NameMeaning | undefined }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * What the id is that stands at `start` in the line that starts at `lineStart`; undefined when no block tells it. Nothing
   * before `floor` is looked at.
   */
  meaningAt(lineStart: number, start: number, floor: number): NameMeaning | undefined {
    if (start - lineStart > 100) return undefined;
    const [, blank, dash] = keyLine.exec(this.#text.slice(lineStart, start)) ?? [];
    if (blank === undefined) return undefined;
    const meaning = this.#above(lineStart, blank.length, dash !== undefined, floor);
    this.#asked[depthOf(blank.length, dash !== undefined)] = { line: lineStart, meaning };
    return meaning;
  }

  /** What the other lines of the same block say, where the number stands behind a key: `- name: amount` above `value: 5`. */
  factsAt(lineStart: number, start: number, floor: number, last: number): ObjectFacts | undefined {
    if (start - lineStart > 100) return undefined;
    const text = this.#text;
    const [, blank, dash = ''] = keyLine.exec(text.slice(lineStart, start)) ?? [];
    if (blank === undefined) return undefined;
    const indent = blank.length + dash.length;
    let from = lineStart;
    for (let lines = 0, isFirst = dash !== ''; lines < mostLines && from > floor && !isFirst; lines++) {
      const above = Math.max(floor, text.lastIndexOf('\n', from - 2) + 1);
      const line = text.slice(above, Math.min(from, above + 200));
      const own = /^[ \t]*(?:- +)?/.exec(line)![0];
      if (own.length < indent || line.trim() === '') break;
      from = above;
      isFirst = own.length === indent && own.includes('-');
    }
    let end = lineStart;
    for (let lines = 0; lines < mostLines && end < last; lines++) {
      const next = text.indexOf('\n', end);
      end = next < 0 || next > last ? last : next + 1;
      const own = /^[ \t]*(?:- +)?/.exec(text.slice(end, Math.min(last, end + 100)))![0];
      if (own.length < indent || own.includes('-')) break;
    }
    const facts = new ObjectFacts();
    for (const line of text.slice(from, Math.min(end, from + 3_000)).split('\n')) {
      if (/^[ \t]*(?:- +)?/.exec(line)![0].length !== indent) continue;
      for (const [key, value] of pairsIn(line)) facts.learn(key, value);
    }
    return facts;
  }

  #above(lineStart: number, indent: number, isItem: boolean, floor: number): NameMeaning | undefined {
    const text = this.#text;
    const least = Math.max(floor, lineStart - farthest);
    let within = indent;
    let item = isItem;
    for (let end = lineStart - 1; end > least; ) {
      const start = lineStartBefore(text, end, least);
      if (start === least && start !== floor) return undefined;
      const line = text.slice(start, end);
      end = start - 1;
      const own = line.search(/\S/);
      if (own < 0 || line.charAt(own) === '#') continue;
      const isDash = line.startsWith('- ', own);
      // An id of the same block, or the first of the same item, has been asked for already.
      const known = this.#asked[depthOf(own, isDash)];
      const isSame = (own === within && isDash === item) || (own < within && isDash);
      if (known?.line === start && isSame) return known.meaning;
      if (own > within || (own === within && !(item && !isDash))) continue;
      const [, , key] = opensBlock.exec(line.slice(own).trimEnd()) ?? [];
      if (key !== undefined) return meaningIn(key);
      // Another key of the same list item: its dash tells how far the item is indented.
      if (!isDash) return undefined;
      within = own;
      item = true;
    }
    return undefined;
  }
}

function lineStartBefore(text: string, end: number, least: number): number {
  let start = end;
  while (start > least && text.charCodeAt(start - 1) !== 10) start--;
  return start;
}

/** A list item may stand as far left as the key of its list, which is another block than the key's own. */
function depthOf(indent: number, isItem: boolean): number {
  return indent * 2 + Number(isItem);
}

function meaningIn(key: string): NameMeaning | undefined {
  const meaning = meaningOf(`${key} id`);
  // Of "owners" it is surely no record; of "stuff" it may be one.
  const isSure = meaning.kind === 'recordId' || meaningOf(key).kind === 'other' || meaningOfIdIn(key).kind === 'other';
  return isSure ? meaning : undefined;
}
