/** The list that a console prints below a line that asked for ids: `deals.map(d => d.id)`, `Deal.pluck(:id)`. */
import { meaningOfIdIn } from '../names/fieldNames.ts';
import { type NumberEvidence, other, recordEvidence, unclear } from './evidence.ts';
import type { WordsBefore } from './wordsBefore.ts';

/** So much before a number is looked at, in code units. */
const farthest = 200;
const asked =
  /(?:(?<through>[\p{L}_][\p{L}\p{N}_.]{0,60})\.(?:map|pluck|collect)\b[^\n]{0,40}?\b(?<mapped>\w{0,40}ids?)\b[^\n]{0,12}|\b(?<listed>\w{0,40}ids?)["']?\]? for \w{1,20} in (?<list>[\w.]{1,60})\][^\n]{0,12})\n\s{0,4}(?:=>|Out\[\d{1,5}\]:)?\s{0,2}\[\s{0,4}["']?$/u;

/** What the line above says of the first number of a printed list, which starts at `start`. */
export function printedEvidence(text: string, start: number, words: WordsBefore): NumberEvidence | undefined {
  const { through, mapped, list, listed } = asked.exec(text.slice(Math.max(0, start - farthest), start))?.groups ?? {};
  const name = through ?? list;
  const id = mapped ?? listed;
  if (name === undefined || id === undefined) return undefined;
  const meaning = words.meaningOf(id);
  const ofList = meaningOfIdIn(name.slice(name.lastIndexOf('.') + 1));
  if (meaning.kind === 'other' || ofList.kind === 'other') return other('otherId', true);
  const isTyped = meaning.kind === 'recordId' && meaning.objectType !== undefined;
  if (ofList.kind === 'recordId' && !isTyped) return recordEvidence(ofList, '', true, true);
  return meaning.kind === 'recordId' ? recordEvidence(meaning, '', true, true) : unclear(true);
}

/** True where a list starts before this place that nothing but a console's mark stands before in its line: `=> ["5`. */
export function startsList(text: string, start: number): boolean {
  let bracket = start - 1;
  while (bracket > start - 4 && isBlankOrQuote(text.charCodeAt(bracket))) bracket--;
  if (text.charCodeAt(bracket) !== 91) return false;
  let before = bracket - 1;
  while (before > bracket - 4 && text.charCodeAt(before) === 32) before--;
  const code = text.charCodeAt(before);
  return code === 10 || code === 62 || code === 58;
}

function isBlankOrQuote(code: number): boolean {
  return code === 32 || code === 34 || code === 39;
}
