/**
 * Delimited text (CSV, TSV ...) with the place of every cell. Libraries for CSV give values, and at most the place of a row;
 * a cell's own place is lost as soon as quotes are taken off, so the places are found here.
 */

import { lineBreaks } from '../characters/lines.ts';

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
  /** Up to here (counted from the start of the whole text) quotes open nothing. */
  #literalUntil = 0;
  readonly #columns: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #lines: number[] = [];

  /** `delimiter` is a character code; 0 where each line is one cell. */
  constructor(delimiter: number) {
    this.#delimiter = delimiter;
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
    { base = 0, wanted = -1, mostRows = Number.POSITIVE_INFINITY, onRow = () => {} }: ScanOptions = {},
  ): number {
    const end = text.length;
    const delimiter = this.#delimiter;
    let rowStart = from;
    let rows = 0;
    const marks = new NextMarks(text);
    const separator = String.fromCharCode(delimiter);
    while (rowStart < end && rows < mostRows) {
      if (wanted >= 0) {
        const rowEnd = marks.simpleRowEnd(rowStart);
        if (rowEnd >= 0) {
          const stop = rowEnd > rowStart && text.charCodeAt(rowEnd - 1) === 13 ? rowEnd - 1 : rowEnd;
          if (stop > rowStart) {
            let start = rowStart;
            for (let column = 0; column < wanted && start >= 0; column++) {
              const next = delimiter === 0 ? -1 : text.indexOf(separator, start);
              start = next < 0 || next >= stop ? -1 : next + 1;
            }
            if (start >= 0) {
              let cellEnd = start;
              while (cellEnd < stop && text.charCodeAt(cellEnd) !== delimiter) cellEnd++;
              sink(wanted, start, cellEnd, this.line);
            }
            this.rows++;
            rows++;
            onRow();
          }
          this.line++;
          rowStart = rowEnd + 1;
          continue;
        }
      }
      let line = this.line;
      let at = rowStart;
      let cells = 0;
      for (let column = 0; ; column++) {
        let start = at;
        let cellEnd = -1;
        const cellLine = line;
        let code = text.charCodeAt(at);
        if (code === 32) code = text.charCodeAt(afterBlanks(text, at));
        if (code === 34 && base + at >= this.#literalUntil) {
          const open = afterBlanks(text, at);
          const close = this.#closingQuote(text, open, final, base);
          if (close === undefined) return rowStart;
          if (close >= 0) {
            start = open + 1;
            cellEnd = close;
            line += lineBreaks(text, start, close);
            at = close + 1;
          }
        }
        while (at < end) {
          code = text.charCodeAt(at);
          if (code === delimiter || code === 10 || code === 13) break;
          at++;
        }
        if (at >= end && !final) return rowStart;
        if (wanted < 0 || wanted === column) {
          this.#columns[cells] = column;
          this.#starts[cells] = start;
          this.#ends[cells] = cellEnd < 0 ? at : cellEnd;
          this.#lines[cells] = cellLine;
          cells++;
        }
        if (at >= end || code !== delimiter) break;
        at++;
      }
      const blank = at === rowStart;
      if (at < end) {
        if (text.charCodeAt(at) === 13) {
          if (at + 1 >= end && !final) return rowStart;
          if (text.charCodeAt(at + 1) === 10) at++;
        }
        at++;
        line++;
      }
      this.line = line;
      if (!blank) {
        for (let cell = 0; cell < cells; cell++) {
          sink(this.#columns[cell]!, this.#starts[cell]!, this.#ends[cell]!, this.#lines[cell]!);
        }
        this.rows++;
        rows++;
        onRow();
      }
      rowStart = at;
    }
    return rowStart;
  }

  /** Where the quote opened at `open` is closed; -1 if it is to be taken literally; undefined if the text ends too early to tell. */
  #closingQuote(text: string, open: number, final: boolean, base: number): number | undefined {
    const limit = open + longestQuoted;
    for (let at = text.indexOf('"', open + 1); at >= 0 && at <= limit; at = text.indexOf('"', at + 1)) {
      if (text.charCodeAt(at + 1) === 34) {
        at++;
        continue;
      }
      const next = afterBlanks(text, at + 1);
      if (next >= text.length) return final ? at : undefined;
      const code = text.charCodeAt(next);
      if (code === this.#delimiter || code === 10 || code === 13) return at;
    }
    if (!final && text.length <= limit) return undefined;
    this.#literalUntil = base + Math.min(limit, text.length);
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

/** The most likely dialect of a text, by its first rows. */
export function dialectOf(text: string): Dialect {
  const said = /^\ufeff?(?:sep=(.)\r?\n)?/.exec(text)!;
  const start = said[0].length;
  const startLine = said[1] ? 1 : 0;
  const allowed = said[1] ? [said[1].charCodeAt(0)] : delimiters;
  let measured = allowed.map((delimiter) => measure(text.slice(0, start + sampleLength), delimiter, start, startLine));
  // Where the first rows are longer than that, look at more.
  if (text.length > start + sampleLength && measured.every(({ rows }) => rows < 2)) {
    measured = allowed.map((delimiter) =>
      measure(text.slice(0, start + 64 * sampleLength), delimiter, start, startLine, 2),
    );
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
