/** Removes look-ups: for good, or so that they can be brought back until the window closes, at most for ten minutes. */

import type { Changes } from '../editor/changes.ts';
import { withoutPath } from '../editor/disk.ts';
import type { HeldLookUp, HeldLookUps } from './heldLookUps.ts';
import type { KeptLookUps } from './keptLookUps.ts';
import { isRead, type ListedLookUp } from './lookUpEntry.ts';
import type { SavedLookUps } from './savedLookUps.ts';

/** How long a removed look-up can be brought back, in milliseconds. */
export const undoableFor = 600_000;

interface RemovedLookUpsParts {
  readonly held: HeldLookUps;
  readonly saved: SavedLookUps;
  readonly kept: KeptLookUps;
  /** Told of undefined when the list has changed. */
  readonly changed: Changes<ListedLookUp | undefined>;
}

interface Removed {
  readonly held: HeldLookUp;
  readonly timer: ReturnType<typeof setTimeout>;
  /** Why it is still on the disk, in the sight of every window. */
  inSight?: string;
}

export class RemovedLookUps {
  readonly #parts: RemovedLookUpsParts;
  /** Those that can be brought back. */
  readonly #all = new Map<string, Removed>();

  constructor(parts: RemovedLookUpsParts) {
    this.#parts = parts;
  }

  /** Removes a look-up and what is kept of it on disk. @throws when that cannot be removed: then it is there again */
  async remove(id: string): Promise<void> {
    const { held, saved, changed } = this.#parts;
    await this.#comeToRest(id);
    const one = held.get(id);
    if (!one) return;
    held.drop(id);
    changed.fire(undefined);
    try {
      await saved.remove(id);
    } catch (error) {
      held.add(one);
      changed.fire(undefined);
      throw error;
    }
  }

  /**
   * Removes look-ups so that they can be brought back. One that another window keeps is removed for good.
   * @returns those that can be brought back
   * @throws when there are none and one could not be removed
   */
  async takeAway(ids: readonly string[]): Promise<readonly string[]> {
    const { held, changed } = this.#parts;
    const own = await Promise.all(ids.map((id) => this.#isOwn(id)));
    await Promise.all(ids.map((id) => this.#comeToRest(id)));
    const taken = ids.flatMap((id, at) => (own[at] && held.get(id)) || []);
    for (const { entry } of taken) held.drop(entry.id);
    // All at once: a table that is closed brings the next one to the front, and which was in front is remembered for Undo.
    if (taken.length > 0) changed.fire(undefined);
    const areApart = await Promise.all(taken.map((each) => this.#setApart(each)));
    const removed = await Promise.allSettled(ids.filter((_, at) => !own[at]).map((id) => this.remove(id)));
    const failed = removed.find(({ status }) => status === 'rejected');
    const back = taken.filter((_, at) => areApart[at]).map(({ entry }) => entry.id);
    // What could not be removed is there to be seen; the others must stay within reach of Undo.
    if (failed?.status === 'rejected' && back.length === 0) throw failed.reason;
    return back;
  }

  /**
   * Why some of those that can be brought back are still on the disk as they were: they are deleted later, and where that fails too
   * they are there again at the next start. Undefined when none is.
   */
  whyInSight(ids: readonly string[]): string | undefined {
    return ids.map((id) => this.#all.get(id)?.inSight).find((why) => why !== undefined);
  }

  /** Brings removed look-ups back, at rest. @returns how many; the others are gone for good */
  async bringBack(ids: readonly string[]): Promise<number> {
    // All at once: a window that closes a moment later deletes what is left.
    const back = ids.flatMap((id) => this.#takeOut(id) ?? []);
    await Promise.all(back.map((each) => this.#parts.kept.bringBack(each)));
    if (back.length > 0) this.#parts.changed.fire(undefined);
    return back.length;
  }

  /** Deletes what could still be brought back. */
  async forgetAll(): Promise<void> {
    await Promise.all([...this.#all.keys()].map((id) => this.#forget(id)));
  }

  dispose(): void {
    for (const { timer } of this.#all.values()) clearTimeout(timer);
  }

  /** Waits until nothing is done with a look-up any more; what it reads from HubSpot is cancelled. */
  async #comeToRest(id: string): Promise<void> {
    const one = this.#parts.held.get(id);
    one?.abort?.abort();
    await one?.done;
    await one?.reading;
    await one?.taking;
    await one?.preparing;
  }

  /** False for what another window keeps. Where that cannot be told it can be brought back all the same. */
  async #isOwn(id: string): Promise<boolean> {
    const one = this.#parts.held.get(id);
    if (!one) return false;
    return isRead(one.entry) ? one.ledger !== undefined : this.#parts.saved.own(id).catch(() => true);
  }

  /**
   * Takes one out of sight of every window.
   * @returns false when another window has taken it meanwhile: then it is removed for good, or there again where it cannot be
   */
  async #setApart(held: HeldLookUp): Promise<boolean> {
    const { id } = held.entry;
    const removed: Removed = { held, timer: setTimeout(() => void this.#forget(id), undoableFor) };
    this.#all.set(id, removed);
    // Where that fails it is removed all the same, once it cannot be brought back.
    const isOwn = await this.#parts.saved.setApart(id).catch((error) => {
      removed.inSight = withoutPath(error);
      return true;
    });
    // Not what was brought back meanwhile.
    if (!isOwn && this.#takeOut(id)) {
      await this.#parts.saved.remove(id).catch(() => {
        this.#parts.held.add(held);
        this.#parts.changed.fire(undefined);
      });
    }
    return isOwn;
  }

  async #forget(id: string): Promise<void> {
    this.#takeOut(id);
    // What cannot be deleted now is swept at the next start.
    await this.#parts.saved.removeApart(id).catch(() => {});
  }

  #takeOut(id: string): HeldLookUp | undefined {
    const removed = this.#all.get(id);
    clearTimeout(removed?.timer);
    this.#all.delete(id);
    return removed?.held;
  }
}
