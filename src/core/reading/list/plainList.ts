import { lineBreaks } from '../characters/lines.ts';
import { Reading } from '../found/reading.ts';
import type { IgnoredReason } from '../found/reasons.ts';

/** What may stand between the ids of a plain list. */
const separators = new Uint8Array(65536);
for (const each of ' \t\v\f,;|\'"`[](){}<>*•·、，；،„“”‚‘’«»\u0000\u00a0\u1680\u202f\u205f\u2060\u2028\u2029\u3000\ufeff') {
  separators[each.charCodeAt(0)] = 1;
}
for (let space = 0x2000; space <= 0x200f; space++) separators[space] = 1;
for (let mark = 0x202a; mark <= 0x202e; mark++) separators[mark] = 1;
for (let mark = 0x2066; mark <= 0x2069; mark++) separators[mark] = 1;

/** Reads a text that is only whole numbers and what separates them; undefined if anything else stands in it. */
export function plainListOf(text: string): Reading | undefined {
  const reading = new Reading(text);
  const end = text.length;
  let line = 0;
  let at = 0;
  let shortAndMark = -1;
  let hasGroups = false;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      const start = at;
      do at++;
      while (at < end && isDigit(text.charCodeAt(at)));
      if (at - start < 4) {
        if (at - start === 3 && shortAndMark === start) hasGroups = true;
        if (isThousandsMark(text.charCodeAt(at))) shortAndMark = at + 1;
      }
      // 030 12345678 is a phone number.
      if (code === 48 && at - start > 1 && text.charCodeAt(at) === 32 && isDigit(text.charCodeAt(at + 1)))
        return undefined;
      judgeNumber(reading, start, at - start, line, code);
    } else if (code === 10) {
      line++;
      at++;
    } else if (code === 13) {
      if (text.charCodeAt(at + 1) !== 10) line++;
      at++;
    } else if (separators[code] === 1) at++;
    else return undefined;
  }
  return hasGroups ? groupsOf(text) : reading;
}

/** What may separate thousands: 1,234,567 or 1'234'567 or 1 234 567. */
function isThousandsMark(code: number): boolean {
  return code === 44 || code === 32 || isSureThousandsMark(code);
}

/** Apostrophes and blanks that keep a number together separate no list. */
function isSureThousandsMark(code: number): boolean {
  return code === 39 || code === 0x2019 || code === 0xa0 || code === 0x2009 || code === 0x202f;
}

/** Digits, and what is joined to them by one mark again and again. */
const joined = /\d+(?:([,'’ \u00a0\u2009\u202f])\d+(?:\1\d+)*)?/g;

/**
 * Reads a plain list with numbers such as 1,234,567. They are numbers with thousands separators if all of the text looks so
 * and one starts with one or two digits. A single such number may be a list; three digits everywhere are a list.
 */
function groupsOf(text: string): Reading {
  const reading = new Reading(text);
  const numbers = [...text.matchAll(joined)];
  const allGrouped =
    numbers.length > 1 &&
    numbers.every(([word, mark]) => mark === ',' && isGrouped(word)) &&
    numbers.some(([word]) => isClear(word));
  let line = 0;
  let counted = 0;
  for (const { 0: word, 1: mark, index } of numbers) {
    line += lineBreaks(text, counted, index);
    counted = index;
    const grouped = mark !== undefined && isGrouped(word);
    // No id starts with zero: 100,000 is no list.
    const isOne = grouped && (allGrouped || isSureThousandsMark(mark.charCodeAt(0)) || word.includes(`${mark}0`));
    if (isOne) reading.ignore(index, word.length, line, 'thousands');
    else {
      for (const { 0: digits, index: inWord } of word.matchAll(/\d+/g)) {
        if (grouped && isClear(word)) reading.doubt(index + inWord, digits.length, line, 'thousandsOrList');
        else judgeNumber(reading, index + inWord, digits.length, line, digits.charCodeAt(0));
      }
    }
  }
  return reading;
}

/** 1,234,567, and 12,34,567 as India writes it. */
function isGrouped(word: string): boolean {
  return word.length < 30 && (/^[1-9]\d{0,2}(?:\D\d{3})+$/.test(word) || /^[1-9]\d?(?:,\d{2})+,\d{3}$/.test(word));
}

/** A list of ids that are all as short as this is less likely than a number. */
function isClear(word: string): boolean {
  return /^\d{1,2}\D/.test(word);
}

export function isSeparator(code: number): boolean {
  return separators[code] === 1;
}

/** Where judged numbers go; `code` is the owner's own. */
export interface NumberSink {
  id(offset: number, length: number, line: number, code: number): void;
  ignore(offset: number, length: number, line: number, reason: IgnoredReason): void;
}

/** Takes in a run of digits that stands where an id is expected. `first` is its first character. */
export function judgeNumber(
  reading: NumberSink,
  offset: number,
  length: number,
  line: number,
  first: number,
  evidence = 0,
): void {
  if (first === 48) reading.ignore(offset, length, line, length === 1 ? 'zero' : 'leadingZero');
  else if (length > 19) reading.ignore(offset, length, line, 'tooLong');
  else reading.id(offset, length, line, evidence);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
