/** Phone numbers, as people dial and type them: in groups. */

/** The end of a phone number in groups that starts at `start` with `+49`, `(555)` or `0049`; `end` if there is none. */
export function phoneEnd(text: string, start: number, end: number, last: number): number {
  const pattern =
    /(?:\+\d{1,3}|\(\d{3}\))(?:[ .()/\u00a0-]{1,2}\d{1,12}(?!\d)){1,6}|0\d{1,4}(?:[ .()/\u00a0-]{1,2}\d{1,8}(?!\d)){1,6}/y;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  const digits = match ? match[0].replaceAll(/\D/g, '').length : 0;
  return match && digits >= 7 && digits <= 15 ? Math.min(Math.max(end, start + match[0].length), last) : end;
}

/** The end of a number written in groups of digits, as people dial and type it: `823 4567 8901`; `end` if it is none. */
export function groupsOfDigitsEnd(text: string, start: number, end: number, last: number): number {
  const pattern = /\d{2,4}(?: \d{3,4}){2,4}(?![\d\p{L}]| \d)/uy;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  return match ? Math.min(Math.max(end, start + match[0].length), last) : end;
}
