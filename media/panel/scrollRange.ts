/**
 * Scrolls through more rows than a browser can make an element tall for. The place is kept in pixels of the whole table;
 * beyond the greatest height the scroll bar stands for it on a smaller scale, and wheel and keyboard stay exact.
 */

/** Below the limit of every browser (Firefox: 17.8 million pixels, Chromium: 33.5 million). */
const greatestHeight = 8_000_000;

export class ScrollRange {
  readonly #scroller: HTMLElement;
  readonly #sizer: HTMLElement;
  #top = 0;
  #height = 0;
  #view = 0;
  /** Where we last put the scroll bar ourselves. */
  #set = 0;

  constructor(scroller: HTMLElement, sizer: HTMLElement, onScroll: () => void) {
    this.#scroller = scroller;
    this.#sizer = sizer;
    scroller.addEventListener('scroll', () => {
      if (Math.abs(scroller.scrollTop - this.#set) >= 1) this.#top = scroller.scrollTop * this.#scale;
      this.#set = scroller.scrollTop;
      onScroll();
    });
    scroller.addEventListener(
      'wheel',
      (event) => {
        if (this.#scale === 1 || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
        event.preventDefault();
        const unit = event.deltaMode === 1 ? 22 : event.deltaMode === 2 ? this.#view : 1;
        scroller.scrollLeft += event.deltaX * unit;
        this.top += event.deltaY * unit;
        onScroll();
      },
      { passive: false },
    );
  }

  /** `height` of all rows and `view` of those that fit, in pixels; `fixed` is what stands above the rows all the time. */
  resize(height: number, view: number, fixed: number): void {
    this.#height = height;
    this.#view = view;
    this.#sizer.style.height = `${Math.min(height, greatestHeight) + fixed}px`;
    this.top = this.#top;
  }

  /** Pixels of the table above the first one shown. */
  get top(): number {
    return this.#top;
  }

  set top(value: number) {
    this.#top = Math.max(0, Math.min(value, this.#height - this.#view));
    const place = this.#top / this.#scale;
    if (Math.abs(this.#scroller.scrollTop - place) >= 0.5) this.#scroller.scrollTop = place;
    this.#set = this.#scroller.scrollTop;
  }

  get #scale(): number {
    if (this.#height <= greatestHeight) return 1;
    return (this.#height - this.#view) / (greatestHeight - this.#view);
  }
}
