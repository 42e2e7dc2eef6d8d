/**
 * The table: a grid of which only the rows in sight exist. Focus stays on the grid; the active cell is named by it.
 *
 * Why no library: the grids that bring keyboard and screen-reader semantics (ag-grid, tabulator, slickgrid, glide) want all
 * rows in the page, inject styles that the CSP forbids, or paint on a canvas, and take two to fifty times as long to open a
 * million rows. A virtualiser (@tanstack/virtual-core, which `npm run bench` measures against) only says which rows are in
 * sight, which for rows of one height is a division; it neither goes beyond the height a browser allows an element nor
 * knows anything of the keyboard. What is hard here is ours either way: the window of rows asked from the host, a scroll
 * bar that stands for more than it can, and a place that holds while rows stream in.
 */

import type { PanelRow, RowsReply } from '../../src/core/treaty/panelRows.ts';
import type { PanelState } from '../../src/core/treaty/panelState.ts';
import type { PanelView } from '../../src/core/treaty/panelView.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { ColumnHeads, type ColumnHeadsOwner } from './columnHeads.ts';
import { type CellPlace, GridMouse } from './gridMouse.ts';
import { type Marked, MarkedRows } from './markedRows.ts';
import { TableFrame } from './tableFrame.ts';
import { keyMeans } from './tableKeys.ts';
import { TableSight } from './tableSight.ts';
import { say } from './words.ts';

/** A point of the page, in pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

export interface TableOwner extends ColumnHeadsOwner {
  /** The first row in sight changed, or whether the focus is at a heading. */
  moved(place: number, atHead: boolean): void;
  /**
   * Enter or a double click on a cell of the column.
   * @param line which of several that the row came from, from 0
   */
  enter(row: PanelRow, column: StandingColumn, line?: number): void;
  rowMenu(row: PanelRow, column: StandingColumn, at: Point): void;
  columnMenu(column: StandingColumn, at: Point): void;
}

export class Table {
  readonly root: HTMLElement;
  readonly #owner: TableOwner;
  readonly #heads: ColumnHeads;
  readonly #frame: TableFrame;
  readonly #sight: TableSight;
  readonly #marked = new MarkedRows();

  constructor(owner: TableOwner) {
    this.#owner = owner;
    this.#heads = new ColumnHeads(owner);
    this.#frame = new TableFrame(this.#heads.root);
    this.#sight = new TableSight(this.#frame, this.#marked, (first) => this.#drawn(first));
    const { scroller, grid } = this.#frame;
    this.root = scroller;
    grid.addEventListener('keydown', (event) => this.#key(event));
    grid.addEventListener('focus', () => {
      this.#marked.use();
      this.#sight.draw();
    });
    grid.addEventListener('blur', () => this.#sight.drawSoon());
    new GridMouse(grid, {
      placeOf: (cell) => this.#sight.placeOf(cell),
      rowAt: (place) => this.#sight.row(place),
      isMarked: (place) => this.#marked.has(place),
      focus: () => this.focus(),
      move: (row, column, extend) => this.#move(row, column, extend),
      enter: (row, column, line) => owner.enter(row, this.#columns[column]!, line),
      menu: (at, point) => this.#menu(at, point),
    });
  }

  /** Asks for the first rows at once; `place` is the first one. */
  begin(place: number): void {
    this.#sight.begin(place);
  }

  /** @param view the user's, which the one that the host chose and ordered the rows by may be behind */
  show(state: PanelState, view: PanelView): void {
    const { title, facts, progress, arranging } = state;
    const { grid } = this.#frame;
    grid.setAttribute('aria-label', say(state.strip === undefined ? 'tableName' : 'matrixName', title));
    grid.setAttribute('aria-rowcount', String(facts.shown + 1));
    grid.setAttribute('aria-busy', String(arranging !== undefined));
    const running = progress.kind === 'running' || progress.kind === 'waiting';
    this.#showColumns(state, view, running);
    this.#sight.show(facts, view.place, running);
    this.#marked.limit(facts.shown, this.#columns.length);
    this.#sight.draw();
  }

  take(reply: RowsReply): void {
    this.#sight.take(reply);
  }

  /** The view changed by the user's wish: the order is a new one, seen from its start. */
  restart(): void {
    this.#sight.toTop();
    this.#marked.reduce();
    if (this.#marked.row > 0) this.#marked.row = 0;
  }

  goTo(at: number): void {
    this.#move(at, this.#marked.column);
  }

  focus(): void {
    this.#frame.grid.focus();
  }

  get hasFocus(): boolean {
    return this.#frame.hasFocus;
  }

  /** The rows the user marked: from one to the other in the order shown, or all of them. */
  marked(): Marked | undefined {
    return this.#marked.ends((at) => this.#sight.row(at));
  }

  get #columns(): readonly StandingColumn[] {
    return this.#heads.columns;
  }

  #showColumns(state: PanelState, view: PanelView, running: boolean): void {
    const active = this.#columns[this.#marked.column]?.key;
    if (this.#heads.show(state, view, running)) this.#sight.reset(this.#columns);
    this.#frame.grid.setAttribute('aria-colcount', String(this.#columns.length));
    // The active cell goes with its column.
    const at = this.#columns.findIndex(({ key }) => key === active);
    if (at >= 0) this.#marked.column = at;
  }

  #drawn(first: number): void {
    const isAtHead = this.#marked.row < 0;
    this.#heads.mark(isAtHead ? this.#marked.column : undefined);
    this.#owner.moved(first, isAtHead && this.hasFocus);
  }

  /** Makes a cell the active one and brings it into sight. */
  #move(row: number, column: number, extend = false): void {
    const { total } = this.#sight;
    const to = Math.max(-1, Math.min(row, total - 1));
    this.#marked.move(to, column, extend, (at) => this.#sight.row(at));
    this.#marked.limit(total, this.#columns.length);
    if (to >= 0) this.#sight.reveal(to);
    this.#sight.draw();
    this.#scrollToColumn();
  }

  get #activeCell(): HTMLElement | undefined {
    const { row, column } = this.#marked;
    return row < 0 ? this.#heads.cell(column) : this.#sight.cell(row, column);
  }

  #scrollToColumn(): void {
    const cell = this.#activeCell;
    if (cell) this.#frame.scrollTo(cell);
  }

  #key(event: KeyboardEvent): void {
    const place = {
      row: this.#marked.row,
      column: this.#marked.column,
      rows: this.#sight.total,
      columns: this.#columns.length,
      page: this.#sight.page,
      extended: this.#marked.extended,
    };
    const run = keyMeans(event, place, {
      move: (row, column, extend) => this.#move(row, column, extend),
      widen: (column, direction) => this.#heads.step(column, direction),
      carry: (column, direction) => this.#carry(column, column + direction),
      enter: (add) => this.#enter(add),
      menu: () => this.#menuAtActive(),
      markAll: () => this.#markAll(),
    });
    if (!run) return;
    // The editor gets every key that goes on from here, and has other uses for Alt and an arrow.
    event.stopPropagation();
    event.preventDefault();
    run();
  }

  #markAll(): void {
    this.#marked.markAll();
    this.#sight.draw();
  }

  #carry(from: number, to: number): void {
    const column = this.#columns[from];
    if (!column || to < 0 || to >= this.#columns.length) return;
    this.#owner.moveColumn(column.key, to);
    this.#scrollToColumn();
  }

  #enter(add: boolean): void {
    const { row, column } = this.#marked;
    const entered = this.#columns[column];
    if (!entered) return;
    const shown = this.#sight.row(row);
    if (row < 0) this.#owner.sort(entered.key, add);
    else if (shown) this.#owner.enter(shown, entered);
  }

  #menu({ row, column }: CellPlace, point: Point): void {
    const entered = this.#columns[column];
    const shown = this.#sight.row(row);
    if (entered && row < 0) this.#owner.columnMenu(entered, point);
    else if (entered && shown) this.#owner.rowMenu(shown, entered, point);
  }

  #menuAtActive(): void {
    const cell = this.#activeCell;
    if (!cell) return;
    const { left, bottom } = cell.getBoundingClientRect();
    this.#menu(this.#marked, { x: left, y: bottom });
  }
}
