/** What the numbers of a text say of each other, once each of them is judged by what stands around it. */
import type { Steps } from '../../domain/steps.ts';
import { leastLong } from '../shapes/wholeNumbers.ts';
import type { Places } from './places.ts';
import type { Reading } from './reading.ts';
import type { UnsureReason } from './reasons.ts';

/** Shorter numbers may be the same by chance. */
const leastRepeated = 9;
/** In larger texts it is not looked for. */
const mostIds = 50_000;
/** What others may make surer. */
const open: ReadonlySet<UnsureReason> = new Set(['loneNumber', 'keyUnclear']);

/**
 * The same long digits are the same record: the type that an address or key tells where they stand once holds wherever they
 * stand, and where they were unsure, they are as sure. A number that is all of a list's item is a record as the item above is.
 */
export function* agreeing(reading: Reading, text: string): Steps<void> {
  const { idPlaces: ids, unsurePlaces: unsure } = reading;
  if (ids.length === 0 || ids.length > mostIds || !hasOpen(reading)) return;
  const codes = codesOfTyped(reading, text);
  const codeAt = (places: Places, index: number) => codes.get(digitsAt(places, index, text)) ?? 0;
  for (let index = 0; index < ids.length; index++) if (ids.code(index) === 0) ids.setCode(index, codeAt(ids, index));
  yield* ids.sorting();
  yield* unsure.sorting();
  const items = new ListItems(ids, text);
  for (let index = 0; index < ids.length; index++)
    if (ids.code(index) === 0) {
      ids.setCode(index, items.codeAbove(ids, index));
      items.add(ids, index, ids.code(index));
    }
  yield* reading.raisingUnsure((reason, index, places) => {
    if (!open.has(reason)) return undefined;
    const code = codeAt(places, index) || items.codeAbove(places, index);
    if (code > 0) items.add(places, index, code);
    return code > 0 ? code : undefined;
  });
}

function hasOpen({ idPlaces, unsurePlaces }: Reading): boolean {
  let isOpen = unsurePlaces.length > 0;
  for (let index = 0; index < idPlaces.length && !isOpen; index++) isOpen = idPlaces.code(index) === 0;
  return isOpen;
}

/** The evidence of the typed ids that are long enough to be no chance, by their digits; none where two types are said. */
function codesOfTyped(reading: Reading, text: string): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  const { idPlaces: ids } = reading;
  for (let index = 0; index < ids.length; index++) {
    const code = ids.code(index);
    if (code === 0 || ids.size(index) < leastRepeated) continue;
    const digits = digitsAt(ids, index, text);
    const known = codes.get(digits);
    const isSame = known === undefined || reading.typeOf(known) === reading.typeOf(code);
    codes.set(digits, isSame ? (known ?? code) : 0);
  }
  return codes;
}

function digitsAt(places: Places, index: number, text: string): string {
  return text.slice(places.offset(index), places.offset(index) + places.size(index));
}

/** An item's bullet or number, the words before its first number, and a quote or a box to tick. */
const itemStart = /^([ \t]*)([-*•]|\d{1,4}[.)])[ \t]+([^\d\n]*)$/;
const nothing = /^(?:\[[ xX]\][ \t]+)?["'`]?$/;
const longestStart = 120;

/** The first record of each item of the lists in a text. */
class ListItems {
  readonly #text: string;
  readonly #ids: Places;
  /** By line. */
  #first: Map<number, { offset: number; size: number; code: number }> | undefined;

  constructor(ids: Places, text: string) {
    this.#ids = ids;
    this.#text = text;
  }

  /** The evidence of the item above, for a number that is all of its item and as long as the one above. */
  codeAbove(places: Places, index: number): number {
    const size = places.size(index);
    const own = size < leastLong ? undefined : this.#startOf(places.offset(index));
    if (own === undefined || !nothing.test(own.words)) return 0;
    const above = this.#firstOf(places.line(index) - 1);
    const start = above?.size === size ? this.#startOf(above.offset) : undefined;
    return start && start.indent === own.indent && start.bullet === own.bullet ? above!.code : 0;
  }

  /** Takes in a number that turned out to be a record. */
  add(places: Places, index: number, code: number): void {
    const line = places.line(index);
    const offset = places.offset(index);
    const known = this.#firstOf(line);
    if (!known || known.offset >= offset) this.#first!.set(line, { offset, size: places.size(index), code });
  }

  #firstOf(line: number): { offset: number; size: number; code: number } | undefined {
    if (!this.#first) {
      const ids = this.#ids;
      this.#first = new Map();
      for (let index = ids.length - 1; index >= 0; index--)
        this.#first.set(ids.line(index), { offset: ids.offset(index), size: ids.size(index), code: ids.code(index) });
    }
    return this.#first.get(line);
  }

  /** What stands between the start of the line and this place, where that is the start of an item. */
  #startOf(offset: number): { indent: string; bullet: string; words: string } | undefined {
    const before = this.#text.slice(Math.max(0, offset - longestStart), offset);
    const [, indent, bullet, words] = itemStart.exec(before.slice(before.lastIndexOf('\n') + 1)) ?? [];
    if (indent === undefined) return undefined;
    return { indent, bullet: bullet!.replace(/\d+/, '1'), words: words! };
  }
}
