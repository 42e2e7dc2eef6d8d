/**
 * The associations of one record in the order HubSpot walks them, cut into pages.
 *
 * v3 has one row per association type, walks type by type, and of a record's companies shows only the primary one.
 * The date versions have one row per associated record, with its types as a list.
 */

import type { Association } from '../domain/associations.ts';
import type { Account, AccountAssociation, AssociationDefinition } from './accountData.ts';
import { PortalError } from './answers.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** One row of an answer: under v3 with one definition, under the date versions with all of them. */
export interface Row {
  readonly toId: string;
  readonly definitions: readonly AssociationDefinition[];
}

export interface Page {
  readonly rows: readonly Row[];
  /** Only where there is a next page. */
  readonly after?: string;
}

const ordinal = (definition: AssociationDefinition) => (definition.category === 'HUBSPOT_DEFINED' ? 0 : 1);

/** Ids by value, whatever their length. */
const compareIds = (one: string, other: string) =>
  one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);

function compareDefinitions(one: AssociationDefinition, other: AssociationDefinition): number {
  return ordinal(one) - ordinal(other) || one.typeId - other.typeId;
}

/** Of a record's companies v3 shows only the primary one, with all its types. Other pairs are whole. */
function seenByV3(account: Account, fromTypeId: string, id: string, toTypeId: string): readonly AccountAssociation[] {
  const all = account.associations(fromTypeId, id, toTypeId);
  const hasPrimary =
    toTypeId === '0-2' && account.definitions(fromTypeId, toTypeId).some((definition) => definition.primary);
  return hasPrimary ? all.filter(({ definitions }) => definitions.some(({ primary }) => primary)) : all;
}

function rowsOf(
  account: Account,
  fromTypeId: string,
  id: string,
  toTypeId: string,
  version: 'v3' | 'date',
): readonly Row[] {
  if (version === 'date') {
    return account
      .associations(fromTypeId, id, toTypeId)
      .map(({ toId, definitions }) => ({ toId, definitions: definitions.toSorted(compareDefinitions) }))
      .sort((one, other) => compareIds(one.toId, other.toId));
  }
  return seenByV3(account, fromTypeId, id, toTypeId)
    .flatMap(({ toId, definitions }) => definitions.map((definition) => ({ toId, definitions: [definition] })))
    .sort(
      (one, other) =>
        compareDefinitions(one.definitions[0]!, other.definitions[0]!) || compareIds(one.toId, other.toId),
    );
}

export type RowReader = (fromTypeId: string, id: string, toTypeId: string, version: 'v3' | 'date') => readonly Row[];

/** `rowsOf` that keeps the rows of the large record it saw last: its pages are asked for one after another. */
export function rowReader(account: Account): RowReader {
  let last: { readonly key: string; readonly rows: readonly Row[] } | undefined;
  return (fromTypeId, id, toTypeId, version) => {
    const key = `${fromTypeId}/${id}>${toTypeId} ${version}`;
    if (last?.key === key) return last.rows;
    const rows = rowsOf(account, fromTypeId, id, toTypeId, version);
    if (rows.length > largeRecord) last = { key, rows };
    return rows;
  };
}

const largeRecord = 1000;

/** The page after the cursor; the first one without. Throws HubSpot's 400 for a cursor it did not give out. */
export function pageOf(rows: readonly Row[], size: number, version: 'v3' | 'date', after: string | undefined): Page {
  let start = 0;
  if (after !== undefined) {
    const place = decodeCursor(after);
    if (place === undefined) {
      throw new PortalError(400, `Invalid paging cursor: ${after}`, { category: 'VALIDATION_ERROR' });
    }
    start = firstAfter(rows, (row) => {
      if (version === 'date') return compareIds(row.toId, place.lastId) > 0;
      const definition = row.definitions[0]!;
      const order = ordinal(definition) - place.category || definition.typeId - place.typeId;
      return (order || compareIds(row.toId, place.lastId)) > 0;
    });
  }
  const page = rows.slice(start, start + size);
  const last = page.at(-1);
  if (last === undefined || start + size >= rows.length) return { rows: page };
  const definition = last.definitions[0]!;
  const place =
    version === 'date'
      ? { category: 0, typeId: 0, lastId: last.toId }
      : { category: ordinal(definition), typeId: definition.typeId, lastId: last.toId };
  return { rows: page, after: encodeCursor(place) };
}

/** Where in sorted rows the first one stands that lies behind the cursor. */
function firstAfter(rows: readonly Row[], isAfter: (row: Row) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(rows[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows as the domain's associations, each record once, by id: what a perfect reader of all pages knows. */
export function associationsFromRows(rows: readonly Row[], version: 'v3' | 'date'): readonly Association[] {
  const byId = new Map<string, AssociationDefinition[]>();
  for (const { toId, definitions } of rows) {
    byId.set(toId, [...(byId.get(toId) ?? []), ...definitions]);
  }
  return [...byId]
    .sort(([one], [other]) => compareIds(one, other))
    .map(([toId, definitions]) => ({
      toId,
      types: definitions.map(({ category, typeId, label, name }) =>
        version === 'v3' ? { name } : { category, typeId, ...(label === null ? {} : { label }) },
      ),
    }));
}
