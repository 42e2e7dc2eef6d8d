/** How much a filter could not look into, as it is not read. */
import type { Names } from '../answers/recordNames.ts';
import { countOf, uncheckedBesideNames, unreadNames } from '../answers/unreadRecords.ts';
import { recordGroups } from '../core/answer/recordGroups.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import type { Rows } from '../core/rows/rows.ts';
import { Turns } from '../editor/turns.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** Distinct records. */
export interface UnreadCounts {
  readonly namesNotRead: number;
  readonly existenceNotRead: number;
}

/** So many rows are looked through before the clock is asked. */
const stretch = 10_000;

/** Goes through all rows, in slices. */
export async function unreadCounts(
  { account, question, answer }: LookUpEntry,
  rows: Rows,
  names: Names,
  signal: AbortSignal,
): Promise<UnreadCounts> {
  const turns = new Turns(signal);
  const unread = new Map<string, Set<string>>();
  for (let from = 0; names.isOn && from < rows.length; from += stretch) {
    const shown = new ShownRows(rows, undefined, from, Math.min(rows.length, from + stretch));
    for (const { type, ids } of unreadNames(account, shown, names)) {
      const known = unread.get(type);
      if (!known) unread.set(type, new Set(ids));
      else for (const id of ids) known.add(id);
    }
    if (turns.isOver) await turns.next();
  }
  const namesNotRead = [...unread.values()].reduce((sum, { size }) => sum + size, 0);
  if (!names.isChecked(account, question.from)) return { namesNotRead, existenceNotRead: 0 };
  const none = recordGroups(answer).first('none', Number.POSITIVE_INFINITY);
  const ofNone = Uint32Array.from(
    none.filter((record) => record < rows.records).map((record) => rows.firstRow(record)),
  );
  return { namesNotRead, existenceNotRead: countOf(uncheckedBesideNames(account, new ShownRows(rows, ofNone), names)) };
}
