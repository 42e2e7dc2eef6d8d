/**
 * The heading row: sorts by a press, opens a column's menu, and changes its width by dragging the edge, its place by dragging
 * the heading. What the mouse does has its keys, see tableKeys.ts.
 */

import { arrangedColumns } from '../../src/core/rows/columnOrder.ts';
import type { PanelState } from '../../src/core/treaty/panelState.ts';
import type { ColumnSort, PanelView } from '../../src/core/treaty/panelView.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { ColumnDrag } from './columnDrag.ts';
import { ColumnWidths } from './columnWidths.ts';
import { button, element, foreign, glyph, setText } from './element.ts';
import { number, say } from './words.ts';

const widthStep = 16;

export interface ColumnHeadsOwner {
  /** @param add as a further column to sort by, beside those that are */
  sort(column: string, add: boolean): void;
  /** A column was given another place among those shown, from 0. */
  moveColumn(column: string, to: number): void;
  /** @param width in pixels; undefined for the width that the column had at first */
  resizeColumn(column: string, width: number | undefined): void;
}

export class ColumnHeads {
  readonly root = element('tr', 'row heads');
  readonly #owner: ColumnHeadsOwner;
  readonly #widths = new ColumnWidths();
  readonly #drag: ColumnDrag;
  #columns: readonly StandingColumn[] = [];
  #shown = '';
  #active: HTMLElement | undefined;

  constructor(owner: ColumnHeadsOwner) {
    this.#owner = owner;
    this.root.setAttribute('role', 'row');
    this.root.setAttribute('aria-rowindex', '1');
    this.#drag = new ColumnDrag(this.root, (from, to) => owner.moveColumn(this.#columns[from]!.key, to));
  }

  /** Those that are shown. */
  get columns(): readonly StandingColumn[] {
    return this.#columns;
  }

  /** @returns true when the cells below have to be others than before */
  show(state: PanelState, view: PanelView, running: boolean): boolean {
    const { columns, counts } = state.facts;
    const shown = arrangedColumns(columns, view.columns).filter(({ hidden }) => !hidden);
    const extras = {
      names: state.names === 'on' || state.names === 'reading',
      // While it runs, what is not read yet has no reason.
      reasons: counts.failed > 0 || (counts.notRead > 0 && !running),
      verdicts: shown.some(({ kind }) => kind === 'verdict'),
    };
    const text = JSON.stringify([shown.map(withoutTold), view.sort, extras]);
    if (text === this.#shown) {
      // A button that is made anew while it is pressed would not be pressed, so only the words change.
      this.#columns = shown;
      for (const [at, column] of shown.entries()) this.#tell(column, at, view.sort);
      return false;
    }
    this.#shown = text;
    const areOthers = cellsOf(shown) !== cellsOf(this.#columns);
    this.#columns = shown;
    this.root.classList.toggle(
      'tall',
      shown.some(({ detail }) => detail !== undefined),
    );
    this.root.replaceChildren(...shown.map((column, at) => this.#head(column, at, view.sort)));
    this.#widths.show(shown, extras);
    return areOthers;
  }

  cell(column: number): HTMLElement | undefined {
    const cell = this.root.children[column];
    return cell instanceof HTMLElement ? cell : undefined;
  }

  mark(activeColumn: number | undefined): void {
    const cell = activeColumn === undefined ? undefined : this.cell(activeColumn);
    if (cell === this.#active) return;
    this.#active?.classList.remove('active');
    cell?.classList.add('active');
    this.#active = cell;
  }

  /** Makes a column wider (1) or narrower (-1) by one step. */
  step(column: number, direction: 1 | -1): void {
    const cell = this.cell(column);
    const shown = this.#columns[column];
    if (cell && shown) this.#resize(shown.key, cell.offsetWidth + direction * widthStep, true);
  }

  #head(column: StandingColumn, at: number, sort: readonly ColumnSort[]): HTMLElement {
    const { key, kind, align } = column;
    const cell = element('th', `cell ${kind} at-${at}`);
    cell.id = `head-${at}`;
    cell.classList.toggle('end', align === 'end');
    cell.setAttribute('role', 'columnheader');
    const press = button('sort', (event) => this.#owner.sort(key, event.shiftKey), foreign(column.head));
    press.tabIndex = -1;
    press.title = this.#title(column);
    press.addEventListener('pointerdown', (event) => this.#drag.begin(event, at));
    this.#showSort(cell, press, column, sort);
    this.#describe(cell, column, sort);
    const grip = element('span', 'grip');
    grip.addEventListener('pointerdown', (event) => this.#dragEdge(event, key, cell));
    grip.addEventListener('dblclick', () => this.#resize(key, undefined, true));
    cell.append(press, grip);
    if (column.detail !== undefined) cell.append(foreign(column.detail, 'detail'));
    return cell;
  }

  /** The arrow, and the rank where there are several. `aria-sort` knows no ranks: a screen reader hears them in the description. */
  #showSort(cell: HTMLElement, press: HTMLElement, column: StandingColumn, sort: readonly ColumnSort[]): void {
    const at = sort.findIndex((each) => each.column === column.key);
    const sorted = sort[at];
    const isRanked = sorted !== undefined && sort.length > 1;
    cell.setAttribute('aria-sort', sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none');
    if (sorted) press.append(glyph(sorted.descending ? 'down' : 'up'));
    if (isRanked) {
      const rank = element('span', 'rank', number(at + 1));
      rank.setAttribute('aria-hidden', 'true');
      press.append(rank);
    }
  }

  #describe(cell: HTMLElement, column: StandingColumn, sort: readonly ColumnSort[]): void {
    const at = sort.findIndex((each) => each.column === column.key);
    const isRanked = at >= 0 && sort.length > 1;
    const described = [
      column.tooltip,
      isRanked && say('sortRank', at + 1, sort.length),
      this.#unread(column),
      say('sortHint'),
    ];
    cell.setAttribute('aria-description', described.filter(Boolean).join(' '));
  }

  /** What has become known of a column while its heading stays. */
  #tell(column: StandingColumn, at: number, sort: readonly ColumnSort[]): void {
    const cell = this.cell(at);
    const press = cell?.querySelector('button');
    const detail = cell?.querySelector('.detail');
    if (!cell || !press) return;
    press.title = this.#title(column);
    this.#describe(cell, column, sort);
    if (detail) setText(detail, column.detail ?? '');
  }

  #title(column: StandingColumn): string {
    return [column.tooltip, this.#unread(column), say('sortHint'), say('moveHint')].filter(Boolean).join('\n');
  }

  #unread({ unread = 0 }: StandingColumn): string | undefined {
    return unread > 0 ? say('unreadRecords', unread) : undefined;
  }

  #dragEdge(down: PointerEvent, column: string, cell: HTMLElement): void {
    if (!(down.currentTarget instanceof HTMLElement)) return;
    const grip = down.currentTarget;
    down.preventDefault();
    grip.setPointerCapture(down.pointerId);
    const width = cell.offsetWidth;
    const sign = getComputedStyle(cell).direction === 'rtl' ? -1 : 1;
    const move = (event: PointerEvent) => this.#resize(column, width + sign * (event.clientX - down.clientX), false);
    grip.addEventListener('pointermove', move);
    grip.addEventListener(
      'lostpointercapture',
      () => {
        grip.removeEventListener('pointermove', move);
        this.#owner.resizeColumn(column, this.#widths.of(column));
      },
      { once: true },
    );
  }

  #resize(column: string, width: number | undefined, done: boolean): void {
    this.#widths.set(column, width);
    if (done) this.#owner.resizeColumn(column, this.#widths.of(column));
  }
}

/** Without what is told of a column as it is now; whether there is something decides how high the headings are. */
function withoutTold({ detail, tooltip: _, ...column }: StandingColumn) {
  return { ...column, isTold: detail !== undefined };
}

function cellsOf(columns: readonly StandingColumn[]): string {
  return JSON.stringify(columns.map(({ key, kind, align }) => [key, kind, align]));
}
