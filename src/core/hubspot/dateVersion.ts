import * as z from 'zod';
import type { TypeSets } from '../answer/typeSets.ts';
import type { AssociationType } from '../domain/associations.ts';
import { batchReader, idSchema } from './batchAnswer.ts';

const typeSchema = z.object({ category: z.string().nullish(), typeId: z.int().nullish(), label: z.string().nullish() });
type WireType = z.infer<typeof typeSchema>;

const rowSchema = z.object({ toObjectId: idSchema, associationTypes: z.array(typeSchema) });

/** Every date version names the associated record `toObjectId`, as a string or a number, and lists its types with category, id and label. */
export const readDateVersionBatch = batchReader(
  rowSchema,
  rowSchema,
  (row) => row.toObjectId,
  (row, sets) => setOf(row.associationTypes, sets),
);

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
