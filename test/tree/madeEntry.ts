/** Look-ups for tests of what the Lookups view shows, without VS Code. */
import type { Account } from '../../src/accounts/accounts.ts';
import type { Answer } from '../../src/core/domain/associations.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import type { LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';

export const account: Account = { id: 'acme', kind: 'stored', name: 'Acme', checked: true };

/** A look-up that has ended with this Answer. */
export function madeEntry(answer: Answer, over: Partial<LookUpEntry> = {}): LookUpEntry {
  return {
    id: 'look-up',
    question: answer.question,
    account,
    document: '',
    places: noIdPlaces,
    read: undefined,
    startedAt: new Date(0),
    name: undefined,
    pinned: false,
    summary: answer,
    answer,
    checked: over.check,
    check: undefined,
    checkSource: undefined,
    atHand: 'answer',
    state: 'ended',
    progress: undefined,
    stopped: undefined,
    notKept: undefined,
    ...over,
  };
}
