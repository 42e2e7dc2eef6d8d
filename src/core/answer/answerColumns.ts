import {
  type Answer,
  type ApiVersion,
  type AssociationType,
  type Completeness,
  type Counts,
  type Effort,
  isPrimaryOnly,
  type Notice,
  type Question,
  type RecordState,
  type Truncation,
} from '../domain/associations.ts';
import type { RecordProblem } from '../domain/failure.ts';
import type { ObjectType } from '../domain/objectTypes.ts';
import { AnswerNotices } from './answerNotices.ts';
import { IdCodes, IdIndex } from './idCodes.ts';
import type { RowSpan } from './pageRows.ts';
import { type PageEffect, RecordRows } from './recordRows.ts';
import { TypeSets } from './typeSets.ts';

const states: readonly RecordState[] = ['notRead', 'found', 'none', 'failed'];
const truncations: readonly (Truncation | undefined)[] = [undefined, 'cap', 'cursor', 'page'];

/**
 * The Answer in columns. A record takes 17 bytes and its index about 8, an association 9 in the common case. Everything that
 * changes the Answer is a method here and keeps the counts right, so that asked = found + none + failed + notRead at any time.
 */
export class AnswerColumns implements Answer {
  readonly question: Question;
  readonly apiVersion: ApiVersion;
  readonly ids = new IdCodes();
  readonly typeSets = new TypeSets();
  readonly seen = new AnswerNotices();

  readonly #asked: number;
  readonly #codes: Float64Array;
  /** Where a record stands in the question, if that is not its own number because ids were asked twice. */
  #places: Uint32Array | undefined;
  readonly #records: IdIndex;
  /** 2 bits state, 2 bits truncation. */
  readonly #states: Uint8Array;
  /** 1 + index into the problems, 0 for none; made when the first problem comes. */
  #problemOf: Uint32Array | undefined;
  readonly #problems: RecordProblem[] = [];
  readonly #problemNumbers = new Map<RecordProblem, number>();
  readonly #rows: RecordRows;

  readonly #stateCounts = [0, 0, 0, 0];
  #truncated = 0;
  #customTypes: readonly ObjectType[] = [];
  #revision = 0;
  #effort: Effort = { requests: 0, pages: 0, milliseconds: 0 };

  constructor(question: Question) {
    this.question = question;
    this.apiVersion = question.apiVersion ?? 'v3';
    const { ids } = question;
    const codes = new Float64Array(ids.length);
    const index = new IdIndex((record) => codes[record]!, ids.length);
    let asked = 0;
    for (let place = 0; place < ids.length; place++) {
      const code = this.ids.code(ids[place]!);
      if (index.find(code) >= 0) {
        this.#places ??= Uint32Array.from(codes, (_, record) => record);
        continue;
      }
      if (this.#places) this.#places[asked] = place;
      codes[asked] = code;
      index.add(code, asked++);
    }
    this.#asked = asked;
    this.#codes = codes;
    this.#records = index;
    this.#rows = new RecordRows(asked, this.typeSets);
    this.#states = new Uint8Array(asked);
    this.#stateCounts[0] = asked;
  }

  get counts(): Counts {
    const [notRead, found, none, failed] = this.#stateCounts as [number, number, number, number];
    return {
      asked: this.#asked,
      found,
      none,
      failed,
      notRead,
      truncated: this.#truncated,
      associations: this.#rows.length,
      unasked: this.seen.unasked,
    };
  }

  get completeness(): Completeness {
    const isRead = this.#stateCounts[0] === 0 && this.#stateCounts[3] === 0 && this.#truncated === 0;
    if (!isRead) return 'incomplete';
    return isPrimaryOnly(this.question) ? 'primaryOnly' : 'complete';
  }

  get complete(): boolean {
    return this.completeness === 'complete';
  }

  get customTypes(): readonly ObjectType[] {
    return this.#customTypes;
  }

  /** Takes in what the account's custom object types are called. */
  knowCustomTypes(types: readonly ObjectType[]): void {
    this.#customTypes = types;
    this.touch();
  }

  get notices(): readonly Notice[] {
    return this.seen.list();
  }

  get effort(): Effort {
    return this.#effort;
  }

  get revision(): number {
    return this.#revision;
  }

  recordId(record: number): string {
    return this.question.ids[this.#places?.[record] ?? record]!;
  }

  /** The code of a record's id. */
  recordCode(record: number): number {
    return this.#codes[record]!;
  }

  recordOf(id: string): number | undefined {
    const code = this.ids.known(id);
    return code === 0 ? undefined : this.recordOfCode(code);
  }

  state(record: number): RecordState {
    return states[this.#states[record]! & 3]!;
  }

  truncation(record: number): Truncation | undefined {
    return truncations[this.#states[record]! >> 2];
  }

  problem(record: number): RecordProblem | undefined {
    const number = this.#problemOf?.[record] ?? 0;
    return number === 0 ? undefined : this.#problems[number - 1];
  }

  associationCount(record: number): number {
    return this.#rows.count(record);
  }

  toId(record: number, nth: number): string {
    return this.ids.text(this.#rows.code(record, nth));
  }

  toIdNumber(record: number, nth: number): number {
    return this.ids.number(this.#rows.code(record, nth));
  }

  types(record: number, nth: number): readonly AssociationType[] {
    return this.typeSets.types(this.#rows.set(record, nth));
  }

  /** The record with this id code, or undefined if it was not asked for. */
  recordOfCode(code: number): number | undefined {
    const record = this.#records.find(code);
    return record < 0 ? undefined : record;
  }

  /** See {@link RecordRows.addPage}. */
  addPage(record: number, rows: RowSpan, room: number): PageEffect {
    this.#revision++;
    return this.#rows.addPage(record, rows, room);
  }

  /** Puts a record into its place. A record that has associations is always found. */
  settle(record: number, state: RecordState, truncation?: Truncation, problem?: RecordProblem): void {
    const old = this.#states[record]!;
    const now = states.indexOf(state) | (truncations.indexOf(truncation) << 2);
    this.#stateCounts[old & 3]!--;
    this.#stateCounts[now & 3]!++;
    this.#truncated += (now > 3 ? 1 : 0) - (old > 3 ? 1 : 0);
    this.#states[record] = now;
    this.#setProblem(record, problem);
    this.#revision++;
  }

  /** Says that no more pages of this record will come, which frees what only they need. */
  close(record: number): void {
    this.#rows.close(record);
  }

  /** Says that something outside the columns changed: a notice, or what the look-up took. */
  touch(effort?: Effort): void {
    if (effort) this.#effort = effort;
    this.#revision++;
  }

  #setProblem(record: number, problem: RecordProblem | undefined): void {
    if (!problem) {
      if (this.#problemOf) this.#problemOf[record] = 0;
      return;
    }
    let number = this.#problemNumbers.get(problem);
    if (number === undefined) {
      number = this.#problems.push(problem);
      this.#problemNumbers.set(problem, number);
    }
    this.#problemOf ??= new Uint32Array(this.#asked);
    this.#problemOf[record] = number;
  }
}
