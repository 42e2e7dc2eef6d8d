/** The current look-up and the earlier ones: run, cancel, resume. The one place that holds state; tree and panel listen to it. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import type { Question } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import type { LookUp } from '../core/lookUp/lookUp.ts';
import type { LookUpState } from '../core/lookUp/lookUpState.ts';
import type { Progress } from '../core/lookUp/run.ts';
import type { ReadText } from '../ids/givenIds.ts';
import { type IdPlaces, idPlacesFrom } from '../ids/idPlaces.ts';
import type { LedgerFile } from './ledgerFile.ts';
import { cardOf, entryOf, type LookUpEntry, type Mutable, progressAtRest } from './lookUpEntry.ts';
import type { RestoredEntry, SavedLookUps, UnreadLookUp } from './savedLookUps.ts';

/** Starts reading, or goes on from where an earlier run ended. */
export type Start = (
  question: Question,
  account: Account,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
    readonly ledger: Ledger;
    readonly resume?: LookUpState;
    readonly recordCap?: number;
  },
) => LookUp;

/** What is asked otherwise when the same ids are asked again. */
export type QuestionChange = Partial<Omit<Question, 'ids'>>;

interface Run {
  readonly entry: Mutable<LookUpEntry>;
  /** Missing while another window keeps the look-up: this one shows what that one had read. */
  ledger: LedgerFile | undefined;
  /** What a later run goes on from. */
  state: LookUpState;
  /** Calls that were answered in earlier runs. */
  earlierCalls: number;
  abort: AbortController | undefined;
  done: Promise<void>;
  /** Being written down as a whole before it goes on. */
  preparing: Promise<void> | undefined;
  /** Its card says what was before. */
  hasOldCard: boolean;
}

/** What a user's settings say of look-ups. */
export interface LookUpSettings {
  /** Adds to a question what it does not say itself. */
  complete(question: Question): Question;
  /** Records in one call. */
  batchSize(): number;
}

/** How often what could not be had is tried again: another window's look-up, a file, room on the disk. Milliseconds. */
const tryAgainEvery = 15_000;

/** Ends of a run that another token may undo. */
const stoppedByToken: readonly Failure['kind'][] = ['noToken', 'unauthorized', 'missingScopes', 'forbidden'];

/** How long a removed look-up can be brought back, in milliseconds. */
const undoableFor = 600_000;

export class LookUps implements vscode.Disposable {
  readonly #runs: Run[] = [];
  readonly #start: Start;
  readonly #saved: SavedLookUps;
  readonly #settings: LookUpSettings;
  readonly #tryAgainEvery: number;
  /** Look-ups on the disk that could not be read. */
  readonly #unreadable = new Set<string>();
  #tending: Promise<void> | undefined;
  #accountOf: (id: string) => Account | undefined = () => undefined;
  readonly #taking = new Map<Run, Promise<boolean>>();
  /** Removed, and to be brought back if the user wants that. */
  readonly #takenAway = new Map<string, { readonly run: Run; readonly timer: ReturnType<typeof setTimeout> }>();
  #isDisposed = false;
  readonly #changed = new vscode.EventEmitter<LookUpEntry | undefined>();
  /** Fires with the look-up that changed, or undefined when the list did. */
  readonly onDidChange = this.#changed.event;

  constructor(start: Start, saved: SavedLookUps, settings: LookUpSettings, every = tryAgainEvery) {
    this.#tryAgainEvery = every;
    this.#start = start;
    this.#saved = saved;
    this.#settings = settings;
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
   * @returns those that are not shown; the unreadable ones are tried again, and shown when they can be read
   */
  async restore(accountOf: (id: string) => Account | undefined): Promise<readonly UnreadLookUp[]> {
    this.#accountOf = accountOf;
    const unread: UnreadLookUp[] = [];
    for await (const some of this.#saved.restore()) {
      for (const saved of some) {
        if (saved.kind === 'restored') this.#add(saved);
        else unread.push(saved);
        if (saved.kind === 'unreadable') this.#unreadable.add(saved.id);
      }
      this.#changed.fire(undefined);
    }
    this.#tend();
    return unread;
  }

  /** Starts a look-up. `finished` resolves when it has ended or is paused. */
  run(
    question: Question,
    account: Account,
    places: IdPlaces,
    read?: ReadText,
  ): { entry: LookUpEntry; finished: Promise<void> } {
    const complete = this.#settings.complete(question);
    const card = {
      id: randomUUID(),
      account,
      startedAt: new Date(),
      name: undefined,
      pinned: false,
      stopped: undefined,
    };
    const ledger = this.#saved.begin({ ...card, ended: false, counts: undefined }, places.stored);
    const abort = new AbortController();
    const lookUp = this.#start(complete, account, {
      signal: abort.signal,
      onProgress: (progress) => this.#progressed(card.id, progress),
      ledger,
    });
    const entry: Mutable<LookUpEntry> = {
      ...card,
      question: lookUp.answer.question,
      places: idPlacesFrom(places.stored, (id) => lookUp.answer.asked.find(id)),
      read,
      answer: lookUp.answer,
      state: 'running',
      progress: undefined,
      notKept: undefined,
    };
    const run: Run = { ...atRest(entry, ledger, lookUp.state), abort };
    this.#runs.push(run);
    this.#follow(run, lookUp);
    this.#changed.fire(undefined);
    return { entry, finished: run.done };
  }

  /** Starts a look-up of the same ids, which stood in the same places. Undefined when there is no such look-up. */
  again(id: string, change: QuestionChange = {}): ReturnType<LookUps['run']> | undefined {
    const entry = this.find(id);
    return entry && this.run({ ...entry.question, ...change }, entry.account, entry.places, entry.read);
  }

  /**
   * Reads what is not read yet. Does nothing for a look-up that runs.
   * @param recordCap more associations of a record than were read before: where they were cut there, they are read on
   */
  async resume(id: string, recordCap?: number): Promise<void> {
    const run = this.#find(id);
    if (!run || run.entry.state === 'running') return;
    const { entry } = run;
    if (!run.ledger && !(await this.#takeOver(run))) {
      entry.state = 'paused';
      entry.progress = progressAtRest(entry.answer, this.#settings.batchSize());
      entry.stopped = { kind: 'openElsewhere' };
      this.#changed.fire(entry);
      return;
    }
    await this.#makeWhole(run);
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
      ...(recordCap === undefined ? {} : { recordCap }),
    });
    entry.question = lookUp.answer.question;
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
    const found = this.#find(id);
    if (found) await this.#taking.get(found);
    await found?.preparing;
    const at = this.#runs.findIndex(({ entry }) => entry.id === id);
    if (at < 0) return;
    this.#runs.splice(at, 1);
    this.#changed.fire(undefined);
    await this.#saved.remove(id);
  }

  /**
   * Removes look-ups so that they can be brought back until the window closes, at most for ten minutes. One that another window
   * keeps is removed for good.
   * @returns those that can be brought back
   */
  async takeAway(ids: readonly string[]): Promise<readonly string[]> {
    const taken = await Promise.all(ids.map((id) => this.#takeAway(id)));
    return ids.filter((_, at) => taken[at]);
  }

  async #takeAway(id: string): Promise<boolean> {
    const run = this.#find(id);
    if (!run) return false;
    if (!run.ledger) {
      await this.remove(id);
      return false;
    }
    await this.cancel(id);
    await run.preparing;
    const at = this.#runs.indexOf(run);
    if (at < 0) return false;
    this.#runs.splice(at, 1);
    const timer = setTimeout(() => void this.#forget(id), undoableFor);
    this.#takenAway.set(id, { run, timer });
    this.#changed.fire(undefined);
    // Where that fails it is removed all the same, once it cannot be brought back.
    await this.#saved.setApart(id).catch(() => {});
    return true;
  }

  /** Brings removed look-ups back, at rest. @returns how many; the others are gone for good */
  async bringBack(ids: readonly string[]): Promise<number> {
    let back = 0;
    for (const id of ids) {
      const taken = this.#takenAway.get(id);
      if (!taken) continue;
      clearTimeout(taken.timer);
      this.#takenAway.delete(id);
      await this.#saved.putBack(id).catch(() => {});
      this.#runs.push(taken.run);
      // Says what it is now, also where the card could not be put back.
      await this.#writeCard(taken.run);
      back++;
    }
    if (back > 0) this.#changed.fire(undefined);
    return back;
  }

  /** Deletes what was removed and could still be brought back. */
  async forgetTakenAway(): Promise<void> {
    await Promise.all([...this.#takenAway.keys()].map((id) => this.#forget(id)));
  }

  async #forget(id: string): Promise<void> {
    clearTimeout(this.#takenAway.get(id)?.timer);
    this.#takenAway.delete(id);
    // What cannot be deleted now is swept at the next start.
    await this.#saved.remove(id).catch(() => {});
  }

  /** Deletes what could not be read and was set aside. */
  removeSetAside(): Promise<void> {
    return this.#saved.removeSetAside();
  }

  /** Removes every look-up but the pinned ones, and what could not be read and was set aside. */
  async clear(): Promise<void> {
    const unpinned = this.#runs.filter(({ entry }) => !entry.pinned);
    await Promise.all([...unpinned.map(({ entry }) => this.remove(entry.id)), this.#saved.removeSetAside()]);
  }

  /** An account has another token: what stopped for the old one says so, and waits for Resume. Nothing restarts by itself. */
  tokenReplaced(accountId: string): void {
    for (const run of this.#runs) {
      const { entry } = run;
      if (entry.account.id !== accountId || entry.state !== 'paused') continue;
      if (!entry.stopped || !stoppedByToken.includes(entry.stopped.kind)) continue;
      entry.stopped = { kind: 'newToken' };
      run.state.restate(entry.stopped);
      this.#changed.fire(entry);
      void this.#writeCard(run);
    }
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
    for (const { timer } of this.#takenAway.values()) clearTimeout(timer);
    this.#changed.dispose();
  }

  #add(saved: RestoredEntry): void {
    const { card, state, ledger } = saved;
    if (this.#find(card.id)) return;
    const entry = entryOf(saved, this.#accountOf(card.account.id) ?? card.account, this.#settings.batchSize());
    this.#runs.push(atRest(entry, ledger, state));
  }

  /**
   * Tries again what could not be had, as long as there is anything: a window that ended without a word may keep its look-ups
   * for minutes, since VS Code's server waits for it to come back; a disk may have room again, a file may be read again.
   */
  #tend(): void {
    this.#tending ??= this.#tendAll().finally(() => {
      this.#tending = undefined;
    });
  }

  async #tendAll(): Promise<void> {
    const isToDo = ({ ledger, entry, hasOldCard }: Run) => !ledger || entry.notKept !== undefined || hasOldCard;
    while (!this.#isDisposed && (this.#unreadable.size > 0 || this.#runs.some(isToDo))) {
      await new Promise((resolve) => setTimeout(resolve, this.#tryAgainEvery));
      if (this.#isDisposed) return;
      for (const id of this.#unreadable) await this.#readAgain(id);
      for (const run of this.#runs.filter(isToDo)) {
        if (!run.ledger) await this.#takeOver(run);
        else if (run.entry.state !== 'running') await this.#makeWhole(run);
        if (run.hasOldCard) await this.#writeCard(run);
      }
    }
  }

  async #readAgain(id: string): Promise<void> {
    const saved = await this.#saved.take(id).catch(() => undefined);
    if (saved?.kind === 'unreadable') return;
    this.#unreadable.delete(id);
    if (saved?.kind !== 'restored' || this.#isDisposed) return;
    this.#add(saved);
    this.#changed.fire(undefined);
  }

  /** Writes a look-up at rest down, if its ledger has broken off, or is of another version or damaged. */
  #makeWhole(run: Run): Promise<void> {
    const { entry } = run;
    const write = async () => {
      const problem = await this.#saved.makeWhole(cardOf(entry), run.state);
      if (problem === entry.notKept) return;
      entry.notKept = problem;
      this.#changed.fire(entry);
    };
    run.preparing ??= write().finally(() => {
      run.preparing = undefined;
    });
    return run.preparing;
  }

  async #writeCard(run: Run): Promise<void> {
    run.hasOldCard = !(await this.#saved.update(cardOf(run.entry)));
    if (run.hasOldCard) this.#tend();
  }

  /** Makes another window's look-up this one's own, as far as that one had come. False while the other has it. */
  #takeOver(run: Run): Promise<boolean> {
    const take = async () => {
      const saved = await this.#saved.take(run.entry.id);
      if (saved?.kind !== 'restored' || !saved.ledger) return false;
      Object.assign(run.entry, entryOf(saved, run.entry.account, this.#settings.batchSize()));
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
    void this.#writeCard(run);
    this.#changed.fire(undefined);
  }

  #progressed(id: string, progress: Progress): void {
    const run = this.#find(id);
    if (!run) return;
    const { done, planned, isEstimate } = progress.calls;
    run.entry.progress = {
      ...progress,
      calls: { done: run.earlierCalls + done, planned: run.earlierCalls + planned, isEstimate },
    };
    run.entry.notKept = run.ledger?.problem;
    this.#changed.fire(run.entry);
  }

  #follow(run: Run, lookUp: LookUp): void {
    run.done = lookUp.done.then(async ({ stopped, ledgerProblem }) => {
      const { entry } = run;
      // When the window closes it is no decision of the user's that ends the run.
      entry.stopped = stopped?.kind === 'cancelled' && this.#isDisposed ? { kind: 'interrupted' } : stopped;
      entry.state = stopped ? 'paused' : 'ended';
      entry.progress = stopped ? progressAtRest(entry.answer, this.#settings.batchSize()) : undefined;
      entry.notKept = ledgerProblem;
      run.abort = undefined;
      this.#changed.fire(entry);
      if (ledgerProblem !== undefined) await this.#makeWhole(run);
      if (entry.notKept !== undefined) this.#tend();
      await this.#writeCard(run);
    });
  }
}

function atRest(entry: Mutable<LookUpEntry>, ledger: LedgerFile | undefined, state: LookUpState): Run {
  return {
    entry,
    ledger,
    state,
    earlierCalls: 0,
    abort: undefined,
    done: Promise.resolve(),
    preparing: undefined,
    hasOldCard: false,
  };
}
