import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { finished } from '../../../src/core/domain/steps.ts';
import { textRanks } from '../../../src/core/rows/textRanks.ts';

test('texts have the places that a comparison sort gives them, and none comes last', () => {
  const text = fc.option(fc.constantFrom('a:9', 'a:10', 'a:09', 'A:9', 'ä', 'z', '', 'b 2 c', 'b 10 c'), {
    nil: undefined,
  });
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 80 }), (texts) => {
      const known = texts.filter((each) => each !== undefined).sort(compare);
      const places = known.filter((each, at) => at === 0 || compare(known[at - 1]!, each) !== 0);
      assert.deepEqual(
        [...finished(textRanks(texts))],
        texts.map((each) => (each === undefined ? Infinity : places.findIndex((place) => compare(place, each) === 0))),
      );
    }),
    { numRuns: 300 },
  );
});

test('texts that differ only far behind have an order all the same', () => {
  const head = 'x'.repeat(1_000);
  const texts = [`${head}b`, head, `${head}a`, undefined, `${head}b`, 'x'];
  assert.deepEqual([...finished(textRanks(texts))], [3, 1, 2, Infinity, 3, 0]);
});

test('no step compares many of them', () => {
  const texts = Array.from({ length: 20_000 }, (_, at) => `deals.csv:${(at * 7919) % 20_011}`);
  let compared = 0;
  for (const step of textRanks(texts)) {
    assert.ok(step <= 4096 || step === 32_768);
    compared += step;
  }
  assert.ok(compared > texts.length);
});
