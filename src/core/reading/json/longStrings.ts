/**
 * What may be megabytes long in JSON, and is passed over in steps: blanks, comments, and strings that are too long to be a key or
 * a value that somebody needs as a whole. The library's scanner puts a string together from one piece for each of its escapes,
 * which for megabytes of them takes the memory of many times the text; here only its ends are looked for.
 */
import { lengthOfStep, type Steps } from '../../domain/steps.ts';
import { isBlankOrBreak, isLineBreak, lineBreaks, trimmedStart } from '../characters/characters.ts';

interface LongString {
  /** Where its opening quote stands. */
  readonly start: number;
  /** Behind its closing quote, or where its line or the text ends. */
  readonly end: number;
  readonly isClosed: boolean;
}

const longest = 65_536;

/** True where a long string or word starts. */
export function startsLong(text: string, start: number): boolean {
  return startsLongString(text, start) || startsLongWord(text, start);
}

function startsLongString(text: string, start: number): boolean {
  if (text.charCodeAt(start) !== 34 || text.length - start <= longest) return false;
  return endWithin(text, start + 1, start + longest + 1) > start + longest;
}

/** The long string that starts here, whose end may be far away. */
export function* longStringAt(text: string, start: number): Steps<LongString> {
  let at = start + 1;
  for (let stop = at; at >= stop && at < text.length; yield) {
    stop = Math.min(text.length, at + lengthOfStep);
    at = endWithin(text, at, stop);
  }
  const isClosed = text.charCodeAt(at) === 34;
  return { start, end: Math.min(isClosed ? at + 1 : at, text.length), isClosed };
}

/** Where the string ends whose characters go on at `from`; `stop`, or what is escaped there, where it goes on behind it. */
function endWithin(text: string, from: number, stop: number): number {
  let at = from;
  for (; at < stop; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34 || isLineBreak(code)) break;
  }
  return at;
}

/** The word of letters and digits that starts here, outside of quotes, is a long one. */
function startsLongWord(text: string, start: number): boolean {
  return isWordCharacter(text.charCodeAt(start)) && wordEnd(text, start, start + longest) - start === longest;
}

/** Where that ends. */
export function* longWordEnd(text: string, start: number): Steps<number> {
  for (let at = start; ; yield) {
    const stop = Math.min(text.length, at + lengthOfStep);
    at = wordEnd(text, at, stop);
    if (at < stop || stop === text.length) return at;
  }
}

export function wordEnd(text: string, from: number, stop: number): number {
  let end = from;
  while (end < stop && isWordCharacter(text.charCodeAt(end))) end++;
  return end;
}

function isWordCharacter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

/** Blanks and comments between two tokens. */
export interface Gap {
  readonly end: number;
  /** How many line breaks stand in it. */
  readonly lines: number;
  readonly hasComment: boolean;
}

/** Longer blanks are passed over in steps, in UTF-16 code units: the library puts them together to a string, one by one. */
const longestBlanks = 1_000;

/** Where the next token starts behind a few blanks; undefined behind many of them, or a comment. */
export function nearToken(text: string, from: number): number | undefined {
  const start = trimmedStart(text, from, Math.min(text.length, from + longestBlanks), isBlankOrBreak);
  return start - from === longestBlanks || text.charCodeAt(start) === 47 ? undefined : start;
}

/** Where the next token starts, however far away. */
export function* gapAfter(text: string, from: number): Steps<Gap> {
  let lines = 0;
  let hasComment = false;
  for (let at = from; ; yield) {
    const stop = Math.min(text.length, at + lengthOfStep);
    const end = trimmedStart(text, at, stop, isBlankOrBreak);
    const mark = text.slice(end, end + 2);
    const behind = mark === '/*' ? commentEnd(text, '*/', end) : mark === '//' ? commentEnd(text, '\n', end) : end;
    hasComment ||= behind > end;
    for (let counted = at; counted < behind; counted += lengthOfStep) {
      lines += lineBreaks(text, counted, Math.min(behind, counted + lengthOfStep));
      if (counted + lengthOfStep < behind) yield;
    }
    if (behind === text.length || (behind === end && end < stop)) return { end: behind, lines, hasComment };
    at = behind;
  }
}

function commentEnd(text: string, mark: string, start: number): number {
  const at = text.indexOf(mark, start + 2);
  return at < 0 ? text.length : at + mark.length;
}
