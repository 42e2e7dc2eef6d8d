import type { SliceableText } from '../found/reading.ts';

/**
 * The few places of a long text that are worth keeping, while the text goes by in windows: their characters, and how far
 * each stands from the start of its line. Longer places are kept by their beginning.
 */
export class KeptText implements SliceableText {
  /** Of something that is no id, this much is kept to show it. */
  static readonly longest = 200;
  #window = '';
  #base = 0;
  /** Up to here in the window, line starts are known. */
  #scanned = 0;
  /** Where the current line starts, in the whole text. */
  #lineStart = 0;
  #count = 0;
  #offsets = new Uint32Array(64);
  #characters = new Uint32Array(64);
  #ends = new Uint32Array(64);
  #units = new Uint16Array(1024);
  #order: Uint32Array | undefined;
  /** The place in order that was asked for last. */
  #asked = 0;

  /** The text that is looked at now, and where it starts in the whole. Windows follow each other and may overlap. */
  enter(window: string, base: number): void {
    this.#scanTo(base - this.#base);
    const known = this.#base + this.#scanned;
    this.#window = window;
    this.#base = base;
    this.#scanned = Math.max(0, known - base);
  }

  /** Keeps a place of the window. */
  keep(offset: number, length: number): void {
    const at = this.#count++;
    if (at === this.#offsets.length) {
      this.#offsets = doubled(this.#offsets, new Uint32Array(at * 2));
      this.#characters = doubled(this.#characters, new Uint32Array(at * 2));
      this.#ends = doubled(this.#ends, new Uint32Array(at * 2));
    }
    const size = Math.min(length, KeptText.longest);
    let end = at > 0 ? this.#ends[at - 1]! : 0;
    if (end + size > this.#units.length) this.#units = doubled(this.#units, new Uint16Array((end + size) * 2));
    for (let unit = 0; unit < size; unit++) this.#units[end++] = this.#window.charCodeAt(offset + unit);
    this.#offsets[at] = this.#base + offset;
    this.#ends[at] = end;
    this.#characters[at] = this.#base + offset - this.#lineStartBefore(offset);
    this.#order = undefined;
  }

  slice(start: number, end: number): string {
    const at = this.#find(start);
    if (at < 0) return '';
    const from = at > 0 ? this.#ends[at - 1]! : 0;
    const stop = Math.min(from + end - start, this.#ends[at]!);
    let text = '';
    for (let unit = from; unit < stop; unit++) text += String.fromCharCode(this.#units[unit]!);
    return text;
  }

  characterAt(offset: number): number | undefined {
    const at = this.#find(offset);
    return at < 0 ? undefined : this.#characters[at]!;
  }

  #lineStartBefore(offset: number): number {
    if (offset < this.#scanned) {
      const before = this.#window.lastIndexOf('\n', offset - 1);
      return before < 0 || offset === 0 ? Math.min(this.#lineStart, this.#base) : this.#base + before + 1;
    }
    this.#scanTo(offset);
    return this.#lineStart;
  }

  /** Finds the line starts of the window up to here. */
  #scanTo(end: number): void {
    const window = this.#window;
    for (let at = window.indexOf('\n', this.#scanned); at >= 0 && at < end; at = window.indexOf('\n', at + 1)) {
      this.#lineStart = this.#base + at + 1;
    }
    this.#scanned = Math.max(this.#scanned, end);
  }

  #find(offset: number): number {
    const order = this.#inOrder();
    // Places are mostly asked for one after the other.
    for (let step = 0; step < 2; step++) {
      const at = order[this.#asked + step];
      if (at !== undefined && this.#offsets[at] === offset) {
        this.#asked += step;
        return at;
      }
    }
    let low = 0;
    let high = order.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = order[middle]!;
      if (this.#offsets[at]! < offset) low = middle + 1;
      else if (this.#offsets[at]! > offset) high = middle - 1;
      else {
        this.#asked = middle;
        return at;
      }
    }
    return -1;
  }

  #inOrder(): Uint32Array {
    if (!this.#order) {
      const order = Uint32Array.from({ length: this.#count }, (_, at) => at);
      order.sort((a, b) => this.#offsets[a]! - this.#offsets[b]!);
      this.#order = order;
    }
    return this.#order;
  }
}

function doubled<T extends Uint32Array | Uint16Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
