/** What a user asks for in a panel. */
import type { Matrix } from '../answers/matrix.ts';
import type { ColumnsOf } from '../answers/propertyColumns.ts';
import type { Answer } from '../core/domain/associations.ts';
import type { CopyStyle, SeenColumns } from '../core/export/seen.ts';
import type { AnswerTable, ShownRows } from '../core/rows/answerTable.ts';
import { arrangedColumns } from '../core/rows/columnOrder.ts';
import type { Action, Address } from '../core/treaty/actions.ts';
import type { FromPage } from '../core/treaty/panelMessages.ts';
import type { PanelView } from '../core/treaty/panelView.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** A message of the page with which a user asks for something. */
export type AskingMessage = Extract<FromPage, { kind: 'action' | 'rowAction' | 'copy' | 'export' }>;

export type Asked =
  | { readonly kind: 'act'; readonly action: Action; readonly at: Address }
  | { readonly kind: 'copy'; readonly rows: AskedRows; readonly seen: SeenColumns; readonly style: CopyStyle }
  | { readonly kind: 'export'; readonly rows: AskedRows }
  | {
      readonly kind: 'copyMatrix';
      readonly rows: AskedMatrixRows;
      readonly seen: SeenColumns;
      readonly style: CopyStyle;
    }
  | { readonly kind: 'exportMatrix'; readonly rows: AskedMatrixRows }
  /** Rows are to be sorted by these columns of properties, of which not all may be read. */
  | SortAsked;

interface SortAsked {
  readonly kind: 'sort';
  readonly keys: readonly string[];
  readonly of: ReadFor;
  readonly shown: ShownRows;
  /** Sorts the rows as they were before, unless they are sorted otherwise by now. */
  takeBack(): void;
}

/** The look-up or the matrix whose records are read. */
type ReadFor = ColumnsOf & { readonly answer: Answer };

/** Rows as they are shown, and what they were narrowed by. */
interface AskedRows {
  readonly entry: LookUpEntry;
  readonly answer: Answer;
  readonly shown: ShownRows;
  readonly view: PanelView | undefined;
  /** Keys of the columns of properties that are shown, in their order. */
  readonly properties: readonly string[];
}

/** Records of a matrix as they are shown, and what they were narrowed by. */
interface AskedMatrixRows {
  readonly matrix: Matrix;
  readonly shown: ShownRows;
  readonly view: PanelView | undefined;
  /** Keys of the columns of properties that are shown, in their order. */
  readonly properties: readonly string[];
}

export function copyStyle({ heads, spreadsheet }: Extract<FromPage, { kind: 'copy' }>): CopyStyle {
  return { heads: heads === true, spreadsheet: spreadsheet === true };
}

/** What a message of the page asks for; rows are those that it shows. */
export function askedBy(message: AskingMessage, entry: LookUpEntry, table: AnswerTable): Asked {
  const { id, answer } = entry;
  const { view } = table.facts();
  const properties = shownProperties(table);
  switch (message.kind) {
    case 'action':
      return { kind: 'act', action: message.action, at: { lookUp: id } };
    case 'rowAction': {
      const { column: _, ...row } = message.row;
      return { kind: 'act', action: message.action, at: { lookUp: id, ...row } };
    }
    case 'copy':
      return {
        kind: 'copy',
        rows: { entry, answer, shown: table.shownRows(message.rows), view: undefined, properties },
        seen: table.seen(),
        style: copyStyle(message),
      };
    case 'export':
      return { kind: 'export', rows: { entry, answer, shown: table.shownRows(), view, properties } };
  }
}

/** Keys of the columns of properties that a table shows, in their order. */
export function shownProperties(table: AnswerTable): readonly string[] {
  const { columns, view } = table.facts();
  return arrangedColumns(columns, view.columns)
    .filter(({ kind, hidden }) => kind === 'property' && !hidden)
    .map(({ key }) => key);
}

/**
 * That rows are to be sorted by what is not read yet, where the view sorts by a property by which it did not sort before.
 * @param before what rows were sorted by
 */
export function sortAsked(
  before: PanelView['sort'],
  of: ReadFor,
  table: AnswerTable,
  takeBack: () => void,
): Asked | undefined {
  const keys = table.view.sort
    .map(({ column }) => column)
    .filter((key) => key.startsWith('property:') && !before.some(({ column }) => column === key));
  return keys.length === 0 ? undefined : { kind: 'sort', keys, of, shown: table.everyRow(), takeBack };
}
