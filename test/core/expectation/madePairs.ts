/** Expectations for tests, made from plain rows. */
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
