/** Texts of a megabyte and more that were made to be hard: what is in them is found all the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvColumns, readColumn } from '../../../src/core/reading/file/readColumn.ts';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';
import { readAt, readSelections } from '../../../src/core/reading/selections.ts';

const megabyte = 1_000_000;
const id = '17982944313';

function last(text: string, languageId?: string): string {
  const { ids } = readRecordIds(text, languageId);
  return `${ids.length} ${ids.at(-1)?.id} ${ids.at(-1)?.objectType ?? '-'}`;
}

const texts: readonly (readonly [string, string, string])[] = [
  ['a megabyte of words without a line break', `${'lorem ipsum '.repeat(megabyte / 12)} deal ${id}`, `1 ${id} 0-3`],
  ['a megabyte without a blank', `${'x'.repeat(megabyte)} deal ${id}`, `1 ${id} 0-3`],
  ['a megabyte of digits', `${'9'.repeat(megabyte)} deal ${id}`, `1 ${id} 0-3`],
  ['a megabyte of blanks', `x${' '.repeat(megabyte)} deal ${id}`, `1 ${id} 0-3`],
  ['a megabyte of ids in one line', `${`${id},`.repeat(megabyte / 12)}5`, `${Math.floor(megabyte / 12) + 1} 5 -`],
  ['JSON nested a million deep', `${'['.repeat(megabyte)}{"dealId":${id}}`, `1 ${id} 0-3`],
  ['JSON objects nested deep', `${'{"a":'.repeat(200_000)}{"dealId":${id}}${'}'.repeat(200_000)}`, `1 ${id} 0-3`],
  ['JSON with a megabyte in a string', `{"a":"${'x'.repeat(megabyte)}","dealId":${id}}`, `1 ${id} 0-3`],
  [
    'JSON with a megabyte of escapes in a string',
    `{"a":"${'\\n\\"'.repeat(megabyte / 4)}","dealId":${id}}`,
    `1 ${id} 0-3`,
  ],
  ['JSON with a key of a megabyte', `{"${'\\\\'.repeat(megabyte / 2)}":1,"dealId":${id}}`, `1 ${id} 0-3`],
  [
    'JSON with as many different keys',
    `{${Array.from({ length: 50_000 }, (_, n) => `"k${n}":1`).join(',')},"dealId":${id}}`,
    `1 ${id} 0-3`,
  ],
  ['a CSV cell of half a megabyte', `Deal ID,Notes\n5,"${'x\n'.repeat(megabyte / 4)}"\n${id},y\n`, `2 ${id} 0-3`],
  [
    'CSV whose quotes never close',
    `Deal ID,Notes\n${`5,"x\n`.repeat(megabyte / 5)}${id},y\n`,
    `${megabyte / 5 + 1} ${id} 0-3`,
  ],
  ['a CSV row of a hundred thousand cells', `Deal ID,b\n${id}${',x'.repeat(100_000)}\n`, `1 ${id} 0-3`],
  ['lone halves of surrogate pairs', `${'\ud800'.repeat(megabyte)} deal ${id}`, `1 ${id} 0-3`],
  ['brackets and quotes', `${'("['.repeat(megabyte / 3)} deal ${id}`, `1 ${id} 0-3`],
];

for (const [name, text, expected] of texts) {
  test(`reads ${name}`, () => {
    assert.equal(last(text, text.startsWith('Deal ID,') ? 'csv' : undefined), expected);
  });
}

test('lines are counted on behind strings of a megabyte, closed or not', () => {
  const long = 'x'.repeat(megabyte);
  const { ids, format } = readRecordIds(
    `{\n"a":\n\r\n"${long}",\n"dealId": ${id},\n"b": "${long}\n,\n"dealId": 5}`,
    'json',
  );
  assert.deepEqual(
    ids.map((found) => [found.id, found.line]),
    [
      [id, 4],
      ['5', 7],
    ],
  );
  assert.equal(format, 'brokenJson');
});

test('a cell that never ends is read in pieces as in one go', async () => {
  const text = `Deal ID,Notes\n5,"${'x,\n'.repeat(400_000)}`;
  const choice = { kind: 'column', table: csvColumns(text.slice(0, 65_536)), column: 0 } as const;
  function* chunks(): Generator<string> {
    for (let at = 0; at < text.length; at += 7_001) yield text.slice(at, at + 7_001);
  }
  const inPieces = await readColumn(chunks(), choice);
  const inOneGo = await readColumn([text], choice);
  assert.deepEqual(inPieces.ids, inOneGo.ids);
  assert.equal(inPieces.ids[0]?.id, '5');
});

test('ten thousand selections in one line', () => {
  const text = `${id} `.repeat(10_000);
  const selections = Array.from({ length: 10_000 }, (_, n) => ({ start: n * 12, end: n * 12 + 11 }));
  assert.equal(
    readSelections({
      text: `x ${text}`,
      selections: selections.map(({ start, end }) => ({ start: start + 2, end: end + 2 })),
    }).ids.length,
    10_000,
  );
});

test('a cursor in the middle of a megabyte', () => {
  const text = `${'x'.repeat(megabyte)} deal ${id} ${'x'.repeat(megabyte)}`;
  assert.deepEqual(readAt(text, megabyte + 8).reading.distinctIds, [id]);
  assert.deepEqual(readAt(text, 500_000).reading.distinctIds, [id]);
});
