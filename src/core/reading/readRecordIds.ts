import { Candidates } from './found/candidates.ts';
import { Reading, type RecordIdsReading } from './found/reading.ts';
import { JsonText } from './json/jsonText.ts';
import { cellReader } from './list/judgeValue.ts';
import { isMostlyLists } from './list/listLines.ts';
import { plainListOf } from './list/plainList.ts';
import { FreeText } from './prose/freeText.ts';
import { mayHaveDrawnTables, readDrawnTables } from './table/drawnTables.ts';
import { readTable, tableOf } from './table/table.ts';

/**
 * The record ids in a text, where each stands, and what was ignored or is unsure and why. What the text is (a list, CSV,
 * JSON, a log ...) is told by its content first and by the editor's language id second. Never throws.
 */
export function readRecordIds(text: string, languageId?: string): RecordIdsReading {
  return readWhole(text, languageId);
}

/** The same, with its places in columns. */
export function readWhole(text: string, languageId?: string): Reading {
  const plain = plainListOf(text);
  if (plain) return plain;
  const json = readJson(text, languageId);
  if (json) return json;
  const drawn = mayHaveDrawnTables(text) ? readDrawn(text) : undefined;
  if (drawn) return drawn;
  const reading = new Reading(text);
  const table = tableOf(text, languageId);
  if (table) {
    readTable(text, table, reading);
    return reading;
  }
  const candidates = new Candidates();
  reading.format = 'text';
  new FreeText(text, reading, candidates, isMostlyLists(text)).read(0, text.length, 0);
  candidates.settle(reading);
  return reading;
}

/** The text read as one with drawn tables, if it has any with a column of record ids. */
export function readDrawn(text: string, covers?: (offset: number, length: number) => boolean): Reading | undefined {
  const reading = new Reading(text, covers);
  const candidates = new Candidates();
  const freeText = new FreeText(text, reading, candidates, isMostlyLists(text));
  if (!readDrawnTables(text, freeText, candidates, cellReader(reading, candidates, freeText))) return undefined;
  candidates.settle(reading);
  reading.format = 'markdownTable';
  return reading;
}

/** The text read as JSON, if that is what it is. `covers` leaves out what is elsewhere. */
export function readJson(
  text: string,
  languageId?: string,
  covers?: (offset: number, length: number) => boolean,
): Reading | undefined {
  if (!/^[\s\ufeff]*(?:[[{]|\/[/*])/.test(text)) return undefined;
  const reading = new Reading(text, covers);
  const json = new JsonText(text, reading);
  json.read();
  const { faults, tokens, values, depth } = json.walk;
  const said = languageId !== undefined && /json/i.test(languageId);
  if (tokens < 3 || faults > Math.max(2, tokens / (said ? 4 : 20))) return undefined;
  json.candidates.settle(reading);
  reading.format = faults > 0 || depth > 0 ? 'brokenJson' : values > 1 ? 'ndjson' : 'json';
  return reading;
}
