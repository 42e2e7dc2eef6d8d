/** The record ids of one cell, or of one value of a JSON file, by the reader's own rules. */
import { isRecordId } from '../domain/recordId.ts';
import type { IgnoredReason, UnsureReason } from '../reading/found/reasons.ts';
import { type CellReader, judgeCell } from '../reading/list/judgeValue.ts';
import { FreeText } from '../reading/prose/freeText.ts';
import { finished, lengthOfStep, type Steps } from '../reading/steps.ts';

/** Why a value makes no pair: the reader's reasons, and those that only a pair has. */
export type NoPairReason =
  | IgnoredReason
  | UnsureReason
  /** The cell of the record is blank. */
  | 'empty'
  /** There is no number in it. */
  | 'noNumber'
  /** Several ids stand where one record is to be named. */
  | 'severalRecords'
  /** In this row of a JSON file there is an object or a list where others have the id, or the other way about. */
  | 'otherShape'
  /** A bracket, a comma or a quote of a JSON file is missing before the end of this row: rows may be lost. */
  | 'brokenJson';

/** Stands for a value that is somewhere else than in other rows: whether it is the id, nobody knows. */
export const elsewhere = '\0';

export interface CellIds {
  readonly ids: readonly string[];
  /** Why each of the other values is none. */
  readonly others: readonly NoPairReason[];
}

const nothing: CellIds = { ids: [], others: [] };

/** Reads a cell: one id, or several with `;` `,` or blanks between, each also as an address of its record. */
export function idsOfCell(text: string): CellIds {
  return finished(readingIdsOfCell(text));
}

/** The same, in steps. */
export function* readingIdsOfCell(text: string): Steps<CellIds> {
  const id = oneId(text);
  if (id !== undefined) return { ids: [id], others: [] };
  if (text === elsewhere) return { ids: [], others: ['otherShape'] };
  const trimmed = text.trim();
  return trimmed === '' ? nothing : yield* judging(trimmed);
}

/** The id of a cell that holds one and nothing else. */
export function oneId(text: string): string | undefined {
  if (isRecordId(text)) return kept(text);
  const trimmed = text.trim();
  return trimmed !== text && isRecordId(trimmed) ? kept(trimmed) : undefined;
}

function* judging(text: string): Steps<CellIds> {
  // Of a damaged file, or one of another encoding: what stands on both sides of it was one number, or none.
  if (text.includes('\0')) return { ids: [], others: ['partOfWord'] };
  const ids: string[] = [];
  const others: NoPairReason[] = [];
  const id = (offset: number, length: number) => {
    ids.push(kept(text.slice(offset, offset + length)));
  };
  const other = (_offset: number, _length: number, _line: number, reason: NoPairReason) => {
    // The address of a record has that of its account in it.
    if (reason !== 'portalId') others.push(reason);
  };
  const reader: CellReader = {
    text,
    id,
    ignore: other,
    doubt: other,
    // Few cells need it.
    get freeText() {
      return new FreeText(text, { ignore: other, doubt: other }, { source: () => 0, add: id });
    },
  };
  const left = judgeCell(0, text.length, 0, 0, reader);
  if (left) yield* left;
  // The reader passes over what has no digit.
  for (let words = yield* wordsWithoutDigit(text); words > 0; words--) {
    if (words % lengthOfStep === 0) yield;
    others.push('noNumber');
  }
  if (ids.length + others.length === 0) others.push('noNumber');
  return { ids, others };
}

function* wordsWithoutDigit(text: string): Steps<number> {
  let words = 0;
  /** What the word at hand has, which may have begun in the piece before. */
  let isWord = false;
  let hasDigit = false;
  for (let from = 0; from < text.length; from += lengthOfStep) {
    if (from > 0) yield;
    for (const [nth, part] of text
      .slice(from, from + lengthOfStep)
      .split(/[\s;,]+/)
      .entries()) {
      if (nth > 0) {
        words += Number(isWord && !hasDigit);
        isWord = hasDigit = false;
      }
      isWord ||= /[\p{L}\p{N}]/u.test(part);
      hasDigit ||= /\p{Nd}/u.test(part);
    }
  }
  return words + Number(isWord && !hasDigit);
}

/** An id that no number holds is kept as text, and one cut out of a long text would keep all of that in memory. */
function kept(id: string): string {
  return id.length < 16 ? id : ` ${id}`.slice(1);
}
