/** Nothing but reads is ever sent, whatever stands where an object type, an id, a version or a cursor belongs. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { type ApiVersion, apiVersions } from '../../../src/core/domain/associations.ts';
import { HubSpotClient } from '../../../src/core/hubspot/client.ts';
import {
  accountDetailsRequest,
  addressOf,
  associationsRequest,
  type NotMade,
  propertiesRequest,
  type ReadRequest,
  recordAssociationsRequest,
  recordsRequest,
  recordUsageRequest,
  schemasRequest,
  tokenInfoRequest,
} from '../../../src/core/hubspot/endpoints.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { hostileObjectTypes, hostileRecordIds, hostileVersions } from '../../hostileValues.ts';
import { isRead } from '../../hubspotStandIn/readPaths.ts';
import { FakeTime } from '../fakeTime.ts';
import { madePorts } from '../madePorts.ts';

const origin = 'https://api.hubapi.com';

function whole(request: ReadRequest | NotMade): ReadRequest {
  if ('failure' in request) throw new Error(`Not made: ${request.failure.part}`);
  return request;
}

const partOf = (request: ReadRequest | NotMade) => ('failure' in request ? request.failure.part : undefined);

/** A client whose requests arrive nowhere, and are written down. */
function recordingClient() {
  const time = new FakeTime();
  const sent: string[] = [];
  const lines: string[] = [];
  const ports = madePorts({
    clock: time,
    origin,
    fetch: async (url, { method }) => {
      sent.push(`${method} ${url}`);
      return { status: 404, headers: { get: () => null }, text: async () => '{}' };
    },
    log: (line) => lines.push(line),
  });
  const client = new HubSpotClient(ports, { tries: 1 });
  const send = (request: unknown) => time.run(client.request(request as ReadRequest, (text) => ({ value: text })));
  return { time, ports, sent, lines, send };
}

suite('the requests', () => {
  test('have the paths that HubSpot documents', () => {
    const lines = [
      associationsRequest('v3', 'deals', '2-123', [{ id: '1' }]),
      associationsRequest('2026-03', '0-3', 'p123_pet', []),
      associationsRequest('2026-09', 'p_pet', 'contacts', []),
      recordAssociationsRequest('deals', '9223372036854775807', 'contacts', undefined),
      recordAssociationsRequest('deals', '1', 'contacts', 'MC0yLTc1MDI%3D'),
      ...apiVersions.flatMap((version) => [
        recordsRequest(version, 'companies', { ids: ['1'], properties: ['name'], archived: false }),
        recordsRequest(version, 'companies', { ids: ['1'], properties: ['name'], archived: true }),
        propertiesRequest(version, 'companies', undefined),
        propertiesRequest(version, '2-123', 'highly_sensitive'),
        schemasRequest(version),
        recordUsageRequest(version),
        accountDetailsRequest(version),
      ]),
      tokenInfoRequest('a-token'),
    ].map((request) => `${whole(request).method} ${whole(request).path}`);
    assert.deepEqual(lines, [
      'POST /crm/v3/associations/deals/2-123/batch/read',
      'POST /crm/associations/2026-03/0-3/p123_pet/batch/read',
      'POST /crm/associations/2026-09/p_pet/contacts/batch/read',
      'GET /crm/v3/objects/deals/9223372036854775807/associations/contacts?limit=500',
      'GET /crm/v3/objects/deals/1/associations/contacts?limit=500&after=MC0yLTc1MDI%3D',
      'POST /crm/v3/objects/companies/batch/read?archived=false',
      'POST /crm/v3/objects/companies/batch/read?archived=true',
      'GET /crm/v3/properties/companies',
      'GET /crm/v3/properties/2-123?dataSensitivity=highly_sensitive',
      'GET /crm-object-schemas/v3/schemas',
      'GET /crm/v3/limits/records',
      'GET /account-info/v3/details',
      'POST /crm/objects/2026-03/companies/batch/read?archived=false',
      'POST /crm/objects/2026-03/companies/batch/read?archived=true',
      'GET /crm/properties/2026-03/companies',
      'GET /crm/properties/2026-03/2-123?dataSensitivity=highly_sensitive',
      'GET /crm-object-schemas/2026-03/schemas',
      'GET /crm/limits/2026-09/records',
      // 2026-03 has none, so that of the next newer version is taken.
      'GET /account-info/2026-09/details',
      'POST /crm/objects/2026-09/companies/batch/read?archived=false',
      'POST /crm/objects/2026-09/companies/batch/read?archived=true',
      'GET /crm/properties/2026-09/companies',
      'GET /crm/properties/2026-09/2-123?dataSensitivity=highly_sensitive',
      'GET /crm-object-schemas/2026-09/schemas',
      'GET /crm/limits/2026-09/records',
      'GET /account-info/2026-09/details',
      'POST /oauth/v2/private-apps/get/access-token-info',
    ]);
  });

  test('have their questions in the body', () => {
    const inputs = [{ id: '1' }, { id: '2', after: 'MC0y%3D"\\' }];
    assert.deepEqual(JSON.parse(whole(associationsRequest('v3', 'deals', 'contacts', inputs)).body ?? ''), { inputs });
    assert.deepEqual(
      JSON.parse(whole(recordsRequest('v3', 'deals', { ids: ['7'], properties: ['a"b'], archived: false })).body ?? ''),
      {
        inputs: [{ id: '7' }],
        properties: ['a"b'],
      },
    );
    assert.deepEqual(JSON.parse(whole(tokenInfoRequest('x"y')).body ?? ''), { tokenKey: 'x"y' });
    assert.equal(whole(schemasRequest('v3')).body, undefined);
  });

  test('have the cursor as it came, which never breaks out of the query', () => {
    const query = (after: string) =>
      whole(recordAssociationsRequest('deals', '1', 'contacts', after)).path.split('?')[1];
    assert.equal(query('MC0yLTc1MDI%3D'), 'limit=500&after=MC0yLTc1MDI%3D');
    assert.equal(query('a&b#c d+e/é🖊'), 'limit=500&after=a%26b%23c%20d%2Be%2F%C3%A9%F0%9F%96%8A');
    assert.equal(query('100%, half a \ud83d'), 'limit=500&after=100%25%2C%20half%20a%20%EF%BF%BD');
    assert.equal(query(''), 'limit=500&after=');
  });
});

suite('a request that could do something else', () => {
  test('is not made, and it is said which part does not fit', () => {
    for (const type of hostileObjectTypes) {
      const label = JSON.stringify(type).slice(0, 80);
      assert.equal(partOf(associationsRequest('v3', type, 'contacts', [])), 'objectType', label);
      assert.equal(partOf(associationsRequest('2026-03', 'deals', type, [])), 'objectType', label);
      assert.equal(partOf(recordAssociationsRequest(type, '1', 'contacts', undefined)), 'objectType', label);
      assert.equal(partOf(recordAssociationsRequest('deals', '1', type, undefined)), 'objectType', label);
      assert.equal(
        partOf(recordsRequest('v3', type, { ids: ['1'], properties: [], archived: false })),
        'objectType',
        label,
      );
    }
    for (const type of hostileObjectTypes) {
      assert.equal(partOf(propertiesRequest('v3', type, undefined)), 'objectType', JSON.stringify(type).slice(0, 80));
    }
    for (const sensitivity of ['', 'sensitive&archived=true', 'non_sensitive', '../x']) {
      assert.equal(partOf(propertiesRequest('2026-09', 'deals', sensitivity)), 'request', sensitivity);
    }
    for (const id of hostileRecordIds) {
      const label = id.slice(0, 80);
      assert.equal(partOf(associationsRequest('v3', 'deals', 'contacts', [{ id: '1' }, { id }])), 'recordId', label);
      assert.equal(partOf(recordAssociationsRequest('deals', id, 'contacts', undefined)), 'recordId', label);
      assert.equal(
        partOf(recordsRequest('v3', 'deals', { ids: ['1', id], properties: [], archived: false })),
        'recordId',
        label,
      );
    }
    for (const version of hostileVersions) {
      const given = version as ApiVersion;
      const asked = { ids: ['1'], properties: [], archived: false };
      assert.equal(partOf(associationsRequest(given, 'deals', 'contacts', [])), 'apiVersion', version);
      assert.equal(partOf(recordsRequest(given, 'deals', asked)), 'apiVersion', version);
      assert.equal(partOf(propertiesRequest(given, 'deals', undefined)), 'apiVersion', version);
      assert.equal(partOf(schemasRequest(given)), 'apiVersion', version);
      assert.equal(partOf(accountDetailsRequest(given)), 'apiVersion', version);
    }
  });

  test('is a failure in the answer of the client, and nothing is sent', async () => {
    const { send, sent, lines } = recordingClient();
    assert.deepEqual(
      await send(associationsRequest('v3', '../objects/contacts/batch/archive?', 'x', [{ id: '123' }])),
      {
        ok: false,
        failure: { kind: 'neverSent', part: 'objectType' },
        reach: 'run',
      },
    );
    assert.deepEqual(sent, []);
    assert.equal(lines.length, 1);
    assert.ok(!lines[0]?.includes('archive'), lines[0]);
  });
});

suite('the client', () => {
  const writes = [
    'POST /crm/v3/objects/contacts/batch/archive',
    'POST /crm/v3/objects/contacts/batch/archive?/x/batch/read',
    'POST /crm/v3/associations/../objects/contacts/batch/archive?/x/batch/read',
    'POST /crm/v3/associations/%2e%2e/objects/contacts/batch/archive?/x/batch/read',
    'POST /crm/v3/associations/deals/contacts/batch/archive',
    'POST /crm/v3/associations/deals/contacts/batch/create',
    'POST /crm/v3/associations/deals/contacts/batch/read/',
    'POST /crm/v3/associations/deals/contacts/batch/read?x=1',
    'POST /crm/v3/associations/deals/contacts/batch/read#',
    'POST /crm/v3/associations/deals/contacts/batch/read\n',
    'POST /crm/v3/associations/deals\\contacts/batch/read',
    'POST /crm/v3/associations/deals/contacts/./batch/read',
    'POST //crm/v3/associations/deals/contacts/batch/read',
    'POST /crm/v3/objects/contacts',
    'POST /crm/v3/objects/contacts/batch/read?archived=maybe',
    'POST /crm/v3/objects/contacts/batch/read?archived=true&archived=false',
    'POST /crm/v3/objects/contacts/merge',
    'POST /crm/v3/objects/contacts/gdpr-delete',
    'POST /crm/v4/associations/deals/contacts/batch/read',
    'POST /crm/associations/2025-09/deals/contacts/batch/read',
    'GET /crm/v3/associations/deals/contacts/batch/read',
    'GET /crm/v3/objects/deals/1/associations/contacts?limit=500&after=a#b',
    'GET /crm/v3/objects/deals/1/associations/contacts?limit=500&hapikey=x',
    'GET /crm/v3/objects/deals/1/associations/contacts?limit=500&__proto__=x',
    'GET /crm/v3/objects/deals/1%2f../associations/contacts?limit=500',
    'GET /account-info/v3/details/',
    'DELETE /crm/v3/objects/contacts/1',
    'PATCH /crm/v3/objects/contacts/1',
    'PUT /crm/v3/objects/deals/1/associations/contacts/2/x',
    'DELETE /account-info/v3/details',
    'get /account-info/v3/details',
    'GET .elsewhere.example/account-info/v3/details',
    'GET @elsewhere.example/account-info/v3/details',
    'GET ',
  ];

  for (const line of writes) {
    test(`does not send ${JSON.stringify(line)}, whoever made it`, async () => {
      const { send, sent, lines } = recordingClient();
      const space = line.indexOf(' ');
      const method = line.slice(0, space);
      const body = method === 'POST' ? '{"inputs":[{"id":"123"}]}' : undefined;
      assert.deepEqual(await send({ method, path: line.slice(space + 1), body }), {
        ok: false,
        failure: { kind: 'neverSent', part: 'request' },
        reach: 'run',
      });
      assert.deepEqual(sent, []);
      assert.equal(lines.length, 1);
    });
  }

  test('sends no body with a read that has none, and none without where there is one', () => {
    const details = whole(accountDetailsRequest('v3'));
    assert.equal(addressOf(details, origin), `${origin}/account-info/v3/details`);
    assert.equal(addressOf({ ...details, body: '{}' }, origin), undefined);
    assert.equal(addressOf({ ...whole(tokenInfoRequest('t')), body: undefined }, origin), undefined);
  });

  test('sends nothing to an origin that is more than an origin', () => {
    const request = whole(accountDetailsRequest('v3'));
    for (const other of [
      '',
      'https://api.hubapi.com/x/..',
      'https://api.hubapi.com\\',
      'https://a b',
      'api.hubapi.com',
      'https://api.hubapi.com/x?',
      'https://api.hubapi.com/crm/v3/objects/contacts/batch/archive?',
      'https://api.hubapi.com@example.com',
      'https://a:b@api.hubapi.com',
      'javascript:',
    ]) {
      assert.equal(addressOf(request, other), undefined, other);
    }
  });

  test('never sends anything that is not in the list of reads, whatever it is given', async () => {
    const odd = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2f',
      '?',
      '#',
      '&',
      '=',
      '\t',
      '\n',
      '\0',
      '@',
      ':',
      '．',
    );
    const words = fc.constantFrom('crm', 'v3', 'objects', 'associations', 'contacts', 'batch', 'read', 'archive', '1');
    const piece = fc.oneof(
      odd,
      words,
      fc.string(),
      fc.constantFrom(...hostileObjectTypes.map((text) => text.slice(0, 200))),
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 10 }).map((pieces) => `/${pieces.join('/')}`),
      fc.constantFrom('deals', '0-1', 'p1_x', '1', '500'),
    );
    const request = fc.oneof(
      fc.record({
        method: fc.constantFrom('GET', 'POST', 'PUT'),
        path: text,
        body: fc.option(text, { nil: undefined }),
      }),
      fc
        .tuple(fc.constantFrom<ApiVersion>('v3', '2026-03', '2026-09'), text, text, text)
        .map(([version, from, to, id]) => associationsRequest(version, from, to, [{ id }])),
      fc.tuple(text, text, text, text).map(([from, id, to, after]) => recordAssociationsRequest(from, id, to, after)),
      fc.tuple(text, text).map(([type, sensitivity]) => propertiesRequest('v3', type, sensitivity)),
      fc
        .tuple(text, text)
        .map(([type, id]) => recordsRequest('2026-09', type, { ids: [id], properties: [], archived: true })),
    );
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const { send, sent } = recordingClient();
        const outcome = await send(given);
        for (const line of sent) {
          const [method = '', url = ''] = line.split(/ (.*)/s);
          assert.ok(url.startsWith(`${origin}/`), line);
          assert.ok(isRead(method, url.slice(origin.length)), line);
          const { pathname, search, hash } = new URL(url);
          assert.equal(origin + pathname + search + hash, url);
        }
        assert.equal(sent.length === 0, !outcome.ok && outcome.failure.kind === 'neverSent');
      }),
      { numRuns: 2000 },
    );
  });
});

test('a look-up of a hostile object type ends with a reason, and sends nothing', async () => {
  for (const type of hostileObjectTypes) {
    for (const pair of [
      { from: type, to: 'contacts' },
      { from: 'deals', to: type },
    ]) {
      const { ports, time, sent } = recordingClient();
      const { answer, stopped } = await time.run(lookUp({ ...pair, ids: ['1', '2'] }, ports).done);
      assert.deepEqual([sent, answer.counts.notRead, answer.complete], [[], 2, false]);
      assert.ok(stopped?.kind === 'unknownObjectType' || stopped?.kind === 'neverSent');
    }
  }
});

test('a look-up of hostile ids sends the good ones only', async () => {
  const time = new FakeTime();
  const bodies: string[] = [];
  const ports = madePorts({
    clock: time,
    fetch: async (_, { body = '' }) => {
      bodies.push(body);
      return { status: 200, headers: { get: () => null }, text: async () => '{"status":"COMPLETE","results":[]}' };
    },
  });
  const ids = [...hostileRecordIds, '17'];
  const { answer } = await time.run(lookUp({ from: 'deals', to: 'contacts', ids }, ports).done);
  assert.deepEqual(
    bodies.map((body) => JSON.parse(body)),
    [{ inputs: [{ id: '17' }] }],
  );
  assert.equal(answer.counts.notRead, ids.length);
});
