/** Lines that are nothing but numbers, in texts that are mostly such lines. */
import { lengthOfStep, longestWord, type Steps } from '../../domain/steps.ts';
import {
  characterClasses,
  digitsEnd,
  isDigit,
  isLineBreak,
  isSeparator,
  OTHER_DIGIT,
} from '../characters/characters.ts';
import { areJoined, longSuffix } from '../shapes/joinedNumbers.ts';
import { wholeDigits } from '../shapes/wholeNumbers.ts';

/**
 * True when the line that starts at `start` holds at least one whole number and else only separators, numbers of other
 * shapes (1.5, -3, 1.2E+11, $5, 12%, digits of another script) and marks of an empty value (NULL, N/A). A date or a time
 * makes it a line of a log.
 */
export function isListLine(text: string, start: number, end: number): boolean {
  const found = { numbers: 0 };
  return passed(text, start, end, end, found) >= 0 && found.numbers > 0;
}

/** The same of a line of which only the beginning is looked at; undefined where that does not tell. */
export function isListLineSoFar(text: string, start: number, end: number): boolean | undefined {
  const found = { numbers: 0 };
  const stop = Math.min(end, start + lengthOfStep);
  const at = passed(text, start, stop, end, found);
  if (at >= stop && at < end) return undefined;
  return at >= 0 && found.numbers > 0;
}

/** The same of a line however long, in steps. */
export function* isLongListLine(text: string, start: number, end: number): Steps<boolean> {
  const found = { numbers: 0 };
  for (let at = start; ; yield) {
    const stop = Math.min(end, at + lengthOfStep);
    at = passed(text, at, stop, end, found);
    if (at < 0) return false;
    if (at < stop || at >= end) return found.numbers > 0;
  }
}

/** How far, up to `stop` or just behind it, the line is as that of a list; -1 where something else stands. */
function passed(text: string, start: number, stop: number, end: number, found: { numbers: number }): number {
  let at = start;
  while (at < stop && !isLineBreak(text.charCodeAt(at))) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      const token = numberAt(text, at, end);
      if (token === undefined) return -1;
      found.numbers += Number(token.isWhole);
      at = token.end;
    } else {
      const length = lengthBeside(text, at, code);
      if (length === 0) return -1;
      at += length;
    }
  }
  return at;
}

/** How much may stand between the numbers of a list line here; 0 where something else stands. */
function lengthBeside(text: string, at: number, code: number): number {
  if (isSeparator(code) || code === 36 || code === 0x20ac || code === 0xa3 || code === 37) return 1;
  if (code === 45 || code === 43 || (code > 127 && characterClasses[code] === OTHER_DIGIT)) return 1;
  return emptyValue(text, at);
}

/** The number that starts here and whether it is a whole one; undefined if it is part of something else. */
function numberAt(text: string, start: number, end: number): { end: number; isWhole: boolean } | undefined {
  const at = digitsEnd(text, start + 1, Math.min(end, start + longestWord));
  // So many digits are no number, and what they are is no list.
  if (at - start === longestWord) return undefined;
  if (isEndOfToken(text, at, end)) return { end: at, isWhole: true };
  const joined = joinedEnd(text, start, end);
  if (joined > 0) return { end: joined, isWhole: true };
  const odd = oddNumberEnd(text, start);
  return odd < 0 || !isEndOfToken(text, odd, end)
    ? undefined
    : { end: odd, isWhole: wholeDigits(text, start, odd) > 0 };
}

/** True when at least half of the lines at the start of the text (its first 64 kB) are list lines. */
export function isMostlyLists(text: string): boolean {
  let lists = 0;
  let lines = 0;
  const sample = Math.min(text.length, 65_536);
  for (let start = 0; start < sample; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 || newline > sample ? sample : newline;
    // A number that a spreadsheet rounded is what is left of an id.
    if (!isEmpty(text, start, end) && !rounded.test(text.slice(start, Math.min(end, start + 40)))) {
      lines++;
      if (isListLine(text, start, end)) lists++;
    }
    start = end + 1;
  }
  return lists * 2 >= lines && lists > 0;
}

const rounded = /^\s*\d(?:[.,]\d+)?E\+\d{1,2}\s*$/i;

function isEmpty(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; ) {
    const code = text.charCodeAt(at);
    const length = isSeparator(code) || code === 13 || code === 45 ? 1 : emptyValue(text, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

function isEndOfToken(text: string, at: number, end: number): boolean {
  if (at >= end) return true;
  const code = text.charCodeAt(at);
  return isLineBreak(code) || isSeparator(code) || code === 37 || code === 0x20ac;
}

/** The end of 1.5, 1.234.567, 1.2E+11, or of the "1." that numbers a list. */
function oddNumberEnd(text: string, start: number): number {
  const pattern = /\d+(?:[.,]\d+){0,100}(?:[eE]\+?\d{1,3})?[.)]?/y;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  // Three dots are an IP address.
  return match && !/^\d+\.\d+\.\d+\.\d+$/.test(match[0]) ? start + match[0].length : -1;
}

/** The end of a word that is a pair of numbers, or a number marked as a long one; 0 if it is neither. */
function joinedEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && at - start < longestJoined && !isEndOfToken(text, at, end)) at++;
  return areJoined(text, start, at) || longSuffix(text, start, at) > 0 ? at : 0;
}

const longestJoined = 80;

function emptyValue(text: string, at: number): number {
  const pattern = /(?:null|none|nan|nil|n\/a|na|undefined|#n\/a|x(?=\]))\b/iy;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
