/** A table is arranged in steps, so that others have their turn: none is long, and nothing is seen before the last. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairsOfStep } from '../../../src/core/domain/steps.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import { Rows } from '../../../src/core/rows/rows.ts';
import { rowsAStep } from '../../../src/core/rows/steps.ts';
import { firstView, type PanelView } from '../../../src/core/treaty/panelView.ts';
import { madePairs } from '../expectation/madePairs.ts';
import { largeAnswer, learn, plain } from '../madeAnswer.ts';
import { arrangedTable } from './arrangedTable.ts';

const answer = largeAnswer(20_000, 5);
const view = (change: Partial<PanelView>): PanelView => ({ ...firstView, ...change });
const byId = view({ sort: [{ column: 'associated', descending: true }] });
const views: readonly PanelView[] = [
  byId,
  view({ sort: ['source', 'labels', 'state', 'count', 'record'].map((column) => ({ column, descending: true })) }),
  view({ filter: '43', chips: ['primary', 'moreThanOne'] }),
  view({ filter: 'billing 7', sort: [{ column: 'count', descending: false }] }),
];

function ids(table: AnswerTable): unknown[] {
  const { rows } = table.window({ kind: 'rows', request: 1, first: 0, count: 50 });
  return rows.map(({ id, toId }) => [id, toId]);
}

test('no step goes through many rows, and what is done grows from 0 to 1', () => {
  const table = new AnswerTable(answer, { placeOf: (record) => `deals.csv:${(record * 7919) % 20_011}` });
  for (const wanted of [firstView, ...views]) {
    table.setView(wanted);
    const shares: number[] = [];
    let steps = 0;
    for (const rows of table.arranging((share) => shares.push(share))) {
      assert.ok(rows <= rowsAStep + 10_000, `${rows} rows in a step`);
      steps++;
    }
    const { rows } = table.facts();
    assert.ok(wanted === firstView || steps >= rows / rowsAStep, `${steps} steps`);
    assert.deepEqual(
      shares,
      shares.toSorted((one, other) => one - other),
    );
    assert.ok(shares.every((share) => share >= 0 && share <= 1));
  }
});

test('a check that has not looked at the answer yet does so in steps, and has no rows before', () => {
  const pairs = madePairs(Array.from({ length: 20_000 }, (_, nth) => [answer.recordId(nth), ['1', '2']]));
  const check = new Check(answer, pairs);
  const table = new AnswerTable(answer, { check });
  assert.deepEqual([check.hasLooked, table.shown], [false, 0]);
  const steps = [...table.arranging()].filter((rows) => rows === 0).length;
  assert.ok(steps >= pairs.length / pairsOfStep, `${steps} steps`);
  assert.equal(table.facts().rows, new Rows(answer, check).length);
});

test('the rows that a filter leaves are copied in steps too', () => {
  const table = arrangedTable(answer);
  table.setView(view({ chips: ['moreThanOne'] }));
  const steps = [...table.arranging()].length;
  const { rows, shown } = table.facts();
  assert.ok(shown < rows && steps >= (rows + shown) / rowsAStep, `${steps} steps for ${shown} of ${rows}`);
});

test('until the last step the table shows what it did before', () => {
  const table = arrangedTable(answer);
  const before = table.facts();
  const rows = ids(table);
  table.setView(byId);
  for (const _ of table.arranging()) {
    assert.deepEqual(ids(table), rows);
    assert.equal(table.facts().revision, before.revision);
    assert.deepEqual(table.facts().view.sort, []);
  }
  assert.notDeepEqual(ids(table), rows);
  assert.ok(table.facts().revision > before.revision);
  assert.deepEqual(table.facts().view.sort, byId.sort);
});

test('work that another view overtakes leaves nothing behind', () => {
  const table = arrangedTable(answer);
  table.setView(byId);
  const overtaken = table.arranging();
  for (let step = 0; step < 5; step++) overtaken.next();
  table.setView(views[2]!);
  table.arrange();
  const { view: shown, shown: count } = table.facts();
  assert.deepEqual([shown.filter, shown.sort], ['43', []]);
  assert.equal(count, arrangedTable(answer, {}, views[2]).shown);
  assert.deepEqual(ids(table), ids(arrangedTable(answer, {}, views[2])));
});

test('when the user no longer waits, the rows shown stay and nothing is left to do', () => {
  const table = arrangedTable(answer, {}, { filter: '43' });
  const rows = ids(table);
  assert.equal(table.arrangingWhat, 'counting');
  table.setView({ ...table.view, sort: byId.sort, columns: [{ key: 'state', width: 99 }] });
  assert.equal(table.arrangingWhat, 'sorting');
  table.setView({ ...table.view, filter: '44' });
  assert.equal(table.arrangingWhat, 'filtering');
  table.arranging().next();
  table.keepShown();
  assert.equal(table.changes.any, false);
  assert.deepEqual([table.view.filter, table.view.sort], ['43', []]);
  assert.deepEqual(table.view.columns, [{ key: 'state', width: 99 }], 'columns are no part of the order');
  assert.deepEqual(ids(table), rows);
});

test('what the answer learns while rows are put in order is shown by the next run', () => {
  const growing = largeAnswer(20_000, 2);
  const unread = growing.counts.none;
  const table = arrangedTable(growing, {}, byId);
  table.setView(view({ sort: [{ column: 'count', descending: true }] }));
  const steps = table.arranging();
  steps.next();
  const id = growing.recordId(7);
  learn(growing, { id, to: ['1', '2', '3'].map((toId) => ({ toId, types: [plain] })) });
  for (const _ of steps);
  assert.ok(unread > 0 && table.changes.selection);
  table.arrange();
  assert.equal(table.changes.any, false);
  assert.deepEqual(
    ids(table).slice(0, 3),
    ['1', '2', '3'].map((toId) => [id, toId]),
  );
});
