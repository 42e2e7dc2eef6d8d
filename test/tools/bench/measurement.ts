/** One measured claim. `value` and `floor` are taken side by side in the same run; `ratio` is what is compared with `mark`. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
  readonly unit: string;
  /** What the ratio (or, where there is no floor, the value) must reach. */
  readonly mark: { readonly atMost: number } | { readonly atLeast: number };
}

/** A bench file `test/tools/bench/<topic>.bench.ts` exports this. */
export type Measure = () => Promise<readonly Measurement[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs both sides in turn, A B A B ..., and returns the median time of each in milliseconds and the median of the pairwise ratios. */
export async function sideBySide(
  pairs: number,
  ours: () => unknown,
  floor: () => unknown,
): Promise<{ value: number; floor: number; ratio: number }> {
  const values: number[] = [];
  const floors: number[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const value = await timed(ours);
    const least = await timed(floor);
    if (pair === 0) continue; // the first pair warms both sides up
    values.push(value);
    floors.push(least);
  }
  return {
    value: median(values),
    floor: median(floors),
    ratio: median(values.map((value, index) => value / floors[index]!)),
  };
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
