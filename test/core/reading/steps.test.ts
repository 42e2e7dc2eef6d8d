/** Long texts are read in steps, so that whoever reads them on a busy thread can let others work in between. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupByType } from '../../../src/core/reading/found/typeHints.ts';
import { readingWhole, readWhole } from '../../../src/core/reading/readRecordIds.ts';
import { readAt, readingAt, readingSelections, readSelections } from '../../../src/core/reading/selections.ts';
import type { Steps } from '../../../src/core/reading/steps.ts';
import { placesIn, placing, storedText } from '../../../src/ids/idPlaces.ts';

/** In UTF-16 code units. */
const size = 4_000_000;

function repeated(head: string, line: string): string {
  return head + line.repeat(Math.ceil(size / line.length));
}

const texts: Readonly<Record<string, string>> = {
  'a log': repeated('', '2026-11-20T02:14:07.112Z INFO crm-sync[2217] deal 17983563713 upserted in 40ms\n'),
  'a list': repeated('', '17983563713\n'),
  'a table': repeated('Record ID,Name\n', '17983563713,Jane Doe\n'),
  'a drawn table': repeated('| Deal ID | Name |\n|---|---|\n', '| 17983563713 | Jane Doe |\n'),
  'a table under a heading': repeated('These are wrong:\n\nDeal ID,Name\n', '17983563713,Jane Doe\n'),
  'one long line': repeated('', 'deal 17983563713 '),
  JSON: `${repeated('{"results":[', '{"id":"17983563713","name":"Jane"},')}{}]}`,
};

const range = Array.from({ length: 100_000 }, (_, nth) => nth);

/** How many steps there are, and the result. */
function counted<Result>(steps: Steps<Result>): { count: number; result: Result } {
  for (let count = 1; ; count++) {
    const step = steps.next();
    if (step.done) return { count, result: step.value };
  }
}

for (const [name, text] of Object.entries(texts)) {
  test(`${name}: no step takes more than a part of it, and the steps come to the same as all at once`, () => {
    const whole = counted(readingWhole(text, 'plaintext'));
    const atOnce = readWhole(text, 'plaintext');
    assert.ok(whole.count >= 4, `${whole.count} steps`);
    assert.ok(atOnce.idPlaces.length > 10_000);
    assert.equal(whole.result.idPlaces.length, atOnce.idPlaces.length);
    assert.equal(whole.result.format, atOnce.format);
    assert.deepEqual(whole.result.distinctIds, atOnce.distinctIds);
  });

  test(`${name}: a selection and a cursor in it`, () => {
    const selections = [{ start: 100, end: text.length - 100 }];
    const part = counted(readingSelections({ text, selections }));
    assert.ok(part.count >= 4, `${part.count} steps`);
    assert.deepEqual(part.result.distinctIds, readSelections({ text, selections }).distinctIds);
    const at = counted(readingAt(text, text.length >> 1));
    assert.deepEqual(at.result.reading.distinctIds, readAt(text, text.length >> 1).reading.distinctIds);
  });
}

test('what is made of a million ids is made in steps, and comes to the same as all at once', () => {
  const text = repeated('', 'deal 17983563713, contact 17983563714, 5 times in 2026-11-20\n');
  const reading = readWhole(text);
  const listing = counted(reading.listing());
  assert.ok(listing.count > (reading.ids.length + reading.ignored.length) / 40_000, `${listing.count} steps`);
  assert.deepEqual(reading.ids.slice(0, 9), readWhole(text).ids.slice(0, 9));
  const given = counted(placing('file:///deals.csv', reading.ids));
  assert.ok(given.count > reading.ids.length / 20_000, `${given.count} steps`);
  const { ids, asked, places } = given.result;
  assert.deepEqual([ids, asked.list()], [['17983563713', '17983563714'], ids]);
  assert.deepEqual(places.stored, placesIn('file:///deals.csv', reading.ids).places.stored);
  assert.equal(places.of('17983563714').length, reading.ids.length / 2);
  const written = [...storedText(places.stored)];
  assert.deepEqual(JSON.parse(written.join('')), places.stored);
  const many = { uri: 'file:///"a".csv', lines: range, offsets: range, more: { 0: [1, 2], 7: range } };
  const pieces = [...storedText(many)];
  assert.deepEqual(JSON.parse(pieces.join('')), many);
  assert.ok(pieces.length > 20, `${pieces.length} pieces`);
  const groups = counted(groupByType(reading));
  assert.ok(groups.count > reading.ids.length / 20_000, `${groups.count} steps`);
  assert.deepEqual(
    groups.result.map(({ objectType, ids: [id] }) => [objectType, id]),
    [
      ['0-3', '17983563713'],
      ['0-1', '17983563714'],
    ],
  );
});
