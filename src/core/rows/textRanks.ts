/** The place of each of many texts among all of them, so that rows can be sorted by a number instead. Pure. */
import { type Compare, inOrder } from '../domain/steps.ts';
import { streamSafe } from '../text/combiningMarks.ts';
import { rowsAStep, type Steps } from './steps.ts';

/** To compare two texts as a reader does takes a hundred times as long as to move a row. */
const comparedAStep = 2048;

/** So much of a text is compared as a reader does, in UTF-16 code units; texts that differ further behind, by their code units. */
const longestCompared = 1_000;

/**
 * The place of each text from 0 up, with numbers in them compared as numbers: `deals.csv:9` comes before `deals.csv:10`. Texts that
 * are the same to a reader share a place; Infinity where there is none.
 */
export function* textRanks(texts: readonly (string | undefined)[]): Steps<Float64Array> {
  const { compare: compareTexts } = new Intl.Collator(undefined, { numeric: true });
  const heads = yield* headsOf(texts);
  return yield* ranked(texts, (one, other) =>
    texts[one] === texts[other]
      ? 0
      : compareTexts(heads[one]!, heads[other]!) || compareLong(texts[one]!, texts[other]!),
  );
}

/** The beginning of each text, in which no accents are so many that to compare them takes long. */
function* headsOf(texts: readonly (string | undefined)[]): Steps<(string | undefined)[]> {
  const heads: (string | undefined)[] = [];
  for (const text of texts) {
    heads.push(text === undefined || text.length <= 30 ? text : streamSafe(text.slice(0, longestCompared)));
    if (heads.length % comparedAStep === 0) yield comparedAStep;
  }
  return heads;
}

/** Of texts with the same beginning, those that have no more than that come first. */
function compareLong(one: string, other: string): number {
  const [isLong, isOtherLong] = [one.length > longestCompared, other.length > longestCompared];
  if (!isLong || !isOtherLong) return Number(isLong) - Number(isOtherLong);
  return one < other ? -1 : Number(one > other);
}

/** The same for numbers, which may be below zero. */
export function* numberRanks(numbers: readonly (number | undefined)[]): Steps<Float64Array> {
  return yield* ranked(numbers, (one, other) => numbers[one]! - numbers[other]!);
}

function* ranked(items: readonly unknown[], compare: Compare): Steps<Float64Array> {
  const ranks = new Float64Array(items.length).fill(Number.POSITIVE_INFINITY);
  const places = new Uint32Array(items.length);
  let count = 0;
  for (let at = 0; at < items.length; at++) {
    if (items[at] !== undefined) places[count++] = at;
    if (at % rowsAStep === rowsAStep - 1) yield rowsAStep;
  }
  const sorted = yield* inOrder(places.subarray(0, count), compare, comparedAStep, comparedAStep);
  let rank = -1;
  for (let at = 0; at < count; at++) {
    if (at === 0 || compare(sorted[at - 1]!, sorted[at]!) !== 0) rank++;
    ranks[sorted[at]!] = rank;
    if (at % comparedAStep === comparedAStep - 1) yield comparedAStep;
  }
  return ranks;
}
