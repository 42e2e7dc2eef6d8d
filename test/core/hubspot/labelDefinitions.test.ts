/** What an account says of labels between two object types, against the stand-in and its faults. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { ApiVersion } from '../../../src/core/domain/associations.ts';
import { readLabelDefinitions } from '../../../src/core/hubspot/labelDefinitions.ts';
import { forbiddenTypeName } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { madePorts } from '../madePorts.ts';

let standIn: StandIn;
before(async () => {
  standIn = await startHubSpotStandIn();
});
after(() => standIn.close());
afterEach(() => {
  standIn.faults.clear();
  standIn.forgetRequests();
});

function read(apiVersion: ApiVersion, from = 'deals', to = 'contacts') {
  const ports = madePorts({
    fetch: (url, init) => fetch(url, init),
    origin: standIn.origin,
    token: async () => standIn.token,
  });
  return readLabelDefinitions({ from, to, apiVersion }, ports);
}
const paths = () => standIn.requests.map(({ method, path }) => `${method} ${path}`).toSorted();

test('a date version tells category, number and label of every type in this direction', async () => {
  const { labels, names, failure } = await read('2026-09');
  assert.deepEqual([names, failure], [undefined, undefined]);
  assert.deepEqual(
    labels?.map(({ category, typeId, label }) => [category, typeId, label]),
    standIn.portal.account
      .definitions('0-3', '0-1')
      .map((each) => [each.category, each.typeId, each.label ?? undefined]),
  );
  assert.ok(labels?.some(({ label }) => label === 'Champion'));
  assert.deepEqual(paths(), ['GET /crm/associations/2026-09/deals/contacts/labels']);
});

test('under v3 the names of its answers come with them', async () => {
  const { labels, names } = await read('v3');
  const definitions = standIn.portal.account.definitions('0-3', '0-1');
  assert.deepEqual(
    names,
    definitions.map(({ typeId, name }) => ({ typeId, name })),
  );
  assert.equal(labels?.length, definitions.length);
  assert.deepEqual(paths(), [
    'GET /crm/associations/2026-03/deals/contacts/labels',
    'GET /crm/v3/associations/deals/contacts/types',
  ]);
});

test('the other direction is asked for by itself', async () => {
  const { labels } = await read('2026-09', 'contacts', 'deals');
  assert.deepEqual(
    labels?.map(({ typeId }) => typeId),
    standIn.portal.account.definitions('0-1', '0-3').map(({ typeId }) => typeId),
  );
});

test('where HubSpot refuses, or answers something else, nothing is known, and it is said why', async () => {
  const refused = await read('2026-09', forbiddenTypeName);
  assert.deepEqual([refused.labels, refused.failure?.kind], [undefined, 'missingScopes']);
  standIn.faults.set({ kind: 'html', when: { path: '/labels' } });
  const unread = await read('v3');
  assert.equal(unread.labels, undefined);
  assert.ok(unread.failure);
  assert.ok(unread.names, 'the other answer counts');
});

test('a definition that does not fit makes the whole list unread: a label that is there must not look like none', async () => {
  const { fetch: sample } = standIn.portal;
  const ports = madePorts({
    fetch: async (url, init) => {
      const answer = await sample(url, init);
      const body = JSON.parse(await answer.text());
      body.results[0].typeId = null;
      return { ...answer, status: 200, headers: answer.headers, text: async () => JSON.stringify(body) };
    },
    origin: standIn.origin,
    token: async () => standIn.token,
  });
  const { labels, failure } = await readLabelDefinitions(
    { from: 'deals', to: 'contacts', apiVersion: '2026-09' },
    ports,
  );
  assert.equal(labels, undefined);
  assert.equal(failure?.kind, 'unreadableAnswer');
});
