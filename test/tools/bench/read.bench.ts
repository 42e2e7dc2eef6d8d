/** Reading ids: how far from one pass over the same characters. */
import { readFileSync } from 'node:fs';
import type { ColumnChoice } from '../../../src/core/reading/file/readColumn.ts';
import { csvColumns, readColumn } from '../../../src/core/reading/file/readColumn.ts';
import { readWhole } from '../../../src/core/reading/readRecordIds.ts';
import { type HostileText, known, pairs, singles } from '../../core/reading/hostileTexts.ts';
import { waysOfReading } from '../../core/reading/waysOfReading.ts';
import { compared, computing, type Lines, type Measurement, threadTimed } from './measurement.ts';

const megabyte = 1_000_000;

export const lines: readonly Lines[] = [
  {
    names: ['read.plain.vs-scan'],
    measure: () => {
      const plain = upTo(10 * megabyte, (random) => `${recordId(random)}${random(4) ? '\n' : ', '}`);
      return againstScan('read.plain.vs-scan', plain, readWhole, 3);
    },
  },
  {
    names: ['read.log.vs-scan'],
    measure: () => againstScan('read.log.vs-scan', upTo(10 * megabyte, logPiece), readWhole, 7),
  },
  {
    names: ['read.csv-column.vs-scan'],
    measure: () => {
      const csv = `Record ID,First Name,Last Name,Email,City,Amount\n${upTo(50 * megabyte, csvRow)}`;
      return againstScan('read.csv-column.vs-scan', csv, column, 3);
    },
  },
  { names: ['read.hostile.growth'], measure: growth },
];

async function againstScan(name: string, text: string, read: (text: string) => unknown, atMost: number) {
  const pairs = await computing(
    () => read(text),
    () => scan(text),
  );
  return [compared(name, pairs, 'ms', { atMost })];
}

/** The floor: every character looked at once. */
function scan(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += text.charCodeAt(at);
  return sum;
}

async function column(csv: string): Promise<number> {
  const choice: ColumnChoice = { kind: 'column', table: csvColumns(csv.slice(0, 65_536)), column: 0 };
  const bytes = bytesOf(csv);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 262_144) yield bytes.subarray(at, at + 262_144);
  }
  // The ids stay in columns, as they do between reading and looking up; objects are made of those that are looked at.
  let count = 0;
  await readColumn(chunks(), choice, {
    onProgress: ({ ids }) => {
      count = ids;
    },
  });
  return count;
}

let encoded: { text: string; bytes: Uint8Array } | undefined;
function bytesOf(text: string): Uint8Array {
  if (encoded?.text !== text) encoded = { text, bytes: new TextEncoder().encode(text) };
  return encoded.bytes;
}

/** Of the texts that were read once, so many are measured: the slowest. */
const mostSuspects = 12;
const screened = 16_000;

/**
 * The texts that take most time for their length, of all that repeat a token the reader looks for: each of them read once, in
 * one way after the other, and the pairs of tokens as far as the time goes.
 */
async function suspects(): Promise<readonly ((size: number) => unknown)[]> {
  const ways = Object.values(waysOfReading);
  const tried: { text: HostileText; read: (text: string) => unknown; time: number }[] = [];
  const start = performance.now();
  for (const [number, text] of [...known(), ...singles(), ...pairs(997)].entries()) {
    const read = ways[number % ways.length]!;
    const made = text.make(screened);
    const before = process.cpuUsage();
    await read(made);
    tried.push({ text, read, time: process.cpuUsage(before).user });
    if (performance.now() - start > mostScreening) break;
  }
  return tried
    .sort((one, other) => other.time - one.time)
    .slice(0, mostSuspects)
    .map(
      ({ text, read }) =>
        (size) =>
          read(text.make(size)),
    );
}
const mostScreening = 15_000;

/**
 * The worst of the inputs made to provoke it: time at 2n / time at n. Measured from n to 8n and spread over the three
 * doublings, since a single one may also cross the size of a processor cache.
 */
async function growth(): Promise<readonly Measurement[]> {
  const mark = { atMost: 2.3 };
  const tried: Growing[] = [];
  for (const read of await suspects()) {
    const one = new Growing(read);
    while (one.runs < firstRuns) await one.run();
    tried.push(one);
  }
  const steepest = steepestFirst(tried).slice(0, mostSteep);
  for (const one of steepest) {
    const start = performance.now();
    const isMeasured = () => {
      const spent = performance.now() - start;
      // On a busy machine the longer runs are disturbed more; growth that is real stays however often it is measured.
      if (one.runs >= 6 && one.ratio > mark.atMost * 0.95) return spent > mostTime;
      return one.runs >= 6 && (one.runs >= 40 || spent > leastTime);
    };
    while (!isMeasured()) await one.run();
  }
  const [worst] = steepestFirst(steepest);
  const { value, floor, ratio } = worst!;
  return [{ name: 'read.hostile.growth', value, floor, ratio, quartiles: [ratio, ratio], unit: 'ms', mark }];
}

/** What an input takes. What else the machine does only adds time, so the best of a few runs says what the reading takes. */
class Growing {
  readonly #read: (size: number) => unknown;
  floor = Number.POSITIVE_INFINITY;
  value = Number.POSITIVE_INFINITY;
  runs = 0;

  constructor(read: (size: number) => unknown) {
    this.#read = read;
  }

  get ratio(): number {
    return Math.cbrt(this.value / this.floor);
  }

  async run(): Promise<void> {
    this.floor = Math.min(this.floor, await threadTimed(() => this.#read(125_000)));
    this.value = Math.min(this.value, await threadTimed(() => this.#read(1_000_000)));
    this.runs++;
  }
}

function steepestFirst(tried: readonly Growing[]): Growing[] {
  return [...tried].sort((one, other) => other.ratio - one.ratio);
}

/** So often each is read, and then, until that says what it takes, those that grow most. */
const firstRuns = 2;
const mostSteep = 4;

/** Milliseconds to spend on an input at least: a run of a millisecond is easily disturbed as a whole. */
const leastTime = 300;
/** And at most, as long as it seems to grow too fast. */
const mostTime = 4_000;

/** A number below `limit`. The same seed gives the same text on every run. */
type Random = (limit: number) => number;

function upTo(length: number, piece: (random: Random) => string): string {
  let seed = 1;
  const random: Random = (limit) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) % limit;
  };
  const pieces: string[] = [];
  for (let size = 0; size < length; ) {
    const next = piece(random);
    pieces.push(next);
    size += next.length;
  }
  return pieces.join('');
}

function recordId(random: Random): string {
  return `179${10_000_000 + random(8_388_607)}`;
}

/** The demo's log again and again, with other ids: what an integration writes, not lines made for this measurement. */
const demoLog = readFileSync(new URL('../../workspace/sync.log', import.meta.url), 'utf8');

function logPiece(random: Random): string {
  return demoLog.replace(/\b\d{11,12}\b/g, () => recordId(random));
}

function csvRow(random: Random): string {
  const city = random(10) ? 'Springfield' : '"Portland, ME"';
  return `${recordId(random)},Jane,Doe,jane.doe.${random(100_000)}@example.com,${city},${random(100_000)}.00\n`;
}
