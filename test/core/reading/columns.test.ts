/** Files in pieces: the same as in one go, wherever the pieces are cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import Papa from 'papaparse';
import { type ColumnChoice, csvColumns, jsonKeys, readColumn } from '../../../src/core/reading/file/readColumn.ts';
import type { RecordIdsReading } from '../../../src/core/reading/found/reading.ts';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';
import { DelimitedScanner } from '../../../src/core/reading/table/delimitedScanner.ts';

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r\n', ' ', 'ü', '9', '👍', 'x', '語'), maxLength: 8 }),
  fc.constantFrom(
    '1.23457E+11',
    '0',
    '007',
    'N/A',
    '5;6',
    '"7"',
    '-3',
    '1,234,567',
    'https://app.hubspot.com/contacts/1/deal/99',
    '123.0',
    '',
  ),
  fc.stringMatching(/^[1-9]\d{0,18}$/),
);
const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 15 });
const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });

function content(reading: RecordIdsReading) {
  const bare = <T extends { character?: number }>({ character: _, ...rest }: T) => rest;
  return { ids: reading.ids.map(bare), ignored: reading.ignored, unsure: reading.unsure };
}

test('a column of CSV', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      sizes,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.constantFrom(0, 1, 2),
      async (rows, pieces, newline, mark, column) => {
        const headers = ['Deal ID', 'Name', 'Notes'];
        [headers[0], headers[column]] = [headers[column]!, headers[0]!];
        const text = Papa.unparse([headers, ...rows], { newline, delimiter: ',' });
        const bytes = new TextEncoder().encode((mark ? '\ufeff' : '') + text);
        const choice: ColumnChoice = { kind: 'column', table: csvColumns(`Deal ID,Name,Notes${newline}`), column };
        const described = csvColumns(text);
        const withHeader: ColumnChoice = described.dialect.delimiter === 44 ? { ...choice, table: described } : choice;
        const inOneGo = await readColumn([bytes], withHeader);
        const inPieces = await readColumn(cut(bytes, pieces), withHeader);
        assert.deepEqual(inPieces.ids, inOneGo.ids);
        assert.deepEqual(content(inPieces), content(inOneGo));
        for (const { id, offset, length, line, character } of inPieces.ids) {
          assert.equal(text.slice(offset, offset + length), id);
          assert.equal(text.slice(0, offset).split('\n').length - 1, line);
          assert.equal(offset - (text.lastIndexOf('\n', offset - 1) + 1), offset === 0 ? 0 : character);
        }
        if (described.dialect.delimiter === 44 && rows.length > 0) {
          // Read whole, the other columns have their say too.
          const whole = content(readRecordIds(text, 'csv'));
          const { ids, ignored, unsure } = content(inPieces);
          // Where the ids' column is empty all the way down, addresses in another one are read in its stead.
          const isFilled = column === 0 && rows.some((row) => row[0]?.trim());
          if (isFilled || ids.length > 0) assert.deepEqual(ids, whole.ids);
          const places = new Set([...whole.ignored, ...whole.unsure].map((each) => JSON.stringify(each)));
          for (const each of [...ignored, ...unsure]) assert.ok(places.has(JSON.stringify(each)), JSON.stringify(each));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a key of JSON and of JSON lines', async () => {
  const value = fc.oneof(
    fc.stringMatching(/^[1-9]\d{0,18}$/),
    fc.constantFrom('0', '1.5', '-2', 'null', '"5;6"', '"ü👍"', '"1.2E+11"', '[1,2]', '{}', 'true'),
  );
  const entry = fc
    .tuple(value, fc.jsonValue({ maxDepth: 1 }))
    .map(([id, noise]) => `{"x_noise":${JSON.stringify(noise)},"dealId":${id}}`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { minLength: 2, maxLength: 12 }),
      sizes,
      fc.boolean(),
      async (entries, pieces, lines) => {
        const text = lines ? entries.join('\r\n') : `[\n${entries.join(',\n')}\n]`;
        const bytes = new TextEncoder().encode(text);
        const choice: ColumnChoice = { kind: 'key', path: lines ? 'dealId' : '[].dealId', objectType: '0-3' };
        const inOneGo = await readColumn([text], choice);
        const inPieces = await readColumn(cut(bytes, pieces), choice);
        assert.deepEqual(inPieces.ids, inOneGo.ids);
        assert.deepEqual(content(inPieces), content(inOneGo));
        for (const { id, offset, length, line, character } of inPieces.ids) {
          assert.equal(text.slice(offset, offset + length), id);
          assert.equal(text.slice(0, offset).split('\n').length - 1, line);
          assert.equal(offset - (text.lastIndexOf('\n', offset - 1) + 1), character);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('cells are where a CSV library finds them', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.array(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '1', 'ü', ';'), maxLength: 6 }), {
          minLength: 1,
          maxLength: 4,
        }),
        { minLength: 1, maxLength: 8 },
      ),
      fc.constantFrom('\n', '\r\n'),
      (rows, newline) => {
        const text = Papa.unparse(rows, { newline });
        const expected = Papa.parse<string[]>(text, { delimiter: ',', newline }).data.filter(
          (row) => row.length > 1 || row[0] !== '',
        );
        const cells: string[][] = [];
        let row: string[] = [];
        new DelimitedScanner(44).scan(
          text,
          0,
          true,
          (_, start, end) => {
            row.push(
              text.charAt(start - 1) === '"' ? text.slice(start, end).replaceAll('""', '"') : text.slice(start, end),
            );
            return undefined;
          },
          {
            onRow: () => {
              if (row.length > 1 || row[0] !== '') cells.push(row);
              row = [];
            },
          },
        );
        assert.deepEqual(cells, expected);
      },
    ),
    { numRuns: 500 },
  );
});

test('columns are proposed by header and content', () => {
  const { columns, hasHeader } = csvColumns(
    '\ufeffRecord ID,Deal Name,Ext,Associated Company IDs\n5,a,17982944313,6;7\n8,b,17982944314,\n',
  );
  assert.equal(hasHeader, true);
  assert.deepEqual(
    columns.map(({ header, likely, isDefault, objectType }) => ({ header, likely, isDefault, objectType })),
    [
      { header: 'Record ID', likely: 'recordIds', isDefault: true, objectType: '0-3' },
      { header: 'Deal Name', likely: 'no', isDefault: false, objectType: undefined },
      { header: 'Ext', likely: 'maybe', isDefault: false, objectType: undefined },
      { header: 'Associated Company IDs', likely: 'recordIds', isDefault: false, objectType: '0-2' },
    ],
  );
  assert.deepEqual(columns[3]!.samples, ['6;7']);
});

test('keys are proposed by name and content, the default first', () => {
  const keys = jsonKeys(
    '{"portalId":5,"results":[{"from":{"id":"901"},"to":[{"toObjectId":512}],"ext":17982944313},{"from":{"id":"902"},"to":[{"toOb',
  );
  assert.deepEqual(
    keys.map(({ path, likely, isDefault, count }) => [path, likely, isDefault, count]),
    [
      ['results[].from.id', 'recordIds', true, 2],
      ['results[].to[].toObjectId', 'recordIds', false, 1],
      ['results[].ext', 'maybe', false, 1],
      ['portalId', 'no', false, 1],
    ],
  );
});

test('what stands beside the values tells the types of keys, unless it differs', () => {
  const event = (pair: string, from: number) =>
    JSON.stringify({ associationType: pair, fromObjectId: from, toObjectId: 512, objectTypeId: '0-5', objectId: 7 });
  const types = (text: string) =>
    jsonKeys(text).flatMap(({ path, objectType }) => (objectType ? [[path, objectType]] : []));
  assert.deepEqual(types(`[${event('CONTACT_TO_COMPANY', 901)},${event('CONTACT_TO_COMPANY', 902)}]`), [
    ['[].objectId', '0-5'],
    ['[].fromObjectId', '0-1'],
    ['[].toObjectId', '0-2'],
  ]);
  assert.deepEqual(types(`${event('CONTACT_TO_COMPANY', 901)}\n${event('DEAL_TO_COMPANY', 902)}`), [
    ['objectId', '0-5'],
    ['toObjectId', '0-2'],
  ]);
});

test('an aborted run ends with the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('stopped by the user');
  async function* endless(): AsyncGenerator<string> {
    yield 'Deal ID,Name\n';
    for (let row = 1; ; row++) yield `${row},x\n`;
  }
  const choice: ColumnChoice = { kind: 'column', table: csvColumns('Deal ID,Name\n1,x\n'), column: 0 };
  const progress: number[] = [];
  await assert.rejects(
    readColumn(endless(), choice, {
      signal: controller.signal,
      onProgress: ({ ids }) => {
        progress.push(ids);
        if (ids >= 100) controller.abort(reason);
      },
    }),
    reason,
  );
  assert.ok(progress.at(-1)! >= 100);
});

test('UTF-16 is read where its mark says so', async () => {
  const text = 'Deal ID\tName\r\n17982944313\tGröße\r\n';
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const choice: ColumnChoice = { kind: 'column', table: csvColumns(text), column: 0 };
  const { ids } = await readColumn(cut(bytes, [1, 5]), choice);
  assert.deepEqual(ids, [{ id: '17982944313', offset: 14, length: 11, line: 1, character: 0, objectType: '0-3' }]);
});

test('an error of the file comes through', async () => {
  const broken = new Error('disk gone');
  async function* failing(): AsyncGenerator<string> {
    yield 'Deal ID\n1\n';
    throw broken;
  }
  await assert.rejects(readColumn(failing(), { kind: 'column', table: csvColumns('Deal ID\n1\n'), column: 0 }), broken);
});

test('marks, lone carriage returns and digits in the header are no ids', async () => {
  const text = 'Deal ID 2,Name\r5,y\r6,"z"\n7,w\n8,v';
  const choice: ColumnChoice = { kind: 'column', table: csvColumns(text), column: 0 };
  const { ids } = await readColumn([`\ufeff${text}`], choice);
  assert.deepEqual(
    ids.map(({ id, line, offset }) => [id, line, text.slice(offset, offset + 1)]),
    [
      ['5', 1, '5'],
      ['6', 2, '6'],
      ['7', 3, '7'],
      ['8', 4, '8'],
    ],
  );
});
