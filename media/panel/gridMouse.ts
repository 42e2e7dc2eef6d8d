/** What the mouse does in the table's rows and at its headings. */

import type { PanelRow } from '../../src/core/treaty/panelRows.ts';

/** A cell by its row's place in the order shown, and its column's among those shown. Row -1 is the heading. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridMouseOwner {
  /** The place of the row that an element of the table's body belongs to. */
  placeOf(element: Element): number | undefined;
  rowAt(place: number): PanelRow | undefined;
  isMarked(place: number): boolean;
  focus(): void;
  move(row: number, column: number, extend: boolean): void;
  /** Does what the row is for. `line`: which of several that it came from, from 0. */
  enter(row: PanelRow, column: number, line?: number): void;
  /** Opens what can be done there, at a point in pixels of the page. */
  menu(at: CellPlace, point: { readonly x: number; readonly y: number }): void;
}

export class GridMouse {
  readonly #owner: GridMouseOwner;

  constructor(grid: HTMLElement, owner: GridMouseOwner) {
    this.#owner = owner;
    grid.addEventListener('mousedown', (event) => this.#press(event));
    grid.addEventListener('click', (event) => this.#click(event));
    grid.addEventListener('dblclick', (event) => this.#doubleClick(event));
    grid.addEventListener('contextmenu', (event) => this.#menu(event));
  }

  #press(event: MouseEvent): void {
    const at = this.#cellAt(event);
    if (!at) return;
    // The focus stays on the grid, also where a button of the heading is pressed.
    event.preventDefault();
    this.#owner.focus();
    if (event.button === 2 && at.row >= 0 && this.#owner.isMarked(at.row)) return;
    this.#owner.move(at.row, at.column, event.shiftKey && at.row >= 0);
  }

  /** A place is a link: one click goes there. */
  #click(event: MouseEvent): void {
    const at = this.#cellAt(event);
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
    const place = at && isPlain && event.detail === 1 ? placeAt(event) : undefined;
    if (at && place) this.#enter(at, place.dataset.line === undefined ? undefined : Number(place.dataset.line));
  }

  #doubleClick(event: MouseEvent): void {
    const at = this.#cellAt(event);
    if (at && !placeAt(event)) this.#enter(at);
  }

  #enter({ row, column }: CellPlace, line?: number): void {
    const shown = this.#owner.rowAt(row);
    if (shown) this.#owner.enter(shown, column, line);
  }

  #menu(event: MouseEvent): void {
    event.preventDefault();
    const at = this.#cellAt(event);
    if (at) this.#owner.menu(at, { x: event.clientX, y: event.clientY });
  }

  #cellAt({ target }: Event): CellPlace | undefined {
    const cell = target instanceof Element ? target.closest<HTMLTableCellElement>('td, th') : null;
    if (!cell) return undefined;
    const row = cell.tagName === 'TH' ? -1 : this.#owner.placeOf(cell);
    return row === undefined ? undefined : { row, column: cell.cellIndex };
  }
}

function placeAt({ target }: Event): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('.place')) || undefined;
}
