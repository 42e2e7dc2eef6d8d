/** Whether a look-up in the sample account is about somebody's own IDs, of which the sample account knows nothing. */
import type { Answer } from '../core/domain/associations.ts';
import { isSampleId } from '../core/sampleHubSpot/sampleHubSpot.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

/** Counted once: a panel asks with every change, and a look-up may have a hundred thousand IDs. */
const known = new WeakMap<Answer, boolean>();

/**
 * True when no ID that was asked belongs to a record of the sample account, whatever its object type: then HubSpot was never
 * asked, and nothing can be said of these records. IDs of the sample account under another object type are not meant.
 */
export function areForeignToSample({ account, answer }: Pick<LookUpEntry, 'account' | 'answer'>): boolean {
  if (account.kind !== 'sample' || answer.counts.asked === 0) return false;
  let areForeign = known.get(answer);
  if (areForeign === undefined) {
    areForeign = true;
    for (let record = 0; areForeign && record < answer.counts.asked; record++) {
      areForeign = !isSampleId(answer.recordId(record));
    }
    known.set(answer, areForeign);
  }
  return areForeign;
}
