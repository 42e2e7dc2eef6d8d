/**
 * Delimited text (CSV, TSV ...) with the place of every cell. Libraries for CSV give values, and at most the place of a row;
 * a cell's own place is lost as soon as quotes are taken off, so the places are found here.
 */

import { lineBreaks } from '../characters/characters.ts';
import type { Steps } from '../steps.ts';

/** Takes a cell: its column, where its content starts and ends (quotes left out, doubled quotes left in), its line. */
export type CellSink = (column: number, start: number, end: number, line: number) => void;

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
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #lines: number[] = [];
  readonly #strays: number[] = [];
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
  scan(
    text: string,
    from: number,
    final: boolean,
    sink: CellSink,
    { base = 0, wanted = -1, mostRows = Number.POSITIVE_INFINITY, onRow, onStray }: ScanOptions = {},
  ): number {
    this.#text = text;
    this.#base = base;
    this.#final = final;
    const marks = wanted >= 0 ? new NextMarks(text) : undefined;
    let rowStart = from;
    for (const last = this.rows + mostRows; rowStart < text.length && this.rows < last; ) {
      const simpleEnd = marks ? marks.simpleRowEnd(rowStart) : -1;
      if (simpleEnd >= 0) {
        if (this.#oneCell(rowStart, simpleEnd, wanted, sink)) onRow?.();
        rowStart = simpleEnd + 1;
        continue;
      }
      const { line } = this;
      const end = this.#readRow(rowStart);
      if (end < 0) {
        this.line = line;
        return rowStart;
      }
      if (this.#starts.length > 0) {
        this.#giveRow(sink, wanted, onStray);
        onRow?.();
      }
      rowStart = end;
    }
    return rowStart;
  }

  /** Gives the wanted cell of a row without quotes, looking at no other; false where the row is blank. */
  #oneCell(rowStart: number, rowEnd: number, wanted: number, sink: CellSink): boolean {
    const text = this.#text;
    const stop = rowEnd > rowStart && text.charCodeAt(rowEnd - 1) === 13 ? rowEnd - 1 : rowEnd;
    const isBlank = stop === rowStart;
    const start = isBlank ? -1 : this.#cellStart(rowStart, stop, wanted);
    if (start >= 0) {
      let cellEnd = start;
      while (cellEnd < stop && text.charCodeAt(cellEnd) !== this.#delimiter) cellEnd++;
      sink(wanted, start, cellEnd, this.line);
    }
    this.rows += Number(!isBlank);
    this.line++;
    return !isBlank;
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

  /** Takes in the cells of the row that starts here; -1 if the text ends before it does. A blank line has none. */
  #readRow(rowStart: number): number {
    const text = this.#text;
    const end = text.length;
    this.#starts.length = this.#ends.length = this.#lines.length = this.#strays.length = 0;
    let at = this.#readCell(rowStart);
    while (at >= 0 && at < end && text.charCodeAt(at) === this.#delimiter) at = this.#readCell(at + 1);
    const isCut = at >= end || (at + 1 >= end && text.charCodeAt(at) === 13);
    if (at < 0 || (isCut && !this.#final)) return -1;
    if (at === rowStart) this.#starts.length = 0;
    if (at >= end) return at;
    this.line++;
    return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  }

  /** Takes in the cell that starts here and returns where the delimiter or line break behind it stands. */
  #readCell(from: number): number {
    const text = this.#text;
    const cell = this.#starts.length;
    let at = from;
    this.#starts.push(from);
    this.#ends.push(-1);
    this.#lines.push(this.line);
    const open = text.charCodeAt(from) === 32 ? afterBlanks(text, from) : from;
    if (text.charCodeAt(open) === 34 && this.#base + from >= this.#literalUntil) {
      const close = this.#closingQuote(open);
      if (close === undefined) return -1;
      if (close >= 0) {
        this.#starts[cell] = open + 1;
        this.#ends[cell] = close;
        this.line += lineBreaks(text, open + 1, close);
        at = close + 1;
      }
    }
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === this.#delimiter || code === 10 || code === 13) break;
      at++;
    }
    if (this.#ends[cell]! < 0) this.#ends[cell] = at;
    else if (at > this.#ends[cell]! + 1) this.#strays.push(this.#ends[cell]! + 1, at, this.line);
    return at;
  }

  #giveRow(sink: CellSink, wanted: number, onStray: ScanOptions['onStray']): void {
    const last = wanted < 0 ? this.#starts.length : Math.min(this.#starts.length, wanted + 1);
    for (let column = Math.max(0, wanted); column < last; column++)
      sink(column, this.#starts[column]!, this.#ends[column]!, this.#lines[column]!);
    if (onStray) {
      for (let at = 0; at < this.#strays.length; at += 3)
        onStray(this.#strays[at]!, this.#strays[at + 1]!, this.#strays[at + 2]!);
    }
    this.rows++;
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
  readonly onRow?: () => void;
  /** Takes what stands behind a closing quote where a delimiter should. */
  readonly onStray?: (start: number, end: number, line: number) => void;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at++;
  return at;
}

const delimiters = [44, 59, 9, 124] as const;

/** How a delimited text is written. */
export interface Dialect {
  /** Character code; 0 where each line is one cell. */
  readonly delimiter: number;
  /** Where the header row starts: behind a spreadsheet's `sep=;` line if there is one. */
  readonly start: number;
  readonly startLine: number;
  readonly columns: number;
  /** The share of the sampled rows that have as many cells as the first. */
  readonly evenness: number;
  readonly rows: number;
}

/** The most likely dialect of a text, by its first rows: where these are long, that takes a while. */
export function* dialectOf(text: string): Steps<Dialect> {
  const said = /^\ufeff?(?:sep=(.)\r?\n)?/.exec(text)!;
  const start = said[0].length;
  const startLine = said[1] ? 1 : 0;
  const allowed = said[1] ? [said[1].charCodeAt(0)] : delimiters;
  let measured = allowed.map((delimiter) => measure(text.slice(0, start + sampleLength), delimiter, start, startLine));
  // Where the first rows are longer than that, look at more.
  if (text.length > start + sampleLength && measured.every(({ rows }) => rows < 2)) {
    measured = [];
    for (const delimiter of allowed) {
      yield;
      measured.push(measure(text.slice(0, start + 64 * sampleLength), delimiter, start, startLine, 2));
    }
    yield;
  }
  const best = measured
    .filter(({ columns }) => columns > 1)
    .sort(
      (a, b) =>
        Number(b.evenness >= 0.8) - Number(a.evenness >= 0.8) || b.columns * b.evenness - a.columns * a.evenness,
    )[0];
  return best ?? { ...measured[0]!, delimiter: 0, columns: 1, evenness: 1 };
}

const sampleLength = 65_536;

function measure(sample: string, delimiter: number, start: number, startLine: number, mostRows = 60): Dialect {
  const counts: number[] = [];
  let cells = 0;
  new DelimitedScanner(delimiter).scan(
    sample,
    start,
    sample.length < start + sampleLength || mostRows < 60,
    () => cells++,
    {
      mostRows,
      onRow: () => {
        counts.push(cells);
        cells = 0;
      },
    },
  );
  const columns = counts[0] ?? 0;
  const even = counts.filter((count) => count === columns).length;
  const evenness = counts.length ? even / counts.length : 0;
  return { delimiter, start, startLine, columns, evenness, rows: counts.length };
}
