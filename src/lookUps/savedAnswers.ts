/** The Answers of saved look-ups: read back from their ledgers, with the places their ids came from. */
import type { Counts, Question } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import { restoringCheck } from '../core/expectation/readStoredCheck.ts';
import type { CheckSource } from '../core/expectation/storedCheck.ts';
import type { LookUpState } from '../core/lookUp/lookUpState.ts';
import type { RestoredLookUp } from '../core/lookUp/restore.ts';
import { type Disk, isMissing, withoutPath } from '../editor/disk.ts';
import { Turns } from '../editor/turns.ts';
import { type IdPlaces, idPlacesFrom } from '../ids/idPlaces.ts';
import { noPlaces } from '../ids/storedPlaces.ts';
import { HeldCheck, splitNotes } from './heldCheck.ts';
import { LedgerFile, type ReadLedger, readLedgerFile } from './ledgerFile.ts';
import type { LookUpCard } from './lookUpCard.ts';
import type { LookUpFolder } from './lookUpFolder.ts';
import type { SavedCards, UnreadLookUp } from './savedCards.ts';

export interface RestoredEntry {
  readonly kind: 'restored';
  readonly card: LookUpCard;
  readonly question: Question;
  readonly state: LookUpState;
  readonly places: IdPlaces;
  /** Where the ids stood cannot be read at the moment. */
  readonly arePlacesUnread: boolean;
  readonly check: HeldCheck | undefined;
  /** Also there when what is expected could not be read back. */
  readonly checkSource: CheckSource | undefined;
  /** Missing while another window keeps the look-up. */
  readonly ledger: LedgerFile | undefined;
}

/** One that this window can go on with. */
type OwnEntry = RestoredEntry & {
  readonly ledger: LedgerFile;
  /** Written by 0.1.0, and so far by nobody else. */
  readonly isOfFirstVersion: boolean;
};

export class SavedAnswers {
  readonly #folder: LookUpFolder;
  readonly #disk: Disk;
  readonly #cards: SavedCards;

  constructor(folder: LookUpFolder, disk: Disk, cards: SavedCards) {
    this.#folder = folder;
    this.#disk = disk;
    this.#cards = cards;
  }

  /**
   * A look-up that this window has claimed. none: nothing was written before the end, and there is nothing to show.
   * @param unclaimed why it could not be claimed, if it could not: another window may be about to write it
   */
  async restore(card: LookUpCard, unclaimed?: string): Promise<OwnEntry | UnreadLookUp | 'none'> {
    const { id } = card;
    try {
      // Of one that had ended nothing was interrupted.
      const read = await this.#readLedger(id, card.ended ? lostOnDisk : card.stopped);
      const { restored } = read;
      if (restored.kind === 'restored') {
        const { rest, ...check } = await checkOf(restored);
        const own = { ...read, restored: rest };
        const ledger = LedgerFile.continuing(this.#folder.paths(id).ledger, own, { disk: this.#disk })!;
        const isOfFirstVersion = await this.#cards.isOfFirstVersion(id);
        return { ...(await this.#entry(withLoss(card, restored), restored)), ...check, ledger, isOfFirstVersion };
      }
      if (restored.kind === 'newer') return { kind: 'newer', id, version: restored.version };
      if (restored.kind === 'empty') {
        // Not "nothing was written" where answers were: a power cut can leave a file without content, or of zeros.
        return hasAnswers(card) ? await this.#setAside(id, 'Its ledger is empty.', unclaimed) : 'none';
      }
      return await this.#setAside(id, `line ${restored.line}: ${restored.detail}`, unclaimed);
    } catch (error) {
      if (isMissing(error)) return this.#withoutLedger(card, unclaimed);
      return { kind: 'unreadable', id, detail: withoutPath(error) };
    }
  }

  /** Where nothing was written before the end, there is nothing to show; where something was, somebody took it away. */
  async #withoutLedger(card: LookUpCard, unclaimed: string | undefined): Promise<UnreadLookUp | 'none'> {
    const { cards } = await this.#cards.read([card.id]);
    return cards.length > 0 && hasAnswers(card)
      ? this.#setAside(card.id, 'Its ledger does not exist any more.', unclaimed)
      : 'none';
  }

  async #setAside(id: string, detail: string, unclaimed: string | undefined): Promise<UnreadLookUp> {
    if (unclaimed === undefined) return this.#cards.setAside(id, detail);
    const both = `${detail}, nor set aside: ${unclaimed}`;
    return { kind: 'unreadable', id, detail: both };
  }

  /** Another window's look-up as it is at the moment. */
  async look(card: LookUpCard): Promise<RestoredEntry | undefined> {
    const stopped: Failure = { kind: 'openElsewhere' };
    const { restored } = await this.#readLedger(card.id, stopped);
    if (restored.kind !== 'restored') return undefined;
    const { rest: _, ...check } = await checkOf(restored);
    return { ...(await this.#entry({ ...card, stopped }, restored)), ...check, ledger: undefined };
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

  async #entry(card: LookUpCard, restored: Restored): Promise<Omit<RestoredEntry, 'ledger' | 'check' | 'checkSource'>> {
    const { question, state } = restored;
    const stored = await this.#cards.places(card.id);
    const places = idPlacesFrom(stored ?? noPlaces, (id) => state.answer.asked.find(id));
    const arePlacesUnread = stored === undefined;
    return {
      kind: 'restored',
      card: { ...card, ended: hasEnded(card, restored) },
      question,
      state,
      places,
      arePlacesUnread,
    };
  }
}

type Restored = Extract<RestoredLookUp, { kind: 'restored' }>;

/** What a card says of the end counts only where every line up to the end is there. */
function hasEnded(card: LookUpCard, { ended, lost }: Restored): boolean {
  return card.ended && ended !== false && lost === 0;
}

/** The card of a look-up: where it came back from the disk with less than it had, that is the reason of all that is not read. */
function withLoss(card: LookUpCard, restored: Restored): LookUpCard {
  const { state, lost } = restored;
  // Then its records have that reason already.
  const isKnown = lost > 0 || card.ended;
  const hasLess = card.counts !== undefined && settledOf(state.answer.counts) < settledOf(card.counts);
  if (hasEnded(card, restored) || (!isKnown && !hasLess)) return card;
  if (!isKnown) state.restate(lostOnDisk);
  return { ...card, stopped: lostOnDisk };
}

const lostOnDisk: Failure = { kind: 'lostOnDisk' };

/** How many records were read to their end: during a look-up that never becomes less, while more may be asked. */
function settledOf({ asked, notRead, truncated }: Pick<Counts, 'asked' | 'notRead' | 'truncated'>): number {
  return asked - notRead - truncated;
}

/**
 * What was expected of a look-up. `rest` is the look-up without the lines of its check, which are made anew when all is written
 * anew; those of a check that could not be read back stay with it, as lines of another version do.
 */
async function checkOf(
  restored: Restored,
): Promise<Pick<RestoredEntry, 'check' | 'checkSource'> & { readonly rest: Restored }> {
  const turns = new Turns();
  const { answer } = restored.state;
  const { check: lines, facts, others } = splitNotes(restored.unknown.lines);
  const read = await turns.through(restoringCheck(lines, answer.asked));
  if (read.kind !== 'restored') {
    return { check: undefined, checkSource: read.kind === 'none' ? undefined : (read.source ?? {}), rest: restored };
  }
  const check = await turns.through(HeldCheck.restoring(answer, read, facts));
  return { check, checkSource: read.source, rest: { ...restored, unknown: { ...restored.unknown, lines: others } } };
}

/** Whether the card says that something had been answered when it was written. */
function hasAnswers({ ended, counts }: LookUpCard): boolean {
  return ended || (counts !== undefined && counts.notRead < counts.asked);
}
