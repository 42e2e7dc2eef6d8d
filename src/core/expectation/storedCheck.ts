/**
 * What is kept of a check on disk: plain objects for lines of the look-up's ledger, which keeps lines it does not know. Ids,
 * labels, line numbers, and what is known of records; never the other text of a file. Records go by their number among the
 * look-up's ids.
 *
 *   check        what is expected: labels, how many pairs, which file it came from
 *   checkPairs   some of the pairs
 *   checkRecords what became of some records
 */
import type { Existence } from '../domain/cell.ts';
import type { Expectation, LabelTest, Side, SourceDoubt } from '../domain/expectation.ts';
import { isRecordId } from '../domain/recordId.ts';
import type { RowCounts } from './pairColumns.ts';
import type { CheckedFile } from './signOff.ts';

/** Goes up when lines change their meaning. */
export const storedCheckVersion = 1;

/** Pairs in one line: a damaged line costs some 100 kB. */
const pairsInLine = 4_000;

/** Where the pairs came from, to find their lines again while the file is the same. */
export interface CheckSource {
  readonly file?: CheckedFile;
  /** The address of that file. */
  readonly uri?: string;
  /** Only a part of it was read: size and hash are those of that part with blank lines before it. */
  readonly isPart?: boolean;
  /** The file claims to name all that there ought to be of its records. */
  readonly claimsToBeWhole?: boolean;
  /** Files that translated its ids, by object type. */
  readonly mappings?: readonly (CheckedFile & { readonly objectType: string })[];
  readonly rows?: RowCounts;
  /** How many pairs the source has, where only the first of them are checked. */
  readonly trialOf?: number;
  /** How many pairs an earlier check had, where only those are checked that it did not confirm. */
  readonly unconfirmedOf?: number;
}

/** An id as a number where that keeps every digit. */
type StoredId = number | string;

export interface StoredHead {
  readonly version: number;
  readonly pairs: number;
  /** How many ids the look-up has: its numbers mean nothing with others. */
  readonly asked: number;
  readonly labels: readonly (readonly LabelTest[])[];
  /** The records of which more may be expected than is known, or all of them. */
  readonly open: 'all' | readonly number[];
  readonly source: CheckSource;
}

/** All lists are as long as there are pairs in the line. */
export interface StoredPairsLine {
  /** The number of the first pair. */
  readonly first: number;
  /** The number of a record among the look-up's ids, or the id of one that is not looked up, as text. */
  readonly from: readonly StoredId[];
  readonly to: readonly StoredId[];
  /** Positions in the labels of the head; absent where all are 0. */
  readonly labels?: readonly number[];
  /** A line of the source, or several, from 0. */
  readonly lines: readonly (number | readonly number[])[];
  /** Numbers of pairs that are in doubt, and which side of each. */
  readonly doubts?: readonly (readonly [pair: number, doubt: SourceDoubt])[];
}

export interface StoredRecords {
  readonly side: Side;
  readonly known: readonly (readonly [id: StoredId, kind: Existence['kind'], into?: StoredId])[];
}

/** The lines that say what is expected, one after the other. */
export function* expectationLines(
  expectation: Expectation,
  source: CheckSource = {},
): Generator<{ readonly check: StoredHead } | { readonly checkPairs: StoredPairsLine }> {
  const labels = new LabelPositions();
  for (let pair = 0; pair < expectation.length; pair++) labels.of(expectation.labels(pair));
  yield {
    check: {
      version: storedCheckVersion,
      pairs: expectation.length,
      asked: expectation.asked.length,
      labels: labels.list,
      open: openRecords(expectation),
      source,
    },
  };
  for (let first = 0; first < expectation.length; first += pairsInLine) {
    yield { checkPairs: pairsLine(expectation, first, labels) };
  }
}

/** The line for what was learnt of records. */
export function recordsLine(
  side: Side,
  known: Iterable<readonly [id: string, existence: Existence]>,
): { readonly checkRecords: StoredRecords } {
  const entries = [...known].map(([id, existence]): StoredRecords['known'][number] =>
    existence.kind === 'merged'
      ? [storedId(id), existence.kind, storedId(existence.into)]
      : [storedId(id), existence.kind],
  );
  return { checkRecords: { side, known: entries } };
}

function pairsLine(expectation: Expectation, first: number, labels: LabelPositions): StoredPairsLine {
  const last = Math.min(expectation.length, first + pairsInLine);
  const pairs = Array.from({ length: Math.max(0, last - first) }, (_, nth) => first + nth);
  const positions = pairs.map((pair) => labels.of(expectation.labels(pair)));
  const doubts = pairs.flatMap((pair): (readonly [number, SourceDoubt])[] => {
    const doubt = expectation.doubt(pair);
    return doubt ? [[pair, doubt]] : [];
  });
  return {
    first,
    from: pairs.map((pair) => {
      const record = expectation.record(pair);
      return record < 0 ? expectation.fromId(pair) : record;
    }),
    to: pairs.map((pair) => storedId(expectation.toId(pair))),
    ...(positions.some((position) => position > 0) && { labels: positions }),
    lines: pairs.map((pair) => {
      const lines = expectation.lines(pair);
      return lines.length === 1 ? lines[0]! : lines;
    }),
    ...(doubts.length > 0 && { doubts }),
  };
}

function openRecords(expectation: Expectation): StoredHead['open'] {
  const open: number[] = [];
  for (let record = 0; record < expectation.asked.length; record++) {
    if (!expectation.isWhole(record)) open.push(record);
  }
  return open.length === expectation.asked.length ? 'all' : open;
}

function storedId(id: string): StoredId {
  const number = Number(id);
  return isRecordId(id) && Number.isSafeInteger(number) ? number : id;
}

/** The combinations of labels of an expectation, which gives the same array for the same one. */
class LabelPositions {
  readonly list: (readonly LabelTest[])[] = [[]];
  readonly #positions = new Map<readonly LabelTest[], number>();

  of(labels: readonly LabelTest[]): number {
    if (labels.length === 0) return 0;
    let position = this.#positions.get(labels);
    if (position === undefined) {
      position = this.list.push(labels) - 1;
      this.#positions.set(labels, position);
    }
    return position;
  }
}
