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
import { lengthened } from './column.ts';
import { GrowingIds, type SharedQuestion } from './growingIds.ts';
import type { IdCodes } from './idCodes.ts';
import type { RowSpan } from './pageRows.ts';
import { mostReasons } from './recordGroups.ts';
import { type PageEffect, RecordRows } from './recordRows.ts';
import { TypeSets } from './typeSets.ts';

const states: readonly RecordState[] = ['notRead', 'found', 'none', 'failed'];
const truncations: readonly (Truncation | undefined)[] = [undefined, 'cap', 'cursor', 'page', 'reading'];

/**
 * The Answer in columns. A record takes 9 bytes beside its id, an association 9 in the common case. Everything that changes the
 * Answer is a method here and keeps the counts right, so that asked = found + none + failed + notRead at any time. An id that is
 * added to the asked ones is not read from that moment on; its columns are made when something becomes known of it.
 */
export class AnswerColumns implements Answer {
  #question: Question;
  readonly apiVersion: ApiVersion;
  readonly asked: GrowingIds;
  readonly typeSets = new TypeSets();
  readonly seen = new AnswerNotices();

  /** How many ids there were at first: what comes later changes the Answer too. */
  readonly #askedAtFirst: number;
  /** 2 bits state, 3 bits truncation. */
  #states: Uint8Array;
  /** 1 + index into the problems, 0 for none; made when the first problem comes. */
  #problemOf: Uint32Array | undefined;
  readonly #problems: RecordProblem[] = [];
  readonly #problemNumbers = new Map<RecordProblem, number>();
  readonly #problemTexts = new Map<string, number>();
  /** Those of one answer come together. */
  #last: { readonly problem?: RecordProblem; readonly number: number } = { number: 0 };
  readonly #rows: RecordRows;

  /** Of records that are in a state; the first of them is what the others leave of all that are asked. */
  readonly #stateCounts = [0, 0, 0, 0];
  readonly #truncationCounts = [0, 0, 0, 0, 0];
  #customTypes: readonly ObjectType[] = [];
  #revision = 0;
  #effort: Effort = { requests: 0, pages: 0, milliseconds: 0 };

  /** @param question its ids may be shared with other Answers */
  constructor(question: Question | SharedQuestion) {
    const asked = GrowingIds.of(question.ids);
    this.asked = asked;
    this.#question = withIds(question, asked);
    this.apiVersion = question.apiVersion ?? 'v3';
    this.#askedAtFirst = asked.length;
    this.#rows = new RecordRows(asked.length, this.typeSets);
    this.#states = new Uint8Array(asked.length);
  }

  get question(): Question {
    return this.#question;
  }

  /** More associations of a record may be in the Answer from here on. */
  raiseCap(recordCap: number): void {
    this.#question = withIds({ ...this.#question, recordCap }, this.asked);
    this.touch();
  }

  /** The codes of the asked ids and of the associated ones. */
  get ids(): IdCodes {
    return this.asked.codes;
  }

  get counts(): Counts {
    const [, found, none, failed] = this.#stateCounts as [number, number, number, number];
    const [, cap, cursor, page, reading] = this.#truncationCounts as [number, number, number, number, number];
    const asked = this.asked.length;
    return {
      asked,
      found,
      none,
      failed,
      notRead: asked - found - none - failed,
      truncated: cap + cursor + page,
      reading,
      associations: this.#rows.length,
      unasked: this.seen.unasked,
    };
  }

  get completeness(): Completeness {
    const { notRead, failed, truncated, reading } = this.counts;
    if (notRead > 0 || failed > 0 || truncated > 0 || reading > 0 || !this.asked.isWhole) return 'incomplete';
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
    return this.#revision + this.asked.length - this.#askedAtFirst;
  }

  recordId(record: number): string {
    return this.asked.text(record);
  }

  recordOf(id: string): number | undefined {
    return this.asked.find(id);
  }

  state(record: number): RecordState {
    return states[(this.#states[record] ?? 0) & 3]!;
  }

  truncation(record: number): Truncation | undefined {
    return truncations[(this.#states[record] ?? 0) >> 2];
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
    return this.typeSets.types(this.typeSet(record, nth));
  }

  /** The number of the set of these types in {@link typeSets}. */
  typeSet(record: number, nth: number): number {
    return this.#rows.set(record, nth);
  }

  /** See {@link RecordRows.addPage}. */
  addPage(record: number, rows: RowSpan, room: number): PageEffect {
    this.#revision++;
    return this.#rows.addPage(record, rows, room);
  }

  /** Puts a record into its place. A record that has associations is always found. */
  settle(record: number, state: RecordState, truncation?: Truncation, problem?: RecordProblem): void {
    if (record >= this.#states.length) this.#states = lengthened(this.#states, record);
    const old = this.#states[record]!;
    const now = states.indexOf(state) | (truncations.indexOf(truncation) << 2);
    this.#stateCounts[old & 3]!--;
    this.#stateCounts[now & 3]!++;
    this.#truncationCounts[old >> 2]!--;
    this.#truncationCounts[now >> 2]!++;
    this.#states[record] = now;
    this.#setProblem(record, problem);
    this.#revision++;
  }

  /**
   * Gives all records that are not read the same problem, or none: a million within milliseconds, a call for each would take ten
   * times as long.
   * @param keeps whether a record that has this problem keeps it
   * @param isOther whether a record is left as it is
   * @returns how many have it now
   */
  settleUnread(
    problem: RecordProblem | undefined,
    keeps: (had: RecordProblem) => boolean,
    isOther: (record: number) => boolean,
  ): number {
    const { length } = this.asked;
    const number = problem ? this.#numberOf(problem) : 0;
    const areKept = [false, ...this.#problems.map(keeps)];
    if (this.#states.length < length) this.#states = lengthened(this.#states, length - 1);
    const states = this.#states;
    const problems = problem ? this.#problemColumn(length) : this.#problemOf;
    let settled = 0;
    for (let record = 0; record < length; record++) {
      if ((states[record]! & 3) !== 0 || areKept[problems?.[record] ?? 0] || isOther(record)) continue;
      if (problems) problems[record] = number;
      settled++;
    }
    this.#revision++;
    return settled;
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
      if (this.#problemOf && record < this.#problemOf.length) this.#problemOf[record] = 0;
      return;
    }
    this.#problemColumn(record + 1)[record] = this.#numberOf(problem);
  }

  #numberOf(problem: RecordProblem): number {
    if (problem === this.#last.problem) return this.#last.number;
    let number = this.#problemNumbers.get(problem) ?? this.#numberOfEqual(problem);
    if (number === undefined) {
      number = this.#problems.push(problem);
      this.#problemNumbers.set(problem, number);
    }
    this.#last = { problem, number };
    return number;
  }

  /** HubSpot says the same of many records, in as many answers: that is one problem. Of very many only the first are known again. */
  #numberOfEqual(problem: RecordProblem): number | undefined {
    const text = JSON.stringify(problem);
    const number = this.#problemTexts.get(text);
    if (number === undefined && this.#problemTexts.size < mostReasons) {
      this.#problemTexts.set(text, this.#problems.length + 1);
    }
    return number;
  }

  /** @param length of how many records it has to hold the problems at least */
  #problemColumn(length: number): Uint32Array {
    this.#problemOf ??= new Uint32Array(this.asked.length);
    if (this.#problemOf.length < length) this.#problemOf = lengthened(this.#problemOf, length - 1);
    return this.#problemOf;
  }
}

/** As an array the ids would take several times the room, so they are one only while somebody reads them. */
function withIds({ from, to, apiVersion, recordCap }: Omit<Question, 'ids'>, asked: GrowingIds): Question {
  return {
    from,
    to,
    get ids() {
      return asked.list();
    },
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(recordCap === undefined ? {} : { recordCap }),
  };
}
