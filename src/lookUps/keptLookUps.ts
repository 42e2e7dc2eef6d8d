/**
 * Between what this window shows of look-ups and what is on the disk of them: brings them back, reads an Answer when it is asked
 * for, writes down what has changed, and tries again what could not be had.
 */
import type { Account } from '../accounts/accounts.ts';
import { appendNotes } from '../core/ledger/ledger.ts';
import { Changes } from '../editor/changes.ts';
import { withoutPath } from '../editor/disk.ts';
import { idPlacesFrom } from '../ids/idPlaces.ts';
import { type HeldLookUp, type HeldLookUps, heldAtRest } from './heldLookUps.ts';
import { cardOf, entryOf, isRead, type ListedLookUp, type LookUpEntry, listedFrom } from './lookUpEntry.ts';
import type { SavedLookUp } from './returningLookUps.ts';
import type { RestoredEntry } from './savedAnswers.ts';
import type { UnreadLookUp } from './savedCards.ts';
import type { SavedLookUps } from './savedLookUps.ts';
import { UpkeepLoop } from './upkeep.ts';

export interface KeptLookUpsParts {
  readonly held: HeldLookUps;
  readonly saved: SavedLookUps;
  /** Told of a look-up that has changed, or of undefined when the list has. */
  readonly changed: Changes<ListedLookUp | undefined>;
  /** Records in one call. */
  readonly batchSize: () => number;
  /** Milliseconds until what could not be had is tried again. */
  readonly every: number;
}

export class KeptLookUps {
  readonly #held: HeldLookUps;
  readonly #saved: SavedLookUps;
  readonly #changed: Changes<ListedLookUp | undefined>;
  readonly #batchSize: () => number;
  readonly #upkeep: UpkeepLoop;
  /** Look-ups on the disk that could not be read. */
  readonly #unreadable = new Set<string>();
  /** The folder of saved look-ups could not be listed. */
  #isUnlisted = false;
  #accountOf: (id: string) => Account | undefined = () => undefined;
  #isDisposed = false;
  readonly #leftOut = new Changes<readonly UnreadLookUp[]>();
  /** Fires with look-ups that cannot be shown: once after the start, and when one turns out to be so as it is opened. */
  readonly onDidLeaveOut = this.#leftOut.event;

  constructor({ held, saved, changed, batchSize, every }: KeptLookUpsParts) {
    this.#held = held;
    this.#saved = saved;
    this.#changed = changed;
    this.#batchSize = batchSize;
    this.#upkeep = new UpkeepLoop({ every, isToDo: () => this.#isAnythingToDo(), tend: () => this.#tend() });
  }

  /** See {@link LookUps.restore}. */
  async restore(accountOf: (id: string) => Account | undefined): Promise<void> {
    this.#accountOf = accountOf;
    try {
      await this.#restoreAll();
    } catch (error) {
      this.#isUnlisted = true;
      this.#upkeep.begin();
      throw error;
    }
  }

  async #restoreAll(): Promise<void> {
    const unread: UnreadLookUp[] = [];
    const read: HeldLookUp[] = [];
    for await (const some of this.#saved.restore()) {
      this.#isUnlisted = false;
      const batchSize = this.#batchSize();
      for (const saved of some) {
        if (saved.kind === 'restored' || saved.kind === 'listed') read.push(...this.#add(saved, batchSize));
        else unread.push(saved);
        if (saved.kind === 'unreadable') this.#unreadable.add(saved.id);
      }
      this.#changed.fire(undefined);
    }
    this.#upkeep.begin();
    if (unread.length > 0) this.#leftOut.fire(unread);
    void this.#mendAll(read);
  }

  /** See {@link LookUps.open}. */
  open(id: string): Promise<LookUpEntry | undefined> {
    const held = this.#held.get(id);
    if (!held) return Promise.resolve(undefined);
    if (isRead(held.entry)) return Promise.resolve(held.entry);
    held.reading ??= this.#read(held).finally(() => {
      held.reading = undefined;
    });
    return held.reading;
  }

  async #read(held: HeldLookUp): Promise<LookUpEntry | undefined> {
    const { entry } = held;
    entry.atHand = 'reading';
    this.#changed.fire(entry);
    return this.#arrived(held, await this.#onDisk(held));
  }

  /** What the disk has of a look-up that is only listed. One whose card is out of sight is not taken for one that is gone. */
  async #onDisk(held: HeldLookUp): Promise<RestoredEntry | UnreadLookUp | undefined> {
    const { id } = held.entry;
    if (held.isApart) await this.writeCard(held);
    const { notBack } = held;
    return notBack === undefined ? this.#saved.read(id) : { kind: 'unreadable', id, detail: notBack };
  }

  /** What a look-up that was only listed turned out to be. */
  #arrived(held: HeldLookUp, saved: RestoredEntry | UnreadLookUp | undefined): LookUpEntry | undefined {
    const { entry } = held;
    if (this.#isDisposed || this.#held.get(entry.id) !== held) return undefined;
    this.#unreadable.delete(entry.id);
    if (saved?.kind === 'restored') {
      this.#fill(held, saved);
      this.#changed.fire(entry);
      void this.#mendAll([held]);
      return isRead(entry) ? entry : undefined;
    }
    if (saved?.kind === 'unreadable') {
      entry.atHand = 'unreadable';
      this.#unreadable.add(entry.id);
      this.#upkeep.begin();
      this.#changed.fire(entry);
    } else {
      this.#held.drop(entry.id);
      this.#changed.fire(undefined);
    }
    if (saved) this.#leftOut.fire([saved]);
    return undefined;
  }

  /**
   * @param batchSize asked for once for a thousand look-ups: VS Code takes a millisecond to tell what the settings say
   * @returns it, where its Answer was read
   */
  #add(saved: Extract<SavedLookUp, { kind: 'listed' | 'restored' }>, batchSize: number): HeldLookUp[] {
    const { card } = saved;
    if (this.#held.get(card.id)) return [];
    const account = this.#accountOf(card.account.id) ?? card.account;
    if (saved.kind === 'listed') {
      this.#held.add(heldAtRest(listedFrom(saved.card, account, batchSize)));
      return [];
    }
    const held = heldAtRest(entryOf(saved, account, batchSize), saved);
    this.#held.add(held);
    return [held];
  }

  /** Puts what was read from the disk in the place of what was known. */
  #fill(held: HeldLookUp, saved: RestoredEntry): void {
    const { entry } = held;
    const { name, pinned } = entry;
    Object.assign(entry, entryOf(saved, entry.account, this.#batchSize()));
    // What the user changed a moment ago is not in the card yet.
    if (held.hasOldCard) Object.assign(entry, { name, pinned });
    held.ledger = saved.ledger;
    held.state = saved.state;
    held.check = saved.check;
    held.arePlacesUnread = saved.arePlacesUnread;
    if (!held.ledger || held.arePlacesUnread) this.#upkeep.begin();
  }

  /** Where a ledger told something else than its card, the card says it from now on. */
  async #mendAll(all: readonly HeldLookUp[]): Promise<void> {
    for (const held of all) {
      const { entry } = held;
      if (this.#isDisposed || !isRead(entry) || entry.state === 'running' || this.#held.get(entry.id) !== held)
        continue;
      held.hasOldCard = !(await this.#saved.mend(cardOf(entry, held.ledger))) || held.isApart;
      if (held.hasOldCard) this.#upkeep.begin();
    }
  }

  #isAnythingToDo(): boolean {
    return this.#isUnlisted || this.#unreadable.size > 0 || this.#held.all().some(isToDo);
  }

  /**
   * Tries again what could not be had: a window that ended without a word may keep its look-ups for minutes, since VS Code's
   * server waits for it to come back; a disk may have room again, a file may be read again.
   */
  async #tend(): Promise<void> {
    if (this.#isUnlisted) await this.#restoreAll().catch(() => {});
    for (const id of this.#unreadable) await this.#readAgain(id);
    for (const held of this.#held.all().filter(isToDo)) {
      const { entry } = held;
      if (held.ledger?.isBroken && entry.state !== 'running') await this.leaveIfTaken(held);
      await this.readPlaces(held);
      if (isRead(entry) && !held.ledger) await this.takeOver(held);
      else if (entry.notKept !== undefined && entry.state !== 'running') await this.makeWhole(held);
      // What was removed meanwhile stays out of sight.
      if (held.hasOldCard && this.#held.get(entry.id) === held) await this.writeCard(held);
    }
  }

  /** Reads where the ids of a look-up stood, where that could not be read before. */
  async readPlaces(held: HeldLookUp): Promise<void> {
    const { entry } = held;
    if (!held.arePlacesUnread || !isRead(entry)) return;
    const stored = await this.#saved.places(entry.id);
    if (!stored || !held.arePlacesUnread) return;
    held.arePlacesUnread = false;
    const places = held.check?.places ?? idPlacesFrom(stored, (id) => entry.answer.asked.find(id));
    Object.assign(entry, { places, document: entry.checkSource?.uri ?? (stored.uri || entry.document) });
    this.#changed.fire(entry);
  }

  async #readAgain(id: string): Promise<void> {
    const held = this.#held.get(id);
    if (held?.reading) return;
    const isListed = held !== undefined && !isRead(held.entry);
    const saved = await (isListed ? this.#onDisk(held) : this.#saved.read(id));
    if (saved?.kind === 'unreadable' || this.#isDisposed) return;
    this.#unreadable.delete(id);
    if (isListed) this.#arrived(held, saved);
    else if (saved?.kind === 'restored') {
      void this.#mendAll(this.#add(saved, this.#batchSize()));
      this.#changed.fire(undefined);
    } else if (saved) this.#leftOut.fire([saved]);
  }

  /**
   * Writes a look-up at rest down, if its ledger has broken off, or is of another version or damaged, and otherwise what was
   * learnt and is not in it. Asked for while that is being done, it is done once more: a fact that was learnt meanwhile is not in
   * lines that were made before.
   */
  makeWhole(held: HeldLookUp): Promise<void> {
    held.isToPrepare = true;
    held.preparing ??= this.#makeWhole(held);
    return held.preparing;
  }

  async #makeWhole(held: HeldLookUp): Promise<void> {
    try {
      while (held.isToPrepare) {
        held.isToPrepare = false;
        await this.#writeWhole(held);
      }
    } finally {
      held.preparing = undefined;
    }
  }

  async #writeWhole(held: HeldLookUp): Promise<void> {
    const { entry, state } = held;
    if (!isRead(entry) || !state) return;
    if (held.ledger?.isBroken === false) await this.#appendLearnt(held);
    // What the whole is written of has all that was learnt.
    if (held.ledger?.isBroken !== false) held.check?.takeUnkept();
    const problem = await this.#saved.makeWhole(cardOf(entry, held.ledger), state, held.check?.notes());
    if (problem !== undefined) this.#upkeep.begin();
    this.#tell(held, problem);
  }

  /** Keeps what was learnt of the records of a look-up of which no run is going on. */
  async keepLearnt(held: HeldLookUp): Promise<void> {
    if (!held.ledger || !held.check?.hasUnkept) return;
    await this.makeWhole(held);
    await this.writeCard(held);
  }

  async #appendLearnt({ ledger, check, entry }: HeldLookUp): Promise<void> {
    const notes = check?.takeUnkept() ?? [];
    // One that fails breaks the ledger off, which is then written anew.
    if (ledger && notes.length > 0) await appendNotes(ledger, notes, entry.state === 'ended').catch(() => {});
  }

  /** Writes down what a look-up has become, now or as soon as that can be done. */
  async writeCard(held: HeldLookUp): Promise<void> {
    const { entry } = held;
    const { id, name, pinned, stopped } = entry;
    held.hasOldCard = true;
    const isAnew = isRead(entry);
    // Both are asked for at once: when the window closes meanwhile, neither is left out.
    const puttingBack = held.isApart ? this.#saved.putBack(id).then(() => undefined, withoutPath) : undefined;
    const isWritten = isAnew
      ? await this.#saved.update(cardOf(entry, held.ledger))
      : await this.#saved.amend(id, { name, pinned, stopped });
    if (puttingBack) {
      const problem = await puttingBack;
      // A card that is written anew does as well as the old one.
      held.notBack = isAnew && isWritten ? undefined : problem;
      held.isApart = held.notBack !== undefined;
    }
    if (puttingBack || held.ledger?.problem !== undefined) this.#tell(held, held.ledger?.problem);
    held.hasOldCard = !isWritten || held.isApart;
    if (held.hasOldCard) this.#upkeep.begin();
  }

  /** Shows a look-up again that was removed, and puts its card back, now or as soon as that can be done. */
  bringBack(held: HeldLookUp): Promise<void> {
    held.isApart = true;
    this.#held.add(held);
    return this.writeCard(held);
  }

  /** Tries once more to put back what was brought back, and to write down what could not be, after what is under way. */
  async writeLeft(): Promise<void> {
    const left = this.#held.all().filter(({ isApart, hasOldCard }) => isApart || hasOldCard);
    await Promise.all(left.map((held) => this.writeCard(held)));
  }

  /** @param problem why its ledger is not kept; undefined when it is */
  #tell({ entry, notBack }: HeldLookUp, problem: string | undefined): void {
    const notKept = problem ?? notBack;
    if (notKept === entry.notKept) return;
    entry.notKept = notKept;
    this.#changed.fire(entry);
  }

  /** Another window may have gone on with it while this one slept: then it is as one that another window has. */
  async leaveIfTaken(held: HeldLookUp): Promise<void> {
    const { entry } = held;
    if (!held.ledger || !(await this.#saved.isTaken(entry.id))) return;
    held.ledger = undefined;
    if (entry.state === 'paused') entry.stopped = { kind: 'openElsewhere' };
    this.#changed.fire(entry);
  }

  /**
   * Makes another window's look-up this one's own, as far as that one had come. False while the other has it, and where there is
   * none any more: then it is shown no longer, as no window has it.
   */
  takeOver(held: HeldLookUp): Promise<boolean> {
    const take = async () => {
      const { id } = held.entry;
      const saved = await this.#saved.take(id);
      if (saved?.kind !== 'restored' || !saved.ledger) {
        const isGone = saved ? saved.kind === 'damaged' : !held.isApart && !(await this.#saved.isInSight(id));
        if (isGone) this.#arrived(held, saved);
        this.#upkeep.begin();
        return false;
      }
      this.#fill(held, saved);
      this.#changed.fire(undefined);
      return true;
    };
    held.taking ??= take().finally(() => {
      held.taking = undefined;
    });
    return held.taking;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#upkeep.dispose();
    this.#leftOut.dispose();
  }
}

/** Something of it could not be had or written. */
function isToDo({ ledger, entry, hasOldCard, arePlacesUnread }: HeldLookUp): boolean {
  return (isRead(entry) && !ledger) || entry.notKept !== undefined || hasOldCard || arePlacesUnread;
}
