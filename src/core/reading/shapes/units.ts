/** What stands beside a number and makes it a sum of money, a share, a count: a currency, a percent sign, a unit. */
import { characterClasses, digitsEnd, isBlank, isDigit, isNarrowBlank, LETTER } from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { folded } from '../names/fieldWords.ts';
import { typeOfWord } from '../names/objectTypeWords.ts';

const unitWords: readonly (readonly [IgnoredReason, string])[] = [
  [
    'duration',
    'ns us µs ms mS msec s sec secs second seconds milliseconds microseconds nanoseconds m min mins minute minutes h hr hrs hour hours d day days w week weeks month months year years',
  ],
  ['amount', 'eur usd gbp chf jpy sek pln brl cad aud m€ k€'],
  [
    'count',
    'b kb kB mb gb tb kib KiB mib MiB gib GiB k x rpm px pt hz kHz kw kg km bytes item items row rows times retries attempt attempts page pages records results entries errors',
  ],
];
const units: ReadonlyMap<string, IgnoredReason> = new Map(
  unitWords.flatMap(([reason, words]) =>
    words.split(' ').flatMap((word) => spellings(word).map((spelled) => [spelled, reason] as const)),
  ),
);

function spellings(word: string): readonly string[] {
  return [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)];
}

/** What the unit written at the end of a number, as in `15ms`, makes of a word of digits, dots and letters. */
export function unitOf(text: string, start: number, end: number): IgnoredReason | undefined {
  let letters = end;
  while (letters > start && text.charCodeAt(letters - 1) > 57) letters--;
  if (letters === end || end - letters > 4 || text.charCodeAt(letters - 1) === 46) return undefined;
  for (let at = start; at < letters; at++) if (text.charCodeAt(at) > 57) return undefined;
  return units.get(text.slice(letters, end));
}

/** The end of the fraction of a second that stands behind a comma: 10:11:12,345. */
export function fractionEnd(text: string, end: number, last: number): number {
  if (text.charCodeAt(end) !== 44 || !isDigit(text.charCodeAt(end + 1))) return end;
  return digitsEnd(text, end + 1, Math.min(last, end + 10));
}

export function isMoney(text: string, start: number, end: number): boolean {
  if (isCurrencyBeside(text, start, end)) return true;
  return isNarrowBlank(text.charCodeAt(end)) && unitBehind(text, end) === 'amount';
}

/** True for a currency sign just before or behind the number, a blank between or not. */
export function isCurrencyBeside(text: string, start: number, end: number): boolean {
  if (isCurrency(text.charCodeAt(start - 1)) || isCurrency(text.charCodeAt(end))) return true;
  // With a blank between, the sign must not belong to the number on its other side.
  if (isNarrowBlank(text.charCodeAt(start - 1)) && isCurrency(text.charCodeAt(start - 2))) {
    const before = text.charCodeAt(start - 3);
    return !isDigit(before) && !(isNarrowBlank(before) && isDigit(text.charCodeAt(start - 4)));
  }
  return (
    isNarrowBlank(text.charCodeAt(end)) && isCurrency(text.charCodeAt(end + 1)) && !isDigit(text.charCodeAt(end + 2))
  );
}

/** True for a percent sign behind the number, a blank between or not. */
export function isPercent(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  // "62515%2F" is part of an address.
  if (code === 37) return !/^[2-7][\dA-F]/i.test(text.slice(end + 1, end + 3));
  if (!isNarrowBlank(code) || text.charCodeAt(end + 1) !== 37) return false;
  return !/[\p{L}\p{N}]/u.test(text.charAt(end + 2));
}

const longestUnit = 16;
/** No letter, and none of the signs behind which a key's value stands, or that join words. */
const noUnitBefore = Uint8Array.from({ length: 128 }, (_, code) => Number(/[=:\-/\d]/.test(String.fromCharCode(code))));

/** What a unit behind the number, a blank between, makes of it; "5 contacts" is a count. */
export function unitBehind(text: string, end: number): IgnoredReason | undefined {
  let at = end + 1;
  const classes = characterClasses;
  while (at < end + longestUnit && classes[text.charCodeAt(at)] === LETTER) at++;
  if (at === end + 1 || noUnitBefore[text.charCodeAt(at)] === 1) return undefined;
  const word = text.slice(end + 1, at);
  const last = word.charCodeAt(word.length - 1) | 32;
  return units.get(word) ?? (last === 115 && typeOfWord(folded(word.toLowerCase())) ? 'count' : undefined);
}

/** True for a currency behind the number, a blank between. None of them has more than three letters, and most words have. */
export function isAmountBehind(text: string, end: number): boolean {
  const classes = characterClasses;
  const mostLetters = end + 4;
  let at = end + 1;
  while (at <= mostLetters && classes[text.charCodeAt(at)] === LETTER) at++;
  return at <= mostLetters && unitBehind(text, end) === 'amount';
}

/** "1." or "2)" where a line starts. */
export function isListNumber(text: string, lineStart: number, start: number, end: number): boolean {
  const code = text.charCodeAt(end);
  if ((code !== 46 && code !== 41) || text.charCodeAt(end + 1) !== 32) return false;
  if (start < lineStart || start - lineStart > 8) return false;
  for (let at = lineStart; at < start; at++) if (!isBlank(text.charCodeAt(at))) return false;
  return true;
}

function isCurrency(code: number): boolean {
  return code === 36 || code === 0x20ac || code === 0xa3 || code === 0xa5 || code === 0x20b9 || code === 0xffe5;
}
