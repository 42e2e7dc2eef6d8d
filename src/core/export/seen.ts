/** Rows as they are seen: the columns that are shown, in their order, each cell with the words that stand in it. For copying. */

import type { ShownRows } from '../rows/answerTable.ts';
import { type Column, say } from '../rows/column.ts';
import { existenceIn, rowState, stateText } from '../rows/rowState.ts';
import type { RowContext, Rows } from '../rows/rows.ts';
import { typeCellWords } from '../rows/typeCellWords.ts';
import { verdictWords } from '../rows/verdictWords.ts';
import type { PanelRow, PanelValue, TypeCell } from '../treaty/panelRows.ts';
import { fieldsFor } from './csv.ts';
import { inChunks } from './rowFields.ts';

/** What a table shows of its rows. */
export interface SeenColumns {
  /** Without hidden ones, in the order shown. */
  readonly columns: readonly Column[];
  readonly context: RowContext;
}

/** How what is seen is copied. */
export interface CopyStyle {
  /** A first line with the headings. */
  readonly heads: boolean;
  /** So that a spreadsheet neither rounds an id nor runs a text as a formula. */
  readonly spreadsheet: boolean;
}

/**
 * Tab-separated lines. Where names are shown an id and its name are two fields, as somebody who pastes them needs the id by itself.
 * @yields some 64,000 characters at a time
 */
export function seenText(shown: ShownRows, seen: SeenColumns, style: CopyStyle): Generator<string> {
  return inChunks(seenLines(shown, seen, style));
}

function* seenLines(shown: ShownRows, seen: SeenColumns, style: CopyStyle): Generator<string> {
  const { columns, context } = seen;
  const { rows } = shown;
  const write = fieldsFor({ delimiter: '\t', spreadsheet: style.spreadsheet });
  const line = (fields: readonly string[]) => `${fields.join('\t')}\r\n`;
  if (style.heads) yield line(columns.flatMap((column) => headsOf(column, context)).map(write.text));
  for (let place = 0; place < shown.length; place++) {
    const row = shown.at(place);
    yield line(columns.flatMap((column) => fieldsIn(column, row, { rows, context }, write)));
  }
}

function hasName({ kind }: Column, { nameOf }: RowContext): boolean {
  return nameOf !== undefined && (kind === 'record' || kind === 'associated');
}

function headsOf(column: Column, context: RowContext): readonly string[] {
  const { head } = column;
  return hasName(column, context) ? [head, say(context, 'nameHead').replace('{0}', () => head)] : [head];
}

/** The cell as it is written: an id so that it stays one. */
function fieldsIn(
  column: Column,
  row: number,
  seen: { readonly rows: Rows; readonly context: RowContext },
  write: ReturnType<typeof fieldsFor>,
): readonly string[] {
  const { context } = seen;
  const withName = (id = '', name = '') =>
    hasName(column, context) ? [write.id(id), write.text(name)] : [write.id(id)];
  const cell = column.cell(row);
  switch (column.kind) {
    case 'record':
      return withName(cell.id, cell.name);
    case 'associated':
      return withName(cell.toId, joined([cell.toName, goneText(cell.toExistence, context)], ' · '));
    case 'property':
      return [write.value(column.wholeText?.(row) ?? valueText(cell.values?.[column.key], context))];
    default:
      return [write.text(wordsIn(column, cell, row, seen))];
  }
}

function wordsIn(
  { kind, key }: Column,
  cell: Partial<PanelRow>,
  row: number,
  { rows, context }: { readonly rows: Rows; readonly context: RowContext },
): string {
  switch (kind) {
    case 'labels':
      return labelsText(cell, context);
    case 'expected':
      return (cell.expectedLabels ?? []).join('; ');
    case 'verdict':
      return joined([cell.verdict && say(context, verdictWords[cell.verdict]), cell.reason], ': ');
    case 'state':
      return joined([stateOf(rows, row, context), cell.problem], ': ');
    case 'count':
      return countText(cell.count, cell.more);
    case 'source':
      return joined([cell.source, ...(cell.lines ?? []).slice(1).map((at) => String(at + 1))], ', ');
    default:
      return typeText(cell.cells?.[key], context);
  }
}

function joined(parts: readonly (string | undefined)[], between: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(between);
}

function goneText(existence: PanelRow['existence'], context: RowContext): string | undefined {
  return existence && existence.kind !== 'exists' ? stateText(existence.kind, existence, context) : undefined;
}

function labelsText({ primary, primaryLabel, labels = [] }: Partial<PanelRow>, context: RowContext): string {
  const first = primary ? [primaryLabel ?? say(context, 'primary')] : [];
  return [...first, ...labels.map(({ text }) => text)].join('; ');
}

function stateOf(rows: Rows, row: number, context: RowContext): string {
  const record = rows.record(row);
  const state = rowState(rows, record, context);
  const existence = state === 'notAsked' ? undefined : existenceIn(rows.answer, record, context);
  return stateText(state, existence, context);
}

function countText(count: number | undefined, more: true | undefined): string {
  return count === undefined ? '' : `${count}${more ? '+' : ''}`;
}

const notReadWords = { reading: 'valueReading', notAllowed: 'valueNotAllowed', notRead: 'valueNotRead' } as const;

function valueText(value: PanelValue | undefined, context: RowContext): string {
  switch (value?.kind) {
    case undefined:
      return '';
    case 'value':
      return value.text;
    case 'unset':
      return say(context, 'valueUnset');
    case 'gone':
      return goneText(value.existence, context) ?? '';
    case 'notRead':
      return say(context, notReadWords[value.how]);
  }
}

function typeText(cell: TypeCell | undefined, context: RowContext): string {
  if (!cell) return '';
  const { state, count, more } = cell;
  if (state === 'found' || state === 'none' || count > 0) return countText(count, more);
  return say(context, typeCellWords[state]);
}
