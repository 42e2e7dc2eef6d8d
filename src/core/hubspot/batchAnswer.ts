/**
 * The body of a batch read of associations, as HubSpot really sends it: every version has the same frame around its own kind
 * of `to`. Whatever the documentation calls required is optional here as soon as it has been seen absent, null or of another
 * kind, and nothing is required that is not needed.
 */
import * as z from 'zod';
import type { IdCodes } from '../answer/idCodes.ts';
import { PageRows } from '../answer/pageRows.ts';
import type { TypeSets } from '../answer/typeSets.ts';
import { isRecordId } from '../domain/recordId.ts';
import type { Read } from './client.ts';
import { hubSpotWords } from './errorBody.ts';
import { quoteLongNumbers, readJson } from './json.ts';
import { idsInContext, idsInMessage } from './namedIds.ts';

/** An id in an answer. z.int() refuses what a number cannot hold exactly; such an answer is read again with its digits quoted. */
export const idSchema = z.union([z.string(), z.int()]);

const pagingSchema = z.object({ next: z.object({ after: idSchema }).nullish() }).nullish();

const errorSchema = z.object({
  category: z.string().nullish(),
  subCategory: z.unknown().optional(),
  message: z.string().nullish(),
  context: z.record(z.string(), z.unknown()).nullish(),
});
type WireError = z.infer<typeof errorSchema>;

const frame = {
  status: z.string().nullish(),
  numErrors: z.int().nullish(),
  errors: z.array(errorSchema).nullish(),
};

function resultSchema<To>(to: z.ZodType<To, To>) {
  return z.object({ from: z.object({ id: idSchema }), to: z.array(to), paging: pagingSchema });
}

/** The whole body of an answer with these rows, compiled. */
export function batchBodySchema<To>(row: z.ZodType<To, To>) {
  return z.compile(z.object({ ...frame, results: z.array(resultSchema(row)) }));
}

/** For an answer that does not fit the schema: its parts are read one by one. Of an error with odd fields only those are lost. */
const looseError = z
  .object({
    category: frame.status.catch(undefined),
    subCategory: z.unknown().optional(),
    message: frame.status.catch(undefined),
    context: errorSchema.shape.context.catch(undefined),
  })
  .catch({});
const looseBody = z.object({
  status: frame.status.catch(undefined),
  numErrors: frame.numErrors.catch(undefined),
  errors: z.array(looseError).nullish().catch([{}]),
  results: z.array(z.unknown()).nullish(),
});
const fromOnly = z.object({ from: z.object({ id: idSchema }) });

/** One result: its rows are those from `start` to before `end`. */
export interface DeliveredPage {
  readonly from: number;
  readonly start: number;
  readonly end: number;
  /** The cursor of the next page, verbatim. Absent on the last one. */
  readonly after?: string;
}

/** One error with the ids it names. */
export interface DeliveredError {
  readonly ids: readonly number[];
  /** The ids stand in the message only, where other numbers may stand too. */
  readonly inMessage: boolean;
  readonly category: string;
  readonly subCategory?: string;
  readonly message: string;
}

/** A result that could not be read, or not all of it, of a record that could. */
interface UnreadableResult {
  readonly from: number;
  readonly where: string;
  readonly detail: string;
}

/** What one answer says, in the numbers of the Answer it is for. */
export interface Delivery {
  /** How the batch ended, in HubSpot's word. Only after COMPLETE does a result without associations mean that there are none. */
  readonly status: string;
  readonly rows: PageRows;
  readonly pages: readonly DeliveredPage[];
  readonly errors: readonly DeliveredError[];
  readonly numErrors?: number;
  readonly unreadable: readonly UnreadableResult[];
}

export interface Numbering {
  readonly ids: IdCodes;
  readonly typeSets: TypeSets;
}

export type BatchReader = (text: string, numbering: Numbering) => Read<Delivery>;

/**
 * The reader for one version: `usual` is the schema of an associated record as it always comes, `to` all that can be
 * understood, the two functions say what it means. A schema without alternatives costs a twentieth of JSON.parse, one with
 * them up to a third; so the lenient one is only asked when the other does not fit.
 */
export function batchReader<To>(
  usual: z.ZodType<To, To>,
  to: z.ZodType<To, To>,
  toId: (row: To) => string | number,
  typeSet: (row: To, sets: TypeSets) => number,
): BatchReader {
  const oneResult = resultSchema(to);
  type Result = z.infer<typeof oneResult>;
  const body = batchBodySchema(usual);

  const page = (
    result: Result,
    { rows, unreadable }: Pick<Delivery, 'rows'> & { readonly unreadable: UnreadableResult[] },
    { ids, typeSets }: Numbering,
  ): DeliveredPage => {
    const start = rows.length;
    const from = ids.code(String(result.from.id));
    for (const row of result.to) {
      const id = toId(row);
      const code = typeof id === 'number' && id > 0 ? id : ids.code(String(id));
      // A positive code is a number of up to 16 digits. Any other text is an id, or is shown and kept nowhere.
      if (code > 0 || isRecordId(String(id))) rows.push(code, typeSet(row, typeSets));
      else unreadable.push({ from, ...noRecordId });
    }
    const after = result.paging?.next?.after;
    return after === undefined
      ? { from, start, end: rows.length }
      : { from, start, end: rows.length, after: String(after) };
  };

  const salvage = (value: unknown, numbering: Numbering): Read<Delivery> => {
    const loose = looseBody.safeParse(value);
    if (!loose.success) return { unreadable: firstIssue(loose.error) };
    const { results, errors } = loose.data;
    // Errors without results can be read; an answer without both cannot.
    if (!results && !errors?.length) return { unreadable: { where: 'results', detail: 'missing' } };
    const rows = new PageRows();
    const pages: DeliveredPage[] = [];
    const unreadable: UnreadableResult[] = [];
    for (const [index, result] of (results ?? []).entries()) {
      const read = oneResult.safeParse(result);
      if (read.success) {
        pages.push(page(read.data, { rows, unreadable }, numbering));
        continue;
      }
      const issue = firstIssue(read.error, `results[${index}]`);
      const from = fromOnly.safeParse(result);
      if (!from.success) return { unreadable: issue };
      unreadable.push({ from: numbering.ids.code(String(from.data.from.id)), ...issue });
    }
    return { value: { ...delivered(loose.data, numbering), rows, pages, unreadable } };
  };

  return (text, numbering) => {
    const json = readJson(text);
    if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
    if (body.validate(json.value)) {
      const { results } = json.value;
      const rows = new PageRows(results.reduce((sum, result) => sum + result.to.length, 0));
      const unreadable: UnreadableResult[] = [];
      const pages = results.map((result) => page(result, { rows, unreadable }, numbering));
      return { value: { ...delivered(json.value, numbering), rows, pages, unreadable } };
    }
    const exact = readJson(quoteLongNumbers(text));
    return salvage(exact.ok ? exact.value : json.value, numbering);
  };
}

/** What is wrong with an associated record whose id is none. */
export const noRecordId = { where: 'results.to.id', detail: 'not a record ID' };

interface WireFrame {
  readonly status?: string | null | undefined;
  readonly numErrors?: number | null | undefined;
  readonly errors?: readonly WireError[] | null | undefined;
}

function delivered({ status, numErrors, errors }: WireFrame, { ids }: Numbering) {
  return {
    status: hubSpotWords(status ?? ''),
    errors: (errors ?? []).map((error) => ({
      ...namedIn(error, ids),
      category: hubSpotWords(error.category ?? ''),
      ...(typeof error.subCategory === 'string' ? { subCategory: hubSpotWords(error.subCategory) } : {}),
      message: hubSpotWords(error.message ?? ''),
    })),
    ...(typeof numErrors === 'number' ? { numErrors } : {}),
  };
}

function namedIn({ context, message }: WireError, codes: IdCodes): Pick<DeliveredError, 'ids' | 'inMessage'> {
  const listed = idsInContext(context);
  const ids = listed.length > 0 ? listed : idsInMessage(message ?? '');
  return { ids: ids.map((id) => codes.code(id)), inMessage: listed.length === 0 };
}

/** Where a schema did not fit, as `results[3].from.id`. */
export function firstIssue(error: z.ZodError, under = ''): { where: string; detail: string } {
  const issue = error.issues[0];
  const path = (issue?.path ?? [])
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('');
  return {
    where: `${under}${path}`.replace(/^\./, '') || 'body',
    detail: issue?.message ?? 'not of the documented shape',
  };
}
