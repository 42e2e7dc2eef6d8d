/** How a delimited text is written: its delimiter, and where its rows begin. */
import type { Steps } from '../../domain/steps.ts';
import { DelimitedScanner } from './delimitedScanner.ts';

const delimiters = [44, 59, 9, 124] as const;

export interface Dialect {
  /** Character code; 0 where each line is one cell. */
  readonly delimiter: number;
  /** Where the header row starts: behind a spreadsheet's `sep=;` line if there is one. */
  readonly start: number;
  readonly startLine: number;
  readonly columns: number;
  /** The share of the sampled rows that have as many cells as the first. */
  readonly evenness: number;
  readonly rows: number;
}

/** The most likely dialect of a text, by its first rows: where these are long, that takes a while. */
export function* dialectOf(text: string): Steps<Dialect> {
  const said = /^\ufeff?(?:sep=(.)\r?\n)?/.exec(text)!;
  const start = said[0].length;
  const startLine = said[1] ? 1 : 0;
  const allowed = said[1] ? [said[1].charCodeAt(0)] : delimiters;
  let measured = yield* measuring(text.slice(0, start + sampleLength), allowed, start, startLine, 60);
  // Where the first rows are longer than that, look at more.
  if (text.length > start + sampleLength && measured.every(({ rows }) => rows < 2))
    measured = yield* measuring(text.slice(0, start + 64 * sampleLength), allowed, start, startLine, 2);
  const best = measured
    .filter(({ columns }) => columns > 1)
    .sort(
      (a, b) =>
        Number(b.evenness >= 0.8) - Number(a.evenness >= 0.8) || b.columns * b.evenness - a.columns * a.evenness,
    )[0];
  return best ?? { ...measured[0]!, delimiter: 0, columns: 1, evenness: 1 };
}

const sampleLength = 65_536;

function* measuring(
  sample: string,
  allowed: readonly number[],
  start: number,
  startLine: number,
  mostRows: number,
): Steps<Dialect[]> {
  const final = sample.length < start + sampleLength || mostRows < 60;
  const all: Dialect[] = [];
  for (const delimiter of allowed) {
    yield;
    const counts: number[] = [];
    let cells = 0;
    const onCell = () => {
      cells++;
      return undefined;
    };
    const onRow = () => {
      counts.push(cells);
      cells = 0;
      return undefined;
    };
    yield* new DelimitedScanner(delimiter).scanning(sample, start, final, onCell, { mostRows, onRow });
    const columns = counts[0] ?? 0;
    const even = counts.filter((count) => count === columns).length;
    const evenness = counts.length ? even / counts.length : 0;
    all.push({ delimiter, start, startLine, columns, evenness, rows: counts.length });
  }
  return all;
}
