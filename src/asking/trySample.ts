import type { Accounts } from '../accounts/accounts.ts';
import { samplePairs } from '../core/sampleHubSpot/sampleHubSpot.ts';
import { noSources } from '../ids/idPlaces.ts';
import type { LookUps } from '../lookUps/lookUps.ts';

/** Looks up some deals of the sample account, so that there is an answer to look at. The active account stays what it is. */
export function trySample(parts: { accounts: Accounts; lookUps: LookUps; show: (lookUpId: string) => void }): void {
  const { accounts, lookUps } = parts;
  const { entry } = lookUps.run(samplePairs.dealsToCompanies, accounts.sample, noSources);
  parts.show(entry.id);
}
