import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOf } from '../../../src/core/domain/labels.ts';
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
