import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { plainLabel, plainLine, plainMessage, plainName, plainPart } from '../../../src/core/text/plainText.ts';

test('names stay as they are', () => {
  for (const name of ['Acme', 'Müller & Söhne <GmbH>', '株式会社', 'عقود', '👩‍👩‍👧 family', '$100']) {
    assert.equal(plainLine(name), name);
    assert.equal(plainLabel(name), name);
  }
});

test('marks that reorder or hide text are gone, lines become one, and length has an end', () => {
  assert.equal(plainLine('Acme\u202egnp.exe\u2066'), 'Acme gnp.exe');
  assert.equal(plainLine('one\r\ntwo\u0000three\u2028four'), 'one two three four');
  assert.equal(plainLine('x'.repeat(1_000_000)), `${'x'.repeat(200)}…`);
  assert.equal(plainLabel('$(trash) Remove'), '\\$(trash) Remove');
});

test('whatever comes, it is one line without marks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), (text) => {
      const line = plainLine(text);
      assert.ok([...line].length <= 201);
      assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    }),
    { numRuns: 40 },
  );
});

test('a message holds no link and no icon, and may be longer than a name', () => {
  assert.equal(plainMessage('[Sign in](command:x) $(key)\u202e'), '[Sign in] (command:x) $ (key)');
  assert.equal(plainMessage('The token [of Acme] (expired) costs $100'), 'The token [of Acme] (expired) costs $100');
  assert.equal(plainMessage('x'.repeat(1_000_000)), `${'x'.repeat(1000)}…`);
});

test('beside other text of its line, what is written from the right stands between isolates, and nothing else does', () => {
  for (const text of ['Acme', 'Müller & Söhne', '株式会社', '17982944313']) assert.equal(plainPart(text), text);
  assert.equal(plainPart('עברית'), '\u2068עברית\u2069');
  assert.equal(plainPart('123\u202e456'), '123 456');
  assert.equal(plainPart(plainName('خدمات')), '\u2068خدمات\u2069');
  assert.equal(plainName('x'.repeat(100)), `${'x'.repeat(80)}…`);
});
