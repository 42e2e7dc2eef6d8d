/** What the editor knows about the rows of an answer: where ids stood, names, and problems in the reader's language. */
import * as vscode from 'vscode';
import type { Answer } from '../core/domain/associations.ts';
import type { RowContext } from '../core/rows/rows.ts';
import { problemSentence } from '../editor/failureNotice.ts';
import { fileNameOf } from '../editor/said.ts';
import { placeWords } from '../ids/placeWords.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { Names } from './recordNames.ts';

/** @param answer the look-up's own, or that of a hop under it */
export function rowContext(entry: LookUpEntry, names: Names, answer: Answer = entry.answer): RowContext {
  const { account, places, check, document } = entry;
  const { from, to } = answer.question;
  const known = { record: names.recordsOf(account, from), associated: names.recordsOf(account, to) };
  return {
    problemText: problemSentence,
    ...(places.isEmpty || answer !== entry.answer
      ? {}
      : { placeOf: (record: number) => placeWords(places.first(answer.recordId(record))) }),
    ...(check && answer === entry.answer && { check, ...(document !== '' && { lineText: lineTextIn(document) }) }),
    existenceOf: (end, id) => known[end].existenceOf(id),
    ...(answer === entry.answer && { properties: names.columns.shownOf(entry) }),
    ...(names.isOn && { nameOf: (end: 'record' | 'associated', id: string) => known[end].nameOf(id) }),
  };
}

/** A filter asks for the line of every row: the name of the file is worked out once. */
function lineTextIn(document: string): (line: number) => string {
  const name = fileNameOf(vscode.Uri.parse(document));
  return (line) => `${name}:${line + 1}`;
}
