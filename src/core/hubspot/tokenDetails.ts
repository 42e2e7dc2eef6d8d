/** Whether HubSpot accepts a token, and what it says of the account behind it. */
import * as z from 'zod';
import type { ApiVersion } from '../domain/associations.ts';
import type { Failure } from '../domain/failure.ts';
import type { Steps } from '../domain/steps.ts';
import { HubSpotClient, type Outcome, type Patience } from './client.ts';
import { accountDetailsRequest, associationsRequest, tokenInfoRequest } from './endpoints.ts';
import { firstIssue, type Read, readingJson } from './json.ts';
import { apiVersionOf, type HubSpotPorts } from './ports.ts';

/** What is known of an account; every part may be missing, and look-ups work without. */
interface AccountDetails {
  readonly portalId?: string;
  /** STANDARD, SANDBOX, DEVELOPER_TEST or APP_DEVELOPER; HubSpot may add others. */
  readonly accountType?: string;
  /** Host of the account's pages, such as app-eu1.hubspot.com. */
  readonly uiDomain?: string;
  /** Where HubSpot hosts the account, such as na1 or eu1. */
  readonly region?: string;
  readonly timeZone?: string;
  /** The scopes the token was granted. */
  readonly scopes?: readonly string[];
}

export type TokenAnswer =
  | { readonly kind: 'accepted'; readonly details: AccountDetails }
  /** HubSpot was asked and does not accept the token. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** HubSpot could not be asked, or did not answer to the point. */
  | { readonly kind: 'unreachable'; readonly failure: Failure };

/** A person waits in front of the box: no answer within 10 seconds is an answer, and a second try follows on a quick failure only. */
const shortPatience = { tries: 2, callMilliseconds: 10_000, totalMilliseconds: 5_000 } satisfies Partial<Patience>;

/** What the two endpoints tell is worth having, and not worth waiting longer for. Milliseconds. */
export const longestForFacts = 8_000;

/** When one of them has told what it knows, the other has this long to add to it. Milliseconds. */
export const grace = 4_000;

/** True for the number of an account, as HubSpot writes it. */
export function isPortalId(text: string): boolean {
  return /^\d{1,19}$/.test(text);
}

/** True for a host of HubSpot's own pages, such as `app.hubspot.com` or `app-eu1.hubspot.com`. */
export function isUiDomain(text: string): boolean {
  return /^app(?:-[a-z0-9]{1,20})?\.hubspot\.com$/.test(text);
}

const id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().refine(isPortalId))
  .optional()
  .catch(undefined);
const word = (form: RegExp) => z.string().regex(form).optional().catch(undefined);

const details = z.object({
  portalId: id,
  accountType: word(/^[A-Z][A-Z_]{0,39}$/),
  uiDomain: z.string().refine(isUiDomain).optional().catch(undefined),
  dataHostingLocation: word(/^[a-z]{2}\d{1,2}$/),
  timeZone: word(/^[\w+/-]{1,60}$/),
});

const tokenInfo = z.object({
  hubId: id,
  scopes: z
    .array(z.string().regex(/^[\w.:-]{1,100}$/))
    .max(2000)
    .optional()
    .catch(undefined),
});

/** What the endpoint for associations answers when it reads. */
const associations = z.object({ results: z.array(z.unknown()) });

/**
 * Asks `GET /account-info/v3/details` (under v3) and `POST /oauth/v2/private-apps/get/access-token-info`. Neither is certain to answer
 * for every kind of token. The token is refused where both refuse it. Where only the first does, or neither tells a portal or a
 * scope, the endpoint for associations decides: it takes every kind. Ends within 25 seconds, whatever answers.
 * @param token what the second endpoint wants in its body; the header comes from the ports
 * @param signal ends the check at once
 */
export async function checkToken(token: string, ports: HubSpotPorts, signal?: AbortSignal): Promise<TokenAnswer> {
  const client = new HubSpotClient(ports, shortPatience);
  const { account, info } = await readFacts(client, token, ports, signal);
  const known = detailsFrom(account, info);
  const isKnown = tells(known);
  const isDenied = !account.ok && isRefusal(account.failure);
  if (isKnown && !isDenied) return { kind: 'accepted', details: known };
  if (isDenied && !info.ok && isRefusal(info.failure)) return { kind: 'refused', failure: account.failure };
  const probe = await client.request(associationProbe(apiVersionOf(ports)), reader(associations), { cancel: signal });
  if (probe.ok || isAnswerToGoodToken(probe.failure)) return { kind: 'accepted', details: known };
  return { kind: isRefusal(probe.failure) ? 'refused' : 'unreachable', failure: probe.failure };
}

/** Asks both endpoints at the same time. */
async function readFacts(client: HubSpotClient, token: string, ports: HubSpotPorts, signal: AbortSignal | undefined) {
  const { clock } = ports;
  const patience = new AbortController();
  const giveUp = () => patience.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted) giveUp();
  const signals = { cancel: patience.signal };
  const account = client.request(accountDetailsRequest(apiVersionOf(ports)), reader(details), signals);
  const info = client.request(tokenInfoRequest(token), reader(tokenInfo), signals);
  const thenWaitALittle = async (asked: Promise<Outcome<Parameters<typeof tells>[0]>>) => {
    const answer = await asked;
    if (answer.ok && tells(answer.value)) await clock.sleep(grace, patience.signal).then(giveUp);
  };
  void thenWaitALittle(account);
  void thenWaitALittle(info);
  void clock.sleep(longestForFacts, patience.signal).then(giveUp);
  try {
    return { account: await account, info: await info };
  } finally {
    signal?.removeEventListener('abort', giveUp);
    giveUp();
  }
}

/** Some networks answer everything with a friendly page or an empty object: only a portal or a scope is an answer. */
function tells({ portalId, hubId, scopes }: { portalId?: unknown; hubId?: unknown; scopes?: unknown }): boolean {
  return portalId !== undefined || hubId !== undefined || scopes !== undefined;
}

/** The smallest read of the endpoint this is all about. */
function associationProbe(version: ApiVersion) {
  return associationsRequest(version, 'contacts', 'companies', [{ id: '1' }]);
}

function detailsFrom(
  account: Outcome<z.infer<typeof details>>,
  info: Outcome<z.infer<typeof tokenInfo>>,
): AccountDetails {
  const portalId = (account.ok ? account.value.portalId : undefined) ?? (info.ok ? info.value.hubId : undefined);
  const { accountType, uiDomain, dataHostingLocation: region, timeZone } = account.ok ? account.value : {};
  const scopes = info.ok ? info.value.scopes : undefined;
  return {
    ...(portalId === undefined ? {} : { portalId }),
    ...(accountType === undefined ? {} : { accountType }),
    ...(uiDomain === undefined ? {} : { uiDomain }),
    ...(region === undefined ? {} : { region }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}

function isRefusal({ kind }: Failure): boolean {
  return kind === 'unauthorized';
}

/** HubSpot only speaks of scopes, rights and limits to a token that it knows. Others on the way say 403 and 429 without its words. */
function isAnswerToGoodToken(failure: Failure): boolean {
  switch (failure.kind) {
    case 'missingScopes':
      return true;
    case 'forbidden':
    case 'rateLimited':
    case 'dailyLimit':
      return failure.hubSpot.message !== undefined;
    default:
      return false;
  }
}

function reader<Schema extends z.ZodType>(schema: Schema): (text: string) => Steps<Read<z.infer<Schema>>> {
  return function* (text) {
    const json = yield* readingJson(text);
    if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
    const parsed = schema.safeParse(json.value);
    return parsed.success ? { value: parsed.data } : { unreadable: firstIssue(parsed.error) };
  };
}
