/** The columns of a table of associations: the one list that screen, sort and filter ask. Pure. */

import { associatedColumn, labelsColumn } from './associationColumns.ts';
import type { Column } from './column.ts';
import { propertyColumn } from './propertyColumn.ts';
import { countColumn, recordColumn, sourceColumn, stateColumn } from './recordColumns.ts';
import type { RowContext, Rows } from './rows.ts';
import { typeColumn } from './typeColumns.ts';
import { expectedColumn, expectsLabels, linesColumn, verdictColumn } from './verdictColumns.ts';

/** What there is to show of these rows, in the table's own order; of a matrix a column for each object type. */
export function columnsOf(rows: Rows, context: RowContext): readonly Column[] {
  const record = recordColumn(rows, context);
  const source = context.placeOf ? [sourceColumn(rows, context)] : [];
  const properties = (context.properties ?? []).map((property) => propertyColumn(rows, property, context));
  if (context.types) {
    const types = context.types.map((type) => typeColumn(type, rows, context));
    return [record, ...properties, ...types, ...source];
  }
  const associated = associatedColumn(rows, context);
  const labels = labelsColumn(rows, context);
  const ofRecord = [stateColumn(rows, context), countColumn(rows, context)];
  const { check } = rows;
  if (!check) {
    // Who they are comes before how they were read.
    return [record, associated, labels, ...properties, ...ofRecord, ...source];
  }
  // What is told of the pair stands together, before what is told of its record.
  return [
    record,
    associated,
    verdictColumn(rows, context),
    labels,
    ...(expectsLabels(check) ? [expectedColumn(rows, check, context)] : []),
    ...(context.lineText ? [linesColumn(rows, check, context)] : []),
    ...properties,
    ...ofRecord,
  ];
}
