/** By which columns the rows are sorted, and what a press on a heading makes of that. Pure. */

import { type ColumnSort, mostSorts } from '../../src/core/treaty/panelView.ts';

/** The column that counts most comes first. */
export type Sorting = readonly ColumnSort[];

/**
 * What a press makes of the sorting: the first sorts in the column's own direction, the second turns it, the third takes it off.
 * @param add keeps the other columns: the new one decides among rows that those leave equal
 * @param firstDown true for a column of which people want the greatest first, such as a count
 */
export function pressed(sorting: Sorting, column: string, add: boolean, firstDown: boolean): Sorting {
  const at = sorting.findIndex((each) => each.column === column);
  const sorted = sorting[at];
  const first = { column, descending: firstDown };
  if (!sorted) return add ? [...sorting.slice(0, mostSorts - 1), first] : [first];
  if (!add && sorting.length > 1) return [first];
  const turned = sorted.descending === firstDown ? [{ column, descending: !firstDown }] : [];
  return [...sorting.slice(0, at), ...turned, ...sorting.slice(at + 1)];
}

/** The sorting without a column. */
export function without(sorting: Sorting, column: string): Sorting {
  return sorting.filter((each) => each.column !== column);
}
