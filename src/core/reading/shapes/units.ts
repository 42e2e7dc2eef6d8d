/** What stands beside a number and makes it a sum of money, a share, a count: a currency, a percent sign, a unit. */
import { characterClasses, isBlank, isDigit, isNarrowBlank, LETTER } from '../characters/characters.ts';
import { WordTable } from '../characters/wordTable.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { meaningOf } from '../names/fieldNames.ts';
import { unitAt } from './tokenShape.ts';

/** What a number of this is: `5 ms`, `5 contacts`. */
const counted = new WordTable((word): IgnoredReason | undefined => {
  const unit = unitAt(word, 0, word.length);
  if (unit) return unit;
  const meaning = meaningOf(word);
  return meaning.kind === 'type' && meaning.plural ? 'count' : undefined;
});

/** The end of the fraction of a second that stands behind a comma: 10:11:12,345. */
export function fractionEnd(text: string, end: number, last: number): number {
  if (text.charCodeAt(end) !== 44 || !isDigit(text.charCodeAt(end + 1))) return end;
  let at = end + 1;
  while (at < last && at < end + 10 && isDigit(text.charCodeAt(at))) at++;
  return at;
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

/** What a unit behind the number, a blank between, makes of it; "5 contacts" is a count. */
export function unitBehind(text: string, end: number): IgnoredReason | undefined {
  let at = end + 1;
  const classes = characterClasses();
  while (at < end + 16 && classes[text.charCodeAt(at)] === LETTER) at++;
  const code = text.charCodeAt(at);
  if (at === end + 1 || code === 61 || code === 58 || code === 45 || code === 47) return undefined;
  if (isDigit(code)) return undefined;
  return counted.at(text, end + 1, at);
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
