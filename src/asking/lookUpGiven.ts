/** Questions that are given whole: by other extensions, tasks, keybindings and the sample. */

import type { Accounts } from '../accounts/accounts.ts';
import type { Completeness } from '../core/domain/associations.ts';
import { samplePairs } from '../core/sampleHubSpot/sampleHubSpot.ts';
import { Turns } from '../editor/turns.ts';
import { asking, noIdPlaces } from '../ids/idPlaces.ts';
import { isRead, type LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { confirmGiven } from './confirmPlan.ts';
import { areSeveral, parseQuestion } from './givenQuestion.ts';

/** What the command `hubspotAssociations.lookUp` returns. asked = found + none + failed + notRead. */
export interface LookUpSummary {
  readonly asked: number;
  readonly found: number;
  readonly none: number;
  readonly failed: number;
  readonly notRead: number;
  readonly associations: number;
  readonly complete: boolean;
  /** Says of an answer that is not complete whether v3 hid associations only: `primaryOnly`. */
  readonly completeness: Completeness;
}

/** What it returns where several object types were asked for: a summary for each, in the order given. */
export interface TypesSummary {
  /** True when each of them is. */
  readonly complete: boolean;
  readonly types: readonly (LookUpSummary & { readonly to: string })[];
}

/**
 * Looks up given ids in the active account, shows the answer in the tree and returns its summary. For tasks, keybindings
 * and other extensions.
 * @param given `{ ids, from, to }`; with several types in `to` each is a look-up of its own, and all are held together
 * @returns undefined where a person was asked, because of their number, and did not allow it
 * @throws TypeError when the argument does not fit; nothing is sent then
 */
export async function lookUp(
  given: unknown,
  parts: { accounts: Accounts; lookUps: LookUps; groups: LookUpGroups; show: (id: string) => void },
): Promise<LookUpSummary | TypesSummary | undefined> {
  const question = parseQuestion(given);
  const { active } = parts.accounts;
  const ids = await new Turns().through(asking(question.ids));
  if (!(await confirmGiven(ids.length, active, areSeveral(question) ? question.to.length : 1))) return undefined;
  if (areSeveral(question)) {
    const { to, ...shared } = question;
    const types = to.map((each) => ({ to: each }));
    const { id, finished } = parts.groups.start({ ...shared, ids }, types, { account: active, places: noIdPlaces });
    const members = parts.groups.find(id)?.members.filter(isRead) ?? [];
    parts.show(id);
    await finished;
    const summaries = members.map((entry) => ({ to: entry.question.to, ...summaryOf(entry) }));
    return { complete: summaries.every(({ complete }) => complete), types: summaries };
  }
  const { entry, finished } = parts.lookUps.run({ ...question, ids }, active, noIdPlaces);
  parts.show(entry.id);
  await finished;
  return summaryOf(entry);
}

function summaryOf({ answer }: LookUpEntry): LookUpSummary {
  const { asked, found, none, failed, notRead, associations } = answer.counts;
  const { complete, completeness } = answer;
  return { asked, found, none, failed, notRead, associations, complete, completeness };
}

/** Looks up some deals of the sample account, so that there is an answer to look at. The active account stays what it is. */
export function trySample(parts: { accounts: Accounts; lookUps: LookUps; show: (lookUpId: string) => void }): void {
  const { accounts, lookUps } = parts;
  const { entry } = lookUps.run(samplePairs.dealsToCompanies, accounts.sample, noIdPlaces);
  parts.show(entry.id);
}
