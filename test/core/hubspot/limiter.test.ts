import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type Limits, RateLimiter, type Waiting } from '../../../src/core/hubspot/limiter.ts';
import { FakeTime } from '../fakeTime.ts';

const answer = (headers: Record<string, string> = {}, status = 200) => ({
  status,
  headers: { get: (name: string) => headers[name] ?? null },
  text: async () => '',
});

/** Sends so many requests as fast as the limiter lets them, each taking `latency`, and tells when each was sent. */
async function send(
  limiter: RateLimiter,
  time: FakeTime,
  count: number,
  latency: number,
  headers?: Record<string, string>,
) {
  const sent: number[] = [];
  const begin = time.now();
  await time.run(
    Promise.all(
      Array.from({ length: count }, async () => {
        const slot = await limiter.acquire();
        sent.push(time.now() - begin);
        await time.sleep(latency);
        slot?.done(answer(headers));
      }),
    ),
  );
  return sent;
}

function mostIn(sent: readonly number[], window: number): number {
  return Math.max(...sent.map((start) => sent.filter((at) => at >= start && at < start + window).length));
}

suite('the limiter', () => {
  test('lets a burst through and then waits for the window', async () => {
    const time = new FakeTime();
    const sent = await send(new RateLimiter(time), time, 250, 150);
    assert.equal(sent.length, 250);
    assert.ok(sent[99]! < 1100, 'a hundred at once');
    assert.ok(sent[100]! >= 10_000);
    assert.ok(sent[249]! < 21_600, `${sent[249]}`);
    assert.equal(time.pending, 0);
  });

  test('keeps any limit in any window, wherever the server counts', async () => {
    const limits: fc.Arbitrary<Limits> = fc.record({
      requests: fc.integer({ min: 1, max: 12 }),
      milliseconds: fc.integer({ min: 10, max: 1000 }),
      inFlight: fc.integer({ min: 1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(
        limits,
        fc.array(fc.nat(400), { maxLength: 40 }),
        fc.nat(100),
        async (limit, latencies, share) => {
          const time = new FakeTime();
          const limiter = new RateLimiter(time, limit);
          const counted: number[] = [];
          let inFlight = 0;
          await time.run(
            Promise.all(
              latencies.map(async (latency) => {
                const slot = await limiter.acquire();
                assert.ok(++inFlight <= limit.inFlight);
                const there = Math.floor((latency * share) / 100);
                await time.sleep(there);
                counted.push(time.now());
                await time.sleep(latency - there);
                inFlight--;
                slot?.done(answer());
              }),
            ),
          );
          assert.equal(counted.length, latencies.length);
          if (counted.length > 0) assert.ok(mostIn(counted, limit.milliseconds) <= limit.requests);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('halves on a 429, once for all that were under way, and grows again', async () => {
    const time = new FakeTime();
    const limiter = new RateLimiter(time, { requests: 40, milliseconds: 10_000, inFlight: 16 });
    const slots = await Promise.all(Array.from({ length: 16 }, () => limiter.acquire()));
    for (const slot of slots) {
      slot?.done(answer({}, 429));
      limiter.refused(10_000);
    }
    const sent = await send(limiter, time, 200, 100);
    assert.ok(sent[0]! >= 10_000, 'the pause is kept');
    const perWindow = [0, 1, 2, 3, 4].map(
      (nth) => sent.filter((at) => Math.floor((at - sent[0]!) / 10_000) === nth).length,
    );
    assert.equal(perWindow[0], 20);
    assert.ok(perWindow[1]! > 20 && perWindow[3]! > perWindow[1]!, perWindow.join(' '));
    assert.ok(Math.max(...perWindow) <= 40);
  });

  test('takes the limit from the headers', async () => {
    const time = new FakeTime();
    const headers = { 'x-hubspot-ratelimit-max': '190', 'x-hubspot-ratelimit-interval-milliseconds': '10000' };
    const sent = await send(new RateLimiter(time), time, 380, 50, headers);
    assert.ok(sent[189]! < 2000);
    assert.ok(sent[190]! >= 10_000);
  });

  test('stays below what the user has set, whatever the headers grant', async () => {
    const time = new FakeTime();
    const headers = { 'x-hubspot-ratelimit-max': '190', 'x-hubspot-ratelimit-interval-milliseconds': '10000' };
    const sent = await send(new RateLimiter(time, { requests: 20, most: 20 }), time, 60, 50, headers);
    assert.ok(sent[19]! < 1000);
    assert.ok(sent[20]! >= 10_000);
    assert.ok(sent[40]! >= 20_000);
    const fewer = { ...headers, 'x-hubspot-ratelimit-max': '5' };
    const strict = new FakeTime();
    const slow = await send(new RateLimiter(strict, { requests: 20, most: 20, inFlight: 1 }), strict, 11, 50, fewer);
    assert.ok(slow[10]! >= 20_000);
  });

  test('takes another limit at once, and counts what was sent before', async () => {
    const time = new FakeTime();
    const limiter = new RateLimiter(time, { requests: 10, most: 10 });
    await send(limiter, time, 10, 50);
    limiter.change({ requests: 30, most: 30 });
    const more = await send(limiter, time, 21, 50);
    assert.ok(more[19]! < 1000, 'twenty more at once');
    assert.ok(more[20]! >= 9000, 'and then the window');
    await time.run(time.sleep(20_000));
    limiter.change({ requests: 2, most: 2 });
    const fewer = await send(limiter, time, 3, 50);
    assert.ok(fewer[2]! - fewer[0]! >= 10_000);
  });

  test('makes room for others who use the same limit', async () => {
    const time = new FakeTime();
    const limiter = new RateLimiter(time, { requests: 100, milliseconds: 10_000, inFlight: 1 });
    const headers = {
      'x-hubspot-ratelimit-max': '100',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-remaining': '4',
    };
    const first = await limiter.acquire();
    first?.done(answer(headers));
    const sent = await send(limiter, time, 20, 10);
    assert.equal(sent.filter((at) => at < 9000).length, 4);
  });

  test('need not make room for others where what the user has set is room enough', async () => {
    const time = new FakeTime();
    const limiter = new RateLimiter(time, { requests: 20, most: 20 });
    const headers = {
      'x-hubspot-ratelimit-max': '190',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-remaining': '60',
    };
    const first = await limiter.acquire();
    first?.done(answer(headers));
    const sent = await send(limiter, time, 19, 10);
    assert.ok(sent[18]! < 1000);
  });

  test('ignores headers that make no sense', async () => {
    for (const max of ['', '0', '-5', 'many', '1e9', '3.5']) {
      const time = new FakeTime();
      const headers = { 'x-hubspot-ratelimit-max': max, 'x-hubspot-ratelimit-interval-milliseconds': '10000' };
      const sent = await send(new RateLimiter(time), time, 100, 50, headers);
      assert.ok(sent[99]! < 1000, max);
    }
  });

  test('says why it waits, and until when', async () => {
    const time = new FakeTime();
    const limiter = new RateLimiter(time, { requests: 1, milliseconds: 5000 });
    const waits: (Waiting | undefined)[] = [];
    const first = await limiter.acquire();
    first?.done(answer());
    const begin = time.now();
    const second = limiter.acquire(undefined, (waiting) => waits.push(waiting));
    limiter.refused(7000);
    (await time.run(second))?.done();
    assert.deepEqual(waits, [
      { reason: 'ownLimit', until: begin + 5000 },
      { reason: 'rateLimited', until: begin + 7000 },
      undefined,
    ]);
  });

  test('an aborted wait takes no place and leaves no timer', async () => {
    const time = new FakeTime();
    const limiter = new RateLimiter(time, { requests: 1, milliseconds: 5000 });
    (await limiter.acquire())?.done();
    const abort = new AbortController();
    const waiting = limiter.acquire(abort.signal);
    abort.abort();
    assert.equal(await waiting, undefined);
    assert.equal(await limiter.acquire(AbortSignal.abort()), undefined);
    assert.equal(time.pending, 0);
    assert.ok(await time.run(limiter.acquire()));
  });
});
