/** What a table of a check shows, by example; everything else is in plainCheck.test.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expectation } from '../../../src/core/domain/expectation.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import type { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import type { RowContext } from '../../../src/core/rows/rows.ts';
import { madePairs } from '../expectation/madePairs.ts';
import { billing, learn, madeAnswer, plain, primary } from '../madeAnswer.ts';
import { arrangedTable } from './arrangedTable.ts';

const ends = { from: 'Deal', to: 'Company' };
const lineText = (line: number) => `pairs.csv:${line + 1}`;

function waiting(context: RowContext = {}) {
  const answer = madeAnswer(
    [{ id: '1', to: [{ toId: '7', types: [plain, primary] }] }, { id: '2', state: 'notRead' }, { id: '3' }],
    { apiVersion: '2026-09' },
  );
  const check = new Check(
    answer,
    madePairs([
      ['1', ['7'], ['Billing contact']],
      ['1', ['8']],
      ['2', ['8', '7']],
      ['1', ['7']],
    ]),
  );
  return { answer, check, table: arrangedTable(answer, { check, ends, lineText, ...context }) };
}

function shown(table: AnswerTable): string[] {
  const { rows } = table.window({ kind: 'rows', request: 1, first: 0, count: 50 });
  return rows.map(({ id, toId = '', pair = '-', verdict = '', reason }) =>
    [`${id}>${toId}`, pair, verdict, ...(reason === undefined ? [] : [reason])].join(' '),
  );
}

test('a row says how its pair turned out, and why', () => {
  const { check, table } = waiting();
  const unread = ['2>8 2 cannotTell Not read', '2>7 3 cannotTell Not read', '3> - '];
  const differs = '1>7 0 differs has Primary, expected Billing contact';
  assert.deepEqual(shown(table), [differs, '1>8 1 missing not checked whether both records exist', ...unread]);
  check.learn('to', '8', { kind: 'merged', into: '7' });
  table.arrange();
  const merged = '1>8 1 noSuchRecord Company 8 was merged into 7, which has this association';
  assert.deepEqual(shown(table), [
    differs,
    merged,
    '2>8 2 noSuchRecord Company 8 was merged into 7',
    ...unread.slice(1),
  ]);
  const [first] = table.window({ kind: 'rows', request: 1, first: 0, count: 1 }).rows;
  assert.deepEqual([first?.source, first?.lines, first?.expectedLabels], ['pairs.csv:1', [0, 3], ['Billing contact']]);
});

test('what cannot be told is not told yet while the look-up runs, and counted all the same', () => {
  const { table } = waiting({ isRunning: () => true });
  assert.deepEqual(shown(table).slice(2), ['2>8 2 notYet', '2>7 3 notYet', '3> - ']);
  const { chips, verdicts } = table.facts();
  assert.equal(verdicts?.cannotTell, 2);
  assert.equal(chips.find(({ key }) => key === 'verdict:cannotTell')?.count, 2);
});

test('until the rows are arranged anew, a record that was read since shows its associations in the rows it has', () => {
  const { answer, check, table } = waiting();
  assert.equal(table.everyRow().rows.length, 5);
  learn(answer, {
    id: '2',
    to: [
      { toId: '9', types: [plain] },
      { toId: '7', types: [plain, billing] },
    ],
  });
  // It has three rows now, of which there is room for two.
  assert.deepEqual(shown(table).slice(2), ['2>9 - unexpected', '2>7 3 asExpected', '3> - ']);
  check.learn('to', '8', { kind: 'archived' });
  assert.equal(shown(table)[1], '1>8 1 noSuchRecord Company 8 is archived');
  table.arrange();
  assert.deepEqual(shown(table).slice(2, 5), [
    '2>9 - unexpected',
    '2>7 3 asExpected',
    '2>8 2 noSuchRecord Company 8 is archived',
  ]);
});

test('a row that is kept in sight stays there when its record gets more rows before it', () => {
  const { answer, table } = waiting();
  const [, , , kept] = table.window({ kind: 'rows', request: 1, first: 0, count: 9 }).rows;
  learn(answer, { id: '2', to: ['4', '5', '6'].map((toId) => ({ toId, types: [plain] })) });
  table.arrange();
  const { first, rows } = table.window({
    kind: 'rows',
    request: 2,
    first: 3,
    count: 1,
    keep: { record: kept!.record, nth: kept!.nth, pair: kept!.pair, at: 3 },
  });
  assert.deepEqual([first, rows[0]?.toId, rows[0]?.pair], [6, '7', kept?.pair]);
});

test('the columns of a pair stand before those of its record, and an ordinary look-up has none of them', () => {
  const { answer, table } = waiting();
  const keysOf = (of: AnswerTable) => of.facts().columns.map(({ key }) => key);
  assert.deepEqual(keysOf(table), [
    ...['record', 'associated', 'verdict', 'labels', 'expected', 'source'],
    ...['state', 'count'],
  ]);
  const ordinary = arrangedTable(answer, { ends, lineText, placeOf: () => undefined });
  assert.deepEqual(keysOf(ordinary), ['record', 'associated', 'labels', 'state', 'count', 'source']);
  assert.equal(ordinary.facts().verdicts, undefined);
});

test('an id that the mapping does not have gets no name: another record may have it', () => {
  const answer = madeAnswer([{ id: '1' }], { apiVersion: '2026-09' });
  const pairs = madePairs([
    ['1', ['7']],
    ['2', ['8']],
  ]);
  const expectation: Expectation = {
    length: 2,
    asked: pairs.asked,
    record: (pair) => (pair === 0 ? 0 : -1),
    fromId: (pair) => pairs.fromId(pair),
    toId: (pair) => pairs.toId(pair),
    toIdNumber: (pair) => pairs.toIdNumber(pair),
    labels: (pair) => pairs.labels(pair),
    doubt: (pair) => ({ why: 'notInMapping', side: pair === 0 ? 'to' : 'from' }),
    isWhole: () => true,
    lines: (pair) => pairs.lines(pair),
  };
  const context: RowContext = { check: new Check(answer, expectation), nameOf: (end, id) => `${end} ${id}` };
  const { rows } = arrangedTable(answer, context).window({ kind: 'rows', request: 1, first: 0, count: 9 });
  assert.deepEqual(
    rows.map(({ id, name, toId, toName, notAsked, unmapped }) => [id, name, toId, toName, notAsked, unmapped]),
    [
      ['1', 'record 1', '7', undefined, undefined, true],
      ['2', undefined, '8', undefined, true, true],
    ],
  );
  const found = arrangedTable(answer, context, { filter: 'record' });
  assert.deepEqual(shown(found), ['1>7 0 cannotTell 7 is not in the mapping']);
});
