/** Where a pair of ids stands in a text that may have been edited since. */
import { nearestPlace, standsAt } from './idInText.ts';

export interface PairPlace {
  readonly from: string;
  readonly to: string;
  /** Where the line of the pair begins, in UTF-16 code units. */
  readonly lineStart: number;
}

/**
 * Where the associated id stands: on its line if that has both ids. Where the text is the one that was read, behind the
 * beginning of that line, since a row may go over several lines. Otherwise on the nearest line with both, at most `within` away.
 * Undefined where nothing can be claimed.
 */
export function pairInText(
  text: string,
  { from, to, lineStart }: PairPlace,
  isUnchanged: boolean,
  within: number,
): number | undefined {
  const here = onLine(text, from, to, lineStart);
  if (here !== undefined) return here;
  if (isUnchanged) return firstFrom(text, to, lineStart, lineStart + within);
  let best: number | undefined;
  let at = firstFrom(text, to, Math.max(0, lineStart - within), lineStart + within);
  while (at !== undefined) {
    const isPair = onLine(text, from, to, text.lastIndexOf('\n', at) + 1) !== undefined;
    // What the line says holds for all of it: a line of megabytes may have the id a hundred thousand times.
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    for (; isPair && at !== undefined && at < next; at = firstFrom(text, to, at + to.length, lineStart + within))
      if (best === undefined || Math.abs(at - lineStart) < Math.abs(best - lineStart)) best = at;
    if (!isPair) at = firstFrom(text, to, next, lineStart + within);
  }
  return best;
}

/** Where the associated id stands on a line, if both do: the one of the two is not the other. */
function onLine(text: string, from: string, to: string, lineStart: number): number | undefined {
  const end = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, end < 0 ? text.length : end);
  const fromAt = nearestPlace(line, from, 0);
  if (fromAt === undefined) return undefined;
  const toAt = firstFrom(line, to, from === to ? fromAt + from.length : 0, line.length);
  return toAt === undefined ? undefined : lineStart + toAt;
}

function firstFrom(text: string, id: string, start: number, end: number): number | undefined {
  for (let at = text.indexOf(id, start); at >= 0 && at <= end; at = text.indexOf(id, at + 1)) {
    if (standsAt(text, id, at)) return at;
  }
  return undefined;
}
