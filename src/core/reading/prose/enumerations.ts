/** Lists of numbers inside other text: `5, 6 and 7`, `5;6`, one a line. */

const longestGap = 24;
const goesOn =
  /^[\s"'`]*(?:[,;|&/+]|\] (?:and|or|with|to) \[|\r?\n[-*•\s]*|and |or |und |oder |et |ou |y |o |e |en |och |i |ja |og |into )[\s"'`]*(?:and |or |und |y |et )?["'`]*$/;
/** Lists in a string of code in a string: `[\\"5\\", \\"6\\"]`, `5,\\n 6`. */
const escapes = /\\(?:["'`]|[nrt](?:",?\s*"?)?)/g;

/** A comment behind an element: `5, -- sold`. */
const commented = /^["'`]?,[ \t]*(?:--|#|\/\/)[^\r\n]*\r?\n[\s"'`]*$/;
const longestComment = 120;

/** How a list goes on between two numbers: in the same line, in the next one; undefined if other words stand between. */
export function gapBetween(text: string, from: number, to: number): 'here' | 'line' | undefined {
  if (to - from > longestComment || !mayGoOn(text, from)) return undefined;
  if (to - from > longestGap) return commented.test(text.slice(from, to)) ? 'line' : undefined;
  const slice = text.slice(from, to);
  const gap = slice.includes('\\') ? slice.replaceAll(escapes, ' ') : slice;
  if (!goesOn.test(gap) && !commented.test(gap)) return undefined;
  return /[\r\n]/.test(gap) ? 'line' : 'here';
}

const joiningLetters: ReadonlySet<number> = new Set([...'aeijouy'].map((letter) => letter.charCodeAt(0)));

/** Cheap for the many gaps that hold other words: a list goes on with a sign or a short word. */
function mayGoOn(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== 32) return code < 48 || code === 59 || code === 124 || code === 96 || code === 92 || code === 93;
  const next = text.charCodeAt(at + 1);
  if (next < 48 || next === 59 || next === 124) return true;
  // Of letters, only those that a joining word starts with.
  if (next > 64 && next < 123 && !joiningLetters.has(next) && next !== 93 && next !== 92 && next !== 96) return false;
  return (
    text.charCodeAt(at + 2) === 32 ||
    text.charCodeAt(at + 3) === 32 ||
    text.charCodeAt(at + 4) === 32 ||
    text.charCodeAt(at + 5) === 32
  );
}
