/** The rows of one look-up of a matrix, by the records that the matrix shows. Pure. */
import type { Answer } from '../domain/associations.ts';
import { ShownRows } from './answerTable.ts';
import { countedRows, Rows } from './rows.ts';
import { idRowsAStep, type Steps } from './steps.ts';

/**
 * @param answer of the look-up
 * @param shown records of the matrix; the rows stand in their order
 */
export function* memberRows(answer: Answer, shown: ShownRows): Steps<ShownRows> {
  const rows = new Rows(answer, undefined, yield* countedRows(answer));
  const matrix = shown.rows;
  const numbers: number[] = [];
  for (const part of shown.parts(idRowsAStep)) {
    for (let place = 0; place < part.length; place++) {
      const record = answer.recordOf(matrix.answer.recordId(matrix.record(part.at(place))));
      if (record === undefined) continue;
      for (let nth = 0; nth < rows.rowsOf(record); nth++) numbers.push(rows.firstRow(record) + nth);
    }
    yield part.length;
  }
  return new ShownRows(rows, new Uint32Array(numbers));
}
