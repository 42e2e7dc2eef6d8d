/** How many of the records without association exist, as far as that was read. */
import { recordGroups } from '../core/answer/recordGroups.ts';
import type { Answer } from '../core/domain/associations.ts';
import type { Existence } from '../core/domain/cell.ts';
import { idRowsAStep, type Steps } from '../core/rows/steps.ts';
import { Turns } from '../editor/turns.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { Names } from './recordNames.ts';

export interface ExistenceCounts {
  readonly of: Readonly<Record<Existence['kind'], number>>;
  /** Records that were not asked after, or that HubSpot said nothing of. */
  readonly unknown: number;
}

type Counted = Pick<LookUpEntry, 'account' | 'answer' | 'question'>;

interface Tally {
  /** What was counted, see {@link revisionOf}. */
  revision: string;
  counts: ExistenceCounts | undefined;
  isCounting: boolean;
}

/** So long is counted at once, in milliseconds: some ten thousand records. */
const atOnce = 10;

/** Each call that reads a hundred records more asks for another count: between two of them it rests so many times as long as one took. */
const restAfterCount = 3;

const tallies = new WeakMap<Answer, Tally>();

/**
 * Undefined when it was not asked of any of them. What takes longer is counted in turns, and `names` fires when that is done: until
 * then these are the counts of a moment ago, and `counting` where there are none, or those of another number of records.
 */
export function existenceCounts(entry: Counted, names: Names): ExistenceCounts | 'counting' | undefined {
  const { account, answer, question } = entry;
  if (!names.hasExistences(account, question.from)) return undefined;
  const tally = tallyOf(answer);
  if (!tally.isCounting && tally.revision !== revisionOf(entry, names)) begin(entry, names, tally);
  const { counts } = tally;
  if (counts && sumOf(counts) === answer.counts.none) return counts;
  return tally.isCounting && tally.revision !== revisionOf(entry, names) ? 'counting' : undefined;
}

/** Counts as {@link existenceCounts} does, in steps: what that gives afterwards holds now. */
export function* countingExistences(entry: Counted, names: Names): Steps<void> {
  const tally = tallyOf(entry.answer);
  const revision = revisionOf(entry, names);
  tally.counts = yield* counting(entry, names);
  tally.revision = revision;
}

function begin(entry: Counted, names: Names, tally: Tally): void {
  const steps = countingExistences(entry, names);
  const turns = new Turns(undefined, atOnce);
  do {
    if (steps.next().done) return;
  } while (!turns.isOver);
  tally.isCounting = true;
  void countOn(steps, entry, names).finally(() => {
    tally.isCounting = false;
  });
}

async function countOn(begun: Steps<void>, entry: Counted, names: Names): Promise<void> {
  const tally = tallyOf(entry.answer);
  for (let steps = begun; ; steps = countingExistences(entry, names)) {
    const since = performance.now();
    await new Turns().through(steps);
    names.existencesCounted();
    if (tally.revision === revisionOf(entry, names)) return;
    const took = performance.now() - since;
    await new Promise((resolve) => setTimeout(resolve, took * restAfterCount));
  }
}

function* counting({ account, answer, question }: Counted, names: Names): Steps<ExistenceCounts | undefined> {
  const of = { exists: 0, archived: 0, merged: 0, missing: 0 };
  const { existenceOf } = names.recordsOf(account, question.from);
  const records = recordGroups(answer).first('none', Number.POSITIVE_INFINITY);
  let unknown = records.length;
  for (const [nth, record] of records.entries()) {
    if (nth % idRowsAStep === idRowsAStep - 1) yield idRowsAStep;
    const existence = existenceOf(answer.recordId(record));
    if (!existence) continue;
    of[existence.kind]++;
    unknown--;
  }
  return unknown === records.length ? undefined : { of, unknown };
}

function tallyOf(answer: Answer): Tally {
  let tally = tallies.get(answer);
  if (!tally) {
    tally = { revision: '', counts: undefined, isCounting: false };
    tallies.set(answer, tally);
  }
  return tally;
}

/** Becomes another one with the Answer, and with what is known of its records. */
function revisionOf({ account, answer, question }: Counted, names: Names): string {
  return `${answer.revision} ${names.recordsOf(account, question.from).revision}`;
}

function sumOf({ of, unknown }: ExistenceCounts): number {
  return of.exists + of.archived + of.merged + of.missing + unknown;
}
