/** What a word with digits in it is, by its shape alone: a date, an address, a version ... */

import { isDigit } from '../characters/characters.ts';
import { WordTable } from '../characters/wordTable.ts';
import type { IgnoredReason } from '../found/reasons.ts';

/** A bare number, or the reason why the word is no record id. */
export type TokenShape = 'number' | IgnoredReason;

/** Four counts in one number, seven bits each, so that counting takes no decisions: digits, dots, dashes, colons. */
const markWeights = new Int32Array(128);
/** The same for slashes, letters up to f, other letters, and everything else. */
const letterWeights = new Int32Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) markWeights[code] = 1;
  else if (character === '.') markWeights[code] = 1 << 7;
  else if (character === '-') markWeights[code] = 1 << 14;
  else if (character === ':') markWeights[code] = 1 << 21;
  else if (character === '/') letterWeights[code] = 1;
  else if (/[a-f]/i.test(character)) letterWeights[code] = 1 << 7;
  else if (/[a-z]/i.test(character)) letterWeights[code] = 1 << 14;
  else letterWeights[code] = 1 << 21;
}
const mostCounted = 127;

/**
 * The shape of the word at [start, end): letters, digits and what joins them. Its characters are counted first; only the
 * few shapes that a count cannot tell are looked at again. Longer words are judged by their beginning.
 */
export function shapeOf(text: string, start: number, end: number): TokenShape {
  if (isoDateEnd(text, start, end) > 0) return 'date';
  const length = Math.min(end - start, mostCounted);
  let marks = 0;
  let letterKinds = 0;
  for (let at = start; at < start + length; at++) {
    const code = Math.min(text.charCodeAt(at), 127);
    marks += markWeights[code]!;
    letterKinds += letterWeights[code]!;
  }
  const digits = marks & 127;
  const dots = (marks >> 7) & 127;
  const dashes = (marks >> 14) & 127;
  const colons = (marks >> 21) & 127;
  const slashes = letterKinds & 127;
  const hexLetters = (letterKinds >> 7) & 127;
  const letters = (letterKinds >> 14) & 127;
  const others = (letterKinds >> 21) & 127;
  if (digits === length) return 'number';
  const allLetters = letters + hexLetters;
  if (allLetters === 0 && others === 0) {
    if (dots === 1 && digits === length - 1) return 'decimal';
    if (dots === 3 && digits + dots + colons === length && colons < 2) return ipOrThousands(text, start, end);
    const time = colons > 0 && slashes === 0 ? timeShape(text, start, dashes) : undefined;
    if (time) return time;
  }
  const unit = digits + dots + allLetters === length ? unitOf(text, start, end, allLetters) : undefined;
  if (unit) return unit;
  if (dashes === 4 && length === 36 && digits + hexLetters === 32) return 'uuid';
  const word = text.slice(start, Math.min(end, start + 64));
  if (startsWithName(text, start, letters, others)) {
    const mayBeVersion = slashes === 1 && dots > 0 && dashes === 0;
    return mayBeVersion && namedVersion.test(word) ? 'version' : 'partOfWord';
  }
  return rarerShape(word, hexLetters + digits === length, letters === 0);
}

/** `curl/8.5.0` */
const namedVersion = /^[A-Za-z]+\/\d+(?:\.\d+)+$/;

/**
 * The end of a date such as 2026-01-31, alone or with a time behind it, which starts here; 0 if none does. It is the shape a
 * log has most.
 */
export function isoDateEnd(text: string, start: number, end: number): number {
  if (text.charCodeAt(start + 4) !== 45 || text.charCodeAt(start + 7) !== 45 || start + 10 > end) return 0;
  if (!areDigits(text, start, 4) || !areDigits(text, start + 5, 2) || !areDigits(text, start + 8, 2)) return 0;
  let at = start + 10;
  const next = text.charCodeAt(at);
  if (isDigit(next) || next === 45) return 0;
  const hasTime =
    (next === 84 || next === 32 || next === 95) && text.charCodeAt(at + 3) === 58 && areDigits(text, at + 1, 2);
  if (!hasTime) return next === 84 ? 0 : at;
  at += 6;
  if (text.charCodeAt(at) === 58) at += 3;
  if (at >= end) return end;
  // Fractions of a second, after a dot or a comma; then Z or an offset.
  const mark = text.charCodeAt(at);
  if ((mark === 46 || mark === 44) && isDigit(text.charCodeAt(at + 1))) {
    at += 2;
    while (at < end && isDigit(text.charCodeAt(at))) at++;
  }
  const zone = text.charCodeAt(at);
  if (zone === 90) return Math.min(end, at + 1);
  if ((zone === 43 || zone === 45) && areDigits(text, at + 1, 2)) {
    at += text.charCodeAt(at + 3) === 58 ? 6 : 5;
  }
  return Math.min(end, at);
}

/** The shape of digits with colons between them. */
function timeShape(text: string, start: number, dashes: number): 'date' | 'time' | undefined {
  if (dashes > 1) return 'date';
  return isTime(text, start) ? 'time' : undefined;
}

/** 8:05, 08:05:17, 125:30:00; not the line and column of 10233:17. */
function isTime(text: string, start: number): boolean {
  let at = start;
  while (at < start + 3 && isDigit(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 58 && areDigits(text, at + 1, 2) && !isDigit(text.charCodeAt(at + 3));
}

function areDigits(text: string, start: number, count: number): boolean {
  let strangers = 0;
  for (let at = start; at < start + count; at++) strangers |= Number((text.charCodeAt(at) - 48) >>> 0 > 9);
  return strangers === 0;
}

/** True for a word such as `worker-3`, which no shape but a version and a hash could be. */
function startsWithName(text: string, start: number, letters: number, others: number): boolean {
  const first = text.charCodeAt(start) | 32;
  return letters > 0 && others === 0 && first >= 97 && first <= 122 && first !== 118 && first !== 112;
}

/** Four numbers with dots between, and perhaps a port. */
function ipOrThousands(text: string, start: number, end: number): IgnoredReason {
  let part = 0;
  let digits = 0;
  let allByte = true;
  let allThree = true;
  let parts = 0;
  for (let at = start; at <= end; at++) {
    const code = at < end ? text.charCodeAt(at) : 46;
    if (code >= 48 && code <= 57) {
      part = part * 10 + code - 48;
      digits++;
      continue;
    }
    if (code === 58) {
      if (parts === 3 && digits > 0 && digits < 4 && part < 256 && allByte) return 'ipAddress';
      return 'version';
    }
    if (digits === 0 || digits > 3 || part > 255) allByte = false;
    if (parts > 0 ? digits !== 3 : digits > 3) allThree = false;
    parts++;
    part = 0;
    digits = 0;
  }
  return allByte ? 'ipAddress' : allThree ? 'thousands' : 'version';
}

const unitWords: readonly (readonly [IgnoredReason, string])[] = [
  [
    'duration',
    'ns us µs ms msec s sec secs second seconds milliseconds microseconds nanoseconds m min mins minute minutes h hr hrs hour hours d day days w week weeks month months year years',
  ],
  ['amount', 'eur usd gbp chf jpy sek pln brl cad aud m€ k€'],
  [
    'count',
    'b kb mb gb tb kib mib gib k x rpm px pt hz kw kg km bytes item items row rows times retries attempt attempts page pages records results entries errors',
  ],
];
const units = new Map<string, IgnoredReason>();
for (const [reason, words] of unitWords) {
  for (const word of words.split(' ')) {
    for (const spelled of [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)])
      units.set(spelled, reason);
  }
}
for (const spelled of ['kB', 'MiB', 'KiB', 'GiB', 'kHz', 'mS'])
  units.set(spelled, spelled === 'mS' ? 'duration' : 'count');

/** What the unit written at the end of a number, such as `15ms`, or beside it, makes of the number. */
export function unitAt(text: string, start: number, end: number): IgnoredReason | undefined {
  return end - start > longestUnit ? undefined : knownUnits.at(text, start, end);
}

const knownUnits = new WordTable((word) => units.get(word));
const longestUnit = 12;

function unitOf(text: string, start: number, end: number, letters: number): IgnoredReason | undefined {
  const first = text.charCodeAt(end - letters);
  if (letters === 0 || letters > 4 || (first >= 48 && first <= 57) || text.charCodeAt(end - letters - 1) === 46)
    return undefined;
  for (let at = start; at < end - letters; at++) if (text.charCodeAt(at) > 57) return undefined;
  return unitAt(text, end - letters, end);
}

/** 5/1/2024, 1-5-24, 01.05.2024, 01.05.24, 2024/05/01; 1.2.3 is a version. */
const calendarDate =
  /^(?:\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})|\d{1,2}\.\d{1,2}\.\d{4}|\d{2}\.\d{2}\.\d{2}|\d{4}([/.-])\d{1,2}\1\d{1,2})$/;

function rarerShape(word: string, isHexOrDigits: boolean, onlyHexLetters: boolean): IgnoredReason {
  if (/^[+-]?\d+(?:[.,]\d+)?e\+?\d{1,3}$/i.test(word)) return 'rounded';
  if (/^-\d+(?:\.\d+)?$/.test(word)) return 'negative';
  if (/^\+\d[\d().-]{6,20}$/.test(word) && isPhoneLength(word)) return 'phone';
  if (/^\+[01]\d:?(?:00|15|30|45)$/.test(word)) return 'time';
  if (/^[+-]?\d+\.\d+$/.test(word)) return 'decimal';
  if (/^0x[\da-f]+$/i.test(word)) return 'hex';
  if (isHexOrDigits && word.length >= 7) return 'hex';
  if (calendarDate.test(word) || /^\d{8}T\d{4,6}/.test(word)) return 'date';
  if (
    /^\d{1,2}[/-][A-Za-z]{3,9}[/-]\d{2,4}/.test(word) ||
    /^\d{4}-\d{1,2}$/.test(word) ||
    /^\d{4}:\d\d:\d\d$/.test(word) ||
    /^\d{4}-(?:W\d\d|Q\d)/.test(word)
  )
    return 'date';
  if (/^\d{1,2}:\d{2}(?!\d)/.test(word)) return 'time';
  if (/^\d{1,3}(?:\.\d{3})+$/.test(word) || /^\d{1,3}(?:_\d{3})+$/.test(word)) return 'thousands';
  if (/^(?:0|2|p\d+)-\d{1,19}$/.test(word)) return 'objectTypeId';
  if (
    /^v?\d+(?:\.\d+){1,5}(?:[-+.][A-Za-z\d.]+)?$/i.test(word) ||
    /^v\d+$/i.test(word) ||
    /^[A-Za-z]+\/\d+(?:\.\d+)+$/.test(word)
  )
    return 'version';
  if (/^\(?\d{2,4}\)?(?:[-./]\d{2,5}){1,5}$/.test(word) && isPhoneLength(word) && !numberOfYear.test(word))
    return 'phone';
  if (/^\d{1,6}\/\d{1,6}$/.test(word)) return 'count';
  if (onlyHexLetters && /[a-f]|::/i.test(word) && /^[\da-f]{0,4}(?::[\da-f]{0,4}){2,8}$/i.test(word))
    return 'ipAddress';
  return 'partOfWord';
}

/** 2026-0042 counts something in a year. */
const numberOfYear = /^(?:19|20)\d\d[-/]\d+$/;

function isPhoneLength(word: string): boolean {
  const digits = word.replaceAll(/\D/g, '').length;
  return digits >= 7 && digits <= 15;
}

/** True for what may be a time between 2014 and 2033: in seconds, milli-, micro- or nanoseconds since 1970. */
export function isMaybeTime(text: string, start: number, length: number): boolean {
  if (length !== 10 && length !== 13 && length !== 16 && length !== 19) return false;
  const second = text.charCodeAt(start + 1);
  return text.charCodeAt(start) === 49 && second >= 52 && second <= 57;
}

/** How many digits stand before `.0` or `.00`, if the word is a whole number written with decimals; else 0. */
export function wholeDigits(text: string, start: number, end: number): number {
  const match = /^([1-9]\d{0,18})\.0+$/.exec(text.slice(start, Math.min(end, start + 40)));
  return match ? match[1]!.length : 0;
}
