/** Lines that are nothing but numbers, in texts that are mostly such lines. */
import { areJoined, longSuffix } from '../shapes/joinedNumbers.ts';
import { wholeDigits } from '../shapes/tokenShape.ts';
import { isDigit, isSeparator } from './plainList.ts';

/**
 * True when the line that starts at `start` holds at least one whole number and else only separators, numbers of other
 * shapes (1.5, -3, 1.2E+11, $5, 12%) and marks of an empty value (NULL, N/A). A date or a time makes it a line of a log.
 */
export function isListLine(text: string, start: number, end: number): boolean {
  let numbers = 0;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) break;
    if (isSeparator(code) || code === 36 || code === 0x20ac || code === 0xa3 || code === 37) {
      at++;
      continue;
    }
    if (isDigit(code)) {
      const tokenStart = at;
      do at++;
      while (at < end && isDigit(text.charCodeAt(at)));
      if (isEndOfToken(text, at, end)) numbers++;
      else {
        const joined = joinedEnd(text, tokenStart, end);
        at = joined > 0 ? joined : oddNumberEnd(text, tokenStart);
        if (at < 0 || !isEndOfToken(text, at, end)) return false;
        if (joined > 0 || wholeDigits(text, tokenStart, at) > 0) numbers++;
      }
    } else if (code === 45 || code === 43) {
      at++;
    } else {
      const blank = emptyValue(text, at);
      if (blank === 0) return false;
      at += blank;
    }
  }
  return numbers > 0;
}

/** True when at least half of the lines at the start of the text (its first 64 kB) are list lines. */
export function isMostlyLists(text: string): boolean {
  let lists = 0;
  let lines = 0;
  const sample = Math.min(text.length, 65_536);
  for (let start = 0; start < sample; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    // A number that a spreadsheet rounded is what is left of an id.
    if (!isBlank(text, start, end) && !rounded.test(text.slice(start, Math.min(end, start + 40)))) {
      lines++;
      if (isListLine(text, start, end)) lists++;
    }
    start = end + 1;
  }
  return lists * 2 >= lines && lists > 0;
}

const rounded = /^\s*\d(?:[.,]\d+)?E\+\d{1,2}\s*$/i;

function isBlank(text: string, start: number, end: number): boolean {
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
  return code === 10 || code === 13 || isSeparator(code) || code === 37 || code === 0x20ac;
}

/** The end of 1.5, 1.234.567, 1.2E+11, or of the "1." that numbers a list. */
function oddNumberEnd(text: string, start: number): number {
  const pattern = /\d+(?:[.,]\d+)*(?:[eE]\+?\d{1,3})?[.)]?/y;
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
