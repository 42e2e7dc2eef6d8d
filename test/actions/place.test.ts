/** Addresses of rows: what stands at each, and that a row of the tree and its address lead to the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idLines, idsOf, placeAt } from '../../src/actions/place.ts';
import { Hops } from '../../src/answers/hops.ts';
import { finished } from '../../src/core/domain/steps.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { type Address, parseAddress } from '../../src/core/treaty/actions.ts';
import { childrenOf, type Node, nodeId, recordAt } from '../../src/tree/lookUpNodes.ts';
import { addressOf, nodeAt } from '../../src/tree/nodeAddress.ts';
import { madeAnswer } from '../core/madeAnswer.ts';
import { madePorts } from '../core/madePorts.ts';
import { madeEntry } from '../tree/madeEntry.ts';

const to = (...ids: string[]) => ids.map((toId) => ({ toId, types: [] }));
const noHops = () => new Hops(() => assert.fail('nothing is to be read'));

test('an address stands for a look-up, a group, a record, its associations or one of them', () => {
  const answer = madeAnswer([{ id: '1', to: to('71', '72') }, { id: '2' }, { id: '3', to: to('71') }, { id: '4' }]);
  const entry = madeEntry(answer);
  const ids = (at: Omit<Address, 'lookUp'>) => {
    const place = placeAt({ lookUp: entry.id, ...at }, entry, noHops());
    return place && [...idsOf(place)];
  };
  assert.deepEqual(ids({}), ['1', '2', '3', '4']);
  assert.deepEqual(ids({ group: 'none' }), ['2', '4']);
  assert.deepEqual(ids({ record: 0 }), ['1']);
  assert.deepEqual(ids({ record: 0, nth: 1 }), ['72']);
  assert.deepEqual(ids({ record: 0, hop: { to: 'companies' } }), ['71', '72']);
  assert.deepEqual(ids({ record: 0, hop: { to: '0-2', nth: 1 } }), ['72'], 'under whatever name of the type');
  for (const nowhere of [
    { record: 4 },
    { record: 1, nth: 0 },
    { record: 0, nth: 2 },
    { record: 1, nth: 0, hop: { to: 'x' } },
  ]) {
    assert.equal(ids(nowhere), undefined, JSON.stringify(nowhere));
  }
});

test('each row of a tree with hops has an address, which is plain JSON and leads back to the row', async () => {
  const portal = createSamplePortal();
  const ports = madePorts({ fetch: portal.fetch });
  const hops = new Hops((question) => lookUp(question, ports).done);
  const { answer } = await lookUp(samplePairs.dealsToCompanies, ports).done;
  const entry = madeEntry(answer);
  hops.choose({ lookUp: entry.id }, 'companies', 'contacts');
  // Back to the type that was asked, and on to one's own: the same types again at another depth.
  hops.choose({ lookUp: entry.id }, 'contacts', 'companies');
  hops.choose({ lookUp: entry.id }, 'deals', 'contacts');

  const kinds = new Map<string, number>();
  const walk = async (node: Node, depth: number) => {
    const given = addressOf(node);
    if (given) {
      const at = parseAddress(JSON.parse(JSON.stringify(given)));
      assert.deepEqual(at, given);
      const place = placeAt(given, entry, hops);
      const under = node.kind === 'ask' ? node.under : node.kind === 'note' ? node.in : node;
      assert.equal(nodeId(nodeAt(given, entry, hops)), nodeId(under));
      const record = under.kind === 'record' || under.kind === 'associated' ? recordAt(under) : undefined;
      assert.deepEqual(place?.record, record, JSON.stringify(given));
      if (under.kind === 'type') assert.equal(place?.associations?.hop, under.hop);
      kinds.set(node.kind, (kinds.get(node.kind) ?? 0) + 1);
    }
    if (depth === 0) return;
    if (node.kind === 'type' && node.hop) await hops.read(node.hop);
    for (const child of childrenOf(node, 3, hops)) await walk(child, depth - 1);
  };
  await walk({ kind: 'lookUp', entry }, 9);
  for (const kind of ['lookUp', 'group', 'record', 'type', 'associated', 'ask']) assert.ok(kinds.get(kind)! > 0, kind);
});

test('what is no address is none', () => {
  for (const given of [
    undefined,
    null,
    'look-up',
    {},
    { lookUp: 1 },
    { lookUp: 'a', record: -1 },
    { lookUp: 'a', hop: {} },
  ]) {
    assert.equal(parseAddress(given), undefined, JSON.stringify(given));
  }
});

test('what is chosen for a record is told with where its associations stand', () => {
  const hops = noHops();
  const told: unknown[] = [];
  hops.onDidChange(({ lookUp: id, added }) => told.push(id, added));
  hops.choose({ lookUp: 'a', record: 2, nth: 1, hop: { to: 'contacts', nth: 0 } }, 'contacts', 'tickets');
  assert.deepEqual(told, [
    'a',
    { lookUp: 'a', record: 2, nth: 1, hop: { to: 'contacts', nth: 0, hop: { to: 'tickets' } } },
  ]);
});

test('the ids of many records are put together in steps, each once', () => {
  const count = 12_000;
  const answer = madeAnswer(
    Array.from({ length: count }, (_, nth) => ({ id: String(100 + nth), to: nth % 2 ? to('7') : [] })),
  );
  const entry = madeEntry(answer);
  const places = [{}, { group: 'none' }, { record: 0 }].map(
    (at) => placeAt({ lookUp: entry.id, ...at } as Address, entry, noHops())!,
  );
  const steps = idLines(places);
  let yields = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) yields++;
  assert.ok(yields >= 3, `${yields} steps`);
  assert.deepEqual(
    step.value.text.split('\n'),
    Array.from({ length: count }, (_, nth) => String(100 + nth)),
  );
  assert.deepEqual(finished(idLines([])), { text: '' });
});

test('an address that leads back to itself, or on without end, is none', () => {
  const back: { to: string; nth: number; hop?: object } = { to: 'contacts', nth: 0 };
  back.hop = back;
  assert.equal(parseAddress({ lookUp: 'a', record: 0, hop: back }), undefined);
  let on: object = { to: 'contacts' };
  for (let hops = 0; hops < 200; hops++) on = { to: 'contacts', nth: 0, hop: on };
  assert.equal(parseAddress({ lookUp: 'a', record: 0, hop: on }), undefined);
});
