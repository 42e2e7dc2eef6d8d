import type { Intake } from '../answer/intake.ts';
import type { Effort } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import { isObjectTypeName } from '../domain/objectTypes.ts';
import type { HubSpotClient, Outcome } from '../hubspot/client.ts';
import type { Clock } from '../hubspot/clock.ts';
import type { Waiting } from '../hubspot/limiter.ts';
import { ledgerEntry, ledgerHeader } from '../ledger/ledgerFormat.ts';
import { type Call, CallMaker, failedIntake } from './calls.ts';
import type { LookUpEnd, LookUpOptions, Progress } from './lookUp.ts';
import type { LookUpState } from './lookUpState.ts';
import { RefusedBatches } from './refusedBatches.ts';
import { type Running, RunningCalls } from './runningCalls.ts';

interface Settings extends LookUpOptions {
  readonly batchSize: number;
  readonly maxInFlight: number;
  readonly log: ((line: string) => void) | undefined;
}

/** After so many calls in a row that were given up for the same kind of reason, the rest is not tried. */
const hopeless = 16;

/** One run of a look-up: keeps calls full and enough of them under way, until everything is settled or something stops it. */
export class LookUpRun {
  readonly #state: LookUpState;
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #calls: CallMaker;
  readonly #cancel = new AbortController();
  readonly #stop = new AbortController();
  readonly #running = new RunningCalls();
  readonly #refused: RefusedBatches;
  readonly #ended: Promise<void>;
  #end: () => void = () => {};
  #stopped: Failure | undefined;
  #ledger: LookUpOptions['ledger'];
  #ledgerProblem: string | undefined;
  #failuresInARow = 0;
  #done = 0;
  #retries = 0;
  #requests = 0;
  #pages = 0;
  #began = 0;
  #earlier: Effort;

  constructor(state: LookUpState, client: HubSpotClient, clock: Clock, settings: Settings) {
    this.#state = state;
    this.#clock = clock;
    this.#settings = settings;
    this.#calls = new CallMaker(state, client);
    this.#refused = new RefusedBatches(settings.batchSize);
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
    while (!this.#stopped && this.#running.size < (this.#refused.isProbing ? 1 : this.#settings.maxInFlight)) {
      const call = this.#nextCall();
      if (!call) break;
      void this.#make(call);
    }
    if (this.#running.size === 0) this.#end();
  }

  #nextCall(): Call | undefined {
    const { pages, unasked } = this.#state;
    const part = this.#refused.next();
    if (part) return part;
    const single = pages.nextSingle();
    if (single !== undefined) return { kind: 'single', records: Uint32Array.of(single) };
    if (unasked === 0 && !this.#running.mayAskPagesOnly(pages.waiting, this.#refused.batchSize)) return undefined;
    const records = this.#state.nextBatch(this.#refused.batchSize);
    return records.length > 0 ? { kind: 'batch', records } : undefined;
  }

  async #make(call: Call): Promise<void> {
    const running = this.#running.begin(call, this.#state.pages);
    try {
      const outcome = await this.#calls.make(
        call,
        { cancel: this.#cancel.signal, stop: this.#stop.signal },
        {
          onSend: (isRetry) => {
            this.#requests++;
            if (isRetry) this.#retries++;
          },
          onWait: (waiting) => this.#waits(running, waiting),
        },
      );
      await (outcome.ok ? this.#takeAnswer(call, outcome.value) : this.#takeFailure(call, outcome));
    } catch (error) {
      // Not foreseen: the run ends, and says so, rather than hang.
      const detail = error instanceof Error ? error.message : String(error);
      this.#settings.log?.(`The look-up ended unexpectedly: ${detail}`);
      this.#halt({ kind: 'unreadableAnswer', where: '', detail, hubSpot: {} });
    }
    this.#done++;
    this.#running.end(running);
    this.#report();
    this.#pump();
  }

  #waits(running: Running, waiting: Waiting | undefined): void {
    if (running.waiting === waiting) return;
    running.waiting = waiting;
    this.#report();
    if (waiting?.reason === 'retry') this.#pump();
  }

  #takeAnswer(call: Call, intake: Intake): Promise<void> {
    if (call.kind === 'batch') this.#refused.answered(call);
    this.#failuresInARow = 0;
    this.#pages++;
    return this.#take(intake);
  }

  /** Shown and written down at once; the call ends when it is written, so that no more is unwritten than is under way. */
  #take(intake: Intake): Promise<void> {
    const { answer } = this.#state;
    const kept = this.#keep(() => ledgerEntry(intake, answer, this.#effort()));
    this.#state.absorb(intake);
    answer.touch(this.#effort());
    return kept;
  }

  async #takeFailure(call: Call, { failure, reach, blame }: Extract<Outcome<Intake>, { ok: false }>): Promise<void> {
    if (failure.kind === 'cancelled') return;
    if (reach === 'run' && !(call.kind === 'single' && isOfSingleRead(failure))) {
      this.#halt(failure);
      return;
    }
    if (failure.kind === 'refused' && blame && call.kind === 'batch') {
      const isTakenApart = this.#refused.refused(call, blame);
      if (this.#refused.isHopeless) {
        this.#halt(failure);
        return;
      }
      if (isTakenApart) return;
      if (blame === 'inputs' && call.records.length === 1) {
        await this.#take(failedIntake(call.records[0]!, failure.hubSpot));
        return;
      }
      if (blame === 'size' && ++this.#failuresInARow >= hopeless) this.#halt(failure);
    } else if (call.kind === 'batch' && ++this.#failuresInARow >= hopeless) {
      this.#halt(failure);
    }
    const { pages } = this.#state;
    if (call.kind === 'single' && isOfSingleRead(failure)) pages.giveUpSingle(call.records[0]!, failure);
    else for (const record of call.records) pages.giveUp(record, failure);
    this.#state.answer.touch(this.#effort());
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
    for (const call of this.#refused.waiting) pending += call.records.length;
    pending += this.#running.records;
    const planned =
      this.#done +
      this.#running.size +
      this.#refused.waiting.length +
      Math.ceil((state.unasked + state.pages.waiting) / this.#refused.batchSize);
    const { waiting } = this.#running;
    const progress: Progress = {
      records: { asked, settled: asked - pending },
      calls: { done: this.#done, planned },
      retries: this.#retries,
      ...(waiting ? { waiting } : {}),
    };
    try {
      onProgress(progress);
    } catch (error) {
      this.#settings.log?.(`A listener to progress failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The read of a single record is another endpoint, which may refuse what the batch read grants. */
function isOfSingleRead({ kind }: Failure): boolean {
  return kind === 'refused' || kind === 'missingScopes' || kind === 'forbidden';
}
