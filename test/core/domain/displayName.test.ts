import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayName } from '../../../src/core/domain/displayName.ts';
import { standardObjectType } from '../../../src/core/domain/objectTypes.ts';

const contact = standardObjectType('contacts')!;

test('a contact has its first and last name, or its address', () => {
  assert.equal(
    displayName(contact, { firstname: 'Ada', lastname: 'Lovelace', email: 'ada@example.com' }),
    'Ada Lovelace',
  );
  assert.equal(displayName(contact, { lastname: 'Lovelace' }), 'Lovelace');
  assert.equal(displayName(contact, { email: 'ada@example.com' }), 'ada@example.com');
  assert.equal(displayName(contact, {}), undefined);
});

test('other records have the first property that has a value', () => {
  const company = standardObjectType('companies')!;
  assert.equal(displayName(company, { name: 'Acme', domain: 'acme.example' }), 'Acme');
  assert.equal(displayName(company, { name: '  ', domain: 'acme.example' }), 'acme.example');
});

test('bodies lose their tags and line ends, and long ones are cut between characters', () => {
  const note = standardObjectType('notes')!;
  assert.equal(displayName(note, { hs_note_body: '<p>Call\nback</p><b>soon</b>' }), 'Call back soon');
  const long = displayName(note, { hs_note_body: '😀'.repeat(200) })!;
  assert.equal([...long].length, 80);
  assert.ok(long.endsWith('😀…'));
});
