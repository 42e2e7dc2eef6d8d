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
 * Non-negative doubles sort like their bits, so this is a radix sort, of four passes of 16 bits or for a small table of eight
 * of 8 bits; passes in which all keys agree are left out. A million ids take about a tenth of a comparison sort's time.
 *
 * @param keyOf by row number
 */
export function* sortByKey(rows: Uint32Array<ArrayBuffer>, keyOf: Float64Array, descending: boolean): Steps<void> {
  const { length } = rows;
  const bits = new Uint32Array(keyOf.buffer, keyOf.byteOffset, keyOf.length * 2);
  const halves = yield* numbers(length, 2);
  let from: Keyed = { rows, low: halves[0]!, high: halves[1]! };
  const passes = passesOf(length < smallTable ? 8 : 16);
  const flip = descending ? 0xffffffff : 0;
  yield* stretches(length, (start, end) => {
    for (let at = start; at < end; at++) splitKey(from, at, bits, flip);
    for (const pass of passes) countDigits(pass, from, start, end);
  });

  const [spareRows, spareLow, spareHigh] = yield* numbers(length, 3);
  let to: Keyed = { rows: spareRows!, low: spareLow!, high: spareHigh! };
  for (const pass of passes) {
    if (!countsToStarts(pass.counts, length)) continue;
    yield* stretches(length, (start, end) => scatter(from, to, pass, [start, end]));
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

/** Below so many rows, to clear and add up the counts of 16 bits would take longer than everything else. */
const smallTable = 16_384;

/** One pass: rows are told apart by these bits of a half of their keys. */
interface Pass {
  readonly half: 'low' | 'high';
  readonly shift: number;
  readonly mask: number;
  /** How many rows have each digit; then the place of the next row with it. */
  readonly counts: Uint32Array;
}

/** The passes of so many bits each, from the last digit to the first. */
function passesOf(bits: 8 | 16): readonly Pass[] {
  const shifts = Array.from({ length: 32 / bits }, (_, nth) => nth * bits);
  const size = 1 << bits;
  return (['low', 'high'] as const).flatMap((half) =>
    shifts.map((shift) => ({ half, shift, mask: size - 1, counts: new Uint32Array(size) })),
  );
}

function countDigits({ half, shift, mask, counts }: Pass, from: Keyed, start: number, end: number): void {
  const digits = from[half];
  for (let at = start; at < end; at++) counts[(digits[at]! >>> shift) & mask]!++;
}

/** Puts each row of a stretch at the next free place of its digit. */
function scatter(
  from: Keyed,
  to: Keyed,
  { half, shift, mask, counts }: Pass,
  [start, end]: readonly [number, number],
): void {
  const digits = from[half];
  for (let at = start; at < end; at++) {
    const place = counts[(digits[at]! >>> shift) & mask]!++;
    to.rows[place] = from.rows[at]!;
    to.low[place] = from.low[at]!;
    to.high[place] = from.high[at]!;
  }
}

/** The upper half of Infinity's bits, which no finite number has. */
const infinityHigh = 0x7ff00000;

/** Turns counts into the place where each digit starts; false when all keys share one digit. */
function countsToStarts(counts: Uint32Array, length: number): boolean {
  let sum = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit]!;
    if (count === length) return false;
    counts[digit] = sum;
    sum += count;
  }
  return true;
}
