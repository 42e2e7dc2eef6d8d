/** Reads the record ids of a delimited text: its id columns by header, its rows one by one. */

import { finished, lengthOfStep, type Steps } from '../../domain/steps.ts';
import { Candidates } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import { isListLine } from '../list/listLines.ts';
import { meaningOf } from '../names/fieldNames.ts';
import { FreeText } from '../prose/freeText.ts';
import { shapeOf } from '../shapes/tokenShape.ts';
import { hasLongNumber } from '../shapes/wholeNumbers.ts';
import { choosingColumns, columnsOfStep, type TableColumn } from './columnChoice.ts';
import { type CellSink, DelimitedScanner } from './delimitedScanner.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { TableReader } from './tableReader.ts';

export interface Table {
  readonly dialect: Dialect;
  /** False when the first row is already data. */
  readonly hasHeader: boolean;
  readonly columns: readonly TableColumn[];
}

/** Editor languages of texts that are no tables, however many commas they have. */
const otherLanguages =
  /^(?:sql|mysql|pgsql|plsql|javascript|typescript|javascriptreact|typescriptreact|python|java|csharp|cpp|c|go|php|ruby|rust|kotlin|swift|shellscript|powershell|html|xml|yaml|dockercompose|log|json|jsonc|jsonl|markdown|css|scss|http)$/i;
/** Editor languages of delimited text. */
const delimitedLanguages = /^(?:csv|tsv|psv|ssv|scsv|dynamic csv|csv \(.*\)|excel)$/i;

/** The text as a table, if that is what it is. */
export function* tableOf(text: string, languageId?: string): Steps<Table | undefined> {
  if (languageId !== undefined && otherLanguages.test(languageId)) return undefined;
  const said = languageId !== undefined && delimitedLanguages.test(languageId);
  const dialect = yield* dialectOf(text);
  const table = yield* describing(text, dialect);
  if (said && table.hasHeader) return table;
  const named = namesIds(table, said);
  const isTelling = named || namesOnlyOthers(table);
  const isEven = dialect.evenness >= (said ? 0.3 : 0.6);
  // Rows may be ragged where the header is one beyond doubt.
  const isSure = named && table.columns.every(({ header }) => shortHeader.test(header));
  if (dialect.columns > 1 && dialect.rows > 1 && ((isEven && (isTelling || said)) || isSure)) return table;
  return isTelling && isOneColumn(text, table) ? table : undefined;
}

/** True when a header names a column of ids; of a text that is not said to be delimited, one that holds values. */
function namesIds({ hasHeader, columns }: Table, said: boolean): boolean {
  return hasHeader && columns.some((column) => column.likely === 'recordIds' && (said || holdsValues(column)));
}

/** "Phone numbers:", "Deals" */
function isHeadLine(line: string): boolean {
  const name = line.trim();
  if (!/^\p{L}[^\d]*$/u.test(name)) return false;
  return name.endsWith(':') || !['unknown', 'container'].includes(meaningOf(name).kind);
}

/** True when a column of ids holds values and not pieces of sentences, as "from deals where id in (5" would be. */
export function holdsValues({ samples }: TableColumn): boolean {
  const isValue = (value: string) =>
    !/\p{L}/u.test(value) || !/\s/.test(value) || shapeOf(value, 0, value.length) !== 'partOfWord';
  return samples.filter(isValue).length * 2 >= samples.length;
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
  return finished(describing(text, dialect));
}

/** The same, in steps: there may be thousands of columns. */
export function* describing(text: string, dialect: Dialect): Steps<Table> {
  const rows = yield* firstRows(text, dialect);
  const head = (rows[0] ?? []).slice(0, mostColumns).map((cell) => cell.trim());
  const hasHeader =
    head.length > 0 &&
    head.some((cell) => cell !== '') &&
    !head.some((cell) => /^[^\p{L}]*\d[^\p{L}]*$|:\/\/|\d{7}/u.test(cell));
  const data = hasHeader ? rows.slice(1) : rows;
  const headers = hasHeader ? head : head.map(() => '');
  const samples: string[][] = [];
  for (const column of headers.keys()) {
    if (column % columnsOfStep === 0) yield;
    samples.push(data.map((row) => (row[column] ?? '').trim()).filter((value) => value !== ''));
  }
  return { dialect, hasHeader, columns: yield* choosingColumns(headers, samples) };
}

/** So many columns of a table are told apart. What stands in the others is read as prose. */
const mostColumns = 5_000;

function* firstRows(text: string, dialect: Dialect): Steps<string[][]> {
  const sample = text.length > 262_144 ? text.slice(0, 262_144) : text;
  const rows: string[][] = [];
  let row: string[] = [];
  yield* new DelimitedScanner(dialect.delimiter).scanning(
    sample,
    dialect.start,
    sample.length === text.length,
    (column, start, end) => {
      if (column < mostColumns) row.push(sample.slice(start, Math.min(end, start + 200)).replaceAll('""', '"'));
      return undefined;
    },
    {
      mostRows: 60,
      onRow: () => {
        rows.push(row);
        row = [];
        return undefined;
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
  if (newline < 0) return false;
  const lines = text
    .slice(newline + 1, 65_536)
    .split('\n')
    .filter((line) => line.trim() !== '');
  // Another heading further down: the text is several lists.
  if (lines.some((line) => isHeadLine(line.slice(0, 200)))) return false;
  const lists = lines.filter((line) => isListLine(line, 0, line.length) || /^\s*["']?https?:\/\//.test(line));
  return lists.length > 0 && lists.length * 2 >= lines.length;
}

/** A few milliseconds. */
const rowsOfStep = 5_000;

/** Reads all cells of a table into the reading, and settles which columns of ids count. */
export function* readTable(text: string, table: Table, reading: Reading): Steps<void> {
  reading.format = 'csv';
  const candidates = new Candidates();
  const cells = new TableReader(text, table.columns, reading, candidates, namesOnlyOthers(table));
  const scanner = new DelimitedScanner(table.dialect.delimiter);
  scanner.line = table.dialect.startLine;
  const strayText = new FreeText(text, reading, candidates);
  const onStray = (start: number, end: number, line: number) =>
    end - start > lengthOfStep || hasLongNumber(text, start, end) ? strayText.read(start, end, line) : undefined;
  const onCell: CellSink = (column, start, end, line) =>
    !table.hasHeader || scanner.rows > 0 ? cells.cell(column, start, end, line) : onStray(start, end, line);
  for (let at = table.dialect.start; at < text.length; ) {
    at = yield* scanner.scanning(text, at, true, onCell, { mostRows: rowsOfStep, onStray });
    yield;
  }
  yield* candidates.settle(reading);
  reading.sources = [...reading.sources].sort((a, b) => (a.column ?? 0) - (b.column ?? 0));
}
