import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { finished } from '../../../src/core/domain/steps.ts';
import { jsonLayout as layingOut } from '../../../src/core/text/jsonLayout.ts';
import { growsTooFast } from '../../growth.ts';

const jsonLayout = (text: string) => finished(layingOut(text));

test('looks as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      assert.equal(jsonLayout(text), JSON.stringify(JSON.parse(text), null, 2));
      assert.equal(jsonLayout(JSON.stringify(JSON.parse(text), null, '\t\r\n'.slice(0, 1))), jsonLayout(text));
    }),
  );
});

test('every character of numbers and strings stays', () => {
  const text = '{"id":12345678901234567890.10,"a":[1E5,-0],"b":"\\u0041\\" [","b":null}';
  assert.equal(
    jsonLayout(text),
    '{\n  "id": 12345678901234567890.10,\n  "a": [\n    1E5,\n    -0\n  ],\n  "b": "\\u0041\\" [",\n  "b": null\n}',
  );
});

test('what is no JSON stays as it came', () => {
  for (const text of ['', '<html>', '{"a":1', '{"a":1}}', '[1,]', "{'a':1}"]) assert.equal(jsonLayout(text), text);
});

test('what is nested too deep stands there as it came, and the rest is laid out', () => {
  const deep = `${'['.repeat(100_000)} "]" ${']'.repeat(100_000)}`;
  const lines = jsonLayout(`{"a":${deep},"b":1}`).split('\n');
  assert.equal(lines.at(-2), '  "b": 1');
  assert.ok(lines.length < 100);
  assert.equal(lines.join('').replaceAll(' ', ''), `{"a":${deep},"b":1}`.replaceAll(' ', ''));
});

const bodies: readonly (readonly [string, (size: number) => string])[] = [
  ['associations', (size) => `[${'{"toObjectId":1,"types":[{"label":"a"},{"label":"b"}]},'.repeat(size / 56)}1]`],
  ['brackets', (size) => `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`],
  ['objects', (size) => `${'{"a":'.repeat(size / 6)}1${'}'.repeat(size / 6)}`],
  ['digits', (size) => '1'.repeat(size)],
  ['escapes', (size) => `"${'\\"'.repeat(size / 2)}"`],
  ['blanks', (size) => `[${' '.repeat(size)}]`],
  ['open strings', (size) => '"'.repeat(size)],
];
for (const [name, make] of bodies) {
  test(`${name} cost what their length does`, async () => {
    assert.equal(await growsTooFast(make, jsonLayout, 2_000_000), undefined);
  });
}

test('is laid out some thousands of values at a time', () => {
  const values = `[${Array.from({ length: 50_000 }, () => '{"id":1}').join(',')}]`;
  for (const text of [values, `${'['.repeat(30)}${values}${']'.repeat(30)}`]) {
    const steps = [...layingOut(text)].length;
    assert.ok(steps > 10, `${steps} steps`);
  }
});
