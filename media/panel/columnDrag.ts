/** Carries a column to another place by its heading, with the mouse. A line shows where it would go. */

/** A press that moves less than so many pixels is a click. */
const leastWay = 5;

export class ColumnDrag {
  readonly #row: HTMLElement;
  readonly #onDrop: (from: number, to: number) => void;
  #dropped = false;

  /** @param row the heading row. @param onDrop the place a column had, and the one it has among the others from now on */
  constructor(row: HTMLElement, onDrop: (from: number, to: number) => void) {
    this.#row = row;
    this.#onDrop = onDrop;
    // The button under the mouse takes the end of a drag for a click.
    row.addEventListener('click', (event) => this.#swallow(event), { capture: true });
  }

  /** Follows the mouse from the moment it went down on a heading. */
  begin(down: PointerEvent, from: number): void {
    this.#dropped = false;
    const { currentTarget: head } = down;
    if (down.button !== 0 || !(head instanceof HTMLElement)) return;
    const ending = new AbortController();
    let gap: number | undefined;
    const { signal } = ending;
    const move = (event: PointerEvent) => {
      if (gap === undefined && Math.abs(event.clientX - down.clientX) < leastWay) return;
      if (gap === undefined) head.setPointerCapture(down.pointerId);
      gap = this.#gapAt(event.clientX);
      this.#show(gap);
      event.preventDefault();
    };
    const end = (event: PointerEvent) => {
      ending.abort();
      this.#show(undefined);
      if (gap === undefined) return;
      this.#dropped = true;
      // The gaps behind the column move up by one when it is taken out.
      const to = gap > from ? gap - 1 : gap;
      if (event.type === 'pointerup' && to !== from) this.#onDrop(from, to);
    };
    document.addEventListener('pointermove', move, { signal });
    document.addEventListener('pointerup', end, { signal });
    document.addEventListener('pointercancel', end, { signal });
  }

  #swallow(event: Event): void {
    if (!this.#dropped) return;
    this.#dropped = false;
    event.stopPropagation();
  }

  /** The gap between headings that is nearest: 0 before the first, as many as there are columns behind the last. */
  #gapAt(x: number): number {
    const sign = getComputedStyle(this.#row).direction === 'rtl' ? -1 : 1;
    return [...this.#row.children].filter((head) => {
      const { left, right } = head.getBoundingClientRect();
      return sign * (left + right) < sign * 2 * x;
    }).length;
  }

  #show(gap: number | undefined): void {
    const heads = [...this.#row.children];
    heads.forEach((head, at) => {
      head.classList.toggle('dropBefore', gap === at);
      head.classList.toggle('dropBehind', gap === heads.length && at === heads.length - 1);
    });
  }
}
