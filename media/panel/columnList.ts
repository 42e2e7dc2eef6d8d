/** The list of all columns behind the button Columns: which are shown, and in which order. */

import type { StandingColumn } from './columnArrangement.ts';
import type { ColumnMenuOwner } from './columnMenu.ts';
import { button, element, foreign, putAt, setText } from './element.ts';
import { say } from './words.ts';

export interface ColumnListOwner extends Pick<ColumnMenuOwner, 'hide' | 'moveBefore'> {
  /** The columns as they were at first: all of them, in the table's own order and width. */
  reset(): void;
  /** Asks which properties of records to show. */
  properties(): void;
}

export class ColumnList {
  /** The button, and the list that it opens. */
  readonly root = element('span', 'columnList');
  readonly #owner: ColumnListOwner;
  readonly #press = button('secondary', () => this.#toggle());
  readonly #list = element('div', 'list');
  readonly #properties = button('secondary', () => {
    this.#close();
    this.#owner.properties();
  });
  #columns: readonly StandingColumn[] = [];
  #shown = '';

  constructor(owner: ColumnListOwner) {
    this.#owner = owner;
    this.#properties.id = 'chooseProperties';
    this.#press.setAttribute('aria-haspopup', 'dialog');
    this.#press.setAttribute('aria-expanded', 'false');
    this.#list.setAttribute('role', 'dialog');
    this.#list.hidden = true;
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('focusout', ({ relatedTarget }) => {
      // The list is made anew while it has the focus: then nothing else has got it.
      if (relatedTarget instanceof Node && !this.root.contains(relatedTarget)) this.#close();
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && !this.root.contains(target)) this.#close();
    });
    addEventListener('resize', () => this.#place());
    this.root.append(this.#press, this.#list);
  }

  /** @param columns all that there are, in order, hidden ones too */
  show(columns: readonly StandingColumn[]): void {
    this.#columns = columns;
    const isSome = columns.some(({ hidden }) => hidden);
    const title = isSome ? say('columnsHidden', columns.filter(({ hidden }) => hidden).length) : say('columns');
    if (this.#press.textContent !== title) this.#press.textContent = title;
    if (!this.#list.hidden) this.#fill();
  }

  open(): void {
    this.#list.hidden = false;
    this.#press.setAttribute('aria-expanded', 'true');
    this.#shown = '';
    this.#fill();
    this.#place();
    this.#boxes()[0]?.focus();
  }

  #toggle(): void {
    if (this.#list.hidden) this.open();
    else this.#close();
  }

  #close(): void {
    this.#list.hidden = true;
    this.#press.setAttribute('aria-expanded', 'false');
  }

  #place(): void {
    const { left, bottom } = this.#press.getBoundingClientRect();
    putAt(this.#list, left, bottom + 2);
  }

  #fill(): void {
    const shown = JSON.stringify(this.#columns.map(({ key, head, hidden }) => [key, head, hidden]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    const focused = document.activeElement?.id;
    this.#list.setAttribute('aria-label', say('columnList'));
    const lines = element('ul', '', ...this.#columns.map((column, at) => this.#line(column, at)));
    const reset = button('secondary', () => this.#owner.reset(), say('resetColumns'));
    reset.id = 'resetColumns';
    setText(this.#properties, say('chooseProperties'));
    this.#list.replaceChildren(lines, element('div', 'buttons', this.#properties, reset));
    if (focused) this.#focusOn(focused);
  }

  #line(column: StandingColumn, at: number): HTMLElement {
    const { key, head, hidden } = column;
    const box = element('input', 'box');
    box.type = 'checkbox';
    box.id = `column-${key}`;
    box.checked = !hidden;
    // A table without any column would have no way back.
    box.disabled = !hidden && this.#columns.filter((each) => !each.hidden).length === 1;
    box.addEventListener('change', () => this.#owner.hide(key, !box.checked));
    const carry = (sign: '↑' | '↓', word: 'moveUp' | 'moveDown', before: string | undefined, isLast: boolean) => {
      const press = button('carry', () => this.#owner.moveBefore(key, before), sign);
      press.id = `${word}-${key}`;
      press.setAttribute('aria-label', say(word, head));
      press.disabled = isLast;
      return press;
    };
    return element(
      'li',
      '',
      element('label', '', box, foreign(head)),
      carry('↑', 'moveUp', this.#columns[at - 1]?.key, at === 0),
      carry('↓', 'moveDown', this.#columns[at + 2]?.key, at === this.#columns.length - 1),
    );
  }

  /** The same control as before, or the column's box where that one cannot be pressed any more. */
  #focusOn(id: string): void {
    const control = document.getElementById(id);
    const isUsable = control instanceof HTMLButtonElement && !control.disabled;
    if (isUsable || control instanceof HTMLInputElement) control.focus();
    else document.getElementById(id.replace(/^move(?:Up|Down)-/, 'column-'))?.focus();
  }

  #boxes(): HTMLInputElement[] {
    return [...this.#list.querySelectorAll('input')];
  }

  /** Arrows go from column to column, with Alt they carry it. */
  #key(event: KeyboardEvent): void {
    const boxes = this.#boxes();
    const line = document.activeElement?.closest('li');
    const at = boxes.findIndex((box) => line?.contains(box));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      this.#close();
      this.#press.focus();
    } else if (step === undefined || at < 0) return;
    else if (event.altKey) this.#carry(at, step);
    else boxes[(at + step + boxes.length) % boxes.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  #carry(at: number, step: number): void {
    const to = at + step;
    const column = this.#columns[at];
    if (column && to >= 0 && to < this.#columns.length)
      this.#owner.moveBefore(column.key, this.#columns[step > 0 ? at + 2 : at - 1]?.key);
  }
}
