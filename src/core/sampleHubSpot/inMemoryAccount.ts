/** A small account held in maps: records with their properties, and links between them that are seen from both ends. */

import type {
  Account,
  AccountAssociation,
  AccountDetails,
  AccountObjectType,
  AccountOwner,
  AccountProperty,
  AssociationDefinition,
  RecordProperties,
} from './accountData.ts';
import type { DefinitionPair } from './associationDefinitions.ts';

export interface AccountRecord {
  readonly typeId: string;
  readonly id: string;
  readonly properties: RecordProperties;
  /** In the recycling bin. */
  readonly archived?: true;
}

/** A record that is no more: it was merged into another. */
interface MergedRecord {
  readonly typeId: string;
  readonly id: string;
  readonly into: string;
}

/** Two records and every way in which they are associated; each pair's `forward` is seen from `fromId`. */
export interface AccountLink {
  readonly fromId: string;
  readonly toId: string;
  readonly pairs: readonly DefinitionPair[];
}

export interface AccountData {
  readonly details: AccountDetails;
  readonly scopes: readonly string[];
  readonly customTypes: readonly AccountObjectType[];
  readonly definitions: readonly DefinitionPair[];
  readonly records: readonly AccountRecord[];
  readonly links: readonly AccountLink[];
  readonly merged?: readonly MergedRecord[];
  /** By object type id. */
  readonly properties?: Readonly<Record<string, readonly AccountProperty[]>>;
  readonly owners?: readonly AccountOwner[];
}

/** Builds the account's indexes; linking the same two records twice adds up their types. */
export function inMemoryAccount(data: AccountData): Account {
  const records = new Map<string, AccountRecord>();
  for (const record of data.records) records.set(`${record.typeId}/${record.id}`, record);
  const counts = new Map<string, number>();
  for (const { typeId, archived } of records.values()) {
    if (!archived) counts.set(typeId, (counts.get(typeId) ?? 0) + 1);
  }
  const find = (typeId: string, id: string) => records.get(`${typeId}/${id}`);
  const survivors = new Map((data.merged ?? []).map(({ typeId, id, into }) => [`${typeId}/${id}`, into]));

  const definitions = new Map<string, Set<AssociationDefinition>>();
  const define = (fromTypeId: string, toTypeId: string, definition: AssociationDefinition) => {
    const key = `${fromTypeId}>${toTypeId}`;
    const known = definitions.get(key) ?? new Set();
    definitions.set(key, known.add(definition));
  };
  for (const pair of data.definitions) {
    define(pair.fromTypeId, pair.toTypeId, pair.forward);
    define(pair.toTypeId, pair.fromTypeId, pair.backward);
  }

  const associations = new Map<string, Map<string, Set<AssociationDefinition>>>();
  const associate = (key: string, toId: string, definition: AssociationDefinition) => {
    const ofRecord = associations.get(key) ?? new Map<string, Set<AssociationDefinition>>();
    ofRecord.set(toId, (ofRecord.get(toId) ?? new Set()).add(definition));
    associations.set(key, ofRecord);
  };
  for (const { fromId, toId, pairs } of data.links) {
    for (const { fromTypeId, toTypeId, forward, backward } of pairs) {
      associate(`${fromTypeId}/${fromId}>${toTypeId}`, toId, forward);
      associate(`${toTypeId}/${toId}>${fromTypeId}`, fromId, backward);
    }
  }

  return {
    details: data.details,
    scopes: data.scopes,
    customTypes: data.customTypes,
    owners: data.owners ?? [],
    has: (typeId, id) => find(typeId, id)?.archived === undefined && records.has(`${typeId}/${id}`),
    isArchived: (typeId, id) => find(typeId, id)?.archived === true,
    survivorOf: (typeId, id) => survivors.get(`${typeId}/${id}`),
    recordCount: (typeId) => counts.get(typeId) ?? 0,
    properties: (typeId, id) => find(typeId, id)?.properties,
    propertyDefinitions: (typeId) => data.properties?.[typeId] ?? [],
    associations: (fromTypeId, id, toTypeId): readonly AccountAssociation[] =>
      [...(associations.get(`${fromTypeId}/${id}>${toTypeId}`) ?? [])].map(([toId, types]) => ({
        toId,
        definitions: [...types],
      })),
    definitions: (fromTypeId, toTypeId) => [...(definitions.get(`${fromTypeId}>${toTypeId}`) ?? [])],
  };
}
