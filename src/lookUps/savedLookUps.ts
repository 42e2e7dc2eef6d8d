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
import { type Disk, nodeDisk, withoutPath } from '../editor/disk.ts';
import { waitFor } from '../editor/patience.ts';
import { type StoredPlaces, storedText } from '../ids/storedPlaces.ts';
import { ClaimedLookUps } from './claimedLookUps.ts';
import { LedgerFile } from './ledgerFile.ts';
import { LeftLookUps } from './leftLookUps.ts';
import { cardText, headOf, type LookUpCard } from './lookUpCard.ts';
import { LookUpFolder } from './lookUpFolder.ts';
import { closing } from './pendingWork.ts';
import { type OpenLedger, ReturningLookUps, type SavedLookUp } from './returningLookUps.ts';
import type { RestoredEntry } from './savedAnswers.ts';
import { SavedCards, type UnreadLookUp } from './savedCards.ts';
import { SavedGroups } from './savedGroups.ts';

/** How long a window that closes waits for what is under way: the editor gives it some five seconds for everything. */
const closingPatience = 3000;

export class SavedLookUps {
  readonly groups: SavedGroups;
  readonly #folder: LookUpFolder;
  readonly #disk: Disk;
  readonly #cards: SavedCards;
  /** Look-ups of which this window has the ledger. */
  readonly #open = new Map<string, OpenLedger>();
  /** Those that this window has taken out of sight, or is about to. */
  readonly #apart = new Set<string>();
  readonly #claimed: ClaimedLookUps;
  readonly #left: LeftLookUps;
  readonly #returning: ReturningLookUps;
  #closed: Promise<void> | undefined;

  /**
   * @param folder of this workspace; made when the first look-up is kept
   * @param moment milliseconds until another window is asked again whether it lets go of its look-ups
   */
  constructor(folder: string, moment = 500, disk: Disk = nodeDisk, claims = new Claims(folder)) {
    this.#folder = new LookUpFolder(folder, disk);
    this.groups = new SavedGroups(this.#folder, disk);
    this.#disk = disk;
    this.#cards = new SavedCards(this.#folder, disk, claims);
    const isOpen = (id: string) => this.#open.has(id);
    this.#claimed = new ClaimedLookUps(claims, this.#folder, isOpen);
    const { groups } = this;
    const parts = { folder: this.#folder, disk, claimed: this.#claimed, cards: this.#cards, groups };
    this.#left = new LeftLookUps({ ...parts, claims, isOpen });
    const remove = (id: string) => this.#remove(id);
    this.#returning = new ReturningLookUps({ ...parts, left: this.#left, open: this.#open, remove, moment });
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
    const kept: OpenLedger = {
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
   * @throws when it stays in sight
   */
  setApart(id: string): Promise<boolean> {
    this.#claimed.leaveForNext(id, false);
    const work = async () => {
      const kept = this.#open.get(id);
      const isOwn = kept?.isPrepared ? !(await this.#isGone(id, kept)) : await this.#claimed.take(id);
      if (!isOwn) return false;
      this.#apart.add(id);
      await this.#folder.setApart(id);
      return true;
    };
    const unlessInSight = async (error: unknown) => {
      // Nothing of it may have been written.
      if (!(await this.isInSight(id))) return true;
      this.#apart.delete(id);
      throw error;
    };
    return this.#claimed.inTurn(id, () => work().catch(unlessInSight)).catch(unlessInSight);
  }

  /** Undoes {@link setApart}. Where that fails, and is not done until this window closes, the next start does it. */
  putBack(id: string): Promise<void> {
    // What was never moved is there for the next start, which would meet a claim that nobody keeps.
    this.#claimed.leaveForNext(id, this.#apart.has(id));
    return this.#claimed.inTurn(id, async () => {
      await this.#folder.putBack(id);
      this.#apart.delete(id);
      this.#claimed.leaveForNext(id, false);
    });
  }

  /** See {@link ReturningLookUps.restore}. */
  restore(): AsyncGenerator<readonly SavedLookUp[]> {
    return this.#returning.restore();
  }

  /** See {@link ReturningLookUps.read}. */
  read(id: string): Promise<RestoredEntry | UnreadLookUp | undefined> {
    return this.#returning.read(id);
  }

  /** See {@link ReturningLookUps.take}. */
  take(id: string): Promise<RestoredEntry | UnreadLookUp | undefined> {
    return this.#returning.take(id);
  }

  /** Whether a look-up has a card that every window meets; true where that cannot be told. */
  isInSight(id: string): Promise<boolean> {
    return this.#folder.isInSight(id).catch(() => true);
  }

  /** See {@link SavedCards.places}. */
  places(id: string): Promise<StoredPlaces | undefined> {
    return this.#cards.places(id);
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

  async #prepare(kept: OpenLedger): Promise<void> {
    await kept.prepare();
    kept.isPrepared = true;
  }

  /** True when this window's claim is not there any more: the look-up was removed, or another window took this one for dead. */
  async #isGone(id: string, { file }: OpenLedger): Promise<boolean> {
    if (await this.#claimed.isOwn(id)) return false;
    if (await this.#claimed.isElsewhere(id)) file.breakOff('Another window keeps this lookup.');
    else if (await this.#folder.isInSight(id)) file.breakOff('Another window has changed the file.');
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
      return isLost === true && (await this.#folder.isInSight(id));
    };
    return this.#claimed.inTurn(id, work).catch(() => false);
  }

  /** One that another window removes at the same moment does not come back as a card without a ledger. */
  async #writeUnlessRemoved(card: LookUpCard): Promise<void> {
    await this.#cards.write(card);
    const isGone = !(await this.#claimed.isOwn(card.id)) && !(await this.#folder.hasLedger(card.id));
    if (isGone) await this.#folder.remove(card.id);
  }

  async #writeCard(card: LookUpCard, kept: OpenLedger): Promise<void> {
    await this.#writeUnlessRemoved(card);
    this.#claimed.leaveForNext(card.id, false);
    kept.isOfFirstVersion = false;
  }
}
