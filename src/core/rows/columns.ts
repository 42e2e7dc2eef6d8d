/** The columns of a table of associations: the one list that screen, sort and filter ask. Pure. */

import { associatedColumn, labelsColumn } from './associationColumns.ts';
import type { Column } from './column.ts';
import { countColumn, recordColumn, sourceColumn, stateColumn } from './recordColumns.ts';
import type { RowContext, Rows } from './rows.ts';
import { typeColumn } from './typeColumns.ts';

/** What there is to show of these rows, in the table's own order; of a matrix a column for each object type. */
export function columnsOf(rows: Rows, context: RowContext): readonly Column[] {
  const source = context.placeOf ? [sourceColumn(rows, context)] : [];
  if (context.types)
    return [recordColumn(rows, context), ...context.types.map((type) => typeColumn(type, rows, context)), ...source];
  return [
    recordColumn(rows, context),
    associatedColumn(rows, context),
    labelsColumn(rows, context),
    stateColumn(rows, context),
    countColumn(rows, context),
    ...source,
  ];
}
