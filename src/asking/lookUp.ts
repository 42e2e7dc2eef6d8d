import type { Accounts } from '../accounts/accounts.ts';
import { noSources } from '../ids/idPlaces.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { parseQuestion } from './question.ts';

/** What the command `hubspotAssociations.lookUp` returns. asked = found + none + failed + notRead. */
export interface LookUpSummary {
  readonly asked: number;
  readonly found: number;
  readonly none: number;
  readonly failed: number;
  readonly notRead: number;
  readonly associations: number;
  readonly complete: boolean;
}

/**
 * Looks up given ids in the active account, shows the answer in the tree and returns its summary. For tasks, keybindings
 * and other extensions.
 * @param given `{ ids, from, to }`
 * @throws TypeError when the argument does not fit; nothing is sent then
 */
export async function lookUp(
  given: unknown,
  parts: { accounts: Accounts; lookUps: LookUps; show: (lookUpId: string) => void },
): Promise<LookUpSummary> {
  const { entry, finished } = parts.lookUps.run(parseQuestion(given), parts.accounts.active, noSources);
  parts.show(entry.id);
  await finished;
  const { asked, found, none, failed, notRead, associations } = entry.answer.counts;
  return { asked, found, none, failed, notRead, associations, complete: entry.answer.complete };
}
