/**
 * HubSpot addresses: pages of records (`https://app-eu1.hubspot.com/contacts/{portal}/record/0-3/{id}`, the older
 * `/deal/{id}`), calls of its API (`/crm/v3/objects/deals/{id}`, `/crm/v3/associations/deals/companies/batch/read`).
 */
import { standardObjectType } from '../../domain/objectTypes.ts';
import { areDigits, digitsEnd, isDigit } from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import type { NameMeaning } from '../names/fieldNames.ts';
import { hasLongNumber, leastLong, noId } from '../shapes/wholeNumbers.ts';

export interface UrlReader {
  /** A record id in the address, with its type; `associated` for the far end of an association. */
  readonly record: (offset: number, length: number, objectType: string, role: 'record' | 'associated') => void;
  readonly other: (offset: number, length: number, reason: IgnoredReason) => void;
  readonly meaningOf: (name: string) => NameMeaning;
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
  const { slash, isPage } = pathStart(text, start, end);
  const path = new AddressPath(text, isPage, start, reader);
  for (let from = slash < 0 ? pathEnd : slash; from < pathEnd; ) {
    const next = text.indexOf('/', from);
    const stop = next < 0 || next > pathEnd ? pathEnd : next;
    // JSON may write "/" as "\/".
    const to = stop < pathEnd && text.charCodeAt(stop - 1) === 92 ? stop - 1 : stop;
    if (to > from) path.take(from, to);
    from = stop + 1;
  }
  if (pathEnd < end) readQuery(text, pathEnd, end, reader);
  return path.isBatch ? contextOf(text.slice(slash, pathEnd)) : undefined;
}

/** Where the path of an address starts, and whether the address is of a page and not of a call. */
function pathStart(text: string, start: number, end: number): { slash: number; isPage: boolean } {
  let hostStart = start;
  const letter = text.charCodeAt(start);
  if ((letter === 104 || letter === 72) && /^https?:/i.test(text.slice(start, start + 6))) {
    hostStart = text.indexOf(':', start) + 1;
    while (text.charCodeAt(hostStart) === 47 || text.charCodeAt(hostStart) === 92) hostStart++;
  }
  const first = text.charCodeAt(hostStart);
  // A path alone starts with its slash, or with "crm/"; everything else has a host before it.
  const hasHost = first !== 47 && first !== 92 && !text.startsWith('crm', hostStart);
  const isPage = hasHost
    ? /^(?:app|local)/i.test(text.slice(hostStart, hostStart + 5))
    : pagePath.test(text.slice(hostStart, Math.min(end, hostStart + 48)));
  return { slash: hasHost ? text.indexOf('/', hostStart) : hostStart, isPage };
}

/** Gives the numbers among the segments of a path what the segments before them say. */
class AddressPath {
  readonly #text: string;
  readonly #isPage: boolean;
  readonly #reader: UrlReader;
  #beforeFrom: number;
  #beforeTo: number;
  #isCall = false;
  #isAssociated = false;
  #records = 0;
  #place = 0;

  constructor(text: string, isPage: boolean, start: number, reader: UrlReader) {
    this.#text = text;
    this.#isPage = isPage;
    this.#reader = reader;
    this.#beforeFrom = this.#beforeTo = start;
  }

  /** True when the path is of a call about many records, whose ids stand elsewhere. */
  get isBatch(): boolean {
    return this.#isCall && this.#records === 0;
  }

  take(from: number, to: number): void {
    const text = this.#text;
    if (areDigits(text, from, to)) this.#number(from, to);
    else if (to - from === 12 && text.startsWith('associations', from)) {
      this.#isAssociated = this.#records > 0;
      this.#isCall = true;
    } else if (to - from === 5 && text.startsWith('batch', from)) this.#isCall = true;
    else if (hasLongNumber(text, from, to)) this.#reader.other(from, to - from, 'url');
    // "/crm/objects/2026-03/deals/5": the version may stand between the word and the type, not between type and id.
    this.#beforeFrom = from;
    this.#beforeTo = to;
    this.#place++;
  }

  #number(from: number, to: number): void {
    const text = this.#text;
    const length = to - from;
    const isNear = this.#beforeTo - this.#beforeFrom <= 40;
    const known = isNear ? typeOfSegment(text.slice(this.#beforeFrom, this.#beforeTo)) : undefined;
    const usual = noId(text.charCodeAt(from), length) === undefined;
    const { other, record, unclear } = this.#reader;
    if (this.#isPage && this.#place === 1) other(from, length, 'portalId');
    else if (known && usual && (!this.#isPage || this.#place > 1)) {
      record(from, length, known, this.#isAssociated ? 'associated' : 'record');
      this.#records++;
    } else if (this.#isAssociated) other(from, length, 'associationTypeId');
    else if (usual && isActivity(text, this.#beforeFrom, this.#beforeTo)) unclear(from, length);
    else if (this.#records === 0 || length >= leastLong) other(from, length, 'url');
  }
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
    .flatMap((segment) => typeOfSegment(segment) ?? []);
  if (!from) return undefined;
  return to ? { from, to } : { from };
}

function readQuery(text: string, start: number, end: number, reader: UrlReader): void {
  for (let at = start; at < end; ) {
    if (!isDigit(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const from = at;
    at = digitsEnd(text, at, end);
    const behind = at < end ? text.charCodeAt(at) : 38;
    const isValue = text.charCodeAt(from - 1) === 61 && (behind === 38 || behind === 35);
    if (isValue) readParameter(text, start, from, at, reader);
    else if (at - from >= leastLong) reader.other(from, at - from, 'url');
  }
}

/** A parameter that is a number: `?engagement=5`, `&portalId=5`. */
function readParameter(text: string, floor: number, from: number, to: number, reader: UrlReader): void {
  const name = /[\w-]+$/.exec(text.slice(Math.max(floor, from - 60), from - 1))?.[0] ?? '';
  const meaning: NameMeaning = name === 'engagement' ? { kind: 'id' } : reader.meaningOf(name);
  const fits = noId(text.charCodeAt(from), to - from) === undefined;
  if (meaning.kind === 'other') reader.other(from, to - from, meaning.reason);
  else if (fits && (meaning.kind === 'id' || meaning.kind === 'recordId')) reader.unclear(from, to - from);
  else reader.other(from, to - from, 'url');
}

/** The object type a segment of an address names. */
function typeOfSegment(segment: string): string | undefined {
  if (segment === 'vid') return '0-1';
  return /^\d{1,3}-\d{1,19}$/.test(segment) ? segment : standardObjectType(segment)?.id;
}

/** True when the word starts like an address. */
export function isUrl(text: string, start: number, end: number): boolean {
  return /^(?:[a-z][a-z\d+.-]{1,9}:\\?\/|www\.)/i.test(text.slice(start, Math.min(end, start + 12)));
}

/** What no address has in it: quotes, brackets, bars, commas. */
const addressEnds: ReadonlySet<number> = new Set([...'"\'<>`()[]{}|,;\u00a0'].map((sign) => sign.charCodeAt(0)));

export function isInAddress(code: number): boolean {
  return code > 32 && !addressEnds.has(code);
}

/** Where the address that starts at `start` ends. */
export function urlEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isInAddress(text.charCodeAt(at))) at++;
  while (at > start && (text.charCodeAt(at - 1) === 46 || text.charCodeAt(at - 1) === 92)) at--;
  return at;
}
