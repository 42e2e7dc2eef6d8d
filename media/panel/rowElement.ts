/** One row of the table as an element, filled again whenever its row is known better. */

import type { Column, PanelRow } from '../../src/core/panelMessages.ts';
import { element, foreign, type Glyph, glyph } from './element.ts';
import { say } from './words.ts';

export class RowElement {
  readonly root = element('tr', 'row');
  /** The place of the row in the order shown, from 0. */
  readonly at: number;
  readonly #cells: readonly HTMLTableCellElement[];
  readonly #columns: readonly Column[];
  #shown: PanelRow | undefined | null = null;
  #running = false;

  constructor(at: number, columns: readonly Column[]) {
    this.at = at;
    this.#columns = columns;
    this.root.setAttribute('role', 'row');
    // The heading is the first row.
    this.root.setAttribute('aria-rowindex', String(at + 2));
    this.#cells = columns.map((column, index) => {
      const cell = element('td', `cell ${column}`);
      cell.setAttribute('role', 'gridcell');
      cell.setAttribute('aria-colindex', String(index + 1));
      cell.id = cellId(at, index);
      return cell;
    });
    this.root.append(...this.#cells);
  }

  cell(column: number): HTMLTableCellElement | undefined {
    return this.#cells[column];
  }

  /** `running`: records without an answer are still waiting for it. */
  show(row: PanelRow | undefined, running: boolean): void {
    if (row === this.#shown && running === this.#running) return;
    this.#shown = row;
    this.#running = running;
    this.root.classList.toggle('unknown', row === undefined);
    this.#columns.forEach((column, index) => {
      this.#cells[index]!.replaceChildren(...(row ? content(column, row, running) : []));
    });
  }

  mark(selected: boolean, activeColumn: number | undefined): void {
    this.root.setAttribute('aria-selected', String(selected));
    this.root.classList.toggle('active', activeColumn !== undefined);
    this.#cells.forEach((cell, index) => {
      cell.classList.toggle('active', index === activeColumn);
    });
  }
}

export function cellId(at: number, column: number): string {
  return `cell-${at}-${column}`;
}

function content(column: Column, row: PanelRow, running: boolean): readonly (Node | string)[] {
  if (column === 'record') return named(row.id, row.name);
  if (column === 'associated') return row.toId === undefined ? [] : named(row.toId, row.toName);
  if (column === 'labels')
    return [
      ...(row.primary ? [element('span', 'label primary', say('primary'))] : []),
      ...row.labels.map(({ text, type }) => {
        const label = element('span', 'label', foreign(text));
        label.title = type === text ? text : `${text} (${type})`;
        return label;
      }),
    ];
  if (column === 'source') return row.source === undefined ? [] : [titled(foreign(row.source, 'place'), row.source)];
  return state(row, running);
}

function named(id: string, name: string | undefined): readonly (Node | string)[] {
  const digits = element('span', 'id', foreign(id));
  return name === undefined ? [digits] : [digits, ' ', titled(foreign(name, 'name'), name)];
}

function state(row: PanelRow, running: boolean): readonly Node[] {
  if (running && row.state === 'notRead' && row.problem === undefined)
    return [element('span', 'state waiting', say('stateWaiting'))];
  const [name, word, sign]: readonly [string, string, Glyph | undefined] = row.truncated
    ? ['truncated', say('stateTruncated'), 'warning']
    : row.state === 'found'
      ? ['found', say('stateFound'), undefined]
      : row.state === 'none'
        ? ['none', say('stateNone'), 'none']
        : row.state === 'failed'
          ? ['failed', say('stateFailed'), 'error']
          : ['notRead', say('stateNotRead'), 'warning'];
  const made = element('span', `state ${name}`, ...(sign ? [glyph(sign)] : []), word);
  if (row.problem === undefined) return [made];
  return [made, titled(foreign(row.problem, 'problem'), row.problem)];
}

function titled(made: HTMLElement, title: string): HTMLElement {
  made.title = title;
  return made;
}
