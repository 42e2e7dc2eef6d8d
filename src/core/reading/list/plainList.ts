/** Texts that are nothing but whole numbers and what separates them. */
import { isDigit, isLineBreak, isSeparator, lineBreaks } from '../characters/characters.ts';
import { Reading } from '../found/reading.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { isGrouped, isSureThousandsMark, isThousandsMark, startsShort } from '../shapes/thousands.ts';

/** Reads a text that is only whole numbers and what separates them; undefined if anything else stands in it. */
export function plainListOf(text: string): Reading | undefined {
  const reading = new Reading(text);
  const end = text.length;
  let line = 0;
  let shortAndMark = -1;
  let hasGroups = false;
  for (let at = 0; at < end; ) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      const start = at;
      do at++;
      while (at < end && isDigit(text.charCodeAt(at)));
      if (at - start < 4) {
        hasGroups ||= at - start === 3 && shortAndMark === start;
        if (isThousandsMark(text.charCodeAt(at))) shortAndMark = at + 1;
      }
      if (code === 48 && isPhoneStart(text, start, at)) return undefined;
      judgeNumber(reading, start, at - start, line, code);
    } else if (isLineBreak(code)) {
      at++;
      if (code === 10 || text.charCodeAt(at) !== 10) line++;
    } else if (isSeparator(code)) at++;
    else return undefined;
  }
  return hasGroups ? groupsOf(text) : reading;
}

/** 030 12345678 is a phone number. */
function isPhoneStart(text: string, start: number, end: number): boolean {
  return end - start > 1 && text.charCodeAt(end) === 32 && isDigit(text.charCodeAt(end + 1));
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
    numbers.some(([word]) => startsShort(word));
  let line = 0;
  let counted = 0;
  for (const { 0: word, 1: mark, index } of numbers) {
    line += lineBreaks(text, counted, index);
    counted = index;
    const grouped = mark !== undefined && isGrouped(word);
    // No id starts with zero: 100,000 is no list.
    const isOne = grouped && (allGrouped || isSureThousandsMark(mark.charCodeAt(0)) || word.includes(`${mark}0`));
    if (isOne) reading.ignore(index, word.length, line, 'thousands');
    else listedNumbers(reading, word, index, line, grouped && startsShort(word));
  }
  return reading;
}

function listedNumbers(reading: Reading, word: string, offset: number, line: number, unclear: boolean): void {
  for (const { 0: digits, index } of word.matchAll(/\d+/g)) {
    if (unclear && digits.charCodeAt(0) !== 48) reading.doubt(offset + index, digits.length, line, 'thousandsOrList');
    else judgeNumber(reading, offset + index, digits.length, line, digits.charCodeAt(0));
  }
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
