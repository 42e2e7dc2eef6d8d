/** Whose the `id:` of an indented block is, as in YAML: the key that the block hangs on. */
import { meaningOf, meaningOfIdIn, type NameMeaning } from '../names/fieldNames.ts';

/** How far up a key is looked for, in code units. */
const farthest = 2_000;
/** A line that is an `id` and its number: `  - id: "5"`. */
const idLine = /^([ \t]*)(- +)?["']?ids?["']?:[ \t]+["']?$/i;
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
    const [, blank, dash] = idLine.exec(this.#text.slice(lineStart, start)) ?? [];
    if (blank === undefined) return undefined;
    const meaning = this.#above(lineStart, blank.length, dash !== undefined, floor);
    this.#asked[depthOf(blank.length, dash !== undefined)] = { line: lineStart, meaning };
    return meaning;
  }

  #above(lineStart: number, indent: number, isItem: boolean, floor: number): NameMeaning | undefined {
    const text = this.#text;
    const least = Math.max(floor, lineStart - farthest);
    let within = indent;
    let item = isItem;
    for (let end = lineStart - 1; end > least; ) {
      let start = end;
      while (start > least && text.charCodeAt(start - 1) !== 10) start--;
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
