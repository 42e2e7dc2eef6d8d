/** Texts that are nothing but whole numbers and what separates them. */
import { digitsEnd, isDigit, isLineBreak, isSeparator, lineBreaks } from '../characters/characters.ts';
import { Reading } from '../found/reading.ts';
import { hasGroups, joinedNumbersIn, startsShort } from '../shapes/thousands.ts';
import { noId } from '../shapes/wholeNumbers.ts';

/** Reads a text that is only whole numbers and what separates them; undefined if anything else stands in it. */
export function plainListOf(text: string): Reading | undefined {
  const reading = new Reading(text);
  let line = 0;
  let hasShort = false;
  for (let at = 0; at < text.length; ) {
    const start = at++;
    const code = text.charCodeAt(start);
    if (isDigit(code)) {
      at = digitsEnd(text, at);
      if (code === 48 && isPhoneStart(text, start, at)) return undefined;
      hasShort ||= at - start < 4;
      put(reading, text, start, at, line);
    } else if (isLineBreak(code)) line += lineBreaks(text, start, at);
    else if (!isSeparator(code)) return undefined;
  }
  return hasShort && hasGroups(text) ? groupsOf(text) : reading;
}

function put(reading: Reading, text: string, start: number, end: number, line: number): void {
  const reason = noId(text.charCodeAt(start), end - start);
  if (reason) reading.ignore(start, end - start, line, reason);
  else reading.id(start, end - start, line, 0);
}

/** 030 12345678 is a phone number. */
function isPhoneStart(text: string, start: number, end: number): boolean {
  return end - start > 1 && text.charCodeAt(end) === 32 && isDigit(text.charCodeAt(end + 1));
}

/**
 * Reads a plain list with numbers such as 1,234,567. They are numbers with thousands separators if all of the text looks so
 * and one starts with one or two digits. A single such number may be a list; three digits everywhere are a list.
 */
function groupsOf(text: string): Reading {
  const reading = new Reading(text);
  const numbers = joinedNumbersIn(text);
  const allGrouped =
    numbers.length > 1 &&
    numbers.every(({ mark, isGrouped }) => mark === ',' && isGrouped) &&
    numbers.some(({ word }) => startsShort(word));
  let line = 0;
  let counted = 0;
  for (const { word, offset, isGrouped, isSure } of numbers) {
    line += lineBreaks(text, counted, offset);
    counted = offset;
    if (isSure || (isGrouped && allGrouped)) reading.ignore(offset, word.length, line, 'thousands');
    else if (isGrouped && startsShort(word)) doubtEach(reading, word, offset, line);
    else putEach(reading, text, offset, offset + word.length, line);
  }
  return reading;
}

function doubtEach(reading: Reading, word: string, offset: number, line: number): void {
  for (const { 0: digits, index } of word.matchAll(/\d+/g))
    reading.doubt(offset + index, digits.length, line, 'thousandsOrList');
}

function putEach(reading: Reading, text: string, from: number, to: number, line: number): void {
  for (const { 0: digits, index } of text.slice(from, to).matchAll(/\d+/g))
    put(reading, text, from + index, from + index + digits.length, line);
}
