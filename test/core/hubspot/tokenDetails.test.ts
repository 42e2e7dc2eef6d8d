/** The check of a token against account endpoints that lie, refuse, are slow or are not there. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../../src/core/hubspot/machineClock.ts';
import type { HubSpotPorts } from '../../../src/core/hubspot/ports.ts';
import { checkToken, grace, longestForFacts } from '../../../src/core/hubspot/tokenDetails.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';

const details = '/account-info/v3/details';
const tokenInfo = '/oauth/v2/private-apps/get/access-token-info';
const associations = '/crm/v3/associations/';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn();
  // The first call of a process takes far longer than the others, and longer than hurried time gives it.
  await check();
});
after(() => standIn.close());
afterEach(() => standIn.faults.clear());

const lines: string[] = [];

/** Milliseconds after which a call that does not end is given up. */
const callLimit = 10_000;

/** Time that passes a hundred times as fast, but for what could end a good call on a slow machine. */
const hurried = {
  now: () => systemClock.now() * 100,
  sleep: (milliseconds: number, signal?: AbortSignal) => {
    const hurry = { [grace]: 1, [longestForFacts]: 2, [callLimit]: 5 }[milliseconds] ?? 100;
    return systemClock.sleep(milliseconds / hurry, signal);
  },
};

function ports(token: string, origin = standIn.origin): HubSpotPorts {
  return {
    fetch: (url, init) => fetch(url, init),
    origin,
    token: async () => token,
    clock: hurried,
    random: () => 0.5,
    limiter: new RateLimiter(hurried),
    log: (line) => lines.push(line),
  };
}

const check = (token = standIn.token) => checkToken(token, ports(token));

const at = (path: string, fault: Fault): Fault => ({ ...fault, when: { path } });

test('a good token brings everything that is known', async () => {
  const answer = await check();
  assert.equal(answer.kind, 'accepted');
  const { portalId, accountType, uiDomain, dataHostingLocation, timeZone } = standIn.portal.account.details;
  assert.deepEqual(answer.kind === 'accepted' && answer.details, {
    portalId: String(portalId),
    accountType,
    uiDomain,
    region: dataHostingLocation,
    timeZone,
    scopes: standIn.portal.account.scopes,
  });
});

test('a token nobody knows is refused', async () => {
  const answer = await check(['pat', 'na1', '00000000-0000-4000-8000-000000000000'].join('-'));
  assert.equal(answer.kind, 'refused');
  assert.equal(answer.kind === 'refused' && answer.failure.kind, 'unauthorized');
});

for (const [name, fault] of Object.entries<Fault>({
  'cannot be found': { kind: 'status', status: 404, body: '{"status":"error","message":"resource not found"}' },
  'is forbidden': { kind: 'forbidden', category: 'USER_DOES_NOT_HAVE_PERMISSIONS' },
  fails: { kind: 'serverError', status: 502 },
  'answers a page': { kind: 'html' },
  'answers nothing': { kind: 'emptyBody' },
  'answers a list': { kind: 'status', status: 200, body: '[]' },
  'answers an empty object': { kind: 'status', status: 200, body: '{}' },
  'answers with wrong types': {
    kind: 'status',
    status: 200,
    body: '{"portalId":{"a":1},"accountType":7,"uiDomain":["x"],"scopes":"all","hubId":true}',
  },
})) {
  test(`where the account's details ${name}, the token tells the portal`, async () => {
    standIn.faults.set(at(details, fault));
    const answer = await check();
    assert.deepEqual(answer, {
      kind: 'accepted',
      details: { portalId: String(standIn.portal.account.details.portalId), scopes: standIn.portal.account.scopes },
    });
  });

  test(`where the token's scopes ${name}, the details are enough`, async () => {
    standIn.faults.set(at(tokenInfo, fault));
    const answer = await check();
    assert.equal(answer.kind, 'accepted');
    assert.ok(answer.kind === 'accepted' && answer.details.portalId && answer.details.scopes === undefined);
  });

  test(`where both ${name}, reading decides`, async () => {
    standIn.faults.set(at(details, fault), at(tokenInfo, fault));
    assert.deepEqual(await check(), { kind: 'accepted', details: {} });
    assert.equal((await check(`${standIn.token}x`)).kind, 'refused');
  });
}

test('a page that answers everything with 200 accepts no token', async () => {
  for (const body of ['<html>Welcome to our Wi-Fi</html>', '{}', '[]', '{"status":"ok"}', '"yes"', 'true', '']) {
    standIn.faults.set({ kind: 'status', status: 200, body });
    assert.equal((await check()).kind, 'unreachable', body);
  }
});

test('a gateway that forbids everything accepts no token', async () => {
  for (const status of [403, 404, 429, 503]) {
    standIn.faults.set({ kind: 'html', status });
    assert.equal((await check()).kind, 'unreachable', String(status));
  }
});

for (const path of [details, tokenInfo]) {
  test(`${path} that does not answer is not waited for when the other one has told`, async () => {
    standIn.faults.set(at(path, { kind: 'hang' }));
    const clock = {
      now: () => systemClock.now(),
      // Were it waited for to the end, the test would be ended first.
      sleep: (milliseconds: number, signal?: AbortSignal) =>
        systemClock.sleep(milliseconds === grace ? 50 : 100 * milliseconds, signal),
    };
    const answer = await checkToken(standIn.token, { ...ports(standIn.token), clock });
    assert.equal(answer.kind, 'accepted');
    assert.ok(answer.kind === 'accepted' && answer.details.portalId);
    assert.equal(answer.kind === 'accepted' && answer.details.scopes === undefined, path === tokenInfo);
  });
}

for (const refusal of [{ kind: 'unauthorized' }, { kind: 'html', status: 403 }] as const) {
  for (const [hanging, refusing] of [
    [details, tokenInfo],
    [tokenInfo, details],
  ] as const) {
    test(`${hanging} that does not answer is not waited for when the other one is ${refusal.kind}`, async () => {
      standIn.faults.set(at(hanging, { kind: 'hang' }), at(refusing, refusal));
      const clock = {
        now: () => systemClock.now(),
        // Were it waited for in any other way, the test would be ended first.
        sleep: (milliseconds: number, signal?: AbortSignal) =>
          systemClock.sleep(milliseconds === longestForFacts ? 50 : 100 * milliseconds, signal),
      };
      const answer = await checkToken(standIn.token, { ...ports(standIn.token), clock });
      assert.deepEqual(answer, { kind: 'accepted', details: {} });
    });
  }
}

test('what the details say is only taken over in the form it must have', async () => {
  const lies = {
    portalId: '12; rm -rf',
    accountType: '<b>STANDARD</b>',
    uiDomain: 'app.hubspot.com.evil.example',
    dataHostingLocation: '../..',
    timeZone: 'Europe/Berlin\u202e',
  };
  standIn.faults.set(at(details, { kind: 'status', status: 200, body: JSON.stringify(lies) }));
  const answer = await check();
  assert.deepEqual(Object.keys(answer.kind === 'accepted' ? answer.details : {}).sort(), ['portalId', 'scopes']);
  assert.equal(answer.kind === 'accepted' && answer.details.portalId, String(standIn.portal.account.details.portalId));
});

test('where one of both refuses the token and reading does not, the other one tells what it knows', async () => {
  const good = await check();
  assert.ok(good.kind === 'accepted');
  const { portalId, scopes, ...others } = good.details;
  standIn.faults.set(at(details, { kind: 'unauthorized' }));
  assert.deepEqual(await check(), { kind: 'accepted', details: { portalId, scopes } });
  standIn.faults.set(at(tokenInfo, { kind: 'unauthorized' }));
  assert.deepEqual(await check(), { kind: 'accepted', details: { portalId, ...others } });
});

test('a refusal by the details is only overruled by reading', async () => {
  standIn.faults.set(at(details, { kind: 'unauthorized' }));
  assert.equal((await check()).kind, 'accepted');
  standIn.faults.set(at(details, { kind: 'unauthorized' }), at(associations, { kind: 'unauthorized' }));
  assert.equal((await check()).kind, 'refused');
});

test('a token without any scope that is needed here is a good token', async () => {
  const broken: Fault = { kind: 'serverError', status: 500 };
  const scopes: Fault = { kind: 'missingScopes', scopes: ['crm.objects.contacts.read'], key: 'requiredGranularScopes' };
  standIn.faults.set(at(details, broken), at(tokenInfo, broken), at(associations, scopes));
  assert.equal((await check()).kind, 'accepted');
});

test('an account that does not answer ends as unreachable, not as refused', async () => {
  standIn.faults.set({ kind: 'hang' });
  const answer = await check();
  assert.equal(answer.kind === 'unreachable' && answer.failure.kind, 'timeout');
  standIn.faults.set({ kind: 'rateLimited', policy: 'DAILY' });
  assert.equal((await check()).kind, 'accepted', 'HubSpot counts only calls of tokens that it knows');
});

test('no connection, a proxy and a broken one are unreachable', async () => {
  const closed = await startHubSpotStandIn();
  const { origin } = closed;
  await closed.close();
  const offline = await checkToken(standIn.token, ports(standIn.token, origin));
  assert.equal(offline.kind === 'unreachable' && offline.failure.kind, 'offline');
  standIn.faults.set({ kind: 'proxyLogin' });
  const proxy = await check();
  assert.equal(proxy.kind === 'unreachable' && proxy.failure.kind, 'proxy');
  standIn.faults.set({ kind: 'connectionLost', at: 'body' });
  assert.equal((await check()).kind, 'unreachable');
});

test('an abort ends the check at once, and it is no refusal', async () => {
  standIn.faults.set({ kind: 'hang' });
  const abort = new AbortController();
  const answer = checkToken(standIn.token, { ...ports(standIn.token), clock: systemClock }, abort.signal);
  abort.abort();
  assert.deepEqual(await answer, { kind: 'unreachable', failure: { kind: 'cancelled' } });
});

test('none of the lines for the log holds a token', () => {
  assert.ok(lines.length > 20);
  for (const line of lines) assert.doesNotMatch(line, /pat-/);
});
