/**
 * An Answer as rows: one for each association, and one for each record without any. Rows are numbers, not objects: a row is
 * found by its number, in the order the records were asked.
 */

import type { Answer, AssociationType, RecordState } from './associations.ts';
import { cut } from './cellText.ts';
import type { RecordProblem } from './failure.ts';
import { type Labels, labelsOf } from './labels.ts';
import type { PanelChip } from './panelMessages.ts';

/** What the Answer itself does not know about its records. All are optional, and are asked again whenever rows are read. */
export interface RowWords {
  /** Where the id of a record stood, such as `deals.csv:2`. */
  sourceOf?(record: number): string | undefined;
  /** The display name of a record of either end, if it was read. */
  nameOf?(end: 'record' | 'associated', id: string): string | undefined;
  /** The sentence for a problem, in the reader's language. */
  problemText?(problem: RecordProblem): string;
}

/** The words of a problem when nobody gives better ones: HubSpot's own, or the failure's kind. */
export function plainProblemText(problem: RecordProblem): string {
  if (problem.kind === 'hubSpotError') return problem.message || problem.category;
  const words = 'hubSpot' in problem.failure ? problem.failure.hubSpot.message : undefined;
  return words ? `${problem.failure.kind}: ${words}` : problem.failure.kind;
}

/** The rows of an Answer as it stood at one revision. Holds 8 bytes a row and 4 a record. */
export class Rows {
  readonly answer: Answer;
  readonly revision: number;
  /** How many rows there are. */
  readonly length: number;
  /** Each distinct set of types, folded; rows point to them. */
  readonly labels: readonly Labels[];
  /** The number in `labels` of each row; {@link noLabels} where there is no association. */
  readonly labelsOfRow: Uint32Array;
  /** The first row of each record, and after the last record the number of rows. */
  readonly #starts: Uint32Array;
  readonly #recordOfRow: Uint32Array;

  constructor(answer: Answer) {
    this.answer = answer;
    this.revision = answer.revision;
    const records = answer.counts.asked;
    this.#starts = new Uint32Array(records + 1);
    let length = 0;
    for (let record = 0; record < records; record++) {
      this.#starts[record] = length;
      length += Math.max(1, answer.associationCount(record));
    }
    this.#starts[records] = length;
    this.length = length;
    this.#recordOfRow = new Uint32Array(length);
    this.labelsOfRow = new Uint32Array(length).fill(noLabels);

    const sets: Labels[] = [];
    const numbers = new Map<readonly AssociationType[], number>();
    let lastTypes: readonly AssociationType[] | undefined;
    let lastNumber = 0;
    for (let record = 0, row = 0; record < records; record++) {
      const end = this.#starts[record + 1]!;
      if (end - row === 1) this.#recordOfRow[row] = record;
      else this.#recordOfRow.fill(record, row, end);
      if (answer.associationCount(record) === 0) {
        row = end;
        continue;
      }
      for (let nth = 0; row < end; row++, nth++) {
        const types = answer.types(record, nth);
        if (types !== lastTypes) {
          lastTypes = types;
          const known = numbers.get(types);
          if (known === undefined) {
            lastNumber = sets.push(labelsOf(types, answer.question)) - 1;
            numbers.set(types, lastNumber);
          } else lastNumber = known;
        }
        this.labelsOfRow[row] = lastNumber;
      }
    }
    this.labels = sets;
  }

  record(row: number): number {
    return this.#recordOfRow[row]!;
  }

  /** Which of its record's associations a row shows. */
  nth(row: number): number {
    return row - this.#starts[this.#recordOfRow[row]!]!;
  }

  /** The row of a record's nth association, or the record's first row if it has no such association (any more). */
  rowOf(record: number, nth: number): number | undefined {
    if (record < 0 || record + 1 >= this.#starts.length) return undefined;
    const row = this.#starts[record]! + nth;
    return row < this.#starts[record + 1]! ? row : this.#starts[record];
  }

  /** The id of the associated record, or undefined for the row of a record without any. */
  toId(row: number): string | undefined {
    return this.labelsOfRow[row] === noLabels ? undefined : this.answer.toId(this.record(row), this.nth(row));
  }

  state(row: number): RecordState {
    return this.answer.state(this.record(row));
  }

  /** The chips this table can be narrowed by, each with its rows counted: `all`, the states that occur, the labels by frequency. */
  chips(): readonly PanelChip[] {
    const { answer } = this;
    const rowsOfSet = new Uint32Array(this.labels.length);
    for (const set of this.labelsOfRow) if (set !== noLabels) rowsOfSet[set]!++;
    let truncated = 0;
    const records = answer.counts.truncated === 0 ? 0 : answer.counts.asked;
    for (let record = 0; record < records; record++)
      if (answer.truncation(record)) truncated += this.#starts[record + 1]! - this.#starts[record]!;

    let primary = 0;
    const labels = new Map<string, number>();
    this.labels.forEach((set, number) => {
      if (set.primary) primary += rowsOfSet[number]!;
      for (const text of new Set(set.labels.map((label) => cut(label.text))))
        labels.set(text, (labels.get(text) ?? 0) + rowsOfSet[number]!);
    });
    const states: PanelChip[] = [
      { key: 'none', count: answer.counts.none },
      { key: 'failed', count: answer.counts.failed },
      { key: 'notRead', count: answer.counts.notRead },
      { key: 'truncated', count: truncated },
      { key: 'primary', count: primary },
    ];
    return [
      { key: 'all', count: this.length },
      ...states.filter(({ count }) => count > 0),
      ...[...labels]
        .sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1))
        .slice(0, mostLabelChips)
        .map(([label, count]) => ({ key: `label:${label}`, label, count })),
    ];
  }
}

/** Stands in `labelsOfRow` for a row without an association. */
export const noLabels = 0xffffffff;

/** A portal has at most 50 labels a pair; what goes beyond is found with the filter. */
const mostLabelChips = 60;
