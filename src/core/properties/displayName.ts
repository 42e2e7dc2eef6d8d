/** The name of a record, out of its display properties, as HubSpot gives it: how much of it fits is for whoever shows it. */
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
 * @param valueIn the record's value in a property, if it has one
 * @returns undefined when the record has no value in any of them
 */
export function displayName(
  displayProperties: readonly string[],
  valueIn: (property: string) => string | undefined,
): string | undefined {
  const person = ['firstname', 'lastname'].filter((name) => displayProperties.includes(name));
  const joined = person.map((name) => textIn(name, valueIn(name))).filter((value) => value !== undefined);
  if (joined.length > 0) return joined.join(' ');
  for (const name of displayProperties) {
    const text = textIn(name, valueIn(name));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Undefined for blanks alone. */
function textIn(property: string, value = ''): string | undefined {
  const text = htmlProperties.has(property) ? textOfHtml(value) : value;
  return text.trim() === '' ? undefined : text;
}
