/** What a word with digits in it is, by its shape alone: a date, an address, a version ... One table of patterns says it. */
import { areDigits, digitsEnd } from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { unitOf } from './units.ts';

/** A bare number, or the reason why the word is no record id. */
export type TokenShape = 'number' | IgnoredReason;

/** The kinds of characters a word is made of, one bit each. */
const digit = 1;
const dot = 2;
const dash = 4;
const colon = 8;
const slash = 16;
/** Letters up to f. */
const hex = 32;
/** Other letters of ASCII. */
const letter = 64;
const sign = 128;
const any = 255;

const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return digit;
  if (/[a-f]/i.test(character)) return hex;
  if (/[a-z]/i.test(character)) return letter;
  return { '.': dot, '-': dash, ':': colon, '/': slash }[character] ?? sign;
});

interface Shape {
  readonly is: TokenShape;
  /** Kinds of characters that words of this shape may have. */
  readonly of: number;
  /** Kinds of which they have at least one each. */
  readonly has: number;
  readonly pattern: RegExp;
}

function shape(is: TokenShape, of: number, pattern: RegExp, has = 0): Shape {
  return { is, of, has, pattern };
}

/** A number up to 255. */
const byte = '(?:\\d{1,2}|[01]\\d\\d|2[0-4]\\d|25[0-5])';
/** As many digits as phone numbers have. */
const phoneLength = '(?=(?:\\D*\\d){7,15}\\D*$)';
const hasUnit = digit | dot | hex | letter;

/** The shapes, in the order in which they are tried. Of a longer word only the first 64 characters are looked at. */
const shapes: readonly Shape[] = [
  shape('decimal', digit | dot, /^\d*\.\d*$/),
  shape('ipAddress', digit | dot | colon, new RegExp(`^${byte}(?:\\.${byte}){3}(?::\\d*)?$`)),
  shape('thousands', digit | dot, /^\d{0,3}(?:\.\d{3}){3}$/),
  shape('version', digit | dot | colon, /^(?=[^:]*:?[^:]*$)[\d:]*(?:\.[\d:]*){3}$/),
  shape('date', digit | dot | dash | colon, /-[^-]*-/, colon),
  // 8:05, 08:05:17, 125:30:00; not the line and column of 10233:17.
  shape('time', digit | dot | dash | colon, /^\d{0,3}:\d\d(?!\d)/, colon),
  shape('uuid', digit | dash | hex, /^(?=.{36}$)(?:[^-]*-){4}[^-]*$/),
  // curl/8.5.0
  shape('version', digit | dot | slash | hex | letter, /^[A-Za-z]+\/\d+(?:\.\d+)+$/),
  // worker-3, which no shape below but a version could be.
  shape('partOfWord', any - sign, /^(?![vp])[a-z]/i, letter),
  shape('rounded', any, /^[+-]?\d+(?:[.,]\d+)?e\+?\d{1,3}$/i, hex),
  shape('negative', digit | dot | dash, /^-\d+(?:\.\d+)?$/),
  shape('phone', digit | dot | dash | sign, new RegExp(`^${phoneLength}\\+\\d[\\d().-]{6,20}$`), sign),
  // The offset of a time zone.
  shape('time', digit | colon | sign, /^\+[01]\d:?(?:00|15|30|45)$/, sign),
  shape('decimal', digit | dot | dash | sign, /^[+-]?\d+\.\d+$/),
  shape('hex', digit | hex | letter, /^0x[\da-f]+$/i, letter),
  shape('hex', digit | hex, /^[\da-f]{7,}$/i),
  // 5/1/2024, 1-5-24, 01.05.2024, 01.05.24, 2024/05/01; 1.2.3 is a version.
  shape('date', digit | dash | slash, /^\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})$/),
  shape('date', digit | dot, /^(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{2}\.\d{2}\.\d{2})$/),
  shape('date', digit | dot | dash | slash, /^\d{4}([/.-])\d{1,2}\1\d{1,2}$/),
  shape('date', any, /^(?:\d{8}T\d{4,6}|\d{1,2}[/-][A-Za-z]{3,9}[/-]\d{2,4}|\d{4}-(?:W\d\d|Q\d))/),
  shape('date', digit | dash, /^\d{4}-\d{1,2}$/),
  shape('date', digit | colon, /^\d{4}:\d\d:\d\d$/),
  shape('time', any, /^\d{1,2}:\d{2}(?!\d)/, colon),
  shape('thousands', digit | dot, /^\d{1,3}(?:\.\d{3})+$/),
  shape('thousands', digit | sign, /^\d{1,3}(?:_\d{3})+$/),
  shape('objectTypeId', digit | dash | letter, /^(?:0|2|p\d+)-\d{1,19}$/),
  shape('version', any, /^v?\d+(?:\.\d+){1,5}(?:[-+.][A-Za-z\d.]+)?$/i, dot),
  shape('version', digit | letter, /^v\d+$/i),
  shape('version', any, /^[A-Za-z]+\/\d+(?:\.\d+)+$/, slash),
  // 2026-0042 counts something in a year.
  shape(
    'phone',
    digit | dot | dash | slash | sign,
    new RegExp(`^${phoneLength}(?!(?:19|20)\\d\\d[-/]\\d+$)\\(?\\d{2,4}\\)?(?:[-./]\\d{2,5}){1,5}$`),
  ),
  shape('count', digit | slash, /^\d{1,6}\/\d{1,6}$/),
  shape('ipAddress', digit | colon | hex, /^(?=.*(?:[a-f]|::))[\da-f]{0,4}(?::[\da-f]{0,4}){2,8}$/i),
];
/** The shapes that a word made of just these kinds of characters may have. */
const shapesOf = Array.from({ length: any + 1 }, (_, made) =>
  shapes.filter(({ of, has }) => (made & ~of) === 0 && (made & has) === has),
);
const longest = 64;
const mostCounted = 127;

/** The shape of the word at [start, end): letters, digits and what joins them. Longer words are judged by their beginning. */
export function shapeOf(text: string, start: number, end: number): TokenShape {
  if (isoDateEnd(text, start, end) > 0) return 'date';
  const last = Math.min(end, start + mostCounted);
  let made = 0;
  for (let at = start; at < last; at++) made |= kinds[Math.min(text.charCodeAt(at), 127)]!;
  if (made === digit) return 'number';
  const unit = (made & ~hasUnit) === 0 ? unitOf(text, start, end) : undefined;
  if (unit) return unit;
  const possible = shapesOf[made]!;
  if (possible.length === 0) return 'partOfWord';
  const word = text.slice(start, Math.min(end, start + longest));
  return possible.find(({ pattern }) => pattern.test(word))?.is ?? 'partOfWord';
}

/**
 * The end of a date such as 2026-01-31, alone or with a time behind it, which starts here; 0 if none does. It is the shape a
 * log has most.
 */
export function isoDateEnd(text: string, start: number, end: number): number {
  if (text.charCodeAt(start + 4) !== 45 || text.charCodeAt(start + 7) !== 45 || start + 10 > end) return 0;
  const day = start + 10;
  const isDay =
    digitsEnd(text, start, day) === start + 4 &&
    digitsEnd(text, start + 5, day) === start + 7 &&
    digitsEnd(text, start + 8, day + 1) === day;
  const next = text.charCodeAt(day);
  if (!isDay || next === 45) return 0;
  const isTime = next === 84 || next === 32 || next === 95;
  const time = isTime && areDigits(text, day + 1, day + 3) && text.charCodeAt(day + 3) === 58 ? timeEnd(text, day) : 0;
  // A number is never cut: one that begins with the digits of a time is no more of it than of anything else.
  if (time > 0) return Math.min(end, areDigits(text, time - 1, time) ? digitsEnd(text, time) : time);
  return next === 84 ? 0 : day;
}

/** The end of the time behind a day that ends at `day`: `T08:05`, ` 08:05:17.123`, `T08:05:17,123+01:00`. */
function timeEnd(text: string, day: number): number {
  let at = digitsEnd(text, day + 4, day + 6);
  if (text.charCodeAt(at) === 58) at = digitsEnd(text, at + 1, at + 3);
  const sign = text.charCodeAt(at);
  if (sign === 46 || sign === 44) {
    const fraction = digitsEnd(text, at + 1, at + 8);
    const digits = fraction - at - 1;
    // Behind a comma, milli- or microseconds: any other number may be the next value of a row.
    if (sign === 44) at = digits === 3 || digits === 6 ? fraction : at;
    else if (digits > 0) at = digitsEnd(text, fraction);
  }
  const zone = text.charCodeAt(at);
  if (zone === 90) return at + 1;
  if ((zone !== 43 && zone !== 45) || !areDigits(text, at + 1, at + 3)) return at;
  const minutes = text.charCodeAt(at + 3) === 58 ? at + 4 : at + 3;
  return digitsEnd(text, minutes, minutes + 2);
}
