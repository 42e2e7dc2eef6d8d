/** Cards of look-ups as tests make them, and what a window brings back of them. */
import { randomUUID } from 'node:crypto';
import type { LookUpCard } from '../../src/lookUps/lookUpCard.ts';
import type { SavedLookUp } from '../../src/lookUps/returningLookUps.ts';
import type { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';

/** Of a look-up that was just begun. */
export const cardOf = (over: Partial<LookUpCard> = {}): LookUpCard => ({
  id: randomUUID(),
  account: { id: 'a', kind: 'stored', name: 'Acme', checked: true },
  startedAt: new Date(0),
  name: undefined,
  pinned: true,
  ended: false,
  stopped: undefined,
  counts: undefined,
  row: undefined,
  ledgerBytes: undefined,
  ...over,
});

export async function restoredBy(saved: SavedLookUps): Promise<SavedLookUp[]> {
  const all: SavedLookUp[] = [];
  for await (const some of saved.restore()) all.push(...some);
  return all;
}
