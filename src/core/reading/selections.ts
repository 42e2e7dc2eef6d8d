/** Reads what is selected, with the structure of its document in mind: headers of columns, keys of values, words before numbers. */

import { lineBreaks } from './characters/lines.ts';
import { Candidates } from './found/candidates.ts';
import { type IgnoredText, Reading, type RecordIdsReading } from './found/reading.ts';
import { isListLine, isMostlyLists } from './list/listLines.ts';
import { isDigit, plainListOf } from './list/plainList.ts';
import { meaningOf } from './names/fieldNames.ts';
import { evidenceBefore } from './prose/evidence.ts';
import { FreeText } from './prose/freeText.ts';
import { readDrawn, readJson, readWhole } from './readRecordIds.ts';
import { DelimitedScanner } from './table/delimitedScanner.ts';
import { mayHaveDrawnTables } from './table/drawnTables.ts';
import { readTable, type Table, tableOf } from './table/table.ts';

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

/**
 * The record ids in the selections, in the order of the text. A selection that ends inside a number takes in the whole
 * number, since half of an id is another record's id. Offsets and lines are the document's.
 */
export function readSelections({ text, languageId, selections }: SelectionsRequest): RecordIdsReading {
  const ranges = wholeNumbers(text, selections);
  if (ranges.length === 1 && ranges[0]!.start === 0 && ranges[0]!.end === text.length)
    return readWhole(text, languageId);
  const touches = touching(ranges);
  const covers = (offset: number, length: number) => touches(offset, offset + length);
  const drawn = mayHaveDrawnTables(text) ? readDrawn(text, covers) : undefined;
  if (drawn && drawn.idPlaces.length > 0) return drawn;
  const table = tableOf(text, languageId);
  if (table) return readCells(text, table, touches);
  const json = readJson(text, languageId, covers);
  if (json) return json;
  return readPieces(text, ranges, languageId);
}

/** What was read at the cursor: the word, or else its line. */
export interface ReadingAt extends TextSelection {
  readonly reading: RecordIdsReading;
  readonly what: 'word' | 'line';
}

/** The record ids at a place where nothing is selected: in the word there, or, if that has none, in its line. */
export function readAt(text: string, offset: number, languageId?: string): ReadingAt {
  const word = around(text, offset, (code) => isDigit(code));
  const wider = around(text, offset, (code) => code > 32 && code !== 34 && code !== 39 && code !== 44 && code !== 59);
  for (const range of [word, wider]) {
    if (range.start === range.end || range.end - range.start > longestWord) continue;
    const reading = readSelections({ text, ...(languageId === undefined ? {} : { languageId }), selections: [range] });
    if (reading.ids.length > 0 || (range === word && reading.unsure.length > 0))
      return { reading, ...range, what: 'word' };
  }
  const line = around(text, offset, (code) => code !== 10 && code !== 13);
  const selections = [line];
  return {
    reading: readSelections({ text, ...(languageId === undefined ? {} : { languageId }), selections }),
    ...line,
    what: 'line',
  };
}

/** Longer words are not read at the cursor. */
const longestWord = 4_000;
/** How far from a selection its line may tell something about it. */
const farthest = 600;

function around(text: string, offset: number, belongs: (code: number) => boolean): TextSelection {
  let start = Math.min(Math.max(0, offset), text.length);
  let end = start;
  while (start > 0 && belongs(text.charCodeAt(start - 1))) start--;
  while (end < text.length && belongs(text.charCodeAt(end))) end++;
  return { start, end };
}

/** The selections in order, none empty, none overlapping, none ending inside a number. */
function wholeNumbers(text: string, selections: readonly TextSelection[]): TextSelection[] {
  const ranges: { start: number; end: number }[] = [];
  const sorted = selections.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  for (let { start, end } of sorted) {
    start = Math.max(0, start);
    end = Math.min(text.length, end);
    if (isDigit(text.charCodeAt(start))) while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--;
    if (isDigit(text.charCodeAt(end - 1))) while (end < text.length && isDigit(text.charCodeAt(end))) end++;
    const last = ranges.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else if (end > start) ranges.push({ start, end });
  }
  return ranges;
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

function readCells(text: string, table: Table, touches: (start: number, end: number) => boolean): Reading {
  const touched = new Set<number>();
  const scanner = new DelimitedScanner(table.dialect.delimiter);
  scanner.scan(text, table.dialect.start, true, (column, start, end) => {
    if (end > start && (scanner.rows > 0 || !table.hasHeader) && touches(start, end)) touched.add(column);
  });
  const reading = new Reading(text, (offset, length) => touches(offset, offset + length));
  const among = table.columns.filter(({ column }) => touched.has(column));
  const [only] = among;
  const range = { touches, among };
  // One column that somebody selected is what they mean, unless its header says that it is something else.
  if (only && among.length === 1 && only.likely !== 'recordIds') {
    readTable(text, table, reading, { ...range, columns: among, doubtful: meaningOf(only.header).kind === 'other' });
  } else readTable(text, table, reading, range);
  return reading;
}

/** Selections in a text without structure: each is read by itself, with what stands around it. */
function readPieces(text: string, ranges: readonly TextSelection[], languageId?: string): Reading {
  const all = new Reading(text);
  let line = 0;
  let counted = 0;
  for (const { start, end } of ranges) {
    line += lineBreaks(text, counted, start);
    counted = start;
    const piece = text.slice(start, end);
    const plain = plainListOf(piece);
    if (plain) all.absorb(withSurroundings(text, start, end, line, plain), 0, 0);
    else {
      const reading = readWhole(piece, languageId);
      // Prose goes on with what stands before it in its line; a table or JSON is complete in itself.
      if (isListLine(piece, 0, piece.length) && lineBreaks(piece, 0, piece.length) === 0)
        all.absorb(withSurroundings(text, start, end, line, reading), 0, 0);
      else if (reading.format === 'text') all.absorb(inLines(text, start, end, line, isMostlyLists(piece)), 0, 0);
      else all.absorb(reading, start, line);
      all.format = reading.format;
    }
  }
  return all;
}

/**
 * Numbers that were selected out of a line of other text: the line may tell their type, or that they are part of something
 * else (an address, a date). What it leaves open is an id, because somebody selected it.
 */
function withSurroundings(text: string, start: number, end: number, line: number, plain: Reading): Reading {
  const whole = new Reading(text);
  const { lineStart, lineEnd } = linesAround(text, start, end);
  const isLineAlone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
  if (isLineAlone || end - start > longestWord) {
    const first = plain.idPlaces.length > 0 ? start + plain.idPlaces.offset(0) : start;
    const evidence = evidenceBefore(text, Math.max(0, first - 400), first);
    whole.absorb(plain, start, line);
    if (evidence.kind === 'record' && (evidence.list || plain.idPlaces.length === 1)) {
      const code = whole.evidenceCode(evidence.objectType, evidence.why);
      for (let index = 0; index < whole.idPlaces.length; index++) whole.idPlaces.setCode(index, code);
    }
    return whole;
  }
  const context = inLines(text, start, end, line, false);
  const told = new Map<number, number>();
  for (let index = 0; index < context.idPlaces.length; index++) told.set(context.idPlaces.offset(index), index);
  const parts = context.ignored.filter(
    ({ reason }) => reason !== 'short' && reason !== 'otherField' && reason !== 'count',
  );
  const ignored = new Set<IgnoredText>();
  /** True when the number belongs to something else, which is then ignored once, however many numbers it has. */
  const isPart = (offset: number, length: number): boolean => {
    const part = parts.find((each) => each.offset <= offset && each.offset + each.length >= offset + length);
    if (part && !ignored.has(part)) whole.ignore(part.offset, part.length, part.line, part.reason);
    if (part) ignored.add(part);
    return part !== undefined;
  };
  for (let index = 0; index < plain.idPlaces.length; index++) {
    const offset = start + plain.idPlaces.offset(index);
    const length = plain.idPlaces.size(index);
    if (isPart(offset, length)) continue;
    const known = told.get(offset);
    const evidence = known === undefined ? undefined : context.evidenceOf(known);
    const code = evidence ? whole.evidenceCode(evidence.objectType, evidence.why) : 0;
    whole.id(offset, length, line + plain.idPlaces.line(index), code);
  }
  for (const { offset, length, line: inside, reason } of plain.unsure) {
    if (!isPart(start + offset, length)) whole.doubt(start + offset, length, line + inside, reason);
  }
  whole.ignoredPlaces.append(plain.ignoredPlaces, start, line);
  return whole;
}

/** What free text says of the range [start, end) when its lines are read from their beginning. */
function inLines(text: string, start: number, end: number, line: number, listLines: boolean): Reading {
  const { lineStart, lineEnd } = linesAround(text, start, end);
  const reading = new Reading(text, (offset, length) => offset < end && offset + length > start);
  const candidates = new Candidates();
  const before = lineBreaks(text, lineStart, start);
  new FreeText(text, reading, candidates, listLines).read(lineStart, lineEnd, line - before);
  candidates.settle(reading);
  return reading;
}

/** The whole lines around a range; of very long ones only the part near it. */
function linesAround(text: string, start: number, end: number): { lineStart: number; lineEnd: number } {
  let lineStart = start;
  while (lineStart > 0 && start - lineStart < farthest && !isLineBreak(text.charCodeAt(lineStart - 1))) lineStart--;
  let lineEnd = end;
  while (lineEnd < text.length && lineEnd - end < farthest && !isLineBreak(text.charCodeAt(lineEnd))) lineEnd++;
  return { lineStart, lineEnd };
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}
