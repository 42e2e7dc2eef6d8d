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

import {
  type Column,
  columns,
  type PanelRow,
  type PanelState,
  type PanelView,
  type RowsReply,
} from '../../src/core/treaty/panelMessages.ts';
import { ColumnHeads } from './columnHeads.ts';
import { element } from './element.ts';
import { type Marked, MarkedRows } from './markedRows.ts';
import { cellId } from './rowElement.ts';
import { RowsInSight, rowHeight } from './rowsInSight.ts';
import { RowWindow } from './rowWindow.ts';
import { ScrollRange } from './scrollRange.ts';
import { type KeyPlace, keyMeans } from './tableKeys.ts';
import { say } from './words.ts';

export interface TableOwner {
  sort(column: Column): void;
  resized(widths: PanelView['widths']): void;
  /** The first row in sight changed. */
  moved(place: number): void;
  /** Enter or a double click on a cell. */
  enter(row: PanelRow, column: Column): void;
  /** The row's menu was asked for, at this place of the page. */
  menu(row: PanelRow, x: number, y: number): void;
}

export class Table {
  readonly root = element('div', 'scroller');
  readonly #owner: TableOwner;
  readonly #grid = element('table', 'grid');
  readonly #body = element('tbody');
  readonly #sight = element('div', 'sight');
  readonly #sizer = element('div', 'sizer');
  readonly #heads: ColumnHeads;
  readonly #range: ScrollRange;
  readonly #window = new RowWindow();
  readonly #rows = new RowsInSight(this.#body);
  #columns: readonly Column[] = [];
  #total = 0;
  #revision = -1;
  #running = false;
  #headsShown = '';
  /** The filter, chip and sort by which the host chose the rows of the last revision. */
  #chosenBy = '';
  readonly #marked = new MarkedRows();
  #drawing = false;
  #height = 0;

  constructor(owner: TableOwner) {
    this.#owner = owner;
    this.#heads = new ColumnHeads(owner);
    const head = element('thead', '', this.#heads.root);
    head.setAttribute('role', 'rowgroup');
    this.#body.setAttribute('role', 'rowgroup');
    this.#grid.setAttribute('role', 'grid');
    this.#grid.setAttribute('aria-multiselectable', 'true');
    this.#grid.tabIndex = 0;
    this.#grid.append(head, this.#body);
    this.#sight.append(this.#grid);
    this.#sizer.append(this.#sight);
    this.root.append(this.#sizer);
    this.root.tabIndex = -1;
    this.#range = new ScrollRange(this.root, this.#sizer, () => this.#drawSoon());
    this.#grid.addEventListener('keydown', (event) => this.#key(event));
    this.#grid.addEventListener('mousedown', (event) => this.#press(event));
    this.#grid.addEventListener('dblclick', () => this.#enter());
    this.#grid.addEventListener('contextmenu', (event) => this.#menu(event));
    this.#grid.addEventListener('focus', () => {
      this.#marked.use();
      this.#draw();
    });
    new ResizeObserver(() => this.#resize()).observe(this.root);
  }

  /** Asks for the first rows at once; `place` is the first one. */
  begin(place: number): void {
    this.#window.begin(place, Math.ceil(innerHeight / rowHeight));
  }

  /** @param chosen the view by which the host chose and ordered the rows, which the page's own may be ahead of */
  show(state: PanelState, chosen: PanelView): void {
    const { facts } = state;
    const first = this.#revision < 0;
    this.#running = state.progress.kind === 'running' || state.progress.kind === 'waiting';
    this.#grid.setAttribute('aria-label', say('tableName', state.title));
    this.#grid.setAttribute('aria-rowcount', String(facts.shown + 1));
    this.#showHeads(state);
    if (facts.revision !== this.#revision) {
      this.#revision = facts.revision;
      // The rows asked for in the beginning are of this first revision.
      const chosenBy = JSON.stringify([chosen.filter, chosen.chip, chosen.sort]);
      if (!first) this.#window.renew(chosenBy !== this.#chosenBy);
      this.#chosenBy = chosenBy;
    }
    this.#total = facts.shown;
    this.#marked.limit(this.#total, this.#columns.length);
    this.#resize();
    if (first) this.#range.top = facts.view.place * rowHeight;
    this.#draw();
  }

  take(reply: RowsReply): void {
    const moved = this.#window.take(reply);
    if (moved === undefined) return;
    if (moved !== 0) {
      this.#marked.shift(moved);
      this.#range.top += moved * rowHeight;
    }
    this.#draw();
  }

  /** The view changed by the user's wish: the order is a new one, seen from its start. */
  restart(): void {
    this.#range.top = 0;
    this.#marked.reduce();
    if (this.#marked.row > 0) this.#marked.row = 0;
  }

  goTo(at: number): void {
    this.#move(at, this.#marked.column);
  }

  focus(): void {
    this.#grid.focus();
  }

  get hasFocus(): boolean {
    return document.activeElement === this.#grid;
  }

  /** The rows the user marked: from one to the other in the order shown, or all of them. */
  marked(): Marked | undefined {
    return this.#marked.ends((at) => this.#window.row(at));
  }

  #showHeads(state: PanelState): void {
    const { view, hasPlaces, counts } = state.facts;
    const extras = {
      names: state.names === 'on' || state.names === 'reading',
      // While it runs, what is not read yet has no reason.
      reasons: counts.failed > 0 || (counts.notRead > 0 && !this.#running),
    };
    const shown = JSON.stringify([view.sort, view.widths, hasPlaces, state.from, state.to, extras]);
    if (shown === this.#headsShown) return;
    this.#headsShown = shown;
    this.#columns = columns.filter((column) => column !== 'source' || hasPlaces);
    this.#grid.setAttribute('aria-colcount', String(this.#columns.length));
    this.#heads.show(this.#columns, { record: state.from, associated: state.to }, view, extras);
    this.#rows.reset(this.#columns);
  }

  #resize(): void {
    const { clientHeight } = this.root;
    if (clientHeight !== this.#height) {
      this.#height = clientHeight;
      this.#sight.style.height = `${clientHeight}px`;
    }
    this.#range.resize(this.#total * rowHeight, this.#viewHeight, rowHeight);
    this.#drawSoon();
  }

  get #viewHeight(): number {
    return Math.max(rowHeight, this.root.clientHeight - rowHeight);
  }

  #drawSoon(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#revision < 0) return;
    const { top } = this.#range;
    const first = Math.floor(top / rowHeight);
    const end = Math.min(this.#total, Math.ceil((top + this.#viewHeight) / rowHeight));
    // Nothing is known yet: the first rows come with the next message.
    const inSight = this.#marked.row >= first && this.#marked.row < end;
    if (!this.#rows.empty || this.#window.row(first)) {
      const offset = top - first * rowHeight;
      this.#rows.draw([first, end], offset, inSight && this.hasFocus, this.#running, (at) => ({
        row: this.#window.row(at),
        selected: this.#marked.has(at),
        activeColumn: at === this.#marked.row ? this.#marked.column : undefined,
      }));
    }
    this.#heads.mark(this.#marked.row < 0 ? this.#marked.column : undefined);
    this.#nameActive(first, end);
    if (this.#total > 0)
      this.#window.want(
        first,
        end,
        this.#total,
        inSight && this.hasFocus ? this.#marked.row : first > 0 ? first : undefined,
      );
    this.#owner.moved(first);
  }

  #nameActive(first: number, end: number): void {
    const { row, column } = this.#marked;
    const id = row < 0 ? `head-${column}` : row >= first && row < end ? cellId(row, column) : undefined;
    if (id === undefined) this.#grid.removeAttribute('aria-activedescendant');
    else if (this.#grid.getAttribute('aria-activedescendant') !== id)
      this.#grid.setAttribute('aria-activedescendant', id);
  }

  /** Makes a cell the active one and brings it into sight. */
  #move(row: number, column: number, extend = false): void {
    const to = Math.max(-1, Math.min(row, this.#total - 1));
    this.#marked.move(to, column, extend, (at) => this.#window.row(at));
    this.#marked.limit(this.#total, this.#columns.length);
    if (to >= 0) {
      const top = to * rowHeight;
      if (top < this.#range.top) this.#range.top = top;
      else if (top + rowHeight > this.#range.top + this.#viewHeight)
        this.#range.top = top + rowHeight - this.#viewHeight;
    }
    this.#draw();
    this.#scrollToColumn();
  }

  #scrollToColumn(): void {
    const { row, column } = this.#marked;
    const cell = row < 0 ? this.#heads.cell(column) : this.#rows.get(row)?.cell(column);
    if (!cell) return;
    const seen = this.root.getBoundingClientRect();
    const { left, right } = cell.getBoundingClientRect();
    const width = this.root.clientWidth;
    if (left < seen.left) this.root.scrollLeft += left - seen.left;
    else if (right > seen.left + width) this.root.scrollLeft += Math.min(right - seen.left - width, left - seen.left);
  }

  #key(event: KeyboardEvent): void {
    const place: KeyPlace = {
      row: this.#marked.row,
      column: this.#marked.column,
      rows: this.#total,
      columns: this.#columns.length,
      page: Math.max(1, Math.floor(this.#viewHeight / rowHeight) - 1),
      extended: this.#marked.extended,
    };
    const run = keyMeans(event, place, {
      move: (row, column, extend) => this.#move(row, column, extend),
      widen: (column, direction) => this.#heads.step(column, direction),
      enter: () => this.#enter(),
      menu: () => this.#menuAtActive(),
      markAll: () => this.#markAll(),
    });
    if (!run) return;
    event.preventDefault();
    run();
  }

  #markAll(): void {
    this.#marked.markAll();
    this.#draw();
  }

  #enter(): void {
    const { row, column } = this.#marked;
    const name = this.#columns[column];
    if (!name) return;
    const shown = this.#window.row(row);
    if (row < 0) this.#owner.sort(name);
    else if (shown) this.#owner.enter(shown, name);
  }

  #press(event: MouseEvent): void {
    const at = this.#cellAt(event);
    if (!at) return;
    event.preventDefault();
    this.#grid.focus();
    if (event.button === 2 && this.#marked.has(at.row)) return;
    this.#move(at.row, at.column, event.shiftKey);
  }

  #menu(event: MouseEvent): void {
    event.preventDefault();
    const at = this.#cellAt(event);
    const row = at && this.#window.row(at.row);
    if (row) this.#owner.menu(row, event.clientX, event.clientY);
  }

  #menuAtActive(): void {
    const { row, column } = this.#marked;
    const known = this.#window.row(row);
    const cell = this.#rows.get(row)?.cell(column);
    if (!known || !cell) return;
    const { left, bottom } = cell.getBoundingClientRect();
    this.#owner.menu(known, left, bottom);
  }

  #cellAt({ target }: Event): { row: number; column: number } | undefined {
    const cell = target instanceof Element ? target.closest('td') : null;
    const row = cell ? this.#rows.placeOf(cell) : undefined;
    return cell && row !== undefined ? { row, column: cell.cellIndex } : undefined;
  }
}
