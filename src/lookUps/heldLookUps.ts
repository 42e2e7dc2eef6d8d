/** The look-ups that this window shows, each with what it takes to go on with it. */
import type { LookUpState } from '../core/lookUp/lookUpState.ts';
import type { HeldCheck } from './heldCheck.ts';
import type { LedgerFile } from './ledgerFile.ts';
import { orderOf } from './lookUpCard.ts';
import type { ListedLookUp, LookUpEntry, Mutable } from './lookUpEntry.ts';

export interface HeldLookUp {
  /** The same object from the first row to the last, so that whoever holds it sees what it has become. */
  readonly entry: Mutable<ListedLookUp> | Mutable<LookUpEntry>;
  /** Missing while the Answer is not read, and while another window keeps the look-up: this one shows what that one had read. */
  ledger: LedgerFile | undefined;
  /** What a later run goes on from; missing while the Answer is not read. */
  state: LookUpState | undefined;
  /** What is expected of it; missing while the Answer is not read, and of a look-up without an expectation. */
  check: HeldCheck | undefined;
  /** What has come being held against what is expected. */
  looking: Promise<void> | undefined;
  /** The Answer being read from the disk. */
  reading: Promise<LookUpEntry | undefined> | undefined;
  /** Being made this window's own. */
  taking: Promise<boolean> | undefined;
  /** Where its ids stood could not be read, which is tried again. */
  arePlacesUnread: boolean;
  /** Calls that were answered in earlier runs. */
  earlierCalls: number;
  abort: AbortController | undefined;
  done: Promise<void>;
  /** Being written down as a whole before it goes on. */
  preparing: Promise<void> | undefined;
  /** That is asked for and not begun. While it is being done: once more, since what is being written may be of before. */
  isToPrepare: boolean;
  /** Its card says what was before. */
  hasOldCard: boolean;
  /** It was removed and brought back, and its card is not where every window sees it. */
  isApart: boolean;
  /** Why it is still so, once that was tried. */
  notBack: string | undefined;
}

/** A look-up at rest. */
export function heldAtRest(
  entry: HeldLookUp['entry'],
  {
    ledger,
    state,
    check,
    arePlacesUnread = false,
  }: Partial<Pick<HeldLookUp, 'ledger' | 'state' | 'check' | 'arePlacesUnread'>> = {},
): HeldLookUp {
  return {
    entry,
    ledger,
    state,
    check,
    looking: undefined,
    reading: undefined,
    taking: undefined,
    arePlacesUnread,
    earlierCalls: 0,
    abort: undefined,
    done: Promise.resolve(),
    preparing: undefined,
    isToPrepare: false,
    hasOldCard: false,
    isApart: false,
    notBack: undefined,
  };
}

export class HeldLookUps {
  readonly #all = new Map<string, HeldLookUp>();

  get(id: string): HeldLookUp | undefined {
    return this.#all.get(id);
  }

  all(): readonly HeldLookUp[] {
    return [...this.#all.values()];
  }

  /** Newest first, pinned ones before. */
  list(): readonly ListedLookUp[] {
    const entries = this.all()
      .map(({ entry }) => entry as ListedLookUp)
      .sort((one, other) => orderOf(other) - orderOf(one));
    return [...entries.filter(({ pinned }) => pinned), ...entries.filter(({ pinned }) => !pinned)];
  }

  /** The one that began last. */
  newest(): ListedLookUp | undefined {
    let newest: HeldLookUp['entry'] | undefined;
    for (const { entry } of this.#all.values()) {
      if (!newest || orderOf(entry) >= orderOf(newest)) newest = entry;
    }
    return newest;
  }

  /** The time of a look-up that begins now, and its order where one that is there began later by a clock that was set back. */
  begin(): Pick<ListedLookUp, 'startedAt' | 'order'> {
    const startedAt = new Date();
    const last = this.newest();
    const order = last ? orderOf(last) : 0;
    return order > startedAt.getTime() ? { startedAt, order: order + 1 } : { startedAt };
  }

  add(held: HeldLookUp): void {
    this.#all.set(held.entry.id, held);
  }

  /** @returns false when it was not there */
  drop(id: string): boolean {
    return this.#all.delete(id);
  }
}
