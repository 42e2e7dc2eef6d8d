/** What a call told of each record that it asked for. */
import type { Existence } from '../domain/cell.ts';
import type { Failure } from '../domain/failure.ts';
import type { RecordBatch, RecordProperties } from '../hubspot/records.ts';
import type { Ask } from './wantedIds.ts';

/** In it HubSpot lists, with semicolons, the ids that were merged into a record. */
export const mergedIds = 'hs_merged_object_ids';

/** So many ids of one call were hardly all merged away without their survivors' telling. */
const mostUnclear = 20;

export type News =
  | { readonly kind: 'known'; readonly existence: Existence; readonly values?: RecordProperties }
  /** It is not among the living: it may be archived. */
  | { readonly kind: 'lost' }
  /** Another record came in its place, perhaps; which one shows when it is asked for by itself. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * What HubSpot answers for an id that was merged away is not documented, and all of these have been seen: that there is no such
 * record, nothing at all, or the record that survived, under the survivor's own id. Where a survivor tells which ids went into
 * it, that is taken. An id that got no answer while a record came that nobody asked for is asked again by itself, so that no
 * survivor is given to the wrong id; where too many got none, the answer is of other records, and they are not read.
 */
export function newsOf({ ids, archived }: Ask, { found, missing, failed, silence }: RecordBatch): Map<string, News> {
  const asked = new Set(ids);
  const unasked = [...found.keys()].filter((id) => !asked.has(id));
  const survivors = archived ? new Map<string, string>() : survivorsIn(found);
  const isSilent = (id: string) => !found.has(id) && !survivors.has(id) && !missing.has(id) && !failed.has(id);
  const isOfOthers = ids.filter(isSilent).length > mostUnclear;
  const newsOfOne = (id: string): News => {
    const values = found.get(id);
    if (values) return { kind: 'known', existence: { kind: archived ? 'archived' : 'exists' }, values };
    const into = survivors.get(id);
    if (into !== undefined) return { kind: 'known', existence: { kind: 'merged', into } };
    if (missing.has(id)) return archived ? { kind: 'known', existence: { kind: 'missing' } } : { kind: 'lost' };
    const failure = failed.get(id);
    if (failure) return { kind: 'failed', failure };
    if (archived || unasked.length === 0 || isOfOthers) return { kind: 'failed', failure: silence };
    if (ids.length > 1) return { kind: 'unclear' };
    return unasked.length === 1
      ? { kind: 'known', existence: { kind: 'merged', into: unasked[0]! } }
      : { kind: 'failed', failure: silence };
  };
  return new Map(ids.map((id) => [id, newsOfOne(id)]));
}

/** By the ids that were merged away. */
function survivorsIn(found: RecordBatch['found']): Map<string, string> {
  const survivors = new Map<string, string>();
  for (const [survivor, values] of found) {
    for (const id of values[mergedIds]?.split(';') ?? []) survivors.set(id.trim(), survivor);
  }
  return survivors;
}
