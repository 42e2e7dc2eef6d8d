import * as z from 'zod';
import { PageRows } from '../answer/pageRows.ts';
import { isRecordId } from '../domain/recordId.ts';
import { firstIssue, idSchema, type Numbering, noRecordId } from './batchAnswer.ts';
import { quoteLongNumbers, type Read, readJson } from './json.ts';

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
    if (!isRecordId(String(id))) return { unreadable: noRecordId };
    rows.push(ids.code(String(id)), type ? typeSets.named(type) : typeSets.of([]));
  }
  return { value: after === undefined ? { rows } : { rows, after: String(after) } };
}
