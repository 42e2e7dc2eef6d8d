import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GroupAnswer } from '../../../src/core/answer/groupAnswer.ts';
import { GrowingIds } from '../../../src/core/answer/growingIds.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { memberRows } from '../../../src/core/rows/memberRows.ts';
import { idRowsAStep } from '../../../src/core/rows/steps.ts';
import { firstView } from '../../../src/core/treaty/panelView.ts';
import { largeAnswer, largeIds } from '../madeAnswer.ts';
import { arrangedTable } from './arrangedTable.ts';

const ids = new GrowingIds(largeIds(20_000));
const one = largeAnswer(20_000, 2, ids);
const other = largeAnswer(20_000, 1, ids);

test('the rows of a look-up stand in the order of the matrix, without those of records that it hides', () => {
  const shows = { filter: '1700000', sort: [{ column: 'record', descending: true }] };
  const matrix = arrangedTable(new GroupAnswer([one, other], true), {}, { ...firstView, ...shows });
  const records = matrix.shownRows();
  const made = finished(memberRows(one, records));
  assert.ok(made.length > 20 && made.length < 4000, `${made.length} rows`);
  const expected: number[] = [];
  for (let nth = 0; nth < records.length; nth++) {
    const record = records.rows.record(records.at(nth));
    for (let row = made.rows.firstRow(record); row < made.rows.firstRow(record + 1); row++) expected.push(row);
  }
  assert.deepEqual(
    Array.from({ length: made.length }, (_, place) => made.at(place)),
    expected,
  );
});

test('no step gathers the rows of many records', () => {
  const matrix = arrangedTable(new GroupAnswer([one, other], true)).shownRows();
  const steps = [...memberRows(one, matrix)];
  assert.ok(steps.length > 20_000 / idRowsAStep, `${steps.length} steps`);
});
