import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { everyType } from '../../../src/core/domain/everyType.ts';
import type { ObjectType } from '../../../src/core/domain/objectTypes.ts';

function made(id: string, name: string, scope: string): ObjectType {
  return { id, name, singular: name, label: name, pluralLabel: name, displayProperties: [], readScopes: [scope] };
}
const types = [made('0-1', 'contacts', 'c'), made('0-3', 'deals', 'd'), made('2-7', 'p1_pet', 'p')];

suite('all object types', () => {
  test('are asked where the account has records, also those that the token may not read', () => {
    const records = new Map([
      ['0-1', 5],
      ['0-3', 0],
      ['2-7', 1],
    ]);
    assert.deepEqual(everyType(types, records, ['d']), [
      { to: 'contacts' },
      { to: 'deals', notAsked: 'noRecords' },
      { to: '2-7' },
    ]);
  });

  test('are asked by the scopes of the token where HubSpot does not tell, and all where those are not known', () => {
    const scoped = [{ to: 'contacts' }, { to: 'deals', notAsked: 'noScope' }, { to: '2-7', notAsked: 'noScope' }];
    assert.deepEqual(everyType(types, undefined, ['c']), scoped);
    assert.deepEqual(everyType(types, new Map([['0-1', 1]]), ['c']), scoped);
    assert.deepEqual(everyType(types, undefined, undefined), [{ to: 'contacts' }, { to: 'deals' }, { to: '2-7' }]);
  });

  test('are asked all the same where the account is said to have no record at all', () => {
    const none = new Map(types.map(({ id }) => [id, 0]));
    assert.deepEqual(everyType(types, none, undefined), [{ to: 'contacts' }, { to: 'deals' }, { to: '2-7' }]);
  });
});
