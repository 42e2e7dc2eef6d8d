/** What tree, panel and commands know of a look-up: what its row needs is always there, its Answer once somebody asked for it. */
import type { Account } from '../accounts/accounts.ts';
import type { Answer, Completeness, Counts, Effort, Question } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { Check } from '../core/expectation/check.ts';
import type { CheckSource } from '../core/expectation/storedCheck.ts';
import type { Progress } from '../core/lookUp/run.ts';
import type { ReadText } from '../ids/givenIds.ts';
import type { IdPlaces } from '../ids/idPlaces.ts';
import type { CheckSummary, HeldCheck } from './heldCheck.ts';
import type { LedgerFile } from './ledgerFile.ts';
import type { LookUpCard, VouchingCard } from './lookUpCard.ts';
import type { RestoredEntry } from './savedAnswers.ts';

/** running: requests are being sent. paused: it ended before everything was tried, and can go on. ended: everything was tried. */
type RunState = 'running' | 'paused' | 'ended';

/** What is told of an Answer without reading it. An Answer is one itself. */
export interface AnswerSummary {
  readonly apiVersion: Answer['apiVersion'];
  readonly counts: Omit<Counts, 'unasked' | 'reading'>;
  readonly completeness: Completeness;
  readonly effort: Pick<Effort, 'pages'>;
}

/**
 * One look-up, from its start until it is removed. One that an earlier window kept is known by its card until its Answer is
 * asked for ({@link LookUps.open}); the same object then becomes a {@link LookUpEntry}.
 */
export interface ListedLookUp {
  readonly id: string;
  /** What was asked, without the ids while the Answer is not read. */
  readonly question: Omit<Question, 'ids'>;
  readonly account: Account;
  /** The address of the document in which the ids stood; empty for pasted ids and those of a command. */
  readonly document: string;
  readonly startedAt: Date;
  /** See {@link LookUpCard.order}. */
  readonly order?: number | undefined;
  /** Given by the user. */
  readonly name: string | undefined;
  readonly pinned: boolean;
  readonly state: RunState;
  /** Calls of all its runs together; undefined before the first call of a run, and at the end. */
  readonly progress: Progress | undefined;
  /** What ended the run before everything was tried. */
  readonly stopped: Failure | undefined;
  /** Why this look-up will not survive a reload, if it will not. */
  readonly notKept: string | undefined;
  /** The Answer itself where it is in memory, and what the card says of it where it is not. */
  readonly summary: AnswerSummary;
  /** Of a look-up with an expectation: the Check itself where the Answer is in memory, and what the card says of it where it is not. */
  readonly checked: CheckSummary | undefined;
  /** card: the Answer is on the disk. reading: it is being read. unreadable: it could not be, and is tried again. */
  readonly atHand: 'card' | 'reading' | 'unreadable' | 'answer';
}

/** A look-up whose Answer is in memory. */
export interface LookUpEntry extends ListedLookUp {
  readonly atHand: 'answer';
  readonly question: Question;
  readonly places: IdPlaces;
  /** What the ids were read from, with what was ignored; only while the window lives. */
  readonly read: ReadText | undefined;
  readonly summary: Answer;
  readonly answer: Answer;
  /** What is expected, held against the Answer as it grows. `LookUps.onDidChange` tells of both. */
  readonly check: Check | undefined;
  /** Where the pairs of the check came from. Also there when they could not be read back: then `check` is not. */
  readonly checkSource: CheckSource | undefined;
  /** The file of the pairs is another one now, or gone; undefined while nobody has looked. */
  readonly isFileChanged?: boolean;
}

export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** True when the Answer is in memory. Whoever needs it asks {@link LookUps.open}. */
export function isRead(entry: ListedLookUp | undefined): entry is LookUpEntry {
  return entry?.atHand === 'answer';
}

/** A look-up as its card tells it. */
export function listedFrom(card: VouchingCard, account: Account, batchSize: number): Mutable<ListedLookUp> {
  const { question, document, completeness, pages } = card.row;
  const apiVersion = question.apiVersion ?? 'v3';
  const summary: AnswerSummary = { apiVersion, counts: card.counts, completeness, effort: { pages } };
  const checked = card.row.check && { counts: card.row.check };
  return { ...atRest(card, account, summary, batchSize), question, document, summary, checked, atHand: 'card' };
}

/** A look-up at rest, as it was kept. */
export function entryOf(
  { card, question, places, state: { answer }, check, checkSource }: RestoredEntry,
  account: Account,
  batchSize: number,
): Mutable<LookUpEntry> {
  return {
    ...atRest(card, account, answer, batchSize),
    question,
    // Where the ids stood may not be readable at the moment, or the ids may have no lines there.
    document: checkSource?.uri ?? (places.isEmpty ? (card.row?.document ?? '') : places.stored.uri),
    places: check?.places ?? places,
    read: undefined,
    summary: answer,
    answer,
    ...checkFields(check),
    checkSource,
    atHand: 'answer',
  };
}

/** What an entry tells of its check. */
export function checkFields(held: HeldCheck | undefined): Pick<LookUpEntry, 'checked' | 'check' | 'checkSource'> {
  return { checked: held?.check, check: held?.check, checkSource: held?.source };
}

function atRest(
  { id, startedAt, order, name, pinned, ended, stopped }: LookUpCard,
  account: Account,
  summary: AnswerSummary,
  batchSize: number,
) {
  return {
    id,
    startedAt,
    order,
    name,
    pinned,
    account,
    state: ended ? ('ended' as const) : ('paused' as const),
    progress: ended ? undefined : progressAtRest(summary, batchSize),
    stopped: ended ? undefined : (stopped ?? ({ kind: 'interrupted' } as const)),
    notKept: undefined,
  };
}

/**
 * What is kept of a look-up beside its answers.
 * @param ledger in which the answers stand
 */
export function cardOf(entry: LookUpEntry, ledger: LedgerFile | undefined): LookUpCard {
  const { id, account, startedAt, order, name, pinned, state, stopped, answer, document, check } = entry;
  const { asked, found, none, failed, notRead, truncated, associations } = answer.counts;
  const { complete, completeness, effort } = answer;
  return {
    id,
    account,
    startedAt,
    order,
    name,
    pinned,
    ended: state === 'ended',
    stopped,
    counts: { asked, found, none, failed, notRead, truncated, associations, complete },
    // While the look-up runs, the next answer would already make it wrong.
    row:
      state === 'running'
        ? undefined
        : {
            question: withoutIds(answer.question),
            document,
            completeness,
            pages: effort.pages,
            ...(check && { check: check.counts }),
          },
    ledgerBytes: ledger?.isBroken === false ? ledger.bytes : undefined,
  };
}

/** The ids of a question are made when they are read. */
function withoutIds({ from, to, apiVersion, recordCap }: Question): Omit<Question, 'ids'> {
  return { from, to, ...(apiVersion && { apiVersion }), ...(recordCap !== undefined && { recordCap }) };
}

/**
 * How far a paused look-up is: the same as it was paused and after it was read from the disk.
 * @param batchSize records in one call
 */
export function progressAtRest(
  { counts: { asked, notRead, truncated }, effort: { pages } }: AnswerSummary,
  batchSize: number,
): Progress {
  const open = notRead + truncated;
  return {
    records: { asked, settled: asked - open },
    calls: { done: pages, planned: pages + Math.ceil(open / batchSize), isEstimate: truncated > 0 },
    retries: 0,
  };
}
