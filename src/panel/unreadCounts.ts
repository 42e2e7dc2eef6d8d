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
import type { Answer } from '../core/domain/associations.ts';
import { finished } from '../core/domain/steps.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import type { Rows } from '../core/rows/rows.ts';
import { idRowsAStep } from '../core/rows/steps.ts';
import type { PanelView } from '../core/treaty/panelView.ts';
import { Turns } from '../editor/turns.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** Distinct records. */
export interface UnreadCounts {
  readonly valuesNotRead: number;
  readonly namesNotRead: number;
  readonly existenceNotRead: number;
}

/**
 * Goes through all rows, in slices.
 * @param view which columns of properties the filter looks into: those that are not hidden
 */
export async function unreadCounts(
  entry: LookUpEntry,
  rows: Rows,
  { names, view }: { readonly names: Names; readonly view: PanelView },
  signal: AbortSignal,
): Promise<UnreadCounts> {
  const ofCells = await unreadCells(entry, rows, { names, view }, signal);
  const unchecked = await new Turns(signal).through(uncheckedBesideNames(entry.account, new ShownRows(rows), names));
  return { ...ofCells, existenceNotRead: countOf(unchecked) };
}

/** The same of what the cells of records show, which a matrix has too. */
export async function unreadCells(
  of: ColumnsOf & { readonly answer: Answer },
  rows: Rows,
  { names, view }: { readonly names: Names; readonly view: PanelView },
  signal: AbortSignal,
): Promise<Omit<UnreadCounts, 'existenceNotRead'>> {
  const isShown = (key: string) => !view.columns.some((each) => each.key === key && each.hidden);
  const turns = new Turns(signal);
  const unread = { names: new Map<string, Set<string>>(), values: new Map<string, Set<string>>() };
  const isAny = names.isOn || names.columns.chosen(of).length > 0;
  for (const part of new ShownRows(rows, undefined, 0, isAny ? rows.length : 0).parts(idRowsAStep)) {
    addIds(unread.names, finished(unreadNames(of.account, part, names)));
    addIds(unread.values, finished(unreadValues(of, part, names, isShown)));
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
