import { Memory } from '../../../src/core/properties/knownRecords.ts';
import { RecordReader } from '../../../src/core/properties/recordReader.ts';
import { FakeTime } from '../../core/fakeTime.ts';
import { madePorts } from '../../core/madePorts.ts';
import { counted, type Lines, type Measurement } from './measurement.ts';

export const lines: readonly Lines[] = [{ names: ['columns.10k.calls'], measure: callsForProperties }];

const records = 10_000;
const properties = ['dealname', 'amount', 'closedate', 'dealstage', 'pipeline', 'hubspot_owner_id'];

/** Counted, not timed: a call takes a hundred records, whatever the number of properties. */
async function callsForProperties(): Promise<readonly Measurement[]> {
  const time = new FakeTime();
  let calls = 0;
  const ports = madePorts({
    clock: time,
    fetch: async (_, { body }) => {
      calls++;
      const { inputs, properties: asked } = JSON.parse(String(body)) as {
        inputs: { id: string }[];
        properties: string[];
      };
      const held = Object.fromEntries(asked.map((name) => [name, `some ${name}`]));
      const results = inputs.map(({ id }) => ({ id, properties: { ...held, hs_merged_object_ids: null } }));
      return { status: 200, headers: { get: () => null }, text: async () => JSON.stringify({ results }) };
    },
  });
  const reader = new RecordReader({ memory: new Memory(), ports: () => ports, onDidLearn: () => undefined });
  reader.objectType = 'deals';
  reader.properties = properties;
  const ids = Array.from({ length: records }, (_, nth) => String(880_000_000 + nth));
  const failure = await time.run(reader.read(ids, 'cells'));
  const isWhole = ids.every((id) => properties.every((name) => reader.cell(id, name).kind === 'value'));
  if (failure || !isWhole) throw new Error('Not all was read');
  return [counted('columns.10k.calls', calls, records / 100, 'calls', { atMost: 1 })];
}
