/** How many records have what in the column of a property. Pure. */
import type { ShownRows } from './answerTable.ts';
import { idsInRows } from './idsInRows.ts';
import type { ShownProperty } from './rows.ts';
import { idRowsAStep, type Steps } from './steps.ts';

/** Of distinct records. */
export interface ValueCounts {
  readonly value: number;
  readonly unset: number;
  readonly gone: number;
  readonly notRead: number;
}

/** By the column's key. */
export type CountsByKey = ReadonlyMap<string, ValueCounts>;

/** Goes through all rows once for each end of which properties are shown. */
export function* valueCounts(shown: ShownRows, properties: readonly ShownProperty[]): Steps<CountsByKey> {
  const counts = new Map<string, ValueCounts>();
  for (const end of ['record', 'associated'] as const) {
    const ofEnd = properties.filter((property) => property.end === end);
    if (ofEnd.length === 0) continue;
    const found = ofEnd.map(() => ({ value: 0, unset: 0, gone: 0, notRead: 0 }));
    const seen = new Set<string>();
    for (const part of shown.parts(Math.ceil(idRowsAStep / ofEnd.length))) {
      for (const id of idsInRows(part, end)) {
        if (seen.has(id)) continue;
        seen.add(id);
        ofEnd.forEach((property, at) => {
          found[at]![property.cellOf(id).kind]++;
        });
      }
      yield part.length;
    }
    ofEnd.forEach(({ key }, at) => {
      counts.set(key, found[at]!);
    });
  }
  return counts;
}
