/** Whether records are there at all: alive, archived, merged into another, or unknown to HubSpot. */
import type { Existence } from '../domain/cell.ts';
import type { Failure } from '../domain/failure.ts';
import type { CallSignals, Patience } from './client.ts';
import type { HubSpotPorts } from './ports.ts';
import { type RecordsAnswer, type RecordsQuestion, readRecords } from './records.ts';

/** What was learned: an id that is in no list was not answered for. */
interface Existences {
  readonly of: ReadonlyMap<string, Existence>;
  /** Properties of the records that are there, by their own ids. */
  readonly properties: ReadonlyMap<string, RecordProperties>;
}

type RecordProperties = Readonly<Record<string, string>>;

/** `failure` ended the reading; what had been learned before it counts. */
export interface ExistencesAnswer {
  readonly existences: Existences;
  readonly failure: Failure | undefined;
}

/** In it HubSpot lists, with semicolons, the ids that were merged into a record. */
const mergedIds = 'hs_merged_object_ids';

/**
 * Asks for at most a batch of records among the living, and for those that are not there among the archived. Never rejects.
 *
 * What HubSpot answers for an id that was merged away is not documented: that there is no such record, or the record that
 * survived, under the survivor's id. Where a survivor tells which ids went into it, that is taken; an id that got no answer
 * while a record came that nobody asked for is asked again by itself, so that no survivor is given to the wrong id.
 */
export async function readExistences(
  question: Omit<RecordsQuestion, 'archived'>,
  ports: HubSpotPorts,
  signals: CallSignals = {},
  patience: Partial<Patience> = {},
): Promise<ExistencesAnswer> {
  const properties = [...question.properties, mergedIds];
  const reading = new ExistenceReading(question.ids, (ids, archived) =>
    readRecords({ ...question, ids, properties, archived }, ports, signals, patience),
  );
  const failure = (await reading.living()) ?? (await reading.merged()) ?? (await reading.archived());
  return { existences: reading, failure };
}

type Batch = Extract<RecordsAnswer, { ok: true }>['batch'];
type ReadIds = (ids: readonly string[], archived: boolean) => Promise<RecordsAnswer>;

const nobody: Batch = { found: new Map(), missing: new Set() };

/** The three steps, each of which ends with the failure that keeps it from being made. */
class ExistenceReading implements Existences {
  readonly of = new Map<string, Existence>();
  readonly properties = new Map<string, RecordProperties>();
  readonly #asked: ReadonlySet<string>;
  readonly #read: ReadIds;
  /** What the read of the living brought. */
  #living = nobody;

  constructor(ids: readonly string[], read: ReadIds) {
    this.#asked = new Set(ids);
    this.#read = read;
  }

  /** Asks for all, and takes from each record that is there which other ids went into it. */
  async living(): Promise<Failure | undefined> {
    const answer = await this.#read([...this.#asked], false);
    if (!answer.ok) return answer.failure;
    this.#living = answer.batch;
    for (const [id, known] of answer.batch.found) {
      this.properties.set(id, known);
      if (this.#asked.has(id)) this.of.set(id, { kind: 'exists' });
    }
    for (const [survivor, known] of answer.batch.found) {
      for (const id of known[mergedIds]?.split(';') ?? []) {
        if (this.#asked.has(id) && !this.of.has(id)) this.of.set(id, { kind: 'merged', into: survivor });
      }
    }
    return undefined;
  }

  /** Asks for each id by itself that got no answer while a record came that nobody asked for. */
  async merged(): Promise<Failure | undefined> {
    const { found, missing } = this.#living;
    if ([...found.keys()].every((id) => this.#asked.has(id))) return undefined;
    for (const id of this.#asked) {
      if (this.of.has(id) || missing.has(id)) continue;
      const alone = await this.#read([id], false);
      if (!alone.ok) return alone.failure;
      const [survivor] = alone.batch.found.keys();
      if (survivor !== undefined) this.of.set(id, { kind: 'merged', into: survivor });
      else if (alone.batch.missing.has(id)) this.of.set(id, { kind: 'missing' });
    }
    return undefined;
  }

  /** Asks for those that are not there among the archived. */
  async archived(): Promise<Failure | undefined> {
    const gone = [...this.#asked].filter((id) => !this.of.has(id) && this.#living.missing.has(id));
    if (gone.length === 0) return undefined;
    const answer = await this.#read(gone, true);
    if (!answer.ok) return answer.failure;
    for (const id of gone) {
      const known = answer.batch.found.get(id);
      if (known) this.properties.set(id, known);
      if (known) this.of.set(id, { kind: 'archived' });
      else if (answer.batch.missing.has(id)) this.of.set(id, { kind: 'missing' });
    }
    return undefined;
  }
}
