/** A look-up as reports take it. */
import { environmentWords } from '../accounts/accountWords.ts';
import { areForeignToSample } from '../answers/sampleIds.ts';
import type { ReportedLookUp } from '../core/report/firstLine.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

export function reportedEntry(entry: LookUpEntry): ReportedLookUp {
  const { account, answer, state, stopped } = entry;
  const environment = environmentWords(account);
  return {
    answer,
    state,
    stopped,
    areForeign: areForeignToSample(entry),
    account: {
      name: account.name,
      isSample: account.kind === 'sample',
      ...(environment !== undefined && { environment }),
      ...(account.accountType !== undefined && { isTest: account.accountType !== 'STANDARD' }),
      ...(account.portalId !== undefined && { portalId: account.portalId }),
    },
  };
}
