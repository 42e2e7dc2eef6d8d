import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idsOf, placeAt } from '../../src/actions/place.ts';
import { Hops } from '../../src/answers/hops.ts';
import { finished } from '../../src/core/domain/steps.ts';
import { Check } from '../../src/core/expectation/check.ts';
import { aboutAnswer } from '../../src/core/export/about.ts';
import { exportFormats } from '../../src/core/export/formats.ts';
import { childrenOf, type Node, pageSize } from '../../src/tree/lookUpNodes.ts';
import { addressOf, nodeAt } from '../../src/tree/nodeAddress.ts';
import { choosingRows, isNode, nodesFrom } from '../../src/tree/treeSelection.ts';
import { madePairs } from '../core/expectation/madePairs.ts';
import { madeAnswer } from '../core/madeAnswer.ts';
import { madeEntry } from './madeEntry.ts';

const chosenRows = (nodes: readonly Node[]) => finished(choosingRows(nodes));

const records = [
  {
    id: '1',
    to: [
      { toId: '71', types: [] },
      { toId: '72', types: [] },
    ],
  },
  { id: '2' },
  { id: '3', to: [{ toId: '71', types: [] }] },
  { id: '4' },
];
const answer = madeAnswer(records);
const entry = madeEntry(answer);
const record = (number: number): Node => ({ kind: 'record', entry, record: number });
const type = (number: number) =>
  ({ kind: 'type', entry, under: { kind: 'record', entry, record: number }, hop: undefined }) as const;
const associated = (number: number, nth: number): Node => ({ kind: 'associated', entry, in: type(number), nth });

function pairsIn(nodes: readonly Node[]): string[] {
  return chosenRows(nodes).flatMap(({ shown }) =>
    Array.from({ length: shown.length }, (_, place) => {
      const row = shown.at(place);
      return `${shown.rows.answer.recordId(shown.rows.record(row))} ${shown.rows.toId(row) ?? '-'}`;
    }),
  );
}

test('each kind of row stands for its rows of the answer', () => {
  assert.deepEqual(pairsIn([{ kind: 'lookUp', entry }]), ['1 71', '1 72', '2 -', '3 71', '4 -']);
  assert.deepEqual(pairsIn([{ kind: 'group', entry, group: 'none' }]), ['2 -', '4 -']);
  assert.deepEqual(pairsIn([record(0)]), ['1 71', '1 72']);
  assert.deepEqual(pairsIn([record(1)]), ['2 -']);
  assert.deepEqual(pairsIn([type(2)]), ['3 71']);
  assert.deepEqual(pairsIn([associated(0, 1)]), ['1 72']);
});

test('each kind of row of a check stands for its pairs, by its address as well', () => {
  // v3 would hide companies that are not primary ones.
  const dated = madeAnswer(records, { apiVersion: '2026-09' });
  const check = new Check(
    dated,
    madePairs([
      ['1', ['71', '73', '74']],
      ['2', ['81']],
      ['3', []],
    ]),
  );
  const checked = madeEntry(dated, { check });
  const hops = new Hops(() => assert.fail('nothing is to be read'));
  const told = (node: Node) => {
    const at = addressOf(node)!;
    const rows = pairsIn([node]);
    assert.deepEqual(pairsIn([nodeAt(at, checked, hops)]), rows);
    return [rows.join(', '), [...idsOf(placeAt(at, checked, hops)!)].join()];
  };
  const missing: Node = { kind: 'verdict', entry: checked, verdict: 'missing' };
  const unexpected: Node = { kind: 'verdict', entry: checked, verdict: 'unexpected' };
  assert.deepEqual(told(missing), ['1 73, 1 74, 2 81', '1,2']);
  assert.deepEqual(told(unexpected), ['1 72, 3 71', '1,3']);
  assert.deepEqual(told({ kind: 'share', entry: checked, verdict: 'missing', record: 0, pairs: 2 }), [
    '1 73, 1 74',
    '1',
  ]);
  const below = (node: Node) => childrenOf(node, pageSize, hops);
  assert.deepEqual(below(missing).map(told), [
    ['1 73', '73'],
    ['1 74', '74'],
    ['2 81', '81'],
  ]);
  assert.deepEqual(below(unexpected).map(told), [
    ['1 72', '72'],
    ['3 71', '71'],
  ]);
  // What is missing does not stand among the associations that a record has.
  const under: Node = { kind: 'record', entry: checked, record: 0 };
  assert.deepEqual(told({ kind: 'type', entry: checked, under, hop: undefined }), ['1 71, 1 72', '71,72']);
  assert.equal(chosenRows([missing])[0]!.chip, 'verdict:missing');
});

test('several rows are taken together, each once', () => {
  assert.deepEqual(pairsIn([record(0), associated(0, 1), record(3)]), ['1 71', '1 72', '4 -']);
});

test('rows of two look-ups are kept apart', () => {
  const other = madeEntry(madeAnswer([{ id: '9' }]), { id: 'another' });
  const chosen = chosenRows([record(1), { kind: 'record', entry: other, record: 0 }]);
  assert.deepEqual(
    chosen.map((each) => [each.entry.id, each.shown.length]),
    [
      ['look-up', 1],
      ['another', 1],
    ],
  );
});

test('a large group, and a verdict of a large check, are gone through in steps', () => {
  const many = Array.from({ length: 20_000 }, (_, nth) => ({ id: String(nth + 1) }));
  const large = madeAnswer(many, { apiVersion: '2026-09' });
  const checked = madeEntry(large, { check: new Check(large, madePairs([['1', ['71']]])) });
  for (const node of [
    { kind: 'group', entry: checked, group: 'none' },
    { kind: 'verdict', entry: checked, verdict: 'missing' },
  ] as const) {
    const steps = choosingRows([node]);
    let yields = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) yields++;
    assert.ok(yields >= 4, `${yields} steps`);
    assert.equal(step.value[0]!.shown.length, node.kind === 'group' ? 20_000 : 1);
  }
});

test('a group as ids, as SQL and as pairs', () => {
  const [chosen] = chosenRows([{ kind: 'group', entry, group: 'none' }]);
  const { shown, chip } = chosen!;
  assert.equal(chip, 'none');
  const about = aboutAnswer(answer, {
    account: { name: 'Acme' },
    exportedAt: 0,
    rows: shown.length,
    rowsInAll: shown.rows.length,
  });
  const written = (format: 'recordIds' | 'sqlInRecords' | 'pairs') =>
    [...exportFormats[format].write(shown, {}, about)].join('');
  assert.equal(written('recordIds'), '2\n4\n');
  assert.match(written('sqlInRecords'), /IN \(\n {2}2,\n {2}4\n\)\n$/);
  assert.equal(written('pairs'), '');
});

test('a command takes the row it was called on, or the selection, or what has the keyboard', async () => {
  const focused = async () => [record(2), record(3), 'no row'];
  assert.deepEqual(await nodesFrom(record(0), undefined, focused), [record(0)]);
  assert.deepEqual(await nodesFrom(record(0), [record(0), record(1)], focused), [record(0), record(1)]);
  assert.deepEqual(await nodesFrom(undefined, undefined, focused), [record(2), record(3)]);
  assert.deepEqual(await nodesFrom({ kind: 'record' }, undefined, focused), [], 'what is no row is no row');
});

test('only rows of the tree are taken for rows', () => {
  assert.ok(isNode(record(0)));
  assert.ok(isNode({ kind: 'more', parent: { kind: 'lookUp', entry }, shown: 1, total: 2 }));
  for (const no of [null, 'record', {}, { kind: 'record' }, { kind: 'other', entry }, { kind: 'more', parent: 1 }]) {
    assert.equal(isNode(no), false);
  }
});
