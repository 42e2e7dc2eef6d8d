import type { Reading } from './reading.ts';
import type { IgnoredReason } from './reasons.ts';

/** What may stand between the ids of a plain list. */
const separators = new Uint8Array(65536);
for (const each of ' \t\v\f,;|\'"`[](){}<>*•·、，；،„“”‚‘’«»\u0000\u00a0\u1680\u202f\u205f\u2060\u2028\u2029\u3000\ufeff') {
  separators[each.charCodeAt(0)] = 1;
}
for (let space = 0x2000; space <= 0x200f; space++) separators[space] = 1;
for (let mark = 0x202a; mark <= 0x202e; mark++) separators[mark] = 1;
for (let mark = 0x2066; mark <= 0x2069; mark++) separators[mark] = 1;

/**
 * Reads a text that is only whole numbers and what separates them. Returns false, with the reading incomplete, as soon as
 * anything else stands in the text.
 */
export function readPlainList(text: string, reading: Reading): boolean {
  const end = text.length;
  let line = 0;
  let at = 0;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      const start = at;
      do at++;
      while (at < end && isDigit(text.charCodeAt(at)));
      judgeNumber(reading, start, at - start, line, code);
    } else if (code === 10) {
      line++;
      at++;
    } else if (code === 13) {
      if (text.charCodeAt(at + 1) !== 10) line++;
      at++;
    } else if (separators[code] === 1) at++;
    else return false;
  }
  return true;
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
