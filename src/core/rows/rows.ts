/**
 * An Answer as rows: one for each association, and one for each record without any. Rows are numbers, not objects: a row is
 * found by its number, in the order the records were asked.
 *
 * With a Check each pair that is expected and that HubSpot does not name is a row as well, after the associations of its record.
 * Pairs whose record was not asked for come last, each as the row of a record of its own.
 */

import type { Answer, AssociationType } from '../domain/associations.ts';
import type { Cell, Existence } from '../domain/cell.ts';
import type { RecordProblem } from '../domain/failure.ts';
import { type Labels, labelsOf } from '../domain/labels.ts';
import { finished } from '../domain/steps.ts';
import type { Check } from '../expectation/check.ts';
import type { RowAddress } from '../treaty/panelRows.ts';
import type { PanelWord } from '../treaty/panelWords.ts';
import type { MatrixType } from './matrixType.ts';
import { type Steps, stretches } from './steps.ts';

/** A property of the records of one end, for a column of its own. */
export interface ShownProperty {
  /** Of its column, such as `property:associated:domain`. */
  readonly key: string;
  readonly end: 'record' | 'associated';
  /** HubSpot's internal name. */
  readonly name: string;
  readonly head: string;
  readonly tooltip?: string;
  /** Numbers stand at the end of their cell. */
  readonly align?: 'end';
  /** A day with its time. */
  readonly holds?: 'moment';
  /** Its values have a readable text beside the value itself, as options have a label. */
  readonly hasLabels: boolean;
  /** What the record with this id has in it. */
  cellOf(id: string): Cell;
  /** By what a value sorts, if not by its text. */
  orderOf(cell: Extract<Cell, { kind: 'value' }>): number | undefined;
  /** Why a cell is not read, in the reader's language. */
  whyText(why: Extract<Cell, { kind: 'notRead' }>['why']): string;
}

/** What the Answer itself does not know about its records. All are optional, and are asked again whenever rows are read. */
export interface RowContext {
  /** Where the id of a record stood, such as `deals.csv:2`. */
  placeOf?(record: number): string | undefined;
  /** The display name of a record of either end, if it was read. */
  nameOf?(end: 'record' | 'associated', id: string): string | undefined;
  /**
   * What became of a record of either end, where that was learned. It is an answer to "is there such a record", so of the
   * asked records it belongs beside those without association; what was found has said by itself that it exists.
   */
  existenceOf?(end: 'record' | 'associated', id: string): Existence | undefined;
  /** Properties of the records of either end that are shown as columns, in the order in which they were chosen. */
  readonly properties?: readonly ShownProperty[];
  /** The sentence for a problem, in the reader's language. */
  problemText?(problem: RecordProblem): string;
  /** A word of the table in the reader's language. */
  say?(word: PanelWord): string;
  /** What a record of either end is called, such as `Deal`. */
  readonly ends?: { readonly from: string; readonly to: string };
  /** The object types of a matrix, whose rows are records. */
  readonly types?: readonly MatrixType[];
  /** True while the look-up is running: what is not there may still come. */
  isRunning?(): boolean;
  /** What is expected of the Answer, where the look-up is a check. */
  readonly check?: Check;
  /** A line of the file that was checked, counted from 0: `pairs.csv:3`. */
  lineText?(line: number): string | undefined;
}

/** The words of a problem when nobody gives better ones: HubSpot's own, or the failure's kind. */
export function plainProblemText(problem: RecordProblem): string {
  if (problem.kind === 'hubSpotError') return problem.message || problem.category;
  const words = 'hubSpot' in problem.failure ? problem.failure.hubSpot.message : undefined;
  return words ? `${problem.failure.kind}: ${words}` : problem.failure.kind;
}

/** How the rows of an Answer are shared out among its records. */
export interface CountedRows {
  readonly revision: number;
  readonly records: number;
  /** The first row of each record, and after the last record the number of rows. */
  readonly starts: Uint32Array;
}

/** Goes up with every change that may bring other rows. */
export function revisionOf(answer: Answer, check: Check | undefined): number {
  return check ? check.revision : answer.revision;
}

/** Counts the rows of every record: millions of records in steps. */
export function* countedRows(answer: Answer, check?: Check): Steps<CountedRows> {
  if (check) for (const _ of check.looking()) yield 0;
  const revision = revisionOf(answer, check);
  const records = answer.asked.length;
  const starts = new Uint32Array(records + (check?.unplaced.length ?? 0) + 1);
  yield* stretches(records, (from, to) => {
    for (let record = from; record < to; record++) {
      const absent = check ? check.absentCount(record) : 0;
      starts[record + 1] = starts[record]! + Math.max(1, answer.associationCount(record) + absent);
    }
  });
  for (let record = records; record + 1 < starts.length; record++) starts[record + 1] = starts[record]! + 1;
  return { revision, records, starts };
}

/** The rows of an Answer as it stood at one revision. Holds 4 bytes a record and nothing a row. */
export class Rows {
  readonly answer: Answer;
  readonly check: Check | undefined;
  readonly revision: number;
  /** How many rows there are. */
  readonly length: number;
  /** How many records were asked for. Numbers from there on stand for pairs whose record was not. */
  readonly records: number;
  /** The first row of each record, and after the last record the number of rows. */
  readonly #starts: Uint32Array;
  /** The record that was asked for last: passes go through the rows in order. */
  #record = 0;
  readonly #sets: Labels[] = [];
  readonly #setNumbers = new Map<readonly AssociationType[], number>();
  #lastTypes: readonly AssociationType[] | undefined;
  #lastSet = 0;
  /** The pairs without an association of the record that was asked for last. */
  #absent = { record: -1, revision: -1, pairs: [] as readonly number[] };

  /** @param counted see {@link countedRows}; counted here where it is not given */
  constructor(answer: Answer, check?: Check, counted: CountedRows = finished(countedRows(answer, check))) {
    const { revision, records, starts } = counted;
    this.answer = answer;
    this.check = check;
    this.revision = revision;
    this.records = records;
    this.#starts = starts;
    this.length = starts[starts.length - 1]!;
  }

  /** The first row of a record; of the one after the last, how many rows there are. */
  firstRow(record: number): number {
    return this.#starts[record]!;
  }

  /** How many rows a record has. */
  rowsOf(record: number): number {
    return this.#starts[record + 1]! - this.#starts[record]!;
  }

  /** The id of a record, as it was asked for or, of a pair whose record was not, as it is expected. */
  recordId(record: number): string {
    if (record < this.records) return this.answer.recordId(record);
    const pair = this.check?.unplaced[record - this.records];
    return pair === undefined ? '' : this.check!.expectation.fromId(pair);
  }

  record(row: number): number {
    const starts = this.#starts;
    let record = this.#record;
    if (row >= starts[record]!) {
      if (row < starts[record + 1]!) return record;
      if (row < (starts[record + 2] ?? 0)) {
        this.#record = ++record;
        return record;
      }
    }
    let low = 0;
    let high = starts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    this.#record = low;
    return low;
  }

  /** Which of its record's rows it is: its nth association, where it has as many. */
  nth(row: number): number {
    return row - this.#starts[this.record(row)]!;
  }

  /**
   * The row of a pair or of a record's nth association; the record's first row where it has no such association (any more).
   * Undefined without such a record.
   */
  rowOf({ record, nth, pair }: RowAddress): number | undefined {
    const ofPair = pair === undefined ? undefined : this.#rowOfPair(pair);
    if (ofPair !== undefined) return ofPair;
    if (record < 0 || record + 1 >= this.#starts.length) return undefined;
    const row = this.#starts[record]! + nth;
    return row < this.#starts[record + 1]! ? row : this.#starts[record];
  }

  /** The pair that a row is of; undefined for an association that is not expected, and without a check. */
  pair(row: number): number | undefined {
    const { check } = this;
    if (!check) return undefined;
    const record = this.record(row);
    if (record >= this.records) return check.unplaced[record - this.records];
    const nth = row - this.#starts[record]!;
    const known = this.answer.associationCount(record);
    return nth < known ? check.pairOf(record, nth) : this.#absentOf(record)[nth - known];
  }

  /** The id of the associated record, also of one that is only expected; undefined for the row of a record without any. */
  toId(row: number): string | undefined {
    const record = this.record(row);
    const nth = row - this.#starts[record]!;
    if (nth < this.#known(record)) return this.answer.toId(record, nth);
    const pair = this.pair(row);
    return pair === undefined ? undefined : this.check?.expectation.toId(pair);
  }

  /** True for a pair of which the mapping does not tell the ids: those that it has are the file's, and none of HubSpot's. */
  isUnmapped(row: number): boolean {
    const pair = this.pair(row);
    return pair !== undefined && this.check?.expectation.doubt(pair) !== undefined;
  }

  /** The id of a record that HubSpot says is associated as exactly that number; NaN where none is exact, or for another row. */
  toIdNumber(row: number): number {
    const record = this.record(row);
    const nth = row - this.#starts[record]!;
    return nth < this.#known(record) ? this.answer.toIdNumber(record, nth) : Number.NaN;
  }

  /** The id of the associated record as a number to sort by, near it where no number is exact; Infinity without any. */
  toIdKey(row: number): number {
    const record = this.record(row);
    const nth = row - this.#starts[record]!;
    if (nth >= this.#known(record)) return idKey(this.toId(row));
    const key = this.answer.toIdNumber(record, nth);
    return key >= 0 ? key : idKey(this.answer.toId(record, nth));
  }

  /** The number of a row's set of labels, which all rows with the same types share; {@link noLabels} without an association. */
  set(row: number): number {
    const record = this.record(row);
    const nth = row - this.#starts[record]!;
    return nth < this.#known(record) ? this.setOf(this.answer.types(record, nth)) : noLabels;
  }

  /** The number of the set of labels that these types are. */
  setOf(types: readonly AssociationType[]): number {
    if (types === this.#lastTypes) return this.#lastSet;
    let set = this.#setNumbers.get(types);
    if (set === undefined) {
      set = this.#sets.push(labelsOf(types, this.answer.question, this.answer.customTypes)) - 1;
      this.#setNumbers.set(types, set);
    }
    this.#lastTypes = types;
    this.#lastSet = set;
    return set;
  }

  labels(set: number): Labels {
    return this.#sets[set]!;
  }

  /** Every set that rows were asked for so far, by number. */
  allLabels(): readonly Labels[] {
    return this.#sets;
  }

  /** How many associations of a record are known. */
  #known(record: number): number {
    return record < this.records ? this.answer.associationCount(record) : 0;
  }

  #absentOf(record: number): readonly number[] {
    const check = this.check!;
    const { revision } = check;
    if (this.#absent.record !== record || this.#absent.revision !== revision) {
      this.#absent = { record, revision, pairs: check.absent(record) };
    }
    return this.#absent.pairs;
  }

  /** Undefined for a pair that has come to its record since the rows were counted. */
  #rowOfPair(pair: number): number | undefined {
    const { check } = this;
    if (!check || pair >= check.expectation.length) return undefined;
    const place = check.place(pair);
    const record = place ? place.record : this.records + check.unplaced.indexOf(pair);
    if (record < (place ? 0 : this.records)) return undefined;
    const nth = place ? (place.nth ?? this.#known(record) + this.#absentOf(record).indexOf(pair)) : 0;
    const row = this.#starts[record]! + nth;
    return row < this.#starts[record + 1]! ? row : undefined;
  }
}

/** A number to sort an id by. What was asked may be no id at all; that has no place among numbers. */
export function idKey(id: string | undefined): number {
  const key = Number(id);
  return key >= 0 ? key : Number.POSITIVE_INFINITY;
}

/** Stands for the set of labels of a row without an association. */
export const noLabels = 0xffffffff;
