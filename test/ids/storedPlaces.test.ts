/** The places of a million ids, or a million places of one, are written and read some at a time, and come back as they were. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readPlaces, type StoredPlaces, storedText } from '../../src/ids/storedPlaces.ts';
import { longestParsed } from '../core/longestParsed.ts';

const many = 300_000;
const range = Array.from({ length: many }, (_, nth) => nth);
const uri = 'file:///"a",\\"lines":[1].csv';

/** Nearly all of each is in one list, or in many. */
const shapes: Readonly<Record<string, StoredPlaces>> = {
  'nothing at all': { uri: '', lines: [], offsets: [], more: {} },
  'many ids': { uri, lines: range, offsets: range, more: {} },
  'one id in many places': { uri, lines: [0, 1], offsets: [0, 9], more: { 1: range } },
  'many ids in two places each': {
    uri,
    lines: range,
    offsets: range,
    more: Object.fromEntries(range.map((nth) => [nth, [nth, nth]])),
  },
};

/** The bytes in pieces of this length. */
async function* cut(bytes: Uint8Array, length: number): AsyncIterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}

function bytesOf(places: StoredPlaces): Uint8Array {
  return new TextEncoder().encode([...storedText(places)].join(''));
}

for (const [name, places] of Object.entries(shapes)) {
  test(`${name}: no piece holds more than a part, and they are the JSON that earlier versions wrote`, () => {
    const pieces = [...storedText(places)];
    const longest = Math.max(...pieces.map(({ length }) => length));
    assert.ok(longest < 150_000, `${longest} characters in one piece`);
    assert.equal(pieces.join(''), JSON.stringify(places));
  });

  test(`${name}: is read as it was written, and never much of it is parsed at once`, async () => {
    const longest = await longestParsed(async () => {
      assert.deepEqual(await readPlaces(cut(bytesOf(places), Number.POSITIVE_INFINITY)), places);
    });
    assert.ok(longest < 150_000, `${longest} characters at once`);
  });
}

/** A line and an offset for each place. */
const further = fc
  .array(fc.tuple(fc.nat(99_999), fc.nat(99_999)), { minLength: 1, maxLength: 5 })
  .map((all) => all.flat());
const anyPlaces = fc
  .record({
    uri: fc.string({ unit: 'binary' }),
    first: fc.array(fc.tuple(fc.nat(99_999), fc.nat(99_999)), { maxLength: 9 }),
    more: fc.array(further, { maxLength: 9 }),
  })
  .map(
    ({ uri: address, first, more }): StoredPlaces => ({
      uri: address.replaceAll(/\p{Cs}/gu, '?'),
      lines: first.map(([line]) => line),
      offsets: first.map(([, offset]) => offset),
      more: Object.fromEntries(more.slice(0, first.length).entries()),
    }),
  );

suite('places in a file', () => {
  test('are the same wherever the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlaces, fc.integer({ min: 1, max: 60 }), async (places, length) => {
        assert.deepEqual(await readPlaces(cut(bytesOf(places), length)), JSON.parse(JSON.stringify(places)));
      }),
    );
  });

  test('are none where the file is not what was written', async () => {
    const good = '{"uri":"a","lines":[1,2],"offsets":[3,4],"more":{"1":[5,6]}}';
    const damaged = [
      '',
      'null',
      good.slice(0, -1),
      good.slice(0, 30),
      `${good}x`,
      `${good}${good}`,
      good.replace('"a"', '5'),
      good.replace('[1,2]', '[1]'),
      good.replace('[1,2]', '[1,-2]'),
      good.replace('[1,2]', '[1,2.5]'),
      good.replace('[1,2]', '[1,"2"]'),
      good.replace('[1,2]', '[[1],2]'),
      good.replace('[1,2]', '[1,{"a":[2]}]'),
      good.replace('"1":[5', '"2":[5'),
      good.replace('"1":[5', '"-1":[5'),
      good.replace('"1":[5', '"__proto__":[5'),
      good.replace('"more"', '"less"'),
      `\ufeff${good}`,
      `${good},"offsets":[3,4],"more":{}}`,
      `${good},"0":[5,6]}}`,
      good.replace('}}', '},"more":{}}'),
      good.replace('{"uri":"a"', '{"uri":"b","uri":"a"'),
      good.replace('{"uri":"a"', '{"uri":"a","n":1'),
      good.replace('{"uri":"a"', '{"uri": "a"'),
      good.replace('"a"', '"\\u0061"'),
      good.replace('"more":{', '"offsets":[3,4],"more":{'),
      good.replace('"offsets":[3,4],', ''),
      good.replace('"lines":[1,2],"offsets":[3,4]', '"offsets":[3,4],"lines":[1,2]'),
      good.replace(',"more":{"1":[5,6]}', ''),
      good.replace('"1":[5,6]', '"1":[5,6],"1":[7,8]'),
      good.replace('"1":[5,6]', '"1":[5,6],"0":[7,8]'),
      good.replace('"1":[5,6]', '"1":[5,6],'),
      good.replace('"1":[5,6]', '"1":[5,6],"more":{"1":[5,6]'),
      good.replace('"1":[5', '"01":[5'),
      good.replace('[5,6]', '[5]'),
      good.replace('[5,6]', '[5,6,7]'),
      good.replace('[5,6]', '[]'),
      good.replace('[5,6]', '[5,6,]'),
      good.replace('[5,6]', '[,5,6]'),
      good.replace('[5,6]', '[5,,6]'),
      good.replace('[5,6]', '[5, 6]'),
      good.replace('[5,6]', '[5,6e1]'),
      good.replace('[5,6]', '[5,06]'),
    ];
    assert.deepEqual((await readPlaces(cut(new TextEncoder().encode(good), 9))).more, { 1: [5, 6] });
    for (const text of damaged)
      for (const length of [1, 7, 1000])
        await assert.rejects(readPlaces(cut(new TextEncoder().encode(text), length)), Error, text);
  });

  test('are none where the bytes are no text', async () => {
    const good = new TextEncoder().encode('{"uri":"\u00e9","lines":[],"offsets":[],"more":{}}');
    const broken = good.filter((_, at) => at !== 9);
    for (const bytes of [broken, Uint8Array.of(...good, 0xc3)])
      for (const length of [1, 7, 1000]) await assert.rejects(readPlaces(cut(bytes, length)));
    assert.equal((await readPlaces(cut(good, 1))).uri, '\u00e9');
  });

  test('are given up where a list or the address never ends', async () => {
    for (const beginning of [
      '{"uri":"',
      '{"uri":"a","lines":[',
      '{"uri":"a","lines":[1],"offsets":[1],"more":{"0":[1]',
    ]) {
      let pieces = 0;
      async function* endless(): AsyncIterable<Uint8Array> {
        yield new TextEncoder().encode(beginning);
        for (; ; pieces++) yield new Uint8Array(100_000).fill(97);
      }
      await assert.rejects(readPlaces(endless()));
      assert.ok(pieces < 20, `${pieces} pieces`);
    }
  });

  test('are read in turns', async (context) => {
    let turns = 0;
    let now = 0;
    context.mock.method(performance, 'now', () => (now += 1));
    const counting = () => {
      turns++;
      if (!isRead) setImmediate(counting);
    };
    let isRead = false;
    setImmediate(counting);
    await readPlaces(cut(bytesOf(shapes['many ids']!), Number.POSITIVE_INFINITY)).finally(() => {
      isRead = true;
    });
    assert.ok(turns >= 1, `${turns} turns`);
  });
});
