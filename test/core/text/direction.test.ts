/** Unicode's isolates, by the rule that matters: what stands in front of a text and behind it is outside of all its isolates. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { cut } from '../../../src/core/text/cellText.ts';
import { isolated, selfContained } from '../../../src/core/text/direction.ts';

/** How deep in isolates each text is, at its lowest and at its end (UAX #9, BD9). */
function depths(text: string): { lowest: number; end: number } {
  let depth = 0;
  let lowest = 0;
  for (const character of text) {
    if (/[\u2066-\u2068]/.test(character)) depth++;
    else if (character === '\u2069') depth--;
    lowest = Math.min(lowest, depth);
  }
  return { lowest, end: depth };
}

const marks = fc.string({
  unit: fc.constantFrom(
    'a',
    '1',
    'א',
    '\u202e',
    '\u202c',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u2029',
    '\n',
    '\u200f',
  ),
});

test('whatever marks a text has, they end with it', () => {
  fc.assert(
    fc.property(marks, (text) => {
      for (const contained of [selfContained(text), isolated(text), cut(text.repeat(40))]) {
        assert.deepEqual(depths(contained), { lowest: 0, end: 0 });
        assert.doesNotMatch(contained, /[\n\u2029]/);
      }
      // Letters and the marks of the text itself stay.
      assert.equal(selfContained(text).replace(/[\u2069 ]/g, ''), text.replace(/[\u2069\n\u2029]/g, ''));
    }),
  );
});

test('a text that turns nothing stays as it is', () => {
  for (const text of ['', 'Acme', 'two  blanks', '👩‍👩‍👧', 'naïve']) {
    assert.equal(selfContained(text), text);
    assert.equal(isolated(text), text);
  }
  assert.equal(isolated('\u2069\u202eevil'), '\u2068\u202eevil\u2069');
});
