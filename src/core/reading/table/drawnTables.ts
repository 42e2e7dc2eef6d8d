/** Tables drawn with lines, inside other text: Markdown, and what SQL clients print. */

import { isBlank, lineAt } from '../characters/characters.ts';
import { type Candidates, ranks } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import { isListLine } from '../list/listLines.ts';
import type { FreeText } from '../prose/freeText.ts';
import { chooseColumns, type TableColumn } from './columnChoice.ts';
import { TableReader } from './tableReader.ts';

interface Cell {
  readonly start: number;
  readonly end: number;
}

/** The tables in the text that have a column of ids are read by their cells, everything else by the free-text reader. */
export function readDrawnTables(text: string, freeText: FreeText, candidates: Candidates, reading: Reading): boolean {
  let isTable = false;
  let pending = 0;
  let pendingLine = 0;
  let previous: Cell | undefined;
  let previousLine = 0;
  let line = 0;
  for (let at = 0; at <= text.length; ) {
    const { end, next } = lineAt(text, at);
    if (previous && isRule(text, at, end)) {
      const header = cellsOf(text, previous.start, previous.end);
      const columns = describe(text, header, next);
      if (columns.some((column) => column.likely === 'recordIds')) {
        isTable = true;
        freeText.read(pending, previous.start, pendingLine);
        const body = eachRow(text, next, line + 1, header.length, rowReader(new TableReader(text, columns.map(ranked), reading, candidates)));
        at = body.end;
        line = body.line;
        pending = at;
        pendingLine = line;
        previous = undefined;
        if (at >= text.length) break;
        continue;
      }
    }
    previous =
      isRule(text, at, end) || text.slice(at, Math.min(end, at + 200)).trim() === '' ? undefined : { start: at, end };
    previousLine = line;
    if (end >= text.length) break;
    line = previousLine + 1;
    at = next;
  }
  freeText.read(pending, text.length, pendingLine);
  return isTable;
}

/** True when a line of the text's beginning draws a line under headers. */
export function mayHaveDrawnTables(text: string): boolean {
  for (let at = 0; at < Math.min(text.length, 65_536); ) {
    const { end, next } = lineAt(text, at);
    if (isRule(text, at, end)) return true;
    at = next;
  }
  return false;
}

type TakeRow = (cells: readonly Cell[], line: number) => void;

/** Gives the rows of a table whose first starts at `from`, at most so many, and returns where it ends. */
function eachRow(
  text: string,
  from: number,
  firstLine: number,
  columns: number,
  take: TakeRow,
  most = Number.POSITIVE_INFINITY,
): { end: number; line: number } {
  let at = from;
  let line = firstLine;
  for (let rows = 0; at < text.length && rows < most; line++) {
    const { end, next } = lineAt(text, at);
    if (!isRule(text, at, end)) {
      const cells = cellsOf(text, at, end);
      if (columns > 1 ? cells.length < 2 : !isListLine(text, at, end)) break;
      take(cells, line);
      rows++;
    }
    at = next;
  }
  return { end: Math.min(at, text.length), line };
}

function describe(text: string, header: readonly Cell[], from: number): readonly TableColumn[] {
  const headers = header.map(({ start, end }) => text.slice(start, end).replaceAll(/[*`]/g, ' ').trim());
  const samples = headers.map((): string[] => []);
  const take: TakeRow = (cells) => {
    samples.forEach((values, column) => {
      const cell = cells[column];
      const value = cell ? text.slice(cell.start, Math.min(cell.end, cell.start + 200)).trim() : '';
      if (value !== '') values.push(value);
    });
  };
  eachRow(text, from, 0, header.length, take, 60);
  return chooseColumns(headers, samples);
}

/** What the text around a table speaks of ranks with the table's own records. */
function ranked(column: TableColumn): TableColumn {
  return column.rank === undefined ? column : { ...column, rank: column.isDefault ? ranks.record : Math.max(ranks.to, column.rank) };
}

function rowReader(table: TableReader): TakeRow {
  return (cells, line) => cells.forEach(({ start, end }, column) => table.cell(column, start, end, line));
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
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
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
