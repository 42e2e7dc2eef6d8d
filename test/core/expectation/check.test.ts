import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { GrowingIds } from '../../../src/core/answer/growingIds.ts';
import type { Verdict } from '../../../src/core/domain/expectation.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { billing, learn, type MadeRecord, madeAnswer, plain, primary, unread } from '../madeAnswer.ts';
import { type MadeRow, madePairs } from './madePairs.ts';

const dated = { apiVersion: '2026-09' } as const;
const to = (...ids: readonly string[]) => ids.map((toId) => ({ toId, types: [plain] }));

function checked(rows: readonly MadeRow[], records: readonly MadeRecord[], question = {}) {
  return new Check(madeAnswer(records, { ...dated, ...question }), madePairs(rows));
}

const verdictsOf = (check: Check): Verdict[] =>
  Array.from({ length: check.expectation.length }, (_, pair) => check.verdict(pair));

suite('a verdict', () => {
  test('is as expected when HubSpot names the association, whatever else is unread', () => {
    const check = checked(
      [
        ['1', ['7', '8']],
        ['2', ['7']],
      ],
      [
        { id: '1', to: to('7'), truncation: 'page', problem: unread },
        { id: '2', to: to('9', '7') },
      ],
    );
    assert.deepEqual(verdictsOf(check), ['asExpected', 'cannotTell', 'asExpected']);
    assert.deepEqual(check.finding(1), {
      verdict: 'cannotTell',
      doubt: { kind: 'truncated', by: 'page', problem: unread },
    });
  });

  test('is that the label differs only when the record is read to its end', () => {
    const rows: MadeRow[] = ['1', '2', '3'].map((id) => [id, ['7'], ['Billing contact']]);
    const check = checked(rows, [
      { id: '1', to: [{ toId: '7', types: [plain, billing] }] },
      { id: '2', to: [{ toId: '7', types: [plain, primary] }] },
      { id: '3', to: to('7'), truncation: 'page', problem: unread },
    ]);
    assert.deepEqual(verdictsOf(check), ['asExpected', 'differs', 'cannotTell']);
    assert.deepEqual(check.finding(1), { verdict: 'differs', there: [primary, plain] });
  });

  test('is none where the labels cannot be compared, and missing all the same where nothing is', () => {
    const check = checked(
      [
        ['1', ['7'], ['28']],
        ['1', ['8'], ['28']],
      ],
      [{ id: '1', to: [{ toId: '7', types: [billing] }] }],
    );
    assert.deepEqual(verdictsOf(check), ['cannotTell', 'missing']);
    assert.deepEqual(check.finding(0), { verdict: 'cannotTell', doubt: { kind: 'labelsUnknown' } });
  });

  test('is missing only where HubSpot was asked and hides nothing', () => {
    const rows: MadeRow[] = ['1', '2', '3', '4', '5'].map((id) => [id, ['7']]);
    const failed = { kind: 'hubSpotError', category: 'VALIDATION_ERROR', message: 'No.' } as const;
    const check = checked(rows, [
      { id: '1' },
      { id: '2', to: to('8') },
      { id: '3', state: 'failed', problem: failed },
      { id: '4', state: 'notRead', problem: unread },
      { id: '5', to: to('8'), truncation: 'cap' },
    ]);
    assert.deepEqual(verdictsOf(check), ['missing', 'missing', 'cannotTell', 'cannotTell', 'cannotTell']);
    assert.deepEqual(check.finding(0), { verdict: 'missing', existenceKnown: false });
    assert.deepEqual(check.finding(2), {
      verdict: 'cannotTell',
      doubt: { kind: 'record', state: 'failed', problem: failed },
    });
    assert.deepEqual(check.finding(4), {
      verdict: 'cannotTell',
      doubt: { kind: 'truncated', by: 'cap', problem: undefined },
    });
  });

  test('is never missing under v3 with companies on either side', () => {
    for (const question of [{ to: 'companies' }, { from: 'companies', to: 'contacts' }]) {
      const check = checked(
        [
          ['1', ['7', '8']],
          ['2', ['7']],
        ],
        [{ id: '1', to: [{ toId: '7', types: [{ name: 'deal_to_company' }] }] }, { id: '2' }],
        { ...question, apiVersion: 'v3' },
      );
      assert.deepEqual(verdictsOf(check), ['asExpected', 'cannotTell', 'cannotTell']);
      assert.deepEqual(check.finding(1), { verdict: 'cannotTell', doubt: { kind: 'v3Primary' } });
      assert.equal(check.counts.unexpectedAtLeast, true);
    }
  });

  test('is that there is no such record as soon as one of the two is known to be gone', () => {
    const check = checked(
      [
        ['1', ['7', '8', '9']],
        ['2', ['7']],
        ['3', ['6']],
      ],
      [
        { id: '1', to: to('9', '5') },
        { id: '2', state: 'notRead', problem: unread },
      ],
    );
    assert.deepEqual(finished(check.askingExistence()), { from: ['1'], to: ['7', '8'] });
    check.learn('to', '7', { kind: 'merged', into: '5' });
    check.learn('to', '8', { kind: 'exists' });
    check.learn('from', '1', { kind: 'exists' });
    check.learn('to', '9', { kind: 'archived' });
    assert.deepEqual(verdictsOf(check), ['noSuchRecord', 'missing', 'asExpected', 'noSuchRecord', 'cannotTell']);
    const what = { kind: 'merged', into: '5' };
    assert.deepEqual(check.finding(0), { verdict: 'noSuchRecord', side: 'to', what, survivorHasIt: true });
    assert.deepEqual(check.finding(1), { verdict: 'missing', existenceKnown: true });
    assert.deepEqual(check.finding(3), { verdict: 'noSuchRecord', side: 'to', what, survivorHasIt: undefined });
    assert.deepEqual(check.finding(4), { verdict: 'cannotTell', doubt: { kind: 'notAsked' } });
    assert.deepEqual(finished(check.askingExistence()), { from: [], to: [] });
    check.learn('from', '1', { kind: 'archived' });
    assert.deepEqual(verdictsOf(check), ['noSuchRecord', 'noSuchRecord', 'asExpected', 'noSuchRecord', 'cannotTell']);
  });

  test('finds the pairs of ids that round to the same number', () => {
    const [one, other] = ['9007199254740993', '9007199254740992'];
    const check = checked([['1', [one, other]]], [{ id: '1', to: to(other) }]);
    assert.deepEqual(verdictsOf(check), ['missing', 'asExpected']);
    check.learn('to', other, { kind: 'missing' });
    assert.deepEqual(verdictsOf(check), ['missing', 'asExpected']);
    check.learn('to', one, { kind: 'missing' });
    assert.deepEqual(verdictsOf(check), ['noSuchRecord', 'asExpected']);
  });
});

suite('a check', () => {
  test('says which association is which pair, and which pairs have none', () => {
    const check = checked(
      [
        ['1', ['9', '7', '8']],
        ['3', ['7']],
      ],
      [
        { id: '1', to: to('5', '7') },
        { id: '2', to: to('7') },
      ],
    );
    assert.deepEqual([check.pairOf(0, 0), check.pairOf(0, 1), check.pairOf(1, 0)], [undefined, 1, undefined]);
    assert.deepEqual([check.absent(0), check.absentCount(0), check.absent(1)], [[0, 2], 2, []]);
    assert.deepEqual(check.place(1), { record: 0, nth: 1 });
    assert.deepEqual(check.place(0), { record: 0, nth: undefined });
    assert.deepEqual([check.place(3), check.unplaced], [undefined, [3]]);
  });

  test('counts what nothing expects, of records that the file is whole about', () => {
    const rows: MadeRow[] = [
      ['1', ['7']],
      ['2', []],
    ];
    const records: MadeRecord[] = [
      { id: '1', to: to('7', '8') },
      { id: '2', to: to('7', '9') },
      { id: '3', to: to('7') },
    ];
    const check = checked(rows, records);
    assert.deepEqual(
      [check.counts.unexpected, check.counts.unexpectedAtLeast, check.isUnexpected(0, 0), check.isUnexpected(0, 1)],
      [3, false, false, true],
    );
    assert.equal(check.isUnexpected(2, 0), false, 'a record that the file does not name');
    const partial = new Check(check.answer, madePairs(rows, { isWhole: false }));
    assert.deepEqual([partial.counts.unexpected, partial.counts.unexpectedAtLeast], [0, false]);
    const unfinished = checked(rows, [
      { id: '1', to: to('8'), truncation: 'page', problem: unread },
      { id: '2', to: to('9') },
    ]);
    assert.deepEqual([unfinished.counts.unexpected, unfinished.counts.unexpectedAtLeast], [2, true]);
  });

  test('says when every pair is missing', () => {
    assert.equal(checked([['1', ['7']]], [{ id: '1' }]).isAllMissing, true);
    assert.equal(
      checked(
        [
          ['1', ['7']],
          ['1', ['8']],
        ],
        [{ id: '1', to: to('8') }],
      ).isAllMissing,
      false,
    );
    assert.equal(checked([['1', ['7']]], [{ id: '1', state: 'notRead', problem: unread }]).isAllMissing, false);
    assert.equal(checked([['1', []]], [{ id: '1' }]).isAllMissing, false);
  });

  test('follows an Answer that grows, and its counts hold at each step', () => {
    const rows: MadeRow[] = [
      ['1', ['7', '8'], ['Billing contact']],
      ['2', ['7']],
    ];
    const growing = madeAnswer(
      ['1', '2'].map((id) => ({ id, state: 'notRead' as const })),
      dated,
    );
    const check = new Check(growing, madePairs(rows));
    const seen = [verdictsOf(check)];
    const step = (record: MadeRecord) => {
      learn(growing, record);
      const { expected, asExpected, differs, missing, noSuchRecord, cannotTell } = check.counts;
      assert.equal(expected, asExpected + differs + missing + noSuchRecord + cannotTell);
      seen.push(verdictsOf(check));
    };
    const problem = unread;
    step({ id: '1', to: to('7'), truncation: 'page' });
    step({ id: '1', to: [{ toId: '7', types: [billing] }], truncation: 'page' });
    step({ id: '1', to: to('8'), truncation: 'page', problem });
    step({ id: '1', to: to('8') });
    step({ id: '2' });
    assert.deepEqual(seen, [
      ['cannotTell', 'cannotTell', 'cannotTell'],
      ['cannotTell', 'cannotTell', 'cannotTell'],
      ['asExpected', 'cannotTell', 'cannotTell'],
      ['asExpected', 'cannotTell', 'cannotTell'],
      ['asExpected', 'differs', 'cannotTell'],
      ['asExpected', 'differs', 'missing'],
    ]);
  });

  test('finds a place for its pairs when more ids are asked for', () => {
    const asked = new GrowingIds(['1'], false);
    const growing = new AnswerColumns({ from: 'deals', to: 'companies', apiVersion: '2026-09', ids: asked });
    const check = new Check(
      growing,
      madePairs([
        ['2', ['7']],
        ['1', ['7', '8']],
      ]),
    );
    learn(growing, { id: '1', to: to('7', '9') });
    assert.deepEqual(verdictsOf(check), ['cannotTell', 'asExpected', 'missing']);
    assert.deepEqual([check.unplaced, check.counts.unexpected], [[0], 1]);
    asked.add(['3', '2']);
    assert.deepEqual([check.unplaced, verdictsOf(check)], [[], ['cannotTell', 'asExpected', 'missing']]);
    learn(growing, { id: '2', to: to('7', '8') });
    learn(growing, { id: '3', to: to('7') });
    assert.deepEqual(verdictsOf(check), ['asExpected', 'asExpected', 'missing']);
    assert.deepEqual([check.counts.unexpected, check.counts.unexpectedAtLeast], [2, false]);
  });

  test('looks at what changed, not at the whole Answer', () => {
    const ids = Array.from({ length: 20_000 }, (_, nth) => String(nth + 1));
    const growing = madeAnswer(
      ids.map((id) => ({ id, state: 'notRead' as const })),
      dated,
    );
    let looks = 0;
    const counted = new Proxy(growing, {
      get: (target, name) => {
        if (name === 'state') looks++;
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const check = new Check(counted, madePairs(ids.map((id) => [id, ['7']])));
    assert.equal(check.counts.cannotTell, ids.length);
    looks = 0;
    for (let first = 0; first < ids.length; first += 1000) {
      for (const id of ids.slice(first, first + 1000)) learn(growing, { id, to: to('7') });
      assert.equal(check.counts.asExpected, first + 1000);
    }
    assert.ok(looks < 4 * ids.length, `${looks} looks at ${ids.length} records`);
  });
});
