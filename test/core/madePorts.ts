import { RateLimiter } from '../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../src/core/hubspot/machineClock.ts';
import type { HubSpotPorts } from '../../src/core/hubspot/ports.ts';

/** Ports with everything that a test does not care for; a limiter of their own, in the time they are given. */
export function madePorts(given: Pick<HubSpotPorts, 'fetch'> & Partial<HubSpotPorts>): HubSpotPorts {
  const clock = given.clock ?? systemClock;
  return {
    origin: 'https://api.hubapi.com',
    token: async () => 'a-token',
    clock,
    random: Math.random,
    limiter: new RateLimiter(clock),
    ...given,
  };
}
