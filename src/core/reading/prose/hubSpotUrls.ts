/**
 * HubSpot addresses: pages of records (`https://app-eu1.hubspot.com/contacts/{portal}/record/0-3/{id}`, the older
 * `/deal/{id}`), calls of its API (`/crm/v3/objects/deals/{id}`, `/crm/v3/associations/deals/companies/batch/read`).
 */
import { standardObjectType } from '../../domain/objectTypes.ts';
import { WordTable } from '../characters/wordTable.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { isDigit } from '../list/plainList.ts';
import { meaningOf, type NameMeaning } from '../names/fieldNames.ts';

export interface UrlReader {
  /** A record id in the address, with its type; `associated` for the far end of an association. */
  readonly record: (offset: number, length: number, objectType: string, role: 'record' | 'associated') => void;
  readonly other: (offset: number, length: number, reason: IgnoredReason) => void;
  /** An id of which the address does not say the type. */
  readonly unclear: (offset: number, length: number) => void;
}

/** What the address says about ids elsewhere: those in the body of a batch call are of this type. */
export interface UrlContext {
  readonly from: string;
  readonly to?: string;
}

/** True when the address at [start, end) is one of HubSpot's. */
export function isHubSpotUrl(text: string, start: number, end: number): boolean {
  // Cheap for the many words with a slash that are none.
  const first = text.charCodeAt(start) | 32;
  if (first !== 104 && first !== 47 && first !== 97 && first !== 108 && first !== 99) return false;
  if (text.startsWith('/crm/v', start)) return isDigit(text.charCodeAt(start + 6));
  const head = text.slice(start, Math.min(end, start + 48));
  if (first === 47 && pagePath.test(head)) return true;
  return hubSpotAddress.test(head.includes('\\') ? head.replaceAll('\\/', '/') : head);
}

const hubSpotAddress =
  /^(?:\/?crm\/(?:v\d|objects\/|associations\/)|\/(?:contacts|deals|companies|engagements)\/v\d\/|(?:https?:\/\/)?(?:app|local|api)(?:-[a-z]{2}\d{1,2})?\.hub(?:spot|spotqa|api|apiqa)\.com\/)/i;

/** A page without its host: `/contacts/{portal}/record/0-3/{id}`. */
const pagePath = /^\/contacts\/\d+\/(?:record\/|(?:contact|company|deal|ticket)\/\d)/;

/** Reads the segments of a HubSpot address at [start, end) and, of a batch call, the types it is about. */
export function readHubSpotUrl(text: string, start: number, end: number, reader: UrlReader): UrlContext | undefined {
  let pathEnd = start;
  while (pathEnd < end && text.charCodeAt(pathEnd) !== 63 && text.charCodeAt(pathEnd) !== 35) pathEnd++;
  let hostStart = start;
  const letter = text.charCodeAt(start);
  if ((letter === 104 || letter === 72) && /^https?:/i.test(text.slice(start, start + 6))) {
    hostStart = text.indexOf(':', start) + 1;
    while (text.charCodeAt(hostStart) === 47 || text.charCodeAt(hostStart) === 92) hostStart++;
  }
  const first = text.charCodeAt(hostStart);
  // A path alone starts with its slash, or with "crm/"; everything else has a host before it.
  const hasHost = first !== 47 && first !== 92 && !text.startsWith('crm', hostStart);
  const slash = hasHost ? text.indexOf('/', hostStart) : hostStart;
  const isPage = hasHost
    ? /^(?:app|local)/i.test(text.slice(hostStart, hostStart + 5))
    : pagePath.test(text.slice(hostStart, Math.min(end, hostStart + 48)));
  let beforeFrom = start;
  let beforeTo = start;
  let batch = false;
  let associated = false;
  let records = 0;
  let place = 0;
  for (let from = slash < 0 ? pathEnd : slash; from < pathEnd; ) {
    const next = text.indexOf('/', from);
    const stop = next < 0 || next > pathEnd ? pathEnd : next;
    // JSON may write "/" as "\/".
    const to = stop < pathEnd && text.charCodeAt(stop - 1) === 92 ? stop - 1 : stop;
    if (to > from) {
      const length = to - from;
      if (digitsOnly(text, from, to)) {
        const known = beforeTo - beforeFrom > 40 ? undefined : segmentTypes.at(text, beforeFrom, beforeTo);
        const usual = text.charCodeAt(from) !== 48 && length <= 19;
        if (isPage && place === 1) reader.other(from, to - from, 'portalId');
        else if (known && usual && (!isPage || place > 1)) {
          reader.record(from, to - from, known, associated ? 'associated' : 'record');
          records++;
        } else if (associated) reader.other(from, to - from, 'associationTypeId');
        else if (usual && isActivity(text, beforeFrom, beforeTo)) reader.unclear(from, to - from);
        else if (records === 0) reader.other(from, to - from, 'url');
      } else if (length === 12 && text.startsWith('associations', from)) {
        associated = records > 0;
        batch = true;
      } else if (length === 5 && text.startsWith('batch', from)) batch = true;
      // "/crm/objects/2026-03/deals/5": the version may stand between the word and the type, not between type and id.
      beforeFrom = from;
      beforeTo = to;
      place++;
    }
    from = stop + 1;
  }
  if (pathEnd < end) readQuery(text, pathEnd, end, reader);
  return batch && records === 0 ? contextOf(text.slice(slash, pathEnd)) : undefined;
}

/** True for the segment before the id of a call, note ... of which the address does not say which of them it is. */
function isActivity(text: string, start: number, end: number): boolean {
  return end - start === 11 && text.startsWith('engagements', start);
}

/** The types a path without ids speaks of: `/crm/v3/associations/deals/companies/batch/read`. */
function contextOf(path: string): UrlContext | undefined {
  const [from, to] = path
    .split('/')
    .slice(2)
    .map((segment) => segment.replace('\\', ''))
    .flatMap((segment) => segmentTypes.at(segment, 0, segment.length) ?? []);
  if (!from) return undefined;
  return to ? { from, to } : { from };
}

/** Reads `id=5&contactId=6`: each part by itself, and only as much of it as a name and an id have. */
function readQuery(text: string, start: number, end: number, reader: UrlReader): void {
  for (let from = start + 1; from < end; ) {
    let to = from;
    while (to < end && text.charCodeAt(to) !== 38 && text.charCodeAt(to) !== 35) to++;
    let digits = to;
    while (digits > from && isDigit(text.charCodeAt(digits - 1))) digits--;
    if (digits < to && text.charCodeAt(digits - 1) === 61) readParameter(text, from, digits, to, reader);
    from = to + 1;
  }
}

/** The parameter `name=` at [start, digits), whose value is the number at [digits, end). */
function readParameter(text: string, start: number, digits: number, end: number, reader: UrlReader): void {
  const name = /[\w-]+$/.exec(text.slice(Math.max(start, digits - longestParameter), digits - 1))?.[0];
  if (name === undefined) return;
  const meaning: NameMeaning = name === 'engagement' ? { kind: 'id' } : meaningOf(name);
  const length = end - digits;
  const fits = text.charCodeAt(digits) !== 48 && length <= 19;
  if (meaning.kind === 'other') reader.other(digits, length, meaning.reason);
  else if (fits && (meaning.kind === 'id' || meaning.kind === 'recordId')) reader.unclear(digits, length);
  else reader.other(digits, length, 'url');
}

/** Of a longer name the end is read, as of every name in the reader. */
const longestParameter = 64;

/** The object type a segment of an address names. */
const segmentTypes = new WordTable((segment) =>
  segment === 'vid' ? '0-1' : /^\d{1,3}-\d{1,19}$/.test(segment) ? segment : standardObjectType(segment)?.id,
);

function digitsOnly(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return to > from;
}

/** True when the word starts like an address. */
export function isUrl(text: string, start: number, end: number): boolean {
  return /^(?:[a-z][a-z\d+.-]{1,9}:\\?\/|www\.)/i.test(text.slice(start, Math.min(end, start + 12)));
}

/** Where the address that starts at `start` ends. */
export function urlEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (
      code <= 32 ||
      code === 34 ||
      code === 39 ||
      code === 60 ||
      code === 62 ||
      code === 96 ||
      code === 40 ||
      code === 41
    )
      break;
    if (
      code === 91 ||
      code === 93 ||
      code === 123 ||
      code === 125 ||
      code === 124 ||
      code === 44 ||
      code === 59 ||
      code === 0xa0
    )
      break;
    at++;
  }
  while (at > start && (text.charCodeAt(at - 1) === 46 || text.charCodeAt(at - 1) === 92)) at--;
  return at;
}
