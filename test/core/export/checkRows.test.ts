/** What files hold of a check, read back by other parsers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Papa from 'papaparse';
import type { Expectation } from '../../../src/core/domain/expectation.ts';
import { Check } from '../../../src/core/expectation/check.ts';
import { type About, aboutAnswer, aboutLines } from '../../../src/core/export/about.ts';
import { type ExportFormatName, exportFormats } from '../../../src/core/export/formats.ts';
import type { JsonRow } from '../../../src/core/export/json.ts';
import { ShownRows } from '../../../src/core/rows/answerTable.ts';
import { type RowContext, Rows } from '../../../src/core/rows/rows.ts';
import { madePairs } from '../expectation/madePairs.ts';
import { billing, madeAnswer, plain, primary } from '../madeAnswer.ts';
import { arrangedTable } from '../rows/arrangedTable.ts';

const hard = '=HYPERLINK("x"),\nand | <b>';
const hardLabel = '=HYPERLINK("x"), or | <b>';
const answer = madeAnswer(
  [
    {
      id: '1',
      to: [
        { toId: '70', types: [plain, billing] },
        { toId: '71', types: [plain, primary] },
        { toId: '72', types: [plain] },
      ],
    },
    { id: '2', to: [{ toId: '72', types: [plain] }], truncation: 'cap' },
    { id: '3', state: 'failed', problem: { kind: 'hubSpotError', category: 'X', message: hard } },
    { id: '4' },
  ],
  { apiVersion: '2026-09' },
);
const pairs = madePairs([
  ['1', ['70'], ['Billing contact']],
  ['1', ['71'], [hardLabel]],
  ['1', ['73', '74']],
  ['2', ['75']],
  ['3', ['76']],
  ['4', []],
  ['9', ['70']],
  ['1', ['70'], ['Billing contact']],
  ['4', ['900']],
]);
/** The mapping has neither the record of the seventh line nor the associated one of the last. */
const expectation: Expectation = {
  length: pairs.length,
  asked: pairs.asked,
  record: (pair) => (pairs.fromId(pair) === '9' ? -1 : pairs.record(pair)),
  fromId: (pair) => pairs.fromId(pair),
  toId: (pair) => pairs.toId(pair),
  toIdNumber: (pair) => pairs.toIdNumber(pair),
  labels: (pair) => pairs.labels(pair),
  doubt: (pair) => {
    if (pairs.fromId(pair) === '9') return { why: 'notInMapping', side: 'from' };
    return pairs.toId(pair) === '900' ? { why: 'notInMapping', side: 'to' } : undefined;
  },
  isWhole: (record) => pairs.isWhole(record),
  lines: (pair) => pairs.lines(pair),
};
const check = new Check(answer, expectation);
check.learn('to', '74', { kind: 'merged', into: '72' });
const shown = new ShownRows(new Rows(answer, check));
const context: RowContext = { lineText: (line) => `a "b",c.csv:${line + 1}`, placeOf: () => 'never' };
const about = aboutAnswer(answer, {
  account: { name: 'Acme' },
  exportedAt: 0,
  verdicts: check.counts,
  rows: shown.length,
  rowsInAll: shown.length,
});

function written(format: ExportFormatName, rowContext = context, rows = shown): string {
  return [...exportFormats[format].write(rows, rowContext, about)].join('');
}

const differs = `has Primary, expected ${hardLabel}`;
/** From, to, verdict, why, labels expected, lines. */
const rows = [
  ['1', '70', 'confirmed', '', 'Billing contact', [1, 8]],
  ['1', '71', 'label differs', differs, hardLabel, [2]],
  ['1', '72', 'unexpected', '', '', []],
  ['1', '73', 'missing', 'not checked whether both records exist', '', [3]],
  ['1', '74', 'no such record', '74 was merged into 72, which has this association', '', [3]],
  ['2', '72', 'unexpected', '', '', []],
  ['2', '75', 'cannot tell', 'not all associations of 2 were read', '', [4]],
  ['3', '76', 'cannot tell', hard, '', [5]],
  ['4', '900', 'cannot tell', '900 is not in the mapping', '', [9]],
  ['9', '70', 'cannot tell', '9 is not in the mapping', '', [7]],
] as const;

for (const [format, delimiter] of [
  ['csv', ','],
  ['tsv', '\t'],
] as const)
  test(`${format} of a check says how each pair turned out, why, and where it stands`, () => {
    const { data, errors } = Papa.parse<Record<string, string>>(written(format), {
      header: true,
      delimiter,
      newline: '\r\n',
      skipEmptyLines: true,
    });
    assert.deepEqual(errors, []);
    assert.deepEqual(
      data.map((row) => [
        row.record_id,
        row.associated_record_id,
        row.verdict,
        row.verdict_reason,
        row.expected_labels,
        row.source,
      ]),
      rows.map(([from, to, verdict, reason, labels, lines]) => [
        from,
        to,
        verdict,
        reason,
        labels,
        lines.map((line) => `a "b",c.csv:${line}`).join('; '),
      ]),
    );
    assert.deepEqual(
      data.map(({ state }) => state),
      ['found', 'found', 'found', 'found', 'found', 'found', 'found', 'failed', 'none', 'not asked'],
    );
    assert.deepEqual([data[0]?.labels, data[3]?.labels, data[3]?.association_types], ['Billing contact', '', '']);
  });

test('a reason that a spreadsheet would take for a formula is none', () => {
  const { data } = Papa.parse<string[]>(written('csvForSpreadsheets').slice(1), { newline: '\r\n' });
  assert.ok(data.flat().includes(`'${hard}`));
  for (const cell of data.flat()) assert.doesNotMatch(cell, /^=(?!"\d+"$)/);
});

const verdicts: Readonly<Record<string, string>> = {
  confirmed: 'asExpected',
  'label differs': 'differs',
  'no such record': 'noSuchRecord',
  'cannot tell': 'cannotTell',
};

function isWhole(read: readonly JsonRow[]): void {
  assert.deepEqual(
    read.map((row) => [row.recordId, row.associatedRecordId, row.verdict, row.reason ?? '', row.expectedLabels ?? []]),
    rows.map(([from, to, verdict, reason, labels]) => [
      from,
      to,
      verdicts[verdict] ?? verdict,
      reason,
      labels === '' ? [] : [labels],
    ]),
  );
  assert.deepEqual(
    read.map(({ lines = [] }) => lines),
    rows.map(([, , , , , lines]) => lines),
  );
  assert.equal(read[0]?.source, 'a "b",c.csv:1');
  assert.deepEqual([read[9]?.state, read[9]?.associations, read[3]?.types], ['notAsked', undefined, undefined]);
}

test('json and ndjson of a check hold the same, and the second equation', () => {
  const read = JSON.parse(written('json')) as { about: About; rows: JsonRow[] };
  isWhole(read.rows);
  assert.deepEqual(read.about.verdicts, {
    expected: 8,
    asExpected: 1,
    differs: 1,
    missing: 1,
    noSuchRecord: 1,
    cannotTell: 4,
    unexpected: 2,
    unexpectedAtLeast: true,
  });
  const [first, ...others] = written('ndjson').trimEnd().split('\n');
  assert.deepEqual(JSON.parse(first!).about.verdicts, check.counts);
  isWhole(others.map((line) => JSON.parse(line)));
});

test('markdown of a check keeps one row a line and eight cells a row', () => {
  const text = written('markdown');
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  assert.equal(lines.length, rows.length + 2);
  for (const line of lines) assert.equal(line.replace(/\\./g, '').split('|').length, 10, line);
  assert.match(
    text,
    /^\| 1 \| 73 \| missing: not checked whether both records exist \| {2}\| a "b",c\.csv:3 \| {2}\|/m,
  );
  const [sum, unexpected] = aboutLines(about).slice(-3);
  assert.equal(sum, '8 expected = 1 confirmed + 1 label differs + 1 missing + 1 no such record + 4 cannot tell');
  assert.equal(unexpected, 'Unexpected: at least 2');
});

test('lists of ids hold what the rows show, but no id of the file that the mapping does not have', () => {
  assert.equal(written('recordIds'), '1\n2\n3\n4\n');
  assert.equal(written('associatedIds'), '70\n71\n72\n73\n74\n75\n76\n');
  assert.doesNotMatch(written('sqlInRecords'), /\b9\b(?!:)/);
  const missing = arrangedTable(answer, { check }, { chips: ['verdict:missing'] }).shownRows();
  assert.equal(written('pairs', context, missing), '1\t73\n');
  assert.doesNotMatch(written('pairs'), /900|^9\t/m);
});

test('no id of the file has the name of another record', () => {
  const named: RowContext = { ...context, nameOf: (end, id) => `${end} ${id} by name` };
  for (const format of ['csv', 'json', 'markdown'] as const) {
    const text = written(format, named);
    assert.match(text, /associated 73 by name/, format);
    assert.doesNotMatch(text, /associated 900 by name|record 9 by name/, format);
  }
});

test('an ordinary look-up is written as ever', () => {
  const ordinary = new ShownRows(new Rows(answer));
  for (const format of ['csv', 'json', 'markdown'] as const) {
    assert.doesNotMatch(
      written(format, context, ordinary).replace(/"about"[\s\S]*?\n\}/, ''),
      /verdict":|Verdict|verdict,/,
    );
  }
});
