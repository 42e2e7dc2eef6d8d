import type { Effort } from './associations.ts';
import type { Clock } from './clock.ts';
import type { Failure, HubSpotWords } from './failure.ts';
import { type AssociationsApi, associationsApi, batchBody } from './hubspot/associationsApi.ts';
import type { HubSpotClient, Outcome } from './hubspot/client.ts';
import type { Waiting } from './hubspot/limiter.ts';
import { readSinglePage, type SinglePage, singleQuery } from './hubspot/singleAnswer.ts';
import { ledgerEntry, ledgerHeader } from './ledger/ledgerFormat.ts';
import type { LookUpEnd, LookUpOptions, Progress } from './lookUp.ts';
import type { LookUpState } from './lookUpState.ts';
import { isObjectTypeName } from './objectTypes.ts';
import { type HubSpotError, type Intake, reconcile } from './reconcile.ts';
import type { Input } from './recordPages.ts';
import { SplitBudget } from './splitBudget.ts';

interface Settings extends LookUpOptions {
  readonly batchSize: number;
  readonly maxInFlight: number;
  readonly log: ((line: string) => void) | undefined;
}

/** A call to make: a batch, or one page of one record. `family` counts the calls that a refused batch may be split into. */
type Call =
  | { readonly kind: 'batch'; readonly inputs: readonly Input[]; readonly family?: SplitBudget }
  | { readonly kind: 'single'; readonly inputs: readonly [Input] };

interface Running {
  /** The call holds only pages, no record asked for the first time. */
  readonly isPagesOnly: boolean;
  readonly records: number;
  readonly pages: number;
  waiting: Waiting | undefined;
}

/** After so many calls in a row that were given up for the same kind of reason, the rest is not tried. */
const hopeless = 16;

/** One run of a look-up: keeps calls full and enough of them under way, until everything is settled or something stops it. */
export class LookUpRun {
  readonly #state: LookUpState;
  readonly #client: HubSpotClient;
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #api: AssociationsApi;
  readonly #cancel = new AbortController();
  readonly #stop = new AbortController();
  readonly #running = new Set<Running>();
  readonly #splits: Call[] = [];
  readonly #ended: Promise<void>;
  #end: () => void = () => {};
  #batchSize: number;
  #stopped: Failure | undefined;
  #ledger: LookUpOptions['ledger'];
  #ledgerProblem: string | undefined;
  #splitCalls = 0;
  #refusals = 0;
  #anyAnswer = false;
  #failuresInARow = 0;
  #done = 0;
  #retries = 0;
  #requests = 0;
  #pages = 0;
  #began = 0;
  #earlier: Effort;

  constructor(state: LookUpState, client: HubSpotClient, clock: Clock, settings: Settings) {
    this.#state = state;
    this.#client = client;
    this.#clock = clock;
    this.#settings = settings;
    this.#api = associationsApi(state.answer.apiVersion);
    this.#batchSize = settings.batchSize;
    this.#ledger = settings.ledger;
    this.#earlier = state.answer.effort;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  async run(): Promise<LookUpEnd> {
    const { answer } = this.#state;
    const { signal, resume } = this.#settings;
    this.#began = this.#clock.now();
    const onCancel = () => {
      this.#halt({ kind: 'cancelled' });
      this.#cancel.abort();
    };
    signal?.addEventListener('abort', onCancel, { once: true });
    if (signal?.aborted) onCancel();
    const wrongType = [answer.question.from, answer.question.to].find((type) => !isObjectTypeName(type));
    if (wrongType !== undefined) {
      this.#halt({ kind: 'unknownObjectType', hubSpot: {} });
    }
    this.#pump();
    // The first line, but not before the first calls: they take their time anyway.
    if (!resume) await this.#keep(() => ledgerHeader(answer.question));
    await this.#ended;
    signal?.removeEventListener('abort', onCancel);
    this.#state.suspend(this.#stopped ?? { kind: 'notAnswered' });
    answer.touch(this.#effort());
    this.#report();
    return {
      answer,
      ...(this.#stopped ? { stopped: this.#stopped } : {}),
      ...(this.#ledgerProblem === undefined ? {} : { ledgerProblem: this.#ledgerProblem }),
    };
  }

  /** Starts as many calls as there is work and room for. */
  #pump(): void {
    while (!this.#stopped && this.#running.size < this.#settings.maxInFlight) {
      const call = this.#nextCall();
      if (!call) break;
      void this.#make(call);
    }
    if (this.#running.size === 0) this.#end();
  }

  #nextCall(): Call | undefined {
    const split = this.#splits.shift();
    if (split) return split;
    const { pages } = this.#state;
    const single = pages.nextSingle();
    if (single) return { kind: 'single', inputs: [single] };
    if (this.#state.unasked === 0 && !this.#mayAskPagesOnly()) return undefined;
    const inputs = this.#state.nextInputs(this.#batchSize);
    return inputs.length > 0 ? { kind: 'batch', inputs } : undefined;
  }

  /**
   * With no new records left to fill them up, calls with pages only are no more than full ones would be: sixteen slim calls
   * a round would use up the limit and end no sooner, since a record's pages come one after another anyway.
   */
  #mayAskPagesOnly(): boolean {
    const { waiting } = this.#state.pages;
    if (waiting === 0) return false;
    if (waiting >= this.#batchSize) return true;
    let calls = 0;
    let inFlight = 0;
    for (const running of this.#running) {
      if (running.waiting?.reason === 'retry') continue;
      if (running.isPagesOnly) calls++;
      inFlight += running.pages;
    }
    return calls < Math.ceil((waiting + inFlight) / this.#batchSize);
  }

  async #make(call: Call): Promise<void> {
    const pages = call.inputs.filter((input) => input.after !== undefined).length;
    const running: Running = {
      isPagesOnly: pages === call.inputs.length,
      records: call.inputs.length,
      pages,
      waiting: undefined,
    };
    this.#running.add(running);
    const outcome = await this.#ask(call, running);
    if (outcome.ok) {
      this.#anyAnswer = true;
      this.#failuresInARow = 0;
      this.#pages++;
      // Written down before the view hears of it; both at once, so that a slow disk does not hold back the view.
      const kept = this.#keep(() => ledgerEntry(outcome.value, this.#state.answer, this.#effort()));
      this.#state.absorb(outcome.value);
      this.#state.answer.touch(this.#effort());
      await kept;
    } else {
      this.#takeFailure(call, outcome);
    }
    this.#done++;
    this.#running.delete(running);
    this.#report();
    this.#pump();
  }

  #ask(call: Call, running: Running): Promise<Outcome<Intake>> {
    const { answer } = this.#state;
    const { from, to } = answer.question;
    const signals = { cancel: this.#cancel.signal, stop: this.#stop.signal };
    const events = {
      onSend: (isRetry: boolean) => {
        this.#requests++;
        if (isRetry) this.#retries++;
      },
      onWait: (waiting: Waiting | undefined) => {
        if (running.waiting === waiting) return;
        running.waiting = waiting;
        this.#report();
        if (waiting?.reason === 'retry') this.#pump();
      },
    };
    const numbering = { ids: answer.ids, typeSets: answer.typeSets };
    if (call.kind === 'single' && this.#api.singlePath) {
      const { record, after } = call.inputs[0];
      const path = this.#api.singlePath(from, answer.recordId(record), to) + singleQuery(after);
      const read = (text: string) => {
        const page = readSinglePage(text, numbering);
        return 'value' in page ? { value: singleIntake(record, page.value) } : page;
      };
      return this.#client.request({ method: 'GET', path }, read, signals, events);
    }
    const records = call.inputs.map((input) => input.record);
    const body = batchBody(
      call.inputs.map(({ record, after }) => ({
        id: answer.recordId(record),
        ...(after === undefined ? {} : { after }),
      })),
    );
    const read = (text: string) => {
      const delivery = this.#api.readBatch(text, numbering);
      return 'value' in delivery ? { value: reconcile(delivery.value, records, answer) } : delivery;
    };
    return this.#client.request({ method: 'POST', path: this.#api.batchPath(from, to), body }, read, signals, events);
  }

  #takeFailure(call: Call, { failure, reach, blame }: Extract<Outcome<Intake>, { ok: false }>): void {
    if (failure.kind === 'cancelled') return;
    if (reach === 'run') {
      this.#halt(failure);
      return;
    }
    if (failure.kind === 'refused' && blame) {
      // Nothing was ever answered: it is not one id among others that HubSpot minds.
      if (!this.#anyAnswer && ++this.#refusals >= 8) {
        this.#halt(failure);
        return;
      }
      if (this.#split(call, blame)) return;
      if (blame === 'inputs' && call.inputs.length === 1) {
        this.#state.absorb(failedIntake(call.inputs[0]!.record, failure.hubSpot));
        return;
      }
    } else if (++this.#failuresInARow >= hopeless) {
      this.#halt(failure);
    }
    for (const { record } of call.inputs) this.#state.pages.giveUp(record, failure);
    this.#state.answer.touch(this.#effort());
  }

  /** Halves a refused batch, as long as that may still find something out. */
  #split(call: Call, blame: 'size' | 'inputs'): boolean {
    if (call.kind !== 'batch' || call.inputs.length < 2) return false;
    const family = call.family ?? new SplitBudget();
    const middle = Math.ceil(call.inputs.length / 2);
    if (blame === 'size') this.#batchSize = Math.min(this.#batchSize, middle);
    else if (this.#splitCalls >= 400 || !family.take(2)) return false;
    this.#splitCalls += 2;
    for (const inputs of [call.inputs.slice(0, middle), call.inputs.slice(middle)]) {
      this.#splits.push({ kind: 'batch', inputs, family });
    }
    return true;
  }

  /** Sends nothing more. Calls under way may end, unless the run was cancelled. */
  #halt(failure: Failure): void {
    this.#stopped ??= failure;
    this.#stop.abort();
  }

  async #keep(line: () => Uint8Array): Promise<void> {
    if (!this.#ledger) return;
    try {
      await this.#ledger.append(line());
    } catch (error) {
      this.#ledger = undefined;
      this.#ledgerProblem = error instanceof Error ? error.message : String(error);
      this.#settings.log?.(`The ledger is not kept any further: ${this.#ledgerProblem}`);
    }
  }

  #effort(): Effort {
    return {
      requests: this.#earlier.requests + this.#requests,
      pages: this.#earlier.pages + this.#pages,
      milliseconds: this.#earlier.milliseconds + Math.round(this.#clock.now() - this.#began),
    };
  }

  #report(): void {
    const { onProgress } = this.#settings;
    if (!onProgress) return;
    const state = this.#state;
    const asked = state.answer.counts.asked;
    let pending = state.unasked + state.pages.waiting;
    for (const call of this.#splits) pending += call.inputs.length;
    for (const running of this.#running) pending += running.records;
    const planned =
      this.#done +
      this.#running.size +
      this.#splits.length +
      Math.ceil((state.unasked + state.pages.waiting) / this.#batchSize);
    const waits = [...this.#running].map((running) => running.waiting);
    const first = waits.every((waiting) => waiting !== undefined) ? earliest(waits) : undefined;
    const progress: Progress = {
      records: { asked, settled: asked - pending },
      calls: { done: this.#done, planned },
      retries: this.#retries,
      ...(first ? { waiting: first } : {}),
    };
    onProgress(progress);
  }
}

function earliest(waits: readonly (Waiting | undefined)[]): Waiting | undefined {
  let first: Waiting | undefined;
  for (const waiting of waits) if (waiting && (!first || waiting.until < first.until)) first = waiting;
  return first;
}

/** A record that HubSpot refuses on its own has failed, in HubSpot's words. */
function failedIntake(record: number, { category, subCategory, message = '', httpStatus = 400 }: HubSpotWords): Intake {
  const problem: HubSpotError = {
    kind: 'hubSpotError',
    category: category ?? `HTTP ${httpStatus}`,
    ...(subCategory ? { subCategory } : {}),
    message,
  };
  return { ...nothing, failed: [{ record, problem }] };
}

function singleIntake(record: number, { rows, after }: SinglePage): Intake {
  const end = rows.codes.length;
  if (end === 0 && after === undefined) return { ...nothing, none: [record] };
  const page = { record, start: 0, end, single: true } as const;
  return { ...nothing, rows, pages: [after === undefined ? page : { ...page, after }] };
}

const nothing: Intake = { rows: { codes: [], sets: [] }, pages: [], none: [], failed: [], unread: [], remarks: [] };
