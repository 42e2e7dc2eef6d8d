/** Ids alone: one a line, pairs, or the list of an SQL `IN`. Each id once, in the order shown. */

import { isRecordId } from '../domain/recordId.ts';
import type { ShownRows } from '../rows/answerTable.ts';
import { type About, aboutLines } from './about.ts';
import { chunkLength } from './rowFields.ts';

export type End = 'record' | 'associated';

/** One id a line. */
export function* idLines(shown: ShownRows, end: End): Generator<string> {
  yield* chunks(distinctIds(shown, end), (id) => `${id}\n`);
}

/** Record and associated record in one line, with a tab between them. Rows without an association are no pair. */
export function* pairs(shown: ShownRows): Generator<string> {
  const { rows } = shown;
  let out = '';
  for (let place = 0; place < shown.length; place++) {
    const row = shown.at(place);
    const record = rows.record(row);
    const toId = rows.toId(row);
    if (toId === undefined || record >= rows.records || rows.isUnmapped(row)) continue;
    out += `${rows.answer.recordId(record)}\t${toId}\n`;
    if (out.length >= chunkLength) {
      yield out;
      out = '';
    }
  }
  yield out;
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
  yield* chunks(ids(), (id) => {
    const item = first ? `\n  ${id}` : `,\n  ${id}`;
    first = false;
    return item;
  });
  yield first ? 'NULL)\n' : '\n)\n';
  if (leftOut > 0) yield `-- Left out, because not a record ID: ${leftOut}\n`;
}

function* chunks(ids: Iterable<string>, item: (id: string) => string): Generator<string> {
  let out = '';
  for (const id of ids) {
    out += item(id);
    if (out.length >= chunkLength) {
      yield out;
      out = '';
    }
  }
  yield out;
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
