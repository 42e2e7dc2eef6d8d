/** Waits until somebody has stopped doing something, such as typing. */

export class Pause {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Runs this after so many milliseconds, in place of what was waiting. */
  start(milliseconds: number, run: () => void): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      run();
    }, milliseconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }
}
