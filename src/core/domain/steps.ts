/** Work that comes in steps of a few milliseconds, so that whoever has it done can let others work between two of them. */
export type Steps<Result> = Generator<void, Result, void>;

/**
 * What is left, in steps, of work of which mostly nothing is left: whoever had it begun goes on with it at once. So a cell of ten
 * digits costs no generator, and a cell of twenty million can be cut all the same.
 */
export type Left = Steps<void> | undefined;

/** So many places are taken in at one step. */
export const placesOfStep = 100_000;

/** So much of a text is read at one step, in UTF-16 code units. */
export const lengthOfStep = 40_000;

/** A word or number longer than this is no record's and is passed over without being held as a whole, in UTF-16 code units. */
export const longestWord = 65_536;

/** So many pairs are gone through at one step. */
export const pairsOfStep = 4_000;

/** So many associations are taken into an Answer at one step: some ten milliseconds. */
export const associationsOfStep = 15_000;

/** So many elements of an answer are read at one step: an odd one takes some ten microseconds. */
export const elementsOfStep = 1000;

/** Says when a step is over, of work whose parts are of any size. */
export class Pace {
  readonly #most: number;
  #done = 0;

  /** @param most so many things, and parts of work, make a step */
  constructor(most = elementsOfStep) {
    this.#most = most;
  }

  /** @param things of the part of work that was done */
  isOver(things: number): boolean {
    this.#done += things + 1;
    if (this.#done < this.#most) return false;
    this.#done = 0;
    return true;
  }
}

/** Does `work` with each element of a list and its place, in steps. */
export function* inSteps<Element>(list: readonly Element[], work: (element: Element, at: number) => void): Steps<void> {
  for (let at = 0; at < list.length; at++) {
    if (at % elementsOfStep === elementsOfStep - 1) yield;
    work(list[at]!, at);
  }
}

/** The place of the first element that does not pass `fits`, which is asked of many together; -1 where all do. In steps. */
export function* firstUnfit(list: readonly unknown[], fits: (some: readonly unknown[]) => boolean): Steps<number> {
  for (let at = 0; at < list.length; at += elementsOfStep) {
    if (at > 0) yield;
    const some = list.length > elementsOfStep ? list.slice(at, at + elementsOfStep) : list;
    if (!fits(some)) return at + some.findIndex((element) => !fits([element]));
  }
  return -1;
}

/** Whether all elements of a list pass `fits`, in steps. */
export function* allFit(list: readonly unknown[], fits: (some: readonly unknown[]) => boolean): Steps<boolean> {
  return (yield* firstUnfit(list, fits)) < 0;
}

/** Does all of it at once. */
export function finished<Result>(steps: Generator<unknown, Result, void>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

export type Compare = (one: number, other: number) => number;

/**
 * The items in order; those that compare as the same stay as they were. Neighbouring stretches that are in order, as most are
 * from the start, are merged until one is left. Writes into the items given.
 * @param most comparisons in a step
 * @param step what each step yields
 */
export function* inOrder<Step>(
  items: Uint32Array,
  compare: Compare,
  most: number,
  step: Step,
): Generator<Step, Uint32Array, void> {
  let starts = [0];
  for (let at = 1; at < items.length; at++) {
    if (compare(items[at - 1]!, items[at]!) > 0) starts.push(at);
    if (at % most === 0) yield step;
  }
  let from = items;
  let to: Uint32Array = new Uint32Array(starts.length > 1 ? items.length : 0);
  while (starts.length > 1) {
    const next: number[] = [];
    for (let run = 0; run < starts.length; run += 2) {
      const start = starts[run]!;
      const middle = starts[run + 1] ?? from.length;
      const end = starts[run + 2] ?? from.length;
      next.push(start);
      for (let at = start, left = start, right = middle; at < end; at++) {
        const takesLeft = right >= end || (left < middle && compare(from[left]!, from[right]!) <= 0);
        to[at] = takesLeft ? from[left++]! : from[right++]!;
        if (at % most === most - 1) yield step;
      }
    }
    [from, to] = [to, from];
    starts = next;
  }
  return from;
}
