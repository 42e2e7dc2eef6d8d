import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairInText } from '../../../src/core/reading/pairInText.ts';

const text = 'Deal,Contact\n11111111,22222222\n33333333,22222222\n';
const far = 50_000;
/** The line and the column, from 0, at which the associated id is said to stand. */
function found(of: string, from: string, to: string, line: number, isUnchanged: boolean) {
  const lineStart = of.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  const at = pairInText(of, { from, to, lineStart }, isUnchanged, far);
  if (at === undefined) return undefined;
  const before = of.slice(0, at).split('\n');
  return [before.length - 1, before.at(-1)!.length];
}

test('a pair stands on its line', () => {
  assert.deepEqual(found(text, '33333333', '22222222', 2, true), [2, 9]);
  assert.deepEqual(found(text, '33333333', '22222222', 2, false), [2, 9]);
});

test('where lines were added it is found anew on the line with both ids, and never on that of another pair', () => {
  const edited = `# a note\n\n${text}`;
  assert.deepEqual(found(edited, '33333333', '22222222', 2, false), [4, 9]);
  assert.equal(found(edited.replace('33333333', '44444444'), '33333333', '22222222', 2, false), undefined);
  assert.equal(found(edited.replaceAll('22222222', '922222222'), '33333333', '22222222', 2, false), undefined);
});

test('a row over several lines is claimed only while the file is the one that was read', () => {
  const json = '{"from": "11111111",\n "to": [\n  "22222222"]}\n{"from": "33333333",\n "to": ["22222222"]}\n';
  assert.deepEqual(found(json, '11111111', '22222222', 0, true), [2, 3]);
  assert.equal(found(json, '11111111', '22222222', 0, false), undefined);
});

test('a record that is associated with itself stands there twice', () => {
  assert.deepEqual(found('55555555,55555555\n', '55555555', '55555555', 0, false), [0, 9]);
  assert.equal(found('55555555,1\n', '55555555', '55555555', 0, false), undefined);
});

test('nothing is looked for farther away than was said', () => {
  const lines = `${'x'.repeat(99)}\n`.repeat(600);
  assert.equal(found(`${lines}11111111,22222222\n`, '11111111', '22222222', 0, false), undefined);
});
