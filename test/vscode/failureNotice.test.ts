/** Failures in plain sentences. */
import assert from 'node:assert/strict';
import { noticesOf } from '../../src/answers/notices.ts';
import { failureNotice } from '../../src/editor/failureNotice.ts';
import { madeAnswer, unread } from '../core/madeAnswer.ts';
import { madeEntry } from '../tree/madeEntry.ts';

describe('a missing scope', () => {
  const deals = 'crm.objects.deals.read';
  const leads = 'crm.objects.leads.read';
  const told = (anyOf: readonly string[], ...needed: readonly string[]) =>
    failureNotice({ kind: 'missingScopes', anyOf, hubSpot: { httpStatus: 403 } }, needed).sentence;

  it('is named once where HubSpot asks for what is needed', () => {
    assert.equal(told([deals], deals), `The token lacks a scope. It needs ${deals}.`);
    assert.equal(
      told([leads], deals, leads),
      `The token lacks a scope. It needs ${deals}, ${leads}; HubSpot asks for ${leads}.`,
    );
    assert.equal(told([], deals), `The token lacks a scope. It needs ${deals}.`);
    assert.equal(told([leads]), `The token lacks a scope. HubSpot asks for ${leads}.`);
    assert.equal(told([]), 'The token lacks a scope.');
  });
});

describe('records that were not read', () => {
  it('are read again by a button that is called after their number', () => {
    const titleOf = (...ids: string[]) => {
      const entry = madeEntry(madeAnswer(ids.map((id) => ({ id, state: 'notRead', problem: unread }))));
      return noticesOf(entry).map(({ action }) => action?.title);
    };
    assert.deepEqual(titleOf('7'), ['Retry This']);
    assert.deepEqual(titleOf('7', '8'), ['Retry These']);
  });
});
