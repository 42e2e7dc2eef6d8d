/** What a user asks for in a panel. */
import type { Matrix } from '../answers/matrix.ts';
import type { Answer } from '../core/domain/associations.ts';
import type { AnswerTable, ShownRows } from '../core/rows/answerTable.ts';
import type { Action, Address } from '../core/treaty/actions.ts';
import type { FromPage } from '../core/treaty/panelMessages.ts';
import type { PanelView } from '../core/treaty/panelView.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** A message of the page with which a user asks for something. */
export type AskingMessage = Extract<FromPage, { kind: 'action' | 'rowAction' | 'copy' | 'export' }>;

export type Asked =
  | { readonly kind: 'act'; readonly action: Action; readonly at: Address }
  | { readonly kind: 'copy' | 'export'; readonly rows: AskedRows }
  | { readonly kind: 'copyMatrix' | 'exportMatrix'; readonly rows: AskedMatrixRows };

/** Rows as they are shown, and what they were narrowed by. */
interface AskedRows {
  readonly entry: LookUpEntry;
  readonly answer: Answer;
  readonly shown: ShownRows;
  readonly view: PanelView | undefined;
}

/** Records of a matrix as they are shown, and what they were narrowed by. */
export interface AskedMatrixRows {
  readonly matrix: Matrix;
  readonly shown: ShownRows;
  readonly view: PanelView | undefined;
}

/** What a message of the page asks for; rows are those that it shows. */
export function askedBy(message: AskingMessage, entry: LookUpEntry, table: AnswerTable): Asked {
  const { id, answer } = entry;
  switch (message.kind) {
    case 'action':
      return { kind: 'act', action: message.action, at: { lookUp: id } };
    case 'rowAction': {
      const { column: _, ...row } = message.row;
      return { kind: 'act', action: message.action, at: { lookUp: id, ...row } };
    }
    case 'copy':
      return { kind: 'copy', rows: { entry, answer, shown: table.shownRows(message.rows), view: undefined } };
    case 'export':
      return { kind: 'export', rows: { entry, answer, shown: table.shownRows(), view: table.facts().view } };
  }
}
