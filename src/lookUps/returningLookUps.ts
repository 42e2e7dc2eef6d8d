/**
 * Brings back the look-ups that are on the disk: all at the start, and one when it is opened or when another window has let go
 * of it. Each is claimed first; what another window has is read as far as that one has come.
 */
import { type Disk, isMissing, withoutPath } from '../editor/disk.ts';
import type { ClaimedLookUps } from './claimedLookUps.ts';
import type { LedgerFile } from './ledgerFile.ts';
import type { LeftLookUps } from './leftLookUps.ts';
import type { LookUpCard, VouchingCard } from './lookUpCard.ts';
import type { LookUpFolder } from './lookUpFolder.ts';
import { type RestoredEntry, SavedAnswers } from './savedAnswers.ts';
import { readAtOnce, type SavedCards, type UnreadLookUp } from './savedCards.ts';
import type { SavedGroups } from './savedGroups.ts';

/** How often the folder is tried to be listed at the start, where it cannot be. */
const listTries = 5;

/** How many moments another window has to let go of a look-up, from the start on. */
const moments = 20;

/** listed: its card tells what its row needs, and {@link ReturningLookUps.read} brings the rest. */
export type SavedLookUp = { readonly kind: 'listed'; readonly card: VouchingCard } | RestoredEntry | UnreadLookUp;

/** elsewhere: another window has it. none: there is nothing to show. */
type Restored = RestoredEntry | UnreadLookUp | 'elsewhere' | 'none';

/** The ledger of a look-up that this window goes on with. */
export interface OpenLedger {
  readonly file: LedgerFile;
  /** Makes what has to be there before the ledger. Can be tried again. */
  readonly prepare: () => Promise<void>;
  isPrepared: boolean;
  /** Written by 0.1.0, and so far by nobody else. */
  isOfFirstVersion: boolean;
}

interface ReturningLookUpsParts {
  readonly folder: LookUpFolder;
  readonly disk: Disk;
  readonly cards: SavedCards;
  readonly groups: SavedGroups;
  readonly claimed: ClaimedLookUps;
  readonly left: LeftLookUps;
  /** Look-ups of which this window has the ledger: those that are brought back are put into it. */
  readonly open: Map<string, OpenLedger>;
  /** Removes a look-up of which nothing was written. */
  readonly remove: (id: string) => Promise<void>;
  /** Milliseconds until another window is asked again whether it lets go of its look-ups. */
  readonly moment: number;
}

export class ReturningLookUps {
  readonly #parts: ReturningLookUpsParts;
  readonly #answers: SavedAnswers;
  /** Another window is waited for so long; see {@link moments}. By `performance.now`. */
  #patienceEnds: number | undefined;

  constructor(parts: ReturningLookUpsParts) {
    this.#parts = parts;
    this.#answers = new SavedAnswers(parts.folder, parts.disk, parts.cards);
  }

  /**
   * The look-ups that are kept, some at a time: those first whose cards tell what a row needs. The others are read: a card from
   * before a kill, of a damaged ledger or of an earlier version does not tell it. The window that this one replaces may need a
   * moment to let go of its own. Those that another window still has after that are read as far as it has come, without a
   * ledger: only one may write.
   */
  async *restore(): AsyncGenerator<readonly SavedLookUp[]> {
    const { cards, vouching, unread } = await this.#parts.left.withoutSurplus(
      await this.#parts.cards.read(await this.#ids()),
    );
    // What was begun meanwhile is there already, and may have nothing in its ledger yet.
    const left = cards.filter(({ id }) => !this.#parts.open.has(id));
    this.#startPatience();
    const listed = left.flatMap(({ id }) => vouching.get(id) ?? []);
    yield [...unread, ...listed.map((card) => ({ kind: 'listed', card }) as const)];
    let waiting = left.filter(({ id }) => !vouching.has(id));
    while (waiting.length > 0) {
      const elsewhere: LookUpCard[] = [];
      for (let first = 0; first < waiting.length; first += readAtOnce) {
        const some = waiting.slice(first, first + readAtOnce);
        const restore = (card: LookUpCard) => this.#parts.claimed.inTurn(card.id, () => this.#restoreClaimed(card));
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
    for await (const id of this.#parts.left.settleApart()) {
      const back = await this.read(id);
      if (back) yield [back];
    }
    await this.#parts.groups.removeEmpty().catch(() => {});
    await this.#parts.left.removeLeftovers().catch(() => {});
  }

  #startPatience(): void {
    this.#patienceEnds ??= performance.now() + moments * this.#parts.moment;
  }

  /** Waits a moment, unless that was done long enough. */
  async #isPatient(): Promise<boolean> {
    this.#startPatience();
    if (performance.now() > this.#patienceEnds!) return false;
    await new Promise((resolve) => setTimeout(resolve, this.#parts.moment));
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
        const saved = await this.#parts.claimed.inTurn(id, () => this.#restoreOne(id));
        if (saved === 'none') return undefined;
        if (saved !== 'elsewhere') return saved;
        if (await this.#isPatient()) continue;
        const [card] = (await this.#parts.cards.read([id])).cards;
        const seen = card && (await this.#answers.look(card).catch(nothingIfMissing));
        // The other one may have removed it at this moment.
        if (seen || !(await this.#parts.folder.isInSight(id))) return seen;
        return unreadable('Another window has it, and it cannot be read.');
      }
    } catch (error) {
      return unreadable(withoutPath(error));
    }
  }

  /** A look-up of which another window has let go, or that can be read again, now this window's own; undefined while it is not. */
  async take(id: string): Promise<RestoredEntry | UnreadLookUp | undefined> {
    const saved = await this.#parts.claimed.inTurn(id, () => this.#restoreOne(id)).catch(() => undefined);
    return typeof saved === 'string' ? undefined : saved;
  }

  async #restoreOne(id: string): Promise<Restored> {
    const { cards, unread } = await this.#parts.cards.read([id]);
    return cards[0] ? this.#restoreClaimed(cards[0]) : (unread[0] ?? 'none');
  }

  async #restoreClaimed(card: LookUpCard): Promise<Restored> {
    try {
      if (!(await this.#parts.claimed.take(card.id))) return 'elsewhere';
      // The window that had it may have written its card once more before it let go.
      const [now = card] = (await this.#parts.cards.read([card.id])).cards;
      return await this.#own(now);
    } catch (error) {
      // This window cannot write, which says nothing of another one that has it.
      if (await this.#parts.claimed.isElsewhere(card.id)) return 'elsewhere';
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
      if (unclaimed === undefined) await this.#parts.remove(id).catch(() => {});
    } else if (restored.kind === 'restored') {
      const { ledger: file, isOfFirstVersion } = restored;
      if (unclaimed !== undefined) file.breakOff(unclaimed);
      const prepare = async () => {
        await this.#parts.claimed.claim(id);
        // A window that could claim it may have gone on with it: what is shown here is less, and does not take its place.
        if (unclaimed === undefined || (await this.#lengthOf(id)) === length) return;
        await this.#parts.claimed.release(id);
        throw new Error('Another window has changed the file.');
      };
      this.#parts.open.set(id, { file, prepare, isPrepared: unclaimed === undefined, isOfFirstVersion });
    } else if (restored.kind !== 'damaged') await this.#parts.claimed.release(id);
    return restored;
  }

  /** In bytes, of a ledger; undefined when it cannot be told, or there is only one of 0.1.0. */
  #lengthOf(id: string): Promise<number | undefined> {
    return this.#parts.disk.lengthOf(this.#parts.folder.paths(id).ledger).catch(() => undefined);
  }

  /** Tried for a moment: nothing else would look at the folder again before the next start. */
  async #ids(): Promise<readonly string[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#parts.folder.ids();
      } catch (error) {
        if (tries === listTries) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, this.#parts.moment));
    }
  }
}

function nothingIfMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
