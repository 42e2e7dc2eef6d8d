/** What calling HubSpot needs from outside: a fetch, a place, a token, time, chance, limits and a log. Tests hand in their own. */
import type { RateLimiter } from './limiter.ts';

export interface HubSpotPorts {
  readonly fetch: Fetch;
  /** Such as `https://api.hubapi.com`, without a path. */
  readonly origin: string;
  /** Asked before every try, so that a replaced token is used at once. Undefined or rejected: there is none. */
  token(): Promise<string | undefined>;
  readonly clock: Clock;
  /** 0 <= random() < 1. */
  random(): number;
  /** All calls of one account share one. */
  readonly limiter: RateLimiter;
  /** Takes lines for the log: never a record id, a name or a token. */
  log?(line: string): void;
}

/** Time as an argument, so that tests run in time of their own. */
export interface Clock {
  /**
   * Milliseconds by a clock that nobody can set, from a moment that means nothing: only differences count. What a person is
   * shown as a time of day does not come from here.
   */
  now(): number;
  /** Resolves after this many milliseconds, or as soon as the signal is aborted. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /**
   * Tells of every sleep of the machine, once it is awake again, until the returned function is called. A connection that was
   * open is most likely dead then. `lost` are the milliseconds of `now` that passed asleep. Missing: no sleep is noticed.
   */
  onWake?(listener: (lost: number) => void): () => void;
}

export interface FetchInit {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The whole body as text (UTF-8). Rejects when the connection breaks before its end. */
  text(): Promise<string>;
}

/**
 * The part of the Fetch API that the core uses, so that the host's own `fetch` (with its proxies and certificates) fits, and
 * so does the sample account. Rejects with a TypeError whose `cause` tells why when there was no answer, and with the signal's
 * reason when aborted.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
