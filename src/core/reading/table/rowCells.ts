/** Where the cells of a row stand, as a delimited text is scanned. */

/** A power of two: cells of a page. */
const pageBits = 10;
const inPage = (1 << pageBits) - 1;
/** Numbers kept of a cell. */
const kept = 3;

/**
 * Offsets and lines of the cells of one row, in pages: a row of a file may have ten million cells, and one array of so many
 * stops everything whenever it makes room.
 */
export class RowCells {
  readonly #pages: Int32Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The pages stay for the next row. */
  clear(): void {
    this.#length = 0;
  }

  /** Adds a cell whose end is not known yet: -1. */
  push(start: number, line: number): void {
    const number = this.#length >>> pageBits;
    this.#pages[number] ??= new Int32Array(kept << pageBits);
    const page = this.#pages[number];
    const at = (this.#length++ & inPage) * kept;
    page[at] = start;
    page[at + 1] = -1;
    page[at + 2] = line;
  }

  start(cell: number): number {
    return this.#pages[cell >>> pageBits]![(cell & inPage) * kept]!;
  }

  end(cell: number): number {
    return this.#pages[cell >>> pageBits]![(cell & inPage) * kept + 1]!;
  }

  line(cell: number): number {
    return this.#pages[cell >>> pageBits]![(cell & inPage) * kept + 2]!;
  }

  setStart(cell: number, start: number): void {
    this.#pages[cell >>> pageBits]![(cell & inPage) * kept] = start;
  }

  setEnd(cell: number, end: number): void {
    this.#pages[cell >>> pageBits]![(cell & inPage) * kept + 1] = end;
  }
}
