/** How long a request has been tried, and the one try that is under way, through any sleep of the machine. */
import type { Clock } from './clock.ts';

/** After a sleep a call under way has this long to be answered: mostly its connection is dead, and does not say so. Milliseconds. */
const afterSleep = 10_000;

/** Tries of one request that a sleep may interrupt without being counted. A machine that sleeps that often does little else. */
const mostInterrupted = 10;

/** The time of one request with all its tries. Call `end` when there is an outcome. */
export class CallTime {
  readonly #clock: Clock;
  readonly #unsubscribe: (() => void) | undefined;
  #began: number | undefined;
  #lost = 0;
  #interrupted = 0;
  #try: Try | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#unsubscribe = clock.onWake?.((lost) => {
      if (this.#began !== undefined) this.#lost += lost;
      this.#try?.wake();
    });
  }

  /** Milliseconds since the first try, but for those that the machine slept. */
  get awake(): number {
    const now = this.#clock.now();
    this.#began ??= now;
    return Math.max(0, now - this.#began - this.#lost);
  }

  /** A try begins, which may take so many milliseconds; then its signal is aborted. */
  begin(milliseconds: number): Try {
    this.#began ??= this.#clock.now();
    this.#try = new Try(this.#clock, milliseconds);
    return this.#try;
  }

  /** The last try has failed. True when that was because the machine slept meanwhile, so that the try does not count. */
  wasInterrupted(): boolean {
    this.#clock.now(); // a sleep that was not noticed yet is noticed now
    const sleptIn = this.#try?.sleptIn ?? false;
    this.#try = undefined;
    return sleptIn && ++this.#interrupted <= mostInterrupted;
  }

  end(): void {
    this.#unsubscribe?.();
  }
}

/** One try: from when its request is sent to the end of its answer. */
class Try {
  readonly #clock: Clock;
  readonly #call = new AbortController();
  readonly #over = new AbortController();
  #isLate = false;
  #sleptIn = false;

  constructor(clock: Clock, milliseconds: number) {
    this.#clock = clock;
    this.#giveUpAfter(milliseconds);
  }

  /** Aborted when the time is over, or by {@link abort}. */
  get signal(): AbortSignal {
    return this.#call.signal;
  }

  get isLate(): boolean {
    return this.#isLate;
  }

  /** The machine slept while this was under way. */
  get sleptIn(): boolean {
    return this.#sleptIn;
  }

  abort(reason?: unknown): void {
    this.#call.abort(reason);
  }

  wake(): void {
    this.#sleptIn = true; // also when that is noticed only after the connection was lost
    if (!this.#over.signal.aborted) this.#giveUpAfter(afterSleep);
  }

  /** The answer is there, or lost. */
  end(): void {
    // Without a reason of its own, each call would pay for making an error with a stack that nobody reads.
    this.#over.abort('over');
  }

  #giveUpAfter(milliseconds: number): void {
    void this.#clock.sleep(milliseconds, this.#over.signal).then(() => {
      if (this.#over.signal.aborted) return;
      this.#isLate = true;
      this.#call.abort();
    });
  }
}
