import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import Papa from 'papaparse';
import type { AssociationType, Question } from '../../../src/core/domain/associations.ts';
import type { Existence } from '../../../src/core/domain/cell.ts';
import { type About, aboutAnswer, aboutFile, aboutLines } from '../../../src/core/export/about.ts';
import { type ExportFormatName, exportFormats } from '../../../src/core/export/formats.ts';
import type { JsonRow } from '../../../src/core/export/json.ts';
import { ShownRows } from '../../../src/core/rows/answerTable.ts';
import { type RowContext, Rows } from '../../../src/core/rows/rows.ts';
import { learn, type MadeRecord, madeAnswer, plain, primary } from '../madeAnswer.ts';
import { arrangedTable } from '../rows/arrangedTable.ts';

const hard = [
  'Billing "main" contact',
  'one,two;three\tfour',
  'first\nsecond\r\nthird',
  '=HYPERLINK("http://x.invalid","y")',
  '+1',
  '-1+2',
  '@SUM(A1)',
  '＝1+1',
  '\tstarts with a tab',
  '請求先担当者 | شريك `code` <b>',
  '\u202Eright to left',
  'ends with \\',
  ' spaces ',
  "'quoted'",
];
const label = (text: string, typeId = 50): AssociationType => ({ category: 'USER_DEFINED', typeId, label: text });

const records: readonly MadeRecord[] = [
  ...hard.map((text, at) => ({
    id: String(9223372036854775000n + BigInt(at)),
    to: [{ toId: String(9223372036854775807n - BigInt(at)), types: [plain, primary, label(text, 50 + at)] }],
  })),
  { id: '12' },
  { id: '13', to: [{ toId: '14', types: [plain] }], truncation: 'cap' },
  {
    id: '15',
    state: 'failed',
    problem: { kind: 'hubSpotError', category: 'X', message: '=cmd|"/c calc"!A1,\nand more' },
  },
  { id: "1); DROP TABLE deals; --\n'", state: 'notRead', problem: { kind: 'notRead', failure: { kind: 'notAnId' } } },
];
const answer = madeAnswer(records, { apiVersion: '2026-09' });
const shown = new ShownRows(new Rows(answer));
const about = aboutAnswer(answer, {
  account: { name: 'Acme\n-- DROP TABLE x;', environment: 'Production', portalId: '123' },
  startedAt: Date.UTC(2026, 2, 4, 14, 2),
  exportedAt: Date.UTC(2026, 2, 4, 14, 5),
  rows: shown.length,
  rowsInAll: shown.length,
  notices: ['v3 returns only\u2028the primary company.'],
});
const words: RowContext = {
  placeOf: (record) => `a,"b".csv:${record + 2}`,
  nameOf: (end, id) => `${end} "${id}",\n=x`,
};

function written(format: ExportFormatName, rows = shown, rowContext: RowContext = {}, said: About = about): string {
  return [...exportFormats[format].write(rows, rowContext, said)].join('');
}

/** What each row should say, straight from the Answer. */
function expected(): {
  id: string;
  toId: string;
  labels: string;
  primary: string;
  types: string;
  state: string;
  truncated: string;
}[] {
  const rows = [];
  for (let record = 0; record < answer.counts.asked; record++) {
    const state = answer.state(record) === 'notRead' ? 'not read' : answer.state(record);
    const base = { id: answer.recordId(record), state, truncated: String(answer.truncation(record) !== undefined) };
    if (answer.associationCount(record) === 0) rows.push({ ...base, toId: '', labels: '', primary: '', types: '' });
    for (let nth = 0; nth < answer.associationCount(record); nth++) {
      const types = answer.types(record, nth);
      rows.push({
        ...base,
        toId: answer.toId(record, nth),
        labels: types.flatMap((type) => (type.label && type.label !== 'Primary' ? [type.label] : [])).join('; '),
        primary: String(types.some((type) => type.label === 'Primary')),
        types: types.map((type) => `${type.category} ${type.typeId}`).join('; '),
      });
    }
  }
  return rows;
}

for (const [format, delimiter] of [
  ['csv', ','],
  ['tsv', '\t'],
] as const)
  test(`${format} is read back by another parser as it was`, () => {
    const { data, errors } = Papa.parse<Record<string, string>>(written(format), {
      header: true,
      delimiter,
      newline: '\r\n',
      skipEmptyLines: true,
    });
    assert.deepEqual(errors, []);
    assert.deepEqual(
      data.map((row) => ({
        id: row.record_id,
        toId: row.associated_record_id,
        labels: row.labels,
        primary: row.primary,
        types: row.association_types,
        state: row.state,
        truncated: row.truncated,
      })),
      expected(),
    );
    assert.equal(data.at(-2)?.problem, '=cmd|"/c calc"!A1,\nand more');
  });

test('names and places are columns where they are known', () => {
  const { data, errors } = Papa.parse<Record<string, string>>(written('csv', shown, words), {
    header: true,
    newline: '\r\n',
    skipEmptyLines: true,
  });
  assert.deepEqual(errors, []);
  assert.equal(data[0]?.source, 'a,"b".csv:2');
  assert.equal(data[0]?.record_name, 'record "9223372036854775000",\n=x');
  assert.equal(data[0]?.associated_record_name, 'associated "9223372036854775807",\n=x');
  assert.equal(data.at(-1)?.associated_record_name, '');
});

for (const [format, delimiter] of [
  ['csvForSpreadsheets', ','],
  ['tsvForSpreadsheets', '\t'],
] as const)
  test(`${format} keeps ids as text and lets no text be a formula`, () => {
    const text = written(format, shown, words);
    assert.equal(text.startsWith('\uFEFF'), format === 'csvForSpreadsheets');
    const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
      delimiter,
      newline: '\r\n',
      skipEmptyLines: true,
    });
    assert.deepEqual(errors, []);
    const cells = data.slice(1);
    const rows = expected();
    assert.equal(cells.length, rows.length);
    cells.forEach((row, at) => {
      const [id, toId, labels] = row;
      if (/^\d+$/.test(rows[at]!.id)) assert.equal(id, `="${rows[at]!.id}"`);
      assert.equal(toId, rows[at]!.toId && `="${rows[at]!.toId}"`);
      assert.equal(labels!.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''), rows[at]!.labels);
      for (const cell of row)
        assert.ok(!/^[=+\-@\t\r\n＝＋－＠]/.test(cell) || /^="[1-9]\d{0,18}"$/.test(cell), JSON.stringify(cell));
    });
  });

/** The rows of JSON and NDJSON, compared with the Answer. */
function isWhole(rows: readonly JsonRow[]): void {
  assert.deepEqual(
    rows.map((row) => ({
      id: row.recordId,
      toId: row.associatedRecordId ?? '',
      labels: row.labels?.join('; ') ?? '',
      primary: row.primary === undefined ? '' : String(row.primary),
      types:
        row.types
          ?.map((type) => `${(type as AssociationType).category} ${(type as AssociationType).typeId}`)
          .join('; ') ?? '',
      state: row.state === 'notRead' ? 'not read' : row.state,
      truncated: String(row.truncated),
    })),
    expected(),
  );
}

test('json says what it is and holds everything', () => {
  const read = JSON.parse(written('json', shown, words)) as { about: About; rows: JsonRow[] };
  assert.deepEqual(read.about, JSON.parse(JSON.stringify(about)));
  isWhole(read.rows);
  assert.equal(read.rows[0]?.associatedRecordName, 'associated "9223372036854775807",\n=x');
  assert.equal(read.rows.at(-2)?.problem, '=cmd|"/c calc"!A1,\nand more');
  assert.deepEqual(JSON.parse(written('json', new ShownRows(new Rows(madeAnswer([]))))).rows, []);
});

test('ndjson has one object a line, what it is in the first', () => {
  const lines = written('ndjson').split('\n');
  assert.equal(lines.pop(), '');
  const [first, ...rows] = lines.map((line) => JSON.parse(line));
  assert.deepEqual(first.about, JSON.parse(JSON.stringify(about)));
  isWhole(rows);
});

test('markdown keeps one row a line and five cells a row, whatever labels hold', () => {
  const text = written('markdown');
  const [, table] = text.split('\n\n').slice(-2);
  const lines = (table ?? '').trimEnd().split('\n');
  assert.equal(lines.length, expected().length + 2);
  for (const line of lines) assert.equal(line.replace(/\\./g, '').split('|').length, 7, line);
  assert.match(text, /^# Associations of deals with companies\n/);
  assert.match(text, /^- Incomplete: 18 asked/m);
  assert.ok(!text.includes('<b>'));
});

test('SQL holds digits only, each once, and comments end no line early', () => {
  const text = written('sqlInRecords');
  const statement = text
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n');
  const [, list] = /^IN \(([\d,\s]*)\)\s*$/.exec(statement) ?? [];
  const ids = expected()
    .map(({ id }) => id)
    .filter((id) => /^\d+$/.test(id));
  assert.deepEqual(
    list?.split(',').map((id) => id.trim()),
    [...new Set(ids)],
  );
  assert.match(text, /^-- Left out, because not a record ID: 1$/m);
  assert.match(text, /^-- Account: Acme -- DROP TABLE x; \(Production, 123\)$/m);
  const none = arrangedTable(answer, {}, { chips: ['none'] });
  assert.match(written('sqlInAssociated', none.shownRows()), /^IN \(NULL\)$/m);
  assert.match(written('sqlInRecords', none.shownRows()), /^IN \(\n {2}12\n\)$/m);
});

test('ids and pairs stand alone', () => {
  const toIds = expected()
    .map(({ toId }) => toId)
    .filter(Boolean);
  assert.deepEqual(written('associatedIds').trimEnd().split('\n'), toIds);
  assert.deepEqual(
    written('pairs').trimEnd().split('\n'),
    expected()
      .filter(({ toId }) => toId)
      .map(({ id, toId }) => `${id}\t${toId}`),
  );
});

test('an id that several records share is listed once', () => {
  const shared = madeAnswer([
    {
      id: '1',
      to: [
        { toId: '9', types: [plain] },
        { toId: '8', types: [plain] },
      ],
    },
    { id: '2', to: [{ toId: '9', types: [plain] }] },
  ]);
  const rows = new ShownRows(new Rows(shared));
  assert.equal(written('associatedIds', rows), '9\n8\n');
  assert.equal(written('recordIds', rows), '1\n2\n');
});

test('rows that are shown are exported, in the order shown', () => {
  const view = {
    chips: ['found'],
    filter: '9223372036854775',
    sort: [{ column: 'record', descending: true }],
  };
  const rows = arrangedTable(answer, {}, view).shownRows();
  const { data } = Papa.parse<string[]>(written('csv', rows), { newline: '\r\n', skipEmptyLines: true });
  assert.deepEqual(
    data.slice(1).map(([id]) => id),
    hard.map((_, at) => String(9223372036854775000n + BigInt(hard.length - 1 - at))),
  );
});

test('about never calls complete what v3 hides', () => {
  const about = (change: Partial<Question>) =>
    aboutAnswer(madeAnswer([{ id: '1' }], change), { account: { name: 'Acme' }, exportedAt: 0, rows: 1, rowsInAll: 1 });
  const v3 = about({});
  assert.deepEqual([v3.complete, v3.completeness], [false, 'primaryOnly']);
  assert.ok(aboutLines(v3).some((line) => line.startsWith('Complete for primary companies (v3): 1 asked')));
  const dated = about({ apiVersion: '2026-09' });
  assert.deepEqual([dated.complete, dated.completeness], [true, 'complete']);
  assert.ok(aboutLines(dated).some((line) => line.startsWith('Complete: 1 asked')));
  assert.equal(about({ to: 'contacts' }).completeness, 'complete');
  assert.equal(about({ from: 'company', to: 'notes' }).completeness, 'primaryOnly');
});

test('about says account, pair, version, times, completeness and what narrowed the rows', () => {
  const said = aboutAnswer(answer, {
    account: { name: 'Acme' },
    exportedAt: 0,
    rows: 1,
    rowsInAll: 18,
    view: { chips: ['none'], filter: ' ' },
  });
  assert.deepEqual(JSON.parse(aboutFile(said)), {
    writtenBy: 'Associations for HubSpot',
    account: { name: 'Acme' },
    from: 'deals',
    to: 'companies',
    apiVersion: '2026-09',
    exportedAt: '1970-01-01T00:00:00.000Z',
    complete: false,
    completeness: 'incomplete',
    counts: answer.counts,
    rows: 1,
    rowsInAll: 18,
    narrowedBy: { chip: 'none' },
    notices: [],
  });
});

test('about names several chips where several were chosen', () => {
  const narrowed = (chips: string[], filter = '') =>
    aboutAnswer(answer, { account: { name: 'Acme' }, exportedAt: 0, rows: 1, rowsInAll: 1, view: { chips, filter } });
  assert.deepEqual(narrowed(['none', 'failed'], 'x').narrowedBy, { chips: ['none', 'failed'], filter: 'x' });
  assert.ok(aboutLines(narrowed(['none', 'failed'], 'x')).includes('Narrowed by: none, failed, x'));
  assert.ok(!('narrowedBy' in narrowed([])));
});

test('every format with fields says how many associations a record has, and what became of one that has none', () => {
  const made = madeAnswer([
    { id: '1', to: ['7', '8'].map((toId) => ({ toId, types: [plain] })) },
    { id: '2' },
    { id: '3' },
    { id: '4' },
    { id: '5', state: 'notRead' },
  ]);
  const existences = new Map<string, Existence>([
    // Read at another time: the record was found with associations since.
    ['1', { kind: 'archived' }],
    ['2', { kind: 'missing' }],
    ['3', { kind: 'merged', into: '99' }],
    ['4', { kind: 'exists' }],
  ]);
  const context: RowContext = { existenceOf: (end, id) => (end === 'record' ? existences.get(id) : undefined) };
  const rows = new ShownRows(new Rows(made));
  const { data } = Papa.parse<Record<string, string>>(written('csv', rows, context), {
    header: true,
    newline: '\r\n',
    skipEmptyLines: true,
  });
  assert.deepEqual(
    data.map(({ record_id, state, associations, existence }) => [record_id, state, associations, existence]),
    [
      ['1', 'found', '2', ''],
      ['1', 'found', '2', ''],
      ['2', 'none', '0', 'no such record'],
      ['3', 'none', '0', 'merged into 99'],
      ['4', 'none', '0', 'exists'],
      ['5', 'not read', '', ''],
    ],
  );
  const read = JSON.parse(written('json', rows, context)) as { rows: JsonRow[] };
  assert.deepEqual(
    read.rows.slice(1).map(({ associations, existence, mergedInto }) => [associations, existence, mergedInto]),
    [
      [2, undefined, undefined],
      [0, 'missing', undefined],
      [0, 'merged', '99'],
      [0, 'exists', undefined],
      [undefined, undefined, undefined],
    ],
  );
  assert.match(written('markdown', rows, context), /^\| 2 \| {2}\| {2}\| no such record \| 0 \|$/m);
  assert.match(written('markdown', rows, context), /^\| 4 \| {2}\| {2}\| none \| 0 \|$/m);
});

test('whatever labels and messages hold, CSV and JSON give it back', () => {
  const text = fc.string({
    unit: fc.constantFrom('"', ',', '\n', '\r', '\t', '=', "'", '\\', 'ü', '😀', 'a', ' ', '\0'),
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
      const made = madeAnswer(texts.map((_, at) => ({ id: String(at + 1), state: 'notRead' as const })));
      texts.forEach((each, at) => {
        if (at % 2 === 0) learn(made, { id: String(at + 1), to: [{ toId: '5', types: [label(each, at)] }] });
        else
          learn(made, {
            id: String(at + 1),
            state: 'failed',
            problem: { kind: 'hubSpotError', category: 'X', message: each },
          });
      });
      const rows = new ShownRows(new Rows(made));
      const { data } = Papa.parse<Record<string, string>>(written('csv', rows), {
        header: true,
        newline: '\r\n',
        skipEmptyLines: true,
      });
      assert.deepEqual(
        data.map((row, at) => (at % 2 === 0 ? row.labels : row.problem)),
        texts,
      );
      const read = JSON.parse(written('json', rows)) as { rows: JsonRow[] };
      assert.deepEqual(
        read.rows.map((row, at) => (at % 2 === 0 ? row.labels?.[0] : row.problem)),
        texts,
      );
    }),
    { numRuns: 300 },
  );
});

test('a large export comes in chunks', () => {
  const many = madeAnswer(Array.from({ length: 20_000 }, (_, at) => ({ id: String(at + 1) })));
  for (const format of Object.keys(exportFormats) as ExportFormatName[]) {
    const chunks = [...exportFormats[format].write(new ShownRows(new Rows(many)), {}, about)];
    assert.ok(
      chunks.every((chunk) => chunk.length < 200_000),
      format,
    );
    if (format !== 'associatedIds' && format !== 'pairs' && format !== 'sqlInAssociated')
      assert.ok(chunks.length > 1, format);
  }
});

test('a format has names where it says so, and nowhere else', () => {
  const table = arrangedTable(madeAnswer([{ id: '1', to: [{ toId: '2', types: [plain] }] }]));
  const nameOf = (end: 'record' | 'associated') => `Name of the ${end}`;
  for (const [format, { hasNames, write }] of Object.entries(exportFormats)) {
    const text = [...write(table.shownRows(), { nameOf }, about)].join('');
    assert.equal(text.includes('Name of the record'), hasNames, format);
    assert.equal(text.includes('Name of the associated'), hasNames, format);
  }
});

test('about says how many names and existences are not read, where some are not', () => {
  const said = (namesNotRead: number) =>
    aboutAnswer(answer, { account: { name: 'Acme' }, exportedAt: 0, rows: 1, rowsInAll: 1, namesNotRead });
  assert.equal(said(301).namesNotRead, 301);
  assert.ok(!('namesNotRead' in said(0)));
  const unchecked = (existenceNotRead: number) =>
    aboutAnswer(answer, { account: { name: 'Acme' }, exportedAt: 0, rows: 1, rowsInAll: 1, existenceNotRead });
  assert.equal(unchecked(12).existenceNotRead, 12);
  assert.ok(!('existenceNotRead' in unchecked(0)));
});
