import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { mostReasons, recordGroups } from '../../../src/core/answer/recordGroups.ts';
import { largeAnswer, learn, madeAnswer, unread } from '../madeAnswer.ts';

test('the first records of a state are those that a walk over all finds', () => {
  const answer = largeAnswer(5000, 2);
  const all = Array.from({ length: answer.counts.asked }, (_, record) => record);
  for (const state of ['found', 'none', 'failed', 'notRead'] as const) {
    const truth = all.filter((record) => answer.state(record) === state);
    for (const most of [0, 1, 100, 101, 10_000]) {
      assert.deepEqual(recordGroups(answer).first(state, most), truth.slice(0, most), `${most} ${state}`);
    }
    assert.equal(truth.length, answer.counts[state]);
  }
});

test('what the answer learns later is seen', () => {
  const answer = new AnswerColumns({ from: 'deals', to: 'companies', ids: ['1', '2', '3'] });
  assert.deepEqual(recordGroups(answer).first('notRead', 10), [0, 1, 2]);
  learn(answer, { id: '2', to: [{ toId: '7', types: [] }] });
  assert.deepEqual(recordGroups(answer).first('notRead', 10), [0, 2]);
  assert.deepEqual(recordGroups(answer).first('found', 10), [1]);
});

test('walks no further than it has to', () => {
  const answer = largeAnswer(1000, 2);
  let walked = 0;
  const watched = new Proxy(answer, {
    get: (target, key) => {
      if (key === 'state') walked++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  recordGroups(watched).first('found', 50);
  assert.ok(walked <= 60, `${walked} records were looked at for 50`);
  recordGroups(watched).first('found', 50);
  assert.ok(walked <= 60, 'and none again');
});

test('of very many reasons the first thousands are told apart, and the others are counted; equal ones are one', () => {
  const problem = (message: string) => ({ kind: 'hubSpotError', category: 'ODD', message }) as const;
  const size = 3 * mostReasons;
  const answer = madeAnswer(
    Array.from({ length: size }, (_, nth) => ({
      id: String(nth + 1),
      state: 'failed',
      problem: problem(nth % 3 === 0 ? 'same' : `m${nth}`),
    })),
  );
  const reasons = recordGroups(answer).reasons('failed');
  assert.equal(reasons.length, mostReasons + 1);
  assert.deepEqual(reasons[0], { problem: problem('same'), records: mostReasons });
  assert.deepEqual(reasons.at(-1), { problem: 'other', records: size - mostReasons - (mostReasons - 1) });
  assert.equal(
    reasons.reduce((sum, { records }) => sum + records, 0),
    size,
  );
});

test('reasons are counted, the most frequent first', () => {
  const timeout = { kind: 'notRead', failure: { kind: 'timeout', milliseconds: 1000 } } as const;
  const answer = madeAnswer([
    { id: '1', state: 'notRead', problem: timeout },
    { id: '2', state: 'notRead', problem: unread },
    { id: '3', state: 'notRead', problem: unread },
    { id: '4' },
  ]);
  assert.deepEqual(recordGroups(answer).reasons('notRead'), [
    { problem: unread, records: 2 },
    { problem: timeout, records: 1 },
  ]);
});
