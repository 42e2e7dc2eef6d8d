import { finished, type Steps } from '../domain/steps.ts';
import { parsingJson } from '../text/jsonValue.ts';

const digits = 7;
const base = 10 ** digits;

/** The digits of the numbers from 0 to 99, as ASCII. */
const firstDigits = Uint8Array.from({ length: 100 }, (_, number) => 48 + Math.floor(number / 10));
const lastDigits = Uint8Array.from({ length: 100 }, (_, number) => 48 + (number % 10));

// FNV-1a, over what follows the checksum: finds damage, not intent.
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/** So much of a line is read in one step, in UTF-16 code units: some milliseconds. */
export const lengthOfStep = 200_000;

/** So much of a line is summed up at one step: some milliseconds. */
const bytesOfStep = 4_000_000;

const encoder = new TextEncoder();

/** Eight hexadecimal digits and a blank come first. */
const headLength = 9;

/**
 * Writes a line of JSON as bytes, all of them ASCII, with a checksum in front. A ledger is mostly numbers above 2^31, which
 * JSON.stringify writes at a fifth of the speed, and keeping a ledger must not slow a look-up down.
 */
export class LineWriter {
  #bytes: Uint8Array;
  #length = headLength;

  /** @param expected about how many bytes will come; more find room all the same */
  constructor(expected = 0) {
    this.#bytes = new Uint8Array(Math.max(4096, expected));
  }

  /** ASCII text that is JSON already. */
  raw(text: string): this {
    const { length } = text;
    this.#reserve(length);
    for (let index = 0; index < length; index++) this.#bytes[this.#length++] = text.charCodeAt(index);
    return this;
  }

  /** Any value as JSON. */
  json(value: unknown): this {
    return this.escaped(JSON.stringify(value));
  }

  /** Text that is JSON already; what is not ASCII is escaped. */
  escaped(json: string): this {
    const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return this.bytes(encoder.encode(json.replace(/[\u0080-\uffff]/g, escaped)));
  }

  /** A whole number from 0 to 2^53 - 1. */
  number(value: number): this {
    this.#reserve(16);
    if (value < base) this.#write(value, widthOf(value));
    else {
      const high = Math.floor(value / base);
      if (high < base) this.#write(high, widthOf(high));
      else {
        const highest = Math.floor(high / base);
        this.#write(highest, widthOf(highest));
        this.#write(high - highest * base, digits);
      }
      this.#write(value - high * base, digits);
    }
    return this;
  }

  /** ASCII bytes of JSON, such as {@link written} gives. */
  bytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** What was written so far, to stand in lines of other writers. */
  written(): Uint8Array {
    return this.#bytes.subarray(headLength, this.#length);
  }

  comma(): this {
    this.#reserve(1);
    this.#bytes[this.#length++] = 44;
    return this;
  }

  /** The whole line, without its end. */
  line(): Uint8Array {
    return finished(this.lining());
  }

  /** The same as {@link line}, in steps. */
  *lining(): Steps<Uint8Array> {
    const bytes = this.#bytes.subarray(0, this.#length);
    let hash = offsetBasis;
    for (let from = headLength; from < bytes.length; from += bytesOfStep) {
      if (from > headLength) yield;
      const to = Math.min(from + bytesOfStep, bytes.length);
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, prime);
    }
    const sum = hexadecimal(hash);
    for (let at = 0; at < 8; at++) bytes[at] = sum.charCodeAt(at);
    bytes[8] = 32;
    return bytes;
  }

  /** Two digits at a time, from the last. */
  #write(value: number, width: number): void {
    const bytes = this.#bytes;
    let rest = value | 0;
    let at = this.#length + width - 1;
    this.#length += width;
    for (; at > this.#length - width; at -= 2) {
      const next = (rest / 100) | 0;
      const pair = rest - next * 100;
      bytes[at] = lastDigits[pair]!;
      bytes[at - 1] = firstDigits[pair]!;
      rest = next;
    }
    if (at === this.#length - width) bytes[at] = 48 + rest;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}

/** The checksum of a text. */
export function checksum(text: string): string {
  return hexadecimal(hashOf(text));
}

/** @param before of the text up to `from` */
function hashOf(text: string, from = 0, to = text.length, before = offsetBasis): number {
  let hash = before;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  return hash;
}

/** The JSON of a line, or undefined when the line is not what was written. A long line in several steps. */
export function* checkingJson(line: string): Steps<string | undefined> {
  const json = line.slice(headLength);
  let hash = offsetBasis;
  for (let from = 0; from < json.length; from += lengthOfStep) {
    if (from > 0) yield;
    hash = hashOf(json, from, Math.min(from + lengthOfStep, json.length), hash);
  }
  return json !== '' && line[8] === ' ' && line.startsWith(hexadecimal(hash)) ? json : undefined;
}

/** The value of a text of JSON; undefined for any other text. */
export function parsed(json: string): unknown {
  return finished(parsing(json));
}

/** The same as {@link parsed}, in steps. */
export function* parsing(json: string): Steps<unknown> {
  try {
    return yield* parsingJson(json);
  } catch {
    return undefined;
  }
}

function hexadecimal(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function widthOf(value: number): number {
  let width = 1;
  for (let limit = 10; value >= limit; limit *= 10) width++;
  return width;
}
