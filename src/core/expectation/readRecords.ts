import type { Answer, Counts } from '../domain/associations.ts';
import { type Left, pairsOfStep, type Steps } from '../domain/steps.ts';

/** What is remembered of a record: its state and, above, whether it is truncated. */
const stateNumbers = { notRead: 0, found: 1, none: 2, failed: 3 } as const;
const truncatedMark = 4;

/** What became of a record since it was last looked at. */
export interface RecordChange {
  /** How many of its associations had been seen. */
  readonly seen: number;
  /** How many there are now. */
  readonly count: number;
  readonly wasRead: boolean;
  /** Read to its end: all of its associations are known, and each with all of its types. */
  readonly isRead: boolean;
}

type OnChange = (record: number, change: RecordChange) => Left;

/**
 * Finds the records of a growing Answer that changed since the last look. An Answer tells that something changed, not what;
 * but its counts tell how much. So the records that may still change are walked, the first ones first since they are asked
 * first, until what was seen explains the counts: some batches of records and not all that are left.
 */
export class ReadRecords {
  readonly #answer: Answer;
  readonly #states: Uint8Array;
  readonly #seen: Uint32Array;
  /** Records that may change, in order. */
  #open: Uint32Array;
  readonly #tally = [0, 0, 0, 0];
  #truncated = 0;
  #associations = 0;

  constructor(answer: Answer) {
    const { asked } = answer.counts;
    this.#answer = answer;
    this.#states = new Uint8Array(asked);
    this.#seen = new Uint32Array(asked);
    this.#open = countedUp(asked);
    this.#tally[stateNumbers.notRead] = asked;
  }

  get length(): number {
    return this.#states.length;
  }

  /** As of the last look. */
  isRead(record: number): boolean {
    return this.#states[record] === stateNumbers.found || this.#states[record] === stateNumbers.none;
  }

  /** Tells of each record that changed. In steps, between which nobody else looks; an Answer that grows meanwhile is to be looked at anew. */
  *looking(onChange: OnChange): Steps<void> {
    const { counts, revision } = this.#answer;
    yield* this.#walkOpen(counts, onChange);
    if (this.#explains(counts) || this.#answer.revision !== revision) return;
    // Something changed that was taken to be final.
    this.#open = countedUp(this.length);
    yield* this.#walkOpen(counts, onChange);
  }

  *#walkOpen(counts: Counts, onChange: OnChange): Steps<void> {
    const open = this.#open;
    const { revision } = this.#answer;
    let kept = 0;
    let at = 0;
    for (; at < open.length && !this.#explains(counts) && this.#answer.revision === revision; at++) {
      if (at % pairsOfStep === pairsOfStep - 1) yield;
      const record = open[at]!;
      const left = this.#lookAt(record, onChange);
      if (left) {
        yield;
        yield* left;
      }
      const state = this.#states[record]!;
      if (state === stateNumbers.notRead || state >= truncatedMark) open[kept++] = record;
    }
    if (kept === at) return;
    open.copyWithin(kept, at);
    this.#open = open.subarray(0, open.length - at + kept);
  }

  #lookAt(record: number, onChange: OnChange): Left {
    const answer = this.#answer;
    const old = this.#states[record]!;
    const seen = this.#seen[record]!;
    const isTruncated = answer.truncation(record) !== undefined;
    const state = stateNumbers[answer.state(record)] + (isTruncated ? truncatedMark : 0);
    const count = answer.associationCount(record);
    if (state === old && count === seen) return undefined;
    const wasRead = this.isRead(record);
    this.#tally[old & 3]!--;
    this.#tally[state & 3]!++;
    this.#truncated += Number(isTruncated) - Number(old >= truncatedMark);
    this.#associations += count - seen;
    this.#states[record] = state;
    this.#seen[record] = count;
    return onChange(record, { seen, count, wasRead, isRead: this.isRead(record) });
  }

  /** What was seen of records is what the counts say of all. */
  #explains({ found, none, failed, notRead, truncated, associations }: Counts): boolean {
    return (
      associations === this.#associations &&
      notRead === this.#tally[stateNumbers.notRead] &&
      found === this.#tally[stateNumbers.found] &&
      none === this.#tally[stateNumbers.none] &&
      failed === this.#tally[stateNumbers.failed] &&
      truncated === this.#truncated
    );
  }
}

function countedUp(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let number = 0; number < length; number++) numbers[number] = number;
  return numbers;
}
