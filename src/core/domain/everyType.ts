/** Which object types are asked when somebody wants all of them. */
import type { NotAsked } from './group.ts';
import { lackingScope, nameInPath, type ObjectType } from './objectTypes.ts';

/** An object type by its name in a path, and why it is not asked, if it is not. */
export interface TypeChoice {
  readonly to: string;
  readonly notAsked?: NotAsked;
}

/**
 * A type of which the account has records is asked, also one that the token may not read: then HubSpot's refusal stands in its
 * column. Of which it has none is not. Where HubSpot does not tell, the token's scopes decide.
 * @param records how many there are, by the type's id; undefined where HubSpot does not tell of any
 * @param scopes what HubSpot said the token was granted
 */
export function everyType(
  types: readonly ObjectType[],
  records: ReadonlyMap<string, number> | undefined,
  scopes: readonly string[] | undefined,
): readonly TypeChoice[] {
  const choices = types.map((type): TypeChoice => {
    const to = nameInPath(type);
    const count = records?.get(type.id);
    if (count !== undefined) return count > 0 ? { to } : { to, notAsked: 'noRecords' };
    return lackingScope(type, scopes) === undefined ? { to } : { to, notAsked: 'noScope' };
  });
  // An account without any record, as it says: the count may lag, so all are asked rather than none.
  return choices.some(({ notAsked }) => !notAsked) || !records ? choices : everyType(types, undefined, scopes);
}
