/** The rows that exist as elements: those in sight. They stay where they are and are filled with other rows as the user scrolls. */

import type { PanelRow } from '../../src/core/treaty/panelRows.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { type ColumnRange, RowElement } from './rowElement.ts';

/** The height of a row in pixels; panel.css says the same. */
export const rowHeight = 22;

/**
 * How long rows have to stand still, in milliseconds, until they tell their places and cells out of sight are filled: nobody listens
 * while they fly by, and what stands beside what is in sight costs as much as what is.
 */
const rest = 100;

export interface RowLook {
  readonly row: PanelRow | undefined;
  readonly selected: boolean;
  /** The active column, when the row is the active one. */
  readonly activeColumn: number | undefined;
}

/**
 * Scrolling changes no style and moves no element, only texts and the body's own scroll position. (Giving each row a place
 * of its own by an inline style was tried: Chromium then takes more and more time to work out styles.)
 */
export class RowsInSight {
  readonly #body: HTMLElement;
  readonly #rows: RowElement[] = [];
  #columns: readonly StandingColumn[] = [];
  #first = 0;
  #completing: ReturnType<typeof setTimeout> | undefined;

  constructor(body: HTMLElement) {
    this.#body = body;
  }

  /** Starts anew, with other columns. */
  reset(columns: readonly StandingColumn[]): void {
    this.#columns = columns;
    this.#rows.length = 0;
    this.#body.replaceChildren();
  }

  get(at: number): RowElement | undefined {
    return this.#rows[at - this.#first];
  }

  get empty(): boolean {
    return this.#rows.length === 0;
  }

  /** The place of the row that an element belongs to. */
  placeOf(element: Element): number | undefined {
    return this.#rows.find(({ root }) => root.contains(element))?.at;
  }

  /**
   * Shows the rows `first` to `end`, the first one `offset` pixels above the edge. Without `columns`, those in sight, a row keeps its
   * element while it is in sight and is filled as a whole, which a screen reader needs to tell one row from the next; that costs more.
   */
  draw(
    [first, end]: readonly [number, number],
    offset: number,
    columns: ColumnRange | undefined,
    running: boolean,
    look: (at: number) => RowLook,
  ): void {
    if (!columns) this.#rotate(first - this.#first);
    this.#first = first;
    while (this.#rows.length > end - first) this.#rows.pop()?.root.remove();
    while (this.#rows.length < end - first) {
      const row = new RowElement(this.#columns);
      this.#rows.push(row);
      this.#body.append(row.root);
    }
    this.#rows.forEach((element, index) => {
      element.at = first + index;
      const { row, selected, activeColumn } = look(first + index);
      element.show(row, running, columns);
      element.mark(selected, activeColumn);
    });
    this.#body.scrollTop = offset;
    clearTimeout(this.#completing);
    if (columns) this.#completing = setTimeout(() => this.#complete(), rest);
    else this.#complete();
  }

  #complete(): void {
    for (const row of this.#rows) row.complete();
  }

  /** Moves as many elements from one end to the other as rows went out of sight. */
  #rotate(by: number): void {
    if (by === 0 || Math.abs(by) >= this.#rows.length) return;
    const moved = by > 0 ? this.#rows.splice(0, by) : this.#rows.splice(by);
    const roots = moved.map(({ root }) => root);
    if (by > 0) {
      this.#rows.push(...moved);
      this.#body.append(...roots);
    } else {
      this.#rows.unshift(...moved);
      this.#body.prepend(...roots);
    }
  }
}
