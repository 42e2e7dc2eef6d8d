import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { type RawAnswer, rawRequest } from './rawRequest.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn({ pageSize: 40 });
});
after(() => standIn.close());
afterEach(() => standIn.faults.clear());

const [deal, second, none] = [sampleIds.deal[0]!, sampleIds.deal[1]!, sampleIds.deal[6]!];
const company = sampleIds.company[1]!;

type Input = string | { readonly id: string; readonly after: string };

function ask(
  inputs: readonly Input[],
  {
    from = 'deals',
    to = 'companies',
    version = 'v3',
    agent,
  }: { from?: string; to?: string; version?: string; agent?: Agent } = {},
) {
  const base = version === 'v3' ? 'v3/associations' : `associations/${version}`;
  return rawRequest(`${standIn.origin}/crm/${base}/${from}/${to}/batch/read`, {
    method: 'POST',
    headers: { authorization: `Bearer ${standIn.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: inputs.map((input) => (typeof input === 'string' ? { id: input } : input)) }),
    ...(agent ? { agent } : {}),
  });
}

async function under(
  fault: Fault,
  inputs: readonly Input[] = [deal, second, none],
  how: Parameters<typeof ask>[1] = {},
) {
  standIn.faults.set(fault);
  return ask(inputs, how);
}

const json = ({ bytes }: RawAnswer) => JSON.parse(bytes.toString());
const fromIds = (answer: RawAnswer): string[] =>
  json(answer).results.map((result: { from: { id: string } }) => result.from.id);
const errorIds = (answer: RawAnswer): string[] =>
  (json(answer).errors ?? []).flatMap(
    (error: { context?: { fromObjectId: string[] } }) => error.context?.fromObjectId ?? [],
  );

describe('a stand-in without faults', () => {
  it('answers as the portal does, to its token alone', async () => {
    const answer = await ask([deal, none]);
    assert.deepEqual([answer.status, answer.broken], [207, undefined]);
    assert.deepEqual([fromIds(answer), errorIds(answer)], [[deal], [none]]);
    const stranger = await rawRequest(`${standIn.origin}/account-info/v3/details`, {});
    assert.equal(stranger.status, 401);
  });

  it('records requests without the token', async () => {
    standIn.forgetRequests();
    await ask([deal]);
    const [request] = standIn.requests;
    assert.deepEqual(
      [request?.method, request?.path, request?.body, request?.headers.authorization],
      ['POST', '/crm/v3/associations/deals/companies/batch/read', { inputs: [{ id: deal }] }, 'Bearer <token>'],
    );
    assert.ok(!JSON.stringify(standIn.requests).includes(standIn.token));
  });
});

describe('which requests a fault strikes', () => {
  it('all, until it is cleared', async () => {
    standIn.faults.set({ kind: 'html' });
    for (let nth = 0; nth < 3; nth++) assert.match((await ask([deal])).bytes.toString(), /^<!DOCTYPE/);
    standIn.faults.clear();
    assert.equal((await ask([deal])).status, 200);
  });

  it('so many times', async () => {
    standIn.faults.set({ kind: 'serverError', status: 502, times: 2 });
    const statuses = [];
    for (let nth = 0; nth < 3; nth++) statuses.push((await ask([deal])).status);
    assert.deepEqual(statuses, [502, 502, 200]);
    assert.equal(standIn.faults.struck('serverError'), 2);
  });

  it('those that match a condition as data or as a function', async () => {
    standIn.faults.set({ kind: 'serverError', status: 503, when: { id: second, from: 2, to: 2 } });
    const statuses = [];
    for (const id of [second, deal, second, second]) statuses.push((await ask([id])).status);
    assert.deepEqual(statuses, [200, 200, 503, 200]);
    standIn.faults.set({
      kind: 'serverError',
      status: 504,
      when: ({ path }, nth) => path.includes('batch') && nth > 1,
    });
    assert.deepEqual([(await ask([deal])).status, (await ask([deal])).status], [200, 504]);
  });

  it('one each, from a queue with gaps', async () => {
    standIn.faults.queue({ kind: 'serverError', status: 500 }, undefined, { kind: 'locked' });
    const statuses = [];
    for (let nth = 0; nth < 4; nth++) statuses.push((await ask([deal])).status);
    assert.deepEqual(statuses, [500, 200, 423, 200]);
  });
});

describe('faults instead of an answer', () => {
  it('hang: no answer', async () => {
    standIn.faults.set({ kind: 'hang' });
    const gone = new AbortController();
    const waiting = rawRequest(`${standIn.origin}/account-info/v3/details`, { signal: gone.signal });
    while (standIn.faults.struck('hang') === 0) await new Promise((resolve) => setImmediate(resolve));
    gone.abort();
    assert.deepEqual([(await waiting).status, (await waiting).broken], [0, 'ABORT_ERR']);
  });

  it('held: the answer, once the faults are cleared', async () => {
    standIn.faults.set({ kind: 'held' });
    let isAnswered = false;
    const waiting = ask([deal]).finally(() => {
      isAnswered = true;
    });
    while (standIn.faults.struck('held') === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isAnswered, false);
    standIn.faults.clear();
    assert.equal((await waiting).status, 200);
  });

  it('rateLimited: the body of each policy, with and without headers', async () => {
    const words = { SECONDLY: 'secondly', TEN_SECONDLY_ROLLING: 'ten_secondly_rolling', DAILY: 'daily' } as const;
    for (const policy of ['SECONDLY', 'TEN_SECONDLY_ROLLING', 'DAILY'] as const) {
      const answer = await under({ kind: 'rateLimited', policy });
      assert.equal(answer.status, 429);
      const { message, policyName, errorType, category } = json(answer);
      assert.deepEqual(
        [message, policyName, errorType, category],
        [`You have reached your ${words[policy]} limit.`, policy, 'RATE_LIMIT', undefined],
      );
      assert.equal(answer.headers['retry-after'], undefined);
    }
    const { headers } = await under({ kind: 'rateLimited', policy: 'SECONDLY', retryAfter: '2', rateHeaders: true });
    assert.deepEqual([headers['retry-after'], headers['x-hubspot-ratelimit-remaining']], ['2', '0']);
  });

  it('serverError: JSON for 500, pages of the network in front for the others', async () => {
    const own = await under({ kind: 'serverError', status: 500 });
    assert.deepEqual([own.status, json(own).message], [500, 'Internal error']);
    for (const status of [502, 503, 504, 521, 522, 523, 524, 525, 526] as const) {
      const answer = await under({ kind: 'serverError', status });
      assert.equal(answer.status, status);
      assert.match(answer.bytes.toString(), new RegExp(`^<!DOCTYPE html>[^]*${status}`));
    }
  });

  it('html and emptyBody: success without data', async () => {
    const html = await under({ kind: 'html' });
    assert.deepEqual([html.status, html.headers['content-type']], [200, 'text/html; charset=UTF-8']);
    const empty = await under({ kind: 'emptyBody' });
    assert.deepEqual([empty.status, empty.bytes.length, empty.broken], [200, 0, undefined]);
  });

  it('proxyLogin, locked, migrating: 407, 423, 477', async () => {
    const proxy = await under({ kind: 'proxyLogin' });
    assert.deepEqual([proxy.status, proxy.headers['proxy-authenticate']], [407, 'Basic realm="proxy"']);
    assert.equal((await under({ kind: 'locked' })).status, 423);
    const migrating = await under({ kind: 'migrating', retryAfter: '86400' });
    assert.deepEqual([migrating.status, migrating.headers['retry-after']], [477, '86400']);
  });

  it('unauthorized: unknown or expired', async () => {
    const unknown = await under({ kind: 'unauthorized' });
    assert.deepEqual([unknown.status, json(unknown).category], [401, 'INVALID_AUTHENTICATION']);
    assert.equal(unknown.headers['x-hubspot-auth-failure'], '401 Unauthorized');
    const expired = await under({ kind: 'unauthorized', expired: true });
    assert.deepEqual([expired.status, json(expired).category], [401, 'EXPIRED_AUTHENTICATION']);
  });

  it('missingScopes and forbidden: 403 in every shape', async () => {
    const scopes = ['crm.objects.deals.read'];
    for (const key of ['requiredGranularScopes', 'requiredScopes', 'missingScopes'] as const) {
      const inside = await under({ kind: 'missingScopes', scopes, key });
      assert.deepEqual([inside.status, json(inside).errors[0].context], [403, { [key]: scopes }]);
      const beside = await under({ kind: 'missingScopes', scopes, key, topLevel: true });
      assert.deepEqual([json(beside).context, json(beside).errors], [{ [key]: scopes }, undefined]);
    }
    assert.equal(json(await under({ kind: 'forbidden', category: 'GATED' })).category, 'GATED');
  });

  it('poisonousIds and smallerBatches: 400 for the whole batch, and only for such a batch', async () => {
    const poison: Fault = { kind: 'poisonousIds', ids: [none] };
    assert.equal((await under(poison)).status, 400);
    assert.equal((await under(poison, [deal, second])).status, 200);
    const small: Fault = { kind: 'smallerBatches', limit: 2 };
    assert.match(json(await under(small)).message, /^The maximum number of inputs supported in a batch is 2\./);
    assert.equal((await under(small, [deal, second])).status, 200);
  });

  it('status: anything', async () => {
    const answer = await under({
      kind: 'status',
      status: 414,
      body: '<html>',
      headers: { 'content-type': 'text/html' },
    });
    assert.deepEqual([answer.status, answer.bytes.toString()], [414, '<html>']);
  });
});

describe('faults in the body', () => {
  it('cutJson: a whole HTTP answer around half a body', async () => {
    const answer = await under({ kind: 'cutJson' });
    assert.deepEqual([answer.status, answer.broken], [207, undefined]);
    assert.throws(() => json(answer), SyntaxError);
  });

  it('wrongShape: another value at a path, or none', async () => {
    assert.equal(
      json(await under({ kind: 'wrongShape', path: ['results', 0, 'from', 'id'], value: 7 })).results[0].from.id,
      7,
    );
    assert.equal('results' in json(await under({ kind: 'wrongShape', path: ['results'] })), false);
  });

  it('batchStatus: another status, with a part of the results', async () => {
    const whole = await under({ kind: 'batchStatus', status: 'PENDING' });
    assert.deepEqual([json(whole).status, fromIds(whole).length], ['PENDING', 2]);
    const half = await under({ kind: 'batchStatus', status: 'CANCELED', keep: 0.5 });
    assert.deepEqual([json(half).status, fromIds(half).length], ['CANCELED', 1]);
  });

  it('missingResults: neither result nor error', async () => {
    const answer = await under({ kind: 'missingResults', ids: [deal, none] });
    assert.deepEqual([fromIds(answer), errorIds(answer), json(answer).numErrors], [[second], [], undefined]);
  });

  it('splitResults: a record in two places', async () => {
    const answer = await under({ kind: 'splitResults' }, [second]);
    assert.deepEqual(
      json(answer).results.map(({ to }: { to: unknown }) => to),
      [[{ id: '17497806402', type: 'deal_to_company' }], [{ id: '17497806402', type: 'deal_to_company_unlabeled' }]],
    );
  });

  it('extraResults, duplicateResults, shuffledResults', async () => {
    const plain = fromIds(await ask([deal, second, none]));
    assert.deepEqual(fromIds(await under({ kind: 'extraResults', ids: ['77777777777'] })), [...plain, '77777777777']);
    assert.deepEqual(fromIds(await under({ kind: 'duplicateResults' })), [...plain, ...plain]);
    assert.deepEqual(fromIds(await under({ kind: 'shuffledResults' })), plain.toReversed());
  });

  it('emptyPages: an empty page, whose cursor leads to the one that should have come', async () => {
    const plain = json(await ask([deal])).results[0].to;
    const empty = json(await under({ kind: 'emptyPages' }, [deal])).results[0];
    assert.deepEqual(empty.to, []);
    const after: string = empty.paging.next.after;
    const again = json(await under({ kind: 'emptyPages' }, [{ id: deal, after }])).results[0];
    assert.notEqual(again.paging.next.after, after);
    standIn.faults.clear();
    assert.deepEqual(json(await ask([{ id: deal, after: again.paging.next.after }])).results[0].to, plain);
  });

  it('noMore, refusedCursors: what a cursor announced is not there, or the cursor is refused', async () => {
    const { after } = json(await under({ kind: 'emptyPages' }, [deal])).results[0].paging.next;
    const further = { id: deal, after };
    const error = await under({ kind: 'noMore' }, [further, second]);
    assert.deepEqual([fromIds(error), errorIds(error)], [[second], [deal]]);
    const result = json(await under({ kind: 'noMore', as: 'result' }, [further]));
    assert.deepEqual(result.results, [{ from: { id: deal }, to: [] }]);
    assert.equal((await under({ kind: 'refusedCursors' }, [further])).status, 400);
    assert.equal((await under({ kind: 'refusedCursors' }, [deal])).status, 200);
  });

  it('resultAndError, twoCursors: two answers to one question', async () => {
    const both = await under({ kind: 'resultAndError', ids: [deal], none: true }, [deal, second]);
    assert.deepEqual([fromIds(both).toSorted(), errorIds(both)], [[deal, second].toSorted(), [deal]]);
    const paging = { kind: 'wrongShape', path: ['results', 0, 'paging'], value: { next: { after: 'x' } } } as const;
    standIn.faults.set(paging, { kind: 'twoCursors' });
    const twice = json(await ask([deal])).results;
    assert.equal(twice.length, 2);
    assert.notEqual(twice[0].paging.next.after, twice[1].paging.next.after);
  });

  it('numErrors, errorsWithoutContext, groupedErrors', async () => {
    assert.equal(json(await under({ kind: 'numErrors', value: 17 })).numErrors, 17);
    const nameless = await under({ kind: 'errorsWithoutContext' });
    assert.deepEqual([json(nameless).errors.length, errorIds(nameless)], [1, []]);
    const grouped = await under({ kind: 'groupedErrors' }, [none, '1', '2']);
    assert.deepEqual([json(grouped).errors.length, errorIds(grouped)], [1, [none, '1', '2']]);
  });

  it('recordErrors: another error, once or more, in a 207, or in the 200 of 2026-09', async () => {
    const fault: Fault = {
      kind: 'recordErrors',
      ids: [deal],
      category: 'OBJECT_LOCKED',
      message: 'Locked.',
      repeat: 2,
    };
    const answer = await under(fault, [deal, second]);
    assert.deepEqual([answer.status, fromIds(answer), errorIds(answer)], [207, [second], [deal, deal]]);
    assert.equal(json(answer).errors[0].category, 'OBJECT_LOCKED');
    assert.equal((await under(fault, [deal, second], { version: '2026-09' })).status, 200);
  });

  const cursorsUnder = async (fault: Fault | undefined, pages: number) => {
    if (fault) standIn.faults.set(fault);
    const seen: { after: string | undefined; ids: string[] }[] = [];
    let cursor: string | undefined;
    for (let nth = 0; nth < pages; nth++) {
      const input = cursor === undefined ? company : { id: company, after: cursor };
      const [result] = json(await ask([input], { from: 'companies', to: 'contacts' })).results;
      cursor = result.paging?.next.after;
      seen.push({ after: cursor, ids: result.to.map(({ id }: { id: string }) => id) });
      if (cursor === undefined) break;
    }
    return seen;
  };

  it('stuckCursor: the next page points to itself', async () => {
    const [first, next, again] = await cursorsUnder({ kind: 'stuckCursor' }, 3);
    assert.equal(next?.after, first?.after);
    assert.deepEqual(again?.ids, next?.ids);
    assert.notDeepEqual(next?.ids, first?.ids);
  });

  it('loopingCursor: two pages point to each other', async () => {
    const [first, next, third, fourth] = await cursorsUnder({ kind: 'loopingCursor' }, 4);
    assert.notEqual(next?.after, first?.after);
    assert.equal(third?.after, first?.after);
    assert.deepEqual(fourth?.ids, next?.ids);
  });

  it('ignoredCursor: the first page for ever', async () => {
    const pages = await cursorsUnder({ kind: 'ignoredCursor' }, 3);
    assert.deepEqual(pages[1], pages[0]);
    assert.deepEqual(pages[2], pages[0]);
    standIn.faults.clear();
    assert.equal((await cursorsUnder(undefined, 99)).at(-1)?.after, undefined);
  });
});

describe('faults on the way', () => {
  it('latency: the answer comes after that of a later request', async () => {
    standIn.faults.set({ kind: 'latency', milliseconds: 200, times: 1 });
    const order: string[] = [];
    const slow = ask([deal]).then(() => order.push('slow'));
    while (standIn.faults.struck('latency') === 0) await new Promise((resolve) => setImmediate(resolve));
    await ask([deal]).then(() => order.push('quick'));
    await slow;
    assert.deepEqual(order, ['quick', 'slow']);
  });

  it('slowDrip: a whole body in many pieces', async () => {
    const answer = await under({ kind: 'slowDrip', bytes: 50, milliseconds: 2 });
    assert.ok(answer.pieces >= 5, String(answer.pieces));
    assert.deepEqual([answer.broken, fromIds(answer).length], [undefined, 2]);
  });

  it('connectionLost: before, in the headers, in the body, after', async () => {
    const plain = await ask([deal, second, none]);
    for (const how of ['reset', 'end'] as const) {
      const before = await under({ kind: 'connectionLost', at: 'before', how });
      assert.deepEqual([before.status, before.broken], [0, 'ECONNRESET'], how);
      const headers = await under({ kind: 'connectionLost', at: 'headers', how });
      assert.deepEqual([headers.status, headers.bytes.length, headers.broken], [207, 0, 'ECONNRESET'], how);
      const body = await under({ kind: 'connectionLost', at: 'body', how });
      assert.deepEqual([body.status, body.broken], [207, 'ECONNRESET'], how);
      assert.equal(body.bytes.length, Math.ceil(plain.bytes.length / 2));
    }
    const whole = await under({ kind: 'connectionLost', at: 'after', how: 'end' });
    assert.deepEqual([whole.broken, whole.bytes.length], [undefined, plain.bytes.length]);
  });

  it('keepAliveRace: the next request on the same connection finds it closed, and only that one', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    standIn.faults.set({ kind: 'keepAliveRace', times: 1 });
    const answers = [];
    for (let nth = 0; nth < 3; nth++) answers.push(await ask([deal], { agent }));
    agent.destroy();
    assert.deepEqual(
      answers.map(({ status, broken }) => [status, broken]),
      [
        [200, undefined],
        [0, 'ECONNRESET'],
        [200, undefined],
      ],
    );
    assert.equal(answers[0]?.headers.connection, 'keep-alive');
  });

  it('gzip: compressed, whole or cut', async () => {
    const answer = await under({ kind: 'gzip' });
    assert.equal(answer.headers['content-encoding'], 'gzip');
    assert.equal(JSON.parse(gunzipSync(answer.bytes).toString()).status, 'COMPLETE');
    const broken = await under({ kind: 'gzip', broken: true });
    assert.throws(() => gunzipSync(broken.bytes), /unexpected end of file/);
  });

  it('charset: a header that lies, a byte order mark, UTF-16', async () => {
    const lie = await under({ kind: 'charset', declared: 'iso-8859-1', bytes: 'utf-8' });
    assert.deepEqual(
      [lie.headers['content-type'], json(lie).status],
      ['application/json;charset=iso-8859-1', 'COMPLETE'],
    );
    const marked = await under({ kind: 'charset', declared: 'utf-8', bytes: 'utf-8-bom' });
    assert.equal(marked.bytes.subarray(0, 3).toString('hex'), 'efbbbf');
    const wide = await under({ kind: 'charset', declared: 'utf-16', bytes: 'utf-16le' });
    assert.equal(JSON.parse(wide.bytes.toString('utf16le')).status, 'COMPLETE');
  });
});
