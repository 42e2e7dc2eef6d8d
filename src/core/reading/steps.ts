/** Work that comes in steps of a few milliseconds, so that whoever has it done can let others work between two of them. */
export type Steps<Result> = Generator<void, Result, void>;

/** So many places are taken in at one step. */
export const placesOfStep = 100_000;

/** Does all of it at once. */
export function finished<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
