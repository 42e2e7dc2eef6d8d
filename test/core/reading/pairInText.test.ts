import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { finished, type Steps } from '../../../src/core/domain/steps.ts';
import { pairInText } from '../../../src/core/reading/pairInText.ts';
import { growsTooFast } from '../../growth.ts';

const text = 'Deal,Contact\n11111111,22222222\n33333333,22222222\n';
const far = 50_000;
/** The line and the column, from 0, at which the associated id is said to stand. */
function found(of: string, from: string, to: string, line: number, isUnchanged: boolean) {
  const lineStart = of.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  const at = finished(pairInText(of, { from, to, lineStart }, isUnchanged, far));
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

test('of several lines with both ids the nearest one counts, and on that the nearest place', () => {
  const word = fc.constantFrom('11', '22', '33', '\n', ' ');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.nat({ max: 80 }), fc.nat({ max: 60 }), (words, near, within) => {
      const text = words.join('');
      const stands = (id: string, at: number) =>
        text.startsWith(id, at) && !/\d/.test((text[at - 1] ?? '') + (text[at + 2] ?? ''));
      const placesOf = (id: string, from: number, to: number) =>
        Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at).filter((at) => stands(id, at));
      const lineOf = (at: number): [number, number] => {
        const end = text.indexOf('\n', at);
        return [text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length : end];
      };
      const lineStart = lineOf(Math.min(near, text.length))[0];
      const here = lineOf(lineStart);
      const onIt = placesOf('11', ...here).length > 0 ? placesOf('22', ...here)[0] : undefined;
      let right = onIt;
      if (onIt === undefined)
        for (const at of placesOf('22', Math.max(0, lineStart - within), Math.min(text.length, lineStart + within + 1)))
          if (
            placesOf('11', ...lineOf(at)).length > 0 &&
            (right === undefined || Math.abs(at - lineStart) < Math.abs(right - lineStart))
          )
            right = at;
      assert.equal(finished(pairInText(text, { from: '11', to: '22', lineStart }, false, within)), right);
    }),
    { numRuns: 2_000 },
  );
});

test('an id that stands a hundred thousand times on one line costs what its line does', async () => {
  const make = (size: number) => '{"from":11111111,"to":22222222},'.repeat(size / 32);
  for (const from of ['11111111', '33333333', '22222222'])
    for (const within of [1_000, Number.POSITIVE_INFINITY]) {
      const look = (of: string) => finished(pairInText(of, { from, to: '22222222', lineStart: 0 }, false, within));
      assert.equal(await growsTooFast(make, look), undefined);
    }
});

test('a long text is gone through in steps, however many lines have the one id and not the other', () => {
  for (const line of ['1,22222222\n', '11111111,22222222\n', '11111111,22222222 ']) {
    const long = line.repeat(50_000);
    const steps = pairInText(long, { from: '11111111', to: '22222222', lineStart: long.length }, false, far * far);
    let count = 0;
    while (!steps.next().done) count++;
    assert.ok(count >= 4, `${count} steps`);
  }
});

const size = 2_000_000;
const oneLine: Readonly<Record<string, string>> = {
  'neither id': 'x'.repeat(size),
  'the one id': `11111111,${'x'.repeat(size)}`,
  'the other id': `22222222,${'x'.repeat(size)}`,
  'the one id at its end': `${'x'.repeat(size)},22222222`,
  'a number of millions of digits': '2'.repeat(size),
  'numbers that begin alike': '11111111222222220 '.repeat(size / 18),
};

/** The most characters that were looked through in one step. */
function mostLookedThrough(steps: Steps<unknown>): number {
  const { indexOf, lastIndexOf, charCodeAt } = String.prototype;
  let looks = 0;
  String.prototype.indexOf = function (what, from = 0) {
    const at = indexOf.call(this, what, from);
    looks += (at < 0 ? this.length : at) - from;
    return at;
  };
  String.prototype.lastIndexOf = function (this: string, what: string, from = this.length) {
    const at = lastIndexOf.call(this, what, from);
    looks += from - at;
    return at;
  };
  String.prototype.charCodeAt = function (at) {
    looks++;
    return charCodeAt.call(this, at);
  };
  try {
    let most = 0;
    for (let isDone = false; !isDone; looks = 0) {
      isDone = steps.next().done === true;
      most = Math.max(most, looks);
    }
    return most;
  } finally {
    Object.assign(String.prototype, { indexOf, lastIndexOf, charCodeAt });
  }
}

for (const [name, of] of Object.entries(oneLine)) {
  test(`one long line with ${name}: no step looks through more than a part of it`, () => {
    for (const isUnchanged of [true, false])
      for (const lineStart of [0, of.length]) {
        const pair = { from: '11111111', to: '22222222', lineStart };
        const most = mostLookedThrough(pairInText(of, pair, isUnchanged, Number.POSITIVE_INFINITY));
        assert.ok(most <= 500_000, `${most} characters in one step`);
      }
  });
}
