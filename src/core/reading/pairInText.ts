/** Where a pair of ids stands in a text that may have been edited since. */
import { firstPlace } from './idInText.ts';
import { lengthOfStep, type Steps } from './steps.ts';

export interface PairPlace {
  readonly from: string;
  readonly to: string;
  /** Where the line of the pair begins, in UTF-16 code units. */
  readonly lineStart: number;
}

/**
 * Where the associated id stands: on its line if that has both ids. Where the text is the one that was read, behind the
 * beginning of that line, since a row may go over several lines. Otherwise on the nearest line with both, at most `within` away.
 * Undefined where nothing can be claimed. In steps.
 */
export function* pairInText(
  text: string,
  { from, to, lineStart }: PairPlace,
  isUnchanged: boolean,
  within: number,
): Steps<number | undefined> {
  const here = onLine(text, from, to, lineStart);
  if (here !== undefined) return here;
  if (isUnchanged) return firstPlace(text, to, lineStart, lineStart + within);
  const farthest = lineStart + within;
  let best: number | undefined;
  let step = 0;
  /** Of the line at hand: what it says holds for all of it, and one of megabytes may have the id a hundred thousand times. */
  let isPair = false;
  let next = 0;
  let at = firstPlace(text, to, Math.max(0, lineStart - within), farthest);
  for (; at !== undefined; at = firstPlace(text, to, isPair ? at + to.length : next, farthest)) {
    if (at > step) {
      yield;
      step = at + lengthOfStep;
    }
    if (at >= next) {
      isPair = onLine(text, from, to, text.lastIndexOf('\n', at) + 1) !== undefined;
      next = startOfNext(text, at);
    }
    if (isPair && (best === undefined || Math.abs(at - lineStart) < Math.abs(best - lineStart))) best = at;
  }
  return best;
}

function startOfNext(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Where the associated id stands on a line, if both do: the one of the two is not the other. */
function onLine(text: string, from: string, to: string, lineStart: number): number | undefined {
  const end = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, end < 0 ? text.length : end);
  const fromAt = firstPlace(line, from, 0, line.length);
  if (fromAt === undefined) return undefined;
  const toAt = firstPlace(line, to, from === to ? fromAt + from.length : 0, line.length);
  return toAt === undefined ? undefined : lineStart + toAt;
}
