/** Those whom records can belong to: their names by id. */
import * as z from 'zod';
import type { Failure } from '../domain/failure.ts';
import type { Steps } from '../domain/steps.ts';
import { HubSpotClient } from './client.ts';
import { ownersRequest } from './endpoints.ts';
import { quotingLongNumbers, type Read, readingJson, readingResults } from './json.ts';
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
/** One that does not fit says nothing about the others. */
const anyOwner = owner.optional().catch(undefined);
const pagingSchema = z.object({
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
export async function readOwners(ports: HubSpotPorts): Promise<OwnersAnswer> {
  const client = new HubSpotClient(ports, { tries: 3, totalMilliseconds: 60_000 });
  const names = new Map<string, string>();
  let failure: Failure | undefined;
  for (const archived of [true, false]) {
    let after: string | undefined;
    let pages = 0;
    do {
      const outcome = await client.request(ownersRequest(apiVersionOf(ports), { archived, after }), readPage);
      if (!outcome.ok) return { names, failure: outcome.failure };
      for (const [id, name] of outcome.value.names) names.set(id, name);
      const before = after;
      after = outcome.value.after;
      if (after === undefined || (after !== before && ++pages < mostPages)) continue;
      failure = { kind: 'cursorStuck' };
      break;
    } while (after !== undefined);
  }
  return { names, failure };
}

function* readPage(body: string): Steps<Read<Page>> {
  const json = yield* readingJson(yield* quotingLongNumbers(body));
  if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
  const names = yield* readingResults(json.value, anyOwner, nameOf);
  if ('unreadable' in names) return names;
  return { value: { names: names.value, after: pagingSchema.parse(json.value).paging?.next?.after } };
}

function nameOf(each: z.infer<typeof anyOwner>): readonly [id: string, name: string] | undefined {
  const name = each && ([each.firstName, each.lastName].filter(Boolean).join(' ') || each.email);
  return each && name ? [each.id, name] : undefined;
}
