/** The public API that `activate` returns, for other extensions. Documented in REFERENCE.md; `version` goes up when it breaks. */
import * as z from 'zod';
import type { Accounts } from './accounts/accounts.ts';
import type { allowedSignal as AllowedSignal } from './asking/confirmPlan.ts';
import { areSeveral, parseQuestion } from './asking/givenQuestion.ts';
import type { Answer, Question, QuestionOfTypes } from './core/domain/associations.ts';
import type { VerdictCounts } from './core/domain/expectation.ts';
import type { Progress } from './core/lookUp/run.ts';
import { type IgnoredReason, ignoredReasons, type UnsureReason, unsureReasons } from './core/reading/found/reasons.ts';
import { readRecordIds } from './core/reading/readRecordIds.ts';
import { Turns } from './editor/turns.ts';
import { asking } from './ids/idPlaces.ts';
import type { LookUpUnseen } from './lookUps/openedLookUps.ts';

export interface PublicApi {
  readonly version: 1;
  /**
   * The record IDs in a text, in its order, with their places. Sends nothing. Reads all of it before it returns, some 20 to 200
   * milliseconds a megabyte, and every extension of the window waits meanwhile: long texts are better given in parts.
   * @param languageId VS Code's language id of the text, such as "csv" or "json"; the content decides first
   */
  readRecordIds(text: string, languageId?: string): ReadRecordIds;
  /**
   * Looks up a question in the active account, without showing it. Above the setting `confirmAbove` a person is asked first.
   * Resolves with the Answer, also when the lookup was aborted, not allowed, or failed: then the records it could not read are in
   * it as not read, with the reason. `ids` that are no record IDs are answered as not read and never sent.
   * @throws TypeError when `from` or `to` cannot be an object type, or question or options have another shape
   */
  lookUp(
    question: Question,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
  ): Promise<Answer>;
  /**
   * The same with several object types: an Answer for each, in the order of `to`. They share one list of IDs, so a record has the
   * same number in all of them. Progress is that of all together.
   */
  lookUp(
    question: QuestionOfTypes,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
  ): Promise<readonly Answer[]>;
  /**
   * Checks in the active account, without showing it, whether HubSpot has these pairs. Resolves with how many of them are as
   * expected, have other labels, are missing, name a record that is not there, or could not be told, and with how many associations
   * nothing expects of records of which `isWhole` says that the pairs are all. What could not be read is never missing.
   * Whether records of missing pairs exist is asked where that takes no more calls than the check did. A person is asked as for
   * a lookup; of pairs that were not allowed to be checked nothing can be told.
   * @throws TypeError when question, expectation or options have another shape, or an ID is no record ID
   */
  check(
    question: Omit<Question, 'ids' | 'recordCap'>,
    expectation: Pairs,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
  ): Promise<VerdictCounts>;
}

/** Pairs of records that ought to be associated. */
interface Pairs {
  readonly pairs: readonly {
    readonly from: string;
    readonly to: string;
    /** Texts of labels, numbers of types, or both as `USER_DEFINED 28`: all of them have to be there. */
    readonly labels?: readonly string[];
  }[];
  /** They are all there ought to be of their records. Default false. */
  readonly isWhole?: boolean;
}

type LookUpOptions = NonNullable<Parameters<PublicApi['lookUp']>[1]>;

/** Offsets and lengths are in UTF-16 code units and cover exactly the digits; lines start at 0. */
export interface ReadRecordIds {
  /** Every occurrence; duplicates are kept. */
  readonly ids: readonly {
    readonly id: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    /** The object type the text gives this id, as an object type id; absent when nothing tells it. */
    readonly objectType?: string;
  }[];
  /** What looked like an id and is none. `why` is the reason as a sentence, in English. */
  readonly ignored: readonly {
    readonly text: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    readonly reason: IgnoredReason;
    readonly why: string;
  }[];
  /** What may be an id: to be sent only when a person says so. */
  readonly unsure: readonly {
    readonly id: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    readonly reason: UnsureReason;
    readonly why: string;
  }[];
}

/** The reading as plain objects that can be kept, compared and sent. */
export function readRecordIdsForApi(text: string, languageId?: string): ReadRecordIds {
  if (typeof text !== 'string') throw new TypeError('readRecordIds takes a text.');
  const { ids, ignored, unsure } = readRecordIds(text, typeof languageId === 'string' ? languageId : undefined);
  return {
    ids: [...ids],
    ignored: ignored.map((each) => ({ ...each, why: ignoredReasons[each.reason] })),
    unsure: unsure.map((each) => ({ ...each, why: unsureReasons[each.reason] })),
  };
}

const lookUpOptions = z.object({
  signal: z.instanceof(AbortSignal, { error: 'Not an AbortSignal' }).optional(),
  onProgress: z
    .custom<NonNullable<LookUpOptions['onProgress']>>((given) => typeof given === 'function', {
      error: 'Not a function',
    })
    .optional(),
});

/**
 * The options that another extension gave with a question.
 * @throws TypeError that says what does not fit; nothing was sent then
 */
export function parseLookUpOptions(given: unknown): LookUpOptions {
  const parsed = lookUpOptions.safeParse(given ?? {});
  if (!parsed.success) {
    throw new TypeError(`A lookup takes the options { signal, onProgress }. ${z.prettifyError(parsed.error)}`);
  }
  const { signal, onProgress } = parsed.data;
  return { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
}

/** Types only, so that `readRecordIds` of the API can be tried without an editor. */
interface LookUpParts {
  readonly accounts: Accounts;
  readonly allowedSignal: typeof AllowedSignal;
  readonly lookUpUnseen: LookUpUnseen;
}

/** What the public API calls `lookUp`. */
export function lookUpForApi({ accounts, allowedSignal, lookUpUnseen }: LookUpParts): PublicApi['lookUp'] {
  const lookUp = async (given: unknown, options: unknown): Promise<Answer | readonly Answer[]> => {
    const question = parseQuestion(given);
    const { signal: own, onProgress } = parseLookUpOptions(options);
    const account = accounts.active;
    const ids = await new Turns().through(asking(question.ids));
    const types = areSeveral(question) ? question.to.length : 1;
    const signal = await allowedSignal(own, ids.length, account, types);
    const withSignal = signal ? { signal } : {};
    if (!areSeveral(question)) {
      return lookUpUnseen({ ...question, ids }, account, { ...withSignal, ...(onProgress && { onProgress }) });
    }
    const progress: Progress[] = [];
    const told = (at: number) => (each: Progress) => {
      progress[at] = each;
      onProgress?.(together(progress));
    };
    const all = question.to.map((to, at) =>
      lookUpUnseen({ ...question, to, ids }, account, { ...withSignal, ...(onProgress && { onProgress: told(at) }) }),
    );
    return Promise.all(all);
  };
  // Which of the two comes back is told by the question.
  return lookUp as PublicApi['lookUp'];
}

/** The progress of several look-ups as one. It waits while all of them do. @param all with gaps for those that have told nothing */
function together(all: readonly Progress[]): Progress {
  const told = all.filter((each) => each !== undefined);
  const sum = (of: (each: Progress) => number) => told.reduce((total, each) => total + of(each), 0);
  const waits = told.flatMap(({ waiting }) => waiting ?? []);
  const [waiting] = waits;
  return {
    records: { asked: sum(({ records }) => records.asked), settled: sum(({ records }) => records.settled) },
    calls: {
      done: sum(({ calls }) => calls.done),
      planned: sum(({ calls }) => calls.planned),
      isEstimate: told.some(({ calls }) => calls.isEstimate),
    },
    retries: sum(({ retries }) => retries),
    ...(waiting && waits.length === told.length && { waiting }),
  };
}
