/** The rows of an Answer, counted, chosen and put in order by one view: what a table shows until the next one is whole. Pure. */

import type { Answer } from '../domain/associations.ts';
import type { PanelChip } from '../treaty/panelState.ts';
import type { PanelView } from '../treaty/panelView.ts';
import type { Column } from './column.ts';
import { arrangedColumns } from './columnOrder.ts';
import { columnsOf } from './columns.ts';
import { countedChips, dependsOnContext, rowsBySet } from './rowChips.ts';
import { type RowSelection, selectRows, sortsOf } from './rowSelection.ts';
import { type CountedRows, countedRows, type RowContext, Rows, revisionOf } from './rows.ts';
import type { Steps } from './steps.ts';

/** What the rows are arranged by. */
export interface Wish {
  readonly view: PanelView;
  readonly context: RowContext;
}

export interface Arrangement extends Wish {
  readonly rows: Rows;
  readonly columns: readonly Column[];
  readonly selection: RowSelection;
  readonly chips: readonly PanelChip[];
  /** Rows by their set of labels, once they are counted. */
  readonly bySet: readonly number[] | undefined;
  /** Of the context: what is not read yet then was still to come. */
  readonly isRunning: boolean;
}

/**
 * Every row in the order asked, and nothing counted: there at once. None of a check that has not looked at the Answer yet: that
 * takes its time, and {@link arranged} does it in steps.
 */
export function plainArrangement(answer: Answer, wish: Wish): Arrangement {
  const { check } = wish.context;
  const rows = new Rows(answer, check, check?.hasLooked === false ? noRows : undefined);
  const columns = columnsOf(rows, wish.context);
  return { ...wish, rows, columns, selection: undefined, chips: [], bySet: undefined, isRunning: false };
}

const noRows: CountedRows = { revision: -1, records: 0, starts: new Uint32Array(1) };

/** What of an arrangement has to be made anew for another wish, or because the Answer has learned something. */
export interface Changes {
  readonly rows: boolean;
  readonly chips: boolean;
  readonly selection: boolean;
  readonly any: boolean;
}

export function changesTo(before: Arrangement, answer: Answer, wish: Wish): Changes {
  const rows = isOld(before.rows, answer, wish) || before.bySet === undefined;
  const isRunning = wish.context.isRunning?.() ?? false;
  const context = before.context !== wish.context || before.isRunning !== isRunning;
  const chips = rows || context;
  const columns = before.context === wish.context ? before.columns : columnsOf(before.rows, wish.context);
  const isOther = choiceOf(before.view, before.columns) !== choiceOf(wish.view, columns);
  const selection = isOther || ((rows || context) && dependsOn(columns, wish.view, rows));
  return { rows, chips, selection, any: rows || chips || selection };
}

/** True when the rows were counted before more was known. */
function isOld(rows: Rows, answer: Answer, { context: { check } }: Wish): boolean {
  return rows.check !== check || rows.revision !== revisionOf(answer, check);
}

/** True when these rows in this order may be others after the Answer (`rows`) or the context alone has changed. */
function dependsOn(columns: readonly Column[], { filter, chips, sort }: PanelView, rows: boolean): boolean {
  if (filter.trim() !== '') return true;
  const sorts = sortsOf(sort, columns);
  if (rows) return chips.length > 0 || sorts.length > 0;
  return dependsOnContext(chips) || sorts.some(({ column }) => column.sortsByContext);
}

/**
 * The same text for views that choose the same rows and put them in the same order. Where there is a filter, it looks into the
 * columns shown.
 */
export function choiceOf({ filter, chips, sort, columns: wishes }: PanelView, columns: readonly Column[]): string {
  const terms = filter.trim();
  const hidden = terms === '' ? [] : wishes.filter(({ hidden }) => hidden).map(({ key }) => key);
  const sorts = sortsOf(sort, columns).map(({ column, descending }) => [column.key, descending]);
  return JSON.stringify([terms, chips, sorts, hidden.sort()]);
}

/** The next arrangement, in steps. What did not change is taken over from the one before. */
export function* arranged(before: Arrangement, answer: Answer, wish: Wish): Steps<Arrangement> {
  const changes = changesTo(before, answer, wish);
  const { view, context } = wish;
  const isRunning = context.isRunning?.() ?? false;
  const { check } = context;
  const isGrown = isOld(before.rows, answer, wish);
  const rows = isGrown ? new Rows(answer, check, yield* countedRows(answer, check)) : before.rows;
  const all = columnsOf(rows, context);
  const shown = arrangedColumns(all, view.columns).filter(({ hidden }) => !hidden);
  const bySet = changes.rows || !before.bySet ? yield* rowsBySet(rows) : before.bySet;
  const selection = changes.selection ? yield* selectRows(rows, view, context, { all, shown }) : before.selection;
  const chips = changes.chips ? yield* countedChips(rows, context, bySet) : before.chips;
  return { view, context, rows, columns: all, selection, chips, bySet, isRunning };
}

/** How many rows the steps of {@link arranged} will go through, about: enough to say how far it is. */
export function plannedRows(before: Arrangement, changes: Changes, { chips, filter, sort }: PanelView): number {
  const length = before.rows.length;
  const passes =
    (changes.selection ? (chips.length > 0 ? 1 : 0) + (filter.trim() ? 1 : 0) + 6 * sort.length : 0) +
    (changes.rows ? 1 : 0);
  return Math.max(1, passes * length);
}
