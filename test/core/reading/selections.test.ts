import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordIdsReading } from '../../../src/core/reading/found/reading.ts';
import { readAt, readSelections } from '../../../src/core/reading/selections.ts';

/** Reads the places where these parts stand in the text, each its first occurrence after the part before. */
function read(text: string, parts: readonly string[], languageId?: string): RecordIdsReading {
  let from = 0;
  const selections = parts.map((part) => {
    const start = text.indexOf(part, from);
    assert.ok(start >= 0, part);
    from = start + part.length;
    return { start, end: from };
  });
  return readSelections({ text, ...(languageId ? { languageId } : {}), selections });
}

function brief({ ids, ignored, unsure }: RecordIdsReading): string[] {
  return [
    ...ids.map(({ id, line, objectType }) => `${id} line ${line + 1} ${objectType ?? '-'}`),
    ...ignored.map(({ text, reason }) => `${text} ${reason}`),
    ...unsure.map(({ id, reason }) => `${id}? ${reason}`),
  ];
}

const csv = [
  'Deal ID,Name,Amount,Portal ID,Extra,Associated Company IDs',
  '17982944313,"Acme, 12",1200,62515,40404040,512;513',
  '17982944314,Foo,5000000,62515,40404041,514',
  '1.79829E+10,Bar,7,62515,40404042,',
].join('\n');

test('cells of a column of CSV have its type', () => {
  assert.deepEqual(brief(read(csv, ['17982944313', '17982944314'], 'csv')), [
    '17982944313 line 2 0-3',
    '17982944314 line 3 0-3',
  ]);
  assert.deepEqual(brief(read(csv, ['512;513', '514'])), ['512 line 2 0-2', '513 line 2 0-2', '514 line 3 0-2']);
  assert.deepEqual(brief(read(csv, ['513'])), ['513 line 2 0-2']);
  assert.deepEqual(brief(read(csv, ['1.79829E+10'])), ['1.79829E+10 rounded']);
});

test('whole rows of CSV are read by the column that is read by default', () => {
  const reading = read(csv, ['17982944313,"Acme, 12",1200,62515,40404040,512;513\n17982944314,Foo']);
  assert.deepEqual(brief(reading), ['17982944313 line 2 0-3', '17982944314 line 3 0-3', '40404040? columnUnclear']);
  assert.deepEqual(
    reading.sources.filter((source) => !source.read).map(({ name, count }) => [name, count]),
    [['Associated Company IDs', 2]],
  );
});

test('a selected column whose header says something else is only offered', () => {
  assert.deepEqual(brief(read(csv, ['5000000'])), ['5000000? columnUnclear']);
  assert.deepEqual(brief(read(csv, ['62515'])), ['62515? columnUnclear']);
  assert.deepEqual(brief(read(csv, ['40404040', '40404041'])), ['40404040 line 2 -', '40404041 line 3 -']);
});

test('half of a number is never read', () => {
  assert.deepEqual(brief(read(csv, ['9829443'])), ['17982944313 line 2 0-3']);
  assert.deepEqual(brief(read('deal 17982944313 lost', ['4313 lost'])), ['17982944313 line 1 0-3']);
});

const json =
  '{\n  "results": [\n    { "from": { "id": "901" }, "to": [{ "toObjectId": 512 }] }\n  ],\n  "portalId": 62515\n}';

test('values of JSON have their key', () => {
  assert.deepEqual(brief(read(json, ['"901"'], 'json')), ['901 line 3 -']);
  assert.deepEqual(brief(read(json, ['512'])), ['512 line 3 -']);
  assert.deepEqual(brief(read(json, ['62515'])), ['62515 portalId']);
  assert.deepEqual(brief(read('{"contactId": 901}', ['901'])), ['901 line 1 0-1']);
});

const log = [
  'deal 17982944313 synced in 5 ms from 10.0.0.1',
  'see https://app.hubspot.com/contacts/62515/record/0-1/901?x=1',
  'queue depth 42',
  'Company IDs:',
  '512',
  '513',
].join('\n');

test('numbers selected in a line have what the line says of them', () => {
  assert.deepEqual(brief(read(log, ['17982944313'])), ['17982944313 line 1 0-3']);
  assert.deepEqual(brief(read(log, ['901'])), ['901 line 2 0-1']);
  assert.deepEqual(brief(read(log, ['62515'])), ['62515 portalId']);
  assert.deepEqual(brief(read(log, ['10'])), ['10.0.0.1 ipAddress']);
});

test('a number that somebody selected is an id where nothing speaks against it', () => {
  assert.deepEqual(brief(read(log, ['42'])), ['42 line 3 -']);
  assert.deepEqual(brief(read('He wrote 17982944313.', ['17982944313'])), ['17982944313 line 1 -']);
});

test('numbers that are written together are read as what they are together', () => {
  assert.deepEqual(brief(read('see 17982944313:9018837421 today', ['17982944313:9018837421'])), [
    '17982944313 line 1 -',
    '9018837421 line 1 -',
  ]);
  assert.deepEqual(brief(read('deals = [5123456789L, 5123456780L]', ['5123456789L, 5123456780L'])), [
    '5123456789 line 1 0-3',
    '5123456780 line 1 0-3',
  ]);
  assert.deepEqual(brief(read('meeting ID: 823 4567 8901, join', ['823 4567 8901'])), ['823 4567 8901 phone']);
  assert.deepEqual(brief(read('Contacts (1,200)', ['1,200'])), ['1,200 thousands']);
  assert.deepEqual(brief(read('about 1,234,567', ['1,234,567'])), ['1,234,567 thousands']);
});

test('a selected list has the type of its heading', () => {
  assert.deepEqual(brief(read(log, ['512\n513'])), ['512 line 5 0-2', '513 line 6 0-2']);
});

test('several selections in any order come in the order of the text', () => {
  const selections = [
    { start: log.indexOf('901'), end: log.indexOf('901') + 3 },
    { start: 0, end: 16 },
    { start: 5, end: 16 },
    { start: 3, end: 3 },
  ];
  assert.deepEqual(brief(readSelections({ text: log, selections })), ['17982944313 line 1 0-3', '901 line 2 0-1']);
});

test('a selected table or JSON inside other text is read as such', () => {
  const text = 'As discussed:\n\nDeal ID,Name\n17982944313,Acme 99999999\n17982944314,Foo\n\nBye 5';
  assert.deepEqual(brief(read(text, ['Deal ID,Name\n17982944313,Acme 99999999\n17982944314,Foo\n'])), [
    '17982944313 line 4 0-3',
    '17982944314 line 5 0-3',
    '99999999 otherField',
  ]);
  assert.deepEqual(brief(read('body: {"dealId":17982944313,"n":5} end', ['{"dealId":17982944313,"n":5}'])), [
    '17982944313 line 1 0-3',
    '5 otherField',
  ]);
});

test('a cell of a Markdown table has its column', () => {
  const text = '| Name | Ticket ID |\n|---|---|\n| a | 77 |\n| b | 78 |\n';
  assert.deepEqual(brief(read(text, ['78'])), ['78 line 4 0-5']);
});

test('at the cursor: the number, then the word, then the line', () => {
  const at = (text: string, part: string, languageId?: string) => {
    const { reading, what, start, end } = readAt(text, text.indexOf(part) + 1, languageId);
    return [what, text.slice(start, end), ...brief(reading)];
  };
  assert.deepEqual(at(log, '17982944313'), ['word', '17982944313', '17982944313 line 1 0-3']);
  assert.deepEqual(at(log, 'https')[0], 'word');
  assert.deepEqual(at(log, 'https')[2], '901 line 2 0-1');
  assert.deepEqual(at(log, 'synced'), [
    'line',
    log.split('\n')[0],
    '17982944313 line 1 0-3',
    '5 duration',
    '10.0.0.1 ipAddress',
  ]);
  assert.deepEqual(at(csv, 'Foo', 'csv'), [
    'line',
    csv.split('\n')[2],
    '17982944314 line 3 0-3',
    '5000000 amount',
    '40404041? columnUnclear',
  ]);
  assert.deepEqual(at(json, '"from"', 'json').slice(2), ['901 line 3 -']);
  assert.deepEqual(readAt('', 0).reading.ids, []);
  assert.deepEqual(readAt('512', 3).reading.distinctIds, ['512']);
});
