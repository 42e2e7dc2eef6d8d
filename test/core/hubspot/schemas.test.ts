import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { FetchInit } from '../../../src/core/hubspot/fetch.ts';
import { RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../../src/core/hubspot/machineClock.ts';
import { readCustomObjectTypes } from '../../../src/core/hubspot/schemas.ts';
import { createSamplePortal } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { FakeTime } from '../fakeTime.ts';

/** Answers in order; the last one stays. A status of 0 is no connection. */
async function typesBehind(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const clock = new FakeTime();
  const lines: string[] = [];
  const requests: string[] = [];
  const types = await clock.run(
    readCustomObjectTypes({
      fetch: async (url: string, { method }: FetchInit) => {
        const [status, body] = answers[Math.min(requests.length, answers.length - 1)]!;
        requests.push(`${method} ${url}`);
        if (status === 0) throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } });
        return {
          status,
          headers: { get: () => null },
          text: async () => (typeof body === 'string' ? body : JSON.stringify(body)),
        };
      },
      origin: 'https://api.hubapi.com',
      token: async () => 'a-token',
      clock,
      random: () => 0.5,
      limiter: new RateLimiter(clock),
      log: (line) => lines.push(line),
    }),
  );
  return { types, requests, lines };
}

const rocket = {
  id: '7',
  objectTypeId: '2-1001',
  fullyQualifiedName: 'p123_rocket',
  name: 'rocket',
  labels: { singular: 'Rocket', plural: 'Rockets' },
  primaryDisplayProperty: 'model',
};

suite('the custom object types of an account', () => {
  test('have their labels and the property that names a record', async () => {
    const { types, requests } = await typesBehind([200, { results: [rocket] }]);
    assert.deepEqual(types, [
      {
        id: '2-1001',
        name: 'p123_rocket',
        singular: 'rocket',
        label: 'Rocket',
        pluralLabel: 'Rockets',
        displayProperties: ['model'],
        readScopes: ['crm.objects.custom.read'],
      },
    ]);
    assert.deepEqual(requests, ['GET https://api.hubapi.com/crm-object-schemas/v3/schemas']);
  });

  test('without labels are called by their names, and an odd one costs no other', async () => {
    const bare = { objectTypeId: '2-1002', fullyQualifiedName: 'p123_launch', labels: null, name: 5 };
    const odd = { ...rocket, objectTypeId: '0-1' };
    const { types } = await typesBehind([200, { results: [odd, null, 'x', bare, rocket] }]);
    assert.deepEqual(
      types?.map(({ id, label, pluralLabel, displayProperties }) => [id, label, pluralLabel, displayProperties]),
      [
        ['2-1002', 'p123_launch', 'p123_launch', []],
        ['2-1001', 'Rocket', 'Rockets', ['model']],
      ],
    );
  });

  const missingScopes = { category: 'MISSING_SCOPES', errors: [{ context: { requiredScopes: ['x'] } }] };
  for (const [name, status, body, asked] of [
    ['lacks the scope', 403, missingScopes, 2],
    ['lacks the feature', 403, { category: 'GATED' }, 2],
    ['does not take the token', 401, {}, 1],
  ] as const) {
    test(`are none where the account ${name}, after ${asked} requests`, async () => {
      const { types, requests } = await typesBehind([status, body]);
      assert.deepEqual(types, []);
      assert.equal(requests.length, asked);
    });
  }

  for (const [name, status, body] of [
    ['answers with a page', 200, '<html>'],
    ['answers with another shape', 200, { results: 'none' }],
    ['has an error', 500, ''],
    ['cannot be reached', 0, ''],
  ] as const) {
    test(`are not known where the account ${name}, without many requests`, async () => {
      const { types, requests } = await typesBehind([status, body]);
      assert.equal(types, undefined);
      assert.ok(requests.length <= 2, String(requests.length));
    });
  }

  test('are asked for once more when the first answer was lost', async () => {
    const { types } = await typesBehind([502, '<html>'], [200, { results: [rocket] }]);
    assert.equal(types?.length, 1);
  });

  const used = {
    hubspotDefinedObjectTypes: [{ objectTypeId: '0-1', singularLabel: 'Contact', pluralLabel: 'Contacts', usage: 3 }],
    customObjectTypes: {
      byObjectType: [{ objectTypeId: '2-7', singularLabel: 'Pet', pluralLabel: 'Pets', usage: 0 }, { usage: 1 }],
    },
  };
  test('have their labels from the count of records where the schemas are refused', async () => {
    const { types, requests } = await typesBehind([403, missingScopes], [200, used]);
    assert.deepEqual(types, [
      {
        id: '2-7',
        name: '2-7',
        singular: '2-7',
        label: 'Pet',
        pluralLabel: 'Pets',
        displayProperties: [],
        readScopes: ['crm.objects.custom.read'],
      },
    ]);
    assert.deepEqual(requests.at(-1), 'GET https://api.hubapi.com/crm/v3/limits/records');
  });

  test('are not known where neither schemas nor the count of records can be had now', async () => {
    const { types } = await typesBehind([403, missingScopes], [502, '']);
    assert.equal(types, undefined);
  });

  test('of the sample account are those that its associations name', async () => {
    const { fetch } = createSamplePortal();
    const ports = { fetch, origin: 'https://api.hubapi.com', token: async () => 'a-token', random: () => 0 };
    const types = await readCustomObjectTypes({ ...ports, clock: systemClock, limiter: new RateLimiter(systemClock) });
    assert.ok(types?.length);
    for (const { id, name } of types) assert.match(`${id} ${name}`, /^2-\d+ p\d+_\w+$/);
  });
});
