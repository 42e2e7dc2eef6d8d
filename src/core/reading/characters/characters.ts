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

function classOf(code: number): number {
  if (code < 128) {
    if (code >= 48 && code <= 57) return DIGIT;
    if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95) return LETTER;
    if (code === 58) return COLON;
    if (code === 47) return SLASH;
    if (code === 10 || code === 13) return LINE_BREAK;
    return code === 45 || code === 46 || code === 92 || code === 43 ? JOINER : BREAK;
  }
  if (code >= 0xd800 && code <= 0xdfff) return BREAK;
  // Kana, CJK ideographs, Hangul is written with blanks, Thai is not.
  if ((code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0x0e01 && code <= 0x0e4f)) {
    return IDEOGRAPH;
  }
  const character = String.fromCharCode(code);
  if (/\p{Nd}/u.test(character)) return OTHER_DIGIT;
  return /[\p{L}\p{M}]/u.test(character) ? LETTER : BREAK;
}
