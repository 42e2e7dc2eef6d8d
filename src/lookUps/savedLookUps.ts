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
import { type Disk, nodeDisk } from '../editor/disk.ts';
import { type StoredPlaces, storedText } from '../ids/storedPlaces.ts';
import { LedgerFile } from './ledgerFile.ts';
import { cardText, headOf, type LookUpCard, type VouchingCard } from './lookUpCard.ts';
import { LookUpFolder } from './lookUpFolder.ts';
import { type RestoredEntry, SavedAnswers } from './savedAnswers.ts';
import { readAtOnce, SavedCards, type UnreadLookUp, withoutPath } from './savedCards.ts';
import { lookUpsOf, type ReadGroups, SavedGroups } from './savedGroups.ts';

/** Look-ups kept beside the pinned ones; the oldest go first. */
export const mostKept = 50;

/** How often the folder is tried to be listed at the start, where it cannot be. */
const listTries = 5;

/** How long a window that closes waits for what is being written: the editor gives it some five seconds for everything. */
const closingPatience = 3000;

/** For the log. */
const unreadableElsewhere = 'Another window has it, and it cannot be read.';

/** How many moments another window has to let go of a look-up, from the start on. */
const moments = 20;

/** listed: its card tells what its row needs, and {@link SavedLookUps.read} brings the rest. */
export type SavedLookUp = { readonly kind: 'listed'; readonly card: VouchingCard } | RestoredEntry | UnreadLookUp;

interface Kept {
  readonly file: LedgerFile;
  /** Makes what has to be there before the ledger. Can be tried again. */
  readonly prepare: () => Promise<void>;
  isPrepared: boolean;
  /** Written by 0.1.0, and so far by nobody else. */
  isOfFirstVersion: boolean;
}

export class SavedLookUps {
  readonly groups: SavedGroups;
  readonly #folder: LookUpFolder;
  readonly #moment: number;
  readonly #disk: Disk;
  readonly #claims: Claims;
  readonly #cards: SavedCards;
  readonly #answers: SavedAnswers;
  /** Look-ups of which this window has the ledger. */
  readonly #open = new Map<string, Kept>();
  /** Look-ups that this window has claimed without having read their ledgers. */
  readonly #owned = new Set<string>();
  readonly #writing = new Map<string, Promise<void>>();
  /** Another window is waited for so long; see {@link moments}. By `performance.now`. */
  #patienceEnds: number | undefined;
  #removedAsOld = 0;

  /**
   * @param folder of this workspace; made when the first look-up is kept
   * @param moment milliseconds until another window is asked again whether it lets go of its look-ups
   */
  constructor(folder: string, moment = 500, disk: Disk = nodeDisk, claims = new Claims(folder)) {
    this.#folder = new LookUpFolder(folder, disk);
    this.groups = new SavedGroups(this.#folder, disk);
    this.#moment = moment;
    this.#disk = disk;
    this.#claims = claims;
    this.#cards = new SavedCards(this.#folder, disk, claims);
    this.#answers = new SavedAnswers(this.#folder, disk, this.#cards);
  }

  /** How many old look-ups went when this window started, since only so many are kept beside the pinned ones. */
  get removedAsOld(): number {
    return this.#removedAsOld;
  }

  /** Starts to keep a look-up. What cannot be written is told by the ledger's `append`. */
  begin(card: LookUpCard, places: StoredPlaces): LedgerFile {
    const paths = this.#folder.paths(card.id);
    const prepare = async () => {
      await this.#folder.make();
      await this.#claim(card.id);
      await this.#disk.replace(paths.places, storedText(places));
      await this.#disk.replace(paths.card, [cardText(card)]);
    };
    // A moment later, when `kept` is there.
    const prepared = Promise.resolve().then(() => this.#prepare(kept));
    const kept: Kept = {
      file: LedgerFile.create(paths.ledger, prepared, { disk: this.#disk, head: headOf(card) }),
      prepare,
      isPrepared: false,
      isOfFirstVersion: false,
    };
    this.#open.set(card.id, kept);
    return kept.file;
  }

  /** Writes down what a look-up has become. @returns false when it could not be written and is to be tried again */
  update(card: LookUpCard): Promise<boolean> {
    return this.#inTurn(card.id, () => this.#update(card));
  }

  async #update(card: LookUpCard): Promise<boolean> {
    const kept = this.#open.get(card.id);
    if (!kept) return true;
    try {
      await kept.file.ready;
      if (!kept.isPrepared) await this.#prepare(kept);
      // What was removed meanwhile, by another window or from outside, does not come back as a card without a ledger.
      if (kept.file.isGone || (await this.#isGone(card.id, kept))) return true;
      await this.#writeCard(card, kept);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Changes the card of a look-up that is only listed. Nothing is changed where another window keeps it.
   * @returns false when it could not be written and is to be tried again
   */
  amend(id: string, change: Partial<Pick<LookUpCard, 'name' | 'pinned' | 'stopped'>>): Promise<boolean> {
    return this.#inTurn(id, async () => {
      try {
        if (!(await this.own(id))) return true;
        // Another window may have taken the look-up further since it was listed.
        const [card] = (await this.#cards.read([id])).cards;
        if (card) await this.#cards.write({ ...card, ...change });
        return true;
      } catch {
        return false;
      }
    });
  }

  /** Cards of a look-up are written one after the other, so that the last one stays. */
  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const done = (this.#writing.get(id) ?? Promise.resolve()).then(work);
    const settled = done.then(
      () => {},
      () => {},
    );
    this.#writing.set(id, settled);
    void settled.then(() => this.#writing.get(id) === settled && this.#writing.delete(id));
    return done;
  }

  /** Claims a look-up that is only listed. @returns false while another window has it @throws when that cannot be told */
  async own(id: string): Promise<boolean> {
    if (this.#open.has(id)) return true;
    if (!(await this.#claims.take(this.#folder.paths(id).claim))) return false;
    this.#owned.add(id);
    return true;
  }

  /** Has the card of a look-up that was read tell what its ledger told, where it did not. One of 0.1.0 is left alone. */
  mend(card: LookUpCard): Promise<boolean> {
    return this.#inTurn(card.id, async () => {
      const kept = this.#open.get(card.id);
      if (!kept || kept.isOfFirstVersion) return true;
      const [before] = (await this.#cards.read([card.id])).cards;
      const data = (each: LookUpCard): unknown => JSON.parse(cardText(each));
      return !before || isDeepStrictEqual(data(before), data(card)) || this.#update(card);
    });
  }

  /**
   * Writes a look-up at rest down as a whole, where its ledger has broken off or is not one that lines can follow.
   * @param notes of its check
   * @returns why it is not kept; undefined when it is
   */
  makeWhole(card: LookUpCard, state: LookUpState, notes: Iterable<Note> = []): Promise<string | undefined> {
    return this.#inTurn(card.id, () => this.#makeWhole(card, state, notes));
  }

  async #makeWhole(card: LookUpCard, state: LookUpState, notes: Iterable<Note>): Promise<string | undefined> {
    const kept = this.#open.get(card.id);
    await kept?.file.ready;
    if (!kept?.file.isBroken || kept.file.isHopeless) return kept?.file.problem;
    try {
      if (!kept.isPrepared) await this.#prepare(kept);
      else if (await this.#isGone(card.id, kept)) return kept.file.problem;
      const { answer, pages } = state;
      await kept.file.rewrite((unknown) => wholeLines(answer, pages.standStill(), card.ended, unknown, notes));
      await this.#writeCard({ ...card, ledgerBytes: kept.file.bytes }, kept);
      return undefined;
    } catch (error) {
      kept.file.breakOff(error);
      return withoutPath(error);
    }
  }

  /**
   * Deletes what is kept of a look-up, also where another window has it, which a user who removes it cannot know: that window
   * goes on with what it has in memory, finds its files gone at its next answer and says that they are not kept any more.
   */
  async remove(id: string): Promise<void> {
    const kept = this.#open.get(id);
    this.#open.delete(id);
    this.#owned.delete(id);
    await kept?.file.ready; // files that are just being made would stay
    await this.#folder.remove(id);
  }

  /** Takes a look-up out of sight of every window, so that it can be put back: it stays claimed by this one. */
  async setApart(id: string): Promise<void> {
    await this.#open.get(id)?.file.ready;
    await this.#folder.setApart(id);
  }

  /** Undoes {@link setApart}. */
  putBack(id: string): Promise<void> {
    return this.#folder.putBack(id);
  }

  /** Deletes what a window that ended had set apart. */
  async #sweepApart(): Promise<void> {
    for (const id of await this.#folder.apartIds()) {
      const isMine = this.#open.has(id) || this.#owned.has(id);
      if (!isMine && !(await this.#claims.isElsewhere(this.#folder.paths(id).claim))) await this.#folder.remove(id);
    }
  }

  /**
   * The look-ups that are kept, some at a time: those first whose cards tell what a row needs. The others are read: a card from
   * before a kill, of a damaged ledger or of an earlier version does not tell it. The window that this one replaces may need a
   * moment to let go of its own. Those that another window still has after that are read as far as it has come, without a
   * ledger: only one may write.
   */
  async *restore(): AsyncGenerator<readonly SavedLookUp[]> {
    const { cards, vouching, unread } = await this.#cards.read(await this.#ids());
    const left = await this.#removeOld(cards, await this.groups.read());
    this.#startPatience();
    const listed = left.flatMap(({ id }) => vouching.get(id) ?? []);
    yield [...unread, ...listed.map((card) => ({ kind: 'listed', card }) as const)];
    let waiting = left.filter(({ id }) => !vouching.has(id));
    while (waiting.length > 0) {
      const elsewhere: LookUpCard[] = [];
      for (let first = 0; first < waiting.length; first += readAtOnce) {
        const some = waiting.slice(first, first + readAtOnce);
        const saved = await Promise.all(some.map((card) => this.#restoreClaimed(card)));
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
    await this.#sweepApart().catch(() => {});
    await this.groups.removeEmpty().catch(() => {});
    await this.#folder.removeLeftovers().catch(() => {});
  }

  /**
   * Removes the oldest of those that are not pinned, where there are too many. Look-ups that are held together count as one, stay
   * together and go together; where a group cannot be read nothing goes, since nobody knows what it holds.
   * @returns the others
   */
  async #removeOld(cards: readonly LookUpCard[], { groups, unread }: ReadGroups): Promise<readonly LookUpCard[]> {
    if (unread.some(({ kind }) => kind !== 'damaged')) return cards;
    const left = new Map(cards.map((card) => [card.id, card]));
    const take = (ids: readonly string[]) => {
      const taken = ids.flatMap((id) => left.get(id) ?? []);
      for (const { id } of taken) left.delete(id);
      return taken;
    };
    const together = groups.map((group) => take(lookUpsOf(group)));
    const units = [...together, ...[...left.keys()].map((id) => take([id]))]
      .filter((unit) => unit.length > 0 && !unit.some(({ pinned }) => pinned))
      .sort((one, other) => startOf(one) - startOf(other));
    const surplus = units.slice(0, -mostKept);
    for (const unit of surplus) await this.#removeUnit(unit).catch(() => {}); // tried again at the next start
    const gone = new Set(surplus.flat());
    return cards.filter((card) => !gone.has(card));
  }

  /** Removes look-ups that go together, unless another window has one of them. */
  async #removeUnit(unit: readonly LookUpCard[]): Promise<void> {
    for (const { id } of unit) if (await this.#claims.isElsewhere(this.#folder.paths(id).claim)) return;
    for (const { id } of unit) {
      await this.remove(id);
      this.#removedAsOld++;
    }
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
   * Undefined when there is none any more.
   */
  async read(id: string): Promise<RestoredEntry | UnreadLookUp | undefined> {
    for (;;) {
      const { cards, unread } = await this.#cards.read([id]);
      const [card] = cards;
      if (!card) return unread[0];
      const saved = await this.#restoreClaimed(card);
      if (saved === 'none') return undefined;
      if (saved !== 'elsewhere') return saved;
      if (await this.#isPatient()) continue;
      try {
        const seen = await this.#answers.look(card);
        return seen ?? { kind: 'unreadable', id, detail: unreadableElsewhere };
      } catch (error) {
        return { kind: 'unreadable', id, detail: withoutPath(error) };
      }
    }
  }

  /** A look-up of which another window has let go, or that can be read again, now this window's own; undefined while it is not. */
  async take(id: string): Promise<RestoredEntry | UnreadLookUp | undefined> {
    const { cards, unread } = await this.#cards.read([id]);
    const saved = cards[0] ? await this.#restoreClaimed(cards[0]) : unread[0];
    return saved === 'elsewhere' || saved === 'none' ? undefined : saved;
  }

  /** Deletes what was set aside, in this session and before. */
  removeSetAside(): Promise<void> {
    return this.#folder.removeSetAside();
  }

  /**
   * Lets go of all look-ups, once the files are made and the cards written that were begun. What was appended is on disk already.
   * @param patience milliseconds: a look-up whose files are still not there then stays claimed, until this process is gone
   */
  async close(patience = closingPatience): Promise<void> {
    const busy = await this.#busyAfter(patience);
    const ids = [...this.#open.keys(), ...this.#owned].filter((id) => !busy.has(id));
    this.#open.clear();
    this.#owned.clear();
    await Promise.all(ids.map((id) => this.#claims.release(this.#folder.paths(id).claim).catch(() => {})));
    if (busy.size === 0) await this.#claims.close();
  }

  /** Waits for all files that are being made or written. @returns the look-ups that still have such after so many milliseconds */
  async #busyAfter(patience: number): Promise<ReadonlySet<string>> {
    const unmade = new Set(this.#open.keys());
    const made = [...this.#open].map(([id, { file }]) => file.ready.then(() => unmade.delete(id)));
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        isOver = true;
        resolve();
      }, patience);
    });
    // What ends may be written down once more.
    do await Promise.race([over, Promise.all([...made, ...this.#writing.values()])]);
    while (this.#writing.size > 0 && !isOver);
    clearTimeout(timer);
    return new Set([...unmade, ...this.#writing.keys()]);
  }

  async #prepare(kept: Kept): Promise<void> {
    await kept.prepare();
    kept.isPrepared = true;
  }

  async #claim(id: string): Promise<void> {
    if (!(await this.#claims.take(this.#folder.paths(id).claim))) throw new Error('Another window keeps this lookup.');
  }

  /** True when this window's claim is not there any more: the look-up was removed, or another window took this one for dead. */
  async #isGone(id: string, { file }: Kept): Promise<boolean> {
    const { claim } = this.#folder.paths(id);
    if (await this.#claims.isOwn(claim)) return false;
    if (await this.#claims.isElsewhere(claim)) file.breakOff('Another window keeps this lookup.');
    else file.forget();
    return true;
  }

  async #restoreClaimed(card: LookUpCard): Promise<RestoredEntry | UnreadLookUp | 'elsewhere' | 'none'> {
    try {
      return (await this.#claims.take(this.#folder.paths(card.id).claim)) ? await this.#own(card) : 'elsewhere';
    } catch (error) {
      // The folder cannot be written: what is in it is shown all the same, and can be written down when that is over.
      return this.#own(card, withoutPath(error));
    }
  }

  /** @param unclaimed why it could not be claimed, if it could not */
  async #own(card: LookUpCard, unclaimed?: string): Promise<RestoredEntry | UnreadLookUp | 'none'> {
    const { id } = card;
    const restored = await this.#answers.restore(card);
    if (restored === 'none') await this.remove(id).catch(() => {});
    else if (restored.kind === 'restored') {
      const { ledger: file, isOfFirstVersion } = restored;
      if (unclaimed !== undefined) file.breakOff(unclaimed);
      const prepare = () => this.#claim(id);
      this.#open.set(id, { file, prepare, isPrepared: unclaimed === undefined, isOfFirstVersion });
      this.#owned.delete(id);
    } else if (restored.kind !== 'damaged') await this.#claims.release(this.#folder.paths(id).claim).catch(() => {});
    return restored;
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

  async #writeCard(card: LookUpCard, kept: Kept): Promise<void> {
    await this.#cards.write(card);
    kept.isOfFirstVersion = false;
  }
}

/** When the last of these look-ups began. */
function startOf(unit: readonly LookUpCard[]): number {
  return Math.max(...unit.map(({ startedAt }) => startedAt.getTime()));
}
