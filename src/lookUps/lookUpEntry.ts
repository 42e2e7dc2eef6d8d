/** What tree, panel and commands know of a look-up, and what is kept of it as its card. */
import type { Account } from '../accounts/accounts.ts';
import type { Answer, Question } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { Progress } from '../core/lookUp/run.ts';
import type { ReadText } from '../ids/givenIds.ts';
import type { IdPlaces } from '../ids/idPlaces.ts';
import type { LookUpCard } from './lookUpCard.ts';
import type { RestoredEntry } from './savedLookUps.ts';

/** running: requests are being sent. paused: it ended before everything was tried, and can go on. ended: everything was tried. */
type RunState = 'running' | 'paused' | 'ended';

/** One look-up, from its start until it is removed. */
export interface LookUpEntry {
  readonly id: string;
  readonly question: Question;
  readonly account: Account;
  readonly places: IdPlaces;
  /** What the ids were read from, with what was ignored; only while the window lives. */
  readonly read: ReadText | undefined;
  readonly startedAt: Date;
  /** Given by the user. */
  readonly name: string | undefined;
  readonly pinned: boolean;
  readonly answer: Answer;
  readonly state: RunState;
  /** Calls of all its runs together; undefined before the first call of a run, and at the end. */
  readonly progress: Progress | undefined;
  /** What ended the run before everything was tried. */
  readonly stopped: Failure | undefined;
  /** Why this look-up will not survive a reload, if it will not. */
  readonly notKept: string | undefined;
}

export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A look-up at rest, as it was kept. */
export function entryOf(
  { card, question, places, state: { answer } }: RestoredEntry,
  account: Account,
  batchSize: number,
): Mutable<LookUpEntry> {
  return {
    id: card.id,
    startedAt: card.startedAt,
    name: card.name,
    pinned: card.pinned,
    question,
    places,
    read: undefined,
    account,
    answer,
    state: card.ended ? 'ended' : 'paused',
    progress: card.ended ? undefined : progressAtRest(answer, batchSize),
    stopped: card.ended ? undefined : (card.stopped ?? { kind: 'interrupted' }),
    notKept: undefined,
  };
}

/** What is kept of a look-up beside its answers. */
export function cardOf({ id, account, startedAt, name, pinned, state, stopped, answer }: LookUpEntry): LookUpCard {
  const { asked, found, none, failed, notRead, truncated, associations } = answer.counts;
  const { complete } = answer;
  const counts = { asked, found, none, failed, notRead, truncated, associations, complete };
  return { id, account, startedAt, name, pinned, ended: state === 'ended', stopped, counts };
}

/**
 * How far a paused look-up is: the same as it was paused and after it was read from the disk.
 * @param batchSize records in one call
 */
export function progressAtRest(
  { counts: { asked, notRead, truncated }, effort: { pages } }: Answer,
  batchSize: number,
): Progress {
  const open = notRead + truncated;
  return {
    records: { asked, settled: asked - open },
    calls: { done: pages, planned: pages + Math.ceil(open / batchSize), isEstimate: truncated > 0 },
    retries: 0,
  };
}
