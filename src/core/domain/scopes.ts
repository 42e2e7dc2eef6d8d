/** What a token's scopes allow to read. */
import type { ObjectType } from './objectTypes.ts';

/**
 * The scope that a token lacks to read an object type; undefined when it lacks none, or when its scopes are not known.
 * @param scopes what HubSpot said the token was granted
 */
export function lackingScope(type: ObjectType, scopes: readonly string[] | undefined): string | undefined {
  if (scopes === undefined || type.readScopes.some((scope) => scopes.includes(scope))) return undefined;
  return type.readScopes[0];
}
