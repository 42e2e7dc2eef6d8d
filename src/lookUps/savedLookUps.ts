/**
 * Look-ups on disk: what survives a reload or a killed editor. For each look-up a ledger (core/ledger: what was answered, ids
 * and association types only), a card (which account, when, its name) and the places its ids came from. Never a token.
 *
 * A file that cannot be read at the moment is left as it is, and tried again: only what does not exist is absent. Look-ups of
 * version 0.1.0 are read where they are and go on in files of their own beside, so that 0.1.0 still finds all it wrote.
 */
import type { Question } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import { messageOf } from '../core/domain/thrown.ts';
import { wholeLines } from '../core/ledger/wholeLines.ts';
import type { LookUpState } from '../core/lookUp/lookUpState.ts';
import type { RestoredLookUp } from '../core/lookUp/restore.ts';
import { Claims } from '../editor/claim.ts';
import { codeOf, type Disk, isMissing, nodeDisk } from '../editor/disk.ts';
import { type IdPlaces, idPlacesFrom, noPlaces, type StoredPlaces, storedPlacesSchema } from '../ids/idPlaces.ts';
import { LedgerFile, type ReadLedger, readLedgerFile } from './ledgerFile.ts';
import { cardText, type LookUpCard, readCard } from './lookUpCard.ts';
import { LookUpFolder } from './lookUpFolder.ts';

/** Look-ups kept beside the pinned ones; the oldest go first. */
const mostKept = 50;

/** How often the folder is tried to be listed at the start, where it cannot be. */
const listTries = 5;

/** Files read at once at the start. */
const readAtOnce = 16;

export interface RestoredEntry {
  readonly kind: 'restored';
  readonly card: LookUpCard;
  readonly question: Question;
  readonly state: LookUpState;
  readonly places: IdPlaces;
  /** Missing while another window keeps the look-up. */
  readonly ledger: LedgerFile | undefined;
}

/** A look-up that is not shown. */
export type UnreadLookUp =
  /** It is not what was written, and was set aside under this path. */
  | { readonly kind: 'damaged'; readonly id: string; readonly detail: string; readonly setAside: string }
  /** It could not be read this time. It stays where it is and is tried again. */
  | { readonly kind: 'unreadable'; readonly id: string; readonly detail: string }
  /** A newer version of the extension keeps it. */
  | { readonly kind: 'newer'; readonly id: string; readonly version: number };

export type SavedLookUp = RestoredEntry | UnreadLookUp;

interface Kept {
  readonly file: LedgerFile;
  /** Makes what has to be there before the ledger. Can be tried again. */
  readonly prepare: () => Promise<void>;
  isPrepared: boolean;
}

export class SavedLookUps {
  readonly #folder: LookUpFolder;
  readonly #moment: number;
  readonly #disk: Disk;
  readonly #claims: Claims;
  readonly #open = new Map<string, Kept>();

  /**
   * @param folder of this workspace; made when the first look-up is kept
   * @param moment milliseconds until another window is asked again whether it lets go of its look-ups
   */
  constructor(folder: string, moment = 500, disk: Disk = nodeDisk, claims = new Claims(folder)) {
    this.#folder = new LookUpFolder(folder, disk);
    this.#moment = moment;
    this.#disk = disk;
    this.#claims = claims;
  }

  /** Starts to keep a look-up. What cannot be written is told by the ledger's `append`. */
  begin(card: LookUpCard, places: StoredPlaces): LedgerFile {
    const paths = this.#folder.paths(card.id);
    const prepare = async () => {
      await this.#folder.make();
      await this.#claim(card.id);
      await this.#disk.replace(paths.places, [JSON.stringify(places)]);
      await this.#disk.replace(paths.card, [cardText(card)]);
    };
    // A moment later, when `kept` is there.
    const prepared = Promise.resolve().then(() => this.#prepare(kept));
    const kept: Kept = {
      file: LedgerFile.create(paths.ledger, prepared, { disk: this.#disk }),
      prepare,
      isPrepared: false,
    };
    this.#open.set(card.id, kept);
    return kept.file;
  }

  /** Writes down that a look-up was renamed, pinned, ended... @returns false when it could not be written and is to be tried again */
  async update(card: LookUpCard): Promise<boolean> {
    const kept = this.#open.get(card.id);
    if (!kept) return true;
    try {
      await kept.file.ready;
      if (!kept.isPrepared) await this.#prepare(kept);
      // What was removed meanwhile, by another window or from outside, does not come back as a card without a ledger.
      if (kept.file.isGone || (await this.#isGone(card.id, kept))) return true;
      await this.#writeCard(card);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Writes a look-up at rest down as a whole, where its ledger has broken off or is not one that lines can follow.
   * @returns why it is not kept; undefined when it is
   */
  async makeWhole(card: LookUpCard, state: LookUpState): Promise<string | undefined> {
    const kept = this.#open.get(card.id);
    await kept?.file.ready;
    if (!kept?.file.isBroken || kept.file.isHopeless) return kept?.file.problem;
    try {
      if (!kept.isPrepared) await this.#prepare(kept);
      else if (await this.#isGone(card.id, kept)) return kept.file.problem;
      const { answer, pages } = state;
      await kept.file.rewrite((unknown) => wholeLines(answer, pages.standStill(), card.ended, unknown));
      await this.#writeCard(card);
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
      const isMine = this.#open.has(id);
      if (!isMine && !(await this.#claims.isElsewhere(this.#folder.paths(id).claim))) await this.#folder.remove(id);
    }
  }

  /**
   * The look-ups that are kept, some at a time. The window that this one replaces may need a moment to let go of its own.
   * Those that another window still has after that are read as far as it has come, without a ledger: only one may write.
   */
  async *restore(): AsyncGenerator<readonly SavedLookUp[]> {
    const { cards, unread } = await this.#cards(await this.#ids());
    yield unread;
    const surplus = cards.filter(({ pinned }) => !pinned).slice(0, -mostKept);
    let waiting = cards.filter((card) => !surplus.includes(card));
    for (const card of surplus) {
      if (!(await this.#claims.isElsewhere(this.#folder.paths(card.id).claim)))
        await this.remove(card.id).catch(() => {});
    }
    for (let tries = 0; waiting.length > 0 && tries < 20; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, this.#moment));
      const elsewhere: LookUpCard[] = [];
      for (let first = 0; first < waiting.length; first += readAtOnce) {
        const some = waiting.slice(first, first + readAtOnce);
        const saved = await Promise.all(some.map((card) => this.#restoreClaimed(card)));
        elsewhere.push(...some.filter((_, at) => saved[at] === 'elsewhere'));
        yield saved.filter((each) => each !== 'elsewhere' && each !== 'none');
      }
      waiting = elsewhere;
    }
    for (const card of waiting) {
      const seen = await this.#look(card).catch(() => undefined);
      if (seen) yield [seen];
    }
    await this.#sweepApart().catch(() => {});
    await this.#folder.removeLeftovers().catch(() => {});
  }

  /** A look-up of which another window has let go, or that can be read again, now this window's own; undefined while it is not. */
  async take(id: string): Promise<SavedLookUp | undefined> {
    const { cards, unread } = await this.#cards([id]);
    const saved = cards[0] ? await this.#restoreClaimed(cards[0]) : unread[0];
    return saved === 'elsewhere' || saved === 'none' ? undefined : saved;
  }

  /** Deletes what was set aside, in this session and before. */
  removeSetAside(): Promise<void> {
    return this.#folder.removeSetAside();
  }

  /** Lets go of all look-ups. What was appended is on disk already. */
  async close(): Promise<void> {
    const ids = [...this.#open.keys()];
    this.#open.clear();
    await Promise.all(ids.map((id) => this.#claims.release(this.#folder.paths(id).claim).catch(() => {})));
    await this.#claims.close();
  }

  async #prepare(kept: Kept): Promise<void> {
    await kept.prepare();
    kept.isPrepared = true;
  }

  async #claim(id: string): Promise<void> {
    if (!(await this.#claims.take(this.#folder.paths(id).claim))) throw new Error('Another window keeps this look-up.');
  }

  /** True when this window's claim is not there any more: the look-up was removed, or another window took this one for dead. */
  async #isGone(id: string, { file }: Kept): Promise<boolean> {
    const { claim } = this.#folder.paths(id);
    if (await this.#claims.isOwn(claim)) return false;
    if (await this.#claims.isElsewhere(claim)) file.breakOff('Another window keeps this look-up.');
    else file.forget();
    return true;
  }

  async #restoreClaimed(card: LookUpCard): Promise<SavedLookUp | 'elsewhere' | 'none'> {
    try {
      return (await this.#claims.take(this.#folder.paths(card.id).claim)) ? await this.#restoreOne(card) : 'elsewhere';
    } catch (error) {
      // The folder cannot be written: what is in it is shown all the same, and can be written down when that is over.
      return this.#restoreOne(card, withoutPath(error));
    }
  }

  /** @param unclaimed why it could not be claimed, if it could not */
  async #restoreOne(card: LookUpCard, unclaimed?: string): Promise<SavedLookUp | 'none'> {
    const { id } = card;
    try {
      const read = await this.#readLedger(id, card.stopped);
      const { restored } = read;
      if (restored.kind === 'restored') {
        const file = LedgerFile.continuing(this.#folder.paths(id).ledger, read, { disk: this.#disk })!;
        if (unclaimed !== undefined) file.breakOff(unclaimed);
        const isPrepared = unclaimed === undefined;
        this.#open.set(id, { file, prepare: () => this.#claim(id), isPrepared });
        return { ...(await this.#entry(card, restored)), ledger: file };
      }
      if (restored.kind === 'newer') {
        await this.#claims.release(this.#folder.paths(id).claim);
        return { kind: 'newer', id, version: restored.version };
      }
      if (restored.kind === 'empty') {
        // Not "nothing was written" where answers were: a power cut can leave a file without content, or of zeros.
        return hasAnswers(card) ? await this.#setAside(id, 'Its ledger is empty.') : await this.#forget(id);
      }
      return await this.#setAside(id, `line ${restored.line}: ${restored.detail}`);
    } catch (error) {
      // Nothing was written before the end: there is nothing to show.
      if (isMissing(error)) return this.#forget(id);
      await this.#claims.release(this.#folder.paths(id).claim).catch(() => {});
      return { kind: 'unreadable', id, detail: withoutPath(error) };
    }
  }

  /** Another window's look-up as it is at the moment. */
  async #look(card: LookUpCard): Promise<RestoredEntry | undefined> {
    const stopped: Failure = { kind: 'openElsewhere' };
    const { restored } = await this.#readLedger(card.id, stopped);
    if (restored.kind !== 'restored') return undefined;
    return { ...(await this.#entry({ ...card, stopped }, restored)), ledger: undefined };
  }

  async #readLedger(id: string, stopped: Failure | undefined): Promise<ReadLedger> {
    const { ledger, firstLedger } = this.#folder.paths(id);
    try {
      return await readLedgerFile(ledger, stopped, this.#disk);
    } catch (error) {
      if (!isMissing(error)) throw error;
      return readLedgerFile(firstLedger, stopped, this.#disk);
    }
  }

  async #entry(
    card: LookUpCard,
    { question, state, ended, lost }: Extract<RestoredLookUp, { kind: 'restored' }>,
  ): Promise<Omit<RestoredEntry, 'ledger'>> {
    const places = idPlacesFrom(await this.#places(card.id), (id) => state.answer.asked.find(id));
    // What a card says of the end counts only where every line up to the end is there.
    const hasEnded = card.ended && ended !== false && lost === 0;
    return { kind: 'restored', card: { ...card, ended: hasEnded }, question, state, places };
  }

  async #setAside(id: string, detail: string): Promise<UnreadLookUp> {
    try {
      const setAside = await this.#folder.setAside(id);
      const { places, claim, firstClaim } = this.#folder.paths(id);
      await Promise.all([places, claim, firstClaim].map((path) => this.#disk.remove(path).catch(() => {})));
      return { kind: 'damaged', id, detail, setAside };
    } catch (error) {
      await this.#claims.release(this.#folder.paths(id).claim).catch(() => {});
      const both = `${detail}, nor set aside: ${withoutPath(error)}`;
      return { kind: 'unreadable', id, detail: both };
    }
  }

  async #forget(id: string): Promise<'none'> {
    await this.remove(id).catch(() => {});
    return 'none';
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

  /** The cards of these look-ups, oldest first, and what became of the others. */
  async #cards(ids: readonly string[]): Promise<{ readonly cards: LookUpCard[]; readonly unread: UnreadLookUp[] }> {
    const cards: LookUpCard[] = [];
    const unread: UnreadLookUp[] = [];
    for (let first = 0; first < ids.length; first += readAtOnce) {
      for (const read of await Promise.all(ids.slice(first, first + readAtOnce).map((id) => this.#card(id)))) {
        if (read === undefined) continue;
        if ('kind' in read) unread.push(read);
        else cards.push(read);
      }
    }
    cards.sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
    return { cards, unread };
  }

  async #card(id: string): Promise<LookUpCard | UnreadLookUp | undefined> {
    const { card, firstCard, claim } = this.#folder.paths(id);
    try {
      const read = readCard((await this.#readIfThere(card)) ?? (await this.#disk.read(firstCard)));
      if (read.kind === 'card') {
        // A card under another look-up's name would lead to that one's files.
        if (read.card.id === id) return read.card;
      } else if (read.kind === 'newer') return { ...read, id };
      if (await this.#claims.isElsewhere(claim)) return undefined;
      return await this.#setAside(id, 'Its card is not what was written.');
    } catch (error) {
      return isMissing(error) ? undefined : { kind: 'unreadable', id, detail: withoutPath(error) };
    }
  }

  async #places(id: string): Promise<StoredPlaces> {
    try {
      return storedPlacesSchema.parse(JSON.parse(await this.#disk.read(this.#folder.paths(id).places)));
    } catch {
      return noPlaces; // they are a help, and nothing is written over them
    }
  }

  async #writeCard(card: LookUpCard): Promise<void> {
    const { card: path, firstCard } = this.#folder.paths(card.id);
    const before = (await this.#readIfThere(path)) ?? (await this.#readIfThere(firstCard));
    if (before !== undefined && readCard(before).kind === 'newer') return;
    await this.#disk.replace(path, [cardText(card, before)]);
  }

  /** A file's text; undefined when it does not exist. */
  async #readIfThere(path: string): Promise<string | undefined> {
    try {
      return await this.#disk.read(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

/** Whether the card says that something had been answered when it was written. */
function hasAnswers({ ended, counts }: LookUpCard): boolean {
  return ended || (counts !== undefined && counts.notRead < counts.asked);
}

/** What went wrong, without the path of the file: it says no more, and is told to people. */
function withoutPath(error: unknown): string {
  const message = messageOf(error);
  return codeOf(error) === undefined ? message : message.replace(/,? (?:open|read|write|rename) '.*$/, '');
}
