/** Counts, beside everything else, how many records have what in the columns of properties: the headings tell it. */
import type { AnswerTable } from '../core/rows/answerTable.ts';
import type { ShownProperty } from '../core/rows/rows.ts';
import { type CountsByKey, valueCounts } from '../core/rows/valueCounts.ts';
import { Turns } from '../editor/turns.ts';

export class ValueCounting {
  readonly #onCounted: () => void;
  readonly #end = new AbortController();
  /** What was counted last, or is being counted. */
  #stamp = '';
  #isCounting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How long it took the last time, in milliseconds: of a million rows all are counted, for every hundred that were read. */
  #cost = 0;
  counts: CountsByKey = new Map();

  /** @param onCounted called when {@link counts} are others */
  constructor(onCounted: () => void) {
    this.#onCounted = onCounted;
  }

  /**
   * Counts soon, unless that was done. Takes at most a fifth of the time.
   * @param stamp another one whenever something has become known
   */
  want(table: AnswerTable, properties: readonly ShownProperty[], stamp: string): void {
    if (stamp === this.#stamp || this.#isCounting) return;
    clearTimeout(this.#timer);
    if (properties.length === 0) {
      this.counts = new Map();
      return;
    }
    this.#timer = setTimeout(() => void this.#count(table, properties, stamp), 4 * this.#cost);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#end.abort();
  }

  async #count(table: AnswerTable, properties: readonly ShownProperty[], stamp: string): Promise<void> {
    this.#stamp = stamp;
    this.#isCounting = true;
    const began = performance.now();
    try {
      this.counts = await new Turns(this.#end.signal).through(valueCounts(table.everyRow(), properties));
    } catch (error) {
      if (this.#end.signal.aborted) return;
      throw error;
    } finally {
      this.#isCounting = false;
    }
    this.#cost = performance.now() - began;
    this.#onCounted();
  }
}
