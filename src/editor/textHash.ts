import { createHash } from 'node:crypto';
import type { Turns } from './turns.ts';

/** In UTF-16 code units: a few milliseconds. */
const lengthOfPiece = 1_000_000;

/**
 * The SHA-256 of a text as UTF-8, in hexadecimal digits, made in turns.
 * @param mark stands before the text
 * @throws the signal's reason when it is aborted
 */
export async function textHash(text: string, turns: Turns, mark = ''): Promise<string> {
  const hash = createHash('sha256').update(mark);
  for (let from = 0; from < text.length; ) {
    let to = from + lengthOfPiece;
    // Half of a pair of surrogates would be another character.
    if (isHighSurrogate(text.charCodeAt(to - 1))) to++;
    hash.update(text.slice(from, to));
    from = to;
    if (turns.isOver) await turns.next();
  }
  return hash.digest('hex');
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
