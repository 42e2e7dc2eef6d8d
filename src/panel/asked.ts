/** What a user asks for in a panel. */
import type { Answer } from '../core/domain/associations.ts';
import type { AnswerTable, ShownRows } from '../core/rows/answerTable.ts';
import type { Action, Address } from '../core/treaty/actions.ts';
import type { FromPage } from '../core/treaty/panelMessages.ts';
import type { PanelView } from '../core/treaty/panelView.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

export type Asked =
  | { readonly kind: 'act'; readonly action: Action; readonly at: Address }
  | { readonly kind: 'copy' | 'export'; readonly rows: AskedRows };

/** Rows as they are shown, and what they were narrowed by. */
interface AskedRows {
  readonly entry: LookUpEntry;
  readonly answer: Answer;
  readonly shown: ShownRows;
  readonly view: PanelView | undefined;
}

/** What a message of the page asks for; rows are those that it shows. */
export function askedBy(
  message: Extract<FromPage, { kind: 'action' | 'rowAction' | 'copy' | 'export' }>,
  entry: LookUpEntry,
  table: AnswerTable,
): Asked {
  const { id, answer } = entry;
  switch (message.kind) {
    case 'action':
      return { kind: 'act', action: message.action, at: { lookUp: id } };
    case 'rowAction':
      return { kind: 'act', action: message.action, at: { lookUp: id, ...message.row } };
    case 'copy':
      return { kind: 'copy', rows: { entry, answer, shown: table.shownRows(message.rows), view: undefined } };
    case 'export':
      return { kind: 'export', rows: { entry, answer, shown: table.shownRows(), view: table.facts().view } };
  }
}
