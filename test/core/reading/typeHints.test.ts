import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrowingIds } from '../../../src/core/answer/growingIds.ts';
import { finished } from '../../../src/core/domain/steps.ts';
import type { FoundId } from '../../../src/core/reading/found/reading.ts';
import { groupByType, clearWinner as winning } from '../../../src/core/reading/found/typeHints.ts';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';

const clearWinner = (...given: Parameters<typeof winning>) => finished(winning(...given));

/** The ids as those hold them who ask for their types. */
function withDistinct(ids: readonly FoundId[]) {
  return { ids, distinct: new GrowingIds(ids.map(({ id }) => id)) };
}

test('hints say what told the type and for how many ids', () => {
  const { typeHints } = readRecordIds(
    'contact 901234, dealId=5, dealId=6, https://app.hubspot.com/contacts/1/record/2-77/8',
  );
  assert.deepEqual(typeHints, [
    { objectType: '0-3', why: 'key', count: 2 },
    { objectType: '0-1', why: 'word', count: 1 },
    { objectType: '2-77', why: 'url', count: 1 },
  ]);
  assert.deepEqual(readRecordIds('Deal ID,a\n5,b\n').typeHints, [{ objectType: '0-3', why: 'header', count: 1 }]);
  assert.deepEqual(readRecordIds('5\n6').typeHints, []);
});

test('one type wins, two with good evidence do not, words yield', () => {
  assert.equal(clearWinner([]), undefined);
  assert.equal(clearWinner([{ objectType: '0-3', why: 'word', count: 1 }]), '0-3');
  assert.equal(
    clearWinner([
      { objectType: '0-3', why: 'url', count: 90 },
      { objectType: '0-1', why: 'key', count: 1 },
    ]),
    undefined,
  );
  assert.equal(
    clearWinner([
      { objectType: '0-3', why: 'url', count: 9 },
      { objectType: '0-1', why: 'word', count: 1 },
    ]),
    '0-3',
  );
  assert.equal(
    clearWinner([
      { objectType: '0-3', why: 'url', count: 1 },
      { objectType: '0-1', why: 'word', count: 9 },
    ]),
    undefined,
  );
  assert.equal(
    clearWinner([
      { objectType: '0-3', why: 'word', count: 9 },
      { objectType: '0-1', why: 'word', count: 1 },
    ]),
    undefined,
  );
});

test('one typed id among others is no winner', () => {
  const hinted = (text: string) => {
    const { ids, typeHints } = readRecordIds(text);
    return clearWinner(typeHints, withDistinct(ids));
  };
  const deal = 'https://app.hubspot.com/contacts/62515/record/0-3/28809324115';
  assert.equal(hinted(`ids: 28809324116, 28809324117, 28809324118\n${deal}\n`), undefined);
  assert.equal(hinted(`ids: 28809324116\n${deal}\n`), undefined);
  assert.equal(hinted(`ids: 28809324115\n${deal}\n`), '0-3');
  assert.equal(hinted(`ids: 28809324116\ndeals: 28809324115, 28809324117\n`), '0-3');
  assert.equal(hinted(`{"results":[{"id":"28809324115","url":"${deal}"},{"id":"28809324116"}]}`), undefined);
});

test('groups hold each id once per type, the untyped ones last', () => {
  const reading = readRecordIds('{"dealId":5,"contactIds":[6,7,6],"recordId":8}\n{"recordId":5}');
  assert.deepEqual(finished(groupByType(withDistinct(reading.ids))), [
    { objectType: '0-3', ids: ['5'] },
    { objectType: '0-1', ids: ['6', '7'] },
    { ids: ['8'] },
  ]);
});

test('of ids and types in any order, groups are what going through them one by one says', () => {
  let seed = 1;
  const chance = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  for (let round = 0; round < 300; round++) {
    const ids = Array.from({ length: chance(40) }, (_, offset): FoundId => {
      const type = chance(4);
      const found = { id: String(1 + chance(12)), offset, length: 1, line: 0 };
      return type === 0 ? found : { ...found, objectType: `0-${type}` };
    });
    const groups = new Map<string | undefined, Set<string>>();
    for (const { id, objectType } of ids) {
      if (objectType === undefined) continue;
      const group = groups.get(objectType) ?? new Set();
      groups.set(objectType, group.add(id));
    }
    const typed = [...groups.values()];
    const untyped = new Set(ids.map(({ id }) => id).filter((id) => typed.every((group) => !group.has(id))));
    const right = [...groups].map(([objectType, group]) => ({ objectType, ids: [...group] }));
    assert.deepEqual(
      finished(groupByType(withDistinct(ids))),
      untyped.size > 0 ? [...right, { ids: [...untyped] }] : right,
    );
  }
});
