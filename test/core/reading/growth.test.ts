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

const ways = Object.keys(waysOfReading);
/** Each text is read in one way here, the next one in the next; the bench reads each in every way. */
const inTurn = (texts: readonly HostileText[], way: number) => texts.filter((_, nth) => nth % ways.length === way);

test('texts that were once quadratic, in every way', async () => {
  assert.deepEqual(await tooFast(known(), ways, 120_000), []);
});

for (const [number, way] of ways.entries()) {
  test(`every token repeated: ${way}`, async () => {
    assert.deepEqual(await tooFast(inTurn(singles(), number), [way], 32_000), []);
  });
}

test('some pairs of tokens repeated', async () => {
  for (const [number, way] of ways.entries()) {
    assert.deepEqual(await tooFast(pairs(3_000, number * 300), [way], 32_000), []);
  }
});
