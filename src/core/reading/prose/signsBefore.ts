/** What a character that stands between a name and its number says: `dealId: "5"`, `contacts (5`, `- deal #5`. */
import { isSeparator } from '../characters/characters.ts';

/** Belongs to a word, or ends what belongs together. */
export const STOP = 0;
export const BLANK = 1;
/** `=` `:` `>`: what stands before it is the number's key. */
export const EQUALS = 2;
export const HASH = 3;
export const QUOTE = 4;
/** A bracket that may open a list. */
export const OPENING = 5;
export const NEW_LINE = 6;
/** May be the bullet of a list item, or belongs to the number. */
export const DASH = 7;
export const BULLET = 8;
/** Ends a clause: `,` `;`. */
export const CLAUSE = 9;
/** Says nothing. */
const OTHER_SIGN = 10;

const signs = new Uint8Array(128);
for (const [sign, characters] of [
  [BLANK, ' \t'],
  [EQUALS, '=:>'],
  [HASH, '#'],
  [QUOTE, '"\'`'],
  [OPENING, '([{'],
  [NEW_LINE, '\n\r'],
  [DASH, '-'],
  [BULLET, '*'],
  [CLAUSE, ',;'],
  [OTHER_SIGN, '\\<|%'],
] as const) {
  for (const character of characters) signs[character.charCodeAt(0)] = sign;
}

export function signOf(code: number): number {
  if (code < 128) return signs[code]!;
  if (code === 0x2022) return BULLET;
  if (code === 0xff1a) return EQUALS;
  return isSeparator(code) ? OTHER_SIGN : STOP;
}
