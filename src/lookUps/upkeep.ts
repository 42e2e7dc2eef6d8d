/** Tries again every so often, as long as there is anything to try. */

export interface Upkeep {
  readonly isToDo: () => boolean;
  /** Never rejects. */
  readonly tend: () => Promise<void>;
  /** Milliseconds between two tries. */
  readonly every: number;
}

export class UpkeepLoop {
  readonly #upkeep: Upkeep;
  #isTending = false;
  #isDisposed = false;
  #wake: (() => void) | undefined;

  constructor(upkeep: Upkeep) {
    this.#upkeep = upkeep;
  }

  /** Something has come up; does nothing while it tends already. */
  begin(): void {
    if (!this.#isTending) void this.#tendAll();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#wake?.();
  }

  async #sleep(milliseconds: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
  }

  async #tendAll(): Promise<void> {
    const { isToDo, tend, every } = this.#upkeep;
    this.#isTending = true;
    while (!this.#isDisposed && isToDo()) {
      await this.#sleep(every);
      if (!this.#isDisposed) await tend();
    }
    // At once: what comes up a moment later begins anew.
    this.#isTending = false;
  }
}
