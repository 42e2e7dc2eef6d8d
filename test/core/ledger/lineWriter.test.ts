import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { finished } from '../../../src/core/domain/steps.ts';
import { checkingJson, LineWriter } from '../../../src/core/ledger/lineWriter.ts';

const checkedJson = (line: string) => finished(checkingJson(line));

const text = (writer: LineWriter) => Buffer.from(writer.line()).toString('latin1');

test('numbers are written as JSON writes them', () => {
  const edges = [0, 1, 9, 10, 9_999_999, 10_000_000, 10 ** 14 - 1, 10 ** 14, 2 ** 31, 2 ** 32, 2 ** 53 - 1];
  for (const value of edges) assert.equal(checkedJson(text(new LineWriter().number(value))), String(value));
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat(), { minLength: 1 }), (values) => {
      const writer = new LineWriter().raw('[');
      for (const [index, value] of values.entries()) (index > 0 ? writer.comma() : writer).number(value);
      assert.deepEqual(JSON.parse(checkedJson(text(writer.raw(']'))) ?? ''), values);
    }),
  );
});

test('any value comes back from ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
      const line = text(new LineWriter().json(value));
      assert.match(line, /^[\x20-\x7f]+$/);
      assert.equal(JSON.parse(checkedJson(line) ?? ''), value);
    }),
  );
});

test('a line that is not what was written is no line', () => {
  const line = text(new LineWriter().json({ none: [1, 2, 3] }));
  assert.ok(checkedJson(line));
  assert.equal(checkedJson(line.slice(0, -1)), undefined);
  assert.equal(checkedJson(`${line} `), undefined);
  assert.equal(checkedJson(line.replace('2', '7')), undefined);
  assert.equal(checkedJson(''), undefined);
});
