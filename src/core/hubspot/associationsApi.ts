/** What differs between the versions of HubSpot's associations API, beside the path, which endpoints.ts knows. */
import * as z from 'zod';
import { mostTypes, type TypeSets } from '../answer/typeSets.ts';
import type { ApiVersion, AssociationType } from '../domain/associations.ts';
import { type BatchReader, batchReader, idSchema, tooManyTypes } from './batchAnswer.ts';

export interface AssociationsApi {
  readonly version: ApiVersion;
  readonly readBatch: BatchReader;
  /** Whether the associations of one record can be read by themselves, with the same data, where a cursor does not move. */
  readonly readsOneRecord: boolean;
}

export function associationsApi(version: ApiVersion): AssociationsApi {
  return apis[version];
}

/** The most inputs HubSpot takes in one batch read of associations (its limit since February 2025, all versions). */
export const batchLimit = 1000;

/** An associated record as v3 sends it: a row of id and type name, one for each type. Of companies it sends only the primary one. */
export const usualV3Row = z.object({ id: z.string(), type: z.string() });

const readV3Batch = batchReader(
  usualV3Row,
  z.object({ id: idSchema, type: z.string().nullish() }),
  (row) => row.id,
  (row, sets) => (row.type ? sets.named(row.type) : sets.of([])),
);

const typeSchema = z.object({ category: z.string().nullish(), typeId: z.int().nullish(), label: z.string().nullish() });
type WireType = z.infer<typeof typeSchema>;

/** Counted before one of them is looked at: to say what is wrong with each of very many would take long. */
const fewEnough = z.custom<WireType[]>(
  (types) => !Array.isArray(types) || types.length <= mostTypes,
  tooManyTypes.detail,
);
const rowSchema = z.object({ toObjectId: idSchema, associationTypes: fewEnough.pipe(z.array(typeSchema)) });

/** Every date version names the associated record `toObjectId`, as a string or a number, and lists its types with category, id and label. */
const readDateVersionBatch = batchReader(
  rowSchema,
  rowSchema,
  (row) => row.toObjectId,
  (row, sets) => setOf(row.associationTypes, sets),
);

/** The date versions differ in one thing: 2026-09 has no 207, and tells errors of single records inside a 200. */
const apis: Readonly<Record<ApiVersion, AssociationsApi>> = {
  v3: { version: 'v3', readBatch: readV3Batch, readsOneRecord: true },
  '2026-03': { version: '2026-03', readBatch: readDateVersionBatch, readsOneRecord: false },
  '2026-09': { version: '2026-09', readBatch: readDateVersionBatch, readsOneRecord: false },
};

/** The last list of types and its set, per Answer: rows with the same types come together, and a set number is cheaper kept than found. */
const last = new WeakMap<TypeSets, { types: readonly WireType[]; set: number }>();

function setOf(types: readonly WireType[], sets: TypeSets): number {
  const previous = last.get(sets);
  if (previous && sameTypes(previous.types, types)) return previous.set;
  const set = sets.of(types.map(domainType));
  last.set(sets, { types, set });
  return set;
}

function sameTypes(one: readonly WireType[], other: readonly WireType[]): boolean {
  return (
    one.length === other.length &&
    one.every((type, index) => {
      const same = other[index]!;
      return type.typeId === same.typeId && type.category === same.category && type.label === same.label;
    })
  );
}

function domainType({ category, typeId, label }: WireType): AssociationType {
  return {
    ...(typeof category === 'string' ? { category } : {}),
    ...(typeof typeId === 'number' ? { typeId } : {}),
    ...(label ? { label } : {}),
  };
}
