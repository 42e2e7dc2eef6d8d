/**
 * Delimited text (CSV, TSV ...) with the place of every cell. Libraries for CSV give values, and at most the place of a row;
 * a cell's own place is lost as soon as quotes are taken off, so the places are found here.
 */

import { finished, type Left, lengthOfStep, type Steps } from '../../domain/steps.ts';
import { lineBreaks } from '../characters/characters.ts';
import { RowCells } from './rowCells.ts';

/**
 * Takes a cell: its column, where its content starts and ends (quotes left out, doubled quotes left in), its line. What is left of
 * that is done before the next cell is given.
 */
export type CellSink = (column: number, start: number, end: number, line: number) => Left;

/** A quoted cell longer than this is one whose closing quote is missing: the quote is taken as a character like others. */
const longestQuoted = 1_000_000;

export class DelimitedScanner {
  /** The line at which the next row starts. */
  line = 0;
  /** Rows read so far, blank lines left out. */
  rows = 0;
  readonly #delimiter: number;
  readonly #separator: string;
  /** Up to here (counted from the start of the whole text) quotes open nothing. */
  #literalUntil = 0;
  /** The cells of the row at hand. */
  readonly #cells = new RowCells();
  readonly #strays: number[] = [];
  /** How many cells of the row at hand were given before: of a very long row some come at a time. */
  #given = 0;
  #isRowOpen = false;
  /** How far the cell at hand was looked at, where it goes on behind a step; else -1. */
  #openCell = -1;
  /** How far the row at hand was looked at, where it goes on behind a step though nobody knows whether it ends; else -1. */
  #openRow = -1;
  #text = '';
  #base = 0;
  #final = true;

  /** `delimiter` is a character code; 0 where each line is one cell. */
  constructor(delimiter: number) {
    this.#delimiter = delimiter;
    this.#separator = String.fromCharCode(delimiter);
  }

  /**
   * Gives the cells of every complete row of `text` from `from` on, row by row, and returns where the first row starts that
   * is not complete. With `final`, the end of the text completes the last row. `base` is the place of `text` in the whole.
   * `wanted` limits the cells to one column; `mostRows` ends early.
   */
  scan(text: string, from: number, final: boolean, sink: CellSink, options: ScanOptions = {}): number {
    return finished(this.scanning(text, from, final, sink, options));
  }

  /** The same, in steps. */
  *scanning(text: string, from: number, final: boolean, sink: CellSink, options: ScanOptions = {}): Steps<number> {
    const { base = 0, wanted = -1, mostRows = Number.POSITIVE_INFINITY, onRow } = options;
    this.#text = text;
    this.#base = base;
    this.#final = final;
    const marks = wanted >= 0 ? new NextMarks(text) : undefined;
    let rowStart = from;
    let next = from + lengthOfStep;
    for (const last = this.rows + mostRows; rowStart < text.length && this.rows < last; ) {
      if (rowStart > next) {
        yield;
        next = rowStart + lengthOfStep;
      }
      // Blank lines may be millions.
      if (text.charCodeAt(rowStart) === 10) {
        this.line++;
        rowStart++;
        continue;
      }
      const { line, rows } = this;
      const simpleEnd = marks && !this.#isRowOpen ? marks.simpleRowEnd(rowStart) : -1;
      let end = simpleEnd >= 0 ? simpleEnd + 1 : this.#readRow(rowStart);
      for (; this.#openCell >= 0 || this.#openRow >= 0; end = this.#readRow(rowStart)) yield;
      if (end < 0) {
        this.line = line;
        return rowStart;
      }
      const left = simpleEnd >= 0 ? this.#oneCell(rowStart, simpleEnd, wanted, sink) : this.#giveRow(sink, options);
      if (left) yield* left;
      const leftOfRow = this.rows > rows ? onRow?.() : undefined;
      if (leftOfRow) yield* leftOfRow;
      rowStart = end;
    }
    return rowStart;
  }

  /** Gives the wanted cell of a row without quotes, looking at no other. */
  #oneCell(rowStart: number, rowEnd: number, wanted: number, sink: CellSink): Left {
    const text = this.#text;
    const stop = rowEnd > rowStart && text.charCodeAt(rowEnd - 1) === 13 ? rowEnd - 1 : rowEnd;
    const isBlank = stop === rowStart;
    const start = isBlank ? -1 : this.#cellStart(rowStart, stop, wanted);
    let left: Left;
    if (start >= 0) {
      let cellEnd = start;
      while (cellEnd < stop && text.charCodeAt(cellEnd) !== this.#delimiter) cellEnd++;
      left = sink(wanted, start, cellEnd, this.line);
    }
    this.rows += Number(!isBlank);
    this.line++;
    return left;
  }

  /** Where the cell of this column starts in a row without quotes; -1 where the row has not as many. */
  #cellStart(rowStart: number, rowEnd: number, wanted: number): number {
    let start = rowStart;
    for (let column = 0; column < wanted; column++) {
      const next = this.#delimiter === 0 ? -1 : this.#text.indexOf(this.#separator, start);
      if (next < 0 || next >= rowEnd) return -1;
      start = next + 1;
    }
    return start;
  }

  /**
   * Takes in the cells of the row that starts here; -1 if the text ends before it does. A blank line has none. Of a row that is
   * long and known to end the cells come in parts, and the next part starts where this one ends.
   */
  #readRow(rowStart: number): number {
    const text = this.#text;
    const end = text.length;
    const from = Math.max(rowStart, this.#openCell, this.#openRow);
    let at = this.#startOfRest(rowStart);
    this.#isRowOpen = false;
    while (at >= 0 && at < end && this.#openCell < 0 && text.charCodeAt(at) === this.#delimiter) {
      if (at > (this.#final ? rowStart : from) + lengthOfStep) {
        if (this.#final) this.#isRowOpen = true;
        else this.#openRow = at;
        return at;
      }
      at = this.#readCell(at + 1);
    }
    if (this.#openCell >= 0) return at;
    const isCut = at >= end || (at + 1 >= end && text.charCodeAt(at) === 13);
    if (at < 0 || (isCut && !this.#final)) return -1;
    if (at === rowStart) this.#cells.clear();
    if (at >= end) return at;
    this.line++;
    return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  }

  /** Goes on with the row at hand, or begins it, and returns where the first delimiter or line break behind that stands. */
  #startOfRest(rowStart: number): number {
    const openRow = this.#openRow;
    this.#openRow = -1;
    if (openRow >= 0) return openRow;
    if (this.#openCell >= 0) return this.#endCell(this.#openCell);
    this.#cells.clear();
    this.#strays.length = 0;
    return this.#isRowOpen ? rowStart : this.#readCell(rowStart);
  }

  /** Takes in the cell that starts here and returns where the delimiter or line break behind it stands. */
  #readCell(from: number): number {
    const text = this.#text;
    const cell = this.#cells.length;
    let at = from;
    this.#cells.push(from, this.line);
    const open = text.charCodeAt(from) === 32 ? afterBlanks(text, from) : from;
    if (text.charCodeAt(open) === 34 && this.#base + from >= this.#literalUntil) {
      const close = this.#closingQuote(open);
      if (close === undefined) return -1;
      if (close >= 0) {
        this.#cells.setStart(cell, open + 1);
        this.#cells.setEnd(cell, close);
        this.line += lineBreaks(text, open + 1, close);
        at = close + 1;
      }
    }
    return this.#endCell(at);
  }

  /** Looks on from here for what ends the cell that was taken in last. */
  #endCell(from: number): number {
    const text = this.#text;
    const cell = this.#cells.length - 1;
    const stop = Math.min(text.length, from + lengthOfStep);
    let at = from;
    for (; at < stop; at++) {
      const code = text.charCodeAt(at);
      if (code === this.#delimiter || code === 10 || code === 13) break;
    }
    this.#openCell = at === stop && stop < text.length ? at : -1;
    if (this.#openCell >= 0) return at;
    const end = this.#cells.end(cell);
    if (end < 0) this.#cells.setEnd(cell, at);
    else if (at > end + 1) this.#strays.push(end + 1, at, this.line);
    return at;
  }

  /** Gives the cells that were taken in, from this one on. */
  #giveRow(sink: CellSink, options: ScanOptions, from = 0): Left {
    const { wanted = -1 } = options;
    if (this.#cells.length === 0) return undefined;
    const given = this.#given;
    const cells = this.#cells;
    const last = wanted < 0 ? cells.length : Math.min(cells.length, wanted + 1 - given);
    const first = Math.max(from, wanted - given);
    // A row of a file may have ten million cells.
    const end = Math.min(last, first + cellsOfStep);
    for (let cell = first; cell < end; cell++) {
      const left = sink(given + cell, cells.start(cell), cells.end(cell), cells.line(cell));
      if (left) return this.#givingRest(left, sink, options, cell + 1);
    }
    return end < last ? this.#givingRest(aStep(), sink, options, end) : this.#endRow(options);
  }

  *#givingRest(left: Steps<void>, sink: CellSink, options: ScanOptions, from: number): Steps<void> {
    yield* left;
    const rest = this.#giveRow(sink, options, from);
    if (rest) yield* rest;
  }

  /** Gives what stands between the cells. */
  #endRow({ onStray }: ScanOptions, from = 0): Left {
    for (let at = from; onStray && at < this.#strays.length; at += 3) {
      const left = onStray(this.#strays[at]!, this.#strays[at + 1]!, this.#strays[at + 2]!);
      if (left) return this.#endingRow(left, onStray, at + 3);
    }
    this.#given = this.#isRowOpen ? this.#given + this.#cells.length : 0;
    this.rows += Number(!this.#isRowOpen);
    return undefined;
  }

  *#endingRow(left: Steps<void>, onStray: ScanOptions['onStray'], from: number): Steps<void> {
    yield* left;
    const rest = this.#endRow({ onStray }, from);
    if (rest) yield* rest;
  }

  /** Where the quote opened at `open` is closed; -1 if it is to be taken literally; undefined if the text ends too early to tell. */
  #closingQuote(open: number): number | undefined {
    const text = this.#text;
    const limit = open + longestQuoted;
    for (let at = text.indexOf('"', open + 1); at >= 0 && at <= limit; at = text.indexOf('"', at + 1)) {
      if (text.charCodeAt(at + 1) === 34) {
        at++;
        continue;
      }
      const next = afterBlanks(text, at + 1);
      if (next >= text.length) return this.#final ? at : undefined;
      const code = text.charCodeAt(next);
      if (code === this.#delimiter || code === 10 || code === 13) return at;
    }
    if (!this.#final && text.length <= limit) return undefined;
    this.#literalUntil = this.#base + Math.min(limit, text.length);
    return -1;
  }
}

/** Where the next characters are that decide how a row is read, each looked for once. */
class NextMarks {
  readonly #text: string;
  #newline = -1;
  #quote = -1;
  #return = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** The line feed that ends the row, if the row has no quotes and no other line breaks; else -1. */
  simpleRowEnd(from: number): number {
    this.#newline = this.#next('\n', this.#newline, from);
    if (this.#newline === Number.POSITIVE_INFINITY) return -1;
    this.#quote = this.#next('"', this.#quote, from);
    if (this.#quote < this.#newline) return -1;
    this.#return = this.#next('\r', this.#return, from);
    return this.#return < this.#newline - 1 ? -1 : this.#newline;
  }

  #next(mark: string, known: number, from: number): number {
    if (known >= from) return known;
    const at = this.#text.indexOf(mark, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }
}

export interface ScanOptions {
  readonly base?: number;
  readonly wanted?: number;
  readonly mostRows?: number;
  /** What is left of that is done before the next row is given. */
  readonly onRow?: () => Left;
  /** Takes what stands behind a closing quote where a delimiter should. */
  readonly onStray?: ((start: number, end: number, line: number) => Left) | undefined;
}

/** Where the blanks beside a quote end, or something that is too long to be them. */
function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32 && at - from < mostBlanks) at++;
  return at;
}

function* aStep(): Steps<void> {
  yield;
}

/** A few milliseconds. */
const cellsOfStep = 65_536;
/** A cell may be megabytes of blanks. */
const mostBlanks = 10_000;
