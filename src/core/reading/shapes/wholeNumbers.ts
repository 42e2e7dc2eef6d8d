/** Whole numbers: what one of so many digits may be. The one place that knows the counts. */
import { digitsEnd, isDigit, nameParts } from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';

/** The most digits of a record id. */
export const mostDigits = 19;
/** The fewest digits of a number that is offered, or listed with why it is none, where nothing says that it is an id. */
export const leastLong = 7;
/** The fewest digits of an id behind the name of what can be counted: a shorter number is rather a count. */
export const leastCounted = 7;
/** The fewest digits of an id behind the name of its type. */
export const leastNamed = 4;
/** An id beside the category of an association is that of its type, unless it is longer than such ids are. */
export const longestAssociationTypeId = 6;

/** Why a run of digits that starts with this one and is so long is no id wherever it stands. */
export function noId(first: number, length: number): IgnoredReason | undefined {
  if (first === 48) return length === 1 ? 'zero' : 'leadingZero';
  return length > mostDigits ? 'tooLong' : undefined;
}

/** True of a text that is one number as record ids are. */
export function isIdNumber(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text);
}

/** True for what may be a time between 2014 and 2033: in seconds, milli-, micro- or nanoseconds since 1970. */
export function isMaybeTime(text: string, start: number, length: number): boolean {
  if (length !== 10 && length !== 13 && length !== 16 && length !== 19) return false;
  const second = text.charCodeAt(start + 1);
  return text.charCodeAt(start) === 49 && second >= 52 && second <= 57;
}

/** "Deals 2026" are those of a year. */
export function isYear(text: string, start: number, length: number): boolean {
  return length === 4 && (text.startsWith('20', start) || text.startsWith('19', start));
}

/** What its digits may make of a number, besides how many there are; of no other digit does a verdict depend. */
export function kindOfNumber(text: string, start: number, length: number): number {
  if (text.charCodeAt(start) === 48) return 1;
  if (isMaybeTime(text, start, length)) return 2;
  return isYear(text, start, length) ? 3 : 0;
}

/** How many digits stand before `.0` or `.00`, if the word is a whole number written with decimals; else 0. */
export function wholeDigits(text: string, start: number, end: number): number {
  const match = /^([1-9]\d{0,18})\.0+$/.exec(text.slice(start, Math.min(end, start + 40)));
  return match ? match[1]!.length : 0;
}

/** True when a number that is long enough to be an id stands in [start, end), not part of a name, a date or a fraction. */
export function hasLongNumber(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (!isDigit(text.charCodeAt(at))) continue;
    const from = at;
    at = digitsEnd(text, at, end);
    const isAlone = (place: number) => place < start || place >= end || nameParts[text.charCodeAt(place)] === 0;
    if (at - from >= leastLong && isAlone(from - 1) && isAlone(at)) return true;
  }
  return false;
}
