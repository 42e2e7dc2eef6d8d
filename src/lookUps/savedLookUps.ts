/**
 * Look-ups on disk: what survives a reload or a killed editor. For each look-up a ledger (core/ledger: what was answered, ids
 * and association types only), a card (which account, when, its name) and the places its ids came from. Never a token.
 *
 * A file that cannot be read at the moment is left as it is, and tried again: only what does not exist is absent. Look-ups of
 * version 0.1.0 are read where they are and go on in files of their own beside, so that 0.1.0 still finds all it wrote.
 */
import { isDeepStrictEqual } from 'node:util';
import { wholeLines } from '../core/ledger/wholeLines.ts';
import type { Note } from '../core/ledger/writtenLines.ts';
import type { LookUpState } from '../core/lookUp/lookUpState.ts';
import { Claims } from '../editor/claim.ts';
import { type Disk, isMissing, nodeDisk } from '../editor/disk.ts';
import { waitFor } from '../editor/patience.ts';
import { type StoredPlaces, storedText } from '../ids/storedPlaces.ts';
import { ClaimedLookUps } from './claimedLookUps.ts';
import { LedgerFile } from './ledgerFile.ts';
import { LeftLookUps } from './leftLookUps.ts';
import { cardText, headOf, type LookUpCard, type VouchingCard } from './lookUpCard.ts';
import { LookUpFolder } from './lookUpFolder.ts';
import { closing } from './pendingWork.ts';
import { type RestoredEntry, SavedAnswers } from './savedAnswers.ts';
import { readAtOnce, SavedCards, type UnreadLookUp, withoutPath } from './savedCards.ts';
import { SavedGroups } from './savedGroups.ts';

/** How often the folder is tried to be listed at the start, where it cannot be. */
const listTries = 5;

/** How long a window that closes waits for what is under way: the editor gives it some five seconds for everything. */
const closingPatience = 3000;

/** How many moments another window has to let go of a look-up, from the start on. */
const moments = 20;

/** listed: its card tells what its row needs, and {@link SavedLookUps.read} brings the rest. */
export type SavedLookUp = { readonly kind: 'listed'; readonly card: VouchingCard } | RestoredEntry | UnreadLookUp;

/** elsewhere: another window has it. none: there is nothing to show. */
type Restored = RestoredEntry | UnreadLookUp | 'elsewhere' | 'none';

interface Kept {
  readonly file: LedgerFile;
  /** Makes what has to be there before the ledger. Can be tried again. */
  readonly prepare: () => Promise<void>;
  isPrepared: boolean;
  /** Written by 0.1.0, and so far by nobody else. */
  isOfFirstVersion: boolean;
}

function nothingIfMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

export class SavedLookUps {
  readonly groups: SavedGroups;
  readonly #folder: LookUpFolder;
  readonly #moment: number;
  readonly #disk: Disk;
  readonly #cards: SavedCards;
  readonly #answers: SavedAnswers;
  /** Look-ups of which this window has the ledger. */
  readonly #open = new Map<string, Kept>();
  /** Those that this window has taken out of sight. */
  readonly #apart = new Set<string>();
  readonly #claimed: ClaimedLookUps;
  readonly #left: LeftLookUps;
  #closed: Promise<void> | undefined;
  /** Another window is waited for so long; see {@link moments}. By `performance.now`. */
  #patienceEnds: number | undefined;

  /**
   * @param folder of this workspace; made when the first look-up is kept
   * @param moment milliseconds until another window is asked again whether it lets go of its look-ups
   */
  constructor(folder: string, moment = 500, disk: Disk = nodeDisk, claims = new Claims(folder)) {
    this.#folder = new LookUpFolder(folder, disk);
    this.groups = new SavedGroups(this.#folder, disk);
    this.#moment = moment;
    this.#disk = disk;
    this.#cards = new SavedCards(this.#folder, disk, claims);
    this.#answers = new SavedAnswers(this.#folder, disk, this.#cards);
    const isOpen = (id: string) => this.#open.has(id);
    this.#claimed = new ClaimedLookUps(claims, this.#folder, isOpen);
    const { groups } = this;
    const parts = { folder: this.#folder, disk, claims, claimed: this.#claimed, cards: this.#cards, groups, isOpen };
    this.#left = new LeftLookUps(parts);
  }

  /** How many old look-ups went when this window started, since only so many are kept beside the pinned ones. */
  get removedAsOld(): number {
    return this.#left.removedAsOld;
  }

  /** Starts to keep a look-up. What cannot be written is told by the ledger's `append`. */
  begin(card: LookUpCard, places: StoredPlaces): LedgerFile {
    const { id } = card;
    const paths = this.#folder.paths(id);
    const prepare = async () => {
      await this.#folder.make();
      await this.#claimed.claim(id);
      await this.#disk.replace(paths.places, storedText(places));
      await this.#disk.replace(paths.card, [cardText(card)]);
    };
    // A moment later, when `kept` is there.
    const prepared = this.#claimed.inTurn(id, () => this.#prepare(kept));
    const kept: Kept = {
      file: LedgerFile.create(paths.ledger, prepared, { disk: this.#disk, head: headOf(card) }),
      prepare,
      isPrepared: false,
      isOfFirstVersion: false,
    };
    this.#open.set(id, kept);
    this.#claimed.inTurn(id, () => kept.file.ready).catch(() => {});
    return kept.file;
  }

  /** Writes down what a look-up has become. @returns false when it could not be written and is to be tried again */
  update(card: LookUpCard): Promise<boolean> {
    return this.#claimed.inTurn(card.id, () => this.#update(card)).catch(() => false);
  }

  async #update(card: LookUpCard): Promise<boolean> {
    const kept = this.#open.get(card.id);
    if (!kept) return true;
    const { file } = kept;
    // A card that tells of an end beside an empty ledger looks as if somebody had taken the ledger away: both come together.
    if (file.isBroken && file.bytes === 0 && !file.isGone) return false;
    if (!kept.isPrepared) await this.#prepare(kept);
    // What was removed meanwhile, by another window or from outside, does not come back as a card without a ledger.
    if (file.isGone) return true;
    if (await this.#isGone(card.id, kept)) return file.isGone;
    await this.#writeCard(card, kept);
    return true;
  }

  /**
   * Changes the card of a look-up that is only listed. Nothing is changed where another window keeps it.
   * @returns false when it could not be written and is to be tried again
   */
  amend(id: string, change: Partial<Pick<LookUpCard, 'name' | 'pinned' | 'stopped'>>): Promise<boolean> {
    const work = async () => {
      if (!(await this.#claimed.take(id))) return true;
      // Another window may have taken the look-up further since it was listed.
      const { cards, unread } = await this.#cards.read([id]);
      for (const card of cards) await this.#writeUnlessRemoved({ ...card, ...change });
      return unread[0]?.kind !== 'unreadable';
    };
    return this.#claimed.inTurn(id, work).catch(() => false);
  }

  /** Claims a look-up that is only listed. @returns false while another window has it @throws when that cannot be told */
  own(id: string): Promise<boolean> {
    return this.#claimed.inTurn(id, () => this.#claimed.take(id));
  }

  /** Has the card of a look-up that was read tell what its ledger told, where it did not. One of 0.1.0 is left alone. */
  mend(card: LookUpCard): Promise<boolean> {
    const work = async () => {
      const kept = this.#open.get(card.id);
      if (!kept || kept.isOfFirstVersion) return true;
      const [before] = (await this.#cards.read([card.id])).cards;
      const data = (each: LookUpCard): unknown => JSON.parse(cardText(each));
      return !before || isDeepStrictEqual(data(before), data(card)) || this.#update(card);
    };
    return this.#claimed.inTurn(card.id, work).catch(() => false);
  }

  /**
   * Writes a look-up at rest down as a whole, where its ledger has broken off or is not one that lines can follow.
   * @param notes of its check
   * @returns why it is not kept; undefined when it is
   */
  makeWhole(card: LookUpCard, state: LookUpState, notes: Iterable<Note> = []): Promise<string | undefined> {
    return this.#claimed.inTurn(card.id, () => this.#makeWhole(card, state, notes)).catch(withoutPath);
  }

  async #makeWhole(card: LookUpCard, state: LookUpState, notes: Iterable<Note>): Promise<string | undefined> {
    const kept = this.#open.get(card.id);
    if (!kept) return 'It was removed.';
    if (!kept.file.isBroken || kept.file.isHopeless) return kept.file.problem;
    try {
      if (!kept.isPrepared) await this.#prepare(kept);
      else if (await this.#isGone(card.id, kept)) return kept.file.problem;
      const { answer, pages } = state;
      await kept.file.rewrite((unknown) => wholeLines(answer, pages.standStill(), card.ended, unknown, notes));
      await this.#writeCard({ ...card, ledgerBytes: kept.file.bytes }, kept);
      return undefined;
    } catch (error) {
      kept.file.breakOff(error);
      throw error;
    }
  }

  /**
   * Deletes what is kept of a look-up, also where another window has it, which a user who removes it cannot know: that window
   * goes on with what it has in memory, finds its files gone at its next answer and says that they are not kept any more.
   */
  remove(id: string): Promise<void> {
    return this.#claimed.inTurn(id, () => this.#remove(id));
  }

  /**
   * Deletes what was set apart, unless another window, which took this one for dead, has put it back meanwhile: then the claim is not
   * this window's any more, whether or not the other one has let go of it.
   */
  removeApart(id: string): Promise<void> {
    return this.#claimed.inTurn(id, async () => {
      const isOthers = this.#apart.has(id) ? !(await this.#claimed.isOwn(id)) : await this.#claimed.isElsewhere(id);
      if (isOthers) return;
      try {
        await this.#remove(id);
      } catch (error) {
        // A start that meets it claimed would put it back, as where this window ends without a word.
        await this.#claimed.release(id);
        throw error;
      }
    });
  }

  async #remove(id: string): Promise<void> {
    await this.#folder.remove(id);
    this.#open.delete(id);
    this.#apart.delete(id);
    this.#claimed.forget(id);
  }

  /**
   * Takes a look-up out of sight of every window, so that it can be put back: it stays claimed by this one.
   * @returns false when another window has it, or it was removed: then nothing is done
   */
  setApart(id: string): Promise<boolean> {
    this.#claimed.leaveForNext(id, false);
    return this.#claimed.inTurn(id, async () => {
      const kept = this.#open.get(id);
      const isOwn = kept?.isPrepared ? !(await this.#isGone(id, kept)) : await this.#claimed.take(id);
      if (!isOwn) return false;
      await this.#folder.setApart(id);
      this.#apart.add(id);
      return true;
    });
  }

  /** Undoes {@link setApart}. Where that fails, and is not done until this window closes, the next start does it. */
  putBack(id: string): Promise<void> {
    this.#claimed.leaveForNext(id, true);
    return this.#claimed.inTurn(id, async () => {
      await this.#folder.putBack(id);
      this.#apart.delete(id);
      this.#claimed.leaveForNext(id, false);
    });
  }

  /**
   * The look-ups that are kept, some at a time: those first whose cards tell what a row needs. The others are read: a card from
   * before a kill, of a damaged ledger or of an earlier version does not tell it. The window that this one replaces may need a
   * moment to let go of its own. Those that another window still has after that are read as far as it has come, without a
   * ledger: only one may write.
   */
  async *restore(): AsyncGenerator<readonly SavedLookUp[]> {
    const { cards, vouching, unread } = await this.#left.withoutSurplus(await this.#cards.read(await this.#ids()));
    // What was begun meanwhile is there already, and may have nothing in its ledger yet.
    const left = cards.filter(({ id }) => !this.#open.has(id));
    this.#startPatience();
    const listed = left.flatMap(({ id }) => vouching.get(id) ?? []);
    yield [...unread, ...listed.map((card) => ({ kind: 'listed', card }) as const)];
    let waiting = left.filter(({ id }) => !vouching.has(id));
    while (waiting.length > 0) {
      const elsewhere: LookUpCard[] = [];
      for (let first = 0; first < waiting.length; first += readAtOnce) {
        const some = waiting.slice(first, first + readAtOnce);
        const restore = (card: LookUpCard) => this.#claimed.inTurn(card.id, () => this.#restoreClaimed(card));
        // A window that closes shows none any more.
        const saved = await Promise.all(some.map((card) => restore(card).catch(() => 'none' as const)));
        elsewhere.push(...some.filter((_, at) => saved[at] === 'elsewhere'));
        yield saved.filter((each) => each !== 'elsewhere' && each !== 'none');
      }
      waiting = elsewhere;
      if (waiting.length === 0 || !(await this.#isPatient())) break;
    }
    for (const card of waiting) {
      const seen = await this.#answers.look(card).catch(() => undefined);
      if (seen) yield [seen];
    }
    for await (const id of this.#left.settleApart()) {
      const back = await this.read(id);
      if (back) yield [back];
    }
    await this.groups.removeEmpty().catch(() => {});
    await this.#left.removeLeftovers().catch(() => {});
  }

  #startPatience(): void {
    this.#patienceEnds ??= performance.now() + moments * this.#moment;
  }

  /** Waits a moment, unless that was done long enough. */
  async #isPatient(): Promise<boolean> {
    this.#startPatience();
    if (performance.now() > this.#patienceEnds!) return false;
    await new Promise((resolve) => setTimeout(resolve, this.#moment));
    return true;
  }

  /**
   * A look-up that was listed, with its Answer: now this window's own or, while another one keeps it, as far as that one has come.
   * Undefined when there is none any more. Never rejects, nor does {@link take}.
   */
  async read(id: string): Promise<RestoredEntry | UnreadLookUp | undefined> {
    const unreadable = (detail: string): UnreadLookUp => ({ kind: 'unreadable', id, detail });
    try {
      for (;;) {
        const saved = await this.#claimed.inTurn(id, () => this.#restoreOne(id));
        if (saved === 'none') return undefined;
        if (saved !== 'elsewhere') return saved;
        if (await this.#isPatient()) continue;
        const [card] = (await this.#cards.read([id])).cards;
        const seen = card && (await this.#answers.look(card).catch(nothingIfMissing));
        // The other one may have removed it at this moment.
        if (seen || !(await this.#isInSight(id))) return seen;
        return unreadable('Another window has it, and it cannot be read.');
      }
    } catch (error) {
      return unreadable(withoutPath(error));
    }
  }

  /** A look-up of which another window has let go, or that can be read again, now this window's own; undefined while it is not. */
  async take(id: string): Promise<RestoredEntry | UnreadLookUp | undefined> {
    const saved = await this.#claimed.inTurn(id, () => this.#restoreOne(id)).catch(() => undefined);
    return typeof saved === 'string' ? undefined : saved;
  }

  /** Deletes what was set aside, in this session and before. */
  removeSetAside(): Promise<void> {
    return this.#folder.removeSetAside();
  }

  /**
   * Lets go of each look-up as soon as nothing is under way with it, and of the heartbeat after the last. Never rejects.
   * @param patience milliseconds: what is still under way then keeps its claim, and the heartbeat, until it is done or this
   * process is gone
   */
  close(patience = closingPatience): Promise<void> {
    this.#closed ??= this.#claimed.close((id) => this.#open.get(id)?.file.breakOff(closing));
    return waitFor(this.#closed, patience);
  }

  async #prepare(kept: Kept): Promise<void> {
    await kept.prepare();
    kept.isPrepared = true;
  }

  /** True when this window's claim is not there any more: the look-up was removed, or another window took this one for dead. */
  async #isGone(id: string, { file }: Kept): Promise<boolean> {
    if (await this.#claimed.isOwn(id)) return false;
    if (await this.#claimed.isElsewhere(id)) file.breakOff('Another window keeps this lookup.');
    else if (await this.#isInSight(id)) file.breakOff('Another window has changed the file.');
    else file.forget();
    return true;
  }

  /**
   * Whether another window took this one for dead, as after the computer slept, and keeps the look-up or has let go of it: what this
   * one knows of it may be less by now. False where that cannot be told, and where the look-up was removed.
   */
  isTaken(id: string): Promise<boolean> {
    const work = async () => {
      const isLost = this.#open.get(id)?.isPrepared && !(await this.#claimed.isOwn(id));
      return isLost === true && (await this.#isInSight(id));
    };
    return this.#claimed.inTurn(id, work).catch(() => false);
  }

  async #isInSight(id: string): Promise<boolean> {
    return (await this.#folder.ids()).includes(id);
  }

  async #restoreOne(id: string): Promise<Restored> {
    const { cards, unread } = await this.#cards.read([id]);
    return cards[0] ? this.#restoreClaimed(cards[0]) : (unread[0] ?? 'none');
  }

  async #restoreClaimed(card: LookUpCard): Promise<Restored> {
    try {
      if (!(await this.#claimed.take(card.id))) return 'elsewhere';
      // The window that had it may have written its card once more before it let go.
      const [now = card] = (await this.#cards.read([card.id])).cards;
      return await this.#own(now);
    } catch (error) {
      // This window cannot write, which says nothing of another one that has it.
      if (await this.#claimed.isElsewhere(card.id)) return 'elsewhere';
      // The folder cannot be written: what is in it is shown all the same, and can be written down when that is over.
      return this.#own(card, withoutPath(error));
    }
  }

  /** @param unclaimed why it could not be claimed, if it could not: then nothing of it is removed and nothing set aside */
  async #own(card: LookUpCard, unclaimed?: string): Promise<Restored> {
    const { id } = card;
    const length = unclaimed === undefined ? undefined : await this.#lengthOf(id);
    const restored = await this.#answers.restore(card, unclaimed);
    if (restored === 'none') {
      if (unclaimed === undefined) await this.#remove(id).catch(() => {});
    } else if (restored.kind === 'restored') {
      const { ledger: file, isOfFirstVersion } = restored;
      if (unclaimed !== undefined) file.breakOff(unclaimed);
      const prepare = async () => {
        await this.#claimed.claim(id);
        // A window that could claim it may have gone on with it: what is shown here is less, and does not take its place.
        if (unclaimed === undefined || (await this.#lengthOf(id)) === length) return;
        await this.#claimed.release(id);
        throw new Error('Another window has changed the file.');
      };
      this.#open.set(id, { file, prepare, isPrepared: unclaimed === undefined, isOfFirstVersion });
    } else if (restored.kind !== 'damaged') await this.#claimed.release(id);
    return restored;
  }

  /** In bytes, of a ledger; undefined when it cannot be told, or there is only one of 0.1.0. */
  #lengthOf(id: string): Promise<number | undefined> {
    return this.#disk.lengthOf(this.#folder.paths(id).ledger).catch(() => undefined);
  }

  /** Tried for a moment: nothing else would look at the folder again before the next start. */
  async #ids(): Promise<readonly string[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#folder.ids();
      } catch (error) {
        if (tries === listTries) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, this.#moment));
    }
  }

  /** One that another window removes at the same moment does not come back as a card without a ledger. */
  async #writeUnlessRemoved(card: LookUpCard): Promise<void> {
    await this.#cards.write(card);
    const isGone = !(await this.#claimed.isOwn(card.id)) && !(await this.#folder.hasLedger(card.id));
    if (isGone) await this.#folder.remove(card.id);
  }

  async #writeCard(card: LookUpCard, kept: Kept): Promise<void> {
    await this.#writeUnlessRemoved(card);
    this.#claimed.leaveForNext(card.id, false);
    kept.isOfFirstVersion = false;
  }
}
