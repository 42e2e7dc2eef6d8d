/** A limit that is really kept: no more than so many requests in any window, as HubSpot's rolling limit. */

import type { RateLimitPolicy } from './fault.ts';

export interface RateLimit {
  readonly requests: number;
  /** The window, so that a test may run ten seconds' worth in one. */
  readonly milliseconds: number;
  /** Default TEN_SECONDLY_ROLLING. */
  readonly policy?: RateLimitPolicy;
  /** With `X-HubSpot-RateLimit-*` headers on every answer. Default no, as on the association endpoints. */
  readonly headers?: boolean;
  readonly retryAfter?: string;
}

export interface RateWindow {
  /** Whether one more request fits in now; counts it if so. */
  admit(now: number): boolean;
  remaining(now: number): number;
}

export function rateWindow({ requests, milliseconds }: RateLimit): RateWindow {
  const admitted: number[] = [];
  const forget = (now: number) => {
    while (admitted[0] !== undefined && admitted[0] <= now - milliseconds) admitted.shift();
  };
  return {
    admit: (now) => {
      forget(now);
      if (admitted.length >= requests) return false;
      admitted.push(now);
      return true;
    },
    remaining: (now) => {
      forget(now);
      return requests - admitted.length;
    },
  };
}
