/** Whether records are there at all: alive, archived, merged into another, or unknown to HubSpot. */
import type { Failure } from '../domain/failure.ts';
import type { CallSignals, Patience } from './client.ts';
import type { HubSpotPorts } from './ports.ts';
import { type RecordsQuestion, readRecords } from './records.ts';

/** What became of a record. `archived`: it is in HubSpot's recycling bin. `missing`: HubSpot knows no such record. */
export type Existence =
  | { readonly kind: 'exists' | 'archived' | 'missing' }
  /** It lives on under another id; `into` is that id. */
  | { readonly kind: 'merged'; readonly into: string };

/** What was learned: an id that is in no list was not answered for. */
interface Existences {
  readonly of: ReadonlyMap<string, Existence>;
  /** Properties of the records that are there, by their own ids. */
  readonly properties: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export type ExistencesAnswer =
  | { readonly ok: true; readonly existences: Existences }
  | { readonly ok: false; readonly failure: Failure };

/** In it HubSpot lists, with semicolons, the ids that were merged into a record. */
const mergedIds = 'hs_merged_object_ids';

/**
 * Asks for at most a batch of records among the living, and for those that are not there among the archived. Never rejects.
 *
 * What HubSpot answers for an id that was merged away is not documented: that there is no such record, or the record that
 * survived, under the survivor's id. Where a survivor tells which ids went into it, that is taken; an id that got no answer
 * while a record came that nobody asked for is asked again by itself, so that no survivor is given to the wrong id.
 */
export async function readExistences(
  question: Omit<RecordsQuestion, 'archived'>,
  ports: HubSpotPorts,
  signals: CallSignals = {},
  patience: Partial<Patience> = {},
): Promise<ExistencesAnswer> {
  const of = new Map<string, Existence>();
  const properties = new Map<string, Readonly<Record<string, string>>>();
  const asked = new Set(question.ids);
  const read = (ids: readonly string[], archived = false) => {
    const names = [...question.properties, mergedIds];
    return readRecords({ ...question, ids, properties: names, archived }, ports, signals, patience);
  };

  const living = await read(question.ids);
  if (!living.ok) return living;
  for (const [id, known] of living.batch.found) {
    properties.set(id, known);
    if (asked.has(id)) of.set(id, { kind: 'exists' });
  }
  for (const [survivor, known] of living.batch.found) {
    for (const id of known[mergedIds]?.split(';') ?? []) {
      if (asked.has(id) && !of.has(id)) of.set(id, { kind: 'merged', into: survivor });
    }
  }
  if ([...living.batch.found.keys()].some((id) => !asked.has(id))) {
    const open = question.ids.filter((id) => !of.has(id) && !living.batch.missing.has(id));
    for (const id of open) {
      const alone = await read([id]);
      if (!alone.ok) return alone;
      const [survivor] = alone.batch.found.keys();
      if (survivor !== undefined) of.set(id, { kind: 'merged', into: survivor });
      else if (alone.batch.missing.has(id)) of.set(id, { kind: 'missing' });
    }
  }

  const gone = question.ids.filter((id) => !of.has(id) && living.batch.missing.has(id));
  if (gone.length === 0) return { ok: true, existences: { of, properties } };
  const archived = await read(gone, true);
  if (!archived.ok) return archived;
  for (const id of gone) {
    const known = archived.batch.found.get(id);
    if (known) properties.set(id, known);
    if (known) of.set(id, { kind: 'archived' });
    else if (archived.batch.missing.has(id)) of.set(id, { kind: 'missing' });
  }
  return { ok: true, existences: { of, properties } };
}
