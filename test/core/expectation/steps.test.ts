/** What is done with all pairs of a check is done in steps, so that others can work in between. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { finished, pairsOfStep, type Steps } from '../../../src/core/domain/steps.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { FilePairs } from '../../../src/core/expectation/filePairs.ts';
import { readingMapping } from '../../../src/core/expectation/idMapping.ts';
import { MappedPairs } from '../../../src/core/expectation/mappedPairs.ts';
import { turningPairs } from '../../../src/core/expectation/otherQuestion.ts';
import { PairColumns } from '../../../src/core/expectation/pairColumns.ts';
import { restoringCheck } from '../../../src/core/expectation/readStoredCheck.ts';
import { signingOff } from '../../../src/core/expectation/signOff.ts';
import { choosingFirst, choosingUnconfirmed } from '../../../src/core/expectation/somePairs.ts';
import { expectationLines } from '../../../src/core/expectation/storedCheck.ts';
import { checkReport } from '../../../src/core/report/checkReport.ts';
import { learn, madeAnswer } from '../madeAnswer.ts';

const count = 20_000;
const id = (nth: number) => String(17_983_563_713 + nth);

const columns = new PairColumns();
const lines = new PairColumns();
for (let nth = 0; nth < count; nth++) {
  columns.addRow(id(nth), [id(-nth)], 0, nth);
  lines.addRow(id(nth), [id(count + nth)], 0, nth);
}
const question = { from: 'deals', to: 'contacts', apiVersion: '2026-09' } as const;
const pairs = new FilePairs(columns, { ...question, isWhole: true, definitions: { labels: [] } });
const answer = madeAnswer(
  Array.from({ length: count }, (_, nth) => ({ id: id(nth) })),
  question,
);
const check = new Check(answer, pairs);
const allKnown = new Check(answer, pairs);
for (let nth = 0; nth < count; nth++) {
  allKnown.learn('from', id(nth), { kind: 'exists' });
  allKnown.learn('to', id(-nth), { kind: 'exists' });
}
const mapping = finished(readingMapping(lines));
assert.ok(mapping.ok);

const kept: readonly unknown[] = JSON.parse(JSON.stringify([...expectationLines(pairs)]));
const learnt = Array.from({ length: count }, (_, nth) => ({
  side: 'to' as const,
  id: id(-nth),
  existence: { kind: 'exists' as const },
}));
const answeredNothing = new AnswerColumns({ ...question, ids: pairs.asked });

const account = { name: 'Acme', isSample: false };
const works: Readonly<Record<string, () => Steps<unknown>>> = {
  'turns the pairs of a file': () => columns.turning(),
  'turns the pairs of a check': () => turningPairs(pairs, true),
  'reads a mapping': () => readingMapping(lines),
  'translates pairs': () => MappedPairs.translating(pairs, { from: mapping.mapping }),
  'chooses the first pairs': () => choosingFirst(pairs, 1000),
  'chooses what is not confirmed': () => choosingUnconfirmed(check),
  'lists the records that may not exist': () => check.askingExistence(),
  'finds that all records are known to exist': () => allKnown.askingExistence(),
  'brings back a check that was kept': () => restoringCheck(kept, pairs.asked),
  'holds it against what was found': () => new Check(answer, pairs).restoring([]),
  'takes in what was known of its records': () => new Check(answeredNothing, pairs).restoring(learnt),
  'signs off': () => signingOff(check, { account, claimsToBeWhole: true, mappings: [], checkedAt: 0, signedAt: 0 }),
  'reports to a language model': () =>
    checkReport(
      { answer, account, state: 'ended', stopped: undefined, check, rows: undefined },
      { lookUpId: 'one', offset: 0, maxBytes: 4000 },
    ),
};

for (const [name, work] of Object.entries(works)) {
  test(`${name} in steps`, () => {
    const steps = work();
    let yields = 0;
    while (!steps.next().done) yields++;
    // Some go through all of them twice.
    const least = ['translates pairs', 'chooses what is not confirmed'].includes(name) ? 8 : 4;
    assert.ok(yields >= least, `${yields} steps for ${count} pairs`);
  });
}

test('pairs are put to records that are numbered otherwise some thousands at a time, and none before anybody asks', () => {
  const other = madeAnswer(
    Array.from({ length: count }, (_, nth) => ({ id: id(nth) })),
    question,
  );
  let looked = 0;
  const recordOf = other.recordOf.bind(other);
  other.recordOf = (asked) => {
    looked++;
    return recordOf(asked);
  };
  const held = new Check(other, pairs);
  assert.equal(looked, 0);
  let longest = 0;
  for (const _ of held.restoring([])) {
    longest = Math.max(longest, looked);
    looked = 0;
  }
  assert.ok(longest > 0 && longest <= pairsOfStep, `${longest} records in one step`);
  assert.equal(held.counts.missing, count);
});

test('the pairs of an associated record are found some thousands at a time, before the first of these is learnt', () => {
  const own = new FilePairs(columns, { ...question, isWhole: true, definitions: { labels: [] } });
  const held = new Check(answer, own);
  assert.equal(held.counts.missing, count);
  let looked = 0;
  const toIdNumber = own.toIdNumber.bind(own);
  own.toIdNumber = (pair) => {
    looked++;
    return toIdNumber(pair);
  };
  let longest = 0;
  for (const _ of held.askingExistence()) {
    longest = Math.max(longest, looked);
    looked = 0;
  }
  assert.ok(longest > 0 && longest <= pairsOfStep, `${longest} pairs in one step`);
  looked = 0;
  held.learn('to', id(-5), { kind: 'missing' });
  assert.equal(held.counts.noSuchRecord, 1);
  assert.ok(looked < 10, `${looked} pairs were looked at for one`);
});

const large = '1234567890123456789';

test('records that may not exist are counted as they are listed', () => {
  const both = new PairColumns();
  for (const [from, to] of [
    ['1', '7'],
    ['1', large],
    ['2', '7'],
    ['2', large],
    ['3', '8'],
  ] as const)
    both.addRow(from, [to], 0, 0);
  const some = new Check(
    madeAnswer([{ id: '1' }, { id: '2' }, { id: '3' }], question),
    new FilePairs(both, { ...question, isWhole: true, definitions: { labels: [] } }),
  );
  assert.deepEqual(finished(some.askingExistence()), { from: ['1', '2', '3'], to: ['7', large, '8'] });
  assert.deepEqual(some.existencesUnknown(), { from: 3, to: 3 });
  some.learn('to', large, { kind: 'exists' });
  some.learn('from', '1', { kind: 'exists' });
  assert.deepEqual(finished(some.askingExistence()), { from: ['2', '3'], to: ['7', '8'] });
  assert.deepEqual(some.existencesUnknown(), { from: 2, to: 2 });
});

/** What they are, found by looking at every pair. */
function unknownIn(held: Check, known: { readonly from: Set<string>; readonly to: Set<string> }) {
  const { expectation } = held;
  const lacking = Array.from({ length: expectation.length }, (_, pair) => pair).filter(
    (pair) => held.verdict(pair) === 'missing',
  );
  const without = (ids: readonly string[], of: Set<string>) => [...new Set(ids)].filter((each) => !of.has(each));
  return {
    from: without(
      lacking.map((pair) => expectation.fromId(pair)),
      known.from,
    ),
    to: without(
      lacking.map((pair) => expectation.toId(pair)),
      known.to,
    ),
  };
}

test('records that may not exist are counted as they are listed, whatever becomes known in whatever order', () => {
  const ids = ['1', '2', '3'];
  const from = fc.constantFrom(...ids);
  const to = fc.constantFrom('7', '8', large, `${large}0`);
  const existence = fc.record({ kind: fc.constantFrom('missing' as const, 'exists' as const) });
  const event = fc.oneof(
    fc.record({ id: from, to: fc.array(fc.record({ toId: to, types: fc.constant([]) }), { maxLength: 1 }) }),
    fc.record({ side: fc.constant('from' as const), id: from, existence }),
    fc.record({ side: fc.constant('to' as const), id: to, existence }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(from, to)), fc.array(event), (rows, events) => {
      const some = new PairColumns();
      for (const one of ids) some.addRow(one, [], 0, 0);
      for (const [one, other] of rows) some.addRow(one, [other], 0, 0);
      const growing = new AnswerColumns({ ...question, ids });
      const held = new Check(growing, new FilePairs(some, { ...question, isWhole: true, definitions: { labels: [] } }));
      const known = { from: new Set<string>(), to: new Set<string>() };
      const read = new Set<string>();
      for (const each of events) {
        if ('side' in each) {
          held.learn(each.side, each.id, each.existence);
          known[each.side].add(each.id);
        } else if (!read.has(each.id)) {
          learn(growing, each);
          read.add(each.id);
        }
        const unknown = unknownIn(held, known);
        assert.deepEqual(finished(held.askingExistence()), unknown);
        assert.deepEqual(held.existencesUnknown(), { from: unknown.from.length, to: unknown.to.length });
      }
    }),
  );
});

test('the records that may not exist are not counted anew when something was learnt of one', () => {
  let looks = 0;
  const counting = new Proxy(pairs, {
    get(target, key) {
      looks++;
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const held = new Check(answer, counting);
  assert.deepEqual(held.existencesUnknown(), { from: count, to: count });
  held.learn('to', id(-1), { kind: 'exists' });
  looks = 0;
  held.learn('to', id(-2), { kind: 'exists' });
  held.learn('from', id(0), { kind: 'exists' });
  assert.deepEqual(held.existencesUnknown(), { from: count - 1, to: count - 2 });
  assert.ok(looks < 200, `${looks} looks at ${count} pairs`);
});

/** One record that ought to have all of these, in no order, and has them. */
function oneRecord(pairCount: number) {
  const one = new PairColumns();
  for (let nth = 0; nth < pairCount; nth++) one.addRow('1', [id((nth * 7919) % pairCount)], 0, nth);
  const expectation = new FilePairs(one, { ...question, isWhole: true, definitions: { labels: [] } });
  const to = Array.from({ length: pairCount }, (_, nth) => ({ toId: id(nth), types: [] }));
  return { expectation, to, grown: new AnswerColumns({ ...question, ids: expectation.asked }) };
}

test('a record of very many pairs is held against its associations some thousands at a time', () => {
  const { expectation, to, grown } = oneRecord(count);
  learn(grown, { id: '1', to });
  let looked = 0;
  const toIdNumber = expectation.toIdNumber.bind(expectation);
  expectation.toIdNumber = (pair) => {
    looked++;
    return toIdNumber(pair);
  };
  const held = new Check(grown, expectation);
  let longest = 0;
  for (const _ of held.looking()) {
    longest = Math.max(longest, looked);
    looked = 0;
  }
  // Pairs are put in order by comparing each with some others.
  assert.ok(Math.max(longest, looked) < 40 * pairsOfStep, `${longest} looks at pairs in one step`);
  assert.equal(held.counts.asExpected, count);
});

test('whoever asks between two steps of a look is told what holds, also of an Answer that grew meanwhile', () => {
  const { expectation, to, grown } = oneRecord(count);
  learn(grown, { id: '1', to });
  for (let steps = 1; ; steps += 3) {
    const record = steps % 2 === 0 ? grown : new AnswerColumns({ ...question, ids: expectation.asked });
    if (record !== grown) learn(record, { id: '1', state: 'notRead', to: to.slice(1) });
    const held = new Check(record, expectation);
    const look = held.looking();
    let isOver = false;
    for (let step = 0; step < steps && !isOver; step++) isOver = look.next().done === true;
    if (record !== grown) learn(record, { id: '1', state: 'found', to: to.slice(0, 1) });
    const { asExpected, missing, cannotTell, unexpected } = held.counts;
    assert.deepEqual([asExpected, missing, cannotTell, unexpected], [count, 0, 0, 0], `after ${steps} steps`);
    assert.equal(look.next().done, true);
    if (isOver) break;
  }
});

test('a check of which nothing is answered tells its counts without putting a pair to its record', () => {
  const { expectation, grown } = oneRecord(10);
  expectation.record = () => assert.fail('a pair was looked at');
  const { expected, cannotTell, unexpectedAtLeast } = new Check(grown, expectation).counts;
  assert.deepEqual([expected, cannotTell, unexpectedAtLeast], [10, 10, true]);
});
