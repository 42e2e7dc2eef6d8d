import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { elementsOfStep, finished, firstUnfit } from '../../../src/core/domain/steps.ts';
import { quotingLongNumbers, readingJson } from '../../../src/core/hubspot/json.ts';
import { readLabelDefinitions } from '../../../src/core/hubspot/labelDefinitions.ts';
import { systemClock } from '../../../src/core/hubspot/machineClock.ts';
import { readOwners } from '../../../src/core/hubspot/owners.ts';
import type { HubSpotPorts } from '../../../src/core/hubspot/ports.ts';
import { readProperties } from '../../../src/core/hubspot/properties.ts';
import { readRecords } from '../../../src/core/hubspot/records.ts';
import { readRecordUsage } from '../../../src/core/hubspot/recordUsage.ts';
import { readCustomObjectTypes } from '../../../src/core/hubspot/schemas.ts';
import { readSinglePage } from '../../../src/core/hubspot/singleAnswer.ts';
import { growsTooFast } from '../../growth.ts';
import { madePorts } from '../madePorts.ts';

const inQuotes = (text: string) => finished(quotingLongNumbers(text));

test('long whole numbers outside of strings get quotes, and nothing else does', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['[1234567890123456]', '["1234567890123456"]'],
    ['[-1234567890123456789,1]', '["-1234567890123456789",1]'],
    ['{"1234567890123456":123456789012345}', '{"1234567890123456":123456789012345}'],
    ['["a\\"1234567890123456",1234567890123456]', '["a\\"1234567890123456","1234567890123456"]'],
    [
      '[1234567890123456.5,1234567890123456e2,1e1234567890123456]',
      '[1234567890123456.5,1234567890123456e2,1e1234567890123456]',
    ],
    ['"never closed 1234567890123456', '"never closed 1234567890123456'],
    ['-', '-'],
    ['', ''],
  ];
  for (const [text, quoted] of cases) assert.equal(inQuotes(text), quoted);
});

test('JSON stays the same but for the quotes', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const quoted = inQuotes(text);
      if (!/\d{16}/.test(text)) assert.equal(quoted, text);
      assert.ok(finished(readingJson(quoted)).ok);
    }),
  );
});

test('an answer of a million brackets is read and leaves the host alive', () => {
  assert.equal(finished(readingJson(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`)).ok, true);
});

for (const token of [
  '"',
  '\\"',
  '"\\"',
  '1',
  '12345678901234567',
  '1e',
  '-',
  '-1',
  '1234567890123456.',
  '\\',
  ' ',
  '{"a":',
]) {
  test(`${JSON.stringify(token)} repeated costs what its length does`, async () => {
    const make = (size: number) => `"${token.repeat(size / token.length)}`;
    assert.equal(await growsTooFast(make, inQuotes, 1_000_000), undefined);
    assert.equal(await growsTooFast((size) => `${make(size).slice(1)}e`, inQuotes, 1_000_000), undefined);
  });
}

const count = 20 * elementsOfStep;
const results = (result: (nth: number) => unknown) =>
  JSON.stringify({ results: Array.from({ length: count }, (_, nth) => result(nth)) });
const names = Object.fromEntries(Array.from({ length: count }, (_, nth) => [`p${nth}`, 'x']));
/** How many there are of what was read. */
const lists: Readonly<Record<string, readonly [text: string, read: (ports: HubSpotPorts) => Promise<number>]>> = {
  properties: [
    results((nth) => ({ name: `p${nth}` })),
    async (ports) => {
      const answer = await readProperties('deals', ports);
      return answer.ok ? answer.properties.length : 0;
    },
  ],
  'options of a property': [
    JSON.stringify({
      results: [
        { name: 'p', options: Array.from({ length: count }, (_, nth) => ({ value: `${nth}`, displayOrder: -nth })) },
      ],
    }),
    async (ports) => {
      const answer = await readProperties('deals', ports);
      return answer.ok ? answer.properties[0]!.options.length : 0;
    },
  ],
  'used object types': [
    JSON.stringify({
      customObjectTypes: {
        byObjectType: Array.from({ length: count }, (_, nth) => ({ objectTypeId: `2-${nth}`, usage: 1 })),
      },
    }),
    async (ports) => ((await readRecordUsage(ports)) ?? []).length,
  ],
  owners: [results((id) => ({ id, email: 'a@b.c' })), async (ports) => (await readOwners(ports)).names.size],
  'object types': [
    results((nth) => ({ objectTypeId: `2-${nth}`, fullyQualifiedName: 'p1_pets' })),
    async (ports) => (await readCustomObjectTypes(ports))?.length ?? 0,
  ],
  labels: [
    results((typeId) => ({ category: 'USER_DEFINED', typeId, label: 'x' })),
    async (ports) =>
      (await readLabelDefinitions({ from: 'deals', to: 'pets', apiVersion: '2026-03' }, ports)).labels?.length ?? 0,
  ],
  'values of a record': [
    JSON.stringify({ status: 'COMPLETE', results: [{ id: '1', properties: names }] }),
    async (ports) => {
      const answer = await readRecords({ objectType: 'deals', ids: ['1'], properties: [] }, ports);
      return Object.keys((answer.ok && answer.value.found.get('1')) || {}).length;
    },
  ],
};

test('associations of one record are read in steps, wherever one of them is odd', () => {
  const answer = new AnswerColumns({ from: 'deals', to: 'contacts', ids: [] });
  for (const odd of [undefined, count - 1]) {
    const steps = readSinglePage(
      results((id) => ({ id: id === odd ? 0.5 : id + 1, type: 'x' })),
      answer,
    );
    let taken = 1;
    let step = steps.next();
    for (; !step.done; step = steps.next()) taken++;
    assert.ok(taken >= 20, `${taken} steps for ${count} associations`);
    const { value } = step;
    if ('value' in value) assert.equal(value.value.rows.length, count);
    else assert.equal(value.unreadable.where, `results[${odd}].id`);
    assert.equal('value' in value, odd === undefined);
  }
});

test('the first element that does not fit is found without a look at each', () => {
  const some = Array.from({ length: count }, (_, nth) => nth);
  let looks = 0;
  const fits = (stretch: readonly unknown[]) => {
    looks++;
    return !stretch.includes(count - 2);
  };
  assert.equal(finished(firstUnfit(some, fits)), count - 2);
  assert.ok(looks <= 20 + elementsOfStep, `${looks} looks`);
  assert.equal(finished(firstUnfit(some.slice(0, -2), fits)), -1);
});

for (const [what, [text, read]] of Object.entries(lists)) {
  test(`others have their turn while very many ${what} are read`, async () => {
    let turns = 0;
    let now = 0;
    // Each step is long enough for a turn.
    const clock = {
      ...systemClock,
      now: () => (now += 30),
      sleep: async () => {
        turns++;
      },
    };
    const fetch = async () => ({ status: 200, headers: { get: () => null }, text: async () => text });
    assert.equal(await read(madePorts({ fetch, clock })), count);
    assert.ok(turns >= 20, `${turns} turns for ${count} ${what}`);
  });
}
