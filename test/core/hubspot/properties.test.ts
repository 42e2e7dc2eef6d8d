/** The properties of an object type, against the stand-in and its faults. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { apiVersions } from '../../../src/core/domain/associations.ts';
import { readProperties } from '../../../src/core/hubspot/properties.ts';
import { readRecords } from '../../../src/core/hubspot/records.ts';
import { readCustomObjectTypes } from '../../../src/core/hubspot/schemas.ts';
import { forbiddenTypeName, installationTypeId, sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { samplePairs } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
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

const ports = (apiVersion?: (typeof apiVersions)[number]) =>
  madePorts({
    fetch: (url, init) => fetch(url, init),
    origin: standIn.origin,
    token: async () => standIn.token,
    ...(apiVersion && { apiVersion }),
  });

async function read(type: string, apiVersion?: (typeof apiVersions)[number]) {
  const answer = await readProperties(type, ports(apiVersion));
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

test('a property has its label, group, type and options in order; what HubSpot hides is marked', async () => {
  const { properties, notListed } = await read('deals');
  assert.equal(notListed, undefined);
  const named = new Map(properties.map((each) => [each.name, each]));
  assert.deepEqual(named.get('amount'), {
    name: 'amount',
    label: 'Amount',
    group: 'dealinformation',
    type: 'number',
    fieldType: 'number',
    options: [],
    isOwner: false,
    sensitivity: 'none',
    isHidden: false,
  });
  assert.deepEqual(named.get('dealstage')?.options.at(-1), { value: 'closedlost', label: 'Closed lost' });
  assert.deepEqual([named.get('hubspot_owner_id')?.isOwner, named.get('hs_merged_object_ids')?.isHidden], [true, true]);
});

test('sensitive properties are among them, marked as HubSpot marks them', async () => {
  const { properties } = await read('contacts');
  const marks = properties.filter(({ sensitivity }) => sensitivity !== 'none');
  assert.deepEqual(
    marks.map(({ name, sensitivity }) => [name, sensitivity]),
    [
      ['passport_number', 'sensitive'],
      ['social_security_number', 'highlySensitive'],
    ],
  );
  standIn.faults.set({
    kind: 'missingScopes',
    scopes: ['crm.objects.contacts.sensitive.read'],
    key: 'requiredGranularScopes',
    when: { path: 'dataSensitivity' },
  });
  const without = await read('contacts');
  assert.deepEqual([without.properties.length, without.notListed?.kind], [properties.length - 2, 'missingScopes']);
});

test('every value that the sample records have is of a property that is listed', async () => {
  for (const [type, typeId, ids] of [
    ['contacts', '0-1', sampleIds.contact],
    ['companies', '0-2', sampleIds.company],
    ['deals', '0-3', sampleIds.deal],
    ['tickets', '0-5', sampleIds.ticket],
    [installationTypeId, installationTypeId, sampleIds.installation],
  ] as const) {
    const listed = new Set((await read(type)).properties.map(({ name }) => name));
    const used = new Set(ids.flatMap((id) => Object.keys(standIn.portal.account.properties(typeId, id) ?? {})));
    assert.ok(used.size > 0);
    assert.deepEqual(
      [...used].filter((name) => !listed.has(name)),
      [],
      type,
    );
  }
});

test('why none can be listed is told', async () => {
  for (const [type, kind] of [
    [forbiddenTypeName, 'missingScopes'],
    ['no_such_type', 'unknownObjectType'],
    ['../deals', 'neverSent'],
  ] as const) {
    const answer = await readProperties(type, ports());
    assert.equal(!answer.ok && answer.failure.kind, kind, type);
  }
});

test('an odd property costs the others nothing, and hostile words are only words', async () => {
  const results = [
    {
      name: 'fine',
      label: '<img src=x> \u202eevil',
      options: [{ value: 'b', label: 'B', displayOrder: 2 }, 'odd', { value: 'a' }, { value: 'c', displayOrder: 1 }],
    },
    { name: '' },
    { label: 'nameless' },
    'no property',
    { name: 'gone', archived: true },
    { name: 'bare', label: null, type: 7, options: 'none', hidden: 'yes' },
  ];
  standIn.faults.set({ kind: 'status', status: 200, body: JSON.stringify({ results }) });
  const { properties } = await read('deals');
  assert.deepEqual(
    properties.map(({ name, label, type, options }) => [name, label, type, options.map(({ value }) => value)]),
    [
      ['fine', '<img src=x> \u202eevil', 'string', ['c', 'b', 'a']],
      ['bare', 'bare', 'string', []],
    ],
  );
  standIn.faults.set({ kind: 'status', status: 200, body: '{"results":{}}' });
  const answer = await readProperties('deals', ports());
  assert.equal(!answer.ok && answer.failure.kind, 'unreadableAnswer');
});

test('one version switches every read that no question names one for', async () => {
  for (const apiVersion of apiVersions) {
    standIn.forgetRequests();
    const given = ports(apiVersion);
    assert.ok((await readProperties('deals', given)).ok);
    assert.equal((await readCustomObjectTypes(given))?.length, 1);
    const ids = samplePairs.dealsToCompanies.ids.slice(0, 2);
    assert.ok((await readRecords({ objectType: 'deals', ids, properties: ['dealname'] }, given)).ok);
    assert.deepEqual([...new Set(standIn.requests.map(({ path }) => /v3|2026-\d\d/.exec(path)?.[0]))], [apiVersion]);
    assert.equal(standIn.requests.length, 5);
  }
});
