import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isObjectTypeName,
  isSameObjectType,
  scopesForPair,
  standardObjectType,
} from '../../../src/core/domain/objectTypes.ts';

test('a type is known by id, plural, singular and alias, in any case', () => {
  for (const name of ['0-3', 'deals', 'deal', 'Deals', ' DEAL '])
    assert.equal(standardObjectType(name)?.id, '0-3', name);
  assert.equal(standardObjectType('payments')?.id, '0-101');
  assert.equal(standardObjectType('2-123'), undefined);
});

test('only what cannot change a path passes as an object type name', () => {
  for (const good of ['deals', '0-3', '2-30931773', 'p123_pet_name', 'Contacts'])
    assert.ok(isObjectTypeName(good), good);
  for (const bad of ['', ' ', '..', 'a/b', 'deals?x', '%2e', '0-', '-3', 'déals', 'a b', '2026-03', '2026-09'])
    assert.ok(!isObjectTypeName(bad), bad);
});

test('a pair names the scopes of both ends once', () => {
  assert.deepEqual(scopesForPair('deals', 'company'), ['crm.objects.deals.read', 'crm.objects.companies.read']);
  assert.deepEqual(scopesForPair('contacts', '0-1'), ['crm.objects.contacts.read']);
  assert.deepEqual(scopesForPair('2-1', 'p1_pets'), ['crm.objects.custom.read']);
  assert.ok(isSameObjectType('deal', '0-3'));
});
