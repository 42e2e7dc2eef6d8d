/** The ids of the records that rows show. */
import type { Answer } from '../domain/associations.ts';
import { mostBeside, type ShownRows } from './answerTable.ts';

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

/** The same of rows that come in parts. */
export function* idsInParts(parts: Iterable<ShownRows>, end: 'record' | 'associated'): Generator<string> {
  for (const part of parts) yield* idsInRows(part, end);
}

/** The ids of one end of an Answer, each as often as it stands there: those of a record first, then those of the records after it. */
export function* idsFrom(answer: Answer, record: number, end: 'record' | 'associated'): Generator<string> {
  let left = mostBeside;
  for (let at = record; at < answer.asked.length && left > 0; at++, left--) {
    if (end === 'record') yield answer.recordId(at);
    else for (let nth = 0; nth < answer.associationCount(at) && left > 0; nth++, left--) yield answer.toId(at, nth);
  }
}
