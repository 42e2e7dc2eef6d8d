/** The place of each of many texts among all of them, so that rows can be sorted by a number instead. Pure. */
import { rowsAStep, type Steps } from './steps.ts';

/**
 * The place of each text from 0 up, with numbers in them compared as numbers: `deals.csv:9` comes before `deals.csv:10`. Texts that
 * are the same to a reader share a place; Infinity where there is none.
 */
export function* textRanks(texts: readonly (string | undefined)[]): Steps<Float64Array> {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const first = new Map<string, number>();
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at];
    if (text !== undefined && !first.has(text)) first.set(text, first.size);
    if (at % rowsAStep === rowsAStep - 1) yield rowsAStep;
  }
  const distinct = yield* sorted([...first.keys()], compare);
  const ranks = new Map<string, number>();
  let rank = -1;
  for (const [at, text] of distinct.entries()) {
    if (at === 0 || compare(distinct[at - 1]!, text) !== 0) rank++;
    ranks.set(text, rank);
    if (at % comparedAStep === comparedAStep - 1) yield comparedAStep;
  }
  const places = new Float64Array(texts.length);
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at];
    places[at] = text === undefined ? Number.POSITIVE_INFINITY : ranks.get(text)!;
    if (at % rowsAStep === rowsAStep - 1) yield rowsAStep;
  }
  return places;
}

/** To compare two texts as a reader does takes a hundred times as long as to move a row. */
const comparedAStep = 2048;

/** Merges neighbouring stretches that are in order until one is left: places in a file mostly are from the start. */
function* sorted(texts: string[], compare: (one: string, other: string) => number): Steps<string[]> {
  let starts = [0];
  for (let at = 1; at < texts.length; at++) {
    if (compare(texts[at - 1]!, texts[at]!) > 0) starts.push(at);
    if (at % comparedAStep === 0) yield comparedAStep;
  }
  let from = texts;
  while (starts.length > 1) {
    const to: string[] = [];
    const next: number[] = [];
    for (let run = 0; run < starts.length; run += 2) {
      next.push(to.length);
      const end = starts[run + 2] ?? from.length;
      const middle = starts[run + 1] ?? end;
      yield* merge(from, to, [starts[run]!, middle, end], compare);
    }
    from = to;
    starts = next;
  }
  return from;
}

function* merge(
  from: readonly string[],
  to: string[],
  [start, middle, end]: readonly [number, number, number],
  compare: (one: string, other: string) => number,
): Steps<void> {
  let left = start;
  let right = middle;
  while (left < middle || right < end) {
    const takesLeft = right >= end || (left < middle && compare(from[left]!, from[right]!) <= 0);
    to.push(takesLeft ? from[left++]! : from[right++]!);
    if (to.length % comparedAStep === 0) yield comparedAStep;
  }
}
