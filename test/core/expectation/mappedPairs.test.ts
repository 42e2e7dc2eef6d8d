import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Expectation } from '../../../src/core/domain/expectation.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { FilePairs } from '../../../src/core/expectation/filePairs.ts';
import { readingMapping } from '../../../src/core/expectation/idMapping.ts';
import { MappedPairs } from '../../../src/core/expectation/mappedPairs.ts';
import { choosingFirst, choosingUnconfirmed } from '../../../src/core/expectation/somePairs.ts';
import { madeAnswer, plain } from '../madeAnswer.ts';
import { isWhole, madeColumns, madePairs } from './madePairs.ts';

const to = (...ids: readonly string[]) => ids.map((toId) => ({ toId, types: [plain] }));

function mappingOf(lines: Readonly<Record<string, string>>) {
  const reading = finished(
    readingMapping(madeColumns(Object.entries(lines).map(([oldId, newId]) => [oldId, [newId]]))),
  );
  assert.ok(reading.ok);
  return reading.mapping;
}

const context = {
  from: 'deals',
  to: 'contacts',
  apiVersion: '2026-09',
  definitions: { labels: undefined },
} as const;

const listed = (expectation: Expectation) =>
  Array.from({ length: expectation.length }, (_, pair) => [
    expectation.fromId(pair),
    expectation.toId(pair),
    expectation.labels(pair).map(({ text }) => text),
    expectation.lines(pair),
    expectation.doubt(pair)?.side,
  ]);

suite('a mapping', () => {
  test('has one new id for each old one; the same line twice is one', () => {
    const reading = finished(
      readingMapping(
        madeColumns([
          ['1', ['101']],
          ['2', ['101']],
          ['1', ['101']],
        ]),
      ),
    );
    assert.ok(reading.ok);
    assert.deepEqual(
      [reading.mapping.length, reading.mapping.newId('2'), reading.mapping.newId('3')],
      [2, '101', undefined],
    );
  });

  test('with two new ids for an old one is refused, with the lines', () => {
    const reading = finished(
      readingMapping(
        madeColumns([
          ['1', ['101']],
          ['2', ['102']],
          ['1', ['103']],
          ['1', ['101']],
        ]),
      ),
    );
    assert.deepEqual(reading, {
      ok: false,
      conflicts: [{ oldId: '1', newIds: ['101', '103'], lines: [0, 2, 3] }],
      count: 1,
    });
  });
});

suite('pairs in old ids', () => {
  const source = madePairs([
    ['1', ['7'], ['A']],
    ['2', ['7'], ['B']],
    ['3', ['7']],
    ['1', ['8']],
    ['4', []],
  ]);

  test('become pairs in new ids; two that become one are folded, and what the mapping does not have is in doubt', () => {
    const mapped = finished(
      MappedPairs.translating(source, {
        from: mappingOf({ 1: '101', 2: '101', 4: '104' }),
        to: mappingOf({ 7: '107' }),
      }),
    );
    assert.deepEqual(listed(mapped), [
      ['101', '107', ['A', 'B'], [0, 1], undefined],
      ['3', '7', [], [2], 'from'],
      ['101', '8', [], [3], 'to'],
    ]);
    assert.deepEqual(mapped.asked.list(), ['101', '104']);
    assert.deepEqual([isWhole(mapped, '101'), isWhole(mapped, '104'), isWhole(mapped, '3')], [false, true, undefined]);
    assert.equal(mapped.labels(0), mapped.labels(0), 'the same array each time');
  });

  test('of which only the record has a new id are one, too, where their records became one', () => {
    const mapped = finished(
      MappedPairs.translating(
        madePairs([
          ['1', ['8'], ['A']],
          ['2', ['8', '9'], ['B']],
        ]),
        { from: mappingOf({ 1: '101', 2: '101' }), to: mappingOf({ 7: '107' }) },
      ),
    );
    assert.deepEqual(listed(mapped), [
      ['101', '8', ['A', 'B'], [0, 1], 'to'],
      ['101', '9', ['B'], [1], 'to'],
    ]);
    assert.deepEqual([mapped.record(0), mapped.toIdNumber(1)], [0, 9]);
  });

  test('of one side only', () => {
    const mapped = finished(MappedPairs.translating(source, { to: mappingOf({ 7: '107', 8: '108' }) }));
    assert.deepEqual(
      listed(mapped).map(([from, toId]) => [from, toId]),
      [
        ['1', '107'],
        ['2', '107'],
        ['3', '107'],
        ['1', '108'],
      ],
    );
    assert.equal(isWhole(mapped, '1'), true);
  });

  test('are not all there is of a record into which one went of which nothing could be read', () => {
    const columns = madeColumns([['2', ['7']]]);
    columns.addRow('1', [], 0, 1, 1);
    const pairs = new FilePairs(columns, { ...context, isWhole: true });
    assert.equal(
      isWhole(finished(MappedPairs.translating(pairs, { from: mappingOf({ 1: '5', 2: '5' }) })), '5'),
      false,
    );
    assert.equal(isWhole(finished(MappedPairs.translating(pairs, { from: mappingOf({ 2: '5' }) })), '5'), true);
  });

  test('in doubt stay so, also where an old id is another record\u2019s new one', () => {
    const mapped = finished(
      MappedPairs.translating(
        madePairs([
          ['1', ['7', '8']],
          ['2', ['7']],
        ]),
        {
          from: mappingOf({ 1: '2' }),
          to: mappingOf({ 8: '7' }),
        },
      ),
    );
    const answer = madeAnswer([{ id: '2', to: to('7', '9') }], { apiVersion: '2026-09' });
    const check = new Check(answer, mapped);
    assert.deepEqual(
      Array.from({ length: mapped.length }, (_, pair) => [mapped.fromId(pair), mapped.toId(pair), check.verdict(pair)]),
      [
        ['2', '7', 'asExpected'],
        ['2', '7', 'cannotTell'],
        ['2', '7', 'cannotTell'],
      ],
    );
    assert.deepEqual(check.finding(1), {
      verdict: 'cannotTell',
      doubt: { kind: 'source', why: 'notInMapping', side: 'from' },
    });
    assert.deepEqual([check.pairOf(0, 0), check.absent(0), check.unplaced], [0, [2], [1]]);
    assert.deepEqual([check.counts.unexpected, check.isUnexpected(0, 1)], [0, false], '9 may be what 7 became');
  });
});

suite('some pairs', () => {
  const source = madePairs([
    ['1', ['7', '8']],
    ['2', ['7']],
    ['3', ['7']],
  ]);

  test('for a trial are the first ones, and records that have more are not whole', () => {
    const first = finished(choosingFirst(source, 3));
    assert.deepEqual(
      listed(first).map(([from, toId]) => [from, toId]),
      [
        ['1', '7'],
        ['1', '8'],
        ['2', '7'],
      ],
    );
    assert.deepEqual([first.asked.list(), isWhole(first, '1'), isWhole(first, '2')], [['1', '2'], true, true]);
    const less = finished(choosingFirst(source, 1));
    assert.deepEqual([less.asked.list(), isWhole(less, '1')], [['1'], false]);
    assert.equal(finished(choosingFirst(source, 9)).length, 4);
  });

  test('to be asked again are those that are not confirmed', () => {
    const check = new Check(
      madeAnswer([{ id: '1', to: to('8') }, { id: '2', to: to('7') }, { id: '3' }], { apiVersion: '2026-09' }),
      source,
    );
    const again = finished(choosingUnconfirmed(check));
    assert.deepEqual(
      listed(again).map(([from, toId, , lines]) => [from, toId, lines]),
      [
        ['1', '7', [0]],
        ['3', '7', [2]],
      ],
    );
    assert.deepEqual([again.asked.list(), isWhole(again, '1'), isWhole(again, '3')], [['1', '3'], false, true]);
  });
});
