/** Puts rows in order by numeric keys, fast enough for a million rows while someone waits. Pure. */
import { type Steps, stretches } from './steps.ts';

/** Row numbers and, beside each, its key as two halves that sort as whole numbers. */
interface Keyed {
  rows: Uint32Array<ArrayBuffer>;
  low: Uint32Array;
  high: Uint32Array;
}

/**
 * Sorts row numbers by key, in place, stably: rows with equal keys keep the order they came in. Keys are numbers from 0 up; a row whose
 * key is Infinity has nothing to sort by and comes last in both directions. The rows are in order when all steps are done.
 *
 * Non-negative doubles sort like their bits, so this is a radix sort of four passes of 16 bits; passes in which all keys
 * agree are left out. A million ids take about a tenth of a comparison sort's time.
 *
 * @param keyOf by row number
 */
export function* sortByKey(rows: Uint32Array<ArrayBuffer>, keyOf: Float64Array, descending: boolean): Steps<void> {
  const { length } = rows;
  const bits = new Uint32Array(keyOf.buffer, keyOf.byteOffset, keyOf.length * 2);
  const halves = yield* numbers(length, 2);
  let from: Keyed = { rows, low: halves[0]!, high: halves[1]! };
  const counts = Array.from({ length: 4 }, () => new Uint32Array(65_536));
  const flip = descending ? 0xffffffff : 0;
  yield* stretches(length, (start, end) => {
    for (let at = start; at < end; at++) splitKey(from, at, bits, flip);
    for (let pass = 0; pass < 4; pass++) countDigits(counts[pass]!, digitsOf(from, pass), shiftOf(pass), start, end);
  });

  const [spareRows, spareLow, spareHigh] = yield* numbers(length, 3);
  let to: Keyed = { rows: spareRows!, low: spareLow!, high: spareHigh! };
  for (let pass = 0; pass < 4; pass++) {
    const next = startsOf(counts[pass]!, length);
    if (!next) continue;
    yield* stretches(length, (start, end) => scatter(from, to, next, pass, [start, end]));
    [from, to] = [to, from];
  }
  if (from.rows !== rows) yield* stretches(length, (start, end) => rows.set(from.rows.subarray(start, end), start));
}

/**
 * Room for so many numbers, each time in steps of its own. A page of memory is only made when it is first written to, and a sort
 * writes everywhere at once: written through before, in order, ten million rows do not make all their pages in one step.
 */
function* numbers(length: number, times: number): Steps<Uint32Array<ArrayBuffer>[]> {
  const made: Uint32Array<ArrayBuffer>[] = [];
  while (made.length < times) {
    const room = new Uint32Array(length);
    yield* stretches(length, (start, end) => room.fill(0, start, end));
    made.push(room);
  }
  return made;
}

function splitKey({ rows, low, high }: Keyed, at: number, bits: Uint32Array, flip: number): void {
  const row = rows[at]!;
  const upper = bits[row * 2 + 1]!;
  if (upper === infinityHigh) {
    low[at] = bits[row * 2]!;
    high[at] = 0xffffffff;
  } else {
    low[at] = bits[row * 2]! ^ flip;
    high[at] = (upper ^ flip) & 0x7fffffff;
  }
}

function digitsOf({ low, high }: Keyed, pass: number): Uint32Array {
  return pass < 2 ? low : high;
}

function shiftOf(pass: number): number {
  return (pass & 1) * 16;
}

function countDigits(counts: Uint32Array, digits: Uint32Array, shift: number, start: number, end: number): void {
  for (let at = start; at < end; at++) counts[(digits[at]! >>> shift) & 0xffff]!++;
}

/** Puts each row of a stretch at the next free place of its digit. */
function scatter(
  from: Keyed,
  to: Keyed,
  next: Uint32Array,
  pass: number,
  [start, end]: readonly [number, number],
): void {
  const digits = digitsOf(from, pass);
  const shift = shiftOf(pass);
  for (let at = start; at < end; at++) {
    const place = next[(digits[at]! >>> shift) & 0xffff]!++;
    to.rows[place] = from.rows[at]!;
    to.low[place] = from.low[at]!;
    to.high[place] = from.high[at]!;
  }
}

/** The upper half of Infinity's bits, which no finite number has. */
const infinityHigh = 0x7ff00000;

/** Turns counts into the place where each digit starts; undefined when all keys share one digit. */
function startsOf(counts: Uint32Array, length: number): Uint32Array | undefined {
  let sum = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit]!;
    if (count === length) return undefined;
    counts[digit] = sum;
    sum += count;
  }
  return counts;
}
