/** The name of a record's type in the same word as its id. */
import { standardObjectType } from '../../domain/objectTypes.ts';
import { digitsStart, isDigit } from '../characters/characters.ts';
import { type Role, recordOf } from '../names/fieldNames.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import { leastNamed } from '../shapes/wholeNumbers.ts';
import { type NumberEvidence, recordEvidence } from './evidence.ts';
import type { WordsBefore } from './wordsBefore.ts';

/** A number in a word, and what the word says of it. */
interface NamedNumber {
  readonly start: number;
  readonly end: number;
  readonly evidence: NumberEvidence;
}

/** In code units. Of longer words only the end is looked at. */
const longestPath = 400;

/** `deal-123456`, `contactId_123456`, `0-3/123456`, and the path `api/deals/123456/notes`: the name is in the word itself. */
export function recordsInWord(text: string, start: number, end: number, names: WordsBefore): readonly NamedNumber[] {
  if (end - start <= longestPath && slashIn(text, start, end) < end) return recordsInPath(text, start, end, names);
  const digits = digitsStart(text, end, start);
  const evidence = digits > start + 1 && digits < end ? evidenceInWord(text, start, digits, end, names) : undefined;
  return evidence ? [{ start: digits, end, evidence }] : [];
}

function recordsInPath(text: string, start: number, end: number, names: WordsBefore): readonly NamedNumber[] {
  const found: NamedNumber[] = [];
  let associated = false;
  for (let from = start; from < end; ) {
    const stop = slashIn(text, from, end);
    const digits = digitsStart(text, stop, from);
    if (digits === stop) associated ||= stop - from === 12 && text.startsWith('associations', from);
    else if (digits > start + 1 && !isPortal(text, digits, stop)) {
      const evidence = evidenceInWord(text, start, digits, stop, names);
      const isFar = associated && found.length > 0 && evidence?.kind === 'record';
      if (evidence)
        found.push({
          start: digits,
          end: stop,
          evidence: isFar ? { ...evidence, name: 'associations', role: 'associated' } : evidence,
        });
    }
    from = stop + 1;
  }
  return found;
}

/** Where the next slash is; `end` if there is none before it. */
function slashIn(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) !== 47) at++;
  return at;
}

/** What stands directly before the digits in the word that starts at `start`. */
function evidenceInWord(
  text: string,
  start: number,
  digits: number,
  end: number,
  names: WordsBefore,
): NumberEvidence | undefined {
  const before = text.charCodeAt(digits - 1);
  const joined = before === 45 || before === 95 || before === 47 ? digits - 1 : digits;
  if (before === 47) {
    const objectType = typeIdBefore(text, start, joined);
    if (objectType) return record(objectType, 'record');
  }
  let from = joined;
  while (from > start && from > joined - 40 && isNameLetter(text.charCodeAt(from - 1))) from--;
  if (from === joined || (from > start && text.charCodeAt(from - 1) !== 47)) return undefined;
  const meaning = names.meaningOf(text.slice(from, joined));
  if (meaning.kind === 'recordId') return record(meaning.objectType, meaning.role);
  if (meaning.kind !== 'type' || !speaksForItself(meaning.objectType)) return undefined;
  return end - digits >= leastNamed && !isDate(text, digits, end) ? record(meaning.objectType, 'record') : undefined;
}

/** `contacts/62515/objects/...`: pages of HubSpot have their account behind "contacts". */
function isPortal(text: string, digits: number, end: number): boolean {
  if (!text.startsWith('contacts/', digits - 9)) return false;
  return /^\/(?:objects|record|lists?|views|contact|company|deal|ticket|tasks|calls)(?![a-z])/.test(
    text.slice(end, end + 10),
  );
}

/** The type id that ends here: `0-3/`, `2-3092211/`. */
function typeIdBefore(text: string, start: number, end: number): string | undefined {
  let from = end;
  while (from > start && from > end - 22 && (isDigit(text.charCodeAt(from - 1)) || text.charCodeAt(from - 1) === 45))
    from--;
  if (from > start && text.charCodeAt(from - 1) !== 47) return undefined;
  const id = text.slice(from, end);
  return /^2-[1-9]\d{4,18}$/.test(id) || (/^0-\d{1,3}$/.test(id) && standardObjectType(id)) ? id : undefined;
}

/** `contacts_20261124`, `deals/2026/` and `leads_202611` are named after a day, a year, a month. */
function isDate(text: string, start: number, end: number): boolean {
  return end - start <= 8 && /^(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?$/.test(text.slice(start, end));
}

function record(objectType: string | undefined, role: Role): NumberEvidence {
  const meaning = objectType === undefined ? ({ kind: 'recordId', role } as const) : recordOf(objectType, role);
  return { ...recordEvidence(meaning, '', false, false), name: '' };
}

function isNameLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}
