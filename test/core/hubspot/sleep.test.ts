/** A lid is closed for five minutes while a request is under way. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { HubSpotClient, type Patience } from '../../../src/core/hubspot/client.ts';
import { accountDetailsRequest } from '../../../src/core/hubspot/endpoints.ts';
import type { Fetch, FetchInit, FetchResponse } from '../../../src/core/hubspot/fetch.ts';
import { RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { fakeMachine } from '../fakeMachine.ts';
import { FakeTime } from '../fakeTime.ts';

const fiveMinutes = 300_000;
const counters = ['goesOn', 'standsStill'] as const;

const fine: FetchResponse = { status: 200, headers: { get: () => null }, text: async () => 'fine' };

/** A connection that is dead and does not say so. */
const silence = ({ signal }: FetchInit): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));

const reset = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }));

function scene(answer: (nth: number, init: FetchInit) => Promise<FetchResponse>, patience: Partial<Patience> = {}) {
  const time = new FakeTime();
  const machine = fakeMachine(time);
  let sent = 0;
  const fetch: Fetch = (_, init) => answer(++sent, init);
  const { clock } = machine;
  const ports = { fetch, origin: 'https://api.hubapi.com', token: async () => 'a-token', clock, random: () => 0 };
  const client = new HubSpotClient({ ...ports, limiter: new RateLimiter(clock) }, patience);
  const request = () => time.run(client.request(accountDetailsRequest('v3'), (text) => ({ value: text })));
  return { ...machine, time, request, sent: () => sent };
}

suite('a request that the machine sleeps through', () => {
  for (const counter of counters) {
    test(`is sent again when its connection says nothing any more (counter ${counter})`, async () => {
      const { sleep, request, sent, time } = scene(async (nth, init) => {
        if (nth > 1) return fine;
        sleep(fiveMinutes, counter);
        return silence(init);
      });
      assert.deepEqual(await request(), { ok: true, value: 'fine' });
      assert.equal(sent(), 2);
      assert.equal(time.pending, 0);
    });

    test(`is sent again when its connection is lost (counter ${counter})`, async () => {
      const { sleep, request, sent } = scene(async (nth) => {
        if (nth > 1) return fine;
        sleep(fiveMinutes, counter);
        return reset();
      });
      assert.deepEqual(await request(), { ok: true, value: 'fine' });
      assert.equal(sent(), 2);
    });

    test(`has all its tries afterwards (counter ${counter})`, async () => {
      const { sleep, request, sent } = scene(
        async (nth) => {
          if (nth === 2) sleep(fiveMinutes, counter);
          return reset();
        },
        { tries: 3 },
      );
      const outcome = await request();
      assert.ok(!outcome.ok && outcome.failure.kind === 'connectionLost');
      assert.equal(sent(), 4);
    });

    test(`is given up in the end when each try is slept through (counter ${counter})`, async () => {
      const { sleep, request, sent, time } = scene(
        async () => {
          sleep(fiveMinutes, counter);
          return reset();
        },
        { tries: 3 },
      );
      const outcome = await request();
      assert.ok(!outcome.ok && outcome.failure.kind === 'connectionLost');
      assert.equal(sent(), 10 + 3);
      assert.equal(time.pending, 0);
    });

    test(`does not lose the time it has to a wait that is slept through (counter ${counter})`, async () => {
      const { sleep, request, sent } = scene(
        async (nth) => {
          if (nth === 1) setImmediate(() => sleep(fiveMinutes, counter));
          return nth < 3 ? reset() : fine;
        },
        { totalMilliseconds: 60_000, backoffMilliseconds: 20_000 },
      );
      assert.deepEqual(await request(), { ok: true, value: 'fine' });
      assert.equal(sent(), 3);
    });
  }

  test('takes its answer when that comes all the same', async () => {
    const { sleep, request, sent } = scene(async () => {
      sleep(fiveMinutes, 'goesOn');
      return fine;
    });
    assert.deepEqual(await request(), { ok: true, value: 'fine' });
    assert.equal(sent(), 1);
  });
});
