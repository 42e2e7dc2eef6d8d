/** What stands in the log after a run that went wrong in every way: no token, no record id, no name. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { apiOrigin } from '../../src/accounts/apiOrigin.ts';
import { hubSpotFetch, withoutIds } from '../../src/accounts/loggedFetch.ts';
import { RateLimiter } from '../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../src/core/hubspot/machineClock.ts';
import { checkToken } from '../../src/core/hubspot/tokenDetails.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { restoreLookUps } from '../../src/lookUps/restoreLookUps.ts';
import type { PortableFault } from '../hubspotStandIn/fault.ts';
import { recordedLog } from './recordedLog.ts';
import { standIn } from './standInControl.ts';

const origin = process.env.HUBSPOT_API_ORIGIN ?? '';
const token = process.env.HUBSPOT_TOKEN ?? '';

describe('the log', () => {
  const recorded = recordedLog();
  /** Time that passes a hundred times as fast. */
  const hurried = {
    now: () => systemClock.now() * 100,
    sleep: (milliseconds: number, signal?: AbortSignal) => systemClock.sleep(milliseconds / 100, signal),
  };
  const ports = {
    fetch: hubSpotFetch(recorded.log),
    origin,
    token: async () => token,
    clock: hurried,
    random: () => 0.5,
    limiter: new RateLimiter(hurried),
    log: (line: string) => recorded.log.warn(line),
  };
  const ids = ['17982944313', '17982944314', '17982944399'];

  after(async () => {
    recorded.dispose();
    await standIn({ clear: true });
  });

  it('has a line for each call, with its status, its time and the correlation id', async () => {
    await lookUp({ from: 'deals', to: 'companies', ids, apiVersion: 'v3' }, ports).done;
    assert.match(
      recorded.lines.join('\n'),
      /^#\d+ POST \/crm\/v3\/associations\/deals\/companies\/batch\/read: HTTP 20[07] in \d+ ms/m,
    );
    await standIn({ set: [{ kind: 'unauthorized' }] });
    await lookUp({ from: 'deals', to: 'companies', ids, apiVersion: 'v3' }, ports).done;
    assert.match(recorded.lines.join('\n'), /HTTP 401.*correlation id [0-9a-f-]{36}/);
  });

  it('holds no token, no record id and nothing of an answer, whatever happens', async () => {
    // A server that sends back what it was sent, in all places that are read.
    const echo = JSON.stringify({ message: `${token} for 17982944313`, category: token, correlationId: token });
    const faults: PortableFault[] = [
      { kind: 'status', status: 400, body: echo },
      { kind: 'status', status: 401, body: echo },
      { kind: 'status', status: 403, body: echo },
      { kind: 'status', status: 404, body: echo },
      { kind: 'status', status: 500, body: echo },
      { kind: 'status', status: 200, body: `${token} is no JSON` },
      { kind: 'status', status: 200, body: `{"results": ${JSON.stringify(token)}}` },
      { kind: 'status', status: 302, headers: { location: `http://127.0.0.1:9/?token=${token}` } },
      { kind: 'html' },
      { kind: 'cutJson' },
      { kind: 'wrongShape', path: ['results', 0, 'from'], value: token },
      { kind: 'connectionLost', at: 'before' },
      { kind: 'connectionLost', at: 'body' },
      { kind: 'rateLimited', policy: 'DAILY' },
    ];
    for (const fault of faults) {
      await standIn({ set: [fault] });
      const fresh = { ...ports, limiter: new RateLimiter(hurried, { requests: 10_000 }) };
      await lookUp({ from: 'deals', to: 'companies', ids, apiVersion: 'v3' }, fresh).done;
      await checkToken(token, fresh);
    }
    assert.ok(recorded.lines.length > 3 * faults.length);
    for (const line of recorded.lines) {
      assert.ok(!line.includes(token) && !line.includes('pat-na1'), line);
      assert.ok(!ids.some((id) => line.includes(id)), line);
    }
  });

  it('follows no redirect, so that a token goes nowhere else', async () => {
    await standIn({ set: [{ kind: 'status', status: 307, headers: { location: `${origin}/elsewhere` } }] });
    await standIn({ forgetRequests: true });
    const response = await hubSpotFetch(recorded.log)(`${origin}/oauth/v2/private-apps/get/access-token-info`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: '{}',
    });
    assert.equal(response.status, 307);
    const { requests } = (await standIn({ requests: true })) as { requests: { path: string }[] };
    assert.deepEqual(
      requests.map(({ path }) => path),
      ['/oauth/v2/private-apps/get/access-token-info'],
    );
  });

  it('says how many look-ups are kept as they are counted: those that are held together are one', async () => {
    const { log, lines, dispose } = recordedLog();
    const all = [false, false, true].map((pinned) => ({ pinned }));
    const lookUps = { restore: async () => {}, list: () => all, keeping: { most: 50, removed: 0 } };
    const groups = { restore: async () => [], countedAsKept: 1 };
    await restoreLookUps({ lookUps, groups } as unknown as Parameters<typeof restoreLookUps>[0], () => undefined, log);
    assert.deepEqual(lines, ['Lookups kept: 1 of at most 50, and 1 pinned.']);
    dispose();
  });

  it('keeps to one line what was sent with line breaks', () => {
    recorded.log.error('one\r\n2026-01-01 [info] forged\u2028three');
    assert.equal(recorded.lines.at(-1), 'one 2026-01-01 [info] forged three');
    recorded.log.error('x'.repeat(1_000_000));
    assert.ok(recorded.lines.at(-1)!.length < 2100);
  });
});

describe('the way to HubSpot', () => {
  const { Production, Development, Test } = vscode.ExtensionMode;
  const hubSpot = { origin: 'https://api.hubapi.com', redirected: false };

  it('is HubSpot, whatever the environment says, once the extension is installed', () => {
    const environment = { HUBSPOT_API_ORIGIN: 'http://127.0.0.1:1', HUBSPOT_TOKEN: 'something-secret' };
    assert.deepEqual(apiOrigin(Production, environment), hubSpot);
  });

  it('is another only from the sources, and only on this machine', () => {
    for (const mode of [Development, Test]) {
      for (const address of ['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080']) {
        assert.deepEqual(apiOrigin(mode, { HUBSPOT_API_ORIGIN: address }), { origin: address, redirected: true });
      }
      for (const address of [
        'https://api.hubapi.com.evil.example',
        'http://127.0.0.1.evil.example',
        'http://127.0.0.1@evil.example',
        'http://user:pass@127.0.0.1:80',
        'https://192.168.0.1',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'evil',
        '',
      ]) {
        const environment = { HUBSPOT_API_ORIGIN: address, HUBSPOT_TOKEN: 'something-secret' };
        assert.deepEqual(apiOrigin(mode, environment), hubSpot, address);
      }
    }
  });
});

describe('a line for the log', () => {
  it('names object types and versions, and no record', () => {
    for (const [line, clean] of [
      ['/crm/v3/objects/deals/17982944313/associations/companies', '/crm/v3/objects/deals/*/associations/companies'],
      [
        'GET /crm/v4/objects/0-3/12/associations/0-2?after=17982944313&limit=5: refused',
        'GET /crm/v4/objects/0-3/*/associations/0-2?*: refused',
      ],
      [
        'POST /crm/associations/2026-09/2-123/0-1/batch/read: x',
        'POST /crm/associations/2026-09/2-123/0-1/batch/read: x',
      ],
    ] as const) {
      assert.equal(withoutIds(line), clean);
    }
  });
});
