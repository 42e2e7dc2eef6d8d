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

/** Does all of it at once. */
export function finished<Result>(steps: Generator<unknown, Result, void>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
