/** What a panel is about: one look-up, or look-ups of the same ids as a matrix. */
import type { Account } from '../accounts/accounts.ts';
import type { Answer } from '../core/domain/associations.ts';
import type { Check } from '../core/expectation/check.ts';
import type { AnswerTable, ShownRows } from '../core/rows/answerTable.ts';
import type { RowContext, Rows, ShownProperty } from '../core/rows/rows.ts';
import type { CountsByKey } from '../core/rows/valueCounts.ts';
import type { PanelRow } from '../core/treaty/panelRows.ts';
import type { PanelState } from '../core/treaty/panelState.ts';
import type { PanelView } from '../core/treaty/panelView.ts';
import type { Asked, AskingMessage } from './asked.ts';
import type { UnreadCounts } from './unreadCounts.ts';

/** What was counted of the table beside its rows. */
export interface Counted {
  /** What a filter could not look into; undefined without a filter. */
  readonly unread: UnreadCounts | undefined;
  /** How many records have what in the columns of properties, as far as that was counted. */
  readonly values: CountsByKey;
}

/** As it is now: whoever shows it asks for it again when something has changed. */
export interface PanelSubject {
  readonly account: Account;
  /** The same object as long as the rows are of the same Answer. */
  readonly answer: Answer;
  /** Of a look-up with an expectation. */
  readonly check: Check | undefined;
  context(): RowContext;
  state(table: AnswerTable, counted: Counted): PanelState;
  /** Goes through all rows, in slices. */
  unread(rows: Rows, table: AnswerTable, signal: AbortSignal): Promise<UnreadCounts>;
  asked(message: AskingMessage, table: AnswerTable): Asked;
  /** A row is in sight: what is shown of its records is read, where it is not known yet. */
  want(row: PanelRow): void;
  /** Rows that stand beside those in sight, nearest first: what is read for these is read of as many of those as come for free. */
  wantBeside(beside: () => Iterable<ShownRows>): void;
  /** The properties that are columns, as a page remembered them. */
  restoreProperties(keys: readonly string[]): void;
  properties(): readonly ShownProperty[];
  /**
   * What is asked for when rows are to be sorted by properties that are not read.
   * @param before what rows were sorted by
   * @param takeBack sorts them by that again
   */
  sortAsked(before: PanelView['sort'], table: AnswerTable, takeBack: () => void): Asked | undefined;
}

/** The subjects that there are, by the id of a look-up or of a group. */
export interface PanelSubjects {
  /** What stands on the tab; undefined when there is no such subject. */
  titleOf(id: string): string | undefined;
  /** Undefined also while its Answer is not read. */
  find(id: string): PanelSubject | undefined;
  /** The same after its Answer was read from the disk, where it was not yet. */
  open(id: string): Promise<PanelSubject | undefined>;
}
