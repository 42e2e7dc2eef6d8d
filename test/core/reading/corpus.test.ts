/**
 * Small texts as people paste them, each with what should be read: `<file>.expected` beside it. Its lines are `format`,
 * `id <digits> <line> <type or ->`, `ignored <line> <reason> <text>`, `unsure <line> <reason> <digits>` and
 * `other <count> <column or key that holds ids too>`; lines count from 1, as an editor shows them.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RecordIdsReading } from '../../../src/core/reading/found/reading.ts';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';

const corpus = fileURLToPath(new URL('./corpus/', import.meta.url));
const languages: Record<string, string> = {
  '.csv': 'csv',
  '.json': 'json',
  '.jsonc': 'jsonc',
  '.jsonl': 'jsonl',
  '.log': 'log',
  '.md': 'markdown',
  '.sql': 'sql',
  '.tsv': 'tsv',
  '.txt': 'plaintext',
};
const texts = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => extname(file) in languages)
  .sort();

test('the corpus is all there', () => {
  assert.ok(texts.length >= 150, `${texts.length} texts`);
});

for (const file of texts) {
  test(`reads ${file}`, () => {
    const text = readFileSync(corpus + file, 'utf8');
    const expected = readFileSync(`${corpus}${file}.expected`, 'utf8');
    const reading = readRecordIds(text, languages[extname(file)]);
    assert.equal(written(reading), expected);
    for (const { offset, length, id } of [...reading.ids, ...reading.unsure]) {
      assert.equal(text.slice(offset, offset + length), id);
    }
    for (const { offset, length, text: ignored } of reading.ignored) {
      assert.equal(text.slice(offset, offset + length), ignored);
    }
  });
}

function written(reading: RecordIdsReading): string {
  const lines = [
    `format ${reading.format}`,
    ...reading.ids.map(({ id, line, objectType }) => `id ${id} ${line + 1} ${objectType ?? '-'}`),
    ...reading.ignored.map(({ text, line, reason }) => `ignored ${line + 1} ${reason} ${text}`),
    ...reading.unsure.map(({ id, line, reason }) => `unsure ${line + 1} ${reason} ${id}`),
    ...reading.sources.filter(({ read }) => !read).map(({ name, count }) => `other ${count} ${name}`),
  ];
  return `${lines.join('\n')}\n`;
}
