/** Long work on the extension host, in slices: every other extension of the window waits while one of them computes. */

/** Milliseconds of work after which others get their turn. */
const longestBusy = 30;

/**
 * `for (...) { work(); if (turns.isOver) await turns.next(); }`: asks the clock at each step, and waits only when a slice is
 * used up. What is done between two turns must leave everything as it may be seen by others.
 */
export class Turns {
  readonly #signal: AbortSignal | undefined;
  readonly #longest: number;
  #since = performance.now();

  /** @param longest milliseconds of work in a slice */
  constructor(signal?: AbortSignal, longest = longestBusy) {
    this.#signal = signal;
    this.#longest = longest;
  }

  /** True when this slice has taken long enough, or the work is cancelled. */
  get isOver(): boolean {
    return this.#signal?.aborted === true || performance.now() - this.#since > this.#longest;
  }

  /** Does work that comes in steps, and returns its result. */
  async through<Result>(steps: Generator<unknown, Result, void>): Promise<Result> {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (this.isOver) await this.next();
    }
  }

  /**
   * Lets everything else happen that waits.
   * @throws the signal's reason when it is aborted
   */
  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#since = performance.now();
  }
}
