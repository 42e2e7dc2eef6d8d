/**
 * Long work in steps, so that whoever does it can let others have their turn between two of them. Each step takes a few milliseconds
 * at most, also with millions of rows; it yields how many rows it went through.
 */
export type Steps<Result> = Generator<number, Result, void>;

/** So many rows are gone through in one step. */
export const rowsAStep = 32_768;

/** So many where an id is made of each and looked up: that takes some microseconds a row. */
export const idRowsAStep = 4096;

/** So much text of values is looked into in one step, in UTF-16 code units: that of a note of HTML takes a millisecond to make. */
export const textAStep = 100_000;

/**
 * Calls `work` with one stretch of the numbers from 0 to `length` after the other. One that was more work than thought returns how
 * far it came.
 */
export function* stretches(length: number, work: (from: number, to: number) => unknown): Steps<void> {
  for (let from = 0; from < length; ) {
    const most = Math.min(from + rowsAStep, length);
    const reached = work(from, most);
    const to = typeof reached === 'number' ? reached : most;
    yield to - from;
    from = to;
  }
}

/** So many places make a part of what is gone through around a place. */
export const fewPlaces = 100;

/** Parts of the places from 0 to `length` but those from `first` to `end`: the ones after these, and then the ones before, the nearest first. */
export function* partsAround<Part>(
  first: number,
  end: number,
  length: number,
  part: (from: number, to: number) => Part,
): Generator<Part, void> {
  for (let from = end; from < length; from += fewPlaces) yield part(from, Math.min(from + fewPlaces, length));
  for (let to = first; to > 0; to -= fewPlaces) yield part(Math.max(0, to - fewPlaces), to);
}
