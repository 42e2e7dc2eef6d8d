/** Columns of properties in a table: four kinds of cells, and what sort, filter and counts make of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Cell } from '../../../src/core/domain/cell.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import type { ShownProperty } from '../../../src/core/rows/rows.ts';
import { idRowsAStep, textAStep } from '../../../src/core/rows/steps.ts';
import { valueCounts } from '../../../src/core/rows/valueCounts.ts';
import { largeAnswer, madeAnswer, plain } from '../madeAnswer.ts';
import { arrangedTable } from './arrangedTable.ts';

const value = (text: string, exact: string | number = text): Cell => ({ kind: 'value', text, value: exact });

function property(over: Partial<ShownProperty> & Pick<ShownProperty, 'cellOf' | 'end'>): ShownProperty {
  return {
    key: `property:${over.end}:amount`,
    name: 'amount',
    head: 'Amount',
    hasLabels: false,
    orderOf: ({ value: exact }) => (typeof exact === 'number' ? exact : undefined),
    whyText: (why) => (typeof why === 'string' ? why : why.kind),
    ...over,
  };
}

/** Deal n has the company 100 + n. */
const answerOf = (count: number) =>
  madeAnswer(
    Array.from({ length: count }, (_, at) => ({
      id: String(at + 1),
      to: [{ toId: String(101 + at), types: [plain] }],
    })),
  );

const idsOf = (table: ReturnType<typeof arrangedTable>) =>
  table.window({ kind: 'rows', request: 1, first: 0, count: 200 }).rows.map(({ id }) => id);

test('each kind of cell reaches the page as itself', () => {
  const cells: Readonly<Record<string, Cell>> = {
    101: value('x'.repeat(5000)),
    102: { kind: 'unset' },
    103: { kind: 'gone', how: 'merged', into: '999' },
    104: { kind: 'gone', how: 'archived' },
    105: { kind: 'notRead', why: 'notAsked' },
    106: { kind: 'notRead', why: 'reading' },
    107: { kind: 'notRead', why: { kind: 'missingScopes', anyOf: [], hubSpot: {} } },
    108: value('<b>\u202e=1+1'),
  };
  const shown = property({ end: 'associated', cellOf: (id) => cells[id]! });
  const answer = madeAnswer([
    ...Object.keys(cells).map((toId, at) => ({ id: String(at + 1), to: [{ toId, types: [plain] }] })),
    { id: '9' },
  ]);
  const table = arrangedTable(answer, { properties: [shown] });
  const { rows } = table.window({ kind: 'rows', request: 1, first: 0, count: 200 });
  const [long, ...others] = rows.map(({ values }) => values?.[shown.key]);
  assert.ok(long?.kind === 'value' && long.text.length < 250 && long.length === 5000);
  // With the sentence that says how long it is, a tooltip has to stay within the 1,024 characters that a browser shows.
  assert.ok(long.more!.length > 800 && long.more!.length < 920, String(long.more!.length));
  assert.deepEqual(others.slice(0, 6), [
    { kind: 'unset' },
    { kind: 'gone', existence: { kind: 'merged', into: '999' } },
    { kind: 'gone', existence: { kind: 'archived' } },
    { kind: 'notRead', how: 'notRead', why: 'notAsked' },
    { kind: 'notRead', how: 'reading', why: 'reading' },
    { kind: 'notRead', how: 'notAllowed', why: 'missingScopes' },
  ]);
  const hostile = others[6];
  assert.ok(hostile?.kind === 'value' && hostile.text.startsWith('<b>'));
  assert.equal(others[7], undefined, 'a row without an associated record has no cell');
});

test('sorts by value, by rank and by text, with what has no value last in both directions', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => value(String(number), number)),
          fc.string({ minLength: 1 }).map((text) => value(`t${text}`)),
          fc.constantFrom<Cell>(
            { kind: 'unset' },
            { kind: 'gone', how: 'missing' },
            { kind: 'notRead', why: 'notAsked' },
          ),
        ),
        { minLength: 1, maxLength: 60 },
      ),
      fc.constantFrom('record' as const, 'associated' as const),
      fc.boolean(),
      (cells, end, descending) => {
        const cellOf = (id: string) => cells[Number(id) - (end === 'record' ? 1 : 101)]!;
        const shown = property({ end, cellOf });
        const table = arrangedTable(
          answerOf(cells.length),
          { properties: [shown] },
          {
            sort: [{ column: shown.key, descending }],
          },
        );
        const sorted = idsOf(table).map((id) => cells[Number(id) - 1]!);
        const values = sorted.filter((cell) => cell.kind === 'value');
        assert.ok(
          sorted.slice(0, values.length).every(({ kind }) => kind === 'value'),
          'values first',
        );
        const numbers = values.flatMap((cell) => (typeof cell.value === 'number' ? [cell.value] : []));
        const inOrder = numbers.toSorted((one, other) => (descending ? other - one : one - other));
        assert.deepEqual(
          numbers.map((number) => number + 0),
          inOrder.map((number) => number + 0),
        );
        const areNumbers = values.map((cell) => typeof cell.value === 'number');
        const first = descending ? areNumbers.toReversed() : areNumbers;
        assert.deepEqual(
          first,
          first.toSorted((one, other) => Number(other) - Number(one)),
          'texts after numbers',
        );
      },
    ),
    { numRuns: 200 },
  ));

test('a filter looks into what is shown, and finds nothing in what is not read', () => {
  const cells: readonly Cell[] = [
    value('Not closed'),
    { kind: 'unset' },
    { kind: 'notRead', why: 'notAsked' },
    value('Open'),
  ];
  const shown = property({ end: 'record', cellOf: (id) => cells[Number(id) - 1]! });
  const found = (filter: string, columns = {}) =>
    idsOf(arrangedTable(answerOf(4), { properties: [shown] }, { filter, ...columns }));
  assert.deepEqual(found('closed'), ['1']);
  assert.deepEqual(found('no value'), ['2']);
  assert.deepEqual(found('not read'), []);
  assert.deepEqual(found('closed', { columns: [{ key: shown.key, hidden: true }] }), []);
});

test('every distinct record is counted once, in one of four counts', () => {
  const cells: readonly Cell[] = [
    value('a'),
    { kind: 'unset' },
    { kind: 'gone', how: 'archived' },
    { kind: 'notRead', why: 'notAsked' },
  ];
  const answer = madeAnswer(
    Array.from({ length: 8 }, (_, at) => ({
      id: String(at + 1),
      to: [
        { toId: String(101 + (at % 4)), types: [plain] },
        { toId: String(101 + ((at + 1) % 4)), types: [plain] },
      ],
    })),
  );
  const ofRecord = property({ end: 'record', cellOf: (id) => cells[(Number(id) - 1) % 4]! });
  const ofAssociated = property({ end: 'associated', cellOf: (id) => cells[Number(id) - 101]! });
  const table = arrangedTable(answer, { properties: [ofRecord, ofAssociated] });
  const counts = finished(valueCounts(table.everyRow(), [ofRecord, ofAssociated]));
  assert.deepEqual(counts.get(ofRecord.key), { value: 2, unset: 2, gone: 2, notRead: 2 });
  assert.deepEqual(counts.get(ofAssociated.key), { value: 1, unset: 1, gone: 1, notRead: 1 });
});

test('no step counts the values of many rows, the fewer the more properties there are', () => {
  const ends = ['record', 'associated', 'associated', 'associated', 'associated'] as const;
  const all = ends.map((end, at) => property({ key: `property:${at}`, end, cellOf: () => ({ kind: 'unset' }) }));
  // Most rows have no associated record: they are gone through all the same.
  const table = arrangedTable(largeAnswer(20_000, 0), { properties: all });
  const rows = [...valueCounts(table.everyRow(), all)];
  assert.equal(
    rows.reduce((sum, each) => sum + each),
    2 * 20_000,
  );
  assert.ok(rows.length >= (20_000 + 4 * 20_000) / idRowsAStep, `${rows.length} steps`);
});

test('no step looks into much text, whether it filters or sorts, and counting looks into none', () => {
  const long = 'note '.repeat(10_000);
  let looked = 0;
  const cellOf = (id: string): Cell => ({
    kind: 'value',
    get text() {
      looked++;
      return `x${id} ${long}`;
    },
    value: `x${id} ${long}`,
  });
  const all = [property({ end: 'record', cellOf, orderOf: () => undefined })];
  const table = arrangedTable(answerOf(300), { properties: all });
  for (const _ of valueCounts(table.everyRow(), all));
  assert.equal(looked, 0);
  for (const view of [{ filter: 'x300 note' }, { sort: [{ column: all[0]!.key, descending: true }] }]) {
    table.setView({ ...table.view, filter: '', ...view });
    let most = 0;
    for (const _ of table.arranging()) {
      most = Math.max(most, looked);
      looked = 0;
    }
    assert.ok(most * long.length <= 2 * textAStep, `${most} texts in a step`);
    assert.equal(idsOf(table)[0], '300');
  }
});

test('a sort keeps no whole page beside the value it was made of', () => {
  const page = 'page '.repeat(1000);
  const cellOf = (id: string): Cell => value(`${page}${9 - Number(id)}`, `<p>${page}${9 - Number(id)}`);
  const all = [property({ end: 'record', cellOf, orderOf: () => undefined })];
  const table = arrangedTable(answerOf(3), { properties: all });
  table.setView({ ...table.view, sort: [{ column: all[0]!.key, descending: false }] });
  finished(table.arranging());
  assert.deepEqual(idsOf(table), ['1', '2', '3'], 'what differs far behind stays as it was');
});
