/** Reads records by id: their properties, and whether they are there at all. */
import * as z from 'zod';
import type { Failure } from '../domain/failure.ts';
import { isRecordId } from '../domain/recordId.ts';
import { Pace, type Steps } from '../domain/steps.ts';
import { type CallSignals, HubSpotClient, type Outcome } from './client.ts';
import { recordsRequest } from './endpoints.ts';
import { hubSpotWords } from './errorBody.ts';
import { firstIssue, list, quotingLongNumbers, type Read, readingJson } from './json.ts';
import { idsNamedIn } from './namedIds.ts';
import { apiVersionOf, type HubSpotPorts } from './ports.ts';

/** The most inputs HubSpot takes in one batch read of records. */
export const recordBatchLimit = 100;

/**
 * Properties by name: null for one without a value. One that HubSpot says nothing of, as it has no such property or does not show it
 * to this token, is left out.
 */
export type RecordProperties = Readonly<Record<string, string | null>>;

/** What HubSpot said of the records asked for. */
export interface RecordBatch {
  /** By id, also those that nobody asked for: the survivor of a merge comes under its own id. */
  readonly found: ReadonlyMap<string, RecordProperties>;
  /** Ids of which HubSpot says that there is no such record; an archived record is one of them unless archived ones were asked for. */
  readonly missing: ReadonlySet<string>;
  /** Ids of which it said something else, or nothing that can be read. */
  readonly failed: ReadonlyMap<string, Failure>;
  /** Why nothing is known of the ids that are in none of the three. */
  readonly silence: Failure;
}

export interface RecordsQuestion {
  /** A name or an object type id, in the form the path takes. */
  readonly objectType: string;
  /** Distinct, at most {@link recordBatchLimit}. What is no record id is not sent, and not answered for. */
  readonly ids: readonly string[];
  readonly properties: readonly string[];
  /** True asks among the archived records only. */
  readonly archived?: boolean;
}

const recordId = z.union([z.string(), z.int()]);
const withId = z.compile(z.object({ id: recordId }));
/** HubSpot sends text. A number or a boolean is taken as what it would be as text, so that it does not cost the others of its record. */
const propertyValue = z.union([z.string(), z.number(), z.boolean()]).nullish();
const isValue = z.compile(propertyValue);
const recordSchema = z.compile(z.object({ id: recordId, properties: z.record(z.string(), propertyValue) }));
/** The properties are looked at one by one. */
const withProperties = z.compile(z.object({ id: recordId, properties: z.custom<Record<string, unknown>>(isObject) }));

/** To say what is wrong with a record takes far longer than to see that something is: it is said of so many of one answer. */
const mostReasons = 1000;
const oneOfMany: Failure = {
  kind: 'unreadableAnswer',
  where: 'results',
  detail: 'not of the documented shape',
  hubSpot: {},
};

/** One odd error costs at most what it says itself. */
const errorSchema = z
  .object({
    category: z.string().nullish().catch(undefined),
    subCategory: z.string().nullish().catch(undefined),
    message: z.string().nullish().catch(undefined),
    context: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  })
  .catch({});
type WireError = z.infer<typeof errorSchema>;

/** HubSpot has been seen to leave out `results` where nothing was found. */
const answerSchema = z.object({
  status: z.string().nullish().catch(undefined),
  results: list.nullish(),
  errors: list.nullish().catch(undefined),
});

const nothing: RecordBatch = {
  found: new Map(),
  missing: new Set(),
  failed: new Map(),
  silence: { kind: 'notAnswered' },
};

/** The batch read of records (`POST /crm/v3/objects/{type}/batch/read` under v3): one call. Never rejects. */
export async function readRecords(
  { objectType, ids, properties, archived = false }: RecordsQuestion,
  ports: HubSpotPorts,
  signals: CallSignals = {},
): Promise<Outcome<RecordBatch>> {
  // HubSpot's own answers may name records in ways that it takes from nobody: they cost the others nothing.
  const sent = ids.filter(isRecordId);
  if (sent.length === 0) return { ok: true, value: nothing };
  const request = recordsRequest(apiVersionOf(ports), objectType, { ids: sent, properties, archived });
  const read = (text: string) => readBatch(text, new Set(sent));
  return new HubSpotClient(ports).request(request, read, signals);
}

function* readBatch(text: string, asked: ReadonlySet<string>): Steps<Read<RecordBatch>> {
  const json = yield* readingJson(yield* quotingLongNumbers(text));
  if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
  yield;
  const parsed = answerSchema.safeParse(json.value);
  if (!parsed.success) return { unreadable: firstIssue(parsed.error) };
  const { status, results, errors } = parsed.data;
  if (!results && !errors) return { unreadable: { where: 'results', detail: '' } };

  const isComplete = !status || status === 'COMPLETE';
  const unsaid = isComplete ? nothing.silence : { kind: 'batchNotComplete' as const, status: hubSpotWords(status) };
  const { found, failed, silence } = yield* readResults(results ?? [], unsaid);
  const missing = new Set<string>();
  const pace = new Pace();
  for (const each of errors ?? []) {
    const error = errorSchema.parse(each);
    const isMissing = error.category === 'OBJECT_NOT_FOUND';
    const { ids } = idsNamedIn(error);
    for (const id of ids) {
      if (!asked.has(id)) continue;
      if (isMissing) missing.add(id);
      else failed.set(id, { kind: 'refused', hubSpot: wordsOf(error) });
    }
    if (pace.isOver(ids.length)) yield;
  }
  return { value: { found, missing, failed, silence } };
}

/** @param silence why nothing would be known of an id, as far as the results do not tell another reason */
function* readResults(
  results: readonly unknown[],
  silence: Failure,
): Steps<{ found: Map<string, RecordProperties>; failed: Map<string, Failure>; silence: Failure }> {
  const read = { found: new Map<string, RecordProperties>(), failed: new Map<string, Failure>(), silence };
  const pace = new Pace();
  let reasons = 0;
  for (const [at, result] of results.entries()) {
    if (pace.isOver(0)) yield;
    const record = withProperties.validate(result) ? result : undefined;
    const values = record && (yield* valuesOf(record.properties, pace));
    if (values) {
      read.found.set(String(record.id), values);
      continue;
    }
    const reason = ++reasons <= mostReasons ? oddRecord(result, at) : oneOfMany;
    if (withId.validate(result)) read.failed.set(String(result.id), reason);
    else read.silence = reason;
  }
  return read;
}

function oddRecord(result: unknown, at: number): Failure {
  const { error } = recordSchema.safeParse(result);
  const { where, detail } = firstIssue(error ?? { issues: [] }, `results[${at}]`);
  return { kind: 'unreadableAnswer', where: hubSpotWords(where), detail: hubSpotWords(detail), hubSpot: {} };
}

/** Undefined when one of them is no value. In steps, where they are many. */
function* valuesOf(properties: Readonly<Record<string, unknown>>, pace: Pace): Steps<RecordProperties | undefined> {
  const values: [string, string | null][] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (!isValue.validate(value)) return undefined;
    values.push([name, String(value ?? '') || null]);
    if (pace.isOver(0)) yield;
  }
  return Object.fromEntries(values);
}

function wordsOf({ category, subCategory, message }: WireError) {
  return {
    ...(category ? { category: hubSpotWords(category) } : {}),
    ...(subCategory ? { subCategory: hubSpotWords(subCategory) } : {}),
    ...(message ? { message: hubSpotWords(message) } : {}),
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
