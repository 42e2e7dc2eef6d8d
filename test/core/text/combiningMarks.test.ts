/** Engines put a row of combining marks in order in quadratic time: nothing that is done to names, labels and values lets them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from '../../../src/core/domain/nearestName.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import { labelKey } from '../../../src/core/expectation/labelSets.ts';
import { meaningOf, meaningOfIdIn, typeOfList, wordsOf } from '../../../src/core/reading/names/fieldNames.ts';
import { textRanks } from '../../../src/core/rows/textRanks.ts';
import { streamSafe } from '../../../src/core/text/combiningMarks.ts';
import { growsTooFast } from '../../growth.ts';

/** Below each other in the order in which they are not to stand. */
const marks = '\u0301\u0323';

const passes: Readonly<Record<string, (text: string) => unknown>> = {
  streamSafe,
  'normalising what is safe': (text) => streamSafe(text).normalize('NFD'),
  labelKey,
  wordsOf,
  meaningOf,
  meaningOfIdIn,
  typeOfList,
  'nearestName among long ones': (text) => nearestName(text, [`${text}x`]),
  'nearestName of a long one': (text) => nearestName(text, ['companies', 'contacts']),
  'nearestName of a short one': (text) => nearestName('compnay', [text]),
  textRanks: (text) => finished(textRanks([text, `${text}a`, `${text.slice(1)}\u0302`])),
};

for (const [name, pass] of Object.entries(passes)) {
  test(`${name}, of letters with any number of accents`, async () => {
    for (const part of [marks, `a${marks}`, 'a', '\u034f']) {
      const make = (size: number) => `a${part.repeat(size / part.length)}`;
      assert.equal(await growsTooFast(make, pass, 60_000), undefined, JSON.stringify(part));
    }
  });
}

test('a text as people write it stays as it is, and of another nothing is lost', () => {
  for (const text of ['', 'Café', 'Cafe\u0301', 'ที่เกี่ยวข้อง', `a${marks.repeat(15)}`])
    assert.equal(streamSafe(text), text);
  const text = `a${marks.repeat(40)}b${marks.repeat(16)}`;
  assert.notEqual(streamSafe(text), text);
  assert.equal(streamSafe(text).replaceAll('\u034f', ''), text);
  assert.equal(streamSafe(streamSafe(text)).replaceAll('\u034f', ''), text);
});
