/** The ids of the records that rows show. */
import type { ShownRows } from './answerTable.ts';

/**
 * The ids of one end in the order shown, each as often as it stands there. Rows without an associated record are
 * left out, and ids that are none of HubSpot's.
 */
export function* idsInRows(shown: ShownRows, end: 'record' | 'associated'): Generator<string> {
  const { rows, length } = shown;
  let last = -1;
  for (let place = 0; place < length; place++) {
    const row = shown.at(place);
    if (end === 'associated') {
      const id = rows.toId(row);
      if (id !== undefined && !rows.isUnmapped(row)) yield id;
      continue;
    }
    const record = rows.record(row);
    // The rows of a record stand together, unless a sort parted them.
    if (record !== last && record < rows.records) yield rows.answer.recordId(record);
    last = record;
  }
}
