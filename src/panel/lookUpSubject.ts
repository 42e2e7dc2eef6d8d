/** One look-up in its panel. */
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Names } from '../answers/recordNames.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { askedBy } from './asked.ts';
import { panelState } from './panelState.ts';
import type { PanelSubject } from './panelSubject.ts';
import { tableContext } from './tableContext.ts';
import { unreadCounts } from './unreadCounts.ts';

export function lookUpSubject(
  entry: LookUpEntry,
  parts: { readonly catalog: ObjectTypeCatalog; readonly names: Names },
): PanelSubject {
  const { account, answer, question, check } = entry;
  return {
    account,
    answer,
    check,
    types: question,
    context: () => tableContext(entry, parts),
    state: (table, unread) => panelState(entry, table, unread, parts),
    unread: (rows, signal) => unreadCounts(entry, rows, parts.names, signal),
    asked: (message, table) => askedBy(message, entry, table),
  };
}
