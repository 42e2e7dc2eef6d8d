/** Look-ups that were removed and can be brought back until the window closes, at most for ten minutes. */
import type { HeldLookUp } from './heldLookUps.ts';
import type { SavedLookUps } from './savedLookUps.ts';

/** How long a removed look-up can be brought back, in milliseconds. */
export const undoableFor = 600_000;

export class RemovedLookUps {
  readonly #saved: SavedLookUps;
  readonly #all = new Map<string, { readonly held: HeldLookUp; readonly timer: ReturnType<typeof setTimeout> }>();

  constructor(saved: SavedLookUps) {
    this.#saved = saved;
  }

  /**
   * Takes one out of sight of every window.
   * @returns false when another window has taken it meanwhile: then it is removed for good
   */
  async add(held: HeldLookUp): Promise<boolean> {
    const { id } = held.entry;
    this.#all.set(id, { held, timer: setTimeout(() => void this.#forget(id), undoableFor) });
    // Where that fails it is removed all the same, once it cannot be brought back.
    const isOwn = await this.#saved.setApart(id).catch(() => true);
    if (!isOwn) await this.#forget(id);
    return isOwn;
  }

  /**
   * Gives those back that are not gone for good, all at once: a window that closes a moment later deletes what is left here.
   * Their cards are still out of sight.
   */
  giveBack(ids: readonly string[]): readonly HeldLookUp[] {
    return ids.flatMap((id) => {
      const removed = this.#all.get(id);
      if (!removed) return [];
      clearTimeout(removed.timer);
      this.#all.delete(id);
      return removed.held;
    });
  }

  /** Deletes what could still be brought back. */
  async forgetAll(): Promise<void> {
    await Promise.all([...this.#all.keys()].map((id) => this.#forget(id)));
  }

  dispose(): void {
    for (const { timer } of this.#all.values()) clearTimeout(timer);
  }

  async #forget(id: string): Promise<void> {
    clearTimeout(this.#all.get(id)?.timer);
    this.#all.delete(id);
    // What cannot be deleted now is swept at the next start.
    await this.#saved.remove(id).catch(() => {});
  }
}
