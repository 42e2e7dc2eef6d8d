/**
 * The first line of a ledger of version 0.1.0, which holds all asked ids: for a million of them it has fourteen megabytes, and
 * is read a piece at a time.
 */
import { GrowingIds } from '../answer/growingIds.ts';
import { checkingJson, lengthOfStep, parsed } from './lineWriter.ts';
import { type FirstHead, readFirstHead } from './readLines.ts';

const beforeIds = '"ids":[';
/** What stands between two ids, and may stand in one. */
const betweenIds = '","';
const behindIds = '"]';

/** So often something in an id is taken for the end of it. */
const mostTries = 10;

/**
 * What {@link readFirstHead} tells of the line, in steps of a few milliseconds. Undefined also for a short line, and where the ids
 * cannot be told from the rest: such a line is to be read as a whole.
 */
export function* readingLongHead(line: string): Generator<void, FirstHead | undefined, void> {
  if (line.length < lengthOfStep) return undefined;
  const json = yield* checkingJson(line);
  const start = json ? json.indexOf(beforeIds) + beforeIds.length : 0;
  if (!json || start < beforeIds.length) return undefined;
  const last = json.lastIndexOf(behindIds);
  const ids = new GrowingIds([], false);
  for (let from = start; from <= last; ) {
    const piece = pieceOf(json, from, last);
    if (!piece) return undefined;
    ids.add(piece.ids);
    from = piece.next;
    yield;
  }
  ids.close();
  const rest = parsed(json.slice(0, start) + json.slice(last + 1));
  const first = typeof rest === 'object' && rest !== null ? readFirstHead(rest as Record<string, unknown>) : undefined;
  return first?.kind === 'first' ? { kind: 'first', question: { ...first.question, ids } } : first;
}

/** Some ids, and where the next one begins. @param last the quote behind the last id */
function pieceOf(
  json: string,
  from: number,
  last: number,
): { readonly ids: readonly string[]; readonly next: number } | undefined {
  let end = from + lengthOfStep;
  for (let tries = 0; tries < mostTries; tries++) {
    const between = json.indexOf(betweenIds, end);
    end = between < 0 || between > last ? last : between;
    const ids = parsed(`[${json.slice(from, end + 1)}]`);
    if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return { ids, next: end + 2 };
    end++;
  }
  return undefined;
}
