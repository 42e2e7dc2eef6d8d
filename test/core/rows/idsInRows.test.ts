import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import { idsInRows } from '../../../src/core/rows/idsInRows.ts';
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
