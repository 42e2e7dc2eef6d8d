import { FreeText } from './freeText.ts';
import { isMostlyLists } from './listLines.ts';
import { readPlainList } from './plainList.ts';
import { Reading, type RecordIdsReading } from './reading.ts';
import { Candidates } from './sources.ts';

/**
 * The record ids in a text, where each stands, and what was ignored or is unsure and why. What the text is (a list, CSV,
 * JSON, a log ...) is told by its content first and by the editor's language id second. Never throws.
 */
export function readRecordIds(text: string, _languageId?: string): RecordIdsReading {
  const plain = new Reading(text);
  if (readPlainList(text, plain)) return plain;
  const reading = new Reading(text);
  const candidates = new Candidates();
  reading.format = 'text';
  new FreeText(text, reading, candidates, isMostlyLists(text)).read(0, text.length, 0);
  candidates.settle(reading);
  return reading;
}
