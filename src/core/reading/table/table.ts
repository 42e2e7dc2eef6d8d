/** Reads the record ids of a delimited text: its id columns by header, its rows one by one. */

import { Candidates } from '../found/candidates.ts';
import type { IdSource, Reading } from '../found/reading.ts';
import { reasonFor } from '../found/reasons.ts';
import { type CellReader, cellReader, judgeCell } from '../list/judgeValue.ts';
import { isListLine } from '../list/listLines.ts';
import { meaningOf } from '../names/fieldNames.ts';
import { FreeText } from '../prose/freeText.ts';
import { chooseColumns, defaultsAmong, type TableColumn } from './columnChoice.ts';
import { DelimitedScanner, type Dialect, dialectOf } from './delimitedScanner.ts';

export interface Table {
  readonly dialect: Dialect;
  /** False when the first row is already data. */
  readonly hasHeader: boolean;
  readonly columns: readonly TableColumn[];
}

/** Editor languages of delimited text. */
const delimitedLanguages = /^(?:csv|tsv|psv|ssv|scsv|dynamic csv|csv \(.*\)|excel)$/i;

/** The text as a table, if that is what it is. */
export function tableOf(text: string, languageId?: string): Table | undefined {
  const said = languageId !== undefined && delimitedLanguages.test(languageId);
  const dialect = dialectOf(text);
  const table = describe(text, dialect);
  const named = table.hasHeader && table.columns.some((column) => column.likely === 'recordIds');
  const foreign = namesOnlyOthers(table);
  if (dialect.columns > 1 && dialect.evenness >= (said ? 0.3 : 0.6) && dialect.rows > 1) {
    if (named || said || foreign) return table;
  }
  // Rows may be ragged where the header is one beyond doubt.
  if (named && dialect.columns > 1 && dialect.rows > 1 && table.columns.every(({ header }) => shortHeader.test(header)))
    return table;
  return (named || foreign) && isOneColumn(text, table) ? table : said && table.hasHeader ? table : undefined;
}

/** True when each header says that its column holds something else (`Year`, `Amount`) or may (`Contacts`: how many?). */
function namesOnlyOthers({ hasHeader, columns }: Table): boolean {
  const meanings = columns.map(({ header }) => meaningOf(header));
  return (
    hasHeader &&
    columns.every(({ header }) => shortHeader.test(header)) &&
    meanings.every((meaning) => meaning.kind === 'other' || (meaning.kind === 'type' && meaning.plural)) &&
    columns.every(({ likely }) => likely !== 'recordIds') &&
    (columns.length > 1 || meanings[0]?.kind === 'other')
  );
}

/** A few words and no more: "Amount", "Close Date (UTC)". */
const shortHeader = /^\p{L}[\p{L}\p{M}_.-]*(?: [\p{L}\p{M}_.()-]+){0,2}$/u;

/** Header and columns of a delimited text, by its first rows. */
export function describe(text: string, dialect: Dialect): Table {
  const rows = firstRows(text, dialect);
  const head = (rows[0] ?? []).map((cell) => cell.trim());
  const hasHeader =
    head.length > 0 &&
    head.some((cell) => cell !== '') &&
    !head.some((cell) => /^[^\p{L}]*\d[^\p{L}]*$|:\/\/|\d{7}/u.test(cell));
  const data = hasHeader ? rows.slice(1) : rows;
  const headers = hasHeader ? head : head.map(() => '');
  const samples = headers.map((_, column) =>
    data.map((row) => (row[column] ?? '').trim()).filter((value) => value !== ''),
  );
  return { dialect, hasHeader, columns: chooseColumns(headers, samples) };
}

function firstRows(text: string, dialect: Dialect): string[][] {
  const sample = text.length > 262_144 ? text.slice(0, 262_144) : text;
  const rows: string[][] = [];
  let row: string[] = [];
  new DelimitedScanner(dialect.delimiter).scan(
    sample,
    dialect.start,
    sample.length === text.length,
    (_, start, end) => row.push(sample.slice(start, Math.min(end, start + 200)).replaceAll('""', '"')),
    {
      mostRows: 60,
      onRow: () => {
        rows.push(row);
        row = [];
      },
    },
  );
  return rows;
}

/** A header such as "Deal ID" over lines of numbers. */
function isOneColumn(text: string, table: Table): boolean {
  const { columns, dialect } = table;
  if (columns.length !== 1 || meaningOf(columns[0]!.header).kind === 'unknown') return false;
  if (!/^[\p{L}\p{N}\p{M} _.#()'-]{1,60}[^(]$/u.test(columns[0]!.header)) return false;
  const newline = text.indexOf('\n', dialect.start);
  let lists = 0;
  let lines = 0;
  for (let start = newline + 1; newline >= 0 && start < Math.min(text.length, 65_536); ) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    if (text.slice(start, end).trim() !== '') {
      lines++;
      if (isListLine(text, start, end) || /^\s*["']?https?:\/\//.test(text.slice(start, start + 20))) lists++;
    }
    start = end + 1;
  }
  return lists > 0 && lists * 2 >= lines;
}

export interface TableRange {
  /** Cells outside are left out. */
  readonly touches?: (start: number, end: number) => boolean;
  /** Read these columns instead of the ones that would be read. */
  readonly columns?: readonly TableColumn[];
  /** The columns that count at all. */
  readonly among?: readonly TableColumn[];
  /** Numbers in the columns are offered only. */
  readonly doubtful?: boolean;
}

/** Reads the id columns of a table into the reading. Other columns are not looked at; ids of other id columns are counted. */
export function readTable(text: string, table: Table, reading: Reading, range: TableRange = {}): void {
  const { touches, columns, among = table.columns, doubtful = false } = range;
  reading.format = 'csv';
  const chosen = columns ?? defaultsAmong(among);
  const candidates = new Candidates();
  const freeText = new FreeText(text, reading, candidates);
  const codes: number[] = [];
  for (const { column, header, objectType } of chosen) {
    codes[column] = candidates.source(header || `Column ${column + 1}`, 'record', objectType, 'header', column);
  }
  const reader = cellReader(reading, candidates, freeText);
  const unclear: CellReader = {
    ...reader,
    id: (offset, length, line) => reading.doubt(offset, length, line, 'columnUnclear'),
  };
  const counts = new Map<number, number>();
  const counter: CellReader = {
    id: (_, __, ___, column) => counts.set(column, (counts.get(column) ?? 0) + 1),
    ignore() {},
    doubt() {},
    freeText,
  };
  const others = new Set(
    among.filter((column) => column.likely === 'recordIds' && !chosen.includes(column)).map(({ column }) => column),
  );
  const foreign = columns === undefined && namesOnlyOthers(table);
  const maybe = new Set(
    chosen.length === 0
      ? among
          .filter(({ likely, header }) => likely === 'maybe' || (foreign && meaningOf(header).kind === 'type'))
          .map(({ column }) => column)
      : [],
  );
  const ignorer: CellReader = {
    ...reader,
    id: (offset, length, line, column) => {
      const meaning = meaningOf(table.columns[column]?.header ?? '');
      reading.ignore(offset, length, line, meaning.kind === 'other' ? reasonFor(meaning.reason, length) : 'otherField');
    },
  };
  const scanner = new DelimitedScanner(table.dialect.delimiter);
  scanner.line = table.dialect.startLine;
  scanner.scan(text, table.dialect.start, true, (column, start, end, line) => {
    if (table.hasHeader && scanner.rows === 0) return;
    if (touches && !touches(start, end)) return;
    const code = codes[column];
    if (code !== undefined) judgeCell(text, start, end, line, code, doubtful ? unclear : reader);
    else if (maybe.has(column)) judgeCell(text, start, end, line, 0, unclear);
    else if (foreign) judgeCell(text, start, end, line, column, ignorer);
    else if (others.has(column) && isPlain(text, start, end)) judgeCell(text, start, end, line, column, counter);
  });
  candidates.settle(reading);
  const unread = table.columns.flatMap(({ column, header, objectType }): IdSource[] => {
    const count = counts.get(column);
    return count ? [{ name: header, column, ...(objectType ? { objectType } : {}), count, read: false }] : [];
  });
  reading.sources = [...reading.sources, ...unread].sort((a, b) => (a.column ?? 0) - (b.column ?? 0));
}

function isPlain(text: string, start: number, end: number): boolean {
  return end - start < 10_000 && isListLine(text, start, end);
}
