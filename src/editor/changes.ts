/**
 * An event of VS Code's shape that needs no VS Code: for what only remembers and tells, so that plain Node can run it. Everything
 * else takes VS Code's own EventEmitter.
 */
import type { Disposable, Event } from 'vscode';

export class Changes<T = void> implements Disposable {
  readonly #listeners = new Set<(what: T) => void>();

  readonly event: Event<T> = (listener, thisArg?: unknown, disposables?: Disposable[]) => {
    // A listener that is added twice is told twice, as by VS Code's own events.
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
        // The other listeners are still told. The error is thrown again later, by itself, so that it is reported as uncaught.
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
