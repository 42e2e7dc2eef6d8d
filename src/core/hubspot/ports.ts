/** What calling HubSpot needs from outside: a fetch, a place, a token, time, chance, limits and a log. Tests hand in their own. */
import type { ApiVersion } from '../domain/associations.ts';
import type { Clock } from './clock.ts';
import type { Fetch } from './fetch.ts';
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
  /** Under which version is read what no question names one for: names, properties, object types, the account. Default v3. */
  readonly apiVersion?: ApiVersion;
  /** All calls of one account share one. */
  readonly limiter: RateLimiter;
  /** Takes lines for the log: never a record id, a name or a token. */
  log?(line: string): void;
}

export function apiVersionOf({ apiVersion = 'v3' }: Pick<HubSpotPorts, 'apiVersion'>): ApiVersion {
  return apiVersion;
}
