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

/** Keys under which HubSpot lists the records of an error, the most exact first. */
const idKeys = ['fromObjectId', 'ids', 'id', 'objectId'] as const;

/** Ids listed in the context of an error. Those that are no numbers are among them: HubSpot repeats what it was sent. */
export function idsInContext(context: Context): readonly string[] {
  for (const key of idKeys) {
    const list = textList.safeParse(context?.[key]);
    if (list.success && list.data.length > 0) return list.data;
  }
  return [];
}

/**
 * Ids that stand in a message: `CONTACT=1234 is not valid`, `Object 1234 cannot be associated to itself`, `No company is
 * associated with deal 34461455164.` Numbers of fewer than five digits may be counts or limits, so they only count where the
 * word before says what they are. Callers hold what is found against the ids that they asked for.
 */
export function idsInMessage(message: string): readonly string[] {
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
export function idsInRefusal(
  errors: readonly { readonly message?: string | undefined; readonly context?: Context }[],
): NamedIds {
  const accused = errors.flatMap(({ message = '', context }) => {
    const listed = textList.safeParse(context?.[accusingKey]);
    if (listed.success) return listed.data.flatMap((text) => (/^\d+$/.test(text) ? [text] : idsInMessage(text)));
    return saysInvalid.test(message) ? idsInMessage(message) : [];
  });
  if (accused.length > 0) return { ids: [...new Set(accused)], accuses: true };
  const mentioned = errors.flatMap(({ message = '', context }) => {
    const listed = idsInContext(context);
    return listed.length > 0 ? listed : idsInMessage(message);
  });
  return { ids: [...new Set(mentioned)], accuses: false };
}
