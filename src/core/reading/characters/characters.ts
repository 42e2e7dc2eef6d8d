/**
 * What each UTF-16 code unit is to the reader of free text. Their order lets one comparison tell what a loop may pass over:
 * from SLASH to DIGIT they make up words, from DIGIT on the reader has something to do.
 */

/** Ends a word: blanks, quotes, brackets, `=`, `,` ... */
export const BREAK = 0;
/** Scripts written without blanks, so that a digit beside them stands alone. */
const IDEOGRAPH = 1;
/** `:`, which joins times and addresses and separates keys from values. */
export const COLON = 2;
export const SLASH = 3;
/** Holds words together when it stands between them: `-` `.` `\` `+`. */
export const JOINER = 4;
/** Letters of any script, and `_`. */
export const LETTER = 5;
export const DIGIT = 6;
/** Digits of other scripts. */
export const OTHER_DIGIT = 7;
const LINE_BREAK = 8;

/** True for what ends a word. */
export function isBreak(kind: number): boolean {
  return kind === BREAK || kind === LINE_BREAK;
}

let classes: Uint8Array | undefined;

/** The class of every UTF-16 code unit. Made on first use: 65,536 entries in a few milliseconds. */
export function characterClasses(): Uint8Array {
  if (classes) return classes;
  classes = new Uint8Array(65536);
  for (let code = 0; code < 65536; code++) classes[code] = classOf(code);
  return classes;
}

let parts: Uint8Array | undefined;

/** 1 for every code unit that a name may have: letters, digits, `_` `-` `.`. */
export function nameParts(): Uint8Array {
  parts ??= characterClasses().map((kind, code) =>
    Number(kind >= LETTER ? kind !== LINE_BREAK : kind === IDEOGRAPH || code === 45 || code === 46),
  );
  return parts;
}

function classOfAscii(character: string): number {
  if (/\d/.test(character)) return DIGIT;
  if (/\w/.test(character)) return LETTER;
  if (character === ':') return COLON;
  if (character === '/') return SLASH;
  if (/[\n\r]/.test(character)) return LINE_BREAK;
  return /[-.\\+]/.test(character) ? JOINER : BREAK;
}

function classOf(code: number): number {
  if (code < 128) return classOfAscii(String.fromCharCode(code));
  if (code >= 0xd800 && code <= 0xdfff) return BREAK;
  // Kana, CJK ideographs, Hangul is written with blanks, Thai is not.
  if ((code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0x0e01 && code <= 0x0e4f)) {
    return IDEOGRAPH;
  }
  const character = String.fromCharCode(code);
  if (/\p{Nd}/u.test(character)) return OTHER_DIGIT;
  return /[\p{L}\p{M}]/u.test(character) ? LETTER : BREAK;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What may stand between the ids of a plain list. */
const separators = new Uint8Array(65536);
for (const each of ' \t\v\f,;|\'"`[](){}<>*•·、，；،„“”‚‘’«»\u0000\u00a0\u1680\u202f\u205f\u2060\u2028\u2029\u3000\ufeff') {
  separators[each.charCodeAt(0)] = 1;
}
for (let space = 0x2000; space <= 0x200f; space++) separators[space] = 1;
for (let mark = 0x202a; mark <= 0x202e; mark++) separators[mark] = 1;
for (let mark = 0x2066; mark <= 0x2069; mark++) separators[mark] = 1;

export function isSeparator(code: number): boolean {
  return separators[code] === 1;
}

/** A blank or a tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** A blank that may keep a number together: a plain one, or one that does not break or is narrow. */
export function isNarrowBlank(code: number): boolean {
  return code === 32 || code === 0xa0 || code === 0x202f || code === 0x2009;
}

export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** True when [start, end) is digits and no more. */
export function areDigits(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return end > start;
}

/** True when a digit of any script stands in [start, end). */
export function hasDigit(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) return true;
    if (code > 127 && characterClasses()[code] === OTHER_DIGIT) return true;
  }
  return false;
}

/** True when a number of this many digits or more stands in [start, end) that is not part of a name, a date or a fraction. */
export function hasLongNumber(text: string, start: number, end: number, least: number): boolean {
  const parts = nameParts();
  for (let at = start; at < end; at++) {
    if (!isDigit(text.charCodeAt(at))) continue;
    const from = at;
    while (at < end && isDigit(text.charCodeAt(at))) at++;
    if (at - from < least) continue;
    const isAlone = (place: number) => place < start || place >= end || parts[text.charCodeAt(place)] === 0;
    if (isAlone(from - 1) && isAlone(at)) return true;
  }
  return false;
}

/** Where the line ends that holds this place, and where the next one starts. */
export function lineAt(text: string, start: number): { end: number; next: number } {
  let end = start;
  while (end < text.length && !isLineBreak(text.charCodeAt(end))) end++;
  return { end, next: end + (text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? 2 : 1) };
}

/** How many line breaks (`\n`, `\r\n`, lone `\r`) stand between two offsets. */
export function lineBreaks(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines++;
  }
  return lines;
}
