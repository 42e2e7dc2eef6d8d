/**
 * Strings of JSON that are too long to be a key or a value that somebody needs as a whole. The library's scanner puts a
 * string together from one piece for each of its escapes, which for megabytes of them takes the memory of many times the
 * text; these are passed over by their ends.
 */
import { isBlankOrBreak, isLineBreak, trimmedStart } from '../characters/characters.ts';

export interface LongString {
  /** Where its opening quote stands. */
  readonly start: number;
  /** Behind its closing quote, or where its line or the text ends. */
  readonly end: number;
  readonly isClosed: boolean;
}

const longest = 65_536;

/** The string behind this place, blanks and line breaks between, if it is a long one. */
export function longStringAfter(text: string, from: number): LongString | undefined {
  const start = trimmedStart(text, from, text.length, isBlankOrBreak);
  if (text.charCodeAt(start) !== 34 || text.length - start <= longest) return undefined;
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34 || isLineBreak(code)) break;
  }
  if (at - start <= longest) return undefined;
  const isClosed = text.charCodeAt(at) === 34;
  return { start, end: Math.min(isClosed ? at + 1 : at, text.length), isClosed };
}
