/** Whole numbers that are written together: `17982944313:9018837421`, `17982944313/17982944314`, and with a letter behind, `17982944313L`. */
import { isDigit } from './plainList.ts';

/** A pair of dates or of short codes has fewer digits on one side. */
const leastInPair = 7;
const leastBesideDash = 9;
const most = 19;

/** Where the mark stands that joins two numbers, each as long as a record id, of which [start, end) consists; else 0. */
export function pairMark(text: string, start: number, end: number): number {
  const mark = digitsEnd(text, start, end);
  const code = text.charCodeAt(mark);
  // A colon, a slash, an underscore or a dash.
  if (mark === end || (code !== 58 && code !== 47 && code !== 95 && code !== 45)) return 0;
  const least = code === 45 ? leastBesideDash : leastInPair;
  const second = digitsEnd(text, mark + 1, end);
  const isPair = second === end || pairMark(text, mark + 1, end) > 0;
  return isPair && isIdLike(text, start, mark, least) && isIdLike(text, mark + 1, second, least) ? mark : 0;
}

/** Where the letter stands with which code marks a number as a long one (`17982944313L`, `17982944313n`); else 0. */
export function longSuffix(text: string, start: number, end: number): number {
  const code = text.charCodeAt(end - 1);
  if (code !== 76 && code !== 110 && code !== 108) return 0;
  return end - 1 - start >= leastInPair && digitsEnd(text, start, end) === end - 1 ? end - 1 : 0;
}

function digitsEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && at - start <= most && isDigit(text.charCodeAt(at))) at++;
  return at;
}

function isIdLike(text: string, start: number, end: number, least: number): boolean {
  return end - start >= least && end - start <= most && text.charCodeAt(start) !== 48;
}
