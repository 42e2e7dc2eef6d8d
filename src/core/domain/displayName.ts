/** The name of a record for a person, out of its display properties. */
import type { ObjectType } from './objectTypes.ts';

/** Longer names, such as the bodies of notes, are cut. */
const mostCharacters = 80;

/**
 * First and last name are joined, as HubSpot does for contacts; otherwise the first property that has a value is the name.
 * Bodies are HTML: their tags are left out.
 * @returns undefined when the record has no value in any of them
 */
export function displayName(
  { displayProperties }: Pick<ObjectType, 'displayProperties'>,
  properties: Readonly<Record<string, string>>,
): string | undefined {
  const person = ['firstname', 'lastname'].filter((name) => displayProperties.includes(name));
  const joined = person.map((name) => clean(properties[name])).filter(Boolean);
  if (joined.length > 0) return cut(joined.join(' '));
  const name = displayProperties.map((property) => clean(properties[property])).find(Boolean);
  return name ? cut(name) : undefined;
}

function clean(value: string | undefined): string {
  return (value ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters - 1).join('')}…`;
}
