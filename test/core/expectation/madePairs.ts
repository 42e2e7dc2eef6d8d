/** Expectations for tests, made from plain rows. */
import type { Expectation } from '../../../src/core/domain/expectation.ts';
import { FilePairs, type FilePairsOptions } from '../../../src/core/expectation/filePairs.ts';
import { PairColumns } from '../../../src/core/expectation/pairColumns.ts';

/** A record, those it ought to be associated with, and the labels of that. */
export type MadeRow = readonly [from: string, to: readonly string[], labels?: readonly string[]];

/** Each row stands on the line of its number. */
export function madeColumns(rows: readonly MadeRow[]): PairColumns {
  const columns = new PairColumns();
  for (const [line, [from, to, labels = []]] of rows.entries()) {
    columns.addRow(from, to, columns.labelSets.of(labels), line);
  }
  return columns;
}

export function madePairs(rows: readonly MadeRow[], options: Partial<FilePairsOptions> = {}): FilePairs {
  return new FilePairs(madeColumns(rows), {
    isWhole: true,
    from: 'deals',
    to: 'companies',
    apiVersion: '2026-09',
    definitions: { labels: undefined },
    ...options,
  });
}

/** Whether the pairs are all there ought to be of the record with this id; undefined for one that is not asked for. */
export function isWhole(of: Pick<Expectation, 'asked' | 'isWhole'>, id: string): boolean | undefined {
  const record = of.asked.find(id);
  return record === undefined ? undefined : of.isWhole(record);
}
