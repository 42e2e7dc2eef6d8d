/** Columns of the pair that a row of a check is of: how it turned out, the labels it ought to have, its lines. Pure. */

import type { LabelTest } from '../domain/expectation.ts';
import type { Check } from '../expectation/check.ts';
import { cut } from '../text/cellText.ts';
import { atOnce, type Column, say } from './column.ts';
import type { RowContext, Rows } from './rows.ts';
import { expectedLabels, rowVerdict, verdictRank, verdictReason } from './rowVerdict.ts';
import { stretches } from './steps.ts';
import { textRanks } from './textRanks.ts';
import { verdictWords } from './verdictWords.ts';

/** What a row shows of labels and lines; an export holds the rest. */
const most = 20;

export function verdictColumn(rows: Rows, context: RowContext): Column {
  return {
    key: 'verdict',
    kind: 'verdict',
    head: say(context, 'verdict'),
    of: 'row',
    sortsByContext: true,
    cell(row) {
      const verdict = rowVerdict(rows, row, context);
      if (verdict === undefined) return {};
      const reason = verdictReason(rows, row, verdict, context);
      return { verdict, ...(reason !== undefined && { reason: cut(reason) }) };
    },
    finder(search) {
      const known = new Map<string, number>();
      return (row, mask) => {
        const verdict = rowVerdict(rows, row, context);
        if (verdict === undefined) return mask;
        let inWord = known.get(verdict);
        if (inWord === undefined) {
          inWord = search.found(say(context, verdictWords[verdict]));
          known.set(verdict, inWord);
        }
        const withWord = mask | inWord;
        return withWord === search.all ? withWord : search.found(verdictReason(rows, row, verdict, context), withWord);
      };
    },
    sortKeys: () =>
      atOnce((row) => {
        const verdict = rowVerdict(rows, row, context);
        return verdict === undefined ? Number.POSITIVE_INFINITY : verdictRank(verdict);
      }),
  };
}

export function expectedColumn(rows: Rows, check: Check, context: RowContext): Column {
  const { expectation } = check;
  const labelsIn = (row: number) => {
    const pair = rows.pair(row);
    return pair === undefined ? [] : expectedLabels(check, pair);
  };
  return {
    key: 'expected',
    kind: 'expected',
    head: say(context, 'expectedLabels'),
    of: 'row',
    cell(row) {
      const labels = labelsIn(row);
      return labels.length === 0 ? {} : { expectedLabels: labels.slice(0, most).map(cut) };
    },
    finder: (search) => (row, mask) => labelsIn(row).reduce((found, text) => search.found(text, found), mask),
    *sortKeys() {
      const places = new Map<readonly LabelTest[], number>();
      yield* stretches(expectation.length, (from, to) => {
        for (let pair = from; pair < to; pair++) {
          const labels = expectation.labels(pair);
          if (!places.has(labels)) places.set(labels, places.size);
        }
      });
      const texts = [...places.keys()].map((labels) => labels.map(({ text }) => text.toLowerCase()).join('\n'));
      const ranks = yield* textRanks(texts.map((text) => text || undefined));
      return (row) => {
        const pair = rows.pair(row);
        return pair === undefined ? Number.POSITIVE_INFINITY : ranks[places.get(expectation.labels(pair))!]!;
      };
    },
  };
}

const labelled = new WeakMap<Check, boolean>();

/** Whether any pair ought to have a label. Looked for once. */
export function expectsLabels(check: Check): boolean {
  let is = labelled.get(check);
  if (is === undefined) {
    const { expectation } = check;
    let pair = 0;
    while (pair < expectation.length && expectation.labels(pair).length === 0) pair++;
    is = pair < expectation.length;
    labelled.set(check, is);
  }
  return is;
}

/** The lines of the file that name a pair. */
export function linesColumn(rows: Rows, check: Check, context: RowContext): Column {
  const linesIn = (row: number) => {
    const pair = rows.pair(row);
    return pair === undefined ? [] : check.expectation.lines(pair);
  };
  return {
    key: 'source',
    kind: 'source',
    head: say(context, 'source'),
    of: 'row',
    cell(row) {
      const lines = linesIn(row);
      const source = lines.length === 0 ? undefined : context.lineText?.(lines[0]!);
      return source === undefined ? {} : { source: cut(source), lines: lines.slice(0, most) };
    },
    finder: (search) => (row, mask) => {
      const [first, ...others] = linesIn(row);
      if (first === undefined) return mask;
      const withFirst = search.found(context.lineText?.(first), mask);
      return others
        .slice(0, most - 1)
        .reduce((found, line) => search.foundInDigits(String(line + 1), found), withFirst);
    },
    sortKeys: () => atOnce((row) => linesIn(row)[0] ?? Number.POSITIVE_INFINITY),
  };
}
