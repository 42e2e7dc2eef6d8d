import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { dealId, dealIds, generatedAccount, unknownDealIds } from '../../hubspotStandIn/generatedAccount.ts';
import type { StandIn, StandInOptions } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { rawRequest } from './rawRequest.ts';

async function withStandIn(options: StandInOptions, use: (standIn: StandIn) => Promise<void>): Promise<void> {
  const standIn = await startHubSpotStandIn(options);
  try {
    await use(standIn);
  } finally {
    await standIn.close();
  }
}

function ask({ origin, token }: { origin: string; token: string }, ids: readonly string[], to = 'contacts') {
  return rawRequest(`${origin}/crm/v3/associations/deals/${to}/batch/read`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: ids.map((id) => ({ id })) }),
  });
}

describe('a stand-in', () => {
  it('keeps a rate limit: so many in a window, and again when it has passed', () =>
    withStandIn({ rateLimit: { requests: 3, milliseconds: 1000, headers: true, retryAfter: '1' } }, async (standIn) => {
      const first = await Promise.all([1, 2, 3, 4, 5].map(() => ask(standIn, [sampleIds.deal[0]!])));
      assert.deepEqual(first.map(({ status }) => status).sort(), [200, 200, 200, 429, 429]);
      assert.equal(standIn.refusedByLimit, 2);
      const refused = first.find(({ status }) => status === 429);
      assert.deepEqual(
        [refused?.headers['retry-after'], refused?.headers['x-hubspot-ratelimit-remaining']],
        ['1', '0'],
      );
      let status = 429;
      while (status === 429) ({ status } = await ask(standIn, [sampleIds.deal[0]!]));
      assert.equal(status, 200);
    }));

  it('lets a token die in the middle, and takes a new one', () =>
    withStandIn({}, async (standIn) => {
      const old = { origin: standIn.origin, token: standIn.token };
      standIn.expireToken(2);
      const statuses = [];
      for (let nth = 0; nth < 4; nth++) statuses.push((await ask(old, [sampleIds.deal[0]!])).status);
      assert.deepEqual(statuses, [200, 200, 401, 401]);
      standIn.issueToken();
      const dead = await ask(old, [sampleIds.deal[0]!]);
      assert.equal(JSON.parse(dead.bytes.toString()).category, 'INVALID_AUTHENTICATION');
      assert.equal((await ask(standIn, [sampleIds.deal[0]!])).status, 200);
      assert.match(standIn.token, /^pat-na1-[0-9a-f-]{36}$/);
      const oauth = { origin: standIn.origin, token: standIn.issueToken('oauth') };
      standIn.issueToken();
      const expired = await ask(oauth, [sampleIds.deal[0]!]);
      assert.equal(JSON.parse(expired.bytes.toString()).category, 'EXPIRED_AUTHENTICATION');
    }));

  it('serves an account that is computed: many deals, one with 50,000 contacts, ids that nobody knows', () => {
    const account = generatedAccount({ deals: 100_000, contacts: (nth) => (nth === 3 ? 50_000 : nth % 4) });
    return withStandIn({ account }, async (standIn) => {
      const answer = await ask(standIn, [...dealIds(8), dealId(99_999), dealId(100_000), ...unknownDealIds(2)]);
      const { results, errors } = JSON.parse(answer.bytes.toString());
      assert.deepEqual([results.length, errors.length], [7, 5]);
      const huge = results.find((result: { from: { id: string } }) => result.from.id === dealId(3));
      assert.deepEqual([huge.to.length, typeof huge.paging.next.after], [100, 'string']);
      assert.equal(standIn.portal.associationsOf('deals', dealId(3), 'contacts').length, 50_000);
    });
  });

  it('counts how many requests it answers at once', () =>
    withStandIn({}, async (standIn) => {
      standIn.faults.set({ kind: 'latency', milliseconds: 50 });
      await Promise.all([1, 2, 3].map(() => ask(standIn, [sampleIds.deal[0]!])));
      assert.equal(standIn.peakInFlight, 3);
    }));

  it('remembers answers when told to, token and all', () =>
    withStandIn({ rememberAnswers: true, record: false }, async (standIn) => {
      const [first, again] = [await ask(standIn, [sampleIds.deal[0]!]), await ask(standIn, [sampleIds.deal[0]!])];
      assert.deepEqual(first.bytes, again.bytes);
      assert.equal(standIn.requests.length, 0);
    }));

  it('closes idle connections after its own time', () =>
    withStandIn({ keepAliveTimeout: 1000, takesAnything: true }, async (standIn) => {
      const { headers } = await rawRequest(`${standIn.origin}/`, { headers: { connection: 'keep-alive' } });
      assert.equal(headers['keep-alive'], 'timeout=1');
    }));

  it('does not close in silence when anything but a read has reached it, also before it forgot its requests', async () => {
    for (const [method, path] of [
      ['POST', '/crm/v3/objects/contacts/batch/archive'],
      ['POST', '/crm/v3/objects/contacts/batch/archive?/x/batch/read'],
      ['DELETE', '/crm/v3/objects/contacts/1'],
      ['GET', '/crm/v3/objects/contacts/1'],
    ] as const) {
      const standIn = await startHubSpotStandIn();
      await rawRequest(standIn.origin + path, { method });
      standIn.forgetRequests();
      await assert.rejects(standIn.close(), (error: Error) => error.message.includes(`${method} ${path}`));
    }
  });
});

describe('a stand-in in a process of its own', () => {
  const script = fileURLToPath(new URL('../../hubspotStandIn.ts', import.meta.url));

  it('says where it is, takes commands on stdin and over HTTP, and ends with its stdin', async () => {
    const options = JSON.stringify({ generated: { deals: 10, contacts: 2 }, control: true });
    const child = spawn(process.execPath, [script, '--port', '0', '--options', options], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const reply = async () => JSON.parse((await lines.next()).value ?? '{}');
    const say = (command: unknown) => {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      return reply();
    };
    const { origin, token } = await reply();
    assert.equal((await ask({ origin, token }, [dealId(9)])).status, 200);
    assert.deepEqual(await say({ set: [{ kind: 'locked', when: { path: '/contacts/' } }] }), { done: true });
    assert.equal((await ask({ origin, token }, [dealId(9)])).status, 423);
    assert.deepEqual(await say({ clear: true }), { done: true });
    const { requests } = await say({ requests: true });
    assert.equal(requests.length, 2);
    const post = (command: unknown) =>
      rawRequest(`${origin}/stand-in`, { method: 'POST', body: JSON.stringify(command) });
    await post({ queue: [null, { kind: 'html' }] });
    assert.equal((await ask({ origin, token }, [dealId(9)])).headers['content-type'], 'application/json;charset=utf-8');
    assert.equal((await ask({ origin, token }, [dealId(9)])).headers['content-type'], 'text/html; charset=UTF-8');
    const renewed = JSON.parse((await post({ issueToken: true })).bytes.toString());
    assert.equal((await ask({ origin, token: renewed.token }, [dealId(9)])).status, 200);
    const ended = once(child, 'exit');
    child.stdin.end();
    assert.deepEqual(await ended, [0, null]);
  });
});
