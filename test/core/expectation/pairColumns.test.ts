import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { finished } from '../../../src/core/domain/steps.ts';
import { PairColumns } from '../../../src/core/expectation/pairColumns.ts';
import { isWhole, madeColumns } from './madePairs.ts';

const listed = (columns: PairColumns) =>
  Array.from({ length: columns.length }, (_, pair) => [
    columns.fromId(pair),
    columns.toId(pair),
    columns.labelSets.members(columns.labelSet(pair)).map((text) => columns.labelSets.texts[text]),
    columns.lines(pair),
  ]);

suite('pairs in columns', () => {
  test('fold rows of one pair, with all their lines and labels', () => {
    const columns = madeColumns([
      ['1', ['7'], ['Billing contact']],
      ['1', ['8']],
      ['1', ['7'], ['billing  CONTACT', 'Champion']],
      ['2', ['7']],
      ['1', ['7']],
    ]);
    assert.deepEqual(listed(columns), [
      ['1', '7', ['Billing contact', 'Champion'], [0, 2, 4]],
      ['1', '8', [], [1]],
      ['2', '7', [], [3]],
    ]);
    assert.deepEqual(columns.rowCounts, {
      rows: 5,
      withPairs: 5,
      expectingNothing: 0,
      withoutPair: 0,
      partly: 0,
      duplicates: 2,
    });
    assert.deepEqual(columns.asked.list(), ['1', '2']);
  });

  test('keep every digit of ids that no number holds', () => {
    const [one, other] = ['9007199254740993', '9007199254740992'];
    const columns = madeColumns([
      [one, [other]],
      [other, [one, '1234567890123456789']],
    ]);
    assert.deepEqual(
      listed(columns).map(([from, to]) => [from, to]),
      [
        [one, other],
        [other, one],
        [other, '1234567890123456789'],
      ],
    );
    assert.ok(Number.isNaN(columns.toIdNumber(2)));
  });

  test('ask for a record that expects nothing, and for none of which every value is unreadable', () => {
    const columns = new PairColumns();
    columns.addRow('1', [], 0, 0);
    columns.addRow('2', [], 0, 1, 1);
    columns.addRow('3', ['7'], 0, 2, 2);
    columns.addUnreadableRow();
    assert.deepEqual(columns.asked.list(), ['1', '3']);
    assert.deepEqual(columns.rowCounts, {
      rows: 4,
      withPairs: 1,
      expectingNothing: 1,
      withoutPair: 2,
      partly: 1,
      duplicates: 0,
    });
    assert.deepEqual(
      ['1', '2', '3', '4'].map((id) => isWhole(columns, id)),
      [true, undefined, false, undefined],
    );
  });

  test('say which cell an export may have cut off, and expect more of its record', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, nth) => String(nth + 1));
    const columns = madeColumns([
      ['1', ids(999)],
      ['2', ids(1000)],
      ['3', ids(1001)],
    ]);
    assert.deepEqual(columns.cutCells, [1]);
    assert.deepEqual(
      ['1', '2', '3'].map((id) => isWhole(columns, id)),
      [true, false, true],
    );
  });

  test('turn round', () => {
    const columns = madeColumns([
      ['1', ['7', '8'], ['Champion']],
      ['2', ['7']],
      ['3', []],
      ['1', ['8']],
    ]);
    const turned = finished(columns.turning());
    assert.deepEqual(listed(turned), [
      ['7', '1', ['Champion'], [0]],
      ['8', '1', ['Champion'], [0, 3]],
      ['7', '2', [], [1]],
    ]);
    assert.deepEqual([turned.asked.list(), isWhole(turned, '7')], [['7', '8'], true]);
    columns.addRow('9', ['8'], 0, 5, 2);
    assert.equal(isWhole(finished(columns.turning()), '7'), false, 'a value that could not be read may have been 7');
  });

  test('hold what a list of rows holds', () => {
    const id = fc.oneof(fc.integer({ min: 1, max: 6 }).map(String), fc.constant('9007199254740993'));
    const label = fc.constantFrom('A', 'a', ' A ', 'B');
    const rows = fc.array(fc.tuple(id, fc.array(id, { maxLength: 3 }), fc.array(label, { maxLength: 2 })));
    fc.assert(
      fc.property(rows, (made) => {
        const columns = madeColumns(made);
        const expected = new Map<string, { lines: Set<number>; labels: Set<string> }>();
        let named = 0;
        for (const [line, [from, to, labels]] of made.entries()) {
          for (const each of to) {
            named++;
            const pair = expected.get(`${from} ${each}`) ?? { lines: new Set(), labels: new Set() };
            expected.set(`${from} ${each}`, pair);
            pair.lines.add(line);
            for (const text of labels) pair.labels.add(text.trim().toLowerCase());
          }
        }
        const known = listed(columns).map(([from, to, labels, lines]) => [
          `${from} ${to}`,
          {
            lines: new Set(lines as number[]),
            labels: new Set((labels as string[]).map((text) => text.toLowerCase())),
          },
        ]);
        assert.deepEqual(known, [...expected]);
        const { rows: count, withPairs, expectingNothing, withoutPair, duplicates } = columns.rowCounts;
        assert.equal(count, made.length);
        assert.equal(count, withPairs + expectingNothing + withoutPair);
        assert.equal(named, columns.length + duplicates);
        assert.deepEqual(columns.asked.list(), [...new Set(made.map(([from]) => from))]);
      }),
    );
  });
});
