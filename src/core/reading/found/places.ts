import { finished, placesOfStep, type Steps } from '../steps.ts';

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
    finished(this.sorting());
  }

  /** The same, in steps. */
  *sorting(): Steps<void> {
    if (this.#isSorted) return;
    const order = yield* orderOf(this.#offsets.subarray(0, this.length));
    this.#isSorted = true;
    this.#offsets = inOrder(this.#offsets, order, new Uint32Array(order.length));
    this.#lengths = inOrder(this.#lengths, order, new Uint32Array(order.length));
    this.#lines = inOrder(this.#lines, order, new Uint32Array(order.length));
    this.#codes = inOrder(this.#codes, order, new Uint16Array(order.length));
  }

  #grow(): void {
    // To make room for very many takes longer than others should wait.
    const { length } = this.#offsets;
    const capacity = length < 500_000 ? Math.max(64, length * 4) : Math.ceil(length * 1.5);
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

function inOrder<T extends Uint32Array | Uint16Array>(from: T, order: Uint32Array, into: T): T {
  for (let at = 0; at < order.length; at++) into[at] = from[order[at]!]!;
  return into;
}

/** Which place comes first, second ... Runs that are in order, as they mostly are, are merged two by two. */
function* orderOf(offsets: Uint32Array): Steps<Uint32Array> {
  const { length } = offsets;
  let from = new Uint32Array(length);
  for (let index = 0; index < length; index++) from[index] = index;
  let into = new Uint32Array(length);
  for (let runs = runsOf(offsets); runs.length > 2; ) {
    const merged = [0];
    let done = 0;
    for (let run = 0; run + 1 < runs.length; run += 2) {
      const [start, middle, end] = [runs[run]!, runs[run + 1]!, runs[run + 2] ?? runs[run + 1]!];
      yield* merging(offsets, from, into, [start, middle, end]);
      merged.push(end);
      if (end - done < placesOfStep) continue;
      yield;
      done = end;
    }
    runs = merged;
    [from, into] = [into, from];
  }
  return from;
}

/** Merges two runs beside each other, of which one may be empty. */
function* merging(
  offsets: Uint32Array,
  from: Uint32Array,
  into: Uint32Array,
  [start, middle, end]: readonly [number, number, number],
): Steps<void> {
  for (let at = start, one = start, other = middle; at < end; at++) {
    const isOne = one < middle && (other >= end || offsets[from[one]!]! <= offsets[from[other]!]!);
    into[at] = from[isOne ? one++ : other++]!;
    if ((at - start) % placesOfStep === placesOfStep - 1) yield;
  }
}

/** Where each run of rising offsets starts, and the end of the last one. */
function runsOf(offsets: Uint32Array): number[] {
  const runs = [0];
  for (let index = 1; index < offsets.length; index++) if (offsets[index]! < offsets[index - 1]!) runs.push(index);
  runs.push(offsets.length);
  return runs;
}
