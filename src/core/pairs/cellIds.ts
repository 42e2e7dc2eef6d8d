/** The record ids of one cell, or of one value of a JSON file, by the reader's own rules. */
import { isRecordId } from '../domain/recordId.ts';
import { finished, lengthOfStep, type Steps } from '../domain/steps.ts';
import type { IgnoredReason, UnsureReason } from '../reading/found/reasons.ts';
import { type CellReader, judgeCell } from '../reading/list/judgeValue.ts';
import { FreeText } from '../reading/prose/freeText.ts';

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

/** So many values that make no pair are told one by one, a file's as well as a cell's: a list of a million of them helps nobody. */
export const mostNoPairs = 1_000;

export interface CellIds {
  readonly ids: readonly string[];
  /** Why each of the other values is none: of the first {@link mostNoPairs}. */
  readonly others: readonly NoPairReason[];
  /** How many other values there are. */
  readonly otherCount: number;
}

/** Takes in values that are no ids. */
export class OtherValues {
  readonly reasons: NoPairReason[] = [];
  count = 0;

  add(reason: NoPairReason, times = 1): void {
    this.count += times;
    for (let room = Math.min(times, mostNoPairs - this.reasons.length); room > 0; room--) this.reasons.push(reason);
  }

  /** Takes in those of a cell. */
  addAll({ others, otherCount }: CellIds): void {
    this.count += otherCount - others.length;
    for (const reason of others) this.add(reason);
  }
}

const nothing: CellIds = { ids: [], others: [], otherCount: 0 };

/** Reads a cell: one id, or several with `;` `,` or blanks between, each also as an address of its record. */
export function idsOfCell(text: string): CellIds {
  return finished(readingIdsOfCell(text));
}

/** The same, in steps. */
export function* readingIdsOfCell(text: string): Steps<CellIds> {
  const trimmed = text.length > lengthOfStep ? yield* trimming(text) : text.trim();
  if (isRecordId(trimmed)) return { ids: [kept(trimmed)], others: [], otherCount: 0 };
  if (text === elsewhere) return onlyOther('otherShape');
  return trimmed === '' ? nothing : yield* judging(trimmed);
}

/** The id of a cell that holds one and nothing else; one that is found only in steps is left to them. */
export function oneId(text: string): string | undefined {
  if (isRecordId(text)) return kept(text);
  if (text.length > lengthOfStep) return undefined;
  const trimmed = text.trim();
  return trimmed !== text && isRecordId(trimmed) ? kept(trimmed) : undefined;
}

/** A cell may be megabytes of blanks. */
function* trimming(text: string): Steps<string> {
  const isBlank = (from: number) => text.slice(from, from + lengthOfStep).trim() === '';
  let start = 0;
  for (; start < text.length && isBlank(start); start += lengthOfStep) yield;
  let end = text.length;
  for (; end - lengthOfStep > start && isBlank(end - lengthOfStep); end -= lengthOfStep) yield;
  return text.slice(start, end).trim();
}

function onlyOther(reason: NoPairReason): CellIds {
  return { ids: [], others: [reason], otherCount: 1 };
}

function* judging(text: string): Steps<CellIds> {
  // Of a damaged file, or one of another encoding: what stands on both sides of it was one number, or none.
  if (text.includes('\0')) return onlyOther('partOfWord');
  const ids: string[] = [];
  const others = new OtherValues();
  const id = (offset: number, length: number) => {
    ids.push(kept(text.slice(offset, offset + length)));
  };
  const other = (_offset: number, _length: number, _line: number, reason: NoPairReason) => {
    // The address of a record has that of its account in it.
    if (reason !== 'portalId') others.add(reason);
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
  others.add('noNumber', yield* wordsWithoutDigit(text));
  if (ids.length + others.count === 0) others.add('noNumber');
  return { ids, others: others.reasons, otherCount: others.count };
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
