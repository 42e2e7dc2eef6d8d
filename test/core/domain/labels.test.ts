import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOf } from '../../../src/core/domain/labels.ts';
import { customObjectType } from '../../../src/core/domain/objectTypes.ts';
import { billing, plain, primary } from '../madeAnswer.ts';

const pair = { from: 'deals', to: 'companies' };

test('the primary mark and the plain association are no labels', () => {
  assert.deepEqual(labelsOf([plain, primary, billing], pair), {
    primary: true,
    labels: [{ text: 'Billing contact', type: 'USER_DEFINED 28' }],
  });
  assert.deepEqual(labelsOf([plain], pair), { primary: false, labels: [] });
});

test('v3 names what is plain, what is primary, and what a person wrote', () => {
  const under = (name: string, from = 'deals', to = 'companies') => labelsOf([{ name }], { from, to });
  assert.deepEqual(under('deal_to_company'), { primary: true, labels: [] });
  assert.deepEqual(under('deal_to_company_unlabeled'), { primary: false, labels: [] });
  assert.deepEqual(under('deal_to_contact', 'deals', 'contacts'), { primary: false, labels: [] });
  assert.deepEqual(under('contact_to_contact', '0-1', 'contact'), { primary: false, labels: [] });
  assert.deepEqual(under('decision_maker'), {
    primary: false,
    labels: [{ text: 'decision_maker', type: 'decision_maker' }],
  });
  assert.deepEqual(under('pet_to_contact', '2-123', 'contacts').labels, []);
  assert.deepEqual(under('contact_to_pet', 'contacts', 'p1_pet').labels, []);
  assert.equal(under('pet_owner', '2-123', '2-124').labels[0]?.text, 'pet_owner');
});

test('two labels of one association are both told', () => {
  const chief = { category: 'USER_DEFINED', typeId: 30, label: 'Chief' };
  assert.deepEqual(
    labelsOf([billing, chief], pair).labels.map(({ text }) => text),
    ['Billing contact', 'Chief'],
  );
});

test('v3 names of plain associations are no labels, whatever HubSpot calls the types', () => {
  const labels = (name: string, from: string, to: string) =>
    labelsOf([{ name }], { from, to }).labels.map(({ text }) => text);
  for (const [name, from, to] of [
    ['contact_to_meeting_event', 'contacts', 'meetings'],
    ['meeting_event_to_contact', '0-47', 'contact'],
    ['deal_to_meeting_event', 'deals', '0-47'],
    ['deal_to_commerce_payment', 'deals', 'payments'],
    ['commerce_payment_to_contact', '0-101', 'contacts'],
    ['feedback_submission_to_contact', 'feedback_submissions', 'contacts'],
    ['contact_to_my_object', 'contacts', 'p123_my_object'],
    ['my_object_to_contact', 'p_my_object', 'contacts'],
    ['pet_to_owner', 'p123_pet', 'p_owner'],
  ] as const) {
    assert.deepEqual(labels(name, from, to), [], name);
  }
  assert.deepEqual(labels('contact_to_decider', 'contacts', 'p123_pet'), ['contact_to_decider']);
});

test('v3 names of custom types are known by the types of the account', () => {
  const custom = (id: string, name: string) => ({
    id,
    name,
    singular: name.replace(/^p\d+_/, ''),
    label: name,
    pluralLabel: name,
    displayProperties: [],
    readScopes: [],
  });
  const types = [custom('2-1', 'p9_pet'), custom('2-2', 'p9_owner')];
  const labels = (name: string, from: string, to: string) =>
    labelsOf([{ name }], { from, to }, types).labels.map(({ text }) => text);
  assert.deepEqual(labels('pet_to_owner', '2-1', '2-2'), []);
  assert.deepEqual(labels('owner_to_pet', '2-2', 'p_pet'), []);
  assert.deepEqual(labels('contact_to_pet', 'contacts', '2-1'), []);
  assert.deepEqual(labels('pet_to_owner_twice', '2-1', '2-2'), ['pet_to_owner_twice']);
  for (const name of ['2-1', 'p9_pet', 'P9_PET', 'p_pet', 'pet'])
    assert.equal(customObjectType(name, types)?.id, '2-1');
  assert.equal(customObjectType('p_pets', types), undefined);
});

test('primary is a matter of category and number, and is said once', () => {
  const type = (category: string, typeId: number, label?: string) => ({
    category,
    typeId,
    ...(label === undefined ? {} : { label }),
  });
  const folded = (...types: Parameters<typeof labelsOf>[0]) => labelsOf(types, { from: 'companies', to: 'contacts' });
  for (const category of ['USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK']) {
    assert.equal(folded(type(category, 2, 'Partner')).primary, false, category);
    assert.deepEqual(folded(type(category, 2, 'Primary')).labels[0]?.text, 'Primary');
  }
  assert.equal(labelsOf([{ typeId: 2 }], pair).primary, false);
  for (const typeId of [271, 272, 273, 274]) {
    const both = labelsOf([primary, type('HUBSPOT_DEFINED', typeId, 'Primary')], pair);
    assert.deepEqual(both, { primary: true, labels: [] });
  }
  assert.equal(labelsOf([{ name: 'lead_to_primary_contact' }], { from: 'leads', to: 'contacts' }).primary, true);
});

test('from a company the primary association is called what HubSpot calls it', () => {
  const fromCompany = { from: 'companies', to: 'contacts' };
  const dated = { category: 'HUBSPOT_DEFINED', typeId: 2, label: 'Contact with Primary Company' };
  const expected = { primary: true, primaryLabel: 'Contact with Primary Company', labels: [] };
  assert.deepEqual(labelsOf([dated], fromCompany), expected);
  assert.deepEqual(labelsOf([{ name: 'company_to_contact' }], fromCompany), expected);
  assert.deepEqual(labelsOf([{ ...dated, label: 'Primary' }], fromCompany), { primary: true, labels: [] });
});
