/** The columns of a table of associations: the one list that screen, sort and filter ask. Pure. */

import { associatedColumn, labelsColumn } from './associationColumns.ts';
import type { Column } from './column.ts';
import { countColumn, recordColumn, sourceColumn, stateColumn } from './recordColumns.ts';
import type { RowContext, Rows } from './rows.ts';
import { expectedColumn, expectsLabels, linesColumn, verdictColumn } from './verdictColumns.ts';

/** What there is to show of these rows, in the table's own order. */
export function columnsOf(rows: Rows, context: RowContext): readonly Column[] {
  const { check } = rows;
  return [
    recordColumn(rows, context),
    associatedColumn(rows, context),
    ...(check ? [verdictColumn(rows, context)] : []),
    labelsColumn(rows, context),
    ...(check && expectsLabels(check) ? [expectedColumn(rows, check, context)] : []),
    stateColumn(rows, context),
    countColumn(rows, context),
    ...sourceColumns(rows, context),
  ];
}

/** The lines of pairs, or where the ids of the records stood. */
function sourceColumns(rows: Rows, context: RowContext): readonly Column[] {
  if (rows.check) return context.lineText ? [linesColumn(rows, rows.check, context)] : [];
  return context.placeOf ? [sourceColumn(rows, context)] : [];
}
