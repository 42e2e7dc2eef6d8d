/** What holds for every text whatsoever, hostile ones included. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RecordIdsReading } from '../../../src/core/reading/found/reading.ts';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';
import { readAt, readSelections } from '../../../src/core/reading/selections.ts';

const fragments = fc.constantFrom(
  ...[
    '17982944313',
    '5',
    '0',
    '007',
    '1,234',
    '-',
    '--',
    '+',
    '.',
    ',',
    ';',
    ':',
    '/',
    '\\',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '|',
    '\n',
    '\r',
    '\r\n',
    ' ',
    '\t',
    'deal ',
    'id',
    'ids: ',
    'contactId=',
    '"id":',
    'https://app.hubspot.com/contacts/1/record/0-3/',
    '/crm/v3/objects/deals/',
    'IN (',
    'E+11',
    'e5',
    '%',
    '$',
    '€',
    'ms',
    '2024-05-01',
    'T10:11:12Z',
    '10.0.0.1',
    '::',
    'null',
    '\u0000',
    '\ufeff',
    '\u200f',
    '\ud83d',
    '\ude00',
    '٣',
    '７',
    'ü',
    '取引',
    'ID',
    '|---|',
    '\n---\n',
    'Deal ID',
    'Record ID,',
    '//',
    '/*',
    '*/',
    '#',
    '=',
    '?',
    '&',
    '_',
    'x',
  ],
);
const anyText = fc.oneof(
  { weight: 5, arbitrary: fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.json() },
);
const language = fc.constantFrom(undefined, 'csv', 'json', 'markdown', 'log');

test('ids are digits at their offset, on their line, in order', () => {
  fc.assert(
    fc.property(anyText, language, (text, languageId) => check(text, readRecordIds(text, languageId))),
    { numRuns: 3_000 },
  );
});

test('the same holds for selections, which bring nothing from elsewhere', () => {
  const selection = fc.tuple(fc.nat({ max: 150 }), fc.nat({ max: 40 }));
  fc.assert(
    fc.property(anyText, language, fc.array(selection, { maxLength: 4 }), (text, languageId, picked) => {
      const selections = picked.map(([start, length]) => ({
        start: Math.min(start, text.length),
        end: Math.min(start + length, text.length),
      }));
      const reading = readSelections({ text, ...(languageId ? { languageId } : {}), selections });
      check(text, reading);
      for (const { offset, length } of reading.ids) {
        assert.ok(selections.some(({ start, end }) => start < offset + length && end > offset));
      }
    }),
    { numRuns: 1_500 },
  );
});

test('the same holds at any cursor', () => {
  fc.assert(
    fc.property(anyText, fc.nat({ max: 200 }), language, (text, offset, languageId) => {
      const { reading, start, end } = readAt(text, offset, languageId);
      assert.ok(start <= end && end <= text.length);
      check(text, reading);
    }),
    { numRuns: 1_000 },
  );
});

function check(text: string, reading: RecordIdsReading): void {
  let last = -1;
  for (const { id, offset, length, line } of reading.ids) {
    assert.match(id, /^[1-9]\d{0,18}$/);
    assert.equal(text.slice(offset, offset + length), id);
    assert.doesNotMatch(text.charAt(offset - 1) + text.charAt(offset + length), /\d/);
    assert.ok(offset > last, 'in order, each once');
    assert.equal(line, lineOf(text, offset));
    last = offset;
  }
  for (const { id, offset, line } of reading.unsure) {
    assert.match(id, /^[1-9]\d{0,18}$/);
    assert.equal(text.slice(offset, offset + id.length), id);
    assert.equal(line, lineOf(text, offset));
  }
  for (const { text: ignored, offset, line } of reading.ignored) {
    assert.equal(text.slice(offset, offset + ignored.length), ignored);
    assert.equal(line, lineOf(text, offset));
  }
}

function lineOf(text: string, offset: number): number {
  return (
    text.slice(0, offset).split(/\r\n|\r(?!\n)|\n/).length -
    1 -
    (text.charAt(offset) === '\n' && text.charAt(offset - 1) === '\r' ? 1 : 0)
  );
}
