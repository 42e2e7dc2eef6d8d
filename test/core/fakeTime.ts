/** Time that stands still while code runs and jumps to the next timer when all of it waits. */
import type { Clock } from '../../src/core/hubspot/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

export class FakeTime implements Clock {
  #now = 1_700_000_000_000;
  #order = 0;
  readonly #timers = new Set<Timer>();

  readonly now = (): number => this.#now;

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const wake = () => {
        this.#timers.delete(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer: Timer = { at: this.#now + Math.max(0, milliseconds), order: this.#order++, wake };
      this.#timers.add(timer);
      signal?.addEventListener('abort', wake, { once: true });
    });

  /** Timers nobody has woken: what a finished piece of code left behind. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Time passes and wakes nobody, as while a machine sleeps whose clock goes on: every timer due meanwhile is late. */
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Runs until the promise is settled, and throws when everything waits for something that no time will bring. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = () => {
      isSettled = true;
    };
    promise.then(settled, settled);
    // Long work lets others have their turn: it waits for no time then, and goes on.
    for (let turnsLeft = 10; ; turnsLeft--) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isSettled) return promise;
      const next = this.#next();
      if (!next && turnsLeft > 0) continue;
      if (!next) throw new Error('Everything waits, and for no time.');
      turnsLeft = 10;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  }
}
