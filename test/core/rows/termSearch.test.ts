import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TermSearch } from '../../../src/core/rows/termSearch.ts';

const number = fc.oneof(fc.integer({ min: 1, max: 2 ** 53 - 1 }), fc.integer({ min: 1, max: 20_000 }));

test('digits are found in a number as they are in its text', () => {
  const term = fc.oneof(
    fc.stringMatching(/^\d{1,4}$/),
    fc.stringMatching(/^\d{15,18}$/),
    fc.stringMatching(/^[a-z]{1,2}$/),
  );
  const part = fc.tuple(number, fc.nat(15), fc.nat(15)).map(([of, one, other]) => String(of).slice(one, other));
  fc.assert(
    fc.property(number, fc.array(fc.oneof(term, part), { maxLength: 4 }), (value, terms) => {
      const search = new TermSearch(terms.join(' '));
      assert.equal(search.foundInNumber(value, 0), search.foundInDigits(String(value), 0));
    }),
    { numRuns: 2000 },
  );
});

test('every part of a number is found, and with leading zeros only where they stand', () => {
  for (const value of [1, 10, 17_982_944_313, 20_000_000_001, 2 ** 53 - 1]) {
    const text = String(value);
    for (let from = 0; from < text.length; from++)
      for (let to = from + 1; to <= text.length; to++)
        assert.equal(new TermSearch(text.slice(from, to)).foundInNumber(value, 0), 1, text.slice(from, to));
    for (const term of [`0${text}`, `${text}0`, '9999'])
      assert.equal(new TermSearch(term).foundInNumber(value, 0), 0, `${term} in ${text}`);
  }
});

test('what was found before stays found', () => {
  const search = new TermSearch('deal 42');
  assert.equal(search.foundInNumber(1425, 0b01), search.all);
  assert.equal(search.foundInNumber(1524, 0b01), 0b01);
});
