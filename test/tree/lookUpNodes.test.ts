import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hops } from '../../src/answers/hops.ts';
import { AnswerColumns } from '../../src/core/answer/answerColumns.ts';
import type { Question } from '../../src/core/domain/associations.ts';
import { Check } from '../../src/core/expectation/check.ts';
import { FilePairs } from '../../src/core/expectation/filePairs.ts';
import { PairColumns } from '../../src/core/expectation/pairColumns.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import {
  childrenOf,
  type LookUpNode,
  type Node,
  nodeId,
  pageSize,
  parentOf,
  recordAt,
  type TypeNode,
} from '../../src/tree/lookUpNodes.ts';
import { addressOf } from '../../src/tree/nodeAddress.ts';
import { largeAnswer, learn, type MadeRecord, madeAnswer, primary, unread } from '../core/madeAnswer.ts';
import { madePorts } from '../core/madePorts.ts';
import { madeEntry } from './madeEntry.ts';

const noHops = () => new Hops(() => assert.fail('nothing is to be read'));

const records: readonly MadeRecord[] = [
  { id: '1', to: [{ toId: '71', types: [primary] }] },
  { id: '2' },
  { id: '3', state: 'notRead', problem: unread },
  {
    id: '4',
    to: [
      { toId: '71', types: [] },
      { toId: '72', types: [] },
    ],
  },
  { id: '5', state: 'failed', problem: { kind: 'hubSpotError', category: 'VALIDATION_ERROR', message: 'No' } },
  { id: '6' },
];

const root = (answer = madeAnswer(records)): LookUpNode => ({ kind: 'lookUp', entry: madeEntry(answer) });

/** The tree as text, all of it opened. */
function outline(node: Node, hops: Hops, depth = 0): string[] {
  const text = {
    together: () => 'together',
    lookUp: () => 'look-up',
    group: () => (node.kind === 'group' ? node.group : ''),
    verdict: () => (node.kind === 'verdict' ? node.verdict : ''),
    share: () => (node.kind === 'share' ? `${node.pairs} of record ${node.record}` : ''),
    pair: () => (node.kind === 'pair' ? `pair ${node.pair}` : ''),
    extra: () => (node.kind === 'extra' ? `extra ${node.record} ${node.nth}` : ''),
    record: () => (node.kind === 'record' ? `record ${recordAt(node).id}` : ''),
    type: () => (node.kind === 'type' ? `type ${(node.hop ?? node.entry).question.to}` : ''),
    associated: () => (node.kind === 'associated' ? `associated ${recordAt(node).id}` : ''),
    ask: () => 'ask',
    note: () => 'note',
    more: () => (node.kind === 'more' ? `more of ${node.total}` : ''),
  }[node.kind]();
  const children = childrenOf(node, pageSize, hops);
  return [`${'  '.repeat(depth)}${text}`, ...children.flatMap((child) => outline(child, hops, depth + 1))];
}

test('groups come first, then the records that were found, in the order they were asked', () => {
  assert.deepEqual(outline(root(), noHops()), [
    'look-up',
    '  notRead',
    '    record 3',
    '  failed',
    '    record 5',
    '  none',
    '    record 2',
    '    record 6',
    '  record 1',
    '    type companies',
    '      associated 71',
    '        ask',
    '  record 4',
    '    type companies',
    '      associated 71',
    '        ask',
    '      associated 72',
    '        ask',
  ]);
});

test('every node knows its parent by the same id, and no two nodes have one id', () => {
  const hops = noHops();
  const seen = new Set<string>();
  const walk = (node: Node) => {
    assert.ok(!seen.has(nodeId(node)), `${nodeId(node)} twice`);
    seen.add(nodeId(node));
    for (const child of childrenOf(node, 1, hops)) {
      assert.equal(nodeId(parentOf(child)!), nodeId(node));
      walk(child);
    }
  };
  walk(root());
  assert.ok([...seen].some((id) => id.endsWith('/more')));
});

test('never more children than a page, and a node that says how many there are', () => {
  const answer = largeAnswer(1000, 3);
  const node = root(answer);
  const children = childrenOf(node, pageSize, noHops());
  const found = children.filter(({ kind }) => kind === 'record');
  assert.equal(found.length, pageSize);
  assert.deepEqual(
    children.filter(({ kind }) => kind === 'more').map((more) => more.kind === 'more' && [more.shown, more.total]),
    [[100, 980]],
  );
  const next = childrenOf(node, 2 * pageSize, noHops());
  assert.deepEqual(
    next.slice(0, children.length - 1).map(nodeId),
    children.slice(0, -1).map(nodeId),
    'what was shown stays where it was',
  );
});

test('ids stay while results stream in, whatever order they come in', () => {
  const ids = records.map(({ id }) => id);
  const answer = new AnswerColumns({ from: 'deals', to: 'companies', ids });
  const entry = madeEntry(answer);
  const node: Node = { kind: 'lookUp', entry };
  const ofRecord = new Map<string, string>();
  for (const record of [...records].reverse()) {
    learn(answer, record);
    for (const child of childrenOf(node, pageSize, noHops())) {
      if (child.kind !== 'record') continue;
      const { id } = recordAt(child);
      assert.equal(ofRecord.get(id) ?? nodeId(child), nodeId(child));
      ofRecord.set(id, nodeId(child));
    }
  }
  assert.deepEqual([...ofRecord.keys()].sort(), ['1', '4']);
  assert.deepEqual(outline(node, noHops()), outline(root(), noHops()));
});

test('a type chosen once is offered on every record of that type under the look-up, and each record is read when it is opened', async () => {
  const portal = createSamplePortal();
  const asked: string[] = [];
  const read = (question: Question) => {
    asked.push(`${question.from} ${question.ids.join()} ${question.to}`);
    return lookUp(question, madePorts({ fetch: portal.fetch })).done;
  };
  const hops = new Hops(read);
  const { answer } = await read(samplePairs.dealsToCompanies);
  asked.length = 0;
  const node: LookUpNode = { kind: 'lookUp', entry: madeEntry(answer) };
  const records = childrenOf(node, pageSize, hops).filter(({ kind }) => kind === 'record');
  const associatedOf = (record: Node) => {
    const [type] = childrenOf(record, pageSize, hops);
    const [first] = childrenOf(type!, pageSize, hops);
    assert.ok(first?.kind === 'associated');
    return first;
  };
  hops.choose({ lookUp: node.entry.id }, 'companies', 'contacts');
  for (const record of records.slice(0, 2)) {
    const company = associatedOf(record);
    const [hop, ask, ...others] = childrenOf(company, pageSize, hops);
    assert.deepEqual([hop?.kind, ask?.kind, others], ['type', 'ask', []]);
    const type = hop as TypeNode;
    await hops.read(type.hop!);
    await hops.read(type.hop!);
    const truth = portal.associationsOf('companies', recordAt(company).id, 'contacts').map(({ toId }) => toId);
    const contacts = childrenOf(type, pageSize, hops);
    assert.deepEqual(
      contacts.map((each) => each.kind === 'associated' && recordAt(each)),
      truth.map((id) => ({ type: 'contacts', id })),
    );
    assert.equal(asked.at(-1), `companies ${recordAt(company).id} contacts`);
  }
  assert.equal(asked.length, 2, 'one look-up for each record opened, none twice');

  // And on from there: the tickets of a contact, two hops away from the look-up.
  hops.choose({ lookUp: node.entry.id }, 'contacts', 'tickets');
  const truth = ({ id }: { id: string }) => portal.associationsOf('contacts', id, 'tickets').map(({ toId }) => toId);
  const contact = records
    .slice(0, 2)
    .flatMap((record) => childrenOf(childrenOf(associatedOf(record), pageSize, hops)[0]!, pageSize, hops))
    .find((each) => each.kind === 'associated' && truth(recordAt(each)).length > 0);
  assert.ok(contact?.kind === 'associated', 'one of the contacts has a ticket');
  const tickets = childrenOf(contact, pageSize, hops)[0] as TypeNode;
  await hops.read(tickets.hop!);
  assert.deepEqual(
    childrenOf(tickets, pageSize, hops).map((each) => each.kind === 'associated' && recordAt(each).id),
    truth(recordAt(contact)),
  );
});

test('a hop that failed says so, is read again, and is shared by two look-ups', async () => {
  let isOffline = true;
  const good = madeAnswer([{ id: '71', to: [{ toId: '9', types: [] }] }], { from: 'companies', to: 'contacts' });
  const hops = new Hops(async ({ from, to, ids }) =>
    isOffline
      ? {
          answer: madeAnswer([{ id: ids[0]!, state: 'notRead' }], { from, to }),
          stopped: { kind: 'offline', detail: 'ENETUNREACH' },
        }
      : { answer: good },
  );
  const entry = madeEntry(madeAnswer(records));
  const hop = hops.of(entry, 'companies', '71', 'contacts');
  await hops.read(hop);
  assert.equal(hop.stopped?.kind, 'offline');
  const under = { kind: 'record', entry, record: 0 } as const;
  const kinds = () => childrenOf({ kind: 'type', entry, under, hop }, pageSize, hops).map(({ kind }) => kind);
  assert.deepEqual(kinds(), ['note']);
  isOffline = false;
  await hops.read(hop);
  assert.equal(hop.stopped, undefined);
  assert.deepEqual(kinds(), ['associated']);
  assert.equal(hops.of(madeEntry(madeAnswer(records), { id: 'another' }), 'companies', '71', 'contacts'), hop);
});

test('what was chosen goes with the look-up', () => {
  const hops = noHops();
  const entry = madeEntry(madeAnswer(records));
  hops.choose({ lookUp: entry.id }, 'companies', 'contacts');
  hops.choose({ lookUp: entry.id }, 'companies', 'contacts');
  assert.deepEqual(hops.typesOf(entry, 'companies'), ['contacts']);
  hops.forget('another');
  assert.deepEqual(hops.typesOf(entry, 'companies'), ['contacts']);
  hops.forget(entry.id);
  assert.deepEqual(hops.typesOf(entry, 'companies'), []);
});

test('the pair of the look-up itself is not offered twice on its records', () => {
  const hops = noHops();
  const entry = madeEntry(madeAnswer(records));
  hops.choose({ lookUp: entry.id }, 'deals', '0-2');
  hops.choose({ lookUp: entry.id }, 'deals', 'tickets');
  const types = childrenOf({ kind: 'record', entry, record: 0 }, pageSize, hops);
  assert.deepEqual(
    types.map((type) => type.kind === 'type' && (type.hop ?? type.entry).question.to),
    ['companies', 'tickets'],
  );
});

test('the pairs of a check that are not confirmed come first, many missing ones by their records', () => {
  const answer = madeAnswer([{ id: '1', to: [{ toId: '71', types: [] }] }, { id: '2' }, { id: '3' }], {
    apiVersion: '2026-09',
  });
  const pairs = new PairColumns();
  pairs.addRow('1', ['71', '72'], 0, 1);
  pairs.addRow(
    '2',
    Array.from({ length: 11 }, (_, nth) => String(80 + nth)),
    0,
    2,
  );
  const options = {
    from: 'deals',
    to: 'contacts',
    apiVersion: '2026-09',
    isWhole: true,
    definitions: { labels: [] },
  } as const;
  const check = new Check(answer, new FilePairs(pairs, options));
  const verdicts = () => {
    const node: LookUpNode = { kind: 'lookUp', entry: madeEntry(answer, { check }) };
    return outline(node, noHops()).filter((line) => /missing|noSuch|of record|pair/.test(line));
  };
  assert.deepEqual(verdicts().slice(0, 5), [
    '  missing',
    '    11 of record 1',
    '      pair 2',
    '      pair 3',
    '      pair 4',
  ]);
  assert.deepEqual(verdicts().slice(-2), ['    1 of record 0', '      pair 1']);
  for (let id = 82; id < 91; id++) check.learn('to', String(id), { kind: 'missing' });
  assert.deepEqual(verdicts().slice(0, 5), ['  missing', '    pair 1', '    pair 2', '    pair 3', '  noSuchRecord']);
});

test('what nothing expects stands last, in the order of the records, and knows where it stands', () => {
  const answer = madeAnswer(
    [
      { id: '1', to: ['70', '71', '72'].map((toId) => ({ toId, types: [] })) },
      { id: '2', to: [{ toId: '80', types: [] }] },
    ],
    { apiVersion: '2026-09' },
  );
  const pairs = new PairColumns();
  pairs.addRow('1', ['71'], 0, 1);
  pairs.addRow('2', [], 0, 2);
  const definitions = { labels: [] };
  const check = new Check(
    answer,
    new FilePairs(pairs, { from: 'deals', to: 'contacts', apiVersion: '2026-09', isWhole: true, definitions }),
  );
  const entry = madeEntry(answer, { check });
  const [group, ...others] = childrenOf({ kind: 'lookUp', entry }, pageSize, noHops());
  assert.deepEqual(outline(group!, noHops()), ['unexpected', '  extra 0 0', '  extra 0 2', '  extra 1 0']);
  const below = childrenOf(group!, pageSize, noHops());
  assert.deepEqual(below.map(parentOf), [group, group, group]);
  assert.deepEqual(addressOf(below[1]!), { lookUp: entry.id, record: 0, nth: 2 });
  assert.deepEqual(addressOf(group!), { lookUp: entry.id, verdict: 'unexpected' });
  const ids = [group!, ...below, ...others.flatMap((node) => [node, ...childrenOf(node, pageSize, noHops())])].map(
    nodeId,
  );
  assert.equal(new Set(ids).size, ids.length);
});

test('what stands under a verdict knows where it stands', () => {
  const answer = madeAnswer([{ id: '1' }], { apiVersion: '2026-09' });
  const pairs = new PairColumns();
  pairs.addRow(
    '1',
    Array.from({ length: 101 }, (_, nth) => String(80 + nth)),
    0,
    2,
  );
  pairs.addRow('1', ['70'], 0, 3);
  const options = {
    from: 'deals',
    to: 'contacts',
    apiVersion: '2026-09',
    isWhole: true,
    definitions: { labels: [] },
  } as const;
  const entry = madeEntry(answer, { check: new Check(answer, new FilePairs(pairs, options)) });
  const [verdict] = childrenOf({ kind: 'lookUp', entry }, pageSize, noHops());
  const [share] = childrenOf(verdict!, pageSize, noHops());
  const below = childrenOf(share!, pageSize, noHops());
  assert.equal(below.length, pageSize + 1, 'a page and a row for the rest');
  assert.deepEqual(parentOf(below[0]!), share);
  assert.deepEqual(parentOf(share!), verdict);
  assert.deepEqual(parentOf(verdict!), { kind: 'lookUp', entry });
  assert.equal(new Set([verdict!, share!, ...below].map(nodeId)).size, below.length + 2);
  assert.deepEqual(addressOf(below[0]!), { lookUp: entry.id, pair: 0 });
});
