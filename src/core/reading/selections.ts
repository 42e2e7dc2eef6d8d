/** Reads what is selected: the document's verdicts, cut to the selections, and what somebody's choosing a number adds to them. */
import { finished, lengthOfStep, type Steps } from '../domain/steps.ts';
import { areDigits, isBlank, isDigit, isLineBreak, lineBreaks } from './characters/characters.ts';
import { lineInSteps } from './characters/longPieces.ts';
import { formatOf, type TextFormat } from './formatOf.ts';
import { agreeing } from './found/agreement.ts';
import { Reading, type RecordIdsReading } from './found/reading.ts';
import type { IgnoredReason, UnsureReason } from './found/reasons.ts';
import { isListLineSoFar, isLongListLine } from './list/listLines.ts';
import { plainListOf } from './list/plainList.ts';
import { readAs, readingWhole } from './readRecordIds.ts';

interface TextSelection {
  /** Offsets in UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface SelectionsRequest {
  /** The whole document. */
  readonly text: string;
  readonly languageId?: string;
  readonly selections: readonly TextSelection[];
}

/** Of a longer free text only so much around the selections is read, in UTF-16 code units. */
const farthest = 2_000_000;

/**
 * The record ids in the selections, in the order of the text. A selection that ends inside a number takes in the whole
 * number, since half of an id is another record's id. Offsets and lines are the document's.
 */
export function readSelections(request: SelectionsRequest): RecordIdsReading {
  return finished(readingSelections(request));
}

/** The same, in steps. */
export function* readingSelections({ text, languageId, selections }: SelectionsRequest): Steps<Reading> {
  const ranges = wholeNumbers(text, selections);
  const isWhole = ranges.length === 1 && ranges[0]!.start === 0 && ranges[0]!.end === text.length;
  return yield* isWhole ? readingWhole(text, languageId) : readRanges(text, ranges, languageId);
}

function* readRanges(text: string, ranges: readonly TextSelection[], languageId?: string): Steps<Reading> {
  const touches = touching(ranges);
  const covers = (offset: number, length: number) => touches(offset, offset + length);
  const plain = yield* plainListOf(text);
  if (plain) return yield* chosen(text, yield* plain.within(covers), ranges);
  const format = yield* formatOf(text, languageId);
  if (format.kind !== 'text' || text.length <= farthest)
    return yield* chosen(text, yield* readPart(text, format, covers), ranges);
  const { start, end } = linesAround(text, ranges[0]?.start ?? 0, ranges.at(-1)?.end ?? 0);
  const part = text.slice(start, end);
  const near = yield* readPart(part, format, (offset, length) => covers(offset + start, length));
  const reading = new Reading(text);
  yield* reading.absorbing(near, start, yield* linesIn(text, 0, start));
  reading.format = near.format;
  return yield* chosen(text, reading, ranges);
}

function* readPart(
  text: string,
  format: TextFormat,
  covers: (offset: number, length: number) => boolean,
): Steps<Reading> {
  const reading = yield* readAs(format, new Reading(text, covers), text);
  yield;
  yield* agreeing(reading, text);
  return yield* reading.within();
}

/** What was read at the cursor: the word, or else its line. */
export interface ReadingAt extends TextSelection {
  readonly reading: Reading;
  readonly what: 'word' | 'line';
}

/** The record ids at a place where nothing is selected: in the word there, or, if that has none, in its line. */
export function readAt(text: string, offset: number, languageId?: string): ReadingAt {
  return finished(readingAt(text, offset, languageId));
}

/** The same, in steps. */
export function* readingAt(text: string, offset: number, languageId?: string): Steps<ReadingAt> {
  const word = around(text, offset, (code) => isDigit(code));
  const wider = around(text, offset, (code) => code > 32 && code !== 34 && code !== 39 && code !== 44 && code !== 59);
  for (const range of [word, wider]) {
    // Without a digit, of any script, there is no id, and each reading goes through a good part of the text.
    if (range === undefined || !/\p{N}/u.test(text.slice(range.start, range.end))) continue;
    const reading = yield* readRanges(text, [range], languageId);
    if (reading.idPlaces.length > 0 || (range === word && reading.unsurePlaces.length > 0))
      return { reading, ...range, what: 'word' };
  }
  const line = yield* lineAround(text, offset);
  return { reading: yield* readRanges(text, [line], languageId), ...line, what: 'line' };
}

/** Longer words are not read at the cursor. */
const longestAtCursor = 4_000;

/** The characters around a place that belong together; undefined where they are too many. */
function around(text: string, offset: number, belongs: (code: number) => boolean): TextSelection | undefined {
  let start = Math.min(Math.max(0, offset), text.length);
  let end = start;
  const [least, last] = [start - longestAtCursor, end + longestAtCursor];
  while (start > 0 && start >= least && belongs(text.charCodeAt(start - 1))) start--;
  while (end < text.length && end <= last && belongs(text.charCodeAt(end))) end++;
  return end - start > longestAtCursor ? undefined : { start, end };
}

function* lineAround(text: string, offset: number): Steps<TextSelection> {
  let start = Math.min(Math.max(0, offset), text.length);
  const { end } = yield* lineInSteps(text, start);
  for (; start > 0 && !isLineBreak(text.charCodeAt(start - 1)); start--) if (start % lengthOfStep === 0) yield;
  return { start, end };
}

/** The selections in order, none empty, none overlapping, none ending inside a number. */
function wholeNumbers(text: string, selections: readonly TextSelection[]): TextSelection[] {
  const ranges: { start: number; end: number }[] = [];
  const sorted = selections.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  for (const selection of sorted) {
    const last = ranges.at(-1);
    // Many of them may end in the same number.
    if (last && selection.end <= last.end) continue;
    const from = Math.max(0, selection.start, last?.end ?? 0);
    const { start, end } = widened(text, from, Math.min(text.length, selection.end), last?.end ?? 0);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else if (end > start) ranges.push({ start, end });
  }
  return ranges;
}

function widened(text: string, from: number, to: number, least: number): TextSelection {
  let start = from;
  let end = to;
  if (isDigit(text.charCodeAt(start))) while (start > least && isDigit(text.charCodeAt(start - 1))) start--;
  if (isDigit(text.charCodeAt(end - 1))) while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return { start, end };
}

/** Tells whether a range shares a character with one of the selections. */
function touching(ranges: readonly TextSelection[]): (start: number, end: number) => boolean {
  return (start, end) => {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    const range = ranges[low];
    return range !== undefined && range.start < Math.max(end, start + 1);
  };
}

/** So much around the selections of a long text is looked at, in UTF-16 code units. */
const surroundings = 200_000;

/** The whole lines around a range and a good way further. */
function linesAround(text: string, from: number, to: number): TextSelection {
  const start = text.lastIndexOf('\n', Math.max(0, from - surroundings)) + 1;
  const next = text.indexOf('\n', Math.min(text.length, to + surroundings));
  return { start, end: next < 0 ? text.length : next };
}

/** What choosing a number leaves open: it may still be one number with thousands separators, or cut off. */
const stillUnsure: ReadonlySet<UnsureReason> = new Set(['thousandsOrList', 'decimalZero', 'cutOff']);

/**
 * A selection that is numbers and nothing else was made for them: those of which nothing told what they are, are ids. In a
 * column whose header says something else they are offered.
 */
function* chosen(text: string, reading: Reading, ranges: readonly TextSelection[]): Steps<Reading> {
  const numbers: TextSelection[] = [];
  let looked = 0;
  for (const range of ranges) {
    // Ten thousand cursors may have selected a line each.
    looked += range.end - range.start;
    if (looked > lengthOfStep) {
      yield;
      looked = 0;
    }
    if (yield* areNumbers(text, range)) numbers.push(range);
  }
  if (numbers.length === 0) return reading;
  const touches = touching(numbers);
  const isChosen = (offset: number, length: number) =>
    touches(offset, offset + length) && areDigits(text, offset, offset + length);
  const isTable = reading.format === 'csv';
  yield* reading.raising(isChosen, {
    unsure: (reason) => (stillUnsure.has(reason) ? undefined : 'id'),
    ignored: (reason) => (reason === 'short' ? 'id' : isTable && !damaged.has(reason) ? 'columnUnclear' : undefined),
  });
  if (isTable) yield* offerRest(text, reading, numbers);
  return reading;
}

/** What no reading of its column makes an id of. */
const damaged: ReadonlySet<IgnoredReason> = new Set(['zero', 'leadingZero', 'tooLong']);

/** Short numbers in other columns are passed over as long as nobody chooses them. */
function* offerRest(text: string, reading: Reading, numbers: readonly TextSelection[]): Steps<void> {
  // A number may be a part of what was judged: 1234567 of the phone number +49 30 1234567.
  const isJudged = yield* reading.judged();
  let line = 0;
  let counted = 0;
  let next = 0;
  for (const { start, end } of numbers) {
    for (const { 0: digits, index } of text.slice(start, end).matchAll(/(?<!\d)[1-9]\d{0,18}(?!\d)/g)) {
      const offset = start + index;
      if (offset > next) {
        yield;
        next = offset + lengthOfStep;
      }
      if (isJudged(offset, offset + digits.length)) continue;
      line += yield* linesIn(text, counted, offset);
      counted = offset;
      reading.doubt(offset, digits.length, line, 'columnUnclear');
    }
  }
}

function* linesIn(text: string, from: number, to: number): Steps<number> {
  let lines = 0;
  for (let at = from; at < to; at += lengthOfStep) {
    if (at > from) yield;
    lines += lineBreaks(text, at, Math.min(to, at + lengthOfStep));
  }
  return lines;
}

/** True when each line of the selection is nothing but numbers. */
function* areNumbers(text: string, { start, end }: TextSelection): Steps<boolean> {
  let lists = 0;
  let next = start + lengthOfStep;
  for (let at = start; at < end; ) {
    if (at > next) {
      yield;
      next = at + lengthOfStep;
    }
    // Before its end is looked for: a line may be megabytes long, and mostly its first word tells.
    if (isListLineSoFar(text, at, end) ?? (yield* isLongListLine(text, at, end))) lists++;
    else if (!(yield* isBlankLine(text, at, end))) return false;
    at = (yield* lineInSteps(text, at)).next;
  }
  return lists > 0;
}

function* isBlankLine(text: string, start: number, end: number): Steps<boolean> {
  for (let at = start; at < end && !isLineBreak(text.charCodeAt(at)); at++) {
    if (!isBlank(text.charCodeAt(at)) && !/\s/.test(text[at]!)) return false;
    if ((at - start) % lengthOfStep === lengthOfStep - 1) yield;
  }
  return true;
}
