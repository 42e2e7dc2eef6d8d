/** What is expected, for another question: in the other direction, or of another version, which names labels otherwise. */
import type { GrowingIds } from '../answer/growingIds.ts';
import type { Expectation, LabelTest, SourceDoubt } from '../domain/expectation.ts';
import { pairsOfStep, type Steps } from '../domain/steps.ts';
import { PairColumns } from './pairColumns.ts';

/** The texts of all labels that are expected, each once. */
export function labelTexts(expectation: Expectation): readonly string[] {
  const texts = new Set<string>();
  const seen = new Set<readonly LabelTest[]>();
  for (let pair = 0; pair < expectation.length; pair++) {
    const labels = expectation.labels(pair);
    if (labels.length === 0 || seen.has(labels)) continue;
    seen.add(labels);
    for (const { text } of labels) texts.add(text);
  }
  return [...texts];
}

/** The same pairs with labels that are read anew. */
export class RelabelledPairs implements Expectation {
  readonly asked: GrowingIds;
  readonly #source: Expectation;
  readonly #test: (text: string) => LabelTest;
  /** The same array for the same labels, as those who compare rely on. */
  readonly #tests = new Map<readonly LabelTest[], readonly LabelTest[]>();

  /** @param test of a label by its text */
  constructor(source: Expectation & { readonly asked: GrowingIds }, test: (text: string) => LabelTest) {
    this.asked = source.asked;
    this.#source = source;
    this.#test = test;
  }

  get length(): number {
    return this.#source.length;
  }

  record(pair: number): number {
    return this.#source.record(pair);
  }

  fromId(pair: number): string {
    return this.#source.fromId(pair);
  }

  toId(pair: number): string {
    return this.#source.toId(pair);
  }

  toIdNumber(pair: number): number {
    return this.#source.toIdNumber(pair);
  }

  labels(pair: number): readonly LabelTest[] {
    const labels = this.#source.labels(pair);
    let tests = this.#tests.get(labels);
    if (!tests) {
      tests = labels.map(({ text }) => this.#test(text));
      this.#tests.set(labels, tests);
    }
    return tests;
  }

  doubt(pair: number): SourceDoubt | undefined {
    return this.#source.doubt(pair);
  }

  isWhole(record: number): boolean {
    return this.#source.isWhole(record);
  }

  lines(pair: number): readonly number[] {
    return this.#source.lines(pair);
  }
}

/**
 * The pairs in the other direction, with the texts of their labels. Records that expect nothing are left out, and nothing is known
 * to be whole unless all of it is: a row that made no pair, or one that is left out here, may name any of the records. Undefined
 * where the source doubts a pair: its other id would have to be looked up, and it is none of this account.
 * In steps.
 * @param isAll every row of the source is in these pairs
 */
export function* turningPairs(expectation: Expectation, isAll: boolean): Steps<PairColumns | undefined> {
  const turned = new PairColumns();
  let isWhole = isAll;
  for (let record = 0; record < expectation.asked.length && isWhole; record++) isWhole = expectation.isWhole(record);
  for (let pair = 0; pair < expectation.length; pair++) {
    if (pair % pairsOfStep === 0) yield;
    if (expectation.doubt(pair)) return undefined;
    const labels = turned.labelSets.of(expectation.labels(pair).map(({ text }) => text));
    for (const line of expectation.lines(pair)) {
      turned.addRow(expectation.toId(pair), [expectation.fromId(pair)], labels, line, isWhole ? 1 : 2);
    }
  }
  return turned;
}
