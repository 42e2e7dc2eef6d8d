/** The current look-up and the earlier ones: run, cancel, resume. The one place that holds state; tree and panel listen to it. */
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import type { SharedQuestion } from '../core/answer/growingIds.ts';
import type { Question } from '../core/domain/associations.ts';
import type { Existence } from '../core/domain/cell.ts';
import type { Side } from '../core/domain/expectation.ts';
import type { Failure } from '../core/domain/failure.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import type { Note } from '../core/ledger/writtenLines.ts';
import type { LookUp } from '../core/lookUp/lookUp.ts';
import type { LookUpState } from '../core/lookUp/lookUpState.ts';
import type { Progress } from '../core/lookUp/run.ts';
import { Changes } from '../editor/changes.ts';
import { Turns } from '../editor/turns.ts';
import type { ReadText } from '../ids/givenIds.ts';
import { type IdPlaces, idPlacesFrom } from '../ids/idPlaces.ts';
import { type Expected, HeldCheck } from './heldCheck.ts';
import { type HeldLookUp, HeldLookUps, heldAtRest } from './heldLookUps.ts';
import { KeptLookUps } from './keptLookUps.ts';
import {
  checkFields,
  isRead,
  type ListedLookUp,
  type LookUpEntry,
  type Mutable,
  progressAtRest,
} from './lookUpEntry.ts';
import { mostKept } from './oldLookUps.ts';
import { RemovedLookUps } from './removedLookUps.ts';
import type { SavedLookUps } from './savedLookUps.ts';

/** Starts reading, or goes on from where an earlier run ended. */
export type Start = (
  question: Question | SharedQuestion,
  account: Account,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
    readonly ledger: Ledger;
    readonly notes?: AsyncIterable<Note>;
    readonly resume?: LookUpState;
    readonly recordCap?: number;
  },
) => LookUp;

/** What is asked otherwise when the same ids are asked again. */
export type QuestionChange = Partial<Omit<Question, 'ids'>>;

/** What a user's settings say of look-ups. */
export interface LookUpSettings {
  /** Adds to a question what it does not say itself. */
  complete<Asked extends Omit<Question, 'ids'>>(question: Asked): Asked;
  /** Records in one call. */
  batchSize(): number;
}

/** How often what could not be had is tried again: another window's look-up, a file, room on the disk. Milliseconds. */
const tryAgainEvery = 15_000;

/** Ends of a run that another token may undo. */
const stoppedByToken: readonly Failure['kind'][] = ['noToken', 'unauthorized', 'missingScopes', 'forbidden'];

export class LookUps implements vscode.Disposable {
  readonly #held = new HeldLookUps();
  readonly #start: Start;
  readonly #saved: SavedLookUps;
  readonly #settings: LookUpSettings;
  readonly #removed: RemovedLookUps;
  readonly #kept: KeptLookUps;
  #isDisposed = false;
  readonly #changed = new Changes<ListedLookUp | undefined>();
  /** Fires with the look-up that changed, or undefined when the list did. */
  readonly onDidChange = this.#changed.event;
  /** Fires with look-ups that cannot be shown: once after the start, and when one turns out to be so as it is opened. */
  readonly onDidLeaveOut: KeptLookUps['onDidLeaveOut'];

  constructor(start: Start, saved: SavedLookUps, settings: LookUpSettings, every = tryAgainEvery) {
    this.#start = start;
    this.#saved = saved;
    this.#settings = settings;
    const shared = { held: this.#held, saved, changed: this.#changed };
    this.#kept = new KeptLookUps({ ...shared, batchSize: () => settings.batchSize(), every });
    this.#removed = new RemovedLookUps({ ...shared, kept: this.#kept });
    this.onDidLeaveOut = this.#kept.onDidLeaveOut;
  }

  /** Newest first, pinned ones before. */
  list(): readonly ListedLookUp[] {
    return this.#held.list();
  }

  /** The one that began last, which is not the first of the list where another one is pinned. */
  get newest(): ListedLookUp | undefined {
    return this.#held.newest();
  }

  find(id: string): ListedLookUp | undefined {
    return this.#held.get(id)?.entry;
  }

  /** How many look-ups that are not pinned are kept at a start, and how many older ones went at this one. */
  get keeping(): { readonly most: number; readonly removed: number } {
    return { most: mostKept, removed: this.#saved.removedAsOld };
  }

  /**
   * Brings back the look-ups that are kept on disk, at rest: nothing restarts by itself. What cannot be shown is told by
   * {@link onDidLeaveOut}, and tried again where that may help.
   * @throws when the folder cannot be listed, which is tried again too
   */
  restore(accountOf: (id: string) => Account | undefined): Promise<void> {
    return this.#kept.restore(accountOf);
  }

  /** The Answer of a look-up, read from the disk where it was not yet. Undefined when there is none, or it cannot be read now. */
  open(id: string): Promise<LookUpEntry | undefined> {
    return this.#kept.open(id);
  }

  /**
   * Starts a look-up. `finished` resolves when it has ended or is paused.
   * @param expected what ought to be in its Answer; its ids have to be those of the question
   */
  run(
    question: Question | SharedQuestion,
    account: Account,
    places: IdPlaces,
    read?: ReadText,
    expected?: Expected,
  ): { entry: LookUpEntry; finished: Promise<void> } {
    const complete = this.#settings.complete(question);
    const card = {
      id: randomUUID(),
      account,
      ...this.#held.begin(),
      name: undefined,
      pinned: false,
      stopped: undefined,
    };
    const blank = { ended: false, counts: undefined, row: undefined, ledgerBytes: undefined };
    const ledger = this.#saved.begin({ ...card, ...blank }, places.stored);
    const abort = new AbortController();
    let check: HeldCheck | undefined;
    const lookUp = this.#start(complete, account, {
      signal: abort.signal,
      onProgress: (progress) => this.#progressed(card.id, progress),
      ledger,
      ...(expected && { notes: notesOf(() => check) }),
    });
    check = expected && new HeldCheck(lookUp.answer, expected);
    const entry: Mutable<LookUpEntry> = {
      ...card,
      question: lookUp.answer.question,
      document: expected?.source.uri ?? (places.stored.uri || (read?.uri?.toString() ?? '')),
      places: check?.places ?? idPlacesFrom(places.stored, (id) => lookUp.answer.asked.find(id)),
      read,
      summary: lookUp.answer,
      answer: lookUp.answer,
      ...checkFields(check),
      atHand: 'answer',
      state: 'running',
      progress: undefined,
      notKept: undefined,
    };
    const held: HeldLookUp = { ...heldAtRest(entry, { ledger, state: lookUp.state, check }), abort };
    this.#held.add(held);
    this.#follow(held, entry, lookUp);
    this.#changed.fire(undefined);
    if (check) void this.#look(held);
    return { entry, finished: held.done };
  }

  /**
   * Starts a look-up of the same ids, which stood in the same places. Undefined when there is no such look-up. What was expected
   * still is, unless other object types are asked for, or another version, which names labels otherwise.
   * @param expected what ought to be in the other answer instead
   */
  async again(
    id: string,
    change: QuestionChange = {},
    expected?: Expected,
  ): Promise<ReturnType<LookUps['run']> | undefined> {
    const entry = await this.open(id);
    const held = this.#held.get(id);
    const asked = held?.state?.answer.asked;
    if (!held || !entry || !asked) return undefined;
    await this.#kept.readPlaces(held);
    const { from, to, apiVersion, recordCap } = entry.question;
    const same = { from, to, ...(apiVersion && { apiVersion }), ...(recordCap !== undefined && { recordCap }) };
    const isSame = isSameAsked(change, entry);
    const again = expected ?? (isSame ? held.check?.expected : undefined);
    return this.run({ ...same, ...change, ids: asked }, entry.account, entry.places, entry.read, again);
  }

  /** Takes in what became of records of a look-up that is checked, and keeps it with the look-up. */
  async learn(id: string, side: Side, known: readonly (readonly [id: string, existence: Existence])[]): Promise<void> {
    const held = this.#held.get(id);
    if (!held?.check || known.length === 0) return;
    held.check.learn(side, known);
    this.#changed.fire(held.entry);
    if (held.entry.state !== 'running') await this.#kept.keepLearnt(held);
  }

  /** Says whether the file of a check is still the one that was checked. */
  fileChanged(id: string, isFileChanged: boolean): void {
    const entry: Mutable<ListedLookUp> | undefined = this.#held.get(id)?.entry;
    if (!isRead(entry) || (entry.isFileChanged ?? false) === isFileChanged) return;
    (entry as Mutable<LookUpEntry>).isFileChanged = isFileChanged;
    this.#changed.fire(entry);
  }

  /**
   * Reads what is not read yet. Does nothing for a look-up that runs.
   * @param recordCap more associations of a record than were read before: where they were cut there, they are read on
   */
  async resume(id: string, recordCap?: number): Promise<void> {
    const entry: Mutable<LookUpEntry> | undefined = await this.open(id);
    const held = this.#held.get(id);
    if (!entry || !held || entry.state === 'running') return;
    await this.#kept.leaveIfTaken(held);
    if (!held.ledger && !(await this.#kept.takeOver(held))) {
      if (this.#held.get(id) !== held) return;
      entry.state = 'paused';
      entry.progress = progressAtRest(entry.answer, this.#settings.batchSize());
      entry.stopped = { kind: 'openElsewhere' };
      this.#changed.fire(entry);
      return;
    }
    await this.#kept.makeWhole(held);
    const { ledger, state } = held;
    if (!ledger || !state || (entry as ListedLookUp).state === 'running' || this.#held.get(id) !== held) return;
    held.abort = new AbortController();
    held.earlierCalls = entry.answer.effort.pages;
    entry.state = 'running';
    entry.stopped = undefined;
    const lookUp = this.#start(entry.question, entry.account, {
      signal: held.abort.signal,
      onProgress: (progress) => this.#progressed(id, progress),
      ledger,
      resume: state,
      ...(recordCap === undefined ? {} : { recordCap }),
    });
    entry.question = lookUp.answer.question;
    this.#follow(held, entry, lookUp);
    this.#changed.fire(entry);
    await held.done;
  }

  /** Aborts the requests in flight; what arrived stays. Resolves when the run has come to rest. */
  async cancel(id: string): Promise<void> {
    const held = this.#held.get(id);
    held?.abort?.abort();
    await held?.done;
  }

  /** See {@link RemovedLookUps.remove}. */
  remove(id: string): Promise<void> {
    return this.#removed.remove(id);
  }

  /** See {@link RemovedLookUps.takeAway}. */
  takeAway(ids: readonly string[]): Promise<readonly string[]> {
    return this.#removed.takeAway(ids);
  }

  /** See {@link RemovedLookUps.whyInSight}. */
  whyInSight(ids: readonly string[]): string | undefined {
    return this.#removed.whyInSight(ids);
  }

  /** See {@link RemovedLookUps.bringBack}. */
  bringBack(ids: readonly string[]): Promise<number> {
    return this.#removed.bringBack(ids);
  }

  /** Deletes what was removed and could still be brought back. */
  forgetTakenAway(): Promise<void> {
    return this.#removed.forgetAll();
  }

  /** Deletes what could not be read and was set aside. */
  removeSetAside(): Promise<void> {
    return this.#saved.removeSetAside();
  }

  /** Removes every look-up but the pinned ones, and what could not be read and was set aside. */
  async clear(): Promise<void> {
    const unpinned = this.list().filter(({ pinned }) => !pinned);
    await Promise.all([...unpinned.map(({ id }) => this.remove(id)), this.#saved.removeSetAside()]);
  }

  /** An account has another token: what stopped for the old one says so, and waits for Resume. Nothing restarts by itself. */
  tokenReplaced(accountId: string): void {
    for (const held of this.#held.all()) {
      const { entry } = held;
      if (entry.account.id !== accountId || entry.state !== 'paused') continue;
      if (!entry.stopped || !stoppedByToken.includes(entry.stopped.kind)) continue;
      entry.stopped = { kind: 'newToken' };
      held.state?.restate(entry.stopped);
      this.#changed.fire(entry);
      void this.#kept.writeCard(held);
    }
  }

  rename(id: string, name: string): void {
    this.#amend(id, { name: name.trim() || undefined });
  }

  pin(id: string, pinned: boolean): void {
    this.#amend(id, { pinned });
  }

  /** Resolves when all has come to rest, is written down or brought back, and what could still be brought back is deleted. */
  async close(): Promise<void> {
    this.dispose();
    const underWay = this.#held.all().flatMap(({ done, preparing }) => [done, preparing]);
    await Promise.all([this.forgetTakenAway(), this.#kept.writeLeft(), ...underWay]);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const { abort } of this.#held.all()) abort?.abort();
    this.#kept.dispose();
    this.#removed.dispose();
    this.#changed.dispose();
  }

  #amend(id: string, change: Partial<Pick<LookUpEntry, 'name' | 'pinned'>>): void {
    const held = this.#held.get(id);
    if (!held) return;
    Object.assign(held.entry, change);
    void this.#kept.writeCard(held);
    this.#changed.fire(undefined);
  }

  #progressed(id: string, progress: Progress): void {
    const held = this.#held.get(id);
    if (!held) return;
    const { done, planned, isEstimate } = progress.calls;
    held.entry.progress = {
      ...progress,
      calls: { done: held.earlierCalls + done, planned: held.earlierCalls + planned, isEstimate },
    };
    held.entry.notKept = held.ledger?.problem ?? held.notBack;
    if (held.check) void this.#look(held).then(() => this.#changed.fire(held.entry));
    else this.#changed.fire(held.entry);
  }

  /** Holds what has come against what is expected, before anybody is told of it. */
  #look(held: HeldLookUp): Promise<void> {
    held.looking ??= new Turns().through(held.check!.check.looking()).finally(() => {
      held.looking = undefined;
    });
    return held.looking;
  }

  #follow(held: HeldLookUp, entry: Mutable<LookUpEntry>, lookUp: LookUp): void {
    held.done = lookUp.done.then(async ({ stopped, ledgerProblem }) => {
      if (held.check) await this.#look(held);
      // A run that ends because the window closes was not cancelled by the user.
      entry.stopped = stopped?.kind === 'cancelled' && this.#isDisposed ? { kind: 'interrupted' } : stopped;
      entry.state = stopped ? 'paused' : 'ended';
      entry.progress = stopped ? progressAtRest(entry.answer, this.#settings.batchSize()) : undefined;
      // A run that wrote nothing does not know that an earlier one could not be written.
      entry.notKept = ledgerProblem ?? held.ledger?.problem ?? held.notBack;
      held.abort = undefined;
      this.#changed.fire(entry);
      if (entry.notKept !== undefined) await this.#kept.makeWhole(held);
      await this.#kept.keepLearnt(held);
      await this.#kept.writeCard(held);
    });
  }
}

/** The check is made of the Answer that the run makes: it is there before the run asks for its lines. */
async function* notesOf(check: () => HeldCheck | undefined): AsyncGenerator<Note> {
  const held = check();
  if (held) yield* held.firstNotes();
}

function isSameAsked({ from, to, apiVersion }: QuestionChange, { question, answer }: LookUpEntry): boolean {
  const isSameVersion = (apiVersion ?? answer.apiVersion) === answer.apiVersion;
  return (from ?? question.from) === question.from && (to ?? question.to) === question.to && isSameVersion;
}
