/** Whole numbers that are written together: `17982944313:9018837421`, `17982944313/17982944314`, and with a letter behind, `17982944313L`. */
import { digitsEnd } from '../characters/characters.ts';
import { leastLong, mostDigits } from './wholeNumbers.ts';

/** With a dash between, eight digits are a day: `20261124-20261125`. */
const leastBesideDash = 9;
/** Longer words are no pairs. */
const longest = 200;

/** True when [start, end) is nothing but numbers, each as long as a record id, with a colon, slash, dash or underscore between. */
export function areJoined(text: string, start: number, end: number): boolean {
  if (end - start < leastLong * 2 + 1 || end - start > longest) return false;
  let numbers = 0;
  for (let at = start; at < end; numbers++) {
    const stop = digitsEnd(text, at, end);
    const mark = stop < end ? text.charCodeAt(stop) : text.charCodeAt(at - 1);
    if (mark !== 58 && mark !== 47 && mark !== 95 && mark !== 45) return false;
    if (!isIdLike(text, at, stop, mark === 45 ? leastBesideDash : leastLong)) return false;
    at = stop + 1;
  }
  return numbers > 1 && digitsEnd(text, end - 1, end) === end;
}

/** Where the letter stands with which code marks a number as a long one (`17982944313L`, `17982944313n`); else 0. */
export function longSuffix(text: string, start: number, end: number): number {
  const code = text.charCodeAt(end - 1);
  if (code !== 76 && code !== 110 && code !== 108) return 0;
  return end - 1 - start >= leastLong && digitsEnd(text, start, end) === end - 1 ? end - 1 : 0;
}

function isIdLike(text: string, start: number, end: number, least: number): boolean {
  return end - start >= least && end - start <= mostDigits && text.charCodeAt(start) !== 48;
}
