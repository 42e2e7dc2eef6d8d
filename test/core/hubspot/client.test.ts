import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { HubSpotClient, type Patience } from '../../../src/core/hubspot/client.ts';
import { associationsRequest } from '../../../src/core/hubspot/endpoints.ts';
import type { Fetch, FetchResponse } from '../../../src/core/hubspot/fetch.ts';
import { RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { FakeTime } from '../fakeTime.ts';

const response = (status: number, body: string, headers: Record<string, string> = {}): FetchResponse => ({
  status,
  headers: { get: (name) => headers[name] ?? null },
  text: async () => body,
});

const asked = associationsRequest('v3', 'deals', 'contacts', [{ id: '1' }]);

interface Scene {
  readonly fetch: Fetch;
  readonly patience?: Partial<Patience>;
  readonly token?: () => Promise<string | undefined>;
}

function scene({ fetch, patience, token = async () => 'a-token' }: Scene) {
  const time = new FakeTime();
  const begin = time.now();
  const sent: number[] = [];
  const log: string[] = [];
  const counted: Fetch = (url, init) => {
    sent.push(time.now() - begin);
    return fetch(url, init);
  };
  const limiter = new RateLimiter(time);
  const ports = { fetch: counted, origin: 'https://api.hubapi.com', token, clock: time, random: () => 0, limiter };
  const client = new HubSpotClient({ ...ports, log: (line) => log.push(line) }, patience);
  const read = (text: string) => (text === '' ? { unreadable: { where: '', detail: 'empty' } } : { value: text });
  const request = (cancel?: AbortSignal) => time.run(client.request(asked, read, { cancel }));
  return { time, sent, log, client, request };
}

suite('a request', () => {
  test('sends the token, and asks for it before every try', async () => {
    const tokens = ['first', 'second'];
    const seen: (string | undefined)[] = [];
    const { request } = scene({
      token: async () => tokens[Math.min(seen.length, 1)],
      fetch: async (url, { headers }) => {
        assert.equal(url, 'https://api.hubapi.com/crm/v3/associations/deals/contacts/batch/read');
        seen.push(headers.authorization);
        return seen.length === 1 ? response(500, '') : response(200, 'fine');
      },
    });
    assert.deepEqual(await request(), { ok: true, value: 'fine' });
    assert.deepEqual(seen, ['Bearer first', 'Bearer second']);
  });

  test('is tried again after growing waits, six times at the most', async () => {
    const { request, sent, time } = scene({ fetch: async () => response(503, '<html>') });
    const outcome = await request();
    assert.ok(!outcome.ok && outcome.failure.kind === 'serverError');
    assert.deepEqual(sent, [0, 1000, 3000, 7000, 15_000, 31_000]);
    assert.equal(time.pending, 0);
  });

  test('begins no try after the time it has', async () => {
    const fetch = async () => response(429, '{"policyName":"TEN_SECONDLY_ROLLING"}');
    const { request, sent } = scene({ fetch, patience: { tries: 100, totalMilliseconds: 45_000 } });
    const outcome = await request();
    assert.ok(!outcome.ok && outcome.failure.kind === 'rateLimited');
    assert.deepEqual(sent, [0, 10_000, 20_000, 30_000, 40_000]);
  });

  test('is not tried again when the answer will not change', async () => {
    for (const status of [400, 401, 403, 404]) {
      const { request, sent } = scene({ fetch: async () => response(status, '') });
      assert.equal((await request()).ok, false);
      assert.equal(sent.length, 1, String(status));
    }
  });

  test('that hangs is given up, also in the middle of its answer', async () => {
    const never = new Promise<never>(() => {});
    const aborted = (signal: AbortSignal | undefined) =>
      new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    for (const fetch of [
      (async (_, { signal }) => Promise.race([never, aborted(signal)])) as Fetch,
      (async (_, { signal }) => ({ ...response(200, ''), text: () => aborted(signal) })) as Fetch,
    ]) {
      const { request, sent, time } = scene({ fetch, patience: { tries: 2, callMilliseconds: 5000 } });
      const outcome = await request();
      assert.deepEqual(outcome, { ok: false, failure: { kind: 'timeout', milliseconds: 5000 }, reach: 'call' });
      assert.deepEqual(sent, [0, 6000]);
      assert.equal(time.pending, 0);
    }
  });

  test('with an empty answer is tried again, since something between may have cut it', async () => {
    let calls = 0;
    const { request } = scene({ fetch: async () => response(200, ++calls < 3 ? '' : 'fine') });
    assert.deepEqual(await request(), { ok: true, value: 'fine' });
  });

  test('whose answer makes the reader stumble is unreadable, once', async () => {
    const { time, sent, client } = scene({ fetch: async () => response(200, '{}') });
    const stumble = () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    const outcome = await time.run(client.request(asked, stumble));
    assert.ok(!outcome.ok && outcome.failure.kind === 'unreadableAnswer');
    assert.equal(sent.length, 1);
  });

  test('is cancelled at any moment', async () => {
    const fetch: Fetch = async () => response(503, '');
    const cancel = new AbortController();
    const { request, time, sent } = scene({ fetch });
    void time.sleep(2000).then(() => cancel.abort());
    const outcome = await request(cancel.signal);
    assert.ok(!outcome.ok && outcome.failure.kind === 'cancelled');
    assert.equal(sent.length, 2);
    assert.equal(time.pending, 0);
  });

  test('without a token is not sent', async () => {
    const { request, sent } = scene({ fetch: async () => response(200, ''), token: async () => undefined });
    const outcome = await request();
    assert.ok(!outcome.ok && outcome.failure.kind === 'noToken');
    assert.deepEqual(sent, []);
  });

  test('never tells its token, even when the runtime quotes it', async () => {
    const token = ['pat', 'na1', 'not-a-real-one'].join('-');
    const { request, log } = scene({
      token: async () => token,
      fetch: async (_, { headers }) => {
        throw new TypeError(`"${headers.authorization}" is an invalid header value`);
      },
    });
    const told = JSON.stringify([await request(), log]);
    assert.ok(told.includes('invalid header value'));
    assert.ok(!told.includes(token));
  });

  test('reports nothing of a token that an answer sends back, however it is spelled', async () => {
    const token = `CPab/${'Kd+9'.repeat(20)}==`;
    const spelled = [...token]
      .map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
    for (const written of [token, JSON.stringify(token).replaceAll('/', '\\/').slice(1, -1), spelled]) {
      const words = Object.fromEntries(
        ['message', 'category', 'subCategory', 'correlationId', 'policyName'].map((name) => [name, 'WORDS']),
      );
      const echo = JSON.stringify({ ...words, context: { requiredScopes: ['WORDS'] } }).replaceAll('WORDS', written);
      const headers = { 'x-hubspot-correlation-id': token };
      for (const status of [200, 400, 401, 403, 404, 429, 477, 500]) {
        const { request, log } = scene({
          token: async () => token,
          patience: { tries: 1 },
          fetch: async () => response(status, echo, headers),
        });
        const said = JSON.stringify([await request(), log]);
        assert.ok(said.includes('***'), said);
        assert.ok(!said.includes('Kd+9') && !said.includes(spelled.slice(0, 60)), said);
      }
    }
  });

  test('reports words as one line, without links, icons and marks, and not endlessly', async () => {
    const message = `[Sign in](command:x)\n$(key)\u202e${'x'.repeat(1_000_000)}`;
    const { request } = scene({ fetch: async () => response(404, JSON.stringify({ message, category: message })) });
    const outcome = await request();
    assert.ok(!outcome.ok && outcome.failure.kind === 'refused');
    for (const words of [outcome.failure.hubSpot.message, outcome.failure.hubSpot.category]) {
      assert.ok(words?.startsWith('[Sign in] (command:x) $ (key) xxx') && words.length < 1100, words);
    }
  });

  test('is cancelled while a keychain waits for a person', async () => {
    const cancel = new AbortController();
    let asked = false;
    const { request, sent } = scene({
      token: () => {
        asked = true;
        return new Promise(() => {});
      },
      fetch: async () => response(200, 'fine'),
    });
    const outcome = request(cancel.signal);
    while (!asked) await Promise.resolve();
    cancel.abort();
    assert.deepEqual(await outcome, { ok: false, failure: { kind: 'cancelled' }, reach: 'run' });
    assert.deepEqual(sent, []);
  });

  test('gives others their turn while a long answer is read, and is cancelled between two steps of it', async () => {
    const { time, client } = scene({ fetch: async () => response(200, 'fine') });
    let steps = 0;
    const read = function* (text: string) {
      for (steps = 0; steps < 100; steps++) {
        time.pass(10);
        yield;
      }
      return { value: text };
    };
    let turns = 0;
    const counting = (async () => {
      for (; steps < 100; turns++) await time.sleep(0);
    })();
    assert.deepEqual(await time.run(client.request(asked, read)), { ok: true, value: 'fine' });
    await time.run(counting);
    assert.ok(turns >= 33, `${turns} turns in 100 steps of 10 ms`);

    const cancel = new AbortController();
    const outcome = client.request(asked, read, { cancel: cancel.signal });
    void time.sleep(500).then(() => cancel.abort());
    assert.deepEqual(await time.run(outcome), { ok: false, failure: { kind: 'cancelled' }, reach: 'run' });
    assert.ok(steps > 40 && steps < 60, String(steps));
    assert.equal(time.pending, 0);
  });

  /** Sixteen calls whose answers take longer to be read than to come. The one with this number hangs, the eleventh fails. */
  async function slowlyRead(hanging?: number) {
    let sent = 0;
    let unread = 0;
    let most = 0;
    const { time, client } = scene({
      fetch: async () => {
        const nth = sent++;
        const text = async () => {
          if (nth === hanging) await time.sleep(50_000);
          most = Math.max(most, ++unread);
          return String(nth);
        };
        return nth === 10 ? response(404, '{}') : { ...response(200, ''), text };
      },
    });
    const read = function* (text: string) {
      unread--;
      for (let step = 0; step < 10; step++) {
        time.pass(10);
        yield;
      }
      return { value: text };
    };
    const ended: string[] = [];
    const calls = Array.from({ length: 16 }, async (_, nth) => {
      await time.sleep(nth);
      const outcome = await client.request(asked, read);
      ended.push(outcome.ok ? outcome.value : 'failed');
    });
    await time.run(Promise.all(calls));
    return { ended, most, pending: time.pending };
  }

  test('leaves its answer with the network while others wait to be read, unless it is a failure', async () => {
    const { ended, most, pending } = await slowlyRead();
    assert.ok(most <= 3, `${most} waited`);
    assert.ok(ended.indexOf('failed') < 8, ended.join(' '));
    assert.deepEqual([new Set(ended).size, pending], [16, 0]);
  });

  test('does not wait for an answer that hangs', async () => {
    const { ended, pending } = await slowlyRead(3);
    assert.deepEqual([ended.at(-1), new Set(ended).size, pending], ['3', 16, 0]);
  });
});
