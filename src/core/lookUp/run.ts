import type { Intake } from '../answer/intake.ts';
import type { Answer, Effort } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import { isObjectTypeName } from '../domain/objectTypes.ts';
import type { Steps } from '../domain/steps.ts';
import { messageOf } from '../domain/thrown.ts';
import type { HubSpotClient, Outcome, Patience } from '../hubspot/client.ts';
import { type Clock, inTurns } from '../hubspot/clock.ts';
import type { Waiting } from '../hubspot/limiter.ts';
import type { NamedIds } from '../hubspot/namedIds.ts';
import { type Ledger, LedgerWriter } from '../ledger/ledger.ts';
import type { Note } from '../ledger/writtenLines.ts';
import { type Call, CallMaker, failedIntake, withoutStrangers } from './calls.ts';
import type { LookUpState } from './lookUpState.ts';
import { RefusedBatches, type Verdict } from './refusedBatches.ts';
import { type Running, RunningCalls } from './runningCalls.ts';

export interface LookUpOptions {
  /** Cancels: requests under way are aborted, what arrived is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Keeps what arrives, so that the look-up can go on after the process is gone. */
  readonly ledger?: Ledger;
  /** Lines that somebody else reads, kept in the ledger of a look-up that is new. They are taken while calls are under way, and stand before the first answer. */
  readonly notes?: AsyncIterable<Note>;
  /** Goes on from here, on the same Answer: `LookUp.state` of an earlier run, or what `restoreLookUp` gave. */
  readonly resume?: LookUpState;
  /** Ids that join those of the question as they come. The run ends when all have come and are read; see {@link AskedIds.isWhole}. */
  readonly moreIds?: AsyncIterable<readonly string[]>;
  /** Of a look-up that goes on: reads more associations of each record than it did, where they were cut. Never fewer. */
  readonly recordCap?: number;
  /** Inputs in one call, 1 to 1,000. Default 1,000. */
  readonly batchSize?: number;
  readonly patience?: Partial<Patience>;
  /** Calls under way at once. Default 16. */
  readonly maxInFlight?: number;
}

export interface PlannedCalls {
  readonly done: number;
  readonly planned: number;
  /** `planned` is what may be expected, since nothing says how many pages some records have. It grows and shrinks then. */
  readonly isEstimate: boolean;
}

export interface Progress {
  readonly records: { readonly asked: number; readonly settled: number };
  readonly calls: PlannedCalls;
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

interface Settings extends LookUpOptions {
  readonly batchSize: number;
  readonly maxInFlight: number;
  /** `recordCap` is larger than it was. */
  readonly raisesCap: boolean;
  readonly log: ((line: string) => void) | undefined;
  /** Whether one of the tokens that were used may be a user's. */
  mayBeUserToken(): boolean;
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
  readonly #ledger: LedgerWriter;
  /** Resolves when all is written that stands before the answers, where that is waited for. */
  #noted: Promise<void> | undefined;
  #failuresInARow = 0;
  #isSigned = false;
  /** More ids are to come. */
  #isListing: boolean;
  /** Answers that are being taken in: what they tell only in part is not reported, and no call is made of it. */
  #taking = 0;
  /** Settles when the last of them is taken in. */
  #taken: Promise<unknown> = Promise.resolve();
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
    this.#ledger = new LedgerWriter(settings.ledger);
    this.#isListing = settings.moreIds !== undefined;
    this.#earlier = state.answer.effort;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  async run(): Promise<LookUpEnd> {
    const { answer } = this.#state;
    const { signal } = this.#settings;
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
    if (this.#settings.moreIds) void this.#list(this.#settings.moreIds);
    this.#pump();
    // The first line, but not before the first calls: they take their time anyway.
    if (wrongType === undefined) {
      const begun = this.#ledger.begin(answer, this.#state.keptIds, () => this.#clock.sleep(0));
      const { isBeginning } = this.#ledger;
      const noted = this.#note(isBeginning ? begun : undefined);
      if (isBeginning || this.#settings.notes) this.#noted = noted;
      await noted;
      await begun;
    }
    await this.#ended;
    signal?.removeEventListener('abort', onCancel);
    this.#state.suspend(this.#stopped ?? { kind: 'notAnswered' });
    answer.touch(this.#effort());
    if (!this.#stopped) await this.#ledger.end(answer);
    else await this.#ledger.list(answer);
    this.#state.keptIds = this.#ledger.kept ?? this.#state.keptIds;
    const { problem } = this.#ledger;
    if (problem !== undefined) this.#settings.log?.(`The ledger was not kept to the end: ${problem}`);
    this.#report();
    return {
      answer,
      ...(this.#stopped ? { stopped: this.#stopped } : {}),
      ...(problem === undefined ? {} : { ledgerProblem: problem }),
    };
  }

  /** What stands behind the question, once that is written. */
  async #note(begun: Promise<void> | undefined): Promise<void> {
    if (begun) await begun;
    const { raisesCap, recordCap, notes } = this.#settings;
    if (raisesCap) await this.#ledger.raiseCap(recordCap!);
    if (notes) await this.#ledger.note(notes);
  }

  /** Starts as many calls as there is work and room for. */
  #pump(): void {
    while (
      this.#taking === 0 &&
      !this.#stopped &&
      this.#running.size < (this.#refused.isProbing ? 1 : this.#settings.maxInFlight)
    ) {
      const call = this.#nextCall();
      if (!call) break;
      void this.#make(call);
    }
    if (this.#running.size === 0 && (this.#stopped || !this.#isListing)) this.#end();
  }

  /** Takes in more ids as they come. What goes wrong ends the run: an answer about some of the ids would not be one about all. */
  async #list(moreIds: AsyncIterable<readonly string[]>): Promise<void> {
    const { asked } = this.#state.answer;
    try {
      for await (const ids of moreIds) {
        if (this.#stopped) return;
        asked.add(ids);
        this.#report();
        this.#pump();
      }
      if (!this.#stopped) asked.close();
    } catch (error) {
      const detail = messageOf(error);
      this.#settings.log?.(`The IDs could not all be listed: ${detail}`);
      this.#halt({ kind: 'unreadableAnswer', where: '', detail, hubSpot: {} });
    }
    this.#isListing = false;
    this.#pump();
  }

  #nextCall(): Call | undefined {
    const { pages, unasked } = this.#state;
    const part = this.#refused.next();
    if (part) return part;
    const single = pages.nextSingle();
    if (single !== undefined) return { kind: 'single', records: Uint32Array.of(single) };
    // As long as more come, calls wait until they are full: ids may be listed a hundred at a time.
    if (this.#isListing && unasked + pages.waiting < this.#refused.batchSize) return undefined;
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
      // A process that is killed now would leave answers without what is expected of them.
      if (this.#noted) await this.#noted;
      // No call is made and nothing reported before the answer is taken in: then its records are settled or wait for another call.
      this.#running.answered(running);
      await (outcome.ok ? this.#takeAnswer(call, outcome.value) : this.#takeFailure(call, outcome));
    } catch (error) {
      // Not foreseen: the run ends, and says so, rather than hang.
      const detail = messageOf(error);
      this.#settings.log?.(`The lookup ended unexpectedly: ${detail}`);
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

  async #takeAnswer(call: Call, intake: Intake): Promise<void> {
    this.#failuresInARow = 0;
    this.#pages++;
    const spoilers = call.kind === 'batch' ? this.#refused.answered(call) : [];
    const { strangers, rest } = withoutStrangers(this.#signed(intake));
    await this.#take(...strangers, rest, ...spoilers.map(({ records, words }) => failedIntake(records, words)));
  }

  /** An answer that a user's token brought says so, once. */
  #signed(intake: Intake): Intake {
    if (this.#isSigned || !this.#settings.mayBeUserToken()) return intake;
    this.#isSigned = true;
    return { ...intake, notices: [...intake.notices, { kind: 'userToken' }] };
  }

  /**
   * Written down and shown, one after the other, a large one in steps. The call only ends when its answer is written: so there
   * are never more answers to be written than calls may be under way.
   */
  async #take(...intakes: readonly Intake[]): Promise<void> {
    this.#taking++;
    const taken = this.#taken.then(() => inTurns(this.#steps(intakes), this.#clock)).finally(() => this.#taking--);
    this.#taken = taken.catch(() => undefined);
    await Promise.all((await taken) ?? []);
  }

  /** Gives what resolves when each of them is written. */
  *#steps(intakes: readonly Intake[]): Steps<readonly Promise<void>[]> {
    const { answer, pages } = this.#state;
    const written: Promise<void>[] = [];
    for (const intake of intakes) {
      const line = yield* this.#ledger.taking(intake, answer, (record) => pages.cursor(record), this.#effort());
      written.push(line.kept);
      yield* this.#state.absorbing(intake);
      answer.touch(this.#effort());
    }
    return written;
  }

  async #takeFailure(call: Call, { failure, reach, blame }: Extract<Outcome<Intake>, { ok: false }>): Promise<void> {
    if (failure.kind === 'cancelled') return;
    if (reach === 'run' && !(call.kind === 'single' && isOfSingleRead(failure))) {
      this.#halt(failure);
      return;
    }
    if (failure.kind === 'refused' && blame && call.kind === 'batch') {
      const verdict =
        blame.kind === 'size'
          ? this.#refused.tooLarge(call)
          : this.#refused.refused(call, { words: failure.hubSpot, ...this.#namedIn(blame) });
      if (this.#refused.isHopeless) this.#halt(failure);
      else await this.#settle(verdict, failure);
      return;
    }
    if (call.kind === 'batch') {
      this.#refused.lost(call);
      if (++this.#failuresInARow >= hopeless) this.#halt(failure);
    }
    this.#giveUp(call.records, failure);
  }

  /** What a refusal, or an answered part of a refused batch, tells of records. */
  async #settle({ failed, givenUp }: Verdict, failure: Failure): Promise<void> {
    for (const { records, words } of failed) await this.#take(failedIntake(records, words));
    if (givenUp.length === 0) return;
    this.#giveUp(givenUp, failure);
    if (++this.#failuresInARow >= hopeless) this.#halt(failure);
  }

  #giveUp(records: ArrayLike<number>, failure: Failure): void {
    for (let at = 0; at < records.length; at++) this.#state.pages.giveUp(records[at]!, failure);
    this.#state.answer.touch(this.#effort());
  }

  /** The records that a refusal names. */
  #namedIn({ ids, accuses }: NamedIds) {
    const { answer } = this.#state;
    const named = new Set(ids.map((id) => answer.recordOf(id)).filter((record) => record !== undefined));
    return { named, accuses };
  }

  /** Sends nothing more. Calls under way may end, unless the run was cancelled. */
  #halt(failure: Failure): void {
    this.#stopped ??= failure;
    this.#stop.abort();
    if (this.#running.size === 0) this.#end();
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
    if (!onProgress || this.#taking > 0) return;
    const { answer, pages, unasked } = this.#state;
    const { asked } = answer.counts;
    const waits = unasked + pages.waiting;
    const { batchSize } = this.#refused;
    const known = this.#running.size + Math.ceil(waits / batchSize);
    const expected = pages.callsToCome(unasked + this.#running.firstPages, batchSize);
    const { waiting } = this.#running;
    const progress: Progress = {
      records: { asked, settled: asked - waits - this.#refused.waitingRecords - this.#running.records },
      calls: {
        done: this.#done,
        planned: this.#done + this.#refused.waitingCalls + Math.max(known, expected.calls),
        isEstimate: expected.isEstimate,
      },
      retries: this.#retries,
      ...(waiting ? { waiting } : {}),
    };
    try {
      onProgress(progress);
    } catch (error) {
      this.#settings.log?.(`A listener to progress failed: ${messageOf(error)}`);
    }
  }
}

/** The read of a single record is another endpoint, which may refuse what the batch read grants. */
function isOfSingleRead({ kind }: Failure): boolean {
  return kind === 'refused' || kind === 'missingScopes' || kind === 'forbidden';
}
