import { finished, type Steps } from '../domain/steps.ts';
import { formatOf, type TextFormat } from './formatOf.ts';
import { agreeing } from './found/agreement.ts';
import { Candidates } from './found/candidates.ts';
import { Reading, type RecordIdsReading } from './found/reading.ts';
import { JsonText } from './json/jsonText.ts';
import { plainListOf } from './list/plainList.ts';
import { FreeText } from './prose/freeText.ts';
import { readTable } from './table/table.ts';
import { TablesInText } from './table/tablesInText.ts';

/**
 * The record ids in a text, where each stands, and what was ignored or is unsure and why. What the text is (a list, CSV,
 * JSON, a log ...) is told by its content first and by the editor's language id second. Never throws.
 */
export function readRecordIds(text: string, languageId?: string): RecordIdsReading {
  return readWhole(text, languageId);
}

/** The same, with its places in columns. */
export function readWhole(text: string, languageId?: string): Reading {
  return finished(readingWhole(text, languageId));
}

/** The same, in steps. */
export function* readingWhole(text: string, languageId?: string): Steps<Reading> {
  const list = yield* plainListOf(text);
  if (list) return list;
  yield;
  const reading = yield* readAs(yield* formatOf(text, languageId), new Reading(text), text);
  yield;
  yield* agreeing(reading, text);
  return reading;
}

/** Takes what a text of this format says into the reading, of which only a part may count. */
export function* readAs(format: TextFormat, reading: Reading, text: string): Steps<Reading> {
  switch (format.kind) {
    case 'json':
      yield* readJson(text, reading);
      break;
    case 'table':
      yield* readTable(text, format.table, reading);
      break;
    case 'text':
      yield* readText(format, reading, text);
  }
  return reading;
}

function* readJson(text: string, reading: Reading): Steps<void> {
  const json = new JsonText(text, reading);
  yield* json.read();
  const { faults, values, depth } = json.walk;
  yield* json.candidates.settle(reading);
  reading.format = faults > 0 || depth > 0 ? 'brokenJson' : values > 1 ? 'ndjson' : 'json';
}

function* readText(
  { tables, lists }: Extract<TextFormat, { kind: 'text' }>,
  reading: Reading,
  text: string,
): Steps<void> {
  const candidates = new Candidates();
  const freeText = new FreeText(text, reading, candidates, lists);
  const hasTables = tables && (yield* new TablesInText(text, freeText, candidates, reading).read());
  if (!tables) yield* freeText.reading(0, text.length, 0);
  yield* candidates.settle(reading);
  reading.format = hasTables ? 'markdownTable' : 'text';
}
