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

/** The class of every UTF-16 code unit. */
export const characterClasses: Readonly<Uint8Array> = classesOfAll();

/** 1 for every code unit that a name may have: letters, digits, `_` `-` `.`. */
export const nameParts: Readonly<Uint8Array> = characterClasses.map((kind, code) =>
  Number(kind >= LETTER ? kind !== LINE_BREAK : kind === IDEOGRAPH || code === 45 || code === 46),
);

/** What each class has: the later ones of these count. Kana, CJK ideographs and Thai; Hangul is written with blanks. */
function classesOfAll(): Uint8Array {
  const patterns: readonly (readonly [number, RegExp])[] = [
    [LETTER, /[\p{L}\p{M}\w]+/gu],
    [OTHER_DIGIT, /\p{Nd}+/gu],
    [IDEOGRAPH, /[\u3040-\u30ff\u3400-\u9fff\u0e01-\u0e4f]+/gu],
    [DIGIT, /\d+/g],
    [COLON, /:/g],
    [SLASH, /\//g],
    [JOINER, /[-.\\+]+/g],
    [LINE_BREAK, /[\n\r]/g],
  ];
  const all = new Uint8Array(65_536).fill(BREAK);
  // Halves of characters beyond these are breaks.
  for (const [from, to] of [
    [0, 0xd800],
    [0xe000, 0x10000],
  ] as const) {
    const characters = Array.from({ length: to - from }, (_, nth) => String.fromCharCode(from + nth)).join('');
    for (const [kind, pattern] of patterns)
      for (const { 0: run, index } of characters.matchAll(pattern))
        all.fill(kind, from + index, from + index + run.length);
  }
  return all;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** True of a digit of any script. */
export function isAnyDigit(code: number): boolean {
  return isDigit(code) || (code > 127 && characterClasses[code] === OTHER_DIGIT);
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

/** A blank, a tab or what ends a line. */
export function isBlankOrBreak(code: number): boolean {
  return isBlank(code) || isLineBreak(code);
}

/** Where [start, end) starts without what is blank before it. */
export function trimmedStart(text: string, start: number, end: number, isLeftOut = isBlank): number {
  let at = start;
  while (at < end && isLeftOut(text.charCodeAt(at))) at++;
  return at;
}

/** Where [start, end) ends without what is blank behind it. */
export function trimmedEnd(text: string, start: number, end: number, isLeftOut = isBlank): number {
  let at = end;
  while (at > start && isLeftOut(text.charCodeAt(at - 1))) at--;
  return at;
}

/** A blank that may keep a number together: a plain one, or one that does not break or is narrow. */
export function isNarrowBlank(code: number): boolean {
  return code === 32 || code === 0xa0 || code === 0x202f || code === 0x2009;
}

export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** Where the digits end that start here. */
export function digitsEnd(text: string, start: number, end = text.length): number {
  let at = start;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** Where the digits start that end here. */
export function digitsStart(text: string, end: number, least: number): number {
  let at = end;
  while (at > least && isDigit(text.charCodeAt(at - 1))) at--;
  return at;
}

/** True when [start, end) is digits and no more. */
export function areDigits(text: string, start: number, end: number): boolean {
  return end > start && digitsEnd(text, start, end) === end;
}

/** True when a digit of any script stands in [start, end). */
export function hasDigit(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isAnyDigit(text.charCodeAt(at))) return true;
  return false;
}

/** Where the line starts that holds the character before `at`; `least` where that is further away. */
export function lineStartBefore(text: string, at: number, least: number): number {
  let start = at;
  while (start > least && text.charCodeAt(start - 1) !== 10) start--;
  return start;
}

/**
 * Where the line ends that holds this place, and where the next one starts.
 * @param last the line is looked at up to there: one that goes on has its `next` where it goes on, at its `end`
 */
export function lineAt(text: string, start: number, last = text.length): { end: number; next: number } {
  let end = start;
  while (end < last && !isLineBreak(text.charCodeAt(end))) end++;
  if (end === last && last < text.length && !isLineBreak(text.charCodeAt(end))) return { end, next: end };
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
