/** Judges what stands in a cell, or another value, that is meant to hold record ids. */

import { finished, type Left, lengthOfStep, longestWord, type Steps } from '../../domain/steps.ts';
import {
  areDigits,
  digitsEnd,
  hasDigit,
  isBlank,
  isDigit,
  isLineBreak,
  isSeparator,
  lineBreaks,
  trimmedEnd,
  trimmedStart,
} from '../characters/characters.ts';
import { trimmedInSteps } from '../characters/longPieces.ts';
import type { IdTarget } from '../found/candidates.ts';
import type { Reading } from '../found/reading.ts';
import type { IgnoredReason, UnsureReason } from '../found/reasons.ts';
import type { FreeText } from '../prose/freeText.ts';
import { areJoined, longSuffix } from '../shapes/joinedNumbers.ts';
import { groupsInCell, roundedEnd } from '../shapes/thousands.ts';
import { shapeOf } from '../shapes/tokenShape.ts';
import { isMaybeTime, noId, wholeDigits } from '../shapes/wholeNumbers.ts';
import { isListLine, isLongListLine } from './listLines.ts';

/** Where judged numbers go. */
export interface CellReader {
  readonly text: string;
  /** `code` is the owner's own. */
  id(offset: number, length: number, line: number, code: number): void;
  ignore(offset: number, length: number, line: number, reason: IgnoredReason): void;
  doubt(offset: number, length: number, line: number, reason: UnsureReason): void;
  /** Reads what is more than numbers. */
  readonly freeText: FreeText;
}

/** Ids go to the candidates, what is none to the reading. */
export function cellReader(
  text: string,
  reading: Pick<Reading, 'ignore' | 'doubt'>,
  candidates: IdTarget,
  freeText: FreeText,
): CellReader {
  return {
    text,
    id: (offset, length, line, code) => candidates.add(offset, length, line, code),
    ignore: (offset, length, line, reason) => reading.ignore(offset, length, line, reason),
    doubt: (offset, length, line, reason) => reading.doubt(offset, length, line, reason),
    freeText,
  };
}

/**
 * One id, several with `;` `,` or a blank between, a spreadsheet's `="123"`, an address of a record; the rest is ignored with its
 * reason. Of a long cell only what this returns does it.
 */
export function judgeCell(start: number, end: number, line: number, code: number, reader: CellReader): Left {
  if (end - start > lengthOfStep) return judgingLong(start, end, line, code, reader);
  const { text } = reader;
  let from = trimmedStart(text, start, end, isPadding);
  const to = trimmedEnd(text, from, end, isPadding);
  if (from === to) return undefined;
  if (text.charCodeAt(from) === 61) from++;
  if (areDigits(text, from, to)) judgeDigits(from, to, line, code, reader);
  else if (!hasDigit(text, from, to)) return undefined;
  else if (!isListLine(text, from, to) && shapeOfWhole(text, from, to) === undefined)
    return reader.freeText.read(from, to, line);
  else {
    const grouped = groupsInCell(text, from, to);
    if (grouped === 'thousands') reader.ignore(from, to - from, line, 'thousands');
    else finished(judgingWords(from, to, line, code, grouped === 'unclear' ? doubting(reader) : reader));
  }
  return undefined;
}

/** A cell that takes steps: a list of many ids, prose, or few words among many blanks. */
function* judgingLong(start: number, end: number, line: number, code: number, reader: CellReader): Steps<void> {
  const { text } = reader;
  let [from, to] = yield* trimmedInSteps(text, start, end, isPadding);
  if (to - from <= lengthOfStep) {
    const left = judgeCell(from, to, line, code, reader);
    if (left) yield* left;
    return;
  }
  if (text.charCodeAt(from) === 61) from++;
  if (yield* isLongListLine(text, from, to)) yield* judgingWords(from, to, line, code, reader);
  else yield* reader.freeText.reading(from, to, line);
}

/** The words of a cell that is a list of them. */
function* judgingWords(from: number, to: number, line: number, code: number, reader: CellReader): Steps<void> {
  const { text } = reader;
  let currentLine = line;
  let next = from + lengthOfStep;
  for (let at = from; at < to; ) {
    if (at > next) {
      yield;
      next = at + lengthOfStep;
    }
    const first = text.charCodeAt(at);
    if (isSeparator(first) || isLineBreak(first)) {
      currentLine += lineBreaks(text, at, at + 1);
      at++;
      continue;
    }
    const rounded = roundedEnd(text, at, to);
    if (rounded > at) {
      reader.ignore(at, rounded - at, currentLine, 'rounded');
      at = rounded;
      continue;
    }
    let stop = wordEnd(text, at, Math.min(to, at + longestWord));
    if (stop - at < longestWord) judgeWord(at, stop, currentLine, code, reader);
    else {
      stop = yield* longWordEnd(text, stop, to);
      reader.ignore(at, stop - at, currentLine, 'partOfWord');
    }
    at = stop;
  }
}

function wordEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !isSeparator(text.charCodeAt(at)) && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}

function* longWordEnd(text: string, start: number, end: number): Steps<number> {
  for (let at = start; ; yield) {
    const last = Math.min(end, at + lengthOfStep);
    at = wordEnd(text, at, last);
    if (at < last || at === end) return at;
  }
}

/** Takes numbers for what may be groups of a single one. */
function doubting(reader: CellReader): CellReader {
  const id = (offset: number, length: number, line: number) => reader.doubt(offset, length, line, 'thousandsOrList');
  return { ...reader, freeText: reader.freeText, id };
}

function judgeDigits(start: number, end: number, line: number, code: number, reader: CellReader): void {
  const reason = noId(reader.text.charCodeAt(start), end - start);
  if (reason) reader.ignore(start, end - start, line, reason);
  else reader.id(start, end - start, line, code);
}

function judgeWord(start: number, end: number, line: number, code: number, reader: CellReader): void {
  const { text } = reader;
  if (!hasDigit(text, start, end)) return;
  if (areDigits(text, start, end)) {
    judgeDigits(start, end, line, code, reader);
    return;
  }
  if (areJoined(text, start, end)) {
    judgeJoined(start, end, line, code, reader);
    return;
  }
  const suffix = longSuffix(text, start, end);
  if (suffix > 0) {
    judgeDigits(start, suffix, line, code, reader);
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

/** `51234567:51234568`; 51234568:1764000000123 is a record with a time. */
function judgeJoined(start: number, end: number, line: number, code: number, reader: CellReader): void {
  const { text } = reader;
  for (let at = start; at < end; ) {
    const stop = digitsEnd(text, at, end);
    if (at > start && isMaybeTime(text, at, stop - at)) reader.ignore(at, stop - at, line, 'epoch');
    else judgeDigits(at, stop, line, code, reader);
    at = stop + 1;
  }
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
  return isBlank(code) || code === 0xa0 || code === 0xfeff || code === 39;
}

function isOfOtherScript(text: string, start: number, end: number): boolean {
  return /^\p{Nd}+$/u.test(text.slice(start, Math.min(end, start + 64)));
}
