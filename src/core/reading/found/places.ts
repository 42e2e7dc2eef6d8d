import { finished, inOrder, placesOfStep, type Steps } from '../../domain/steps.ts';

/** So many places a page has, as a power of two: to begin one takes no time that anybody notices. */
const pageBits = 16;
const pageLength = 1 << pageBits;
const inPage = pageLength - 1;
/** Most texts hold few places. */
const shortestPage = 16;

/** The columns of some of the places. */
class Page {
  readonly offsets: Uint32Array;
  readonly lengths: Uint32Array;
  readonly lines: Uint32Array;
  readonly codes: Uint16Array;

  constructor(length: number) {
    this.offsets = new Uint32Array(length);
    this.lengths = new Uint32Array(length);
    this.lines = new Uint32Array(length);
    this.codes = new Uint16Array(length);
  }

  get length(): number {
    return this.offsets.length;
  }

  /** The same with room for more. */
  lengthened(length: number): Page {
    const longer = new Page(length);
    longer.offsets.set(this.offsets);
    longer.lengths.set(this.lengths);
    longer.lines.set(this.lines);
    longer.codes.set(this.codes);
    return longer;
  }
}

/**
 * Places in a text as columns, so that a million of them stay small and are quick to take in: where each starts (in UTF-16
 * code units), how long it is, its line (from 0) and one small number whose meaning belongs to the owner. The columns are in
 * pages, as a single large one stops everything whenever it makes room.
 */
export class Places {
  length = 0;
  #pages: Page[] = [new Page(shortestPage)];
  /** So many have room. */
  #room = shortestPage;
  #lastOffset = 0;
  #isSorted = true;

  push(offset: number, length: number, line: number, code: number): void {
    const index = this.length;
    if (index === this.#room) this.#makeRoom();
    if (offset < this.#lastOffset) this.#isSorted = false;
    this.#lastOffset = offset;
    const page = this.#pages[index >>> pageBits]!;
    const at = index & inPage;
    page.offsets[at] = offset;
    page.lengths[at] = length;
    page.lines[at] = line;
    page.codes[at] = code;
    this.length = index + 1;
  }

  offset(index: number): number {
    return this.#pages[index >>> pageBits]!.offsets[index & inPage]!;
  }
  /** How many code units the place covers. */
  size(index: number): number {
    return this.#pages[index >>> pageBits]!.lengths[index & inPage]!;
  }
  line(index: number): number {
    return this.#pages[index >>> pageBits]!.lines[index & inPage]!;
  }
  code(index: number): number {
    return this.#pages[index >>> pageBits]!.codes[index & inPage]!;
  }
  setCode(index: number, code: number): void {
    this.#pages[index >>> pageBits]!.codes[index & inPage] = code;
  }

  /** Gives each place the code that stands at its code's place in this list. */
  *recoding(codes: readonly number[]): Steps<void> {
    for (let index = 0; index < this.length; index++) {
      if (index % placesOfStep === placesOfStep - 1) yield;
      this.setCode(index, codes[this.code(index)]!);
    }
  }

  /** The places as they are, which this object holds no more. */
  taken(): Places {
    const taken = new Places();
    taken.length = this.length;
    taken.#adopt(this);
    this.length = 0;
    this.#adopt(new Places());
    return taken;
  }

  #adopt(other: Places): void {
    this.#pages = other.#pages;
    this.#room = other.#room;
    this.#lastOffset = other.#lastOffset;
    this.#isSorted = other.#isSorted;
  }

  /** Adds all places of another text that starts at this offset and line of the whole. */
  *appending(
    other: Places,
    offset: number,
    line: number,
    codeOf: (code: number) => number = (code) => code,
  ): Steps<void> {
    for (let index = 0; index < other.length; index++) {
      if (index % placesOfStep === placesOfStep - 1) yield;
      this.push(other.offset(index) + offset, other.size(index), other.line(index) + line, codeOf(other.code(index)));
    }
  }

  /** Brings the places into the order of the text. Does nothing when they are. */
  sort(): void {
    finished(this.sorting());
  }

  /** The same, in steps. */
  *sorting(): Steps<void> {
    if (this.#isSorted) return;
    const all = new Uint32Array(this.length);
    for (let index = 0; index < all.length; index++) all[index] = index;
    const order = yield* inOrder(all, (one, other) => this.offset(one) - this.offset(other), placesOfStep, undefined);
    const sorted = new Places();
    for (let at = 0; at < order.length; at++) {
      if (at % placesOfStep === placesOfStep - 1) yield;
      const index = order[at]!;
      sorted.push(this.offset(index), this.size(index), this.line(index), this.code(index));
    }
    this.#adopt(sorted);
  }

  #makeRoom(): void {
    const last = this.#pages.at(-1)!;
    if (last.length < pageLength) this.#pages[this.#pages.length - 1] = last.lengthened(last.length * 4);
    else this.#pages.push(new Page(pageLength));
    this.#room = (this.#pages.length - 1) * pageLength + this.#pages.at(-1)!.length;
  }
}
