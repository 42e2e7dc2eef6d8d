/** Where the list starts that an item belongs to, so that the line above it can be asked what the items are. */
import { lineStartBefore } from '../characters/characters.ts';

/** Items further down than this are asked by the ones above them. */
const mostItems = 30;
const itemLine = /^[ \t]*[-*•][ \t]/;

export class ListHeads {
  readonly #text: string;
  /** The item that was asked for last, and where its list starts. */
  #last = { item: -1, head: -1 };

  constructor(text: string) {
    this.#text = text;
  }

  /** The start of the first item of the list with the item that starts at `lineStart`; items are asked for in order. */
  of(lineStart: number, floor: number): number | undefined {
    const text = this.#text;
    let head = lineStart;
    for (let items = 0; items < mostItems && head > floor; items++) {
      if (head === this.#last.item) {
        head = this.#last.head;
        break;
      }
      const above = lineStartBefore(text, head - 1, Math.max(floor, head - 401));
      if (head - above > 400 || !itemLine.test(text.slice(above, above + 20))) break;
      head = above;
    }
    this.#last = { item: lineStart, head };
    return head > floor ? head : undefined;
  }
}
