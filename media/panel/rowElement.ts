/** One row of the table as elements, which are filled again as other rows come into sight: making them anew is what costs. */

import type { PanelRow } from '../../src/core/treaty/panelRows.ts';
import type { TableColumn } from '../../src/core/treaty/panelState.ts';
import { clipper, shortText } from './clipping.ts';
import type { StandingColumn } from './columnArrangement.ts';
import { element, foreignWriter, setText } from './element.ts';
import { expectedCell, labelsCell } from './labelsCell.ts';
import { sourceCell } from './sourceCell.ts';
import { goneWords, stateCell } from './stateCell.ts';
import { typeCell } from './typeCell.ts';
import { valueCell } from './valueCell.ts';
import { verdictCell } from './verdictCell.ts';
import { number } from './words.ts';

/** The id of the one cell that the grid names as active. A cell has one only while it is, and each place its own, so that every move is told. */
export function cellId(at: number, column: number): string {
  return `cell-${at}-${column}`;
}

/** Columns that stand beside each other: the first of them, and the one after the last. */
export type ColumnRange = readonly [first: number, end: number];

export class RowElement {
  readonly root = element('tr', 'row');
  /** The place of the row in the order shown, from 0. */
  at = -1;
  readonly #cells: readonly HTMLTableCellElement[];
  readonly #fill: readonly ((row: PanelRow, running: boolean) => void)[];
  /** What each cell shows: those out of sight may still show an earlier row. */
  readonly #filled: (PanelRow | undefined)[] = [];
  #row: PanelRow | undefined;
  #running = false;
  #selected: boolean | undefined;
  #activeColumn: number | undefined;

  constructor(columns: readonly StandingColumn[]) {
    this.root.setAttribute('role', 'row');
    this.#cells = columns.map(({ kind, align }, at) => {
      const cell = element('td', `cell ${kind} at-${at}${align === 'end' ? ' end' : ''}`);
      cell.setAttribute('role', 'gridcell');
      return cell;
    });
    this.#fill = columns.map((column, at) => fillers[column.kind](this.#cells[at]!, column));
    this.root.append(...this.#cells);
  }

  /** Fills the cells that are out of sight too, and tells screen readers the place of the row. */
  complete(): void {
    this.show(this.#row, this.#running);
    // The heading is the first row.
    const index = String(this.at + 2);
    if (this.root.getAttribute('aria-rowindex') !== index) this.root.setAttribute('aria-rowindex', index);
  }

  cell(column: number): HTMLTableCellElement | undefined {
    return this.#cells[column];
  }

  /**
   * `running`: records without an answer are still waiting for it.
   * @param columns from the first to before the last that is filled; all of them where it is not said
   */
  show(row: PanelRow | undefined, running: boolean, [first, end]: ColumnRange = [0, this.#fill.length]): void {
    const shown = row ?? (this.#row && unknown);
    if (!shown) return;
    if (running !== this.#running) this.#filled.length = 0;
    this.#row = shown;
    this.#running = running;
    for (let at = first; at < end; at++) {
      if (this.#filled[at] === shown) continue;
      this.#filled[at] = shown;
      this.#fill[at]?.(shown, running);
    }
  }

  mark(selected: boolean, activeColumn: number | undefined): void {
    if (selected !== this.#selected) {
      this.#selected = selected;
      this.root.setAttribute('aria-selected', String(selected));
    }
    const cell = activeColumn === undefined ? undefined : this.#cells[activeColumn];
    if (cell && activeColumn !== undefined) cell.id = cellId(this.at, activeColumn);
    if (activeColumn === this.#activeColumn) return;
    const before = this.#activeColumn === undefined ? undefined : this.#cells[this.#activeColumn];
    before?.removeAttribute('id');
    before?.classList.remove('active');
    cell?.classList.add('active');
    this.#activeColumn = activeColumn;
    this.root.classList.toggle('active', activeColumn !== undefined);
  }
}

/** Stands in for a row that the host was asked for and that has not come yet. */
const unknown: PanelRow = {
  record: 0,
  nth: 0,
  id: '…',
  primary: false,
  labels: [],
  state: 'found',
  reading: true,
  truncated: false,
};

type Filler = (cell: HTMLElement, column: StandingColumn) => (row: PanelRow, running: boolean) => void;

const fillers: Readonly<Record<TableColumn['kind'], Filler>> = {
  record: (cell) => {
    const fill = idAndName(cell);
    return ({ id, name }) => fill(id, name);
  },
  associated: (cell) => {
    const fill = idAndName(cell);
    return ({ toId, toName, toExistence }) => {
      const parts = [toName, toExistence && goneWords(toExistence)].filter((part) => part !== undefined);
      fill(toId ?? '', parts.length > 0 ? parts.join(' · ') : undefined);
    };
  },
  verdict: verdictCell,
  labels: labelsCell,
  type: typeCell,
  expected: expectedCell,
  state: stateCell,
  property: (cell, { key }) => valueCell(cell, key),
  count: (cell) => {
    let shown: Partial<PanelRow> = {};
    return (row) => {
      const { count, more } = row;
      if (count === shown.count && more === shown.more) return;
      shown = row;
      setText(cell, count === undefined ? '' : `${number(count)}${more ? '+' : ''}`);
    };
  },
  source: sourceCell,
};

function idAndName(cell: HTMLElement): (id: string, name: string | undefined) => void {
  const digits = element('span', 'id');
  const words = element('span', 'name');
  const writeId = foreignWriter(digits);
  const writeName = foreignWriter(words);
  const clip = clipper(cell);
  let shown: string | undefined;
  cell.append(digits);
  return (id, name) => {
    writeId(id);
    clip(name !== undefined || id.length > shortText);
    if (name === shown) return;
    if (name === undefined) cell.replaceChildren(digits);
    else {
      writeName(name);
      words.title = name;
      if (shown === undefined) cell.append(' ', words);
    }
    shown = name;
  };
}
