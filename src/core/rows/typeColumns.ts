/** The columns of a matrix, one for each object type: how many records of it each record is associated with. Pure. */

import type { Answer } from '../domain/associations.ts';
import type { MatrixCell } from '../domain/matrixCell.ts';
import { cut } from '../text/cellText.ts';
import { atOnce, type Column, say } from './column.ts';
import { cellOf, type MatrixType, typeColumnKey } from './matrixType.ts';
import { plainProblemText, type RowContext, type Rows } from './rows.ts';
import { typeCellWords } from './typeCellWords.ts';

/** A cell as it is shown: `12`, `1+`, `Not allowed`. */
function cellText({ state, count, atLeast }: MatrixCell, context: RowContext): string {
  const number = `${count}${atLeast ? '+' : ''}`;
  if (state === 'found' || state === 'none') return number;
  return state === 'reading' && count > 0 ? number : say(context, typeCellWords[state]);
}

export function typeColumn(type: MatrixType, rows: Rows, context: RowContext): Column {
  const key = typeColumnKey(type);
  const of = rows.answer;
  return {
    key,
    kind: 'type',
    align: 'end',
    head: type.head,
    of: 'record',
    sortsByContext: true,
    told: () => type.told(),
    cell(row) {
      const record = rows.record(row);
      const { state, count, atLeast } = cellOf(type, record, of);
      const problem = problemOf(type, record, of, context);
      return {
        cells: {
          [key]: { state, count, ...(atLeast && { more: true as const }), ...(problem && { problem: cut(problem) }) },
        },
      };
    },
    finder: (search) => (record, mask) => search.found(cellText(cellOf(type, record, of), context), mask),
    sortKeys: () => atOnce((record) => sortKey(cellOf(type, record, of))),
  };
}

/** By the count, `1` before `1+`; what has no count comes last. */
function sortKey({ state, count, atLeast }: MatrixCell): number {
  const isCounted = state === 'found' || state === 'none' || count > 0;
  return isCounted ? 2 * count + (atLeast ? 1 : 0) : Number.POSITIVE_INFINITY;
}

function problemOf({ answer }: MatrixType, record: number, of: Answer, context: RowContext): string | undefined {
  const number = answer && (answer.asked === of.asked ? record : answer.recordOf(of.recordId(record)));
  const problem = number === undefined ? undefined : answer?.problem(number);
  return problem && (context.problemText ?? plainProblemText)(problem);
}
