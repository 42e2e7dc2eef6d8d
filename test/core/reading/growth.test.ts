/** Reading costs what the length of a text does, whatever is repeated in it: a part of the texts that `npm run bench` tries. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growsTooFast } from '../../growth.ts';
import { type HostileText, known, pairs, singles } from './hostileTexts.ts';
import { waysOfReading } from './waysOfReading.ts';

async function tooFast(texts: readonly HostileText[], ways: readonly string[], size: number): Promise<string[]> {
  const found: string[] = [];
  for (const { name, make } of texts) {
    for (const way of ways) {
      const told = await growsTooFast(make, waysOfReading[way]!, size);
      if (told !== undefined) found.push(`${way} of ${name}: ${told}`);
    }
  }
  return found;
}

/** In UTF-16 code units; what is quadratic takes half a second for it. */
const size = 24_000;
const ways = Object.keys(waysOfReading);
/** Every so many of the texts, in one way; the bench reads all of them. */
const some = (texts: readonly HostileText[], every: number, first: number) =>
  texts.filter((_, nth) => nth % every === first);

test('texts that were once quadratic, in every way', async () => {
  assert.deepEqual(await tooFast(known(), ways, 60_000), []);
});

test('very many tables, of which each would look through the whole text', async () => {
  const tables = (size: number) => '      |---|\n  id: \n'.repeat(size / 18);
  assert.equal(await growsTooFast(tables, waysOfReading.whole!, 1_200_000), undefined);
});

test('numbers in brackets that stay open, none of which has a name', async () => {
  const block = (count: number) =>
    `deal ${'"abcdefghij",['.repeat(count)}${'id 12345678 '.repeat(count)}${']'.repeat(count)} y `;
  assert.equal(await growsTooFast((count) => block(count).repeat(20), waysOfReading.whole!, 140), undefined);
});

for (const [number, way] of ways.entries()) {
  test(`every token repeated: ${way}`, async () => {
    assert.deepEqual(await tooFast(some(singles(), 8 * ways.length, number), [way], size), []);
  });
}

test('some pairs of tokens repeated', async () => {
  for (const [number, way] of ways.entries()) {
    assert.deepEqual(await tooFast(pairs(20_000, number * 1800), [way], size), []);
  }
});
