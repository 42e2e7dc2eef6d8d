/** What windows that ended have left in the folder: more look-ups than are kept, some out of sight, and what crashes left. */
import { isDeepStrictEqual } from 'node:util';
import type { Claims } from '../editor/claim.ts';
import type { Disk } from '../editor/disk.ts';
import type { ClaimedLookUps } from './claimedLookUps.ts';
import type { LookUpCard } from './lookUpCard.ts';
import type { LookUpFolder } from './lookUpFolder.ts';
import { mostKept, surplusOf } from './oldLookUps.ts';
import type { ReadCards, SavedCards } from './savedCards.ts';
import type { SavedGroups } from './savedGroups.ts';

export interface LeftLookUpsParts {
  readonly folder: LookUpFolder;
  readonly disk: Disk;
  readonly claims: Claims;
  readonly claimed: ClaimedLookUps;
  readonly cards: SavedCards;
  readonly groups: SavedGroups;
  /** Whether this window has the ledger of a look-up. */
  readonly isOpen: (id: string) => boolean;
}

export class LeftLookUps {
  readonly #parts: LeftLookUpsParts;
  #removedAsOld = 0;

  constructor(parts: LeftLookUpsParts) {
    this.#parts = parts;
  }

  /** How many old look-ups went when this window started, since only so many are kept beside the pinned ones. */
  get removedAsOld(): number {
    return this.#removedAsOld;
  }

  /** Removes what is too old to be kept. @returns the others, with what another window has kept of old ones meanwhile */
  async withoutSurplus(read: ReadCards): Promise<ReadCards> {
    const { groups, isOpen } = this.#parts;
    const { cards, vouching, unread } = read;
    // The folder need not be listed for groups where nothing can be too old.
    if (cards.filter(({ pinned }) => !pinned).length <= mostKept) return read;
    const old = surplusOf(cards, await groups.read(), isOpen);
    for (const unit of old) await this.#removeUnit(unit).catch(() => {}); // tried again at the next start
    const ids = new Set(old.flat().map(({ id }) => id));
    const stayed = await this.#parts.cards.read([...ids]);
    return {
      cards: [...stayed.cards, ...cards.filter(({ id }) => !ids.has(id))],
      vouching: new Map([...[...vouching].filter(([id]) => !ids.has(id)), ...stayed.vouching]),
      unread: [...unread, ...stayed.unread],
    };
  }

  /** Removes look-ups that go together, unless a window has one of them or, before it let go, has pinned or changed one. */
  #removeUnit(unit: readonly LookUpCard[]): Promise<void> {
    const { cards, claimed, folder } = this.#parts;
    const ids = unit.map(({ id }) => id);
    return claimed.ifNobodys(ids, async () => {
      const now = new Map((await cards.read(ids)).cards.map((card) => [card.id, card]));
      if (!unit.every((card) => isDeepStrictEqual(card, now.get(card.id)))) return;
      for (const id of ids) {
        await folder.remove(id);
        this.#removedAsOld++;
      }
    });
  }

  /**
   * What stands out of sight is deleted where its window let go of it. One that was left claimed is put back: its window could
   * not do that, or ended without a word, when that could still be asked for.
   * @returns those that were put back
   */
  async *settleApart(): AsyncGenerator<string> {
    const { folder } = this.#parts;
    for (const id of await folder.apartIds().catch(() => [])) {
      // What fails is tried again at the next start.
      if (await this.#settleApart(id).catch(() => false)) yield id;
    }
  }

  async #settleApart(id: string): Promise<boolean> {
    const { claimed, folder } = this.#parts;
    if (await claimed.isElsewhere(id)) return false;
    const isLeftClaimed = await folder.isClaimed(id);
    let isBack = false;
    await claimed.ifNobodys([id], async () => {
      // The window that had it may have brought it back before it let go.
      if (!(await folder.apartIds()).includes(id)) return;
      if (!isLeftClaimed) return folder.remove(id);
      claimed.leaveForNext(id, true);
      await folder.putBack(id);
      claimed.leaveForNext(id, false);
      isBack = true;
    });
    return isBack;
  }

  /** Removes what crashes left behind. What cannot be removed is met again at the next start. */
  async removeLeftovers(): Promise<void> {
    const { claimed, claims, disk, folder } = this.#parts;
    const { ofLookUps, others } = await folder.leftovers();
    for (const id of ofLookUps.keys()) {
      const remove = async () => {
        // The window that had it may have made a card for them before it let go.
        const still = (await folder.leftovers(id)).ofLookUps.get(id) ?? [];
        await Promise.all(still.map((path) => disk.remove(path)));
      };
      await claimed.ifNotElsewhere(id, remove).catch(() => {});
    }
    await claims.removeStopped(others);
  }
}
