/** How much a filter could not look into, as it is not read. */
import type { ColumnsOf } from '../answers/propertyColumns.ts';
import type { Names } from '../answers/recordNames.ts';
import {
  countOf,
  type UnreadRecords,
  uncheckedBesideNames,
  unreadNames,
  unreadValues,
} from '../answers/unreadRecords.ts';
import { recordGroups } from '../core/answer/recordGroups.ts';
import type { Answer } from '../core/domain/associations.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import type { Rows } from '../core/rows/rows.ts';
import { Turns } from '../editor/turns.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** Distinct records. */
export interface UnreadCounts {
  readonly valuesNotRead: number;
  readonly namesNotRead: number;
  readonly existenceNotRead: number;
}

/** So many rows are looked through before the clock is asked. */
const stretch = 10_000;

/**
 * Goes through all rows, in slices.
 * @param isShown which columns of properties the filter looks into
 */
export async function unreadCounts(
  entry: LookUpEntry,
  rows: Rows,
  { names, isShown }: { readonly names: Names; readonly isShown: (key: string) => boolean },
  signal: AbortSignal,
): Promise<UnreadCounts> {
  const { account, question, answer } = entry;
  const { valuesNotRead, namesNotRead } = await unreadCells(entry, rows, { names, isShown }, signal);
  if (!names.isChecked(account, question.from)) return { valuesNotRead, namesNotRead, existenceNotRead: 0 };
  const none = recordGroups(answer).first('none', Number.POSITIVE_INFINITY);
  const ofNone = Uint32Array.from(
    none.filter((record) => record < rows.records).map((record) => rows.firstRow(record)),
  );
  const existenceNotRead = countOf(uncheckedBesideNames(account, new ShownRows(rows, ofNone), names));
  return { valuesNotRead, namesNotRead, existenceNotRead };
}

/** The same of what the cells of records show, which a matrix has too. */
export async function unreadCells(
  of: ColumnsOf & { readonly answer: Answer },
  rows: Rows,
  { names, isShown }: { readonly names: Names; readonly isShown: (key: string) => boolean },
  signal: AbortSignal,
): Promise<Omit<UnreadCounts, 'existenceNotRead'>> {
  const turns = new Turns(signal);
  const unread = { names: new Map<string, Set<string>>(), values: new Map<string, Set<string>>() };
  const isAny = names.isOn || names.columns.chosen(of).length > 0;
  for (let from = 0; isAny && from < rows.length; from += stretch) {
    const shown = new ShownRows(rows, undefined, from, Math.min(rows.length, from + stretch));
    addIds(unread.names, unreadNames(of.account, shown, names));
    addIds(unread.values, unreadValues(of, shown, names, isShown));
    if (turns.isOver) await turns.next();
  }
  return { valuesNotRead: sizeOf(unread.values), namesNotRead: sizeOf(unread.names) };
}

function addIds(to: Map<string, Set<string>>, unread: readonly UnreadRecords[]): void {
  for (const { type, ids } of unread) {
    const known = to.get(type);
    if (!known) to.set(type, new Set(ids));
    else for (const id of ids) known.add(id);
  }
}

function sizeOf(unread: ReadonlyMap<string, ReadonlySet<string>>): number {
  return [...unread.values()].reduce((sum, { size }) => sum + size, 0);
}
