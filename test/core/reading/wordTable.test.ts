import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WordTable } from '../../../src/core/reading/characters/wordTable.ts';

test('words that share a slot are told apart, and a word is looked for once while it is remembered', () => {
  const asked: string[] = [];
  const table = new WordTable((word) => {
    asked.push(word);
    return word.toUpperCase();
  });
  const at = (text: string, word: string) => table.at(text, text.indexOf(word), text.indexOf(word) + word.length);
  assert.equal(at('the abcdefghijklmnop', 'abcdefghijklmnop'), 'ABCDEFGHIJKLMNOP');
  assert.equal(at('the abcdefghijklmnop', 'abcdefghijklmnop'), 'ABCDEFGHIJKLMNOP');
  assert.equal(at('no axcdefghijklmnop', 'axcdefghijklmnop'), 'AXCDEFGHIJKLMNOP');
  assert.equal(at('abcdefghijklmnop', 'abcdefghijklmnop'), 'ABCDEFGHIJKLMNOP');
  assert.equal(table.at('x', 0, 0), '');
  assert.deepEqual(asked, ['abcdefghijklmnop', 'axcdefghijklmnop', 'abcdefghijklmnop', '']);
});
