/** The table's outer elements: a scroll bar's way as long as all rows, and in its sight a grid of the rows that are shown. */

import { element } from './element.ts';
import type { ColumnRange } from './rowElement.ts';

export class TableFrame {
  readonly scroller = element('div', 'scroller');
  /** As high as all rows would be, as far as a browser allows. */
  readonly sizer = element('div', 'sizer');
  readonly grid = element('table', 'grid');
  readonly body = element('tbody');
  readonly #sight = element('div', 'sight');
  readonly #head: HTMLElement;
  readonly #heads: HTMLElement;
  #height = 0;
  #headHeight = 0;

  constructor(heads: HTMLElement) {
    const head = element('thead', '', heads);
    this.#head = head;
    this.#heads = heads;
    head.setAttribute('role', 'rowgroup');
    this.body.setAttribute('role', 'rowgroup');
    this.grid.setAttribute('role', 'grid');
    this.grid.setAttribute('aria-multiselectable', 'true');
    this.grid.tabIndex = 0;
    this.grid.append(head, this.body);
    this.#sight.append(this.grid);
    this.sizer.append(this.#sight);
    this.scroller.append(this.sizer);
    this.scroller.tabIndex = -1;
  }

  get hasFocus(): boolean {
    return document.activeElement === this.grid;
  }

  /** What the headings take of the height, in pixels: in a matrix they are nearly two rows high. */
  get headHeight(): number {
    return this.#headHeight;
  }

  /** What is left for rows, in pixels. */
  get bodyHeight(): number {
    return this.#height - this.#headHeight;
  }

  /** The columns that are not scrolled out of sight at either side: the first of them, and the one after the last. */
  get columnsInSight(): ColumnRange {
    const { children } = this.#heads;
    if (this.scroller.scrollWidth <= this.scroller.clientWidth) return [0, children.length];
    const { left, right } = this.scroller.getBoundingClientRect();
    const boxes = [...children].map((head) => head.getBoundingClientRect());
    const isSeen = (box: DOMRect) => box.right > left && box.left < right;
    return [Math.max(0, boxes.findIndex(isSeen)), boxes.findLastIndex(isSeen) + 1];
  }

  /** Gives the grid the height of what can be seen of it. */
  fit(): void {
    const { clientHeight } = this.scroller;
    this.#headHeight = this.#head.offsetHeight;
    if (clientHeight === this.#height) return;
    this.#height = clientHeight;
    this.#sight.style.height = `${clientHeight}px`;
  }

  /** @param id of the active cell; undefined while it is out of sight */
  nameActive(id: string | undefined): void {
    if (id === undefined) this.grid.removeAttribute('aria-activedescendant');
    else if (this.grid.getAttribute('aria-activedescendant') !== id)
      this.grid.setAttribute('aria-activedescendant', id);
  }

  /** Scrolls sideways as far as it takes to see a cell. */
  scrollTo(cell: HTMLElement): void {
    const { scroller } = this;
    const seen = scroller.getBoundingClientRect();
    const { left, right } = cell.getBoundingClientRect();
    const width = scroller.clientWidth;
    if (left < seen.left) scroller.scrollLeft += left - seen.left;
    else if (right > seen.left + width) scroller.scrollLeft += Math.min(right - seen.left - width, left - seen.left);
  }
}
