import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { finished } from '../../../src/core/domain/steps.ts';
import { parsingJson } from '../../../src/core/text/jsonValue.ts';
import { longestParsed } from '../longestParsed.ts';

/** What is made of a text, or that it is no JSON. */
function outcome(parse: () => unknown): unknown {
  try {
    return { value: parse() };
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return 'no JSON';
  }
}

/** Held against JSON.parse, whose objects have no other prototype than their own kind. */
function assertAsParsed(text: string, most: number): void {
  const ours = outcome(() => finished(parsingJson(text, most)));
  const theirs = outcome(() => JSON.parse(text));
  assert.deepStrictEqual(ours, theirs, text);
  assert.equal(JSON.stringify(ours), JSON.stringify(theirs), text);
}

test('a JSON text in pieces has the value that JSON.parse gives it, and a text that is none has none', () => {
  const texts = [
    '[]',
    ' [ \n\t] ',
    '{ }',
    '[1,]',
    '[,1]',
    '[1,,2]',
    '[1,2 , ]',
    '{"a":1,}',
    '{"a":1,,"b":2}',
    '{"a" : [1,2,3] , "b":"x,y]}"}',
    '{"a":1,"b":2,"a":[3,4,5]}',
    '{"__proto__":{"x":[1,2,3,4]},"y":1}',
    '{"2":1,"1":[1,2,3]}',
    '[1,2}',
    '{"a":1]',
    '[1],[2]',
    '[1]]',
    '[[1,2],[3]',
    '[{"a":1],[2}]',
    '["a\\"],[", "b\\\\"]',
    '{"a b c d e f" "x":[1,2,3]}',
    '{a:[1,2,3,4,5,6]}',
    '{"a":}',
    '{"abc":       }',
    '[1,2]\u00a0',
    '\ufeff[1,2,3]',
    '"a long string, alone"',
    '[[[[[[[[1,2],[3,4]]]]]]]]',
    '[[[[[[[[1,2],[3,4]]]]]]],',
  ];
  for (const text of texts) for (const most of [0, 1, 3, 8, 100]) assertAsParsed(text, most);
});

/** Without escapes, since keys may not have any: Node 24 takes such a key for another one that it has read before, so that it tells nothing. */
const plainJson = fc.json({ maxDepth: 6 }).filter((json) => !json.includes('\\'));
const escapedValues = fc.array(fc.array(fc.string())).map((lists) => JSON.stringify(lists));
const marks = ['[', ']', '{', '}', ',', ':', '"', ' ', '1', ''];

for (const [name, texts, put] of [
  ['any JSON', plainJson, marks],
  ['JSON with escapes in it', escapedValues, [...marks, '\\']],
] as const)
  test(`pieces of any size of ${name}, also damaged anywhere, are held against JSON.parse`, () => {
    fc.assert(
      fc.property(texts, fc.nat(40), fc.nat(), fc.constantFrom(...put), fc.nat(1), (json, most, place, mark, cut) => {
        assertAsParsed(json, most);
        const at = place % (json.length + 1);
        assertAsParsed(json.slice(0, at) + mark + json.slice(at + cut), most);
      }),
      { numRuns: 3000 },
    );
  });

test('a long text that goes down a thousand levels is not read', () => {
  const nested = (levels: number) => `[${'['.repeat(levels)}${']'.repeat(levels)},"${'x'.repeat(100)}"]`;
  assertAsParsed(nested(900), 100);
  assert.throws(() => finished(parsingJson(nested(1100), 100)), SyntaxError);
  assertAsParsed(nested(1100), 10_000);
});

test('a long text with more keys in an object than a record can have is not read', () => {
  const object = (keys: number) => `{${Array.from({ length: keys }, (_, at) => `"key${at}":${at}`).join(',')}}`;
  assertAsParsed(object(100_000), 100_000);
  assertAsParsed(`[${object(60_000)},${object(60_000)}]`, 100_000);
  assert.throws(() => finished(parsingJson(object(100_001), 100_000)), SyntaxError);
  assertAsParsed(object(100_001), 10_000_000);
});

test('no more of a long answer is parsed at once than a piece, and it goes on in steps', async () => {
  const to = Array.from({ length: 40 }, (_, at) => ({ id: String(at) }));
  const body = {
    status: 'COMPLETE',
    results: Array.from({ length: 50 }, (_, id) => ({ from: { id: String(id) }, to })),
  };
  const text = JSON.stringify(body, undefined, 1);
  let steps = 0;
  const longest = await longestParsed(() => {
    const parsing = parsingJson(text, 1000);
    let step = parsing.next();
    for (; !step.done; step = parsing.next()) steps++;
    assert.deepEqual(step.value, body);
  });
  assert.ok(longest < 2200, `a piece of ${longest}`);
  assert.ok(steps > text.length / 2200, `${steps} steps`);
});
