/** Those whom records can belong to: their names by id. */
import * as z from 'zod';
import type { Failure } from '../domain/failure.ts';
import { type CallSignals, HubSpotClient, type Read } from './client.ts';
import { ownersRequest } from './endpoints.ts';
import { quoteLongNumbers, readJson } from './json.ts';
import { apiVersionOf, type HubSpotPorts } from './ports.ts';

export interface OwnersAnswer {
  /** What came, by id: first and last name, or the email address where there are none. */
  readonly names: ReadonlyMap<string, string>;
  /** Why there may be more. */
  readonly failure: Failure | undefined;
}

/** So many pages of 500 are read: an account has as many owners as it has users. */
const mostPages = 40;

const text = z.string().nullish().catch(undefined);
const owner = z.object({
  id: z.union([z.string(), z.int()]).transform(String),
  firstName: text,
  lastName: text,
  email: text,
});
const answerSchema = z.object({
  results: z.array(owner.optional().catch(undefined)),
  paging: z
    .object({ next: z.object({ after: z.string() }).nullish() })
    .nullish()
    .catch(undefined),
});

interface Page {
  readonly names: readonly (readonly [string, string])[];
  readonly after: string | undefined;
}

/** `GET /crm/v3/owners`: those who have left, whose records still name them, and then the active ones, whose name holds. Never rejects. */
export async function readOwners(ports: HubSpotPorts, signals: CallSignals = {}): Promise<OwnersAnswer> {
  const client = new HubSpotClient(ports, { tries: 3, totalMilliseconds: 60_000 });
  const names = new Map<string, string>();
  for (const archived of [true, false]) {
    let after: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const outcome = await client.request(ownersRequest(apiVersionOf(ports), { archived, after }), readPage, signals);
      if (!outcome.ok) return { names, failure: outcome.failure };
      for (const [id, name] of outcome.value.names) names.set(id, name);
      if (outcome.value.after === undefined || outcome.value.after === after) break;
      after = outcome.value.after;
    }
  }
  return { names, failure: undefined };
}

function readPage(body: string): Read<Page> {
  const json = readJson(quoteLongNumbers(body));
  if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
  const parsed = answerSchema.safeParse(json.value);
  if (!parsed.success) return { unreadable: { where: 'results', detail: parsed.error.issues[0]?.message ?? '' } };
  const { results, paging } = parsed.data;
  const names = results.flatMap((each) => {
    const name = each && ([each.firstName, each.lastName].filter(Boolean).join(' ') || each.email);
    return each && name ? [[each.id, name] as const] : [];
  });
  return { value: { names, after: paging?.next?.after } };
}
