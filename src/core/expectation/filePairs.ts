/** The pairs of a file, or of any other source of rows, as an expectation. */
import type { GrowingIds } from '../answer/growingIds.ts';
import type { Expectation, LabelTest } from '../domain/expectation.ts';
import { type LabelContext, type LabelProblem, readLabel } from './labelReading.ts';
import type { PairColumns } from './pairColumns.ts';

export interface FilePairsOptions extends LabelContext {
  /** The file claims to name all that there ought to be of its records. */
  readonly isWhole: boolean;
}

export class FilePairs implements Expectation {
  /** What has to be known or decided about labels before anything is asked. */
  readonly labelProblems: readonly LabelProblem[];
  readonly #columns: PairColumns;
  readonly #isWhole: boolean;
  readonly #tests: readonly (readonly LabelTest[])[];

  /** @param columns filled to the end */
  constructor(columns: PairColumns, { isWhole, ...context }: FilePairsOptions) {
    this.#columns = columns;
    this.#isWhole = isWhole;
    const { labelSets } = columns;
    const readings = labelSets.texts.map((text) => readLabel(text, context));
    this.labelProblems = readings.flatMap(({ problem }) => problem ?? []);
    this.#tests = Array.from({ length: labelSets.length }, (_, set) =>
      labelSets.members(set).map((text) => readings[text]!.test),
    );
  }

  get length(): number {
    return this.#columns.length;
  }

  get asked(): GrowingIds {
    return this.#columns.asked;
  }

  /** Records that are not asked for, as nothing could be read of what is expected of them. */
  get openIds(): Iterable<string> {
    return this.#columns.openIds;
  }

  record(pair: number): number {
    return this.#columns.record(pair);
  }

  fromId(pair: number): string {
    return this.#columns.fromId(pair);
  }

  toId(pair: number): string {
    return this.#columns.toId(pair);
  }

  toIdNumber(pair: number): number {
    return this.#columns.toIdNumber(pair);
  }

  labels(pair: number): readonly LabelTest[] {
    return this.#tests[this.#columns.labelSet(pair)]!;
  }

  doubt(): undefined {
    return undefined;
  }

  isWhole(record: number): boolean {
    return this.#isWhole && this.#columns.isWhole(record);
  }

  lines(pair: number): readonly number[] {
    return this.#columns.lines(pair);
  }
}
