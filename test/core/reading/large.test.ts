/** Large files, read in pieces: of the file no more is held than the row or value at hand, and of the ids their places. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type ColumnChoice, csvColumns, readColumn } from '../../../src/core/reading/file/readColumn.ts';

const megabyte = 1_000_000;
/** Four times what may be held; the bench reads far larger ones. */
const size = 80 * megabyte;
const mostHeld = 20 * megabyte;
const firstId = 17_982_944_313;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are held: on the heap and in arrays beside it. */
function liveBytes(): number {
  // The first sweep may leave arrays to be freed behind it.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Chunks as a disk gives them, made while they are read: nothing but the reader could hold the file. */
function* fileOf(head: string, entry: (id: number) => string): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(head);
  for (let read = 0, id = firstId; read < size; ) {
    let chunk = '';
    while (chunk.length < megabyte) chunk += entry(id++);
    read += chunk.length;
    yield encoder.encode(chunk);
  }
}

const filler = 'called 2024-05-01, said yes, 99 of 100; '.repeat(100);
const files: readonly (readonly [string, string, (id: number) => string, ColumnChoice])[] = [
  [
    'CSV with line breaks in quotes',
    'Record ID,Notes\r\n',
    (id) => `${id},"said ""yes""\n${filler}"\r\n`,
    { kind: 'column', table: csvColumns('Record ID,Notes\r\n5,"x"\r\n'), column: 0 },
  ],
  [
    'NDJSON',
    '',
    (id) => `{"id":"${id}","properties":{"note":"said \\"yes\\"\\n${filler}"}}\n`,
    { kind: 'key', path: 'id' },
  ],
  [
    'JSON in one line',
    '{"results":[{"id":5}',
    (id) => `,{"id":"${id}","properties":{"note":"${filler}"}}`,
    { kind: 'key', path: 'results[].id' },
  ],
];

for (const [name, head, entry, choice] of files) {
  test(`80 MB of ${name} are read with little memory`, async () => {
    const before = liveBytes();
    let most = 0;
    let next = 0;
    const reading = await readColumn(fileOf(head, entry), choice, {
      onProgress: ({ read }) => {
        if (read < next) return;
        next = read + 8 * megabyte;
        most = Math.max(most, liveBytes() - before);
      },
    });
    const { ids } = reading;
    assert.ok(ids.length > 16_000, `${ids.length} ids`);
    assert.equal(Number(ids.at(-1)!.id), firstId + ids.length - (head.includes('5') ? 2 : 1));
    assert.ok(most < mostHeld, `${most} bytes are held`);
  });
}
