/** The heading row: sorts by a press, and changes widths by dragging the edge or by Shift and an arrow. */

import type { Column, PanelView } from '../../src/core/treaty/panelMessages.ts';
import { button, element, foreign, glyph } from './element.ts';
import { say } from './words.ts';

const leastWidth = 60;
const widthStep = 16;
/** What a column starts with: its least width in pixels, and its share of what is left over. */
interface FirstWidth {
  readonly least: number;
  readonly share: number;
}

/** What the cells hold beside the usual, which needs room. */
export interface Extras {
  /** Names beside the ids. */
  readonly names: boolean;
  /** Reasons beside the states. */
  readonly reasons: boolean;
}

function firstWidths({ names, reasons }: Extras): Readonly<Record<Column, FirstWidth>> {
  const ids = { least: names ? 206 : 124, share: names ? 2 : 1 };
  return {
    record: ids,
    associated: ids,
    labels: { least: names ? 228 : 150, share: 2 },
    state: { least: 140, share: reasons ? 4 : 1 },
    source: { least: names ? 130 : 158, share: 1 },
  };
}

export interface ColumnHeadsOwner {
  sort(column: Column): void;
  resized(widths: PanelView['widths']): void;
}

export class ColumnHeads {
  readonly root = element('tr', 'row heads');
  readonly #owner: ColumnHeadsOwner;
  readonly #sheet = new CSSStyleSheet();
  #columns: readonly Column[] = [];
  #widths: PanelView['widths'] = {};
  #first = firstWidths({ names: false, reasons: false });

  constructor(owner: ColumnHeadsOwner) {
    this.#owner = owner;
    document.adoptedStyleSheets.push(this.#sheet);
    this.root.setAttribute('role', 'row');
    this.root.setAttribute('aria-rowindex', '1');
  }

  show(
    columns: readonly Column[],
    titles: Readonly<Partial<Record<Column, string>>>,
    view: PanelView,
    extras: Extras,
  ): void {
    this.#first = firstWidths(extras);
    this.#columns = columns;
    this.#widths = view.widths;
    this.root.replaceChildren(...columns.map((column, index) => this.#head(column, index, titles[column], view.sort)));
    this.#layOut();
  }

  cell(column: number): HTMLElement | undefined {
    const cell = this.root.children[column];
    return cell instanceof HTMLElement ? cell : undefined;
  }

  mark(activeColumn: number | undefined): void {
    [...this.root.children].forEach((cell, index) => {
      cell.classList.toggle('active', index === activeColumn);
    });
  }

  /** Makes a column wider (1) or narrower (-1) by one step. */
  step(column: number, direction: 1 | -1): void {
    const cell = this.cell(column);
    const name = this.#columns[column];
    if (cell && name) this.#resize(name, cell.offsetWidth + direction * widthStep, true);
  }

  #head(column: Column, index: number, title: string | undefined, sort: PanelView['sort']): HTMLElement {
    const sorted = sort?.column === column ? sort : undefined;
    const cell = element('th', `cell ${column}`);
    cell.id = `head-${index}`;
    cell.setAttribute('role', 'columnheader');
    cell.setAttribute('aria-sort', sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none');
    const text = title === undefined ? element('span', '', say(column)) : foreign(title);
    const press = button('sort', () => this.#owner.sort(column), text);
    if (sorted) press.append(glyph(sorted.descending ? 'down' : 'up'));
    press.tabIndex = -1;
    press.title = say('resizeHint');
    const grip = element('span', 'grip');
    grip.addEventListener('pointerdown', (event) => this.#drag(event, column, cell));
    grip.addEventListener('dblclick', () => this.#resize(column, undefined, true));
    cell.append(press, grip);
    return cell;
  }

  #drag(down: PointerEvent, column: Column, cell: HTMLElement): void {
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
        this.#owner.resized(this.#widths);
      },
      { once: true },
    );
  }

  #resize(column: Column, width: number | undefined, done: boolean): void {
    const { [column]: _, ...others } = this.#widths;
    this.#widths = width === undefined ? others : { ...others, [column]: Math.max(leastWidth, Math.round(width)) };
    this.#layOut();
    if (done) this.#owner.resized(this.#widths);
  }

  #layOut(): void {
    let least = 0;
    const tracks = this.#columns.map((column) => {
      const width = this.#widths[column];
      const first = this.#first[column];
      least += width ?? first.least;
      return width === undefined ? `minmax(${first.least}px, ${first.share}fr)` : `${width}px`;
    });
    // Through CSSOM, which the CSP allows. A rule of its own, not a variable: that would be worked out for every row again.
    const narrow = this.#columns.filter(
      (column) => (this.#widths[column] ?? Number.POSITIVE_INFINITY) < this.#first[column].least,
    );
    const clipped = narrow.map((column) => `td.${column} { overflow: hidden; text-overflow: ellipsis }`).join(' ');
    this.#sheet.replaceSync(
      `${clipped} .row { grid-template-columns: ${tracks.join(' ')} } .sizer { width: ${least}px }`,
    );
  }
}
