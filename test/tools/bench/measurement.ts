/** What a measurement is, how both sides of one are taken, and when it has reached its mark. */

/** What both sides took, in the same unit. */
export type Pair = readonly [ours: number, floor: number];

/** What the ratio (or, where there is no floor, the value) must reach. */
export type Mark = { readonly atMost: number } | { readonly atLeast: number };

/** One measured claim. Both sides are taken side by side in the same run. */
export interface Measurement {
  readonly name: string;
  /** Medians of either side. */
  readonly value: number;
  readonly floor: number;
  /** The median of the ratios of the pairs: ours / floor where less is better, floor / ours where more is. */
  readonly ratio: number;
  /** A quarter of the pairs has a ratio below the first, a quarter one above the second. */
  readonly quartiles: readonly [number, number];
  readonly unit: string;
  readonly mark: Mark;
}

/** A bench file `test/tools/bench/<topic>.bench.ts` exports this. */
export type Measure = () => Promise<readonly Measurement[]>;

export function compared(name: string, pairs: readonly Pair[], unit: string, mark: Mark): Measurement {
  const ratios = pairs.map(([ours, floor]) => ('atMost' in mark ? ours / floor : floor / ours));
  return {
    name,
    value: median(pairs.map(([ours]) => ours)),
    floor: median(pairs.map(([, floor]) => floor)),
    ratio: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    unit,
    mark,
  };
}

/** A size or a number of bytes: measured once, it is the same every time. */
export function counted(name: string, value: number, floor: number, unit: string, mark: Mark): Measurement {
  return compared(name, [[value, floor]], unit, mark);
}

/**
 * `missed` when the median is past the mark. `close` when only the worse quartile is: the next run may miss it, though
 * nothing has changed.
 */
export function verdict({ ratio, quartiles: [first, third], mark }: Measurement): 'ok' | 'close' | 'missed' {
  const isPast = (figure: number) => ('atMost' in mark ? figure > mark.atMost : figure < mark.atLeast);
  if (isPast(ratio)) return 'missed';
  return isPast('atMost' in mark ? third : first) ? 'close' : 'ok';
}

export interface Budget {
  /** The fewest pairs, after the one that warms both sides up. Default 5; fewer only where the margin is large. */
  readonly least?: number;
  /** Default 41. */
  readonly most?: number;
  /** Until then more pairs are taken. Default 12. */
  readonly seconds?: number;
}

/** Runs both sides in turn and takes the time of each in milliseconds. Who comes second in a pair comes first in the next. */
export function sideBySide(ours: () => unknown, floor: () => unknown, budget?: Budget): Promise<readonly Pair[]> {
  return pairsOf(
    () => timed(ours),
    () => timed(floor),
    budget,
  );
}

/** The same, where each side says itself what it took. */
export async function pairsOf(
  ours: () => Promise<number>,
  floor: () => Promise<number>,
  { least = 5, most = 41, seconds = 12 }: Budget = {},
): Promise<readonly Pair[]> {
  await ours();
  await floor();
  const pairs: Pair[] = [];
  const begun = performance.now();
  while (pairs.length < least || (pairs.length < most && performance.now() - begun < seconds * 1000)) {
    if (pairs.length % 2 === 0) pairs.push([await ours(), await floor()]);
    else {
      const first = await floor();
      pairs.push([await ours(), first]);
    }
  }
  return pairs;
}

/** Milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between two values the quantile lies as far as its place between theirs. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
}
