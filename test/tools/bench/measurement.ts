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

/** What is measured together. A bench file `test/tools/bench/<topic>.bench.ts` exports a list of these as `lines`. */
export interface Lines {
  readonly names: readonly string[];
  measure(): Promise<readonly Measurement[]>;
}

export function compared(name: string, pairs: readonly Pair[], unit: string, mark: Mark): Measurement {
  const ratios = pairs.map((pair) => ratioOf(pair, mark));
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

/** A size: measured once, it is the same every time. */
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
  /** The fewest rounds, after the one that warms all sides up. Default 5. */
  readonly least?: number;
  /** What the ratio must reach: three rounds are enough where each of them is over 30 % better. */
  readonly mark?: Mark;
  /** Both sides have run before, and need no round that warms them up. */
  readonly isWarm?: boolean;
  /** Default 41. */
  readonly most?: number;
  /** Until then more rounds are taken. Default 12, so that a line has its figure after 20 s, with all that it has to prepare. */
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

/**
 * The same for work that waits for nothing and takes some ten milliseconds at least, in the thread's own time: what other
 * processes take of the machine meanwhile does not count. (A system counts a thread's time in steps of a few milliseconds.)
 */
export function computing(ours: () => unknown, floor: () => unknown, budget?: Budget): Promise<readonly Pair[]> {
  return pairsOf(
    () => threadTimed(ours),
    () => threadTimed(floor),
    budget,
  );
}

/** The same, where each side says itself what it took. */
export async function pairsOf(
  ours: () => Promise<number>,
  floor: () => Promise<number>,
  budget: Budget = {},
): Promise<readonly Pair[]> {
  const { mark } = budget;
  const isClear = (round: { readonly ours: number; readonly floor: number }) =>
    mark !== undefined && margin(ratioOf([round.ours, round.floor], mark), mark) > 0.3;
  const rounds = await inTurn({ ours, floor }, budget, (taken) => taken.length >= 3 && taken.every(isClear));
  return rounds.map((round) => [round.ours, round.floor]);
}

/** By how much of the mark a ratio is better than it. */
function margin(ratio: number, mark: Mark): number {
  return 'atMost' in mark ? 1 - ratio / mark.atMost : 1 - mark.atLeast / ratio;
}

function ratioOf([ours, floor]: Pair, mark: Mark): number {
  return 'atMost' in mark ? ours / floor : floor / ours;
}

/**
 * Several sides, each of which says what it took: in each round all of them, in the reverse order in every second one.
 * @param isEnough asked after each round, with all so far
 */
export async function inTurn<Side extends string>(
  sides: Readonly<Record<Side, () => Promise<number>>>,
  { least = 5, most = 41, seconds = 12, isWarm = false }: Budget = {},
  isEnough: (rounds: readonly Readonly<Record<Side, number>>[]) => boolean = () => false,
): Promise<readonly Readonly<Record<Side, number>>[]> {
  const order = Object.keys(sides) as Side[];
  const round = async (): Promise<Record<Side, number>> => {
    const taken: Partial<Record<Side, number>> = {};
    for (const side of order) taken[side] = await sides[side]();
    order.reverse();
    return taken as Record<Side, number>;
  };
  if (!isWarm) await round();
  const rounds: Record<Side, number>[] = [];
  const begun = performance.now();
  const isInTime = () => rounds.length < most && performance.now() - begun < seconds * 1000;
  while (!isEnough(rounds) && (rounds.length < least || isInTime())) rounds.push(await round());
  return rounds;
}

/** Milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds that this thread computed. */
export async function threadTimed(work: () => unknown): Promise<number> {
  const start = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
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
