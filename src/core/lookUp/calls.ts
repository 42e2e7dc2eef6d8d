import type { Intake } from '../answer/intake.ts';
import { PageRows } from '../answer/pageRows.ts';
import type { Notice } from '../domain/associations.ts';
import type { HubSpotError, RecordError } from '../domain/failure.ts';
import type { Steps } from '../domain/steps.ts';
import { type AssociationsApi, associationsApi } from '../hubspot/associationsApi.ts';
import type { CallEvents, CallSignals, HubSpotClient, Outcome } from '../hubspot/client.ts';
import { associationsRequest, type BatchInput, recordAssociationsRequest } from '../hubspot/endpoints.ts';
import type { Read } from '../hubspot/json.ts';
import { readSinglePage, type SinglePage } from '../hubspot/singleAnswer.ts';
import type { LookUpState } from './lookUpState.ts';
import { reconcile } from './reconcile.ts';
import type { SpoilerSearch } from './spoilerSearch.ts';

/** Many records, or pages of them, in one call. `search` tells that it is a part of a batch that was refused for its ids. */
export interface BatchCall {
  readonly kind: 'batch';
  readonly records: Uint32Array;
  readonly search?: SpoilerSearch;
}

/** One page of the one record, where the batch read's cursor does not move. */
export interface SingleCall {
  readonly kind: 'single';
  readonly records: Uint32Array;
}

export type Call = BatchCall | SingleCall;

/** Asks HubSpot and brings the answer into the numbers of the Answer. */
export class CallMaker {
  readonly #state: LookUpState;
  readonly #client: HubSpotClient;
  readonly #api: AssociationsApi;

  constructor(state: LookUpState, client: HubSpotClient) {
    this.#state = state;
    this.#client = client;
    this.#api = associationsApi(state.answer.apiVersion);
  }

  make(call: Call, signals: CallSignals, events: CallEvents): Promise<Outcome<Intake>> {
    return call.kind === 'single' ? this.#single(call, signals, events) : this.#batch(call, signals, events);
  }

  #batch({ records }: BatchCall, signals: CallSignals, events: CallEvents): Promise<Outcome<Intake>> {
    const { answer, pages } = this.#state;
    const { from, to } = answer.question;
    const inputs: BatchInput[] = [];
    for (const record of records) {
      const id = answer.recordId(record);
      const after = pages.cursor(record);
      inputs.push(after === undefined ? { id } : { id, after });
    }
    const readBatch = this.#api.readBatch;
    const read = function* (text: string): Steps<Read<Intake>> {
      const delivery = yield* readBatch(text, answer);
      return 'value' in delivery ? { value: yield* reconcile(delivery.value, records, answer) } : delivery;
    };
    return this.#client.request(associationsRequest(this.#api.version, from, to, inputs), read, signals, events);
  }

  #single({ records }: SingleCall, signals: CallSignals, events: CallEvents) {
    const { answer, pages } = this.#state;
    const { from, to } = answer.question;
    const record = records[0]!;
    const read = function* (text: string): Steps<Read<Intake>> {
      const page = yield* readSinglePage(text, answer);
      return 'value' in page ? { value: singleIntake(record, page.value) } : page;
    };
    const request = recordAssociationsRequest(from, answer.recordId(record), to, pages.cursor(record));
    return this.#client.request(request, read, signals, events);
  }
}

const nothing: Intake = { rows: new PageRows(), pages: [], none: [], failed: [], unread: [], notices: [] };

function singleIntake(record: number, { rows, after }: SinglePage): Intake {
  // Also without rows: "none" would not say by which read it came.
  const page = { record, start: 0, end: rows.length, single: true } as const;
  return { ...nothing, rows, pages: [after === undefined ? page : { ...page, after }] };
}

/** Records for which HubSpot refuses every call have failed, in HubSpot's words. */
export function failedIntake(records: readonly number[], words: HubSpotError): Intake {
  const { category, subCategory, message = '', httpStatus = 400 } = words;
  const problem: RecordError = {
    kind: 'hubSpotError',
    category: category ?? `HTTP ${httpStatus}`,
    ...(subCategory ? { subCategory } : {}),
    message,
    httpStatus,
  };
  return { ...nothing, failed: records.map((record) => ({ record, problem })) };
}

/** What an answer says of ids that nobody asked for, in parts, since it may name any number of them; and the rest of it. */
export function withoutStrangers(intake: Intake): { readonly strangers: readonly Intake[]; readonly rest: Intake } {
  const isStranger = ({ kind }: Notice) => kind === 'unaskedIds';
  return {
    strangers: intake.notices.filter(isStranger).map((notice) => ({ ...nothing, notices: [notice] })),
    rest: { ...intake, notices: intake.notices.filter((notice) => !isStranger(notice)) },
  };
}
