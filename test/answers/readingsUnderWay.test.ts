/** Who wants what is being read waits for that; everything else is begun. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReadingsUnderWay } from '../../src/answers/readingsUnderWay.ts';
import type { Failure } from '../../src/core/domain/failure.ts';

const wanted = (ids: readonly string[], properties = ['amount'], type = 'deals') => [
  { what: 'values', account: { id: 'one' }, type, ids: new Set(ids), properties },
];

/** Readings that end when they are told to. */
function held() {
  const readings = new ReadingsUnderWay();
  const begun: ((failure?: Failure) => void)[] = [];
  const read = (what: ReturnType<typeof wanted>) =>
    readings.readOrJoin(what, () => new Promise((resolve) => void begun.push(resolve)));
  return { read, begun };
}

test('what a reading under way reads is not begun again, and ends with it', async () => {
  const { read, begun } = held();
  const all = [read(wanted(['1', '2'], ['amount', 'dealname'])), read(wanted(['1', '2'])), read(wanted(['2']))];
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(begun.length, 1);
  begun[0]!({ kind: 'cancelled' });
  assert.deepEqual(await Promise.all(all), Array(3).fill({ kind: 'cancelled' }));
  const again = read(wanted(['1']));
  assert.equal(begun.length, 2, 'what has ended is joined by nobody');
  begun[1]!();
  assert.equal(await again, undefined);
});

test('other records, properties, types and accounts are read beside it', async () => {
  const { read, begun } = held();
  const others = [
    wanted(['1', '2', '3']),
    wanted(['4']),
    wanted(['1'], ['dealname']),
    wanted(['1'], ['amount'], 'companies'),
    [...wanted(['1']), ...wanted(['5'], ['amount'], 'companies')],
    wanted(['2', '1']).map((each) => ({ ...each, account: { id: 'two' } })),
    wanted(['2', '1']).map((each) => ({ ...each, what: 'existence' })),
  ];
  const all = [wanted(['1', '2']), ...others].map(read);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(begun.length, 1 + others.length);
  for (const end of begun) end();
  assert.deepEqual(await Promise.all(all), Array(1 + others.length).fill(undefined));
});

test('two that are begun at once beside another one are one', async () => {
  const { read, begun } = held();
  const all = [read(wanted(['9'])), read(wanted(['1', '2'])), read(wanted(['1', '2']))];
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(begun.length, 2);
  for (const end of begun) end();
  await Promise.all(all);
});

test('a reading that throws is under way no more', async () => {
  const readings = new ReadingsUnderWay();
  const failing = () => Promise.reject(new Error('no'));
  await assert.rejects(readings.readOrJoin(wanted(['1']), failing), /no/);
  assert.equal(await readings.readOrJoin(wanted(['1']), async () => undefined), undefined);
});
