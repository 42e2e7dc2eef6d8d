/** Many records that somebody waits for, all of them. */
import type { Failure } from '../domain/failure.ts';

/** Whether the records are there at all, or also what they have in the properties that are read. */
export type Need = 'existence' | 'cells';

export class Errand {
  readonly need: Need;
  readonly #count: number;
  /** Ids of which what is needed is not known yet. */
  readonly #open: Set<string>;
  /** Those of them that have not been handed out yet. */
  readonly #next: Iterator<string>;
  #failure: Failure | undefined;
  readonly #onProgress: ((done: number) => void) | undefined;
  #end: (failure: Failure | undefined) => void = () => {};
  /** Why not everything is known; undefined when it is, or nobody wants it any more. */
  readonly ended: Promise<Failure | undefined>;

  /** @param open taken as it is: a copy of a million ids would take its time */
  constructor(need: Need, open: Set<string>, onProgress?: (done: number) => void) {
    this.need = need;
    this.#count = open.size;
    this.#open = open;
    this.#next = open.values();
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
    const { done, value } = this.#next.next();
    return done ? undefined : value;
  }

  /** Nothing more will be learned of this record for now. */
  settle(id: string, failure?: Failure): void {
    if (this.#open.delete(id)) this.#failure ??= failure;
  }

  /** Tells how many are settled, and that all of them are. */
  report(): void {
    this.#onProgress?.(this.#count - this.#open.size);
    if (this.isDone) this.#end(this.#failure);
  }

  stop(failure?: Failure): void {
    this.#open.clear();
    this.#end(failure);
  }
}
