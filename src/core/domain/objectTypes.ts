/** What an object type is, which ones HubSpot has, and the scopes that reading them needs. */

import * as z from 'zod';
import { objectTypeTable } from './objectTypeTable.ts';

export interface ObjectType {
  /** HubSpot's objectTypeId, such as "0-3", or "2-123" for a custom object type. */
  readonly id: string;
  /** Plural API name. Types without one are named by their id. */
  readonly name: string;
  /** Singular API name, which HubSpot uses in error contexts and v3 type names. */
  readonly singular: string;
  readonly label: string;
  readonly pluralLabel: string;
  /** Properties that name a record for a person; the first ones are joined, the rest are fallbacks. */
  readonly displayProperties: readonly string[];
  /** Scopes that allow reading; any one of them is enough. */
  readonly readScopes: readonly string[];
}

/** One of HubSpot's own object types, which are the same in every account. */
interface StandardObjectType extends ObjectType {
  /** Other names under which the type is known (old API names). */
  readonly aliases: readonly string[];
  /** What most look-ups are about: listed before an account's own types. */
  readonly isMain: boolean;
  /** Activities have no page of their own: HubSpot shows them on the records they belong to. */
  readonly hasPage: boolean;
  /** False for products and users: whoever names one may look it up, but the lists leave them out. */
  readonly isOffered: boolean;
}

/** HubSpot's own object types, the most used first. */
export const standardObjectTypes: readonly StandardObjectType[] = objectTypeTable.map((row) => ({
  aliases: [],
  isMain: false,
  hasPage: true,
  isOffered: true,
  ...row,
}));

/** The scope that reading any custom object type needs. */
export const customObjectScope = 'crm.objects.custom.read';

const byName = new Map<string, StandardObjectType>();
for (const each of standardObjectTypes) {
  for (const name of [each.id, each.name, each.singular, ...each.aliases]) byName.set(name, each);
}

/** The standard object type with this id, plural name, singular name or alias, in any case; undefined for custom and unknown types. */
export function standardObjectType(name: string): StandardObjectType | undefined {
  return byName.get(name.trim().toLowerCase());
}

/**
 * True for what HubSpot may accept as an object type in a path: a type id (`0-3`, `2-123`, but no `2026-03`), a fully qualified name
 * (`p123_name`), or a word of letters, digits and underscores. Nothing that could change the path passes.
 */
export function isObjectTypeName(name: string): boolean {
  return /^(?!\d{4}-\d\d$)(?:\d{1,10}-\d{1,19}|[A-Za-z][A-Za-z0-9_]{0,99})$/.test(name);
}

/** The name or id of an object type in something that came from outside. */
export const objectTypeName: z.ZodType<string, string> = z.string().refine(isObjectTypeName, {
  error: 'Not an object type: give a name such as "deals", or an ID such as "0-3" or "2-123"',
});

/**
 * The custom object type that a name or id means: `2-123`, the fully qualified `p123_pet`, `p_pet` as HubSpot accepts it too,
 * or the bare `pet`, in any case.
 */
export function customObjectType(name: string, types: readonly ObjectType[]): ObjectType | undefined {
  const wanted = name.trim().toLowerCase();
  const bare = /^p_/.test(wanted) ? wanted.slice(2) : wanted;
  return types.find(
    (type) =>
      type.id === wanted ||
      type.name.toLowerCase() === wanted ||
      bareName(type.name) === bare ||
      type.singular.toLowerCase() === bare,
  );
}

/** A custom object type's name without its portal: `pet` of `p123_pet` and of `p_pet`. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(/^p\d*_/, '');
}

/** True when both names mean the same object type. */
export function isSameObjectType(one: string, other: string): boolean {
  const id = (name: string) => standardObjectType(name)?.id ?? name.trim().toLowerCase();
  return id(one) === id(other);
}

/** The scopes to tick for reading associations of this pair: the read scope of both ends. Custom object types share one scope. */
export function scopesForPair(from: string, to: string): readonly string[] {
  const scopes = [from, to].map((name) => standardObjectType(name)?.readScopes[0] ?? customObjectScope);
  return [...new Set(scopes)];
}

/**
 * The scope that a token lacks to read an object type; undefined when it lacks none, or when its scopes are not known.
 * @param scopes what HubSpot said the token was granted
 */
export function lackingScope(type: ObjectType, scopes: readonly string[] | undefined): string | undefined {
  if (scopes === undefined || type.readScopes.some((scope) => scopes.includes(scope))) return undefined;
  return type.readScopes[0];
}

/** The name HubSpot takes in a path: the plural of its own types, the id of custom ones (whose bare names it refuses). */
export function nameInPath({ id, name }: Pick<ObjectType, 'id' | 'name'>): string {
  return id.startsWith('2-') ? id : name;
}
