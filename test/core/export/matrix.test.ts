import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { GroupAnswer } from '../../../src/core/answer/groupAnswer.ts';
import type { Cell } from '../../../src/core/domain/cell.ts';
import { aboutProperty } from '../../../src/core/export/about.ts';
import { delimited } from '../../../src/core/export/csv.ts';
import { type MatrixAbout, type MatrixFormat, matrixText } from '../../../src/core/export/matrix.ts';
import { AnswerTable } from '../../../src/core/rows/answerTable.ts';
import type { RowContext, ShownProperty } from '../../../src/core/rows/rows.ts';
import { madeAnswer, plain, primary, unread } from '../madeAnswer.ts';
import { typesOf } from '../rows/madeMatrix.ts';

const contacts = madeAnswer(
  [
    {
      id: '11',
      to: [
        { toId: '1', types: [plain] },
        { toId: '2', types: [plain] },
      ],
      truncation: 'cap',
    },
    { id: '12', state: 'notRead', problem: unread },
    { id: 'a,"b"' },
  ],
  { to: 'contacts', apiVersion: '2026-09' },
);
const companies = madeAnswer(
  [{ id: '11', to: [{ toId: '7', types: [plain, primary] }] }, { id: '12' }, { id: 'a,"b"' }],
  { to: 'companies' },
);
const answer = new GroupAnswer([contacts, companies], true);
const context: RowContext = {
  types: typesOf(['contacts', 'companies'], [contacts, companies]),
  placeOf: (record) => (record === 0 ? 'deals.csv:2' : undefined),
  nameOf: (_, id) => (id === '11' ? 'Pilot | ten "seats"' : undefined),
};
const about: MatrixAbout = {
  writtenBy: 'Associations for HubSpot',
  account: { name: 'Acme', environment: 'Production' },
  from: 'deals',
  apiVersion: 'v3',
  lookedUpAt: '2026-03-04T14:02:00.000Z',
  exportedAt: '2026-03-04T14:03:00.000Z',
  complete: false,
  completeness: 'incomplete',
  types: [{ to: 'contacts', label: 'Contacts', state: 'incomplete', sum: '3 asked = 1 found + 1 none + 1 not read' }],
  notAsked: [{ to: 'quotes', why: 'noRecords' }],
  rows: 3,
  rowsInAll: 3,
  notices: [],
};
const written = (format: MatrixFormat) =>
  [...matrixText(format, new AnswerTable(answer, context).everyRow(), context, about)].join('');

suite('a matrix in a file', () => {
  test('is CSV and TSV with a column for each type, and says why there is no number', () => {
    assert.deepEqual(written('csv').split('\r\n'), [
      'record_id,contacts,companies,source,record_name',
      '11,2+,1+,deals.csv:2,"Pilot | ten ""seats"""',
      '12,not read,0+,,',
      '"a,""b""",0,0+,,',
      '',
    ]);
    assert.equal(written('tsv').split('\r\n')[2], '12\tnot read\t0+\t\t');
  });

  test('has the properties shown before its types, each with what its cell is', () => {
    const cells: Readonly<Record<string, Cell>> = {
      '11': { kind: 'value', text: '1,200', value: 1200 },
      '12': { kind: 'unset' },
      'a,"b"': { kind: 'notRead', why: { kind: 'notAnId' } },
    };
    const amount: ShownProperty = {
      key: 'property:record:amount',
      end: 'record',
      name: 'amount',
      head: 'Amount',
      hasLabels: false,
      cellOf: (id) => cells[id]!,
      orderOf: () => undefined,
      whyText: () => '',
    };
    const counts = { value: 1, unset: 1, gone: 0, notRead: 1 };
    const told = {
      ...about,
      properties: [aboutProperty({ end: 'record', name: 'amount', label: 'Amount', counts, between: undefined })],
    };
    const shown = { ...context, properties: [amount] };
    const text = (format: MatrixFormat) =>
      [...matrixText(format, new AnswerTable(answer, shown).everyRow(), shown, told)].join('');
    assert.deepEqual(text('csv').split('\r\n').slice(0, 4), [
      'record_id,record.amount,record.amount.state,contacts,companies,source,record_name',
      '11,1200,value,2+,1+,deals.csv:2,"Pilot | ten ""seats"""',
      '12,,unset,not read,0+,,',
      '"a,""b""",,not read: notAnId,0,0+,,',
    ]);
    const { about: said, rows } = JSON.parse(text('json'));
    assert.equal(said.properties[0].notRead, 1);
    const valuesIn = ({ recordProperties, recordPropertiesWithout }: Record<string, unknown>) => [
      recordProperties,
      recordPropertiesWithout,
    ];
    assert.deepEqual(rows.map(valuesIn), [
      [{ amount: 1200 }, undefined],
      [{ amount: null }, undefined],
      [undefined, { amount: 'not read: notAnId' }],
    ]);
    const markdown = text('markdown');
    assert.match(markdown, /^\| Record \| Amount \| contacts \| companies \| Source \|\n\| --- \| --- \| ---: \|/m);
    assert.match(markdown, /^\| 11 .* \| 1,200 \| 2/m);
    assert.match(markdown, /Property amount of the record: 1 with a value, 1 unset/);
  });

  test('is JSON that says what it is about', () => {
    const { about: said, rows } = JSON.parse(written('json'));
    assert.deepEqual(said, about);
    assert.deepEqual(rows, [
      {
        recordId: '11',
        recordName: 'Pilot | ten "seats"',
        source: 'deals.csv:2',
        types: { contacts: { count: 2, atLeast: true }, companies: { count: 1, atLeast: true } },
      },
      { recordId: '12', types: { contacts: { state: 'notRead' }, companies: { count: 0, atLeast: true } } },
      { recordId: 'a,"b"', types: { contacts: { count: 0 }, companies: { count: 0, atLeast: true } } },
    ]);
  });

  test('is a Markdown table under what it is about', () => {
    const text = written('markdown');
    assert.match(text, /^# Everything that deals are associated with$/m);
    assert.match(text, /^- Not asked: quotes$/m);
    assert.match(text, /^\| Record \| contacts \| companies \| Source \|$/m);
    assert.match(text, /^\| 11 Pilot \\\| ten "seats" \| 2\\\+ \| 1\\\+ \| deals\.csv:2 \|$/m);
  });

  test('is one list of all associations, each with its object type', () => {
    const lists = [contacts, companies].map((each, at) => ({
      shown: new AnswerTable(each).everyRow(),
      type: { to: each.question.to, isFirst: at === 0 },
    }));
    const text = lists
      .flatMap(({ shown, type }) => [
        ...delimited(shown, {}, { delimiter: ',', spreadsheet: false, byteOrderMark: false, type }),
      ])
      .join('');
    const lines = text.split('\r\n');
    assert.match(lines[0]!, /^record_id,associated_type,associated_record_id,labels,/);
    assert.deepEqual(
      lines.slice(1, -1).map((line) => line.split(',').slice(0, 3).join()),
      [
        '11,contacts,1',
        '11,contacts,2',
        '12,contacts,',
        '"a,""b""",contacts',
        '11,companies,7',
        '12,companies,',
        '"a,""b""",companies',
      ],
    );
  });
});
