/** The name of a record, out of its display properties, as HubSpot gives it: how much of it fits is for whoever shows it. */

import type { ObjectType } from '../domain/objectTypes.ts';
import { textOfHtml } from '../text/htmlText.ts';

/** Properties that HubSpot's editors fill with HTML (object guides of notes, emails, communications, postal mail ...). */
const htmlProperties: ReadonlySet<string> = new Set([
  'hs_note_body',
  'hs_email_html',
  'hs_communication_body',
  'hs_postal_mail_body',
  'hs_call_body',
  'hs_meeting_body',
  'hs_task_body',
]);

/**
 * First and last name are joined, as HubSpot does for contacts; otherwise the first property that has a value is the name.
 * Bodies that are HTML become their text. Every other value stays as it is: "Acme <> Globex intro call".
 * @returns undefined when the record has no value in any of them
 */
export function displayName(
  { displayProperties }: Pick<ObjectType, 'displayProperties'>,
  properties: Readonly<Record<string, string>>,
): string | undefined {
  const person = ['firstname', 'lastname'].filter((name) => displayProperties.includes(name));
  const joined = person.map((name) => valueIn(name, properties)).filter((value) => value !== undefined);
  if (joined.length > 0) return joined.join(' ');
  return displayProperties.map((name) => valueIn(name, properties)).find((value) => value !== undefined);
}

/** Undefined for blanks alone. */
function valueIn(name: string, properties: Readonly<Record<string, string>>): string | undefined {
  const value = properties[name] ?? '';
  const text = htmlProperties.has(name) ? textOfHtml(value) : value;
  return text.trim() === '' ? undefined : text;
}
