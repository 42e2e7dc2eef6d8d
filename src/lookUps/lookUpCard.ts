/** What is kept of a look-up beside its answers: whose it is, from when, what it is called, how it ended. Never a token. */
import * as z from 'zod';
import type { Account } from '../accounts/accounts.ts';
import { apiVersions, type Completeness, type Question } from '../core/domain/associations.ts';
import type { VerdictCounts } from '../core/domain/expectation.ts';
import type { Failure } from '../core/domain/failure.ts';
import { isObjectTypeName } from '../core/domain/objectTypes.ts';
import { checksum, parsed } from '../core/ledger/lineWriter.ts';
import { isAddress } from '../core/text/address.ts';
import { verdictCounts } from '../core/treaty/panelState.ts';

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

/** What else the row of a look-up shows that is not read, and what tells it from others. */
interface CardRow {
  readonly question: Omit<Question, 'ids'>;
  /** The address of the document in which the ids stood; empty when they stood in none. */
  readonly document: string;
  readonly completeness: Completeness;
  /** Answers taken in: batches and single pages. */
  readonly pages: number;
  /** Of a look-up with an expectation. */
  readonly check?: VerdictCounts;
}

export interface LookUpCard {
  readonly id: string;
  readonly account: Account;
  readonly startedAt: Date;
  /** Which one is newer, where {@link startedAt} does not tell: see {@link orderOf}. */
  readonly order?: number | undefined;
  readonly name: string | undefined;
  readonly pinned: boolean;
  readonly ended: boolean;
  /** What ended it before everything was tried. */
  readonly stopped: Failure | undefined;
  /** As it was when the card was written; undefined in cards of version 1. */
  readonly counts: CardCounts | undefined;
  /** Undefined while the look-up runs, and in cards of earlier versions. */
  readonly row: CardRow | undefined;
  /**
   * How long the ledger was that the card was made from, in bytes. One of another length has gone on since, as after a kill, and
   * tells more than the card. Undefined where the ledger did not hold all that was known.
   */
  readonly ledgerBytes: number | undefined;
}

/** Greater for a newer look-up, also where the clock was set back between the two. In milliseconds since 1970, about. */
export function orderOf({ startedAt, order }: Pick<LookUpCard, 'startedAt' | 'order'>): number {
  return order ?? startedAt.getTime();
}

/** A card that tells all that a row needs. */
export type VouchingCard = LookUpCard & {
  readonly [Key in 'counts' | 'row' | 'ledgerBytes']-?: NonNullable<LookUpCard[Key]>;
};

/** @param ledgerBytes how long the ledger is now */
export function vouches(card: LookUpCard, ledgerBytes: number | undefined): card is VouchingCard {
  return (
    card.row !== undefined && card.counts !== undefined && ledgerBytes !== undefined && card.ledgerBytes === ledgerBytes
  );
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
  z.object({ kind: z.enum(['cancelled', 'lostOnDisk', 'noToken', 'newToken']) }),
  z.object({ kind: z.literal('dailyLimit'), hubSpot: z.object({}) }),
  z.object({ kind: z.literal('unauthorized'), expired: z.boolean(), hubSpot: z.object({}) }),
  z.object({ kind: z.enum(['forbidden', 'unknownObjectType']), hubSpot: z.object({}) }),
  // A pair of object types that cannot be associated is told by the status.
  z.object({ kind: z.literal('refused'), hubSpot: z.object({ httpStatus: z.int().optional() }) }),
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

const objectType = z.string().refine(isObjectTypeName);
const rowSchema = z.object({
  question: z.object({
    from: objectType,
    to: objectType,
    apiVersion: z.enum(apiVersions as ['v3', ...(typeof apiVersions)[number][]]).optional(),
    /** null stands for no cap, which JSON has no number for. */
    recordCap: z.number().positive().nullable().optional(),
  }),
  document: z.string().refine(isAddress).catch(''),
  completeness: z.enum(['complete', 'primaryOnly', 'incomplete'] satisfies Completeness[]),
  pages: count,
  check: z.optional(verdictCounts).catch(undefined),
});

const cardVersion = 2;

const cardSchema = z.object({
  version: z.literal([1, cardVersion]),
  id: z.uuid(),
  account: accountSchema,
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  order: z.number().optional().catch(undefined),
  name: z.string().optional(),
  pinned: z.boolean(),
  /** True when everything was tried; false while it runs and when it was stopped. */
  ended: z.boolean(),
  stopped: stoppedSchema.optional().catch(undefined),
  counts: countsSchema.optional().catch(undefined),
  row: rowSchema.optional().catch(undefined),
  ledgerBytes: count.optional().catch(undefined),
});
/** Compiled: a thousand cards are read at the start. */
const compiledCard = z.compile(cardSchema);
const newerSchema = z.object({ version: z.number().gt(cardVersion) });

/** What a ledger says of its look-up in its own head, for the case that the card is damaged. */
const headSchema = z.object({
  card: z.object({ account: accountSchema, startedAt: cardSchema.shape.startedAt }),
});

export function headOf({ account, startedAt }: LookUpCard): Readonly<Record<string, unknown>> {
  return { card: { account: accountSchema.parse(account), startedAt: startedAt.toISOString() } };
}

/**
 * The card of a look-up as far as the head of its ledger tells it. Whether it has ended its last line says. Its name is lost, and
 * as nobody knows whether it was pinned, it is: so it does not go with the oldest.
 */
export function cardFromHead(id: string, head: Readonly<Record<string, unknown>>): LookUpCard | undefined {
  const { data } = headSchema.safeParse(head);
  const unknown = { name: undefined, stopped: undefined, counts: undefined, row: undefined, ledgerBytes: undefined };
  return data && { id, ...data.card, ...unknown, pinned: true, ended: true };
}

/** A card that was read; newer: from a version of the format that this one does not read. */
export type ReadCard =
  | { readonly kind: 'card'; readonly card: LookUpCard }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged' };

export function readCard(text: string): ReadCard {
  const json = parsed(text);
  const { data } = compiledCard.safeParse(json);
  if (!data) {
    // Not where a flipped bit has made another number of our version: a version to come that sums otherwise names it otherwise.
    const newer = isAsWritten(text) ? newerSchema.safeParse(json).data : undefined;
    return newer ? { kind: 'newer', version: newer.version } : { kind: 'damaged' };
  }
  const { version: _, name, stopped, counts, ledgerBytes, ...card } = data;
  const row = data.row && isAsWritten(text) ? rowFrom(data.row) : undefined;
  return { kind: 'card', card: { ...card, name, stopped, counts, ledgerBytes, row } };
}

/** How a card begins: a flipped bit can leave it readable, with another number in it. Then it does not speak for its ledger. */
const summed = /^\{"sum":"([0-9a-f]{8})",/;

function isAsWritten(text: string): boolean {
  const [begin = '', sum] = summed.exec(text) ?? [];
  return sum === undefined || checksum(`{${text.slice(begin.length)}`) === sum;
}

function rowFrom({ question, check, ...row }: z.infer<typeof rowSchema>): CardRow {
  const { from, to, apiVersion, recordCap } = question;
  return {
    ...row,
    ...(check && { check }),
    question: {
      from,
      to,
      ...(apiVersion ? { apiVersion } : {}),
      ...(recordCap === undefined ? {} : { recordCap: recordCap ?? Number.POSITIVE_INFINITY }),
    },
  };
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
  const json = JSON.stringify({ ...unknownOf(old, { ...cardSchema.shape, sum: true }), ...known });
  return `{"sum":"${checksum(json)}",${json.slice(1)}`;
}

function unknownOf(value: Readonly<Record<string, unknown>>, known: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(known, key)));
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
