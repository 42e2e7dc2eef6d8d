/** Where a pair of ids stands in a text that may have been edited since. */
import { lengthOfStep, type Steps } from '../domain/steps.ts';
import { findingPlace } from './idInText.ts';

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
  const here = yield* onLine(text, from, to, lineStart);
  if (here !== undefined) return here;
  if (isUnchanged) return yield* findingPlace(text, to, lineStart, lineStart + within);
  const farthest = lineStart + within;
  let best: number | undefined;
  let step = 0;
  /** Of the line at hand: what it says holds for all of it, and one of megabytes may have the id a hundred thousand times. */
  let isPair = false;
  let next = 0;
  let at = yield* findingPlace(text, to, Math.max(0, lineStart - within), farthest);
  for (; at !== undefined; at = yield* findingPlace(text, to, isPair ? at + to.length : next, farthest)) {
    if (at > step) {
      yield;
      step = at + lengthOfStep;
    }
    if (at >= next) {
      isPair = (yield* onLine(text, from, to, yield* startOfLine(text, at))) !== undefined;
      next = (yield* endOfLine(text, at)) + 1;
    }
    if (isPair && (best === undefined || Math.abs(at - lineStart) < Math.abs(best - lineStart))) best = at;
  }
  return best;
}

function* startOfLine(text: string, at: number): Steps<number> {
  for (let end = at; end > 0; end -= lengthOfStep) {
    const from = Math.max(0, end - lengthOfStep);
    const found = text.slice(from, end).lastIndexOf('\n');
    if (found >= 0) return from + found + 1;
    yield;
  }
  return 0;
}

function* endOfLine(text: string, at: number): Steps<number> {
  for (let from = at; from < text.length; from += lengthOfStep) {
    const found = text.slice(from, from + lengthOfStep).indexOf('\n');
    if (found >= 0) return from + found;
    yield;
  }
  return text.length;
}

/** Where the associated id stands on a line, if both do: the one of the two is not the other. */
function* onLine(text: string, from: string, to: string, lineStart: number): Steps<number | undefined> {
  const end = yield* endOfLine(text, lineStart);
  const fromAt = yield* findingPlace(text, from, lineStart, end);
  if (fromAt === undefined) return undefined;
  return yield* findingPlace(text, to, from === to ? fromAt + from.length : lineStart, end);
}
