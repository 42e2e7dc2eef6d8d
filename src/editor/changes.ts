/**
 * An event of VS Code's shape that needs no VS Code: for what only remembers and tells, so that plain Node can run it. Everything
 * else takes VS Code's own EventEmitter.
 */
import type { Disposable, Event } from 'vscode';

export class Changes<T = void> implements Disposable {
  readonly #listeners = new Set<(what: T) => void>();

  readonly event: Event<T> = (listener, thisArg?: unknown, disposables?: Disposable[]) => {
    // Somebody who listens twice hears twice, as with VS Code's own.
    const hear = (what: T) => void listener.call(thisArg, what);
    this.#listeners.add(hear);
    const listening = { dispose: () => void this.#listeners.delete(hear) };
    disposables?.push(listening);
    return listening;
  };

  fire(what: T): void {
    for (const hear of [...this.#listeners]) {
      try {
        hear(what);
      } catch (error) {
        // The others hear it all the same, and so does whoever looks after errors that nobody caught.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
