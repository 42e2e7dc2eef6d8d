/** Reads records of one object type of one account: what became of them, and some of their properties. */
import type { Cell, Existence, TextStart } from '../domain/cell.ts';
import type { Failure } from '../domain/failure.ts';
import { isRecordId } from '../domain/recordId.ts';
import type { Outcome } from '../hubspot/client.ts';
import type { HubSpotPorts } from '../hubspot/ports.ts';
import { type RecordBatch, readRecords } from '../hubspot/records.ts';
import { mergedIds, newsOf } from './batchNews.ts';
import { Errand, type Need } from './errand.ts';
import { KnownRecords, type KnownValue, type Memory } from './knownRecords.ts';
import { type IdsCall, RefusedIds } from './refusedIds.ts';
import { type Ask, idsATurn, WantedIds } from './wantedIds.ts';

export interface ReaderParts {
  /** Shared by all readers. */
  readonly memory: Memory;
  /** Asked before every call. The account's own limit holds, as it is one of these. */
  ports(): HubSpotPorts;
  /** A call has told something, or the reading has come to rest. */
  onDidLearn(): void;
  /** Called between two steps of a search through many ids, so that others have their turn. */
  turn?(): Promise<void> | undefined;
}

/** How all ids are read that somebody waits for. */
export interface ReadingOptions {
  /** Ends the wait; a call that nobody else needs is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Told after every call how many of those that were not known are settled. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Which of the properties that are read are waited for; all of them where it is not said. */
  readonly properties?: readonly string[] | undefined;
  /** What stands beside these records, see {@link RecordReader.wantBeside}. */
  readonly beside?: Iterable<Iterable<string>> | undefined;
}

type Call = Ask & IdsCall;

/** So many calls in a row that failed for a reason of their own, and the others would fare the same. */
const hopelessCalls = 2;

/**
 * One call at a time, of at most a hundred distinct ids, each with all the properties that are wanted: what is in sight first,
 * then what somebody waits for, then what stands beside what is in sight, so that a table read piece by piece takes no more
 * calls than one read at once. Every call tells whether records exist; those that are not among the living are asked among
 * the archived ones, many together. A record that could not be read is not asked again by itself, only when somebody
 * says {@link retry} or waits for it anew.
 */
export class RecordReader {
  /** A name or an object type id, in the form the path takes. */
  objectType = '';
  /** What is read of every record. Values of those that are taken out again stay known. */
  properties: readonly string[] = [];
  readonly #parts: ReaderParts;
  readonly #known: KnownRecords;
  readonly #wanted = new WantedIds();
  readonly #failed = new Map<string, Failure>();
  #refused = { living: new RefusedIds(), archived: new RefusedIds() };
  /** Why nothing is read. */
  #halted: Failure | undefined;
  /** Why nothing is read among the archived records, where the living can be. */
  #archivedHalted: Failure | undefined;
  #failuresInARow = 0;
  #call: AbortController | undefined;
  #isReading = false;
  /** How often {@link stop} was called. */
  #stops = 0;
  /** How often {@link retry} was called. */
  #retries = 0;
  /** Those who came while the call was under way, and the properties they wait for: it may not read them. */
  readonly #late = new Map<Errand, readonly string[]>();

  constructor(parts: ReaderParts) {
    this.#parts = parts;
    this.#known = new KnownRecords(parts.memory);
  }

  get isReading(): boolean {
    return this.#isReading;
  }

  /** True when nothing is read until somebody says {@link retry} or waits for records anew. */
  get isHalted(): boolean {
    return this.#halted !== undefined;
  }

  /** Why records cannot be read: all of them, or else the first of those that could not. */
  get failure(): Failure | undefined {
    return this.#halted ?? this.#failed.values().next().value;
  }

  /** True when anything was learned of any record, and is remembered. */
  get knowsAny(): boolean {
    return !this.#known.isEmpty;
  }

  /** Goes up whenever something was learned of a record, or forgotten. */
  get revision(): number {
    return this.#known.revision;
  }

  /** What became of a record, if that is known. */
  existence(id: string): Existence | undefined {
    return this.#known.existence(id);
  }

  /** What a record has in a property. */
  cell(id: string, property: string): Cell {
    const value = this.#known.value(id, property);
    return this.#cell(id, value, value !== undefined);
  }

  /** The start of a text that was made of a property, or makes it. @param by what it is made with */
  start(id: string, property: string, by: object, make: () => TextStart): TextStart {
    return this.#known.start(id, property, by, make);
  }

  /** The name of a record, made of properties that are read. */
  nameCell(id: string, displayProperties: readonly string[]): Cell {
    return this.#cell(id, this.name(id, displayProperties), this.#known.isWhole(id, displayProperties));
  }

  /** The name alone, also of an archived record; undefined when it is not known or there is none. */
  name(id: string, displayProperties: readonly string[]): string | undefined {
    return this.#known.name(id, displayProperties);
  }

  /** Says that this record is in sight: it is read with the next call, unless it is known or could not be read before. */
  want(id: string): void {
    this.#known.use(id);
    if (!this.#isToBeShown(id)) return;
    this.#wanted.show(id);
    void this.#readWanted();
  }

  /**
   * Says which records stand beside those in sight: the next calls are filled up with them, as one costs the same with a hundred.
   * @param parts of their ids, nearest first: gone through only as far as calls have room, and others have their turn between two
   * @param by what they stand in: what was said of it before is forgotten
   */
  wantBeside(parts: Iterable<Iterable<string>>, by: unknown = undefined): void {
    if (this.#isReading) this.#wanted.showBeside(by, parts);
  }

  #isToBeShown(id: string): boolean {
    return !this.#halted && !this.#failed.has(id) && this.#isOpen(id, 'cells') && !this.#known.hasNoRoom(id);
  }

  /**
   * Those of these records that can be read and are not.
   * @param properties which of those that are read have to be known; all of them where it is not said
   */
  unread(ids: Iterable<string>, need: Need, properties = this.properties): Set<string> {
    const unread = new Set<string>();
    for (const id of ids) if (this.#isOpen(id, need, properties)) unread.add(id);
    return unread;
  }

  /**
   * Reads all of these records. Those in sight meanwhile go first. What could not be read before is asked for once more.
   * @returns why not all are read; what was read before stays. Undefined too when it was stopped meanwhile.
   */
  async read(ids: Iterable<string>, need: Need, { signal, onProgress, properties, beside }: ReadingOptions = {}) {
    const open = new Set<string>();
    const stops = this.#stops;
    let passed = 0;
    for (const id of ids) {
      if (this.#isOpen(id, need, properties)) open.add(id);
      if (++passed % idsATurn === 0) await this.#parts.turn?.();
    }
    if (open.size === 0 || (need === 'cells' && stops !== this.#stops)) return undefined;
    if (signal?.aborted) return { kind: 'cancelled' } as const;
    this.#halted = undefined;
    this.#archivedHalted = undefined;
    for (const id of [...this.#failed.keys()]) if (open.has(id)) this.#failed.delete(id);
    const errand = new Errand(need, open, onProgress);
    const cancel = () => {
      this.#wanted.remove(errand);
      errand.stop({ kind: 'cancelled' });
      if (this.#wanted.isEmpty) this.#call?.abort();
    };
    signal?.addEventListener('abort', cancel);
    this.#wanted.add(errand);
    if (beside) this.#wanted.showBeside(errand, beside);
    if (this.#call) this.#late.set(errand, properties ?? this.properties);
    void this.#readWanted();
    const failure = await errand.ended;
    this.#wanted.showBeside(errand);
    signal?.removeEventListener('abort', cancel);
    return failure;
  }

  /** Nobody looks at properties any more, or waits for them. Who waits to know whether records exist goes on waiting. */
  stop(): void {
    this.#stops++;
    this.#wanted.clear('cells');
  }

  /** Has those of these records asked for again that were gone: they may have been restored since. */
  forgetGone(ids: (id: string) => boolean): void {
    this.#known.forgetGone(ids);
  }

  /** Has properties read again that HubSpot sent records without: the token may be another, or may do more. */
  forgetWithheld(): void {
    this.#known.forgetWithheld();
  }

  /** Forgets why records could not be read: what is in sight may be asked for again. */
  retry(): void {
    this.#retries++;
    this.#halted = undefined;
    this.#archivedHalted = undefined;
    this.#failuresInARow = 0;
    this.#failed.clear();
  }

  #isOpen(id: string, need: Need, properties = this.properties): boolean {
    if (!isRecordId(id)) return false;
    return need === 'existence' ? this.#known.existence(id) === undefined : !this.#known.isWhole(id, properties);
  }

  #cell(id: string, text: KnownValue | undefined, isRead: boolean): Cell {
    const existence = this.#known.existence(id);
    if (existence?.kind === 'merged') return { kind: 'gone', how: 'merged', into: existence.into };
    if (existence && existence.kind !== 'exists') return { kind: 'gone', how: existence.kind };
    if (text === false) return { kind: 'notRead', why: 'withheld' };
    if (isRead) return text === null || text === undefined ? { kind: 'unset' } : { kind: 'value', text };
    if (!isRecordId(id)) return { kind: 'notRead', why: { kind: 'notAnId' } };
    if (this.#wanted.has(id)) return { kind: 'notRead', why: 'reading' };
    return { kind: 'notRead', why: this.#failed.get(id) ?? this.#halted ?? 'notAsked' };
  }

  /** Reads call after call while there is something to read. What is wanted within one turn of the loop goes together. */
  async #readWanted(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    await Promise.resolve();
    let again: Call | undefined;
    for (let next = this.#nextCall(); next; next = again ?? this.#nextCall()) {
      again = undefined;
      const call = next.room ? await this.#filledUp(next) : next;
      // They were let go while the call was filled up.
      if (call.ids.length === 0) continue;
      this.#call = new AbortController();
      this.#late.clear();
      const retries = this.#retries;
      const { properties, objectType } = this;
      const question = { objectType, ids: call.ids, properties: [...properties, mergedIds], archived: call.archived };
      const outcome = await readRecords(question, this.#parts.ports(), { cancel: this.#call.signal });
      this.#call = undefined;
      // What the token of before was told, or an account without a scope, says nothing of what there is now.
      again = retries !== this.#retries && isOfRun(outcome) && !this.#wanted.isEmpty ? { ...call, room: 0 } : undefined;
      if (again) continue;
      this.#take(call, outcome, properties);
      this.#wanted.report();
      if (!this.#wanted.isEmpty) this.#parts.onDidLearn();
    }
    this.#isReading = false;
    this.#wanted.forgetBeside();
    this.#parts.onDidLearn();
  }

  /** Takes along what stands beside, as far as there is room. Nobody wants anything of it any more where it comes back without ids. */
  async #filledUp(call: Call): Promise<Call> {
    const isLost = (id: string) => this.#known.isLost(id);
    const isToBeRead = (id: string) => this.#isToBeShown(id) && !isLost(id);
    while (this.#wanted.findBeside(call.room ?? 0, isToBeRead)) await this.#parts.turn?.();
    return this.#wanted.filledUp(call, isLost, isToBeRead);
  }

  /** Takes along those that were not among the living when they were read beside others: they would be a call of their own. */
  #withLost(ids: readonly string[], most: number): readonly string[] {
    const all = new Set(ids);
    for (const id of this.#known.lostIds()) {
      if (all.size >= most) break;
      if (this.#isToBeShown(id)) all.add(id);
    }
    return [...all];
  }

  #nextCall(): Call | undefined {
    const { living, archived } = this.#refused;
    if (this.#wanted.isEmpty) {
      this.#refused = { living: new RefusedIds(), archived: new RefusedIds() };
      return undefined;
    }
    const part = living.next();
    if (part) return { ...part, archived: false };
    const archivedPart = archived.next();
    if (archivedPart) return { ...archivedPart, archived: true };
    const sizes = { living: living.batchSize, archived: archived.batchSize };
    const ask = this.#wanted.next(sizes, (id) => this.#known.isLost(id));
    return ask?.archived ? { ...ask, ids: this.#withLost(ask.ids, sizes.archived) } : ask;
  }

  #take(call: Call, outcome: Outcome<RecordBatch>, properties: readonly string[]): void {
    if (!outcome.ok) this.#takeFailure(call, outcome);
    else {
      this.#failuresInARow = 0;
      this.#learn(call, outcome.value, properties);
      for (const { ids, failure } of this.#refusedBy(call).answered(call)) this.#fail(ids, failure);
    }
    if (this.#archivedHalted) this.#fail(this.#wanted.lostIds(), this.#archivedHalted);
  }

  #learn(call: Call, batch: RecordBatch, properties: readonly string[]): void {
    const all = [...newsOf(call, batch)];
    // What is in sight was asked first: learned last, it is the last to be forgotten where there is not room for all.
    for (const [id, news] of all.toReversed()) {
      if (news.kind !== 'known') continue;
      this.#known.learn(id, news.existence, news.values && { properties, values: news.values });
      this.#wanted.settle(id, undefined, (errand) => this.#isServed(errand, id));
    }
    for (const [id, news] of all) {
      switch (news.kind) {
        case 'lost':
          this.#known.learn(id, undefined);
          this.#wanted.lost(id);
          break;
        case 'unclear':
          this.#wanted.alone(id);
          break;
        case 'failed':
          this.#fail([id], news.failure);
          // What came unasked was no survivor, as none comes now: a call for each would tell no more.
          if (call.isAlone) this.#fail(this.#wanted.aloneIds(), news.failure);
      }
    }
  }

  #isServed(errand: Errand, id: string): boolean {
    const properties = this.#late.get(errand);
    return properties === undefined || !this.#isOpen(id, errand.need, properties);
  }

  #takeFailure(call: Call, { failure, reach, blame }: Extract<Outcome<RecordBatch>, { ok: false }>): void {
    if (failure.kind === 'cancelled') return;
    const refused = this.#refusedBy(call);
    if (reach === 'call' && failure.kind === 'refused' && blame) {
      for (const { ids, failure: why } of refused.refused(call, failure, blame)) this.#fail(ids, why);
      const isTooLargeAlone = blame.kind === 'size' && call.ids.length === 1;
      if (refused.isHopeless || (isTooLargeAlone && ++this.#failuresInARow >= hopelessCalls)) this.#halt(call, failure);
      return;
    }
    refused.lost(call);
    if (reach === 'run' || ++this.#failuresInARow >= hopelessCalls) this.#halt(call, failure);
    // What was only taken along is asked for when somebody wants it.
    else
      this.#fail(
        call.ids.filter((id) => this.#wanted.has(id)),
        failure,
      );
  }

  /** Nothing more is sent; where it is only the archived records that HubSpot refuses, the living are read on. */
  #halt(call: Call, failure: Failure): void {
    if (call.archived && isOfType(failure)) {
      this.#archivedHalted = failure;
      this.#fail(
        [...call.ids, ...this.#refused.archived.ids].filter((id) => this.#wanted.has(id)),
        failure,
      );
      this.#refused.archived = new RefusedIds();
      return;
    }
    this.#halted = failure;
    this.#refused = { living: new RefusedIds(), archived: new RefusedIds() };
    this.#wanted.clear(undefined, failure);
  }

  #fail(ids: readonly string[], failure: Failure): void {
    for (const id of ids) {
      this.#failed.set(id, failure);
      this.#wanted.settle(id, failure);
    }
  }

  #refusedBy({ archived }: Call): RefusedIds {
    return archived ? this.#refused.archived : this.#refused.living;
  }
}

/** What would be said of any call. */
function isOfRun(outcome: Outcome<unknown>): boolean {
  return !outcome.ok && outcome.reach === 'run' && outcome.failure.kind !== 'cancelled';
}

/** What HubSpot says of the request, not of the token, the account or the way to it. */
function isOfType({ kind }: Failure): boolean {
  return kind === 'refused' || kind === 'missingScopes' || kind === 'forbidden';
}
