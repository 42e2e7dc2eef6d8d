import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Check } from '../../../src/core/expectation/check.ts';
import { VerdictGroups } from '../../../src/core/expectation/verdictGroups.ts';
import { learn, madeAnswer, plain } from '../madeAnswer.ts';
import { madePairs } from './madePairs.ts';

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
  assert.deepEqual(groups.byRecord('missing'), [
    { record: 1, pairs: 3 },
    { record: 0, pairs: 1 },
  ]);
  assert.deepEqual(groups.byRecord('cannotTell'), [{ record: 2, pairs: 1 }]);
  assert.deepEqual(groups.recordIds('missing'), ['1', '2']);
  check.learn('to', '9', { kind: 'archived' });
  assert.deepEqual(groups.first('missing', 9), [0, 2, 3]);
  assert.deepEqual(groups.byRecord('noSuchRecord'), [{ record: 1, pairs: 1 }]);
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
  assert.deepEqual(groups.recordIds('unexpected'), ['2', '3']);
});
