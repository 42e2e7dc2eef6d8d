/** What is seen of the rows: asked from the host, drawn as far as they are in sight, scrolled through. */

import type { PanelRow, RowsReply } from '../../src/core/treaty/panelRows.ts';
import type { TableFacts } from '../../src/core/treaty/panelState.ts';
import type { PanelView } from '../../src/core/treaty/panelView.ts';
import type { StandingColumn } from './columnArrangement.ts';
import type { MarkedRows } from './markedRows.ts';
import { cellId } from './rowElement.ts';
import { RowsInSight, rowHeight } from './rowsInSight.ts';
import { RowWindow } from './rowWindow.ts';
import { ScrollRange } from './scrollRange.ts';
import type { TableFrame } from './tableFrame.ts';

export class TableSight {
  readonly #frame: TableFrame;
  readonly #marked: MarkedRows;
  readonly #onDraw: (first: number) => void;
  readonly #range: ScrollRange;
  readonly #window = new RowWindow();
  readonly #rows: RowsInSight;
  #total = 0;
  #revision = -1;
  #running = false;
  /** What the host chose the rows of the last revision by, and put them in order. */
  #chosenBy = '';
  #drawing = false;

  /** @param onDraw called with the place of the first row in sight, each time that the rows are drawn */
  constructor(frame: TableFrame, marked: MarkedRows, onDraw: (first: number) => void) {
    this.#frame = frame;
    this.#marked = marked;
    this.#onDraw = onDraw;
    this.#rows = new RowsInSight(frame.body);
    this.#range = new ScrollRange(frame.scroller, frame.sizer, () => this.drawSoon());
    new ResizeObserver(() => this.#resize()).observe(frame.scroller);
  }

  /** Asks for the first rows at once; `place` is the first one. */
  begin(place: number): void {
    this.#window.begin(place, Math.ceil(innerHeight / rowHeight));
  }

  /** Rows with these columns from now on. */
  reset(columns: readonly StandingColumn[]): void {
    this.#rows.reset(columns);
  }

  /** @param place the first row that the user saw last; holds for the first call */
  show({ revision, shown, view }: TableFacts, place: number, running: boolean): void {
    const first = this.#revision < 0;
    this.#running = running;
    if (revision !== this.#revision) {
      this.#revision = revision;
      // The rows asked for in the beginning are of this first revision.
      const chosenBy = choiceOf(view);
      const areOthers = chosenBy !== this.#chosenBy;
      if (!first) this.#window.renew(areOthers);
      if (areOthers) this.#marked.forget();
      this.#chosenBy = chosenBy;
    }
    this.#total = shown;
    this.#resize();
    if (first) this.#range.top = place * rowHeight;
  }

  take(reply: RowsReply): void {
    const moved = this.#window.take(reply);
    if (moved === undefined) return;
    if (moved !== 0) {
      this.#marked.shift(moved);
      this.#range.top += moved * rowHeight;
    }
    const top = this.#range.top / rowHeight;
    const isAhead = reply.first > top + this.#viewHeight / rowHeight || reply.first + reply.rows.length < top;
    // Rows that are not in sight yet are drawn in time with others: a second drawing in a frame costs as much as the first.
    if (isAhead) this.drawSoon();
    else this.draw();
  }

  /** How many rows there are to see. */
  get total(): number {
    return this.#total;
  }

  /** So many rows are one page. */
  get page(): number {
    return Math.max(1, Math.floor(this.#viewHeight / rowHeight) - 1);
  }

  /** The row at a place, as far as it has come. */
  row(at: number): PanelRow | undefined {
    return this.#window.row(at);
  }

  cell(row: number, column: number): HTMLElement | undefined {
    return this.#rows.get(row)?.cell(column);
  }

  /** The place of the row that an element belongs to. */
  placeOf(element: Element): number | undefined {
    return this.#rows.placeOf(element);
  }

  toTop(): void {
    this.#range.top = 0;
  }

  /** Scrolls as far as it takes to see a row. */
  reveal(row: number): void {
    const top = row * rowHeight;
    if (top < this.#range.top) this.#range.top = top;
    else if (top + rowHeight > this.#range.top + this.#viewHeight) this.#range.top = top + rowHeight - this.#viewHeight;
  }

  drawSoon(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.draw();
    });
  }

  draw(): void {
    if (this.#revision < 0) return;
    const { top } = this.#range;
    const { row, column } = this.#marked;
    const first = Math.floor(top / rowHeight);
    const end = Math.min(this.#total, Math.ceil((top + this.#viewHeight) / rowHeight));
    const inSight = row >= first && row < end;
    const keeps = inSight && this.#frame.hasFocus;
    // Where nothing is known yet, the first rows come with the next message.
    if (!this.#rows.empty || this.#window.row(first)) this.#drawRows(first, keeps);
    this.#marked.see((at) => this.#window.row(at));
    this.#frame.nameActive(row < 0 ? `head-${column}` : inSight ? cellId(row, column) : undefined);
    if (this.#total > 0) this.#window.want(first, end, this.#total, keeps ? row : first > 0 ? first : undefined);
    this.#onDraw(first);
  }

  /** @param keeps whether a row keeps its element, as the active one is in sight and has the focus */
  #drawRows(first: number, keeps: boolean): void {
    const { row, column } = this.#marked;
    // As many as are ever in sight: to take the last one away and make it again, as a part of it goes out of sight, costs more.
    const end = Math.min(this.#total, first + Math.ceil(this.#viewHeight / rowHeight) + 1);
    const columns = keeps ? undefined : this.#frame.columnsInSight;
    this.#rows.draw([first, end], this.#range.top - first * rowHeight, columns, this.#running, (at) => ({
      row: this.#window.row(at),
      selected: this.#marked.has(at),
      activeColumn: at === row ? column : undefined,
    }));
  }

  #resize(): void {
    this.#frame.fit();
    this.#range.resize(this.#total * rowHeight, this.#viewHeight, this.#frame.headHeight);
    this.drawSoon();
  }

  get #viewHeight(): number {
    return Math.max(rowHeight, this.#frame.bodyHeight);
  }
}

/** What decides which rows there are, and in which order: a filter looks in the columns that are shown. */
function choiceOf({ filter, chips, sort, columns }: PanelView): string {
  const hidden = columns.filter((column) => column.hidden).map(({ key }) => key);
  return JSON.stringify([filter, chips, sort, filter === '' ? [] : hidden.sort()]);
}
