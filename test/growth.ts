/** Whether work grows faster than what it is done on. Says nothing while the work is fast, whatever the machine does beside it. */

/** Of the largest text, in UTF-16 code units: what is quadratic takes seconds for it. */
const largest = 200_000;
/** Milliseconds of this thread's own time, below which nobody waits. */
const unnoticed = 200;
/** At four times the size; linear work takes four times as long, quadratic sixteen times. */
const mostGrowth = 8;

/**
 * Does the work on a text of `size` and, where that took more than a moment, on one of a quarter of it. The time is this
 * thread's own, so that neither a busy machine nor the collector beside it counts; what seems to grow too fast is measured
 * again, best of three, and once more, best of five.
 * @returns what was measured if it grew too fast three times in a row
 */
export async function growsTooFast<Input>(
  make: (size: number) => Input,
  work: (input: Input) => unknown,
  size = largest,
): Promise<string | undefined> {
  const large = make(size);
  if ((await timeOf(work, large, 1)) < unnoticed) return undefined;
  const small = make(Math.floor(size / 4));
  let told = '';
  for (let times = 1; times <= 5; times += 2) {
    const much = await timeOf(work, large, times);
    const little = await timeOf(work, small, times);
    if (much < unnoticed || much <= mostGrowth * little) return undefined;
    told = `${much.toFixed(0)} ms for ${size}, ${little.toFixed(0)} ms for a quarter of it`;
  }
  return told;
}

async function timeOf<Input>(work: (input: Input) => unknown, input: Input, times: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time++) {
    const before = process.threadCpuUsage();
    await work(input);
    best = Math.min(best, process.threadCpuUsage(before).user / 1000);
  }
  return best;
}
