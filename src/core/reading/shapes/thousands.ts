/** Thousands separators, the one place that knows them: `1,234,567`, `1'234'567`, `1 234 567`, and India's `12,34,567`. */
import type { IgnoredReason } from '../found/reasons.ts';
import { isMoney, isPercent } from './units.ts';

/** Apostrophes and blanks that keep a number together separate no list. */
const sureMarks = "'’\u00a0\u2009\u202f";
/** A comma or a plain blank may separate the numbers of a list as well. */
const marks = `, ${sureMarks}`;

/** `1,234` somewhere in a text: what may be one number. */
const groups = new RegExp(`(?<!\\d)\\d{1,3}[${marks}]\\d{3}(?!\\d)`);

export function hasGroups(text: string): boolean {
  return groups.test(text);
}

/** Digits, and what is joined to them by one mark again and again. */
interface JoinedNumber {
  readonly word: string;
  readonly offset: number;
  /** True when it is digits in groups as they are written with thousands separators. */
  readonly isGrouped: boolean;
  /** True where nothing else can be meant: no list is separated so, and no id starts with zero as in 100,000. */
  readonly isSure: boolean;
  readonly mark: string | undefined;
}

/** The numbers of a plain list, grouped ones as a whole. */
export function joinedNumbersIn(text: string): readonly JoinedNumber[] {
  const joined = new RegExp(`\\d+(?:([${marks}])\\d+(?:\\1\\d+)*)?`, 'g');
  return [...text.matchAll(joined)].map(({ 0: word, 1: mark, index: offset }) => {
    const isGrouped =
      word.length < 30 && (/^[1-9]\d{0,2}(?:\D\d{3})+$/.test(word) || /^[1-9]\d?(?:,\d{2})+,\d{3}$/.test(word));
    const isSure = isGrouped && mark !== undefined && (sureMarks.includes(mark) || word.includes(`${mark}0`));
    return { word, offset, isGrouped, isSure, mark };
  });
}

/** True where the first group has one or two digits: a list of ids that are all as short as this is less likely than a number. */
export function startsShort(word: string): boolean {
  return /^\d{1,2}\D/.test(word);
}

const wholeCell = new RegExp(`^[1-9]\\d{0,2}(?:([${marks}])\\d{3})(?:\\1\\d{3})*$`);

/** What a cell that holds nothing else means: "1,234,567" and "1 234 567" are one number; "123,456,789" may be three ids. */
export function groupsInCell(text: string, start: number, end: number): 'thousands' | 'unclear' | undefined {
  if (end - start > 26) return undefined;
  const word = text.slice(start, end);
  if (!wholeCell.test(word)) return undefined;
  return /^\d{3}[, ]/.test(word) && !/[, ]0/.test(word) ? 'unclear' : 'thousands';
}

/** The end of a number with thousands separators, decimals or an exponent, which starts at `start`; `end` if it is none. */
export function groupedEnd(text: string, start: number, end: number, last: number): number {
  const pattern =
    /\d{1,3}(?:[,'’.\u00a0\u2009\u202f]\d{3})+(?:[.,]\d{1,2})?(?![\d])|\d+[.,]\d+e\+?\d{1,3}\b|\d+,\d{1,2}(?![\d,;])/iy;
  pattern.lastIndex = start;
  return pattern.test(text) ? Math.min(Math.max(end, pattern.lastIndex), last) : end;
}

/**
 * The end of a number that a spreadsheet with decimal commas rounded, `1,48213E+11`, which starts at `start`; `start` if
 * none does. Its comma separates no list.
 */
export function roundedEnd(text: string, start: number, last: number): number {
  const pattern = /\d{1,19},\d{1,19}e[+-]?\d{1,3}(?![\p{L}\d])/iuy;
  pattern.lastIndex = start;
  return pattern.test(text) && pattern.lastIndex <= last ? pattern.lastIndex : start;
}

/** Why the grouped number is none. */
export function groupedReason(text: string, start: number, end: number, grouped: number): IgnoredReason {
  if (isMoney(text, start, grouped)) return 'amount';
  if (isPercent(text, grouped)) return 'percentage';
  const rest = text.slice(end, grouped);
  return /e/i.test(rest) ? 'rounded' : /^,\d{1,2}$/.test(rest) ? 'decimal' : 'thousands';
}
