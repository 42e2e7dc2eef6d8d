/** Text of any direction beside other text: what it does to the order of characters must end where it ends. */

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/** Isolates in and out, and control characters, some of which end a paragraph and with it every isolate (Unicode's bidirectional classes, UAX #9). */
const breaking = /[\u2066-\u2069\p{Zp}\p{Cc}]/u;

/** Letters that are written from the right, numbers and marks that go with them, and the marks that ask for an order. */
const turning =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\u200e\u200f\u202a-\u202e]/u;

/**
 * The text with every isolate closed that it opens and none that it did not open, in one paragraph. So an isolate around it
 * ends where it should: alone, `U+2069 U+202E` would close that and turn round what follows.
 */
export function selfContained(text: string): string {
  if (!breaking.test(text)) return text;
  let open = 0;
  let contained = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === popIsolate) {
      if (open === 0) continue;
      open--;
    } else if (character >= '\u2066' && character <= firstStrongIsolate) open++;
    contained += breaking.test(character) && (character < '\u2066' || character > popIsolate) ? ' ' : character;
  }
  return contained + popIsolate.repeat(open);
}

/**
 * The text as it may stand within a line of plain text: between isolates where it could change the order of what stands
 * around it, as an Arabic name before a number does; otherwise as it is.
 */
export function isolated(text: string): string {
  const contained = selfContained(text);
  return turning.test(contained) ? `${firstStrongIsolate}${contained}${popIsolate}` : contained;
}
