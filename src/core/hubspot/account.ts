/** Whether HubSpot accepts a token, and what it says of the account behind it. */
import * as z from 'zod';
import type { Failure } from '../failure.ts';
import type { ClientPorts, Patience } from './client.ts';
import { HubSpotClient, type Outcome, type Read, type Request } from './client.ts';
import { readJson } from './json.ts';

/** What is known of an account; every part may be missing, and look-ups work without. */
export interface AccountDetails {
  readonly portalId?: string;
  /** STANDARD, SANDBOX, DEVELOPER_TEST or APP_DEVELOPER; HubSpot may add others. */
  readonly accountType?: string;
  /** Host of the account's pages, such as app-eu1.hubspot.com. */
  readonly uiDomain?: string;
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

/** A person waits in front of the box: two tries, and no answer within 20 seconds is an answer. */
const shortPatience: Partial<Patience> = { tries: 2, callMilliseconds: 20_000, totalMilliseconds: 30_000 };

const id = z.union([z.string(), z.number()]).transform(String);

const details = z.object({
  portalId: id.optional().catch(undefined),
  accountType: z.string().optional().catch(undefined),
  uiDomain: z
    .string()
    .regex(/^app(?:-[a-z0-9]+)?\.hubspot\.com$/)
    .optional()
    .catch(undefined),
  timeZone: z.string().optional().catch(undefined),
});

const tokenInfo = z.object({ hubId: id.optional().catch(undefined), scopes: z.array(z.string()) });

/**
 * Asks `GET /account-info/v3/details` and `POST /oauth/v2/private-apps/get/access-token-info`. The second is not certain to
 * answer for every kind of token, so only the first one's 401 is a refusal; where neither says that the token is good, the
 * endpoint that the token is for decides.
 * @param token what the second endpoint wants in its body; the header comes from the ports
 */
export async function checkToken(token: string, ports: ClientPorts): Promise<TokenAnswer> {
  const client = new HubSpotClient(ports, shortPatience);
  const [account, info] = await Promise.all([
    client.request({ method: 'GET', path: '/account-info/v3/details' }, reader(details)),
    client.request(
      {
        method: 'POST',
        path: '/oauth/v2/private-apps/get/access-token-info',
        body: JSON.stringify({ tokenKey: token }),
      },
      reader(tokenInfo),
    ),
  ]);
  const known = detailsFrom(account, info);
  if (account.ok || info.ok) return { kind: 'accepted', details: known };
  if (isRefusal(account.failure)) return { kind: 'refused', failure: account.failure };
  const probe = await client.request(associationProbe, (text) => ({ value: text }));
  if (probe.ok || isAnswerToGoodToken(probe.failure)) return { kind: 'accepted', details: known };
  return { kind: isRefusal(probe.failure) ? 'refused' : 'unreachable', failure: probe.failure };
}

/** The smallest read of the endpoint this is all about. */
const associationProbe: Request = {
  method: 'POST',
  path: '/crm/v3/associations/contacts/companies/batch/read',
  body: JSON.stringify({ inputs: [{ id: '1' }] }),
};

function detailsFrom(
  account: Outcome<z.infer<typeof details>>,
  info: Outcome<z.infer<typeof tokenInfo>>,
): AccountDetails {
  const portalId = (account.ok ? account.value.portalId : undefined) ?? (info.ok ? info.value.hubId : undefined);
  const { accountType, uiDomain, timeZone } = account.ok ? account.value : {};
  return {
    ...(portalId === undefined ? {} : { portalId }),
    ...(accountType === undefined ? {} : { accountType }),
    ...(uiDomain === undefined ? {} : { uiDomain }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(info.ok ? { scopes: info.value.scopes } : {}),
  };
}

function isRefusal({ kind }: Failure): boolean {
  return kind === 'unauthorized';
}

/** HubSpot only speaks of scopes, types and limits to a token that it knows. */
function isAnswerToGoodToken({ kind }: Failure): boolean {
  return kind === 'missingScopes' || kind === 'forbidden' || kind === 'rateLimited' || kind === 'dailyLimit';
}

function reader<Schema extends z.ZodType>(schema: Schema): (text: string) => Read<z.infer<Schema>> {
  return (text) => {
    const json = readJson(text);
    if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
    const parsed = schema.safeParse(json.value);
    if (parsed.success) return { value: parsed.data };
    const issue = parsed.error.issues[0];
    return { unreadable: { where: issue?.path.join('.') ?? '', detail: issue?.message ?? '' } };
  };
}
