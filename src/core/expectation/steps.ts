/** Work on pairs in steps of a few milliseconds, so that whoever has it done can let others work between two of them. */
export type Steps<Result> = Generator<void, Result, void>;

/** So many pairs are gone through in one step. */
export const pairsOfStep = 4_000;
