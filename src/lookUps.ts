/** The current look-up and the earlier ones: run, cancel, resume. The one place that holds state; tree and panel listen to it. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Account } from './accounts.ts';
import type { Answer, Question } from './core/associations.ts';
import type { Failure } from './core/failure.ts';
import type { LookUp, Progress } from './core/lookUp.ts';
import type { LookUpState } from './core/lookUpState.ts';
import type { RecordSources } from './recordSources.ts';

/** running: requests are being sent. paused: it ended before everything was tried, and can go on. ended: everything was tried. */
export type RunState = 'running' | 'paused' | 'ended';

/** One look-up of this window, from its start until it is removed. */
export interface LookUpEntry {
  readonly id: string;
  readonly question: Question;
  readonly account: Account;
  readonly sources: RecordSources;
  readonly startedAt: Date;
  readonly name: string | undefined;
  readonly pinned: boolean;
  readonly answer: Answer;
  readonly state: RunState;
  readonly progress: Progress | undefined;
  /** What ended the run before everything was tried. */
  readonly stopped: Failure | undefined;
}

/** Starts reading, or goes on from where an earlier run ended. */
export type Start = (
  question: Question,
  account: Account,
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void; resume: LookUpState | undefined },
) => LookUp;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Running {
  readonly entry: Mutable<LookUpEntry>;
  /** What a later run goes on from. */
  state: LookUpState;
  abort: AbortController | undefined;
  done: Promise<void>;
}

export class LookUps implements vscode.Disposable {
  readonly #runs: Running[] = [];
  readonly #start: Start;
  readonly #changed = new vscode.EventEmitter<LookUpEntry | undefined>();
  /** Fires with the look-up that changed, or undefined when the list did. Not more often than every 100 ms for a running one. */
  readonly onDidChange = this.#changed.event;

  constructor(start: Start) {
    this.#start = start;
  }

  /** Newest first, pinned ones before. */
  list(): readonly LookUpEntry[] {
    const entries = this.#runs.map(({ entry }) => entry as LookUpEntry).reverse();
    return [...entries.filter(({ pinned }) => pinned), ...entries.filter(({ pinned }) => !pinned)];
  }

  find(id: string): LookUpEntry | undefined {
    return this.#find(id)?.entry;
  }

  /** Starts a look-up. `finished` resolves when it has ended or is paused. */
  run(
    question: Question,
    account: Account,
    sources: RecordSources,
    signal?: AbortSignal,
  ): { entry: LookUpEntry; finished: Promise<void> } {
    const abort = new AbortController();
    signal?.addEventListener('abort', () => abort.abort(signal.reason), { once: true });
    const id = randomUUID();
    const lookUp = this.#start(question, account, {
      signal: abort.signal,
      onProgress: (progress) => this.#progressed(id, progress),
      resume: undefined,
    });
    const entry: Mutable<LookUpEntry> = {
      id,
      question,
      account,
      sources,
      startedAt: new Date(),
      name: undefined,
      pinned: false,
      answer: lookUp.answer,
      state: 'running',
      progress: undefined,
      stopped: undefined,
    };
    const running: Running = { entry, state: lookUp.state, abort, done: Promise.resolve() };
    this.#runs.push(running);
    this.#follow(running, lookUp);
    this.#changed.fire(undefined);
    return { entry, finished: running.done };
  }

  /** Reads what is not read yet. Does nothing for a look-up that runs. */
  async resume(id: string): Promise<void> {
    const running = this.#find(id);
    if (!running || running.entry.state === 'running') return;
    const { entry } = running;
    running.abort = new AbortController();
    entry.state = 'running';
    entry.stopped = undefined;
    const lookUp = this.#start(entry.question, entry.account, {
      signal: running.abort.signal,
      onProgress: (progress) => this.#progressed(id, progress),
      resume: running.state,
    });
    this.#follow(running, lookUp);
    this.#changed.fire(entry);
    await running.done;
  }

  /** Aborts the requests in flight; what arrived stays. Resolves when the run has come to rest. */
  async cancel(id: string): Promise<void> {
    const running = this.#find(id);
    running?.abort?.abort();
    await running?.done;
  }

  async remove(id: string): Promise<void> {
    await this.cancel(id);
    const at = this.#runs.findIndex(({ entry }) => entry.id === id);
    if (at >= 0) this.#runs.splice(at, 1);
    this.#changed.fire(undefined);
  }

  /** Removes every look-up but the pinned ones. */
  async clear(): Promise<void> {
    const unpinned = this.#runs.filter(({ entry }) => !entry.pinned);
    await Promise.all(unpinned.map(({ entry }) => this.remove(entry.id)));
  }

  rename(id: string, name: string): void {
    const running = this.#find(id);
    if (!running) return;
    running.entry.name = name.trim() || undefined;
    this.#changed.fire(running.entry);
  }

  pin(id: string, pinned: boolean): void {
    const running = this.#find(id);
    if (!running) return;
    running.entry.pinned = pinned;
    this.#changed.fire(undefined);
  }

  dispose(): void {
    for (const { abort } of this.#runs) abort?.abort();
    this.#changed.dispose();
  }

  #find(id: string): Running | undefined {
    return this.#runs.find(({ entry }) => entry.id === id);
  }

  #progressed(id: string, progress: Progress): void {
    const running = this.#find(id);
    if (!running) return;
    running.entry.progress = progress;
    this.#changed.fire(running.entry);
  }

  #follow(running: Running, lookUp: LookUp): void {
    running.done = lookUp.done.then(({ answer, stopped }) => {
      const { entry } = running;
      entry.answer = answer;
      entry.stopped = stopped;
      entry.state = stopped ? 'paused' : 'ended';
      entry.progress = undefined;
      running.abort = undefined;
      this.#changed.fire(entry);
    });
  }
}
