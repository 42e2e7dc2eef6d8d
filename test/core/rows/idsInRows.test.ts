import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import { idsFrom, idsInParts, idsInRows } from '../../../src/core/rows/idsInRows.ts';
import { firstView, type PanelView } from '../../../src/core/treaty/panelView.ts';
import { madeAnswer, plain } from '../madeAnswer.ts';

const table = new AnswerTable(
  madeAnswer([
    { id: '11', to: ['23', '21'].map((toId) => ({ toId, types: [plain] })) },
    { id: '12' },
    { id: '13', to: [{ toId: '22', types: [plain] }] },
  ]),
);

function show(view: Partial<PanelView>): void {
  table.setView({ ...firstView, ...view });
  table.arrange();
}

test('both ends are told in the order shown, and a record without associations has no other end', () => {
  assert.deepEqual([...idsInRows(table.everyRow(), 'record')], ['11', '12', '13']);
  assert.deepEqual([...idsInRows(table.everyRow(), 'associated')], ['23', '21', '22']);
  show({ sort: [{ column: 'associated', descending: false }] });
  assert.deepEqual([...idsInRows(table.shownRows(), 'record')], ['11', '13', '11', '12']);
  assert.deepEqual([...idsInRows(table.shownRows(), 'associated')], ['21', '22', '23']);
});

test('what a filter hides is left out of the rows shown, not of every row', () => {
  show({ filter: '13' });
  assert.deepEqual([...idsInRows(table.shownRows(), 'record')], ['13']);
  assert.equal([...idsInRows(table.everyRow(), 'record')].length, 3);
});

test('a view that was remembered without its filter leaves the filter as it is', () => {
  show({ filter: '13' });
  const { filter: _, ...remembered } = firstView;
  table.setView({ ...remembered, place: 2 });
  table.arrange();
  assert.deepEqual([table.view.filter, table.view.place, table.shown], ['13', 2, 1]);
  show({});
  assert.equal(table.shown, 4);
});

const flat = (parts: Iterable<Iterable<string>>) => [...parts].flatMap((part) => [...part]);

test('beside a window stand the rows after it, then those before it, the nearest first, and then those not shown', () => {
  const rows = Array.from({ length: 350 }, (_, at) => ({ id: String(1000 + at) }));
  const table = new AnswerTable(madeAnswer(rows));
  const beside = (first: number, count: number) =>
    flat(idsInParts(table.beside(table.window({ kind: 'rows', request: 1, first, count })), 'record'));
  const ids = (first: number, last: number) => rows.slice(first - 1, last).map(({ id }) => id);
  assert.deepEqual(beside(250, 35), [...ids(286, 350), ...ids(151, 250), ...ids(51, 150), ...ids(1, 50)]);
  assert.deepEqual(beside(0, 200), ids(201, 350));
  assert.deepEqual(beside(320, 200), [...ids(221, 320), ...ids(121, 220), ...ids(21, 120), ...ids(1, 20)]);
  table.setView({ ...firstView, filter: '130' });
  table.arrange();
  assert.deepEqual(beside(2, 3), [
    ...[...ids(305, 310), ...ids(131, 131), ...ids(301, 301)],
    ...ids(302, 350),
    ...[...ids(202, 301), ...ids(102, 201), ...ids(2, 101), ...ids(1, 1)],
  ]);
  table.setView({ ...firstView, filter: 'none has this' });
  table.arrange();
  assert.deepEqual(beside(0, 200), []);
});

test('of an Answer the ids of a record come first, those of the records after it, and then those before it', () => {
  assert.deepEqual(flat(idsFrom(table.answer, 0, 'associated')), ['23', '21', '22']);
  assert.deepEqual(flat(idsFrom(table.answer, 1, 'associated')), ['22', '23', '21']);
  assert.deepEqual(flat(idsFrom(table.answer, 1, 'record')), ['12', '13', '11']);
});
