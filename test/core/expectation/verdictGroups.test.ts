import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { VerdictGroups } from '../../../src/core/expectation/verdictGroups.ts';
import { learn, madeAnswer, plain } from '../madeAnswer.ts';
import { type MadeRow, madePairs } from './madePairs.ts';

test('pairs are found by their verdict, and by the records that explain most of them', () => {
  const answer = madeAnswer(
    ['1', '2', '3'].map((id) => ({ id, state: 'notRead' as const })),
    { apiVersion: '2026-09' },
  );
  const check = new Check(
    answer,
    madePairs([
      ['1', ['7', '8']],
      ['2', ['7', '8', '9']],
      ['3', ['7']],
      ['4', ['7']],
    ]),
  );
  const groups = new VerdictGroups(check);
  assert.deepEqual(groups.first('cannotTell', 2), [0, 1]);
  assert.deepEqual(groups.first('missing', 9), []);
  learn(answer, { id: '1', to: [{ toId: '8', types: [plain] }] });
  learn(answer, { id: '2' });
  assert.deepEqual(groups.first('missing', 2), [0, 2]);
  assert.deepEqual(groups.first('missing', 9), [0, 2, 3, 4]);
  assert.deepEqual(groups.first('asExpected', 9), [1]);
  assert.deepEqual(groups.byRecord('missing', 9), [
    { record: 1, pairs: 3 },
    { record: 0, pairs: 1 },
  ]);
  assert.deepEqual([groups.recordCount('missing'), groups.byRecord('missing', 1).length], [2, 1]);
  assert.deepEqual(groups.byRecord('cannotTell', 9), [{ record: 2, pairs: 1 }]);
  assert.deepEqual([...groups.recordIds('missing')], ['1', '2']);
  check.learn('to', '9', { kind: 'archived' });
  assert.deepEqual(groups.first('missing', 9), [0, 2, 3]);
  assert.deepEqual(groups.byRecord('noSuchRecord', 9), [{ record: 1, pairs: 1 }]);
});

test('what nothing expects is found as it comes, and no more of it is looked for than is asked', () => {
  const answer = madeAnswer(
    ['1', '2', '3'].map((id) => ({ id, state: 'notRead' as const })),
    { apiVersion: '2026-09' },
  );
  const check = new Check(
    answer,
    madePairs([
      ['1', ['7']],
      ['2', ['7']],
      ['3', []],
    ]),
  );
  const groups = new VerdictGroups(check);
  assert.deepEqual(groups.extras(9), []);
  const to = (...ids: string[]) => ids.map((toId) => ({ toId, types: [plain] }));
  learn(answer, { id: '2', to: to('6', '7', '8') });
  assert.deepEqual(groups.extras(1), [{ record: 1, nth: 0 }]);
  learn(answer, { id: '1', to: to('7') });
  learn(answer, { id: '3', to: to('7') });
  assert.deepEqual(groups.extras(9), [
    { record: 1, nth: 0 },
    { record: 1, nth: 2 },
    { record: 2, nth: 0 },
  ]);
  assert.deepEqual([...groups.recordIds('unexpected')], ['2', '3']);
});

test('the ids of many records are not listed before the first is asked for', () => {
  const count = 10_000;
  const pairs = madePairs(Array.from({ length: count }, (_, nth): MadeRow => [String(nth + 1), ['7']]));
  let made = 0;
  const counting = new Proxy(pairs, {
    get(target, key) {
      if (key === 'fromId') made++;
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const answer = new AnswerColumns({ from: 'deals', to: 'contacts', ids: pairs.asked });
  const ids = new VerdictGroups(new Check(answer, counting)).recordIds('cannotTell')[Symbol.iterator]();
  made = 0;
  assert.equal(ids.next().value, '1');
  assert.ok(made < 10, `${made} ids`);
});

test('what nothing expects is not looked for among the associations of records that have none of it', () => {
  const ids = Array.from({ length: 500 }, (_, nth) => String(nth + 1));
  const answer = madeAnswer(
    ids.map((id) => ({ id, to: (id === '500' ? ['7', '8'] : ['7']).map((toId) => ({ toId, types: [plain] })) })),
    { apiVersion: '2026-09' },
  );
  const check = new Check(answer, madePairs(ids.map((id): MadeRow => [id, ['7']])));
  assert.equal(check.counts.unexpected, 1);
  let looked = 0;
  const isUnexpected = check.isUnexpected.bind(check);
  check.isUnexpected = (...at) => {
    looked++;
    return isUnexpected(...at);
  };
  assert.deepEqual(new VerdictGroups(check).extras(100), [{ record: 499, nth: 1 }]);
  assert.equal(looked, 2);
});
