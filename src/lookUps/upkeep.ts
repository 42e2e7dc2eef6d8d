/** Tries again every so often, as long as there is anything to try. */

export interface Upkeep {
  readonly isToDo: () => boolean;
  readonly tend: () => Promise<void>;
  /** Milliseconds between two tries. */
  readonly every: number;
}

export class UpkeepLoop {
  readonly #upkeep: Upkeep;
  #tending: Promise<void> | undefined;
  #isDisposed = false;
  #wake: (() => void) | undefined;

  constructor(upkeep: Upkeep) {
    this.#upkeep = upkeep;
  }

  /** Something has come up; does nothing while it tends already. */
  begin(): void {
    this.#tending ??= this.#tendAll().finally(() => {
      this.#tending = undefined;
    });
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
    while (!this.#isDisposed && isToDo()) {
      await this.#sleep(every);
      if (!this.#isDisposed) await tend();
    }
  }
}
