import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lackingScope, standardObjectType } from '../../../src/core/domain/objectTypes.ts';

test('any one of the scopes of a type is enough', () => {
  const tickets = standardObjectType('tickets')!;
  for (const scope of tickets.readScopes) assert.equal(lackingScope(tickets, [scope, 'oauth']), undefined);
  assert.equal(lackingScope(tickets, ['oauth', 'crm.objects.contacts.read']), tickets.readScopes[0]);
});

test('where HubSpot did not tell, and where no scope is known, nothing is said to be lacking', () => {
  const contacts = standardObjectType('contacts')!;
  assert.equal(lackingScope(contacts, undefined), undefined);
  assert.equal(lackingScope(contacts, []), 'crm.objects.contacts.read');
  assert.equal(lackingScope({ ...contacts, readScopes: [] }, []), undefined);
});
