import { lengthened } from './column.ts';

/**
 * Record ids as numbers. An id up to 2^53 - 1 is its own code; any other text (19 digits, or no id at all) gets -1, -2, ...
 * and keeps every character. So a column of ids is a Float64Array, and two ids are equal when their codes are.
 */
export class IdCodes {
  readonly #texts = new TextIndex();

  code(id: string): number {
    return plainNumber(id) || -1 - this.#texts.position(id);
  }

  /** The code of an id if it needs none of its own or already has one; 0 for a text never seen. Adds nothing. */
  known(id: string): number {
    const plain = plainNumber(id);
    if (plain > 0) return plain;
    const position = this.#texts.find(id);
    return position === undefined ? 0 : -1 - position;
  }

  /** The id as a number, or NaN for one that a number cannot hold. */
  number(code: number): number {
    return code < 0 ? Number.NaN : code;
  }

  text(code: number): string {
    return code < 0 ? this.#texts.text(-code - 1) : String(code);
  }
}

/**
 * Texts by position, each once. A Map of half a million stops everything for a tenth of a second when it makes room, so they are
 * found by a number made of their characters.
 */
export class TextIndex {
  readonly #texts: string[] = [];
  #keys = new Float64Array(16);
  readonly #positions = new IdIndex((position) => this.#keys[position]!);
  /** Texts of which another one has the same number. */
  readonly #namesakes = new Map<string, number>();
  readonly #keyOf: (text: string) => number;

  constructor(numberOf: (text: string) => number = keyOf) {
    this.#keyOf = numberOf;
  }

  text(position: number): string {
    return this.#texts[position] ?? '';
  }

  find(text: string): number | undefined {
    return this.#among(this.#positions.find(this.#keyOf(text)), text);
  }

  /** Adds a text where it is not there yet. */
  position(text: string): number {
    const key = this.#keyOf(text);
    const holder = this.#positions.find(key);
    const known = this.#among(holder, text);
    if (known !== undefined) return known;
    const position = this.#texts.push(text) - 1;
    if (position === this.#keys.length) this.#keys = lengthened(this.#keys, position);
    this.#keys[position] = key;
    if (holder < 0) this.#positions.add(key, position);
    else this.#namesakes.set(text, position);
    return position;
  }

  /** The position of a text, where the first of those with its number has this one, or none (-1). */
  #among(first: number, text: string): number | undefined {
    if (first < 0) return undefined;
    return this.#texts[first] === text ? first : this.#namesakes.get(text);
  }
}

/** A number of 53 bits that hardly any other text has. */
function keyOf(text: string): number {
  let low = 0;
  let high = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, oddChances[0]);
    high = Math.imul(high ^ code, oddChances[1]);
  }
  return (low >>> 0) + (high >>> 11) * 4294967296;
}

/** The number a text of digits stands for, if it can be turned back into exactly that text; otherwise 0. */
function plainNumber(id: string): number {
  const length = id.length;
  if (length === 0 || length > 16 || id.charCodeAt(0) === 48) return 0;
  let number = 0;
  for (let index = 0; index < length; index++) {
    const digit = id.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number <= Number.MAX_SAFE_INTEGER ? number : 0;
}

/**
 * Finds positions in a column of id codes: open addressing over an Int32Array, about a tenth of what a Map would take. When it
 * makes room, the entries move over a few at a time as others are added: to move a million at once takes a tenth of a second.
 */
export class IdIndex {
  readonly #codeAt: (position: number) => number;
  #slots: Int32Array;
  /** What is being left, and how much of it has moved. What has moved stays there, too. */
  #left: Int32Array | undefined;
  #moved = 0;
  #size = 0;

  constructor(codeAt: (position: number) => number, expected = 8) {
    this.#codeAt = codeAt;
    let slots = 16;
    while (slots * mostFilled < expected) slots *= 2;
    this.#slots = new Int32Array(slots);
  }

  /** The position that was added with this code, or -1. */
  find(code: number): number {
    const hash = spread(code);
    const position = this.#findIn(this.#slots, hash, code);
    return position < 0 && this.#left ? this.#findIn(this.#left, hash, code) : position;
  }

  #findIn(slots: Int32Array, hash: number, code: number): number {
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]!;
      if (entry === 0) return -1;
      if (this.#codeAt(entry - 1) === code) return entry - 1;
    }
  }

  /** Adds a position whose code {@link find} did not know. */
  add(code: number, position: number): void {
    if (++this.#size > this.#slots.length * mostFilled) {
      // Before this has filled again, the last has moved: each add moves more slots than it takes.
      this.#left = this.#slots;
      this.#moved = 0;
      this.#slots = new Int32Array(this.#left.length * 2);
    }
    if (this.#left) this.#move(this.#left);
    this.#place(code, position);
  }

  #place(code: number, position: number): void {
    const mask = this.#slots.length - 1;
    let slot = spread(code) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = position + 1;
  }

  #move(left: Int32Array): void {
    const end = Math.min(left.length, this.#moved + slotsOfMove);
    for (; this.#moved < end; this.#moved++) {
      const entry = left[this.#moved]!;
      if (entry !== 0) this.#place(this.#codeAt(entry - 1), entry - 1);
    }
    if (end === left.length) this.#left = undefined;
  }
}

/** The share of the slots that are taken before there is made room for more. */
const mostFilled = 0.7;
/** Two would do: of twice as many slots, as many as seven tenths of those that are left are filled until they double again. */
const slotsOfMove = 4;

/**
 * Where a code belongs in a table: tabulation hashing with tables made of chance when the program starts. Whoever chooses
 * the ids (80,000 of them fit into one answer) cannot know which of them meet, as they could with any fixed formula.
 */
function spread(code: number): number {
  const low = code | 0;
  const high = (code / 4294967296) | 0;
  return (
    chance[low & 0xff]! ^
    chance[0x100 | ((low >>> 8) & 0xff)]! ^
    chance[0x200 | ((low >>> 16) & 0xff)]! ^
    chance[0x300 | (low >>> 24)]! ^
    chance[0x400 | (high & 0xff)]! ^
    chance[0x500 | ((high >>> 8) & 0xff)]! ^
    chance[0x600 | ((high >>> 16) & 0xff)]!
  );
}

/** 256 random numbers for each byte of a code: the lower four of a negative one, seven of one up to 2^53. */
const chance = crypto.getRandomValues(new Int32Array(7 * 256));
const oddChances = [chance[0]! | 1, chance[1]! | 1] as const;
