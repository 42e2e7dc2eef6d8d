/** The end of a window: what it does with look-ups comes to rest, and then it lets go of them. */
import { waitFor } from '../editor/patience.ts';
import type { LookUpGroups } from './lookUpGroups.ts';
import type { LookUps } from './lookUps.ts';
import type { SavedLookUps } from './savedLookUps.ts';

export interface ClosingParts {
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  readonly saved: SavedLookUps;
}

/**
 * Never rejects.
 * @param patience milliseconds that look-ups have to come to rest; a disk that hangs must not keep the window from letting go of
 * those with which nothing is under way
 */
export async function closeLookUps({ lookUps, groups, saved }: ClosingParts, patience = 1000): Promise<void> {
  await waitFor(Promise.all([groups.close(), lookUps.close()]), patience);
  await saved.close();
}
