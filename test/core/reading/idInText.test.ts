import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { finished } from '../../../src/core/domain/steps.ts';
import { afterEdits, findingPlace, nearestPlaces, standsAt } from '../../../src/core/reading/idInText.ts';

/** Where one id stands. */
function nearestPlace(text: string, id: string, offset: number, within?: number): number | undefined {
  return finished(nearestPlaces(text, [{ id, offset }], within))[0];
}

test('an id stands only where no digit is next to it', () => {
  const text = '123, 1234 0123 123';
  assert.equal(standsAt(text, '123', 0), true);
  assert.equal(standsAt(text, '123', 5), false);
  assert.equal(standsAt(text, '123', 11), false);
  assert.equal(standsAt(text, '123', 15), true);
});

test('the nearest place of several is found, and none beyond the limit', () => {
  const text = `77 ${'x'.repeat(100)} 77 ${'x'.repeat(10)} 77`;
  assert.equal(nearestPlace(text, '77', 0), 0);
  assert.equal(nearestPlace(text, '77', 90), 104);
  assert.equal(nearestPlace(text, '77', 114), 118);
  assert.equal(nearestPlace(text, '77', 50, 10), undefined);
  assert.equal(nearestPlace(text, '78', 50), undefined);
});

test('a stretch follows edits: its text is the same after them, or an edit cut into it', () => {
  const edit = fc.record({ at: fc.nat(60), length: fc.nat(6), text: fc.string({ maxLength: 8 }) });
  fc.assert(
    fc.property(fc.nat(30), fc.array(edit, { maxLength: 6 }), (offset, edits) => {
      const id = '17982944313';
      let text = `${'a'.repeat(offset)}${id}${'b'.repeat(30)}`;
      const applied = edits.map(({ at, length, text: put }) => {
        const from = Math.min(at, text.length);
        const cut = Math.min(length, text.length - from);
        text = text.slice(0, from) + put + text.slice(from + cut);
        return { offset: from, length: cut, newLength: put.length };
      });
      const now = afterEdits({ offset, length: id.length }, applied);
      if (now) assert.equal(text.slice(now.offset, now.offset + now.length), id);
      else assert.ok(applied.length > 0);
    }),
    { numRuns: 300 },
  );
});

test('edits beside a stretch do not lose it', () => {
  const stretch = { offset: 10, length: 5 };
  assert.deepEqual(afterEdits(stretch, [{ offset: 10, length: 0, newLength: 3 }]), { offset: 13, length: 5 });
  assert.deepEqual(afterEdits(stretch, [{ offset: 15, length: 4, newLength: 0 }]), stretch);
  assert.deepEqual(afterEdits(stretch, [{ offset: 2, length: 8, newLength: 0 }]), { offset: 2, length: 5 });
  assert.equal(afterEdits(stretch, [{ offset: 12, length: 0, newLength: 1 }]), undefined);
});

test('many ids are found where one would be', () => {
  const anyText = fc.string({ unit: fc.constantFrom('1', '2', ' ', 'x', '12 '), maxLength: 200 });
  const place = fc.record({ id: fc.constantFrom('1', '12', '21', '7'), offset: fc.nat(220) });
  fc.assert(
    fc.property(anyText, fc.array(place, { maxLength: 8 }), fc.integer({ min: 0, max: 100 }), (text, places, most) => {
      const distance = (offset: number) => (one: number, other: number) =>
        Math.abs(one - offset) - Math.abs(other - offset) || one - other;
      assert.deepEqual(
        finished(nearestPlaces(text, places, most)),
        places.map(({ id, offset }) =>
          Array.from(text, (_, at) => at)
            .filter((at) => standsAt(text, id, at) && Math.abs(at - offset) <= most)
            .sort(distance(offset))
            .at(0),
        ),
      );
    }),
  );
});

test('a long text is gone through in steps', () => {
  const text = '17983563713 17983563714\n'.repeat(50_000);
  const steps = nearestPlaces(text, [{ id: '17983563715', offset: 0 }]);
  let count = 0;
  while (!steps.next().done) count++;
  assert.ok(count >= 10, `${count} steps`);
});

test('of a hundred thousand ids that have moved no step looks at more than some', () => {
  const count = 100_000;
  const id = (nth: number) => String(17_983_563_713 + nth);
  const text = Array.from({ length: count }, (_, nth) => id(nth)).join('\n');
  let looks = 0;
  const places = Array.from({ length: count }, (_, nth) => ({
    offset: nth * 12 + 5,
    get id() {
      looks++;
      return id(nth);
    },
  }));
  let most = 0;
  const steps = nearestPlaces(text, places, 50);
  let step = steps.next();
  for (let before = 0; ; before = looks, step = steps.next()) {
    most = Math.max(most, looks - before);
    if (step.done) break;
  }
  assert.deepEqual(
    step.value,
    Array.from({ length: count }, (_, nth) => nth * 12),
  );
  assert.ok(most <= 20_000, `${most} in one step`);
});

test('a hundred thousand ids that have moved and end alike are in no map: one of a million makes room all at once', () => {
  const { set } = Map.prototype;
  let largest = 0;
  Map.prototype.set = function (...given) {
    largest = Math.max(largest, this.size);
    return set.apply(this, given);
  };
  const count = 100_000;
  try {
    const places = Array.from({ length: count }, (_, nth) => ({ id: `${17_983_563 + nth}713`, offset: nth * 12 + 5 }));
    const text = places.map(({ id }) => id).join('\n');
    const found = finished(nearestPlaces(text, places, 50));
    assert.equal(found[count - 1], (count - 1) * 12);
  } finally {
    Map.prototype.set = set;
  }
  assert.ok(largest <= 1_000, `${largest} in one map`);
});

test('a digit among millions of others is looked for once, not at each of them', () => {
  const { startsWith } = String.prototype;
  let looks = 0;
  String.prototype.startsWith = function (...given) {
    looks++;
    return startsWith.apply(this, given);
  };
  try {
    const text = `${'1'.repeat(100_000)} ${'2'.repeat(100_000)} 1`;
    assert.equal(finished(findingPlace(text, '1', 0, text.length)), text.length - 1);
    assert.equal(finished(findingPlace(text, '1', 0, 150_000)), undefined);
  } finally {
    String.prototype.startsWith = startsWith;
  }
  assert.ok(looks < 20, `${looks} times`);
});
