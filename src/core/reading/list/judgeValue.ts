/** Judges what stands in a cell, or another value, that is meant to hold record ids. */

import { areDigits, hasDigit, isDigit, isLineBreak, isSeparator } from '../characters/characters.ts';
import type { IdTarget } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import type { UnsureReason } from '../found/reasons.ts';
import type { FreeText } from '../prose/freeText.ts';
import { areJoined, digitsEnd, longSuffix } from '../shapes/joinedNumbers.ts';
import { groupsInCell } from '../shapes/thousands.ts';
import { isMaybeTime, shapeOf, wholeDigits } from '../shapes/tokenShape.ts';
import { isListLine } from './listLines.ts';
import { judgeNumber, type NumberSink } from './plainList.ts';

export interface CellReader extends NumberSink {
  doubt(offset: number, length: number, line: number, reason: UnsureReason): void;
  /** Reads what is more than numbers. */
  readonly freeText: FreeText;
}

/** Ids go to the candidates, what is none to the reading. */
export function cellReader(
  reading: Pick<Reading, 'ignore' | 'doubt'>,
  candidates: IdTarget,
  freeText: FreeText,
): CellReader {
  return {
    id: (offset, length, line, code) => candidates.add(offset, length, line, code),
    ignore: (offset, length, line, reason) => reading.ignore(offset, length, line, reason),
    doubt: (offset, length, line, reason) => reading.doubt(offset, length, line, reason),
    freeText,
  };
}

/** One id, several with `;` `,` or a blank between, a spreadsheet's `="123"`, an address of a record; the rest is ignored with its reason. */
export function judgeCell(
  text: string,
  start: number,
  end: number,
  line: number,
  code: number,
  reader: CellReader,
): void {
  let from = start;
  let to = end;
  while (from < to && isPadding(text.charCodeAt(from))) from++;
  while (to > from && isPadding(text.charCodeAt(to - 1))) to--;
  if (from === to) return;
  if (text.charCodeAt(from) === 61) from++;
  if (areDigits(text, from, to)) {
    judgeNumber(reader, from, to - from, line, text.charCodeAt(from), code);
    return;
  }
  if (!hasDigit(text, from, to)) return;
  if (!isListLine(text, from, to) && shapeOfWhole(text, from, to) === undefined) {
    reader.freeText.read(from, to, line);
    return;
  }
  const grouped = groupsInCell(text, from, to);
  if (grouped === 'thousands') {
    reader.ignore(from, to - from, line, 'thousands');
    return;
  }
  let currentLine = line;
  for (let at = from; at < to; ) {
    const first = text.charCodeAt(at);
    if (isSeparator(first) || isLineBreak(first)) {
      if (first === 10 || (first === 13 && text.charCodeAt(at + 1) !== 10)) currentLine++;
      at++;
      continue;
    }
    let stop = at;
    while (stop < to && !isSeparator(text.charCodeAt(stop)) && !isLineBreak(text.charCodeAt(stop))) stop++;
    judgeWord(text, at, stop, currentLine, code, reader, grouped === 'unclear');
    at = stop;
  }
}

function judgeWord(
  text: string,
  start: number,
  end: number,
  line: number,
  code: number,
  reader: CellReader,
  unclear: boolean,
): void {
  if (!hasDigit(text, start, end)) return;
  if (areDigits(text, start, end)) {
    if (unclear) reader.doubt(start, end - start, line, 'thousandsOrList');
    else judgeNumber(reader, start, end - start, line, text.charCodeAt(start), code);
    return;
  }
  if (areJoined(text, start, end)) {
    for (let at = start; at < end; ) {
      const stop = digitsEnd(text, at, end);
      // "51234568:1764000000123" is a record with a time.
      if (at > start && isMaybeTime(text, at, stop - at)) reader.ignore(at, stop - at, line, 'epoch');
      else judgeNumber(reader, at, stop - at, line, text.charCodeAt(at), code);
      at = stop + 1;
    }
    return;
  }
  const suffix = longSuffix(text, start, end);
  if (suffix > 0) {
    judgeNumber(reader, start, suffix - start, line, text.charCodeAt(start), code);
    return;
  }
  const whole = wholeDigits(text, start, end);
  if (whole > 0) {
    reader.doubt(start, whole, line, 'decimalZero');
    return;
  }
  const shape = shapeOf(text, start, end);
  const isOther = !isDigit(text.charCodeAt(start)) && shape === 'partOfWord' && isOfOtherScript(text, start, end);
  reader.ignore(start, end - start, line, isOther ? 'otherDigits' : shape === 'number' ? 'partOfWord' : shape);
}

/** The shape of a cell that is one word, if it has digits and a known one. */
function shapeOfWhole(text: string, start: number, end: number): string | undefined {
  for (let at = start; at < end; at++)
    if (isSeparator(text.charCodeAt(at)) || text.charCodeAt(at) < 33) return undefined;
  if (end - start > 64) return undefined;
  const shape = shapeOf(text, start, end);
  return shape === 'partOfWord' || text.slice(start, end).includes('/') ? undefined : shape;
}

/** Blanks and marks around a value, the apostrophe among them with which a spreadsheet marks text. */
function isPadding(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 0xfeff || code === 39;
}

function isOfOtherScript(text: string, start: number, end: number): boolean {
  return /^\p{Nd}+$/u.test(text.slice(start, Math.min(end, start + 64)));
}
