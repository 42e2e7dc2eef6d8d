/** One look-up in its panel. */
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Names } from '../answers/recordNames.ts';
import { idsInParts } from '../core/rows/idsInRows.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { askedBy, sortAsked } from './asked.ts';
import { panelState } from './panelState.ts';
import type { PanelSubject } from './panelSubject.ts';
import { tableContext } from './tableContext.ts';
import { unreadCounts } from './unreadCounts.ts';

export function lookUpSubject(
  entry: LookUpEntry,
  parts: { readonly catalog: ObjectTypeCatalog; readonly names: Names },
): PanelSubject {
  const { account, answer, question, check } = entry;
  const { names } = parts;
  return {
    account,
    answer,
    check,
    context: () => tableContext(entry, parts),
    state: (table, counted) => panelState(entry, table, counted, parts),
    unread: (rows, { view }, signal) => unreadCounts(entry, rows, { names, view }, signal),
    asked: (message, table) => askedBy(message, entry, table),
    want({ id, toId, notAsked, unmapped }) {
      if (!notAsked) {
        names.want(account, question.from, id);
        names.columns.want(entry, 'record', id);
      }
      if (toId === undefined || unmapped) return;
      names.want(account, question.to, toId);
      names.columns.want(entry, 'associated', toId);
    },
    wantBeside: (beside) => names.wantBeside(entry, (end) => idsInParts(beside(), end)),
    restoreProperties: (keys) => names.columns.restore(entry, keys),
    properties: () => names.columns.shownOf(entry),
    sortAsked: (before, table, takeBack) => sortAsked(before, entry, table, takeBack),
  };
}
