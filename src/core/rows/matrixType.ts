/** An object type of a matrix, and what a record has of it. Pure. */

import type { Answer } from '../domain/associations.ts';
import { type MatrixCell, matrixCell, unreadCell } from '../domain/matrixCell.ts';

/** One object type of a matrix, with the look-up that knows it. */
export interface MatrixType {
  /** As in the question of its look-up. */
  readonly to: string;
  /** Such as `Companies`. */
  readonly head: string;
  /** Undefined where it cannot be had. */
  readonly answer: Answer | undefined;
  isRunning(): boolean;
  /** What stands at the heading: the sum of the column, and how its records add up and how far it is. */
  told(): { readonly detail: string; readonly tooltip: string };
}

/** The key of an object type's column: `type:companies`. */
export function typeColumnKey({ to }: Pick<MatrixType, 'to'>): string {
  return `type:${to}`;
}

/** The cell of a record. Look-ups of one list of ids number their records alike; others are asked by the id. */
export function cellOf({ answer, isRunning }: MatrixType, record: number, of: Answer): MatrixCell {
  if (!answer) return unreadCell;
  const number = answer.asked === of.asked ? record : answer.recordOf(of.recordId(record));
  return matrixCell(answer, number, isRunning());
}
