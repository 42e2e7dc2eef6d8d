import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { finished } from '../../../src/core/domain/steps.ts';
import { sortByKey } from '../../../src/core/rows/rowOrder.ts';
import { mulberry32 } from '../madeAnswer.ts';

function sorted(keys: readonly number[], rows: readonly number[], descending: boolean): number[] {
  const order = Uint32Array.from(rows);
  finished(sortByKey(order, Float64Array.from(keys), descending));
  return [...order];
}

/** The same by a comparison sort, which is stable. */
function compared(keys: readonly number[], rows: readonly number[], descending: boolean): number[] {
  const finite = rows.filter((row) => keys[row] !== Number.POSITIVE_INFINITY);
  return [
    ...finite.sort((one, other) => (descending ? keys[other]! - keys[one]! : keys[one]! - keys[other]!)),
    ...rows.filter((row) => keys[row] === Number.POSITIVE_INFINITY),
  ];
}

test('rows are sorted as a stable comparison sort does it, and rows without a key come last both ways', () => {
  const key = fc.oneof(
    fc.nat(5),
    fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    fc.constant(Number.POSITIVE_INFINITY),
    fc.constant(Number(2n ** 63n - 1n)),
    fc.double({ min: 0, noNaN: true }).map(Math.abs),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), fc.boolean(), fc.boolean(), (keys, descending, backwards) => {
      const rows = keys.map((_, row) => row);
      if (backwards) rows.reverse();
      assert.deepEqual(sorted(keys, rows, descending), compared(keys, rows, descending));
    }),
    { numRuns: 300 },
  );
});

test('a table of many rows is sorted in the same way', () => {
  const random = mulberry32(3);
  const kinds = [
    () => Math.floor(random() * 5),
    () => Math.floor(random() * 2 ** 53),
    () => random(),
    () => Number.POSITIVE_INFINITY,
  ];
  const keys = Array.from({ length: 20_000 }, () => kinds[Math.floor(random() * kinds.length)]!());
  const rows = keys.map((_, row) => row);
  for (const descending of [false, true])
    assert.deepEqual(sorted(keys, rows, descending), compared(keys, rows, descending));
});

test('some of the rows can be sorted by keys of all', () => {
  assert.deepEqual(sorted([5, 1, 9, 3], [2, 3, 0], false), [3, 0, 2]);
  assert.deepEqual(sorted([], [], true), []);
});
