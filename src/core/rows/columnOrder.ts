/** Which columns a user sees, in which order and how wide. Shared by host and page. Pure. */

import type { ViewColumn } from '../treaty/panelView.ts';

/** A column of the table as a view has it. */
export type Arranged<Column> = Column & { readonly width: number | undefined; readonly hidden: boolean };

/**
 * Every column once, hidden ones too: those that the view names in its order, each other one after the column that it follows in the
 * table's own list. Of a list `record, labels, state` and a view that names `state, record`, that makes `state, record, labels`.
 */
export function arrangedColumns<Column extends { readonly key: string }>(
  columns: readonly Column[],
  view: readonly ViewColumn[],
): readonly Arranged<Column>[] {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const wishes = new Map(view.map((wish) => [wish.key, wish]));
  const order = [...wishes.keys()].filter((key) => byKey.has(key));
  columns.forEach(({ key }, index) => {
    if (wishes.has(key)) return;
    const before = columns[index - 1];
    order.splice(before ? order.indexOf(before.key) + 1 : 0, 0, key);
  });
  return order.map((key) => ({
    ...byKey.get(key)!,
    width: wishes.get(key)?.width,
    hidden: wishes.get(key)?.hidden ?? false,
  }));
}
