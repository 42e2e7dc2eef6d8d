/** The columns of a table of associations: the one list that screen, sort and filter ask. Pure. */

import { associatedColumn, labelsColumn } from './associationColumns.ts';
import type { Column } from './column.ts';
import { propertyColumn } from './propertyColumn.ts';
import { countColumn, recordColumn, sourceColumn, stateColumn } from './recordColumns.ts';
import type { RowContext, Rows } from './rows.ts';

/** What there is to show of these rows, in the table's own order. */
export function columnsOf(rows: Rows, context: RowContext): readonly Column[] {
  return [
    recordColumn(rows, context),
    associatedColumn(rows, context),
    labelsColumn(rows, context),
    stateColumn(rows, context),
    countColumn(rows, context),
    ...(context.placeOf ? [sourceColumn(rows, context)] : []),
    ...(context.properties ?? []).map((property) => propertyColumn(rows, property, context)),
  ];
}
