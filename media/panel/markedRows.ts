/** The active cell, and the rows the user marked for copying: those from an anchor to the active row, or all. */

import type { PanelRow } from '../../src/core/treaty/panelRows.ts';

/** Both ends of the marked rows, or all rows shown. */
export type Marked = { readonly from: PanelRow; readonly to: PanelRow } | 'all';

export class MarkedRows {
  /** The active row's place in the order shown; -1 is the heading row. */
  row = 0;
  column = 0;
  /** Nothing is marked before the user comes to the table. */
  #used = false;
  #anchor: { at: number; readonly row: PanelRow | undefined } | 'all' | undefined;
  /** The active row as it was held last: far out of sight it is not, and is copied all the same. */
  #seen: { at: number; readonly row: PanelRow } | undefined;

  use(): void {
    this.#used = true;
  }

  has(at: number): boolean {
    if (this.#anchor === 'all') return true;
    if (!this.#used) return false;
    const other = this.#anchor?.at ?? this.row;
    return at >= Math.min(this.row, other) && at <= Math.max(this.row, other);
  }

  /** Makes a cell active. `extend` marks the rows from where it began to there; `rowAt` knows the rows that are near. */
  move(row: number, column: number, extend: boolean, rowAt: (at: number) => PanelRow | undefined): void {
    this.#used = true;
    if (!extend || row < 0) this.#anchor = undefined;
    else if (typeof this.#anchor !== 'object') {
      const at = Math.max(0, this.row);
      this.#anchor = { at, row: this.#known(at, rowAt) };
    }
    this.row = row;
    this.column = column;
  }

  /** More than the active row is marked. */
  get extended(): boolean {
    return this.#anchor !== undefined;
  }

  markAll(): void {
    this.#anchor = 'all';
  }

  /** Marks the active row alone. */
  reduce(): void {
    this.#anchor = undefined;
  }

  /** Rows came in or went before the marked ones. */
  shift(by: number): void {
    if (this.row >= 0) this.row += by;
    if (typeof this.#anchor === 'object') this.#anchor.at += by;
    if (this.#seen) this.#seen.at += by;
  }

  /** Is told of the rows that are held each time that rows are drawn. */
  see(rowAt: (at: number) => PanelRow | undefined): void {
    const row = rowAt(this.row);
    if (row) this.#seen = { at: this.row, row };
  }

  /** There are other rows now, or in another order. */
  forget(): void {
    this.#seen = undefined;
  }

  /** Keeps the active cell within the table. */
  limit(rows: number, columns: number): void {
    this.row = Math.min(this.row, Math.max(0, rows - 1));
    this.column = Math.max(0, Math.min(this.column, columns - 1));
  }

  /** What is marked, by rows that are known; undefined when the active row never was. */
  ends(rowAt: (at: number) => PanelRow | undefined): Marked | undefined {
    if (this.#anchor === 'all') return 'all';
    const to = this.#known(this.row, rowAt);
    const from = this.#anchor ? this.#anchor.row : to;
    return from && to ? { from, to } : undefined;
  }

  #known(at: number, rowAt: (at: number) => PanelRow | undefined): PanelRow | undefined {
    return rowAt(at) ?? (this.#seen?.at === at ? this.#seen.row : undefined);
  }
}
