/** What a check that is being planned comes to, as its choices change. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CheckDraft,
  choicesFor,
  type DraftParts,
  draftOf,
  endsOf,
  sourceOf,
} from '../../src/checks/checkDraft.ts';
import type { CheckChoices, ReadMapping } from '../../src/checks/plannedCheck.ts';
import { finished } from '../../src/core/domain/steps.ts';
import { readingMapping } from '../../src/core/expectation/idMapping.ts';
import { madeColumns } from '../core/expectation/madePairs.ts';

/** Deals that ought to have contacts, translated by these files. */
function planned(mappings: ReadonlyMap<string, ReadMapping>, from: string): Promise<CheckDraft> {
  const parts = {
    file: { uri: { toString: () => 'file:///pairs.csv' } },
    read: { rows: { pairs: madeColumns([['1', ['71']]]) }, file: { name: 'pairs.csv', bytes: 1, sha256: '' } },
    choices: {
      from,
      to: 'contacts',
      isTurned: false,
      apiVersion: '2026-09',
      isWhole: true,
      mappings,
      categoryOf: new Map(),
    },
    labels: { definitions: { labels: undefined }, customTypes: undefined, failure: undefined },
  };
  return draftOf(parts as unknown as DraftParts);
}

test('a file that translates a type which is not asked any more is not said to translate', async () => {
  const reading = finished(readingMapping(madeColumns([['1', ['101']]])));
  assert.ok(reading.ok);
  const file = { name: 'deal-ids.csv', bytes: 9, sha256: 'ab' };
  const mappings = new Map([['deals', { mapping: reading.mapping, file }]]);

  const deals = await planned(mappings, 'deals');
  assert.equal(deals.plan.expectation.fromId(0), '101');
  assert.deepEqual([...deals.plan.mappings.keys()], ['deals']);
  assert.deepEqual(sourceOf(deals, deals.plan.expectation).mappings, [{ ...file, objectType: 'deals' }]);

  const tickets = await planned(mappings, 'tickets');
  assert.equal(tickets.plan.expectation.fromId(0), '1');
  assert.deepEqual([...tickets.plan.mappings.keys()], []);
  assert.equal(sourceOf(tickets, tickets.plan.expectation).mappings, undefined);
});

test('the column that is chosen to be looked up is looked up, also where the plan was turned around', () => {
  const chosen = { from: 0, to: 1, label: undefined };
  const choices: CheckChoices = {
    from: 'companies',
    to: 'deals',
    isTurned: true,
    apiVersion: '2026-09',
    isWhole: true,
    mappings: new Map(),
    categoryOf: new Map([[3, 'USER_DEFINED']]),
  };
  const said = (at: number) => ['deals', 'companies', 'contacts', undefined][at];
  const after = (from: number, to: number) => {
    const other = choicesFor({ from, to }, { chosen, choices }, said);
    assert.equal(endsOf({ chosen: { from, to, label: undefined }, choices: other }).from, from);
    assert.equal(other.categoryOf.size, 0, 'numbers of labels are of the two types');
    return [other.from, other.to];
  };
  assert.deepEqual(after(0, 1), ['deals', 'companies']);
  assert.deepEqual(after(1, 0), ['companies', 'deals']);
  assert.deepEqual(after(2, 1), ['contacts', 'companies'], 'of another column the file says its type');
  assert.deepEqual(after(3, 0), ['companies', 'deals'], 'where it does not, it stays as it was');
});
