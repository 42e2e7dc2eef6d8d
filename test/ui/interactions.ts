/**
 * How much a person has to do. One interaction is a click, a shortcut, a choice from a list or a menu, or a text that is pasted:
 * what a hand does at once, with a look at the screen before the next.
 */
export class Interactions {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Does it, and counts it as one. */
  async one(act: () => Promise<unknown>): Promise<void> {
    this.#count++;
    await act();
  }
}
