/** Where ids stood: the first place is had without the others, and some of a million ids are taken out in steps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finished } from '../../src/core/domain/steps.ts';
import { asking, idPlacesFrom, placesIn } from '../../src/ids/idPlaces.ts';
import { noPlaces } from '../../src/ids/storedPlaces.ts';

const uri = 'file:///deals.csv';
const id = (nth: number) => String(17_983_563_713 + nth);
const place = (nth: number) => ({ uri, line: nth, offset: 12 * nth });

test('the first place of an id is had without looking at the others', () => {
  const others = new Proxy([1, 12, 2, 24], { get: () => assert.fail('the other places were looked at') });
  const places = idPlacesFrom({ uri, lines: [0], offsets: [0], more: { 0: others } }, () => 0);
  assert.deepEqual(places.first(id(0)), place(0));
  const [first] = places.of(id(0));
  assert.deepEqual(first, place(0));
});

test('an id that stood nowhere has no place', () => {
  const { places } = placesIn(uri, [{ id: id(0), line: 0, offset: 0 }]);
  assert.deepEqual([places.first(id(1)), [...places.of(id(1))]], [undefined, []]);
  const none = idPlacesFrom(noPlaces, () => assert.fail('nothing is known of any id'));
  assert.deepEqual([none.isEmpty, none.first(id(0)), [...none.of(id(0))]], [true, undefined, []]);
});

test('some of the ids have their places and are counted anew, in steps', () => {
  const count = 30_000;
  const found = Array.from({ length: 3 * count }, (_, nth) => ({ id: id(nth % count), ...place(nth) }));
  const { places } = placesIn(uri, found);
  const wanted = Array.from({ length: count / 2 }, (_, nth) => id(2 * nth));
  const steps = places.choosing(wanted);
  let yields = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) yields++;
  assert.ok(yields >= 2, `${yields} steps`);
  const { asked, places: some } = step.value;
  assert.deepEqual(asked.list(), wanted);
  const all = [4, count + 4, 2 * count + 4].map(place);
  assert.deepEqual([[...some.of(id(4))], some.first(id(5))], [all, undefined]);
  assert.deepEqual([some.stored.lines[2], some.stored.offsets[2], some.stored.more[2]], [4, 48, places.stored.more[4]]);
});

test('ids without a place keep none, and others never get theirs', () => {
  const { places } = placesIn(
    uri,
    [0, 2].map((nth) => ({ id: id(nth), ...place(nth) })),
  );
  const { asked, places: some } = finished(places.choosing([id(0), id(1), id(2)]));
  assert.deepEqual(asked.list(), [id(0), id(1), id(2)]);
  assert.deepEqual([some.first(id(0)), some.first(id(1)), some.first(id(2))], [place(0), undefined, undefined]);
  assert.deepEqual(finished(idPlacesFrom(noPlaces, () => undefined).choosing([id(0)])).asked.list(), [id(0)]);
});

test('a hundred thousand given ids are taken in in steps, each once', () => {
  const steps = asking(Array.from({ length: 100_000 }, (_, nth) => id(nth % 60_000)));
  let yields = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) yields++;
  assert.ok(yields >= 10, `${yields} steps`);
  assert.deepEqual([step.value.length, step.value.isWhole, step.value.find(id(59_999))], [60_000, true, 59_999]);
});
