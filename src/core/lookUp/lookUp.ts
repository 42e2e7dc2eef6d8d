/** Question -> Answer. */
import type { Answer, Question } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import { batchLimit } from '../hubspot/associationsApi.ts';
import { HubSpotClient, type Patience } from '../hubspot/client.ts';
import type { Waiting } from '../hubspot/limiter.ts';
import type { HubSpotPorts } from '../hubspot/ports.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { LookUpState } from './lookUpState.ts';
import { LookUpRun } from './run.ts';

export interface LookUpOptions {
  /** Cancels: requests under way are aborted, what arrived is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Keeps what arrives, so that the look-up can go on after the process is gone. */
  readonly ledger?: Ledger;
  /** Goes on from here, on the same Answer: `LookUp.state` of an earlier run, or what `restoreLookUp` gave. */
  readonly resume?: LookUpState;
  /** Inputs in one call, 1 to 1,000. Default 1,000. */
  readonly batchSize?: number;
  readonly patience?: Partial<Patience>;
  /** Calls under way at once. Default 16. */
  readonly maxInFlight?: number;
}

export interface Progress {
  readonly records: { readonly asked: number; readonly settled: number };
  /** `planned` grows when records turn out to have more pages. */
  readonly calls: { readonly done: number; readonly planned: number };
  /** Requests that were sent again. */
  readonly retries: number;
  /** Why nothing is being sent, and until when; absent while calls are under way. */
  readonly waiting?: Waiting;
}

export interface LookUpEnd {
  readonly answer: Answer;
  /** Why the run ended before everything was tried. Absent also when single calls failed. */
  readonly stopped?: Failure;
  /** Why the ledger is not complete, if it is not. Records missing in it are read again by a resume from it. */
  readonly ledgerProblem?: string;
}

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

/** Starts a look-up and returns at once; nothing is sent before the caller's own code has run on. */
export function lookUp(question: Question, ports: HubSpotPorts, options: LookUpOptions = {}): LookUp {
  const state = options.resume ?? new LookUpState(question);
  const maxInFlight = Math.max(1, options.maxInFlight ?? 16);
  const client = new HubSpotClient(ports, options.patience);
  const batchSize = Math.min(batchLimit, Math.max(1, Math.floor(options.batchSize ?? batchLimit)));
  const records = state.begin();
  const run = new LookUpRun(state, client, ports.clock, { ...options, batchSize, maxInFlight, log: ports.log });
  return {
    answer: state.answer,
    plan: { records, calls: Math.ceil(records / batchSize) },
    done: Promise.resolve().then(() => run.run()),
    state,
  };
}
