/** The current look-up and the earlier ones: run, cancel, resume. The one place that holds state; tree and panel listen to it. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import type { Question } from '../core/domain/associations.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import type { LookUp, Progress } from '../core/lookUp/lookUp.ts';
import type { LookUpState } from '../core/lookUp/lookUpState.ts';
import type { ReadText } from '../ids/givenIds.ts';
import type { RecordSources } from '../ids/idPlaces.ts';
import type { LookUpCard } from './lookUpCard.ts';
import { cardOf, entryOf, type LookUpEntry, type Mutable, progressAtRest } from './lookUpEntry.ts';
import type { SavedLookUp, SavedLookUps } from './savedLookUps.ts';

/** Starts reading, or goes on from where an earlier run ended. */
export type Start = (
  question: Question,
  account: Account,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
    readonly ledger: Ledger;
    readonly resume?: LookUpState;
  },
) => LookUp;

/** What is asked otherwise when the same ids are asked again. */
export type QuestionChange = Partial<Omit<Question, 'ids'>>;

interface Run {
  readonly entry: Mutable<LookUpEntry>;
  /** Missing while another window keeps the look-up: this one shows what that one had read. */
  ledger: Ledger | undefined;
  /** What a later run goes on from. */
  state: LookUpState;
  /** Calls that were answered in earlier runs. */
  earlierCalls: number;
  abort: AbortController | undefined;
  done: Promise<void>;
}

/** How often a look-up is tried to be taken over from a window that is not closed, or was, without a word. Milliseconds. */
const takeOverEvery = 15_000;

export class LookUps implements vscode.Disposable {
  readonly #runs: Run[] = [];
  readonly #start: Start;
  readonly #saved: SavedLookUps;
  readonly #complete: (question: Question) => Question;
  readonly #takeOverEvery: number;
  readonly #taking = new Map<Run, Promise<boolean>>();
  #isDisposed = false;
  readonly #changed = new vscode.EventEmitter<LookUpEntry | undefined>();
  /** Fires with the look-up that changed, or undefined when the list did. */
  readonly onDidChange = this.#changed.event;

  /** @param complete adds to a question what the user's settings say */
  constructor(start: Start, saved: SavedLookUps, complete: (question: Question) => Question, every = takeOverEvery) {
    this.#takeOverEvery = every;
    this.#start = start;
    this.#saved = saved;
    this.#complete = complete;
  }

  /** Newest first, pinned ones before. */
  list(): readonly LookUpEntry[] {
    const entries = this.#runs
      .map(({ entry }) => entry as LookUpEntry)
      .sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
    return [...entries.filter(({ pinned }) => pinned), ...entries.filter(({ pinned }) => !pinned)];
  }

  find(id: string): LookUpEntry | undefined {
    return this.#find(id)?.entry;
  }

  /**
   * Brings back the look-ups that are kept on disk, at rest: nothing restarts by itself.
   * @returns those that could not be read and were set aside
   */
  async restore(accountOf: (id: string) => Account | undefined): Promise<Extract<SavedLookUp, { kind: 'damaged' }>[]> {
    const damaged: Extract<SavedLookUp, { kind: 'damaged' }>[] = [];
    for await (const saved of this.#saved.restore()) {
      if (saved.kind === 'damaged') {
        damaged.push(saved);
        continue;
      }
      const { card, state, ledger } = saved;
      const entry = entryOf(saved, accountOf(card.account.id) ?? card.account);
      this.#runs.push({ entry, ledger, state, earlierCalls: 0, abort: undefined, done: Promise.resolve() });
      this.#changed.fire(undefined);
    }
    void this.#awaitOthers();
    return damaged;
  }

  /** Starts a look-up. `finished` resolves when it has ended or is paused. */
  run(
    question: Question,
    account: Account,
    sources: RecordSources,
    read?: ReadText,
  ): { entry: LookUpEntry; finished: Promise<void> } {
    const complete = this.#complete(question);
    const card: LookUpCard = {
      id: randomUUID(),
      account,
      startedAt: new Date(),
      name: undefined,
      pinned: false,
      ended: false,
      stopped: undefined,
    };
    const ledger = this.#saved.begin(card, sources.stored);
    const abort = new AbortController();
    const lookUp = this.#start(complete, account, {
      signal: abort.signal,
      onProgress: (progress) => this.#progressed(card.id, progress),
      ledger,
    });
    const entry: Mutable<LookUpEntry> = {
      ...card,
      question: complete,
      sources,
      read,
      answer: lookUp.answer,
      state: 'running',
      progress: undefined,
      stopped: undefined,
      notKept: undefined,
    };
    const run: Run = { entry, ledger, state: lookUp.state, earlierCalls: 0, abort, done: Promise.resolve() };
    this.#runs.push(run);
    this.#follow(run, lookUp);
    this.#changed.fire(undefined);
    return { entry, finished: run.done };
  }

  /** Starts a look-up of the same ids, which stood in the same places. Undefined when there is no such look-up. */
  again(id: string, change: QuestionChange = {}): ReturnType<LookUps['run']> | undefined {
    const entry = this.find(id);
    return entry && this.run({ ...entry.question, ...change }, entry.account, entry.sources, entry.read);
  }

  /** Reads what is not read yet. Does nothing for a look-up that runs. */
  async resume(id: string): Promise<void> {
    const run = this.#find(id);
    if (!run || run.entry.state === 'running') return;
    const { entry } = run;
    if (!run.ledger && !(await this.#takeOver(run))) {
      entry.state = 'paused';
      entry.progress = progressAtRest(entry.answer);
      entry.stopped = { kind: 'openElsewhere' };
      this.#changed.fire(entry);
      return;
    }
    const { ledger } = run;
    if (!ledger || this.#find(id)?.entry.state === 'running') return;
    run.abort = new AbortController();
    run.earlierCalls = entry.answer.effort.pages;
    entry.state = 'running';
    entry.stopped = undefined;
    const lookUp = this.#start(entry.question, entry.account, {
      signal: run.abort.signal,
      onProgress: (progress) => this.#progressed(id, progress),
      ledger,
      resume: run.state,
    });
    this.#follow(run, lookUp);
    this.#changed.fire(entry);
    await run.done;
  }

  /** Aborts the requests in flight; what arrived stays. Resolves when the run has come to rest. */
  async cancel(id: string): Promise<void> {
    const run = this.#find(id);
    run?.abort?.abort();
    await run?.done;
  }

  /** Removes a look-up and what is kept of it on disk. */
  async remove(id: string): Promise<void> {
    await this.cancel(id);
    const taken = this.#find(id);
    if (taken) await this.#taking.get(taken);
    const at = this.#runs.findIndex(({ entry }) => entry.id === id);
    if (at < 0) return;
    this.#runs.splice(at, 1);
    this.#changed.fire(undefined);
    await this.#saved.remove(id);
  }

  /** Removes every look-up but the pinned ones, and what could not be read and was set aside. */
  async clear(): Promise<void> {
    const unpinned = this.#runs.filter(({ entry }) => !entry.pinned);
    await Promise.all([...unpinned.map(({ entry }) => this.remove(entry.id)), this.#saved.removeSetAside()]);
  }

  rename(id: string, name: string): void {
    this.#amend(id, { name: name.trim() || undefined });
  }

  pin(id: string, pinned: boolean): void {
    this.#amend(id, { pinned });
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const { abort } of this.#runs) abort?.abort();
    this.#changed.dispose();
  }

  /** A window that ended without a word may keep its look-ups for minutes: VS Code's server waits for it to come back. */
  async #awaitOthers(): Promise<void> {
    const elsewhere = () => this.#runs.filter(({ ledger }) => !ledger);
    while (elsewhere().length > 0) {
      await new Promise((resolve) => setTimeout(resolve, this.#takeOverEvery));
      if (this.#isDisposed) return;
      for (const run of elsewhere()) await this.#takeOver(run);
    }
  }

  /** Makes another window's look-up this one's own, as far as that one had come. False while the other has it. */
  #takeOver(run: Run): Promise<boolean> {
    const take = async () => {
      const saved = await this.#saved.take(run.entry.id);
      if (saved?.kind !== 'restored' || !saved.ledger) return false;
      Object.assign(run.entry, entryOf(saved, run.entry.account));
      run.ledger = saved.ledger;
      run.state = saved.state;
      this.#changed.fire(undefined);
      return true;
    };
    const taking = this.#taking.get(run) ?? take().catch(() => false);
    this.#taking.set(run, taking);
    return taking.finally(() => this.#taking.delete(run));
  }

  #find(id: string): Run | undefined {
    return this.#runs.find(({ entry }) => entry.id === id);
  }

  #amend(id: string, change: Partial<Pick<LookUpEntry, 'name' | 'pinned'>>): void {
    const run = this.#find(id);
    if (!run) return;
    Object.assign(run.entry, change);
    void this.#saved.update(cardOf(run.entry));
    this.#changed.fire(undefined);
  }

  #progressed(id: string, progress: Progress): void {
    const run = this.#find(id);
    if (!run) return;
    const { done, planned } = progress.calls;
    run.entry.progress = {
      ...progress,
      calls: { done: run.earlierCalls + done, planned: run.earlierCalls + planned },
    };
    this.#changed.fire(run.entry);
  }

  #follow(run: Run, lookUp: LookUp): void {
    run.done = lookUp.done.then(async ({ stopped, ledgerProblem }) => {
      const { entry } = run;
      // When the window closes it is no decision of the user's that ends the run.
      entry.stopped = stopped?.kind === 'cancelled' && this.#isDisposed ? { kind: 'interrupted' } : stopped;
      entry.state = stopped ? 'paused' : 'ended';
      entry.progress = stopped ? progressAtRest(entry.answer) : undefined;
      entry.notKept = ledgerProblem;
      run.abort = undefined;
      this.#changed.fire(entry);
      await this.#saved.update(cardOf(entry));
    });
  }
}
