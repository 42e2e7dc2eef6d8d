/**
 * What is being done with the files of look-ups: of one look-up one thing after the other, so that the last card stays and nothing
 * is removed while it is being made. When the window closes nothing new is begun, and what is under way can be waited for.
 */

/** Why nothing is done any more. */
export const closing = 'The window is closing.';

export class PendingWork {
  /** By look-up: resolves when all is done that was asked for so far. */
  readonly #last = new Map<string, Promise<void>>();
  #isClosing = false;

  /**
   * Does something after all that was asked for before with the same look-up. It must not ask for more of that look-up and wait
   * for it, which would wait for itself.
   * @throws what it throws; and when the window closes, unless something is under way with this look-up that it may belong to:
   * a look-up that has just come to its end has its card written
   */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(id);
    if (this.#isClosing && !before) return Promise.reject(new Error(closing));
    const done = (before ?? Promise.resolve()).then(work);
    const settled = done.then(
      () => {},
      () => {},
    );
    this.#last.set(id, settled);
    void settled.then(() => this.#last.get(id) === settled && this.#last.delete(id));
    return done;
  }

  /** From now on nothing is begun. @returns the look-ups with which something is under way */
  close(): readonly string[] {
    this.#isClosing = true;
    return [...this.#last.keys()];
  }

  /** Resolves when nothing is under way with a look-up. */
  async atRest(id: string): Promise<void> {
    while (this.#last.has(id)) await this.#last.get(id);
  }
}
