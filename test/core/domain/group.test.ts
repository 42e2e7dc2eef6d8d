/** What a group makes of a card that somebody edited by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMember, oneForEachType } from '../../../src/core/domain/group.ts';

test('a matrix has one column for each object type, the first where a type stands twice, by its name or its id', () => {
  const [contacts, again, byId, tickets] = [
    { to: 'contacts', lookUp: '1' },
    { to: 'contacts', lookUp: '2' },
    { to: '0-1', lookUp: '3' },
    { to: 'tickets', lookUp: '4' },
  ];
  assert.deepEqual(oneForEachType([contacts!, again!, byId!, tickets!]), [contacts, tickets]);
  assert.deepEqual(oneForEachType([]), []);
});

test('a look-up is a member only where it asks what the group says', () => {
  const member = { from: 'deals', to: 'contacts' };
  assert.ok(isMember(member, { from: 'deals', to: 'contacts' }));
  assert.ok(isMember(member, { from: '0-3', to: '0-1' }));
  assert.ok(!isMember(member, { from: 'companies', to: 'contacts' }));
  assert.ok(!isMember(member, { from: 'deals', to: 'companies' }));
});
