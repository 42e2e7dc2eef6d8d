/** What is kept of a look-up beside its answers: whose it is, from when, what it is called, how it ended. Never a token. */
import * as z from 'zod';
import type { Account } from '../accounts/accounts.ts';
import type { Failure } from '../core/domain/failure.ts';

export interface LookUpCard {
  readonly id: string;
  readonly account: Account;
  readonly startedAt: Date;
  readonly name: string | undefined;
  readonly pinned: boolean;
  readonly ended: boolean;
  /** What ended it before everything was tried. */
  readonly stopped: Failure | undefined;
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
  z.object({ kind: z.enum(['cancelled', 'noToken']) }),
  z.object({ kind: z.literal('dailyLimit'), hubSpot: z.object({}) }),
  z.object({ kind: z.literal('unauthorized'), expired: z.boolean(), hubSpot: z.object({}) }),
  z.object({ kind: z.literal('missingScopes'), anyOf: z.array(z.string()), hubSpot: z.object({}) }),
]);

const cardSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  account: accountSchema,
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  name: z.string().optional(),
  pinned: z.boolean(),
  /** True when everything was tried; false while it runs and when it was stopped. */
  ended: z.boolean(),
  stopped: stoppedSchema.optional().catch(undefined),
});

/** A card that was read from a file, or undefined when it is none. */
export function parseCard(read: unknown): LookUpCard | undefined {
  const { data } = cardSchema.safeParse(read);
  return data && { ...data, name: data.name, stopped: data.stopped };
}

export function cardText(card: LookUpCard): string {
  const account = accountSchema.parse(card.account); // leaves out the token's scopes
  const stopped = stoppedSchema.safeParse(card.stopped).data;
  return JSON.stringify({ version: 1, ...card, account, stopped, startedAt: card.startedAt.toISOString() });
}
