/** The cards of saved look-ups as files: read, held against the ledger they were made from, written, set aside. */
import { isAddress } from '../core/text/address.ts';
import type { Claims } from '../editor/claim.ts';
import { codeOf, type Disk, isMissing, readIfThere, unlessTooDeep, withoutPath } from '../editor/disk.ts';
import { Turns } from '../editor/turns.ts';
import { noPlaces, readPlaces, type StoredPlaces } from '../ids/storedPlaces.ts';
import { readLedgerHead } from './ledgerFile.ts';
import { cardFromHead, cardText, type LookUpCard, readCard, type VouchingCard, vouches } from './lookUpCard.ts';
import type { LookUpFolder } from './lookUpFolder.ts';

/** Files read at once at the start. */
export const readAtOnce = 16;

/** Milliseconds of reading after which others get their turn. */
const longestBusy = 20;

/** A look-up that is not shown, or not with all that was kept of it. */
export type UnreadLookUp =
  /** Its card is not what was written. It is shown as its ledger tells it, pinned and without a name. */
  | { readonly kind: 'nameless'; readonly id: string }
  /** It is not what was written, and was set aside under this path. */
  | { readonly kind: 'damaged'; readonly id: string; readonly detail: string; readonly setAside: string }
  /** It could not be read this time. It stays where it is and is tried again. */
  | { readonly kind: 'unreadable'; readonly id: string; readonly detail: string }
  /** A newer version of the extension keeps it. */
  | { readonly kind: 'newer'; readonly id: string; readonly version: number };

/** Cards that were read, oldest first, and what became of the others. */
export interface ReadCards {
  readonly cards: readonly LookUpCard[];
  /** Those of the cards that tell all that a row needs, and of which the ledger has not gone on since. */
  readonly vouching: ReadonlyMap<string, VouchingCard>;
  readonly unread: readonly UnreadLookUp[];
}

interface ReadCard {
  readonly card: LookUpCard;
  readonly isAsWritten: boolean;
}

export class SavedCards {
  readonly #folder: LookUpFolder;
  readonly #disk: Disk;
  readonly #claims: Claims;

  constructor(folder: LookUpFolder, disk: Disk, claims: Claims) {
    this.#folder = folder;
    this.#disk = disk;
    this.#claims = claims;
  }

  async read(ids: readonly string[]): Promise<ReadCards> {
    const cards: LookUpCard[] = [];
    const vouching = new Map<string, VouchingCard>();
    const unread: UnreadLookUp[] = [];
    const turns = new Turns(undefined, longestBusy);
    const readOne = async (id: string) => {
      const read = await this.#one(id);
      if (read === undefined) return;
      if ('kind' in read) {
        unread.push(read);
        return;
      }
      const { card, isAsWritten } = read;
      cards.push(card);
      if (!isAsWritten) unread.push({ kind: 'nameless', id });
      if (vouches(card, card.row && (await this.#ledgerBytes(id)))) vouching.set(id, card);
    };
    for (let first = 0; first < ids.length; first += readAtOnce) {
      await Promise.all(ids.slice(first, first + readAtOnce).map(readOne));
      if (turns.isOver) await turns.next();
    }
    cards.sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
    return { cards, vouching, unread };
  }

  async #one(id: string): Promise<ReadCard | UnreadLookUp | undefined> {
    const { card, firstCard, claim } = this.#folder.paths(id);
    try {
      const read = readCard((await readIfThere(card, this.#disk)) ?? (await this.#disk.read(firstCard)));
      if (read.kind === 'card') {
        // A card under another look-up's name would lead to that one's files.
        if (read.card.id === id) return { card: read.card, isAsWritten: true };
      } else if (read.kind === 'newer') return { ...read, id };
      const told = cardFromHead(id, await this.#headOfLedger(id));
      if (told) return { card: told, isAsWritten: false };
      if (await this.#claims.isElsewhere(claim)) return undefined;
      return (await this.#claims.isOwn(claim))
        ? await this.setAside(id, 'Its card is not what was written.')
        : await this.#oneClaimed(id);
    } catch (error) {
      return isMissing(error) ? undefined : { kind: 'unreadable', id, detail: withoutPath(error) };
    }
  }

  /** Looks again once it is claimed: the window that had it may just have written its card, or its ledger, and let go. */
  async #oneClaimed(id: string): Promise<ReadCard | UnreadLookUp | undefined> {
    const { claim } = this.#folder.paths(id);
    if (!(await this.#claims.take(claim))) return undefined;
    try {
      return await this.#one(id);
    } finally {
      await this.#claims.release(claim).catch(() => {});
    }
  }

  async #headOfLedger(id: string): Promise<Readonly<Record<string, unknown>>> {
    return readLedgerHead(this.#folder.paths(id).ledger, this.#disk).catch((error) => {
      if (isMissing(error)) return {};
      throw error;
    });
  }

  /** Undefined where it cannot be told: then the ledger is read. */
  async #ledgerBytes(id: string): Promise<number | undefined> {
    return this.#disk.lengthOf(this.#folder.paths(id).ledger).catch(() => undefined);
  }

  /**
   * Writes a card; one that a newer version has written meanwhile stays. One that is damaged is kept beside, and so is one of which
   * an unknown key cannot be written again.
   */
  async write(card: LookUpCard): Promise<void> {
    const { card: path, firstCard } = this.#folder.paths(card.id);
    const own = await readIfThere(path, this.#disk);
    const before = own ?? (await readIfThere(firstCard, this.#disk));
    if (before !== undefined && readCard(before).kind === 'newer') return;
    const text = unlessTooDeep(() => cardText(card, before));
    if (own !== undefined && (text === undefined || readCard(own).kind === 'damaged')) {
      await this.#folder.keepCardBeside(path);
    }
    await this.#disk.replace(path, [text ?? cardText(card)]);
  }

  /** Whether the look-up is one of version 0.1.0 that nothing of this version was written for. */
  async isOfFirstVersion(id: string): Promise<boolean> {
    return (await readIfThere(this.#folder.paths(id).card, this.#disk)) === undefined;
  }

  /** Where the ids of a look-up stood; undefined when that cannot be read at the moment. */
  async places(id: string): Promise<StoredPlaces | undefined> {
    try {
      const places = await readPlaces(this.#disk.pieces(this.#folder.paths(id).places));
      return isAddress(places.uri) ? places : noPlaces;
    } catch (error) {
      // What is damaged tells nothing later either: its error has no code, or one of the decoder's.
      const code = codeOf(error);
      return code === undefined || code.startsWith('ERR_') || isMissing(error) ? noPlaces : undefined;
    }
  }

  async setAside(id: string, detail: string): Promise<UnreadLookUp> {
    const { places, claim, firstClaim } = this.#folder.paths(id);
    try {
      const setAside = await this.#folder.setAside(id);
      await Promise.all([places, claim, firstClaim].map((path) => this.#disk.remove(path).catch(() => {})));
      return { kind: 'damaged', id, detail, setAside };
    } catch (error) {
      await this.#claims.release(claim).catch(() => {});
      const both = `${detail}, nor set aside: ${withoutPath(error)}`;
      return { kind: 'unreadable', id, detail: both };
    }
  }
}
