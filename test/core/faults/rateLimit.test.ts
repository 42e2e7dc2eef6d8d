import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../../src/core/hubspot/machineClock.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { until } from '../../host/until.ts';
import { dealIds, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import type { StandIn, StandInOptions } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { madePorts } from '../madePorts.ts';
import { assertTruth, read } from './underFaults.ts';

async function withStandIn(options: StandInOptions, use: (standIn: StandIn) => Promise<void>): Promise<void> {
  const standIn = await startHubSpotStandIn({ account: generatedAccount({ deals: 600, contacts: 2 }), ...options });
  try {
    await use(standIn);
  } finally {
    await standIn.close();
  }
}

const question = { from: 'deals', to: 'contacts', ids: dealIds(600) };

describe('a look-up under a limit that is really kept', () => {
  it('is never refused when it knows the limit', () =>
    withStandIn({ rateLimit: { requests: 12, milliseconds: 250 } }, async (standIn) => {
      const { answer } = await lookUp(
        question,
        madePorts({
          fetch,
          origin: standIn.origin,
          token: async () => standIn.token,
          limiter: new RateLimiter(
            { ...systemClock, now: () => performance.now() },
            { requests: 12, milliseconds: 250 },
          ),
        }),
        { batchSize: 10 },
      ).done;
      assertTruth(answer, standIn.portal);
      assert.deepEqual([standIn.refusedByLimit, answer.effort.requests], [0, 60]);
      assert.ok(standIn.peakInFlight <= 12, String(standIn.peakInFlight));
    }));

  it('finds a lower limit by itself, within a few refusals', () =>
    // The window is ten seconds of the look-up's own time.
    withStandIn({ rateLimit: { requests: 20, milliseconds: 50 } }, async (standIn) => {
      const { answer } = await read(standIn, question, { batchSize: 5, maxInFlight: 16 });
      assertTruth(answer, standIn.portal);
      assert.equal(answer.effort.requests, 120 + standIn.refusedByLimit);
      assert.ok(standIn.refusedByLimit <= 60, String(standIn.refusedByLimit));
    }));

  it('has no more than sixteen requests under way', () =>
    withStandIn({}, async (standIn) => {
      standIn.faults.set({ kind: 'held' });
      const reading = read(standIn, question, { batchSize: 10 });
      await until(
        'all that may be under way are',
        () => standIn.peakInFlight >= 16,
        () => standIn.peakInFlight,
      );
      standIn.faults.set({ kind: 'latency', milliseconds: 20 });
      const { answer } = await reading;
      assertTruth(answer, standIn.portal);
      assert.equal(standIn.peakInFlight, 16);
    }));
});
