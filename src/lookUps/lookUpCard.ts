/** What is kept of a look-up beside its answers: whose it is, from when, what it is called, how it ended. Never a token. */
import * as z from 'zod';
import type { Account } from '../accounts/accounts.ts';
import type { Failure } from '../core/domain/failure.ts';

/** How far a look-up has come, so that it can be listed without its ledger. */
interface CardCounts {
  readonly asked: number;
  readonly found: number;
  readonly none: number;
  readonly failed: number;
  readonly notRead: number;
  readonly truncated: number;
  readonly associations: number;
  readonly complete: boolean;
}

export interface LookUpCard {
  readonly id: string;
  readonly account: Account;
  readonly startedAt: Date;
  readonly name: string | undefined;
  readonly pinned: boolean;
  readonly ended: boolean;
  /** What ended it before everything was tried. */
  readonly stopped: Failure | undefined;
  /** As it was when the card was written; undefined in cards of version 1. */
  readonly counts: CardCounts | undefined;
}

/** What an answer says about its account, also when the account has been removed since. */
const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['sample', 'stored', 'environment']),
  portalId: z.string().optional(),
  accountType: z.string().optional(),
  uiDomain: z.string().optional(),
  checked: z.boolean(),
});

/** Why a look-up was stopped, where that still holds for another window. HubSpot's own words are not kept. */
const stoppedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['cancelled', 'noToken', 'newToken']) }),
  z.object({ kind: z.literal('dailyLimit'), hubSpot: z.object({}) }),
  z.object({ kind: z.literal('unauthorized'), expired: z.boolean(), hubSpot: z.object({}) }),
  z.object({ kind: z.literal('missingScopes'), anyOf: z.array(z.string()), hubSpot: z.object({}) }),
]);

const count = z.int().nonnegative();
const countsSchema = z.object({
  asked: count,
  found: count,
  none: count,
  failed: count,
  notRead: count,
  truncated: count,
  associations: count,
  complete: z.boolean(),
});

const cardVersion = 2;

const cardSchema = z.object({
  version: z.literal([1, cardVersion]),
  id: z.uuid(),
  account: accountSchema,
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  name: z.string().optional(),
  pinned: z.boolean(),
  /** True when everything was tried; false while it runs and when it was stopped. */
  ended: z.boolean(),
  stopped: stoppedSchema.optional().catch(undefined),
  counts: countsSchema.optional().catch(undefined),
});
const newerSchema = z.object({ version: z.number().gt(cardVersion) });

/** A card that was read; newer: from a version of the format that this one does not read. */
export type ReadCard =
  | { readonly kind: 'card'; readonly card: LookUpCard }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged' };

export function readCard(text: string): ReadCard {
  const json = parsed(text);
  const newer = newerSchema.safeParse(json).data;
  if (newer) return { kind: 'newer', version: newer.version };
  const { data } = cardSchema.safeParse(json);
  if (!data) return { kind: 'damaged' };
  const { version: _, ...card } = data;
  return { kind: 'card', card: { ...card, name: card.name, stopped: card.stopped, counts: card.counts } };
}

/**
 * The card as text.
 * @param before what its file says: what another version wrote there and this one does not know is kept
 */
export function cardText(card: LookUpCard, before = '{}'): string {
  const old = objectOf(parsed(before));
  const account = { ...unknownOf(objectOf(old.account), accountSchema.shape), ...accountSchema.parse(card.account) };
  const known = {
    ...card,
    version: cardVersion,
    account, // without the token's scopes
    stopped: stoppedSchema.safeParse(card.stopped).data,
    startedAt: card.startedAt.toISOString(),
  };
  return JSON.stringify({ ...unknownOf(old, cardSchema.shape), ...known });
}

function unknownOf(value: Readonly<Record<string, unknown>>, known: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(known, key)));
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
