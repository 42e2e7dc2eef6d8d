/** Ids alone: one a line, pairs, or the list of an SQL `IN`. Each id once, in the order shown. */

import { isRecordId } from '../domain/recordId.ts';
import type { ShownRows } from '../rows/answerTable.ts';
import { type About, aboutLines } from './about.ts';
import { inChunks } from './rowFields.ts';

export type End = 'record' | 'associated';

/** One id a line. */
export function* idLines(shown: ShownRows, end: End): Generator<string> {
  yield* inChunks(each(distinctIds(shown, end), (id) => `${id}\n`));
}

/** Record and associated record in one line, with a tab between them. Rows without an association are no pair. */
export function pairs(shown: ShownRows): Generator<string> {
  return inChunks(pairLines(shown));
}

function* pairLines(shown: ShownRows): Generator<string> {
  const { rows } = shown;
  for (let place = 0; place < shown.length; place++) {
    const row = shown.at(place);
    const record = rows.record(row);
    const toId = rows.toId(row);
    if (toId === undefined || record >= rows.records || rows.isUnmapped(row)) continue;
    yield `${rows.answer.recordId(record)}\t${toId}\n`;
  }
}

/**
 * `IN (...)` to paste after a column's name, with comments before it. Only digits come into the list: what was asked and is
 * no record id is counted in a comment. An empty list is `IN (NULL)`, which is valid and matches nothing.
 */
export function* sqlIn(shown: ShownRows, end: End, about: About): Generator<string> {
  yield aboutLines(about)
    .map((line) => `-- ${line}\n`)
    .join('');
  let leftOut = 0;
  const ids = function* () {
    for (const id of distinctIds(shown, end))
      if (isRecordId(id)) yield id;
      else leftOut++;
  };
  yield 'IN (';
  let first = true;
  const item = (id: string) => {
    const before = first ? '\n' : ',\n';
    first = false;
    return `${before}  ${id}`;
  };
  yield* inChunks(each(ids(), item));
  yield first ? 'NULL)\n' : '\n)\n';
  if (leftOut > 0) yield `-- Left out, because not a record ID: ${leftOut}\n`;
}

function* each(ids: Iterable<string>, item: (id: string) => string): Generator<string> {
  for (const id of ids) yield item(id);
}

function* distinctIds(shown: ShownRows, end: End): Generator<string> {
  const { rows, length } = shown;
  if (end === 'record') {
    const seen = new Uint8Array(rows.records);
    for (let place = 0; place < length; place++) {
      const record = rows.record(shown.at(place));
      // The id of a record that was not asked for may be one of the file's that the mapping does not have.
      if (record >= rows.records || seen[record]) continue;
      seen[record] = 1;
      yield rows.answer.recordId(record);
    }
    return;
  }
  const seen = new Set<string>();
  for (let place = 0; place < length; place++) {
    const row = shown.at(place);
    const toId = rows.toId(row);
    if (toId === undefined || seen.has(toId) || rows.isUnmapped(row)) continue;
    seen.add(toId);
    yield toId;
  }
}
