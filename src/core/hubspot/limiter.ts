import type { Clock } from './clock.ts';
import type { FetchResponse } from './fetch.ts';

export interface Limits {
  /** Requests in any stretch of `milliseconds`. Default 100, what HubSpot grants the lowest tier. */
  readonly requests: number;
  /** Default 10,000. */
  readonly milliseconds: number;
  /** Requests under way at once. Default 16. */
  readonly inFlight: number;
  /** The most requests to allow oneself, whatever HubSpot grants. Default: as many as it grants. */
  readonly most?: number;
}

const defaultLimits: Limits = { requests: 100, milliseconds: 10_000, inFlight: 16 };

/** Why nothing is sent at the moment, and until when. */
export interface Waiting {
  /** ownLimit: we keep to the limit by ourselves. rateLimited: HubSpot said so. retry: a call failed and is tried again. */
  readonly reason: 'ownLimit' | 'rateLimited' | 'retry';
  /** By the same clock's `now`, which is no time of day: what is shown is the difference, `until - now()`. */
  readonly until: number;
}

/** Permission for one request. Call `done` when its answer is there, or lost. */
export interface Slot {
  done(response?: FetchResponse): void;
}

interface Waiter {
  readonly grant: (slot: Slot | undefined) => void;
  readonly onWait: ((waiting: Waiting | undefined) => void) | undefined;
}

/**
 * Keeps an account's requests within its limit; all look-ups of an account share one. A request takes one of `requests`
 * places from when it is sent until `milliseconds` after its answer: HubSpot counted it somewhere between, so in no stretch
 * of that length, wherever HubSpot starts to count, are there more. A 429 halves the places and good answers win them back.
 */
export class RateLimiter {
  readonly #clock: Clock;
  #limits: Limits;
  /** Places as HubSpot's headers have it, or as set, and never more than the most. */
  #granted: number;
  /** Places we allow ourselves. */
  #places: number;
  #interval: number;
  #inFlight = 0;
  /** When the requests that still count were answered, oldest first. */
  readonly #answered: number[] = [];
  /**
   * Requests that other programs sent under the same limit, by HubSpot's headers: how many, of how many that are allowed, and
   * until when they may count.
   */
  #foreign = { count: 0, of: 0, until: 0 };
  #pausedUntil = 0;
  /** From when on a good answer wins a tenth of the places back: a whole interval has passed since they last changed. */
  #growsFrom = 0;
  readonly #queue: Waiter[] = [];
  #alarm: { readonly at: number; readonly cancel: AbortController } | undefined;

  constructor(clock: Clock, limits: Partial<Limits> = {}) {
    this.#clock = clock;
    this.#limits = { ...defaultLimits, ...limits };
    this.#granted = this.#allowed(this.#limits.requests);
    this.#places = this.#granted;
    this.#interval = this.#limits.milliseconds;
  }

  /** Resolves with a slot when a request may be sent, or with undefined when the signal is aborted. */
  acquire(signal?: AbortSignal, onWait?: (waiting: Waiting | undefined) => void): Promise<Slot | undefined> {
    if (signal?.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const onAbort = () => {
        const index = this.#queue.indexOf(waiter);
        if (index >= 0) this.#queue.splice(index, 1);
        this.#drain();
        resolve(undefined);
      };
      const waiter: Waiter = {
        grant: (slot) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(slot);
        },
        onWait,
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiter);
      this.#drain();
    });
  }

  /** Other limits from now on, as when the user has set them anew. Requests that were sent before still count. */
  change({ requests, most }: { readonly requests: number; readonly most: number | undefined }): void {
    if (this.#limits.requests === requests && this.#limits.most === most) return;
    const { milliseconds, inFlight } = this.#limits;
    this.#limits = { requests, milliseconds, inFlight, ...(most === undefined ? {} : { most }) };
    this.#grant(requests);
    this.#drain();
  }

  /** HubSpot said 429: nothing is sent for this long. Requests that were under way together count as one refusal. */
  refused(milliseconds: number): void {
    const now = this.#clock.now();
    if (now >= this.#pausedUntil) this.#places = Math.max(1, Math.floor(this.#places / 2));
    this.#pausedUntil = Math.max(this.#pausedUntil, now + milliseconds);
    this.#growsFrom = this.#pausedUntil + this.#interval;
    this.#drain();
  }

  #slot(): Slot {
    this.#inFlight++;
    let isDone = false;
    return {
      done: (response) => {
        if (isDone) return;
        isDone = true;
        this.#inFlight--;
        this.#answered.push(this.#clock.now());
        if (response) this.#learn(response);
        this.#drain();
      },
    };
  }

  /** So many places are granted now; what was lost of them by a 429 stays lost. */
  #grant(requests: number): void {
    const granted = this.#allowed(requests);
    if (granted === this.#granted) return;
    this.#places = this.#places >= this.#granted ? granted : Math.min(this.#places, granted);
    this.#granted = granted;
  }

  #allowed(requests: number): number {
    return Math.max(1, Math.min(requests, this.#limits.most ?? requests));
  }

  #learn({ status, headers }: FetchResponse): void {
    const max = positive(headers.get('x-hubspot-ratelimit-max'));
    const interval = positive(headers.get('x-hubspot-ratelimit-interval-milliseconds'));
    const remaining = positive(headers.get('x-hubspot-ratelimit-remaining'), 0);
    if (max !== undefined && interval !== undefined && max <= 10_000 && interval <= 60_000) {
      this.#grant(max);
      this.#interval = interval;
      if (remaining !== undefined) {
        const count = Math.max(0, max - remaining - this.#used());
        this.#foreign = { count, of: max, until: this.#clock.now() + interval };
      }
    }
    const now = this.#clock.now();
    if (status < 400 && this.#places < this.#granted && now >= this.#growsFrom) {
      this.#places = Math.min(this.#granted, this.#places + Math.max(1, Math.floor(this.#granted / 10)));
      this.#growsFrom = now + this.#interval;
    }
  }

  /** Places taken by requests under way and by those answered less than an interval ago. */
  #used(): number {
    const gone = this.#clock.now() - this.#interval;
    let old = 0;
    while (old < this.#answered.length && this.#answered[old]! <= gone) old++;
    this.#answered.splice(0, old);
    return this.#inFlight + this.#answered.length;
  }

  #drain(): void {
    let wait: Waiting | undefined;
    while (this.#queue.length > 0) {
      wait = this.#waiting();
      if (wait || this.#inFlight >= this.#limits.inFlight || this.#used() >= this.#places) break;
      const first = this.#queue.shift();
      first?.onWait?.(undefined);
      first?.grant(this.#slot());
    }
    if (wait) for (const waiter of this.#queue) waiter.onWait?.(wait);
    this.#setAlarm(wait?.until);
  }

  /** What has to be waited for that only time brings. */
  #waiting(): Waiting | undefined {
    const now = this.#clock.now();
    if (now < this.#pausedUntil) return { reason: 'rateLimited', until: this.#pausedUntil };
    const foreign = now < this.#foreign.until ? this.#foreign.count : 0;
    const used = this.#used();
    if (used < this.#places && (foreign === 0 || used + foreign < this.#foreign.of)) return undefined;
    const oldest = this.#answered[0];
    const until = oldest === undefined ? (foreign > 0 ? this.#foreign.until : undefined) : oldest + this.#interval;
    return until === undefined ? undefined : { reason: 'ownLimit', until };
  }

  #setAlarm(at: number | undefined): void {
    if (this.#alarm?.at === at) return;
    this.#alarm?.cancel.abort();
    this.#alarm = undefined;
    if (at === undefined) return;
    const alarm = { at, cancel: new AbortController() };
    this.#alarm = alarm;
    void this.#clock.sleep(at - this.#clock.now(), alarm.cancel.signal).then(() => {
      if (this.#alarm !== alarm) return;
      this.#alarm = undefined;
      this.#drain();
    });
  }
}

function positive(header: string | null, least = 1): number | undefined {
  const number = header === null || header.trim() === '' ? Number.NaN : Number(header);
  return Number.isInteger(number) && number >= least ? number : undefined;
}
