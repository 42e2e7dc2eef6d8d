/** Where a word with digits in it starts and ends. */
import { isDigit } from '../characters/characters.ts';

/** True for a colon inside a time, or an address in hexadecimal groups. */
export function isTimeColon(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const next = text.charCodeAt(at + 1);
  if (isDigit(next) && isDigit(before)) return true;
  if (!isHexDigit(before) || !isHexDigit(next)) return false;
  let end = at + 1;
  while (end < at + 6 && isHexDigit(text.charCodeAt(end))) end++;
  // A second group makes it an address: "db8:85a3:".
  return text.charCodeAt(end) === 58 || (end < at + 6 && text.charCodeAt(at - 2) === 58);
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

/** What may stand before a word without belonging to it: a dot, a slash, a lone dash, an escaped line break. */
export function isLooseStart(text: string, start: number, floor: number): boolean {
  const code = text.charCodeAt(start);
  const next = text.charCodeAt(start + 1);
  if (code === 46 || code === 47 || code === 92) return true;
  if (code === 45 || code === 43) return !isDigit(next) || (start > floor && text.charCodeAt(start - 1) === code);
  return false;
}

/** Two for `\\n`, six for `\\u003c`: an escape of a string that stands in code. */
export function escapeLength(text: string, start: number, at: number): number {
  if (text.charCodeAt(start) !== 92 || start + 1 >= at) return 1;
  return text.charCodeAt(start + 1) === 117 ? 6 : 2;
}

/** What a backslash makes an escape of: a line break, a tab, a quote. */
export function isEscape(code: number): boolean {
  return code === 110 || code === 114 || code === 116 || code === 34 || code === 39;
}
