/** Question -> Answer. */
import { GrowingIds, type SharedQuestion } from '../answer/growingIds.ts';
import type { Answer, Question } from '../domain/associations.ts';
import { batchLimit } from '../hubspot/associationsApi.ts';
import { HubSpotClient } from '../hubspot/client.ts';
import type { HubSpotPorts } from '../hubspot/ports.ts';
import { mayBeUserToken } from '../hubspot/userToken.ts';
import { LookUpState } from './lookUpState.ts';
import { type LookUpEnd, type LookUpOptions, LookUpRun } from './run.ts';

export interface LookUp {
  /** Live: grows while the look-up runs. */
  readonly answer: Answer;
  /** Records to be asked, and calls for their first pages. */
  readonly plan: { readonly records: number; readonly calls: number };
  /** Never rejects. */
  readonly done: Promise<LookUpEnd>;
  /** For a later run that goes on from where this one ended. */
  readonly state: LookUpState;
}

/**
 * Starts a look-up and returns at once; nothing is sent before the caller's own code has run on.
 * @param question its ids may be those of another look-up, and then stand in memory once
 */
export function lookUp(question: Question | SharedQuestion, ports: HubSpotPorts, options: LookUpOptions = {}): LookUp {
  const state = options.resume ?? new LookUpState(options.moreIds ? listing(question) : question);
  const maxInFlight = Math.max(1, options.maxInFlight ?? 16);
  let mayBeUsers = false;
  const token = async () => {
    const given = await ports.token();
    if (given !== undefined && mayBeUserToken(given)) mayBeUsers = true;
    return given;
  };
  const client = new HubSpotClient({ ...ports, token }, options.patience);
  const batchSize = Math.min(batchLimit, Math.max(1, Math.floor(options.batchSize ?? batchLimit)));
  const raisesCap = options.recordCap !== undefined && state.raiseCap(options.recordCap);
  const records = state.begin();
  const run = new LookUpRun(state, client, ports.clock, {
    ...options,
    batchSize,
    maxInFlight,
    raisesCap,
    log: ports.log,
    mayBeUserToken: () => mayBeUsers,
  });
  return {
    answer: state.answer,
    plan: { records, calls: Math.ceil(records / batchSize) },
    done: Promise.resolve().then(() => run.run()),
    state,
  };
}

/** The same question, to which ids are still to come. */
function listing(question: Question | SharedQuestion): SharedQuestion {
  const { ids } = question;
  return { ...question, ids: ids instanceof GrowingIds ? ids : new GrowingIds(ids, false) };
}
