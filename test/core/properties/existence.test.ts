/** What became of records, against portals that answer for them in every way HubSpot may. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Existence } from '../../../src/core/domain/cell.ts';
import { Memory } from '../../../src/core/properties/knownRecords.ts';
import { RecordReader } from '../../../src/core/properties/recordReader.ts';
import { inMemoryAccount } from '../../../src/core/sampleHubSpot/inMemoryAccount.ts';
import { createPortal } from '../../../src/core/sampleHubSpot/portal.ts';
import { sampleAccount } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { madePorts } from '../madePorts.ts';

interface Deals {
  /** Id and the ids that the record says were merged into it. */
  readonly living: Readonly<Record<string, string>>;
  readonly archived?: readonly string[];
  /** Ids that are answered by another record. */
  readonly merged?: Readonly<Record<string, string>>;
}

function portalOf({ living, archived = [], merged = {} }: Deals) {
  const { details, scopes } = sampleAccount();
  const deal = (id: string, properties = {}) => ({
    typeId: '0-3',
    id,
    properties: { dealname: `Deal ${id}`, ...properties },
  });
  return createPortal(
    inMemoryAccount({
      details,
      scopes,
      customTypes: [],
      definitions: [],
      links: [],
      records: [
        ...Object.entries(living).map(([id, ids]) => deal(id, { hs_merged_object_ids: ids || null })),
        ...archived.map((id) => ({ ...deal(id), archived: true as const })),
      ],
      merged: Object.entries(merged).map(([id, into]) => ({ typeId: '0-3', id, into })),
    }),
  );
}

async function read(deals: Deals, ids: readonly string[], refused = 'none') {
  const portal = portalOf(deals);
  const calls: string[] = [];
  const ports = madePorts({
    fetch: (url, init) => {
      const { inputs } = JSON.parse(String(init.body)) as { inputs: { id: string }[] };
      calls.push(`${inputs.map(({ id }) => id).join()}${url.includes('archived=true') ? ' archived' : ''}`);
      if (!url.includes(refused)) return portal.fetch(url, init);
      return Promise.resolve({ status: 403, headers: { get: () => null }, text: async () => '{}' });
    },
  });
  const reader = new RecordReader({ memory: new Memory(), ports: () => ports, onDidLearn: () => {} });
  reader.objectType = 'deals';
  reader.properties = ['dealname'];
  const failure = await reader.read(ids, 'existence');
  const known = ids.map((id) => [id, reader.existence(id)] as const).filter(([, existence]) => existence);
  return { of: Object.fromEntries(known), calls, reader, failure: failure?.kind };
}

const alive: Existence = { kind: 'exists' };

test('the living, the archived and the unknown, in two calls', async () => {
  const { of, calls } = await read({ living: { 11: '', 12: '' }, archived: ['13'] }, ['11', '12', '13', '14']);
  assert.deepEqual(of, { 11: alive, 12: alive, 13: { kind: 'archived' }, 14: { kind: 'missing' } });
  assert.deepEqual(calls, ['11,12,13,14', '13,14 archived']);
});

test('one call when all are alive', async () => {
  assert.deepEqual((await read({ living: { 11: '' } }, ['11'])).calls, ['11']);
});

test('a survivor that lists what went into it is believed, also when it was asked for itself', async () => {
  const deals = { living: { 11: '21;22', 12: '' }, merged: { 21: '11', 22: '11' } };
  const both = await read(deals, ['21', '12', '11', '22']);
  assert.deepEqual(both.of, {
    11: alive,
    12: alive,
    21: { kind: 'merged', into: '11' },
    22: { kind: 'merged', into: '11' },
  });
  assert.deepEqual(both.calls, ['21,12,11,22']);
  assert.deepEqual((await read(deals, ['22'])).of, { 22: { kind: 'merged', into: '11' } });
});

test('survivors that list nothing are told apart by asking each id by itself', async () => {
  const deals = { living: { 11: '', 12: '', 13: '' }, merged: { 21: '11', 22: '12' } };
  const { of, calls } = await read(deals, ['22', '13', '21', '99']);
  assert.deepEqual(of, {
    13: alive,
    21: { kind: 'merged', into: '11' },
    22: { kind: 'merged', into: '12' },
    99: { kind: 'missing' },
  });
  assert.deepEqual(calls, ['22,13,21,99', '22', '21', '99 archived']);
});

test('where HubSpot knows the merged id no more, the survivor that lists it tells', async () => {
  const { of, calls } = await read({ living: { 11: '21' } }, ['11', '21']);
  assert.deepEqual(of, { 11: alive, 21: { kind: 'merged', into: '11' } });
  assert.deepEqual(calls, ['11,21']);
});

test('what a record is called comes along, also of one that is archived', async () => {
  const { reader } = await read({ living: { 11: '' }, archived: ['12'] }, ['11', '12', '13']);
  assert.deepEqual(
    ['11', '12', '13'].map((id) => reader.name(id, ['dealname'])),
    ['Deal 11', 'Deal 12', undefined],
  );
  assert.deepEqual(
    ['11', '12', '13'].map((id) => reader.cell(id, 'dealname')),
    [
      { kind: 'value', text: 'Deal 11' },
      { kind: 'gone', how: 'archived' },
      { kind: 'gone', how: 'missing' },
    ],
  );
});

test('what one read told is kept when the other fails, and only the other is made again', async () => {
  const archived = await read({ living: { 11: '' }, archived: ['12'] }, ['11', '12'], 'archived=true');
  assert.deepEqual([archived.of, archived.failure], [{ 11: alive }, 'forbidden']);
  assert.equal(archived.reader.isHalted, false, 'the living can be read on');
  const why = archived.reader.cell('12', 'dealname');
  assert.equal(why.kind === 'notRead' && typeof why.why === 'object' && why.why.kind, 'forbidden');
  await archived.reader.read(['11', '12'], 'existence');
  assert.deepEqual(archived.calls, ['11,12', '12 archived', '12 archived']);
  const living = await read({ living: { 11: '' } }, ['11'], 'archived=false');
  assert.deepEqual([living.of, living.failure, living.calls], [{}, 'forbidden', ['11']]);
});
