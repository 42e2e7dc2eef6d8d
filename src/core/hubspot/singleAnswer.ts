import * as z from 'zod';
import { PageRows } from '../answer/pageRows.ts';
import { isRecordId } from '../domain/recordId.ts';
import { firstUnfit, inSteps, type Steps } from '../domain/steps.ts';
import { idSchema, type Numbering, noRecordId, tooManyTypes } from './batchAnswer.ts';
import { firstIssue, quotingLongNumbers, type Read, readingJson } from './json.ts';

const bodySchema = z.object({
  results: z.array(z.unknown()),
  paging: z.object({ next: z.object({ after: idSchema }).nullish() }).nullish(),
});
const rowSchema = z.object({ id: idSchema, type: z.string().nullish() });
const rowsSchema = z.compile(z.array(rowSchema));
type Body = z.infer<typeof bodySchema> & { readonly results: readonly z.infer<typeof rowSchema>[] };

export interface SinglePage {
  readonly rows: PageRows;
  /** The cursor of the next page, verbatim. Absent on the last one. */
  readonly after?: string;
}

/**
 * One page of `GET /crm/v3/objects/{from}/{id}/associations/{to}`. The query takes the cursor as it came: it is percent-encoded
 * already. In steps.
 */
export function* readSinglePage(text: string, { ids, typeSets }: Numbering): Steps<Read<SinglePage>> {
  const json = yield* readingJson(text);
  if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
  let body = yield* readBody(json.value);
  if ('unreadable' in body) {
    const exact = yield* readingJson(yield* quotingLongNumbers(text));
    if (exact.ok) body = yield* readBody(exact.value);
  }
  if ('unreadable' in body) return body;
  const { results, paging } = body.value;
  const after = paging?.next?.after;
  const rows = new PageRows(results.length);
  let areIds = true;
  yield* inSteps(results, ({ id, type }) => {
    areIds &&= isRecordId(String(id));
    if (areIds) rows.push(ids.code(String(id)), type ? typeSets.named(type) : typeSets.of([]));
  });
  if (!areIds) return { unreadable: noRecordId };
  if (typeSets.isOverfull) return { unreadable: tooManyTypes };
  return { value: after === undefined ? { rows } : { rows, after: String(after) } };
}

function* readBody(value: unknown): Steps<Read<Body>> {
  const body = bodySchema.safeParse(value);
  if (!body.success) return { unreadable: firstIssue(body.error) };
  const { results } = body.data;
  const odd = yield* firstUnfit(results, (some) => rowsSchema.validate(some));
  if (odd < 0) return { value: body.data as Body };
  return { unreadable: firstIssue(rowSchema.safeParse(results[odd]).error ?? { issues: [] }, `results[${odd}]`) };
}
