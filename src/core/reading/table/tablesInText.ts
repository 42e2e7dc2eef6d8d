/** Tables inside other text: drawn with lines (Markdown, what SQL clients print), or delimited, under headers. */

import { finished, type Left, lengthOfStep, type Steps } from '../../domain/steps.ts';
import { hasDigit, lineAt, trimmedEnd, trimmedStart } from '../characters/characters.ts';
import { lineInSteps } from '../characters/longPieces.ts';
import { type Candidates, ranks } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import { isListLine } from '../list/listLines.ts';
import { meaningOf } from '../names/fieldNames.ts';
import type { FreeText } from '../prose/freeText.ts';
import { chooseColumns, type TableColumn } from './columnChoice.ts';
import { type CellSink, DelimitedScanner } from './delimitedScanner.ts';
import { describe as describeTable, holdsValues } from './table.ts';
import { TableReader } from './tableReader.ts';

interface Cell {
  readonly start: number;
  readonly end: number;
}

/** Tables further down than this are found only where another one stands before. */
const sampleLength = 65_536;

/** True when a line of the text's beginning draws a line under headers. */
export function hasRules(text: string): boolean {
  const last = Math.min(text.length, sampleLength);
  for (let at = 0; at < last; ) {
    const { end, next } = lineAt(text, at, last);
    if (isRule(text, at, end)) return true;
    at = next;
  }
  return false;
}

/** True when the text's beginning has a line under headers, or headers of ids with rows below. */
export function mayHaveTables(text: string): boolean {
  const last = Math.min(text.length, sampleLength);
  for (let at = 0; at < last; ) {
    const { end, next } = lineAt(text, at, last);
    if (isRule(text, at, end) || delimiterOf(text, at, end, next) > 0) return true;
    at = next;
  }
  return false;
}

/** Reads a text by the cells of its tables that have a column of ids; everything else goes to the free-text reader. */
export class TablesInText {
  readonly #text: string;
  readonly #freeText: FreeText;
  readonly #candidates: Candidates;
  readonly #reading: Reading;
  /** Up to here, and this line, the text has been read. */
  #readTo = 0;
  #readLine = 0;

  constructor(text: string, freeText: FreeText, candidates: Candidates, reading: Reading) {
    this.#text = text;
    this.#freeText = freeText;
    this.#candidates = candidates;
    this.#reading = reading;
  }

  /** Reads the whole text; true when it has such tables. */
  *read(): Steps<boolean> {
    const text = this.#text;
    let previous: Cell | undefined;
    let line = 0;
    let isFound = false;
    let step = lengthOfStep;
    for (let at = 0; at < text.length; ) {
      const { end, next } = yield* lineInSteps(text, at);
      const table = this.#tableAt(previous, { start: at, end }, next, line);
      if (table) {
        yield* this.#freeText.reading(this.#readTo, table.start, this.#readLine);
        const behind = yield* table.read();
        at = this.#readTo = behind.end;
        line = this.#readLine = behind.line;
        isFound = true;
        previous = undefined;
        continue;
      }
      if (line % linesOfStep === 0 || at > step) {
        yield;
        step = at + lengthOfStep;
      }
      const isEmpty = isRule(text, at, end) || text.slice(at, Math.min(end, at + 200)).trim() === '';
      previous = isEmpty ? undefined : { start: at, end };
      at = next;
      line++;
    }
    yield* this.#freeText.reading(this.#readTo, text.length, this.#readLine);
    return isFound;
  }

  /** The table that starts with this line, or with the one before it. */
  #tableAt(previous: Cell | undefined, { start, end }: Cell, next: number, line: number): FoundTable | undefined {
    const text = this.#text;
    if (previous && isRule(text, start, end)) return this.#drawn(previous, next, line);
    // Headers stand above everything else of their paragraph.
    const isFirst = !previous || text.charCodeAt(previous.end - 1) === 58;
    const delimiter = isFirst ? delimiterOf(text, start, end, next) : 0;
    return delimiter > 0 ? this.#delimited(delimiter, start, line) : undefined;
  }

  #drawn(head: Cell, next: number, line: number): FoundTable | undefined {
    const header = cellsOf(this.#text, head.start, head.end);
    const columns = describe(this.#text, header, next);
    if (!columns.some((column) => column.likely === 'recordIds')) return undefined;
    const from = { end: next, line: line + 1 };
    // The line of the headers is free text, too.
    return {
      start: head.end,
      read: () => this.#readDrawn(from, header.length, columns),
    };
  }

  *#readDrawn(from: Behind, width: number, columns: readonly TableColumn[]): Steps<Behind> {
    return yield* eachRow(this.#text, from, width, rowReader(this.#cells(columns)));
  }

  #delimited(delimiter: number, start: number, line: number): FoundTable | undefined {
    const dialect = { delimiter, start, startLine: line, columns: 2, evenness: 1, rows: 2 };
    const table = describeTable(
      this.#text.slice(0, finished(blockEnd(this.#text, start, start + sampleOfTable))),
      dialect,
    );
    if (!table.hasHeader || !table.columns.some((column) => column.likely === 'recordIds' && holdsValues(column)))
      return undefined;
    return { start, read: () => this.#readDelimited(delimiter, start, line, table.columns) };
  }

  *#readDelimited(delimiter: number, start: number, line: number, columns: readonly TableColumn[]): Steps<Behind> {
    const block = this.#text.slice(0, yield* blockEnd(this.#text, start, this.#text.length));
    const cells = this.#cells(columns);
    const scanner = new DelimitedScanner(delimiter);
    scanner.line = line;
    const onCell: CellSink = (...cell) => cells.cell(...cell);
    const onStray = (from: number, to: number, at: number) => this.#freeText.read(from, to, at);
    for (let at = start; at < block.length; yield)
      at = yield* scanner.scanning(block, at, true, onCell, { mostRows: linesOfStep, onStray });
    return { end: block.length, line: scanner.line };
  }

  #cells(columns: readonly TableColumn[]): TableReader {
    return new TableReader(this.#text, columns.map(ranked), this.#reading, this.#candidates);
  }
}

/** A table, where it starts and how it is read. */
interface FoundTable {
  readonly start: number;
  readonly read: () => Steps<Behind>;
}

/** A few milliseconds. */
const linesOfStep = 5_000;
/** Where a table ends. */
interface Behind {
  readonly end: number;
  readonly line: number;
}

/** The delimiter, if this line is the header of a delimited table: a few names, one of them of ids, over a row with as many cells. */
function delimiterOf(text: string, start: number, end: number, next: number): number {
  if (end - start < 6 || end - start > longestHeader || hasDigit(text, start, end)) return 0;
  const line = text.slice(start, end);
  if (!/id/i.test(line)) return 0;
  const delimiter = /[,;\t]/.exec(line)?.[0];
  if (delimiter === undefined) return 0;
  const cells = line.split(delimiter);
  if (!cells.every((cell) => headerCell.test(cell)) || !cells.some((cell) => isIdHeader(cell))) return 0;
  const row = text
    .slice(next, lineAt(text, next, Math.min(text.length, next + 2 * longestHeader)).end)
    .split(delimiter);
  return row.length >= cells.length ? delimiter.charCodeAt(0) : 0;
}

/** Where the lines end that follow each other without an empty one, at most so far. */
function* blockEnd(text: string, start: number, last: number): Steps<number> {
  const stop = Math.min(last, text.length);
  let next = start + lengthOfStep;
  for (let newline = text.indexOf('\n', start); newline >= 0 && newline < stop; ) {
    const at = trimmedStart(text, newline + 1, stop);
    const isEmpty = text.startsWith('\n', at) || text.startsWith('\r\n', at);
    if (isEmpty && at < stop) return text.charCodeAt(newline - 1) === 13 && newline > start ? newline - 1 : newline;
    newline = text.indexOf('\n', at);
    if (newline < next) continue;
    yield;
    next = newline + lengthOfStep;
  }
  return stop;
}

/** So much of a table inside other text tells what its columns are. */
const sampleOfTable = 2_000;
const longestHeader = 300;
const headerCell = /^\s*"?\p{L}[\p{L}\p{M}_. -]{0,40}"?\s*$/u;

function isIdHeader(cell: string): boolean {
  const { kind } = meaningOf(cell.replaceAll('"', '').trim());
  return kind === 'recordId' || kind === 'id';
}

type TakeRow = (cells: readonly Cell[], line: number) => Left;

/** Gives the rows of a table whose first starts at `from`, at most so many, and returns where it ends. */
function* eachRow(
  text: string,
  from: Behind,
  columns: number,
  take: TakeRow,
  most = Number.POSITIVE_INFINITY,
): Steps<Behind> {
  let at = from.end;
  let { line } = from;
  let stop = at + lengthOfStep;
  for (let rows = 0; at < text.length && rows < most; line++) {
    const { end, next } = lineAt(text, at, Math.min(text.length, at + longestRow));
    // What goes on behind that is no row.
    if (next === end && end < text.length) break;
    if (!isRule(text, at, end)) {
      const cells = rowAt(text, at, end, columns);
      if (!cells) break;
      const left = take(cells, line);
      if (left) yield* left;
      rows++;
    }
    at = next;
    if (at < stop) continue;
    yield;
    stop = at + lengthOfStep;
  }
  return { end: Math.min(at, text.length), line };
}

function rowAt(text: string, start: number, end: number, columns: number): readonly Cell[] | undefined {
  const cells = cellsOf(text, start, end);
  const isRow = columns > 1 ? cells.length > 1 : isListLine(text, start, end);
  return isRow ? cells : undefined;
}

/** In UTF-16 code units. */
const longestRow = 300_000;

function describe(text: string, header: readonly Cell[], from: number): readonly TableColumn[] {
  const headers = header.map(({ start, end }) => text.slice(start, end).replaceAll(/[*`]/g, ' ').trim());
  const samples = headers.map((): string[] => []);
  const take: TakeRow = (cells) => {
    samples.forEach((values, column) => {
      const cell = cells[column];
      const value = cell ? text.slice(cell.start, Math.min(cell.end, cell.start + 200)).trim() : '';
      if (value !== '') values.push(value);
    });
    return undefined;
  };
  finished(eachRow(text, { end: from, line: 0 }, header.length, take, 60));
  return chooseColumns(headers, samples);
}

/** What the text around a table speaks of ranks with the table's own records. */
function ranked(column: TableColumn): TableColumn {
  return column.rank === undefined
    ? column
    : { ...column, rank: column.isDefault ? ranks.record : Math.max(ranks.to, column.rank) };
}

function rowReader(table: TableReader): TakeRow {
  const take = (cells: readonly Cell[], line: number, from: number): Left => {
    for (let column = from; column < cells.length; column++) {
      const { start, end } = cells[column]!;
      const left = table.cell(column, start, end, line);
      if (left) return taking(left, cells, line, column + 1);
    }
    return undefined;
  };
  function* taking(left: Steps<void>, cells: readonly Cell[], line: number, from: number): Steps<void> {
    yield* left;
    const rest = take(cells, line, from);
    if (rest) yield* rest;
  }
  return (cells, line) => take(cells, line, 0);
}

/** `|---|:--:|`, `-----+-----`, `+----+----+`, or dashes alone. */
function isRule(text: string, start: number, end: number): boolean {
  let dashes = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 45 || code === 0x2500) dashes++;
    else if (
      code !== 124 &&
      code !== 43 &&
      code !== 58 &&
      code !== 32 &&
      code !== 9 &&
      code !== 0x2502 &&
      code !== 0x253c
    )
      return false;
  }
  return dashes >= 2;
}

function cellsOf(text: string, start: number, end: number): Cell[] {
  let from = trimmedStart(text, start, end);
  let to = trimmedEnd(text, from, end);
  if (isBar(text.charCodeAt(from))) from++;
  if (to > from && isBar(text.charCodeAt(to - 1))) to--;
  const cells: Cell[] = [];
  let cell = from;
  for (let at = from; at <= to; at++) {
    if (at < to && !isBar(text.charCodeAt(at))) continue;
    cells.push({ start: cell, end: at });
    cell = at + 1;
  }
  return cells;
}

function isBar(code: number): boolean {
  return code === 124 || code === 0x2502;
}
