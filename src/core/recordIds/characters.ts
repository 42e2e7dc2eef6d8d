/** What each UTF-16 code unit is to the reader of free text. */

/** Ends a word: blanks, quotes, brackets, `=`, `,` ... */
export const BREAK = 0;
export const DIGIT = 1;
/** Letters of any script, `_`, and halves of surrogate pairs. */
export const LETTER = 2;
/** Holds words together when it stands between them: `-` `.` `/` `\` `+`. */
export const JOINER = 3;
/** `:`, which joins times and addresses and separates keys from values. */
export const COLON = 4;
/** Digits of other scripts. */
export const OTHER_DIGIT = 5;
/** Scripts written without blanks, so that a digit beside them stands alone. */
export const IDEOGRAPH = 6;

let classes: Uint8Array | undefined;

/** The class of every UTF-16 code unit. Made on first use: 65,536 entries in a few milliseconds. */
export function characterClasses(): Uint8Array {
  if (classes) return classes;
  classes = new Uint8Array(65536);
  for (let code = 0; code < 65536; code++) classes[code] = classOf(code);
  return classes;
}

function classOf(code: number): number {
  if (code < 128) {
    if (code >= 48 && code <= 57) return DIGIT;
    if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95) return LETTER;
    if (code === 58) return COLON;
    return code === 45 || code === 46 || code === 47 || code === 92 || code === 43 ? JOINER : BREAK;
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
