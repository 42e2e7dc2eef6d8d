/** Thousands separators, the one place that knows them: `1,234,567`, `1'234'567`, `1 234 567`, and India's `12,34,567`. */
import { lengthOfStep, type Steps } from '../../domain/steps.ts';
import { digitsEnd, isDigit } from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { isMoney, isPercent } from './units.ts';

/** Apostrophes and blanks that keep a number together separate no list. */
const sureMarks = "'’\u00a0\u2009\u202f";
/** A comma or a plain blank may separate the numbers of a list as well. */
const marks = `, ${sureMarks}`;

/** `1,234` somewhere in a text: what may be one number. */
const groups = new RegExp(`(?<!\\d)\\d{1,3}[${marks}]\\d{3}(?!\\d)`);

/** True where such a number stands in the text, or seems to where a step ends: that it is none is found out behind it. */
export function* hasGroups(text: string): Steps<boolean> {
  for (let from = 0; from < text.length; from += lengthOfStep) {
    if (groups.test(text.slice(from, from + lengthOfStep + longestPair))) return true;
    yield;
  }
  return false;
}

/** `123,456` and what stands beside it. */
const longestPair = 9;

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

/** What is joined further than this is no number, in UTF-16 code units. */
const longestJoined = 30;

/**
 * The numbers of a plain list, grouped ones as a whole. Of what is joined for too long to be one number, as a list on a single
 * line is, each number comes alone.
 */
export function* joinedNumbersIn(text: string): Generator<JoinedNumber, void, void> {
  const digits = /\d+/g;
  for (let match = digits.exec(text); match; match = digits.exec(text)) {
    const offset = match.index;
    const joined = joinedEnd(text, offset, digits.lastIndex);
    if (joined.end - offset < longestJoined) {
      yield joinedNumber(text.slice(offset, joined.end), offset, joined.mark);
      digits.lastIndex = joined.end;
      continue;
    }
    yield { word: match[0], offset, isGrouped: false, isSure: false, mark: joined.mark };
    // The others of the same list, up to where another mark stands.
    while (isJoined(text, digits.lastIndex, joined.mark)) {
      const start = digits.lastIndex + 1;
      const word = digits.exec(text)![0];
      yield { word, offset: start, isGrouped: false, isSure: false, mark: joined.mark };
    }
  }
}

/** Where the digits end that are joined by one mark to those that end at `end`; what is too long is not looked at to its end. */
function joinedEnd(text: string, start: number, end: number): { end: number; mark: string | undefined } {
  const first = text.charAt(end);
  const mark = first !== '' && marks.includes(first) && isDigit(text.charCodeAt(end + 1)) ? first : undefined;
  let at = end;
  while (isJoined(text, at, mark) && at - start < longestJoined)
    at = digitsEnd(text, at + 1, Math.min(text.length, at + longestJoined));
  return { end: at, mark };
}

function isJoined(text: string, at: number, mark: string | undefined): boolean {
  return mark !== undefined && text.charAt(at) === mark && isDigit(text.charCodeAt(at + 1));
}

function joinedNumber(word: string, offset: number, mark: string | undefined): JoinedNumber {
  const isGrouped = /^[1-9]\d{0,2}(?:\D\d{3})+$/.test(word) || /^[1-9]\d?(?:,\d{2})+,\d{3}$/.test(word);
  const isSure = isGrouped && mark !== undefined && (sureMarks.includes(mark) || word.includes(`${mark}0`));
  return { word, offset, isGrouped, isSure, mark };
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
    /\d{1,3}(?:[,'’.\u00a0\u2009\u202f]\d{3}){1,2000}(?:[.,]\d{1,2})?(?![\d])|\d+[.,]\d{1,2000}e\+?\d{1,3}\b|\d+,\d{1,2}(?![\d,;])/iy;
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
