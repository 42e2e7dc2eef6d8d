/** Thousands separators, the one place that knows them: `1,234,567`, `1'234'567`, `1 234 567`, and India's `12,34,567`. */
import { isNarrowBlank } from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { isMoney, isPercent } from './units.ts';

/** What may separate thousands. A comma or a plain blank may separate the numbers of a list as well. */
export function isThousandsMark(code: number): boolean {
  return code === 44 || isNarrowBlank(code) || isSureThousandsMark(code);
}

/** Apostrophes and blanks that keep a number together separate no list. */
export function isSureThousandsMark(code: number): boolean {
  return code === 39 || code === 0x2019 || (isNarrowBlank(code) && code !== 32);
}

/** True when the word is digits in groups as they are written with thousands separators. */
export function isGrouped(word: string): boolean {
  return word.length < 30 && (/^[1-9]\d{0,2}(?:\D\d{3})+$/.test(word) || /^[1-9]\d?(?:,\d{2})+,\d{3}$/.test(word));
}

/** True where the first group has one or two digits: a list of ids that are all as short as this is less likely than a number. */
export function startsShort(word: string): boolean {
  return /^\d{1,2}\D/.test(word);
}

/** What a cell that holds nothing else means: "1,234,567" and "1 234 567" are one number; "123,456,789" may be three ids. */
export function groupsInCell(text: string, start: number, end: number): 'thousands' | 'unclear' | undefined {
  if (end - start > 26) return undefined;
  const word = text.slice(start, end);
  if (!/^[1-9]\d{0,2}(?:([, '’\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*$/.test(word)) return undefined;
  return /^\d{3}[, ]/.test(word) && !/[, ]0/.test(word) ? 'unclear' : 'thousands';
}

/** The end of a number with thousands separators, decimals or an exponent, which starts at `start`; `end` if it is none. */
export function groupedEnd(text: string, start: number, end: number, last: number): number {
  const pattern =
    /\d{1,3}(?:[,'’.\u00a0\u2009\u202f]\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d+[.,]\d+e\+?\d{1,3}\b|\d+,\d{1,2}(?![\d,;])/iy;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  return match ? Math.min(Math.max(end, start + match[0].length), last) : end;
}

/**
 * The end of a number that a spreadsheet with decimal commas rounded, `1,48213E+11`, which starts at `start`; `start` if
 * none does. Its comma separates no list.
 */
export function roundedEnd(text: string, start: number, last: number): number {
  const pattern = /\d{1,19},\d{1,19}e[+-]?\d{1,3}(?![\p{L}\d])/iuy;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  return match && start + match[0].length <= last ? start + match[0].length : start;
}

/** Why the grouped number is none. */
export function groupedReason(text: string, start: number, end: number, grouped: number): IgnoredReason {
  if (isMoney(text, start, grouped)) return 'amount';
  if (isPercent(text, grouped)) return 'percentage';
  const rest = text.slice(end, grouped);
  return /e/i.test(rest) ? 'rounded' : /^,\d{1,2}$/.test(rest) ? 'decimal' : 'thousands';
}
