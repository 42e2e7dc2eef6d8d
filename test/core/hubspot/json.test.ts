import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { quoteLongNumbers, readJson } from '../../../src/core/hubspot/json.ts';
import { growsTooFast } from '../../growth.ts';

test('long whole numbers outside of strings get quotes, and nothing else does', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['[1234567890123456]', '["1234567890123456"]'],
    ['[-1234567890123456789,1]', '["-1234567890123456789",1]'],
    ['{"1234567890123456":123456789012345}', '{"1234567890123456":123456789012345}'],
    ['["a\\"1234567890123456",1234567890123456]', '["a\\"1234567890123456","1234567890123456"]'],
    [
      '[1234567890123456.5,1234567890123456e2,1e1234567890123456]',
      '[1234567890123456.5,1234567890123456e2,1e1234567890123456]',
    ],
    ['"never closed 1234567890123456', '"never closed 1234567890123456'],
    ['-', '-'],
    ['', ''],
  ];
  for (const [text, quoted] of cases) assert.equal(quoteLongNumbers(text), quoted);
});

test('JSON stays the same but for the quotes', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const quoted = quoteLongNumbers(text);
      if (!/\d{16}/.test(text)) assert.equal(quoted, text);
      assert.ok(readJson(quoted).ok);
    }),
  );
});

test('an answer of a million brackets is read and leaves the host alive', () => {
  assert.equal(readJson(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`).ok, true);
});

for (const token of [
  '"',
  '\\"',
  '"\\"',
  '1',
  '12345678901234567',
  '1e',
  '-',
  '-1',
  '1234567890123456.',
  '\\',
  ' ',
  '{"a":',
]) {
  test(`${JSON.stringify(token)} repeated costs what its length does`, async () => {
    const make = (size: number) => `"${token.repeat(size / token.length)}`;
    assert.equal(await growsTooFast(make, quoteLongNumbers, 1_000_000), undefined);
    assert.equal(await growsTooFast((size) => `${make(size).slice(1)}e`, quoteLongNumbers, 1_000_000), undefined);
  });
}
