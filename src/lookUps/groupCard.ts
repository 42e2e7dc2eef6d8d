/** What is kept of look-ups that are held together: which they are, and what somebody called them. They are kept themselves. */
import * as z from 'zod';
import type { Group } from '../core/domain/group.ts';
import { isObjectTypeName } from '../core/domain/objectTypes.ts';
import { parsed } from '../core/ledger/lineWriter.ts';

export interface GroupCard extends Group {
  readonly startedAt: Date;
  /** Given by the user. */
  readonly name: string | undefined;
  /** Keys that another version wrote and this one does not know. */
  readonly unknown: Readonly<Record<string, unknown>>;
}

/** Goes up when keys change their meaning; the first version is 2, as that of the cards it stands beside. */
const groupVersion = 2;

const objectType = z.string().refine(isObjectTypeName);
const asked = z.object({ from: objectType, to: objectType, lookUp: z.uuid() });
const notAsked = asked.omit({ lookUp: true }).extend({ notAsked: z.enum(['noRecords', 'noScope', 'deselected']) });
const knownMember = z.union([asked, notAsked]);
/** Loose: what another version knows of a member stays with it. */
const member = z.union([asked.loose(), notAsked.loose()]);
const groupSchema = z.looseObject({
  version: z.literal(groupVersion),
  id: z.uuid(),
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  name: z.string().optional(),
  sharesIds: z.boolean(),
  members: z.array(member),
});
const newerSchema = z.object({ version: z.number().gt(groupVersion) });

/** A card that was read; newer: from a version of the format that this one does not read. */
export type ReadGroupCard =
  | { readonly kind: 'group'; readonly card: GroupCard }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged' };

export function readGroupCard(text: string): ReadGroupCard {
  const json = parsed(text);
  const newer = newerSchema.safeParse(json).data;
  if (newer) return { kind: 'newer', version: newer.version };
  const { data } = groupSchema.safeParse(json);
  if (!data) return { kind: 'damaged' };
  const { version: _, id, startedAt, name, sharesIds, members, ...unknown } = data;
  return { kind: 'group', card: { id, startedAt, name, sharesIds, members, unknown } };
}

/** @param withUnknown whether with what another version wrote and this one does not know */
export function groupCardText({ unknown, startedAt, ...card }: GroupCard, withUnknown = true): string {
  const known = { ...card, version: groupVersion, startedAt: startedAt.toISOString() };
  if (withUnknown) return JSON.stringify({ ...unknown, ...known });
  return JSON.stringify({ ...known, members: card.members.map((each) => knownMember.parse(each)) });
}
