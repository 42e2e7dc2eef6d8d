/** Joins an account to the core: its fetch, its token, its limiter. */

import type { ObjectType } from '../core/domain/objectTypes.ts';
import type { Fetch } from '../core/hubspot/fetch.ts';
import { RateLimiter } from '../core/hubspot/limiter.ts';
import { systemClock } from '../core/hubspot/machineClock.ts';
import type { HubSpotPorts } from '../core/hubspot/ports.ts';
import { readRecordUsage, type UsedObjectType } from '../core/hubspot/recordUsage.ts';
import { readCustomObjectTypes } from '../core/hubspot/schemas.ts';
import { createSamplePortal } from '../core/sampleHubSpot/sampleHubSpot.ts';
import type { Log } from '../editor/log.ts';
import { readSettings } from '../editor/settings.ts';
import type { Account, Accounts } from './accounts.ts';
import type { ApiOrigin } from './apiOrigin.ts';
import { hubSpotFetch, logged, withoutIds } from './loggedFetch.ts';

/** Milliseconds a call of the sample account takes, so that it feels like one over the network. */
const sampleLatency = 60;

/** Requests in ten seconds that HubSpot grants every account. */
const lowestTier = 100;

export class Engine {
  readonly #accounts: Accounts;
  readonly #origin: ApiOrigin;
  readonly #log: Log;
  readonly #hubSpot: Fetch;
  readonly #limiters = new Map<string, RateLimiter>();
  #samplePortal: Fetch | undefined;

  constructor(accounts: Accounts, origin: ApiOrigin, log: Log) {
    this.#accounts = accounts;
    this.#origin = origin;
    this.#log = log;
    this.#hubSpot = hubSpotFetch(log);
  }

  /** Everything the core needs to call this account. All look-ups of an account share one limiter. */
  portsOf(account: Account): HubSpotPorts {
    const isSample = account.kind === 'sample';
    return {
      fetch: isSample ? this.#sampleFetch() : this.#hubSpot,
      origin: this.#origin.origin,
      token: isSample ? async () => 'sample' : () => this.#accounts.token(account),
      clock: systemClock,
      random: Math.random,
      apiVersion: readSettings().apiVersion,
      limiter: this.#limiterOf(account),
      log: (line) => this.#log.warn(withoutIds(line)),
    };
  }

  /** The same for a token that belongs to no account yet. */
  portsFor(token: string): HubSpotPorts {
    this.#log.hide(token);
    return {
      fetch: this.#hubSpot,
      origin: this.#origin.origin,
      token: async () => token,
      clock: systemClock,
      random: Math.random,
      apiVersion: readSettings().apiVersion,
      limiter: new RateLimiter(systemClock),
      log: (line) => this.#log.warn(withoutIds(line)),
    };
  }

  /** The account's custom object types; undefined when HubSpot could not be asked. */
  customTypes(account: Account): Promise<readonly ObjectType[] | undefined> {
    return readCustomObjectTypes(this.portsOf(account));
  }

  /** How many records of which types the account has; undefined when HubSpot does not tell. */
  async recordUsage(account: Account): Promise<readonly UsedObjectType[] | undefined> {
    const used = await readRecordUsage(this.portsOf(account));
    return used === 'refused' ? undefined : used;
  }

  #limiterOf(account: Account): RateLimiter {
    const { requestsPerTenSeconds: most } = readSettings();
    const limiter = this.#limiters.get(account.id) ?? new RateLimiter(systemClock);
    this.#limiters.set(account.id, limiter);
    limiter.change({ requests: most ?? lowestTier, most });
    return limiter;
  }

  #sampleFetch(): Fetch {
    this.#samplePortal ??= logged(createSamplePortal({ latency: sampleLatency }).fetch, this.#log, ' (sample account)');
    return this.#samplePortal;
  }
}
