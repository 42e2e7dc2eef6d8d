import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import { type RowContext, Rows } from '../../../src/core/rows/rows.ts';
import { parseToPage } from '../../../src/core/treaty/panelMessages.ts';
import { firstView, type PanelView } from '../../../src/core/treaty/panelView.ts';
import { billing, learn, type MadeRecord, madeAnswer, plain, primary, unread } from '../madeAnswer.ts';
import { arrangedTable } from './arrangedTable.ts';

const records: readonly MadeRecord[] = [
  {
    id: '300',
    to: [
      { toId: '7', types: [plain, primary] },
      { toId: '40', types: [plain, billing] },
    ],
  },
  { id: '20' },
  { id: '9223372036854775807', to: [{ toId: '9007199254740993', types: [plain] }] },
  { id: '9223372036854775806', to: [{ toId: '9007199254740992', types: [billing] }] },
  { id: '5', state: 'notRead', problem: unread },
  { id: '6', state: 'failed', problem: { kind: 'hubSpotError', category: 'X', message: 'No such ticket' } },
  { id: '7000', to: [{ toId: '8', types: [primary] }], truncation: 'cap' },
];

function table(view: Partial<PanelView> = {}, words: RowContext = {}): AnswerTable {
  return arrangedTable(madeAnswer(records, { apiVersion: '2026-09' }), words, view);
}

function shown(of: AnswerTable): string[] {
  const { rows } = of.window({ kind: 'rows', request: 1, first: 0, count: 200 });
  return rows.map(({ id, toId }) => (toId === undefined ? id : `${id}>${toId}`));
}

const inOrder = [
  '300>7',
  '300>40',
  '20',
  '9223372036854775807>9007199254740993',
  '9223372036854775806>9007199254740992',
  '5',
  '6',
  '7000>8',
];

test('each association is a row, and each record without any is one', () => {
  assert.deepEqual(shown(table()), inOrder);
  const [first, second] = table().window({ kind: 'rows', request: 1, first: 0, count: 2 }).rows;
  assert.deepEqual(first, {
    record: 0,
    nth: 0,
    id: '300',
    toId: '7',
    primary: true,
    labels: [],
    state: 'found',
    truncated: false,
    count: 2,
  });
  assert.deepEqual(second?.labels, [{ text: 'Billing contact', type: 'USER_DEFINED 28' }]);
});

test('ids sort as numbers, to the last of 19 digits', () => {
  const sort = [{ column: 'record', descending: false }];
  assert.deepEqual(shown(table({ sort })), [
    '5',
    '6',
    '20',
    '300>7',
    '300>40',
    '7000>8',
    '9223372036854775806>9007199254740992',
    '9223372036854775807>9007199254740993',
  ]);
  assert.deepEqual(shown(table({ sort: [{ column: 'associated', descending: true }] })), [
    '9223372036854775807>9007199254740993',
    '9223372036854775806>9007199254740992',
    '300>40',
    '7000>8',
    '300>7',
    '20',
    '5',
    '6',
  ]);
});

test('what went wrong sorts first by state, and labels sort by their words', () => {
  assert.deepEqual(shown(table({ sort: [{ column: 'state', descending: false }] })).slice(0, 4), [
    '6',
    '5',
    '20',
    '7000>8',
  ]);
  assert.deepEqual(shown(table({ sort: [{ column: 'labels', descending: false }] })).slice(0, 4), [
    '300>7',
    '7000>8',
    '300>40',
    '9223372036854775806>9007199254740992',
  ]);
});

test('sources sort as places in a file do', () => {
  const words: RowContext = { placeOf: (record) => (record === 1 ? undefined : `a.csv:${100 - record * 15}`) };
  assert.deepEqual(shown(table({ sort: [{ column: 'source', descending: false }] }, words)), [
    '7000>8',
    '6',
    '5',
    '9223372036854775806>9007199254740992',
    '9223372036854775807>9007199254740993',
    '300>7',
    '300>40',
    '20',
  ]);
});

test('each chip counts the rows it leaves', () => {
  const all = table();
  const { chips } = all.facts();
  assert.deepEqual(
    chips.map(({ key, count }) => [key, count]),
    [
      ['none', 1],
      ['failed', 1],
      ['notRead', 1],
      ['truncated', 1],
      ['moreThanOne', 2],
      ['primary', 2],
      ['noLabel', 1],
      ['label:Billing contact', 2],
    ],
  );
  for (const { key, count } of chips) assert.equal(table({ chips: [key] }).shown, count, key);
  assert.deepEqual(shown(table({ chips: ['notRead'] })), ['5']);
  assert.deepEqual(shown(table({ chips: ['label:gone'] })), []);
});

test('every word of the filter has to be somewhere in the row', () => {
  const words: RowContext = {
    nameOf: (end, id) => (end === 'record' ? `Deal ${id}` : id === '7' ? 'Ärzte AG' : undefined),
    placeOf: (record) => `deals.csv:${record + 2}`,
  };
  assert.deepEqual(shown(table({ filter: '00' })), [
    '300>7',
    '300>40',
    '9223372036854775807>9007199254740993',
    '9223372036854775806>9007199254740992',
    '7000>8',
  ]);
  assert.deepEqual(shown(table({ filter: 'BILLING 300' })), ['300>40']);
  assert.deepEqual(shown(table({ filter: 'ticket' })), ['6']);
  assert.deepEqual(shown(table({ filter: 'bad gateway' })), ['5']);
  assert.deepEqual(shown(table({ filter: 'ärzte' }, words)), ['300>7']);
  assert.deepEqual(shown(table({ filter: 'csv:8' }, words)), ['7000>8']);
  assert.deepEqual(shown(table({ filter: 'primary', chips: ['truncated'] })), ['7000>8']);
  assert.deepEqual(shown(table({ filter: 'nothing like it' }, words)), []);
  assert.deepEqual(shown(table({ filter: '  ' })), inOrder);
});

test('while a look-up runs, a kept row stays where the user sees it', () => {
  const answer = madeAnswer(
    Array.from({ length: 500 }, (_, at) => ({ id: String(at + 1), state: 'notRead' as const })),
  );
  const made = arrangedTable(answer);
  const before = made.window({ kind: 'rows', request: 1, first: 300, count: 10 });
  assert.equal(before.rows[4]?.id, '305');
  learn(answer, {
    id: '3',
    to: [
      { toId: '1', types: [plain] },
      { toId: '2', types: [plain] },
      { toId: '3', types: [plain] },
    ],
  });
  assert.equal(
    made.window({ kind: 'rows', request: 2, first: 300, count: 10 }).rows[4]?.id,
    '305',
    'until the rows are arranged anew',
  );
  made.arrange();
  assert.equal(made.facts().rows, 502);
  const after = made.window({
    kind: 'rows',
    request: 3,
    first: 300,
    count: 10,
    keep: { record: before.rows[4]!.record, nth: 0, at: 304 },
  });
  assert.equal(after.first, 302);
  assert.equal(after.rows[4]?.id, '305');
  assert.ok(after.revision > before.revision);
});

test('a kept row that is filtered out changes nothing, and no window goes past the rows', () => {
  const made = table({ chips: ['primary'] });
  const keep = { record: 1, nth: 0, at: 2 };
  assert.deepEqual(made.window({ kind: 'rows', request: 1, first: 1, count: 50, keep }).first, 1);
  const beyond = made.window({ kind: 'rows', request: 1, first: 999, count: 50 });
  assert.equal(beyond.first + beyond.rows.length, 2);
  assert.equal(table({ filter: 'nobody' }).window({ kind: 'rows', request: 1, first: 3, count: 5 }).rows.length, 0);
  assert.equal(
    made.window({ kind: 'rows', request: 1, first: 0, count: 200, keep: { record: 99, nth: 9, at: 0 } }).first,
    0,
  );
});

test('a range is what lies between two rows in the order shown', () => {
  const made = table({ sort: [{ column: 'record', descending: false }] });
  const range = made.shownRows({ all: false, from: { record: 0, nth: 1 }, to: { record: 1, nth: 0 } });
  assert.deepEqual(
    Array.from({ length: range.length }, (_, place) => range.rows.answer.recordId(range.rows.record(range.at(place)))),
    ['20', '300', '300'],
  );
  assert.equal(
    table({ chips: ['none'] }).shownRows({ all: false, from: { record: 0, nth: 0 }, to: { record: 1, nth: 0 } }).length,
    0,
  );
});

test('only filter, chip and sort make a new order', () => {
  const made = table();
  const columns = [
    { key: 'labels', width: 90 },
    { key: 'state', hidden: true },
  ];
  assert.equal(made.setView({ ...firstView, place: 5, columns, sort: [{ column: 'gone', descending: true }] }), false);
  assert.deepEqual([made.facts().view.place, made.facts().view.columns], [5, columns]);
  assert.equal(made.changes.any, false);
  const { revision } = made.facts();
  assert.equal(made.setView({ ...firstView, filter: '7' }), true);
  made.arrange();
  assert.ok(made.facts().revision > revision);
});

test('two tables are never at the same revision', () => {
  assert.notEqual(table().facts().revision, table().facts().revision);
});

test('what is too long for a cell is cut, between characters', () => {
  const long = { category: 'USER_DEFINED', typeId: 9, label: `${'x'.repeat(199)}${'😀'.repeat(500_000)}` };
  const made = arrangedTable(madeAnswer([{ id: '1', to: [{ toId: '2', types: [long] }] }]));
  const text = made.window({ kind: 'rows', request: 1, first: 0, count: 1 }).rows[0]?.labels[0]?.text;
  assert.equal(text, `${'x'.repeat(199)}…`);
  const chip = made.facts().chips.find(({ key }) => key.startsWith('label:'));
  assert.ok(chip && (chip.label?.length ?? 0) < 300 && chip.key.length < 1000, 'the chip as well');
  assert.equal(arrangedTable(made.answer, {}, { chips: [chip.key] }).shown, 1);
});

test('an empty answer has no rows and no chips', () => {
  const made = arrangedTable(madeAnswer([]));
  assert.deepEqual(made.facts().chips, []);
  assert.equal(made.facts().shown, 0);
  assert.equal(new Rows(made.answer).rowOf({ record: 0, nth: 0 }), undefined);
  for (const { key } of made.facts().columns)
    assert.equal(made.setView({ ...firstView, sort: [{ column: key, descending: true }] }), true);
});

test('an associated record that is gone says how, beside its name, and is found by that', () => {
  const context: RowContext = {
    nameOf: (_, id) => (id === '7' ? 'Acme' : undefined),
    existenceOf: (_, id) =>
      id === '7' ? { kind: 'archived' } : id === '40' ? { kind: 'merged', into: '41' } : { kind: 'exists' },
  };
  const made = table({}, context);
  const [first, second, third] = made.window({ kind: 'rows', request: 1, first: 0, count: 3 }).rows;
  assert.deepEqual([first?.toName, first?.toExistence], ['Acme', { kind: 'archived' }]);
  assert.deepEqual([second?.toName, second?.toExistence], [undefined, { kind: 'merged', into: '41' }]);
  assert.ok(third && !('toExistence' in third));
  assert.ok(first && !('existence' in first), 'a record that was found has shown that it exists');
  assert.deepEqual(shown(table({ filter: 'archived' }, context)), ['300>7']);
  assert.deepEqual(shown(table({ filter: 'into 41' }, context)), ['300>40']);
});

test('windows and facts fit the treaty', () => {
  const made = table({}, { placeOf: (record) => `a:${record}` });
  assert.ok(parseToPage(JSON.parse(JSON.stringify(made.window({ kind: 'rows', request: 9, first: 0, count: 200 })))));
  const state = {
    kind: 'state',
    title: 'Deals → Companies',
    from: 'Deal',
    to: 'Company',
    account: { name: 'Acme', environment: '' },
    progress: { kind: 'idle' },
    notices: [],
    names: 'off',
    facts: made.facts(),
  };
  assert.deepEqual(parseToPage(JSON.parse(JSON.stringify(state))), JSON.parse(JSON.stringify(state)));
});
