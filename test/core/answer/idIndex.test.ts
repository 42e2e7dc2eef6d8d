/** The index of ids counts what it looks at: no choice of ids makes it look at many. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdCodes, IdIndex, TextIndex } from '../../../src/core/answer/idCodes.ts';

const count = 80_000;

/** Valid ids, chosen by somebody who read the formulas that such tables usually have. */
const chosen: Readonly<Record<string, (nth: number) => number>> = {
  'in a row': (nth) => 17_982_944_313 + nth,
  'the same in their lower bits': (nth) => (nth + 1) * 65_536,
  'the same in their lower 32 bits': (nth) => (nth + 1) * 4_294_967_296 + 5,
  'made to meet under one multiplication of both halves': (nth) =>
    (nth + 1) * 4_294_967_296 + (Math.imul(nth + 1, 0x9e3779b1) >>> 0),
  'with the same sum of halves': (nth) => (nth + 1) * 4_294_967_296 + (4_000_000_000 - nth),
  'with the same exclusive or of halves': (nth) => (nth + 1) * 4_294_967_296 + ((nth + 1) ^ 0x5bd1e995),
};

for (const [name, idOf] of Object.entries(chosen)) {
  test(`ids ${name} are found as fast as any`, () => {
    const codes = Float64Array.from({ length: count }, (_, nth) => idOf(nth));
    let looks = 0;
    const index = new IdIndex((position) => {
      looks++;
      return codes[position]!;
    }, count);
    for (let position = 0; position < count; position++) {
      assert.equal(index.find(codes[position]!), -1);
      index.add(codes[position]!, position);
    }
    for (let position = 0; position < count; position++) assert.equal(index.find(codes[position]!), position);
    assert.ok(looks < 10 * count, `${looks} looks`);
  });
}

test('an index makes room for a million ids without ever looking at many of them at once', () => {
  let looks = 0;
  let most = 0;
  const index = new IdIndex((position) => {
    looks++;
    return position * 7 + 1;
  });
  const length = 1_000_000;
  for (let position = 0; position < length; position++) {
    const before = looks;
    assert.equal(index.find(position * 7 + 1), -1);
    index.add(position * 7 + 1, position);
    most = Math.max(most, looks - before);
    // What was added long before is found while the index makes room, and what was not is not.
    if (position % 13 === 0) {
      assert.equal(index.find((position >> 1) * 7 + 1), position >> 1);
      assert.equal(index.find(position * 7 + 3), -1);
    }
  }
  for (let position = 0; position < length; position++) assert.equal(index.find(position * 7 + 1), position);
  assert.ok(most < 1000, `${most} looks`);
});

test('ids too long for a number are found by their text, and never many of them looked at or moved at once', () => {
  const { charCodeAt } = String.prototype;
  const { set } = Map.prototype;
  let looks = 0;
  let inMaps = 0;
  const id = (nth: number) => `12345678${17_983_563_713 + nth}`;
  const codes = new IdCodes();
  String.prototype.charCodeAt = function (at) {
    looks++;
    return charCodeAt.call(this, at);
  };
  Map.prototype.set = function (key, value) {
    inMaps++;
    return set.call(this, key, value);
  };
  try {
    for (let nth = 0; nth < count; nth++) {
      assert.equal(codes.known(id(nth)), 0);
      assert.equal(codes.code(id(nth)), -1 - nth);
    }
    for (let nth = 0; nth < count; nth++) assert.equal(codes.code(id(nth)), -1 - nth);
  } finally {
    String.prototype.charCodeAt = charCodeAt;
    Map.prototype.set = set;
  }
  assert.ok(looks <= 3 * count * id(0).length, `${looks} characters`);
  assert.ok(inMaps < count / 1000, `${inMaps} in maps`);
  assert.deepEqual([codes.text(-1), codes.text(-count), codes.text(-count - 1)], [id(0), id(count - 1), '']);
});

test('texts that have the same number are told apart', () => {
  const texts = new TextIndex((text) => text.length % 3);
  const all = Array.from({ length: 500 }, (_, nth) => `${'a'.repeat(nth % 7)}${nth}`);
  for (const round of ['added', 'known'])
    for (const [position, text] of all.entries()) {
      assert.equal(texts.find(text), round === 'added' ? undefined : position);
      assert.equal(texts.position(text), position);
      assert.equal(texts.text(position), text);
    }
});

test('no two processes put their ids in the same order', async () => {
  const path = new URL('../../../src/core/answer/idCodes.ts', import.meta.url).href;
  const orders = await Promise.all([1, 2].map(async (copy) => looksOf((await import(`${path}?copy=${copy}`)).IdIndex)));
  assert.notDeepEqual(orders[0], orders[1]);
});

/** At which entries the index looks when it is asked for ids it does not know: where these meet, by its own formula. */
function looksOf(Index: typeof IdIndex): number[] {
  const looks: number[] = [];
  const index = new Index((position) => {
    looks.push(position);
    return position + 1;
  }, 1000);
  for (let position = 0; position < 1000; position++) index.add(position + 1, position);
  for (let code = 2000; code < 3000; code++) index.find(code);
  return looks;
}
