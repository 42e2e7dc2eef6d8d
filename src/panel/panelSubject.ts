/** What a panel is about: one look-up, or look-ups of the same ids as a matrix. */
import type { Account } from '../accounts/accounts.ts';
import type { Answer } from '../core/domain/associations.ts';
import type { Check } from '../core/expectation/check.ts';
import type { AnswerTable } from '../core/rows/answerTable.ts';
import type { RowContext, Rows } from '../core/rows/rows.ts';
import type { PanelState } from '../core/treaty/panelMessages.ts';
import type { Asked, AskingMessage } from './asked.ts';
import type { UnreadCounts } from './unreadCounts.ts';

/** As it is now: whoever shows it asks for it again when something has changed. */
export interface PanelSubject {
  readonly account: Account;
  /** The same object as long as the rows are of the same Answer. */
  readonly answer: Answer;
  /** Of a look-up with an expectation. */
  readonly check: Check | undefined;
  /** The object types whose records rows name: of those asked, and of the associated ones where rows have any. */
  readonly types: { readonly from: string; readonly to: string };
  context(): RowContext;
  /** @param unread what a filter could not look into; undefined without a filter */
  state(table: AnswerTable, unread: UnreadCounts | undefined): PanelState;
  /** Goes through all rows, in slices. */
  unread(rows: Rows, signal: AbortSignal): Promise<UnreadCounts>;
  asked(message: AskingMessage, table: AnswerTable): Asked;
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
