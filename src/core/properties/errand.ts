/** Many records that somebody waits for, all of them. */
import type { Failure } from '../domain/failure.ts';

/** Whether the records are there at all, or also what they have in the properties that are read. */
export type Need = 'existence' | 'cells';

export class Errand {
  readonly need: Need;
  readonly #ids: readonly string[];
  /** Ids of which what is needed is not known yet. */
  readonly #open: Set<string>;
  /** Those before it have been handed out once. */
  #at = 0;
  #failure: Failure | undefined;
  readonly #onProgress: ((done: number) => void) | undefined;
  #end: (failure: Failure | undefined) => void = () => {};
  /** Why not everything is known; undefined when it is, or nobody wants it any more. */
  readonly ended: Promise<Failure | undefined>;

  /** @param ids distinct, each of them open */
  constructor(need: Need, ids: readonly string[], onProgress?: (done: number) => void) {
    this.need = need;
    this.#ids = ids;
    this.#open = new Set(ids);
    this.#onProgress = onProgress;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isDone(): boolean {
    return this.#open.size === 0;
  }

  waitsFor(id: string): boolean {
    return this.#open.has(id);
  }

  /** The next open id that was not handed out before. */
  next(): string | undefined {
    while (this.#at < this.#ids.length) {
      const id = this.#ids[this.#at++]!;
      if (this.#open.has(id)) return id;
    }
    return undefined;
  }

  /** Nothing more will be learned of this record for now. */
  settle(id: string, failure?: Failure): void {
    if (this.#open.delete(id)) this.#failure ??= failure;
  }

  /** Tells how many are settled, and that all of them are. */
  report(): void {
    this.#onProgress?.(this.#ids.length - this.#open.size);
    if (this.isDone) this.#end(this.#failure);
  }

  stop(failure?: Failure): void {
    this.#open.clear();
    this.#end(failure);
  }
}
