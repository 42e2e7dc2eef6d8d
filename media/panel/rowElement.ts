/** One row of the table as elements, which are filled again as other rows come into sight: making them anew is what costs. */

import type { Column, PanelRow } from '../../src/core/treaty/panelMessages.ts';
import { element, foreign, type Glyph, glyph, setText } from './element.ts';
import { say } from './words.ts';

/** The id of the one cell that the grid names as active. A cell has one only while it is, and each place its own, so that every move is told. */
export function cellId(at: number, column: number): string {
  return `cell-${at}-${column}`;
}

export class RowElement {
  readonly root = element('tr', 'row');
  /** The place of the row in the order shown, from 0. */
  at = -1;
  readonly #cells: readonly HTMLTableCellElement[];
  readonly #fill: readonly ((row: PanelRow, running: boolean) => void)[];
  #row: PanelRow | undefined;
  #running = false;
  #selected: boolean | undefined;
  #activeColumn: number | undefined;

  constructor(columns: readonly Column[]) {
    this.root.setAttribute('role', 'row');
    this.#cells = columns.map((column) => {
      const cell = element('td', `cell ${column}`);
      cell.setAttribute('role', 'gridcell');
      return cell;
    });
    this.#fill = columns.map((column, index) => fillers[column](this.#cells[index]!));
    this.root.append(...this.#cells);
  }

  /** Tells screen readers the place of the row. */
  tellPlace(): void {
    // The heading is the first row.
    const index = String(this.at + 2);
    if (this.root.getAttribute('aria-rowindex') !== index) this.root.setAttribute('aria-rowindex', index);
  }

  cell(column: number): HTMLTableCellElement | undefined {
    return this.#cells[column];
  }

  /** `running`: records without an answer are still waiting for it. */
  show(row: PanelRow | undefined, running: boolean): void {
    if (row && row === this.#row && running === this.#running) return;
    if (!row && this.#row === undefined) return;
    this.#row = row;
    this.#running = running;
    for (const fill of this.#fill) fill(row ?? unknown, running);
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
const unknown: PanelRow = { record: 0, nth: 0, id: '…', primary: false, labels: [], state: 'found', truncated: false };

type Filler = (cell: HTMLElement) => (row: PanelRow, running: boolean) => void;

const fillers: Readonly<Record<Column, Filler>> = {
  record: (cell) => {
    const fill = idAndName(cell);
    return ({ id, name }) => fill(id, name);
  },
  associated: (cell) => {
    const fill = idAndName(cell);
    return ({ toId, toName }) => fill(toId ?? '', toName);
  },
  labels: (cell) => {
    const shown: HTMLElement[] = [];
    return (row) => fillLabels(cell, shown, row);
  },
  state: stateCell,
  source: (cell) => {
    const file = foreign('', 'place file');
    const line = element('span', 'place');
    cell.append(file, line);
    return ({ source = '' }) => {
      const end = source.lastIndexOf(':');
      const nameEnd = end < 0 ? source.length : end;
      setText(file, source.slice(0, nameEnd));
      setText(line, source.slice(nameEnd));
      if (cell.title !== source) cell.title = source;
    };
  },
};

/**
 * Whether a cell may hold more than its column's first width has room for. Only then is it cut off: doing that to every cell
 * takes a tenth of the time that a frame takes. (A column made narrower cuts off all its cells, see columnHeads.ts.)
 */
function clip(cell: HTMLElement, clipped: boolean): void {
  if (cell.classList.contains('clipped') !== clipped) cell.classList.toggle('clipped', clipped);
}
/** So many characters have room in any column. */
const shortText = 14;

function idAndName(cell: HTMLElement): (id: string, name: string | undefined) => void {
  const digits = foreign('', 'id');
  const words = foreign('', 'name');
  cell.append(digits);
  return (id, name) => {
    setText(digits, id);
    clip(cell, name !== undefined || id.length > shortText);
    if (name === undefined) {
      if (words.parentNode) cell.replaceChildren(digits);
      return;
    }
    setText(words, name);
    words.title = name;
    if (!words.parentNode) cell.append(' ', words);
  };
}

/** Makes the state's cell anew when it would be another than that of the row before. */
function stateCell(cell: HTMLElement): (row: PanelRow, running: boolean) => void {
  let shown: PanelRow | undefined;
  let whileRunning = false;
  return (row, running) => {
    if (!shown || running !== whileRunning || !sameState(shown, row)) {
      cell.replaceChildren(...state(row, running));
      clip(cell, row.problem !== undefined);
    }
    shown = row;
    whileRunning = running;
  };
}

function isLong({ text }: PanelRow['labels'][number]): boolean {
  return text.length > shortText;
}

function sameState(one: PanelRow, other: PanelRow): boolean {
  return one.state === other.state && one.truncated === other.truncated && one.problem === other.problem;
}

/** Fills the label elements that are there, and makes or takes away as many as there are more or fewer. */
function fillLabels(cell: HTMLElement, shown: HTMLElement[], { primary, primaryLabel, labels }: PanelRow): void {
  const wanted = [...(primary ? [primaryLook(primaryLabel)] : []), ...labels.map(labelLook)];
  while (shown.length > wanted.length) shown.pop()?.remove();
  while (shown.length < wanted.length) {
    const made = foreign('', 'label');
    shown.push(made);
    cell.append(made);
  }
  wanted.forEach(({ className, text, title }, at) => {
    const made = shown[at]!;
    if (made.className !== className) made.className = className;
    setText(made, text);
    if (made.title !== title) made.title = title;
  });
  clip(cell, wanted.length > 1 || labels.some(isLong));
}

interface LabelLook {
  readonly className: string;
  readonly text: string;
  readonly title: string;
}

function primaryLook(label: string | undefined): LabelLook {
  return { className: 'foreign label primary', text: label ?? say('primary'), title: '' };
}

function labelLook(label: PanelRow['labels'][number]): LabelLook {
  const { text, type } = label;
  return {
    className: isLong(label) ? 'foreign label long' : 'foreign label',
    text,
    title: type === text ? text : `${text} (${type})`,
  };
}

const states: Readonly<
  Record<PanelRow['state'], { word: 'stateFound' | 'stateNone' | 'stateFailed' | 'stateNotRead'; sign?: Glyph }>
> = {
  found: { word: 'stateFound' },
  none: { word: 'stateNone', sign: 'none' },
  failed: { word: 'stateFailed', sign: 'error' },
  notRead: { word: 'stateNotRead', sign: 'warning' },
};

function state(row: PanelRow, running: boolean): readonly Node[] {
  if (running && row.state === 'notRead' && row.problem === undefined)
    return [element('span', 'state waiting', say('stateWaiting'))];
  const { word, sign } = row.truncated ? ({ word: 'stateTruncated', sign: 'warning' } as const) : states[row.state];
  const made = element('span', `state ${row.state}`, ...(sign ? [glyph(sign)] : []), say(word));
  return row.problem === undefined ? [made] : [made, titled(foreign(row.problem, 'problem'), row.problem)];
}

function titled(made: HTMLElement, title: string): HTMLElement {
  made.title = title;
  return made;
}
