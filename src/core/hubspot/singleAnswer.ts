import * as z from 'zod';
import { PageRows } from '../answer/pageRows.ts';
import { firstIssue, idSchema, type Numbering } from './batchAnswer.ts';
import type { Read } from './client.ts';
import { quoteLongNumbers, readJson } from './json.ts';

const bodySchema = z.object({
  results: z.array(z.object({ id: idSchema, type: z.string().nullish() })),
  paging: z.object({ next: z.object({ after: idSchema }).nullish() }).nullish(),
});

export interface SinglePage {
  readonly rows: PageRows;
  /** The cursor of the next page, verbatim. Absent on the last one. */
  readonly after?: string;
}

/** One page of `GET /crm/v3/objects/{from}/{id}/associations/{to}`. The query takes the cursor as it came: it is percent-encoded already. */
export function readSinglePage(text: string, { ids, typeSets }: Numbering): Read<SinglePage> {
  const json = readJson(text);
  if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
  let parsed = bodySchema.safeParse(json.value);
  if (!parsed.success) {
    const exact = readJson(quoteLongNumbers(text));
    if (exact.ok) parsed = bodySchema.safeParse(exact.value);
  }
  if (!parsed.success) return { unreadable: firstIssue(parsed.error) };
  const { results, paging } = parsed.data;
  const after = paging?.next?.after;
  const rows = new PageRows(results.length);
  for (const { id, type } of results) {
    rows.push(ids.code(String(id)), type ? typeSets.named(type) : typeSets.of([]));
  }
  return { value: after === undefined ? { rows } : { rows, after: String(after) } };
}

/** The query for one page. The cursor comes percent-encoded already, so only what could break the query is encoded. */
export function singleQuery(after: string | undefined): string {
  const cursor = after?.replace(/%(?![\dA-Fa-f]{2})|[^A-Za-z0-9\-._~%=]/gu, encoded);
  return cursor === undefined ? '?limit=500' : `?limit=500&after=${cursor}`;
}

/** Half of a pair of surrogates, which JSON can hold, has no encoding. */
function encoded(character: string): string {
  return /\p{Surrogate}/u.test(character) ? '%EF%BF%BD' : encodeURIComponent(character);
}
