import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ObjectType, standardObjectType } from '../../../src/core/domain/objectTypes.ts';
import { displayName as nameOf } from '../../../src/core/properties/displayName.ts';

const displayName = (type: Pick<ObjectType, 'displayProperties'>, values: Readonly<Record<string, string>>) =>
  nameOf(type.displayProperties, (property) => values[property]);

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

test('names stay as HubSpot gives them, whatever they look like and however long they are', () => {
  const deal = standardObjectType('deals')!;
  for (const name of [
    'Acme <> Globex intro call',
    '5 < 6 and 9 > 2',
    '<b>not bold</b> &amp; co',
    'two  blanks,\na line end ',
    '\u202eevil',
    'x'.repeat(5000),
  ]) {
    assert.equal(displayName(deal, { dealname: name }), name);
    assert.equal(displayName(contact, { firstname: name, lastname: 'L' }), `${name} L`);
  }
});

test('bodies that are HTML become their text, all of it', () => {
  for (const [type, property] of [
    ['notes', 'hs_note_body'],
    ['communications', 'hs_communication_body'],
    ['postal_mail', 'hs_postal_mail_body'],
  ] as const) {
    const name = displayName(standardObjectType(type)!, { [property]: '<p>Call\nback</p><b>soon</b>' });
    assert.equal(name, 'Call back soon');
  }
  const note = standardObjectType('notes')!;
  assert.equal(displayName(note, { hs_note_body: '<div><br></div>' }), undefined);
  assert.equal(displayName(note, { hs_note_body: '😀'.repeat(200) }), '😀'.repeat(200));
});
