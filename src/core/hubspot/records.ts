/** Reads records by id: their display properties, and whether they are there at all. */
import * as z from 'zod';
import type { Failure } from '../domain/failure.ts';
import { isRecordId } from '../domain/recordId.ts';
import { type CallSignals, HubSpotClient, type Patience, type Read } from './client.ts';
import { recordsRequest } from './endpoints.ts';
import { quoteLongNumbers, readJson } from './json.ts';
import type { HubSpotPorts } from './ports.ts';

/** The most inputs HubSpot takes in one batch read of records. */
export const recordBatchLimit = 100;

/** What HubSpot said of the records asked for. A record in neither list was not answered for. */
interface RecordBatch {
  /** Properties by record id; one without a value is left out. */
  readonly found: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Ids of which HubSpot says that there is no such record; an archived record is one of them unless archived ones were asked for. */
  readonly missing: ReadonlySet<string>;
}

export type RecordsAnswer =
  | { readonly ok: true; readonly batch: RecordBatch }
  | { readonly ok: false; readonly failure: Failure };

export interface RecordsQuestion {
  /** A name or an object type id, in the form the path takes. */
  readonly objectType: string;
  /** At most {@link recordBatchLimit}. What is no record id is not sent, and not answered for. */
  readonly ids: readonly string[];
  readonly properties: readonly string[];
  /** True asks among the archived records only. */
  readonly archived?: boolean;
}

const recordId = z.union([z.string(), z.number()]).transform(String);

const answerSchema = z.object({
  results: z.array(z.object({ id: recordId, properties: z.record(z.string(), z.string().nullish()) })),
  errors: z
    .array(
      z.object({
        category: z.string().nullish(),
        context: z
          .object({ ids: z.array(recordId) })
          .partial()
          .nullish(),
      }),
    )
    .nullish(),
});

/** `POST /crm/v3/objects/{type}/batch/read`: one call. Never rejects. */
export async function readRecords(
  { objectType, ids, properties, archived = false }: RecordsQuestion,
  ports: HubSpotPorts,
  signals: CallSignals = {},
  patience: Partial<Patience> = {},
): Promise<RecordsAnswer> {
  // HubSpot's own answers may name records in ways that it takes from nobody: they cost the others nothing.
  const sent = ids.filter(isRecordId);
  if (sent.length === 0) return { ok: true, batch: { found: new Map(), missing: new Set() } };
  const request = recordsRequest(objectType, sent, properties, archived);
  const outcome = await new HubSpotClient(ports, patience).request(request, readBatch, signals);
  return outcome.ok ? { ok: true, batch: outcome.value } : { ok: false, failure: outcome.failure };
}

function readBatch(text: string): Read<RecordBatch> {
  const json = readJson(quoteLongNumbers(text));
  if (!json.ok) return { unreadable: { where: '', detail: json.detail } };
  const parsed = answerSchema.safeParse(json.value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { unreadable: { where: issue?.path.join('.') || 'results', detail: issue?.message ?? '' } };
  }
  const found = new Map(
    parsed.data.results.map(({ id, properties }) => [
      id,
      Object.fromEntries(Object.entries(properties).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    ]),
  );
  const missing = new Set(
    (parsed.data.errors ?? [])
      .filter(({ category }) => category === 'OBJECT_NOT_FOUND')
      .flatMap(({ context }) => context?.ids ?? []),
  );
  return { value: { found, missing } };
}
