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
  let groupAt = -1;
  let hasGroups = false;
  for (let at = 0; at < end; ) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      const start = at;
      at = numberEnd(text, at);
      if (at - start < 4) {
        hasGroups ||= at - start === 3 && groupAt === start;
        groupAt = isThousandsMark(text.charCodeAt(at)) ? at + 1 : groupAt;
      }
      if (code === 48 && isPhoneStart(text, start, at)) return undefined;
      put(reading, code, start, at - start, line);
    } else if (isLineBreak(code)) {
      at++;
      if (code === 10 || text.charCodeAt(at) !== 10) line++;
    } else if (isSeparator(code)) at++;
    else return undefined;
  }
  return hasGroups ? groupsOf(text) : reading;
}

function put(reading: NumberSink, first: number, offset: number, length: number, line: number): void {
  const reason = noId(first, length);
  if (reason) reading.ignore(offset, length, line, reason);
  else reading.id(offset, length, line, 0);
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
    else judgeNumber(reading, digits, offset + index, line, 0);
  }
}

/** Where judged numbers go; `code` is the owner's own. */
export interface NumberSink {
  id(offset: number, length: number, line: number, code: number): void;
  ignore(offset: number, length: number, line: number, reason: IgnoredReason): void;
}

/** Why a run of digits that starts with this one and is so long is no id wherever it stands. */
export function noId(first: number, length: number): IgnoredReason | undefined {
  if (first === 48) return length === 1 ? 'zero' : 'leadingZero';
  return length > 19 ? 'tooLong' : undefined;
}

/** Takes in a run of digits that stands where an id is expected. */
export function judgeNumber(reading: NumberSink, digits: string, offset: number, line: number, code: number): void {
  const reason = noId(digits.charCodeAt(0), digits.length);
  if (reason) reading.ignore(offset, digits.length, line, reason);
  else reading.id(offset, digits.length, line, code);
}

function numberEnd(text: string, start: number): number {
  let at = start + 1;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}
