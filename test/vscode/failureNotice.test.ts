/** Failures in plain sentences. */
import assert from 'node:assert/strict';
import { failureNotice } from '../../src/editor/failureNotice.ts';

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
