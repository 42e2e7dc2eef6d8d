/**
 * Places in a text as columns, so that a million of them stay small and are quick to take in: where each starts (in UTF-16
 * code units), how long it is, its line (from 0) and one small number whose meaning belongs to the owner.
 */
export class Places {
  length = 0;
  #offsets: Uint32Array;
  #lengths: Uint32Array;
  #lines: Uint32Array;
  #codes: Uint16Array;
  #isSorted = true;

  /** `expected` is a guess at how many there will be. */
  constructor(expected = 16) {
    this.#offsets = new Uint32Array(expected);
    this.#lengths = new Uint32Array(expected);
    this.#lines = new Uint32Array(expected);
    this.#codes = new Uint16Array(expected);
  }

  push(offset: number, length: number, line: number, code: number): void {
    const at = this.length;
    if (at === this.#offsets.length) this.#grow();
    if (at > 0 && offset < this.#offsets[at - 1]!) this.#isSorted = false;
    this.#offsets[at] = offset;
    this.#lengths[at] = length;
    this.#lines[at] = line;
    this.#codes[at] = code;
    this.length = at + 1;
  }

  offset(index: number): number {
    return this.#offsets[index]!;
  }
  /** How many code units the place covers. */
  size(index: number): number {
    return this.#lengths[index]!;
  }
  line(index: number): number {
    return this.#lines[index]!;
  }
  code(index: number): number {
    return this.#codes[index]!;
  }
  setCode(index: number, code: number): void {
    this.#codes[index] = code;
  }

  /** Gives each place the code that stands at its code's place in this list. */
  recode(codes: readonly number[]): void {
    for (let index = 0; index < this.length; index++) this.#codes[index] = codes[this.#codes[index]!]!;
  }

  /** The places as they are, which this object holds no more. */
  taken(): Places {
    const taken = new Places(this.length);
    taken.append(this, 0, 0);
    this.length = 0;
    this.#isSorted = true;
    return taken;
  }

  /** Adds all places of another text that starts at this offset and line of the whole. */
  append(other: Places, offset: number, line: number, codeOf: (code: number) => number = (code) => code): void {
    for (let index = 0; index < other.length; index++) {
      this.push(other.offset(index) + offset, other.size(index), other.line(index) + line, codeOf(other.code(index)));
    }
  }

  /** Brings the places into the order of the text. Does nothing when they are. */
  sort(): void {
    if (this.#isSorted) return;
    this.#isSorted = true;
    const order = Uint32Array.from({ length: this.length }, (_, index) => index);
    order.sort((a, b) => this.#offsets[a]! - this.#offsets[b]!);
    this.#offsets = order.map((index) => this.#offsets[index]!);
    this.#lengths = order.map((index) => this.#lengths[index]!);
    this.#lines = order.map((index) => this.#lines[index]!);
    this.#codes = Uint16Array.from(order, (index) => this.#codes[index]!);
  }

  #grow(): void {
    const capacity = Math.max(64, this.#offsets.length * 4);
    const larger = <T extends Uint32Array | Uint16Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    this.#offsets = larger(new Uint32Array(capacity), this.#offsets);
    this.#lengths = larger(new Uint32Array(capacity), this.#lengths);
    this.#lines = larger(new Uint32Array(capacity), this.#lines);
    this.#codes = larger(new Uint16Array(capacity), this.#codes);
  }
}
