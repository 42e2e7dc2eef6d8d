/** What is copied from a table is what is seen in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Papa from 'papaparse';
import type { Cell } from '../../../src/core/domain/cell.ts';
import { type CopyStyle, seenText } from '../../../src/core/export/seen.ts';
import type { ShownProperty } from '../../../src/core/rows/rows.ts';
import type { ViewColumn } from '../../../src/core/treaty/panelView.ts';
import { firstView } from '../../../src/core/treaty/panelView.ts';
import { billing, type MadeRecord, madeAnswer, plain, primary } from '../madeAnswer.ts';
import { arrangedTable } from '../rows/arrangedTable.ts';

const records: readonly MadeRecord[] = [
  {
    id: '17982944313',
    to: [
      { toId: '9223372036854775807', types: [plain, primary] },
      { toId: '17496863842', types: [plain, billing] },
    ],
  },
  { id: '17982944314' },
  {
    id: '17982944315',
    state: 'failed',
    problem: { kind: 'hubSpotError', category: 'X', message: '=1+1\tand\nmore' },
  },
];

const places = { placeOf: (record: number) => `deals.csv:${record + 2}` };

function copied(style: Partial<CopyStyle> = {}, columns: readonly ViewColumn[] = [], context = {}): string[][] {
  const table = arrangedTable(madeAnswer(records, { apiVersion: '2026-09' }), { ...places, ...context });
  table.setView({ ...firstView, columns: [...columns] });
  const text = [
    ...seenText(table.shownRows({ all: true }), table.seen(), { heads: false, spreadsheet: false, ...style }),
  ].join('');
  return Papa.parse<string[]>(text, { delimiter: '\t' }).data.slice(0, -1);
}

const all = [
  ['17982944313', '9223372036854775807', 'Primary', 'Found', '2', 'deals.csv:2'],
  ['17982944313', '17496863842', 'Billing contact', 'Found', '2', 'deals.csv:2'],
  ['17982944314', '', '', 'No association', '0', 'deals.csv:3'],
  ['17982944315', '', '', 'Failed: =1+1 and more', '', 'deals.csv:4'],
];

test('each cell is copied with the words that stand in it', () => {
  assert.deepEqual(copied(), all);
});

test('with the headings where they are wanted', () => {
  const heads = ['Record', 'Associated record', 'Labels', 'State', 'Associations', 'Source'];
  assert.deepEqual(copied({ heads: true }), [heads, ...all]);
});

test('a column that is hidden is not copied, and one that was moved stands where it was put', () => {
  const columns = [{ key: 'source' }, { key: 'record' }, { key: 'state', hidden: true }];
  assert.deepEqual(
    copied({}, columns),
    all.map(([record, associated, labels, , count, source]) => [source, record, associated, labels, count]),
  );
});

test('a spreadsheet rounds no id and runs no text as a formula', () => {
  const [first, second, , failed] = copied({ spreadsheet: true }, [], { problemText: () => '=1+1' });
  assert.deepEqual(first!.slice(0, 2), ['="17982944313"', '="9223372036854775807"']);
  assert.equal(second![4], '2');
  assert.equal(failed![3], 'Failed: =1+1');
});

test('an id and its name are two fields', () => {
  const nameOf = (_: string, id: string) => (id === '17496863842' ? '-1 Ltd' : `Name of ${id}`);
  const [heads, , second] = copied({ heads: true, spreadsheet: true }, [], {
    nameOf,
    ends: { from: 'Deal', to: 'Company' },
  });
  assert.deepEqual(heads!.slice(0, 4), ['Deal', 'Deal name', 'Company', 'Company name']);
  assert.deepEqual(second!.slice(0, 4), ['="17982944313"', 'Name of 17982944313', '="17496863842"', "'-1 Ltd"]);
});

test('a property is copied whole, however little of it a cell has room for', () => {
  const notes = 'A note of a call.\n'.repeat(1000);
  const cellOf = (id: string): Cell => {
    if (id === '17982944314') return { kind: 'unset' };
    return id === '17982944315' ? { kind: 'notRead', why: 'notAsked' } : { kind: 'value', text: notes };
  };
  const property: ShownProperty = {
    key: 'property:record:notes',
    end: 'record',
    name: 'notes',
    head: 'Notes',
    hasLabels: false,
    cellOf,
    orderOf: () => undefined,
    whyText: () => '',
  };
  const only = ['record', 'associated', 'labels', 'state', 'count', 'source'].map((key) => ({ key, hidden: true }));
  const texts = copied({}, only, { properties: [property] }).map(([text]) => text);
  const oneLine = notes.replaceAll('\n', ' ');
  assert.deepEqual(texts, [oneLine, oneLine, 'No value', 'Not read']);
});
