/** The record ids that an error of HubSpot names: in its context under one of several keys, or only in its message. */
import * as z from 'zod';

export interface NamedIds {
  readonly ids: readonly string[];
  /** HubSpot says that these ids are not valid, and does not only mention them. */
  readonly accuses: boolean;
}

type Context = Readonly<Record<string, unknown>> | null | undefined;

/** A list of any length, or a single one. A number that JSON could not hold exactly is no id. */
const texts = z.union([z.string(), z.int()]).transform(String);
const textList = z.union([texts.transform((text) => [text]), z.array(texts)]);

/** A call asks for at most a thousand records: of a list that names far more, what follows these is not looked at. */
const mostListed = 2000;
/** In UTF-16 code units. A longer message is none of HubSpot's, and names nothing. */
const longestMessage = 100_000;

function listed(value: unknown): readonly string[] | undefined {
  return textList.safeParse(Array.isArray(value) ? value.slice(0, mostListed) : value).data;
}

/** Keys under which HubSpot lists the records of an error, the most exact first. */
const idKeys = ['fromObjectId', 'ids', 'id', 'objectId'] as const;

/** What an error of HubSpot tells, as far as it may name records. */
interface NamingError {
  readonly message?: string | null | undefined;
  readonly context?: Context;
}

/**
 * The ids that an error names. Listed in its context, those that are no numbers are among them: HubSpot repeats what it was sent.
 * @returns `inMessage`: they stand in the message only, where other numbers may stand too
 */
export function idsNamedIn({ context, message }: NamingError): { ids: readonly string[]; inMessage: boolean } {
  for (const key of idKeys) {
    const ids = listed(context?.[key]) ?? [];
    if (ids.length > 0) return { ids, inMessage: false };
  }
  return { ids: idsInMessage(message ?? ''), inMessage: true };
}

/**
 * Ids that stand in a message: `CONTACT=1234 is not valid`, `Object 1234 cannot be associated to itself`, `No company is
 * associated with deal 34461455164.` Numbers of fewer than five digits may be counts or limits, so they only count where the
 * word before says what they are. Callers hold what is found against the ids that they asked for.
 */
export function idsInMessage(message: string): readonly string[] {
  if (message.length > longestMessage) return [];
  // The word is looked for backwards from its `=`: forwards, each part of A-A-A-... would be the start of another long try.
  const assigned = [...message.matchAll(/(?<=\b[A-Z][A-Z\d_-]*)=(\d{1,19})\b/g)].map(([, id]) => id!);
  if (assigned.length > 0) return [...new Set(assigned)];
  const bare = message.matchAll(/(?<![\w.:/-])(?:(?<=\b(?:object|record|id)s?:? )\d{1,19}|\d{5,19})(?![\w:/-]|\.\w)/gi);
  return [...new Set([...bare].map(([id]) => id))];
}

/** Under this key a refused call lists the ids that spoil it, as `CONTACT=38374264688 is not valid`. */
const accusingKey = 'INVALID_OBJECT_IDS';
const saysInvalid = /\b(?:is|are) (?:not valid|invalid)\b|\binvalid (?:object |record )?ids?\b/i;

/** The ids that the refusal of a whole call names, in its own message and context and in those of its errors. */
export function idsInRefusal(errors: readonly NamingError[]): NamedIds {
  const accused = errors.flatMap(({ message, context }) => {
    const words = listed(context?.[accusingKey]);
    if (words) return words.flatMap((text) => (/^\d+$/.test(text) ? [text] : idsInMessage(text)));
    return message && saysInvalid.test(message) ? idsInMessage(message) : [];
  });
  if (accused.length > 0) return { ids: [...new Set(accused)], accuses: true };
  const mentioned = errors.flatMap((error) => idsNamedIn(error).ids);
  return { ids: [...new Set(mentioned)], accuses: false };
}
