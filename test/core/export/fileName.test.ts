import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fileNameFrom } from '../../../src/core/export/fileName.ts';

suite('the name of a file of rows', () => {
  test('has the letters and digits of the words, in every script', () => {
    assert.equal(fileNameFrom(['Deals → Companies', 'No association']), 'deals-companies-no-association');
    assert.equal(fileNameFrom(['"合同" / 7']), '合同-7');
  });

  test('is never empty, which would hide the file', () => {
    for (const words of [[], [''], ['★ ★'], ['../..']]) assert.equal(fileNameFrom(words), 'associations');
  });

  test('is cut between letters', () => {
    const letter = '\u{1d52d}';
    assert.equal(fileNameFrom([`a${letter.repeat(200)}`]), `a${letter.repeat(99)}`);
    assert.equal(fileNameFrom([`${'a'.repeat(99)} b`]), 'a'.repeat(99));
  });
});
