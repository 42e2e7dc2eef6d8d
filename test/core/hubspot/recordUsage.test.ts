import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { HubSpotPorts } from '../../../src/core/hubspot/ports.ts';
import { readRecordUsage } from '../../../src/core/hubspot/recordUsage.ts';
import { createSamplePortal } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { FakeTime } from '../fakeTime.ts';
import { madePorts } from '../madePorts.ts';

function usageBehind(status: number, body: unknown) {
  const clock = new FakeTime();
  const fetch: HubSpotPorts['fetch'] = async () => ({
    status,
    headers: { get: () => null },
    text: async () => (typeof body === 'string' ? body : JSON.stringify(body)),
  });
  return clock.run(readRecordUsage(madePorts({ fetch, clock })));
}

suite('how many records of each type an account has', () => {
  const contact = { objectTypeId: '0-1', singularLabel: 'Contact', pluralLabel: 'Contacts', usage: 3 };

  test('is told of standard and custom types, and an odd one costs no other', async () => {
    const types = await usageBehind(200, {
      hubspotDefinedObjectTypes: [contact, { objectTypeId: '../x', usage: 1 }, null, { objectTypeId: '0-2', usage: 0 }],
      customObjectTypes: { byObjectType: [{ objectTypeId: '2-7', pluralLabel: 'Pets', usage: 9 }] },
    });
    assert.deepEqual(types, [
      { id: '0-1', label: 'Contact', pluralLabel: 'Contacts', records: 3 },
      { id: '0-2', label: '0-2', pluralLabel: '0-2', records: 0 },
      { id: '2-7', label: 'Pets', pluralLabel: 'Pets', records: 9 },
    ]);
  });

  test('is refused for good, or not known now', async () => {
    assert.equal(await usageBehind(403, { category: 'MISSING_SCOPES' }), 'refused');
    assert.equal(await usageBehind(404, {}), 'refused');
    assert.equal(await usageBehind(502, ''), undefined);
    assert.equal(await usageBehind(200, '<html>'), undefined);
  });

  test('is asked once more where the answer is none at all, and not where it is another one', async () => {
    for (const [text, calls] of [
      ['<html>', 2],
      ['null', 1],
    ] as const) {
      let sent = 0;
      const fetch: HubSpotPorts['fetch'] = async () => {
        sent++;
        return { status: 200, headers: { get: () => null }, text: async () => text };
      };
      const clock = new FakeTime();
      assert.equal(await clock.run(readRecordUsage(madePorts({ fetch, clock }))), undefined);
      assert.equal(sent, calls, text);
    }
  });

  test('of the sample account has both kinds, also what its token may not read', async () => {
    const { fetch } = createSamplePortal();
    const types = await readRecordUsage(madePorts({ fetch }));
    assert.ok(Array.isArray(types));
    const count = (id: string) => types.find((type) => type.id === id)?.records ?? Number.NaN;
    assert.ok(count('0-3') > 20);
    assert.equal(count('0-19'), 12);
    assert.equal(count('0-14'), 0);
    assert.ok(types.some(({ id, records }) => id.startsWith('2-') && records > 0));
  });
});
