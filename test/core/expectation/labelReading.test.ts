import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ApiVersion, AssociationType } from '../../../src/core/domain/associations.ts';
import { LabelMatcher } from '../../../src/core/expectation/labelMatch.ts';
import { type LabelContext, type LabelDefinitions, readLabel } from '../../../src/core/expectation/labelReading.ts';
import { labelKey } from '../../../src/core/expectation/labelSets.ts';

const definitions: LabelDefinitions = {
  labels: [
    { category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' },
    { category: 'HUBSPOT_DEFINED', typeId: 341, label: undefined },
    { category: 'USER_DEFINED', typeId: 28, label: 'Billing contact' },
    { category: 'USER_DEFINED', typeId: 341, label: 'Décideur' },
    { category: 'USER_DEFINED', typeId: 30, label: '2026' },
  ],
  names: [
    { typeId: 5, name: 'deal_to_company' },
    { typeId: 341, name: 'deal_to_company_unlabeled' },
    { typeId: 341, name: 'decideur' },
    { typeId: 28, name: 'billing_contact' },
    { typeId: 30, name: 'year_2026' },
  ],
};

const refused: LabelDefinitions = { labels: undefined, names: undefined };

function read(text: string, apiVersion: ApiVersion = '2026-09', more: Partial<LabelContext> = {}) {
  return readLabel(text, { from: 'deals', to: 'companies', apiVersion, definitions, ...more });
}

const billing: AssociationType = { category: 'USER_DEFINED', typeId: 28, label: 'Billing contact' };
const plain: AssociationType = { category: 'HUBSPOT_DEFINED', typeId: 341 };
const decider: AssociationType = { category: 'USER_DEFINED', typeId: 341, label: 'Décideur' };
const primary: AssociationType = { category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' };

/** Whether an association with these types has the label. */
function match(text: string, types: readonly AssociationType[], apiVersion: ApiVersion = '2026-09', more = {}) {
  return new LabelMatcher().match([read(text, apiVersion, more).test], types);
}

suite('a label of the source', () => {
  test('is compared trimmed, inner blanks as one, case folded, and in no other way', () => {
    for (const text of ['Billing contact', '  billing \t CONTACT ', 'BILLING\u00a0CONTACT']) {
      assert.equal(match(text, [plain, billing]), 'all', text);
      assert.equal(read(text).problem, undefined, text);
    }
    for (const text of ['Billing contacts', 'Rechnungskontakt', 'Billingcontact']) {
      assert.equal(match(text, [plain, billing]), 'lacking', text);
    }
    assert.equal(labelKey('STRASSE ΟΔΌΣ'), labelKey('Straße οδός'));
    assert.notEqual(labelKey('sınır'), labelKey('sinir'), 'two words of Turkish');
    assert.equal(match('de\u0301cideur', [decider]), 'all', 'a letter and its accent, written as two');
    assert.equal(match('decideur', [decider]), 'lacking');
  });

  test('that the pair does not have is told with the nearest one', () => {
    assert.deepEqual(read('Biling contact').problem, {
      kind: 'unknown',
      text: 'Biling contact',
      nearest: 'Billing contact',
    });
    assert.deepEqual(read('Friend of the house').problem, {
      kind: 'unknown',
      text: 'Friend of the house',
      nearest: undefined,
    });
    assert.equal(read('USER_DEFINED 99').problem?.kind, 'unknown');
    assert.equal(read('99').problem?.kind, 'unknown');
  });

  test('that is a number is the type that HubSpot defines for the pair, else the account', () => {
    assert.deepEqual(read('5').test, { kind: 'type', text: '5', category: 'HUBSPOT_DEFINED', typeId: 5 });
    assert.deepEqual(read('28').test, { kind: 'type', text: '28', category: 'USER_DEFINED', typeId: 28 });
    assert.equal(match('28', [plain, billing]), 'all');
    assert.equal(match('28', [plain, { ...billing, category: 'HUBSPOT_DEFINED' }]), 'lacking');
  });

  test('that is a number of both is asked about, and HubSpot\u2019s until somebody says', () => {
    const { test: taken, problem } = read('341');
    assert.deepEqual(taken, { kind: 'type', text: '341', category: 'HUBSPOT_DEFINED', typeId: 341 });
    assert.ok(problem?.kind === 'ambiguous');
    assert.deepEqual(
      problem.choices.map(({ category }) => category),
      ['HUBSPOT_DEFINED', 'USER_DEFINED'],
    );
    const said = read('341', '2026-09', { categoryOf: new Map([[341, 'USER_DEFINED']]) });
    assert.deepEqual(said, { test: { kind: 'type', text: '341', category: 'USER_DEFINED', typeId: 341 } });
  });

  test('with a category is exact', () => {
    assert.equal(match('USER_DEFINED 341', [plain]), 'lacking');
    assert.equal(match('user_defined 341', [decider]), 'all');
    assert.equal(match('HUBSPOT_DEFINED 341', [plain]), 'all');
    assert.equal(read('HUBSPOT_DEFINED 341').problem, undefined);
  });

  test('may be a text that looks like a number', () => {
    assert.deepEqual(read('2026').test, { kind: 'label', text: '2026', key: '2026' });
  });

  test('Primary is the primary association, whatever its text', () => {
    assert.equal(match('primary', [primary]), 'all');
    assert.equal(match('Primary', [plain]), 'lacking');
    assert.equal(match('Primary', [{ name: 'deal_to_company' }], 'v3'), 'all');
    assert.equal(match('Primary', [{ name: 'deal_to_company_unlabeled' }], 'v3'), 'lacking');
    const contactOf: LabelDefinitions = {
      labels: [{ category: 'HUBSPOT_DEFINED', typeId: 2, label: 'Contact with Primary Company' }],
    };
    const type = { category: 'HUBSPOT_DEFINED', typeId: 2, label: 'Contact with Primary Company' };
    assert.equal(match('contact with primary company', [type], '2026-09', { definitions: contactOf }), 'all');
    assert.equal(match('Primary', [type], '2026-09', { definitions: contactOf }), 'all');
    const without: LabelDefinitions = { labels: [{ category: 'HUBSPOT_DEFINED', typeId: 3, label: undefined }] };
    assert.equal(read('Primary', '2026-09', { definitions: without }).problem?.kind, 'unknown');
  });

  test('is found under v3 by the name that its definition has there', () => {
    assert.equal(match('Billing contact', [{ name: 'billing_contact' }], 'v3'), 'all');
    assert.equal(match('Billing contact', [{ name: 'deal_to_company' }], 'v3'), 'lacking');
    assert.equal(match('28', [{ name: 'billing_contact' }], 'v3'), 'all');
    assert.equal(match('billing_contact', [{ name: 'billing_contact' }], 'v3'), 'all');
    assert.equal(match('5', [{ name: 'deal_to_company' }], 'v3'), 'all');
  });

  test('is told from HubSpot\u2019s type of the same number under v3 by its name', () => {
    assert.equal(match('Décideur', [{ name: 'decideur' }], 'v3'), 'all');
    assert.equal(match('HUBSPOT_DEFINED 341', [{ name: 'deal_to_company_unlabeled' }], 'v3'), 'all');
    assert.equal(match('HUBSPOT_DEFINED 341', [{ name: 'decideur' }], 'v3'), 'lacking');
    const two = { ...definitions, names: [...definitions.names!, { typeId: 341, name: 'decider' }] };
    assert.equal(match('Décideur', [{ name: 'decideur' }], 'v3', { definitions: two }), 'unknown');
  });

  test('cannot be compared under v3 where HubSpot refuses the definitions', () => {
    for (const text of ['Billing contact', '28', 'USER_DEFINED 28']) {
      assert.equal(match(text, [{ name: 'billing_contact' }], 'v3', { definitions: refused }), 'unknown', text);
    }
    const noNames = { labels: definitions.labels, names: undefined };
    assert.equal(match('Billing contact', [{ name: 'billing_contact' }], 'v3', { definitions: noNames }), 'unknown');
  });

  test('needs no definitions under a date version, but for a bare number', () => {
    assert.equal(match('Billing contact', [billing], '2026-09', { definitions: refused }), 'all');
    assert.equal(match('USER_DEFINED 28', [billing], '2026-09', { definitions: refused }), 'all');
    assert.equal(match('28', [billing], '2026-09', { definitions: refused }), 'unknown');
    assert.equal(read('Anything', '2026-09', { definitions: refused }).problem, undefined);
  });
});

test('all labels have to be there, more may be', () => {
  const tests = ['Billing contact', 'Décideur'].map((text) => read(text).test);
  const matcher = new LabelMatcher();
  assert.equal(matcher.match(tests, [plain, billing, decider, primary]), 'all');
  assert.equal(matcher.match(tests, [plain, billing]), 'lacking');
  assert.equal(matcher.match([], [plain]), 'all');
  const unsure = [...tests, read('28', '2026-09', { definitions: refused }).test];
  assert.equal(matcher.match(unsure, [billing, decider]), 'unknown');
  assert.equal(matcher.match(unsure, [billing]), 'lacking', 'one is not there, whatever the other is');
});
