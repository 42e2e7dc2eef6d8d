/** Every number gets one verdict: each bare number of 7 to 19 digits is an id, unsure, ignored or of a source that was not read. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { type ColumnChoice, csvColumns, readColumn } from '../../../src/core/reading/file/readColumn.ts';
import type { RecordIdsReading } from '../../../src/core/reading/found/reading.ts';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';
import { readSelections } from '../../../src/core/reading/selections.ts';

/** Numbers that no letter, digit or sign of a name stands beside. What follows a percent sign may be an escape: `%28809324115`. */
const bare = /(?<![\p{L}\p{N}\p{M}_.%\-\\])\d{7,19}(?![\p{L}\p{N}\p{M}_.\-\\])/gu;

interface Span {
  readonly offset: number;
  readonly length: number;
}

/** The verdicts on each bare number that `isAsked` asks for: how many there are. */
function assertJudged(
  text: string,
  reading: RecordIdsReading,
  isAsked: (offset: number, length: number) => boolean,
): void {
  const spans: Span[] = [...reading.ids, ...reading.unsure, ...reading.ignored].sort((a, b) => a.offset - b.offset);
  let unread = reading.sources.reduce((sum, { read, count }) => sum + (read ? 0 : count), 0);
  const numbers = [...text.matchAll(bare)].filter(({ 0: digits, index }) => isAsked(index, digits.length));
  for (const { 0: digits, index } of numbers) {
    const verdicts = spans.filter(({ offset, length }) => offset <= index && offset + length >= index + digits.length);
    if (verdicts.length === 0) unread--;
    assert.ok(verdicts.length <= 1, `${digits} has ${verdicts.length} verdicts in ${JSON.stringify(text)}`);
    assert.ok(unread >= 0, `${digits} vanished from ${JSON.stringify(text)}`);
  }
}

const all = () => true;
const corpus = fileURLToPath(new URL('./corpus/', import.meta.url));
const texts = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.\w+$/.test(file) && !/\.(?:expected|gitattributes)$/.test(file))
  .map((file) => readFileSync(corpus + file, 'utf8'));
const languages = [undefined, 'plaintext', 'csv', 'json', 'sql', 'markdown', 'log'];

test('in the texts of the corpus, whatever language they are said to be', () => {
  for (const text of texts) for (const language of languages) assertJudged(text, readRecordIds(text, language), all);
});

test('in strings behind or between the values of JSON, which stand under no key', () => {
  for (const text of [
    '{"id":"2234567"} "deal 1798294"',
    '{"id":"2234567"},"note":"deal 1798294"',
    '{"id":"1"}\r\n{"id":"2"}"7001","note":"Call about deal 1798294',
  ]) {
    assertJudged(text, readRecordIds(text), all);
    const { ids, unsure } = readRecordIds(text);
    assert.ok(!ids.some(({ id }) => id === '1798294'), 'it is of other records than those of the values');
    assert.deepEqual(
      unsure.map(({ reason }) => reason),
      ['keyUnclear'],
    );
  }
});

test('of sources of the same name, where one is read and another one is not', () => {
  const twoTables =
    '| ID | Deal ID |\n|---|---|\n| 1152026 | 51234567 |\n\nThe rest:\n\n| ID | Name |\n|---|---|\n| 2152026 | Acme |\n';
  for (const text of [
    '["7654321", "deal 8654321 was merged"]',
    '{"ids":["deal 7654321",8654321]}',
    '[{"id":"deal 7654321"},{"id":8654321}]',
    '{"deals":["see deal 7654321 and contact 7654399", "8654321"]}',
    twoTables,
  ]) {
    const reading = readRecordIds(text);
    assertJudged(text, reading, all);
    const read = reading.sources.reduce((sum, source) => sum + (source.read ? source.count : 0), 0);
    assert.equal(read, reading.ids.length, `as many are listed as are read of ${text}`);
  }
});

test('behind a mark of the encoding in the middle of JSON', () => {
  for (const text of ['{"x":[5,\ufeff7654321,6]}', '\ufeff{"ids":[\ufeff7654321]}', '\ufeff7654321'])
    assertJudged(text, readRecordIds(text), all);
});

test('behind a date, in place of the rest of its time', () => {
  for (const time of ['10:1749686', '10:17982944313', '10:30:1749686', '10:30:00+01:1749686', '10:30:00+0117982944']) {
    for (const text of [`2024-05-01T${time}`, `"createdAt": "2024-05-01T${time}`, `at 2024-05-01 ${time} there`]) {
      const reading = readRecordIds(text);
      assertJudged(text, reading, all);
      assert.deepEqual([reading.ids, reading.unsure], [[], []], text);
    }
  }
});

test('in pieces of them, cut anywhere and put together', () => {
  const piece = fc.tuple(fc.constantFrom(...texts), fc.nat(2_000), fc.nat(300)).map(([text, from, length]) => {
    const start = Math.min(from, Math.max(0, text.length - 1));
    return text.slice(start, start + length);
  });
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.constantFrom(...languages), (pieces, language) => {
      const text = pieces.join('');
      assertJudged(text, readRecordIds(text, language), all);
    }),
    { numRuns: 2_000 },
  );
});

const part = fc.constantFrom(
  ...'28809324115|51234567|1234567|1764000000000|12345678901234567890|5|"|\'|`|,|;|:|=|(|)|[|]|{|}| |  |\n|\n\n|\t|/|//|/*|*/|#|-|+|%|$|€|?|&|deal |contact id |ids: |"id": |"value":|"name":"amount"|amount=|ownerId: |https://app.hubspot.com/contacts/62515/record/0-3/|https://x.org/|?id=|Deal ID,Name\n|Name,Amount\n|a;b\n|\u0660|- |* |without company|(ID: |from: |to: |type: "deal_to_contact"|| Deal ID | x |\n|---|---|\n| '.split(
    /(?<!\\)\|(?!\|)/,
  ),
  '\\',
  '\\n',
  '\\"',
  '|',
  '| Deal ID | x |\n|---|---|\n| ',
  'deals.map(d => d.id)\n[ ',
  'association between [',
  '] and [',
  '\n- [ ] ',
  '\n2. ',
  "'link': '",
  'to: [{ id: ',
);
const made = fc.array(part, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''));

test('in texts made of what the reader looks for', () => {
  fc.assert(
    fc.property(made, fc.constantFrom(...languages), (text, language) =>
      assertJudged(text, readRecordIds(text, language), all),
    ),
    {
      numRuns: 5_000,
      examples: [['28809324115https://x.org/28809324115:\\28809324115', undefined]],
    },
  );
});

/** A place with a verdict may hold several numbers: a phone number of which only a part is selected. */
const phoneInYaml = 'contacts:\n  - email: a@b.de\n    phone: +49 30 1234567\n    id: 51234567\n';

test('in selections, and selecting all is reading the whole', () => {
  fc.assert(
    fc.property(
      fc.oneof(made, fc.constantFrom(...texts.filter(({ length }) => length < 3_000))),
      fc.constantFrom(...languages),
      fc.array(fc.tuple(fc.nat(3_000), fc.nat(60)), { minLength: 1, maxLength: 3 }),
      (text, languageId, picked) => {
        const selections = picked.map(([start, length]) => ({
          start: Math.min(start % (text.length + 1), text.length),
          end: Math.min((start % (text.length + 1)) + length, text.length),
        }));
        const request = { text, ...(languageId ? { languageId } : {}) };
        const isSelected = (offset: number, length: number) =>
          selections.some(({ start, end }) => end > start && offset < end && offset + length > start);
        assertJudged(text, readSelections({ ...request, selections }), isSelected);
        const { ids, unsure, ignored } = readSelections({ ...request, selections: [{ start: 0, end: text.length }] });
        const whole = readRecordIds(text, languageId);
        assert.deepEqual({ ids, unsure, ignored }, { ids: whole.ids, unsure: whole.unsure, ignored: whole.ignored });
      },
    ),
    { numRuns: 2_000, examples: [[phoneInYaml, 'csv', [[phoneInYaml.indexOf(' +49'), 9]]]] },
  );
});

test('in a column that is read in pieces', async () => {
  const cell = fc.array(part, { maxLength: 5 }).map((parts) => `"${parts.join('').replaceAll('"', '""')}"`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(cell, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      async (cells, size) => {
        const text = `Deal ID,Name\n${cells.map((each) => `${each},x\n`).join('')}`;
        const choice: ColumnChoice = { kind: 'column', table: csvColumns('Deal ID,Name\n5,x\n'), column: 0 };
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!;
        assertJudged(text, await readColumn(pieces, choice), all);
      },
    ),
    { numRuns: 500 },
  );
});
