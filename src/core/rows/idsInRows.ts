/** The ids of the records that rows show. */
import type { Answer } from '../domain/associations.ts';
import type { ShownRows } from './answerTable.ts';
import { partsAround } from './steps.ts';

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

/** The same of rows that come in parts, part by part. */
export function* idsInParts(
  parts: Iterable<ShownRows>,
  end: 'record' | 'associated',
): Generator<Iterable<string>, void> {
  for (const part of parts) yield idsInRows(part, end);
}

/** The ids of one end of an Answer, each as often as it stands there, in parts: those of a record, of the records after it, and of those before. */
export function idsFrom(answer: Answer, record: number, end: 'record' | 'associated'): Iterable<Iterable<string>> {
  return partsAround(record, record, answer.asked.length, (from, to) => idsBetween(answer, from, to, end));
}

function* idsBetween(answer: Answer, from: number, to: number, end: 'record' | 'associated'): Generator<string, void> {
  for (let record = from; record < to; record++) {
    if (end === 'record') yield answer.recordId(record);
    else for (let nth = 0; nth < answer.associationCount(record); nth++) yield answer.toId(record, nth);
  }
}
