import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from '../../../src/core/domain/nearestName.ts';

const known = [
  'contacts',
  'contact',
  'companies',
  'company',
  'deals',
  'deal',
  'line_items',
  'tickets',
  'p999_machines',
];

test('a slip of the finger is understood', () => {
  const meant = { compnay: 'company', Contcats: 'contacts', dael: 'deal', lineitems: 'line_items', tickts: 'tickets' };
  for (const [typed, name] of Object.entries(meant)) assert.equal(nearestName(typed, known), name, typed);
});

test('what is like nothing is not guessed', () => {
  for (const typed of ['widgets', '', 'x', 'da', '2-123456', 'a_very_long_name_of_a_custom_object']) {
    assert.equal(nearestName(typed, known), undefined, typed);
  }
});
