/** Waiting for what may never come, such as a disk that hangs. */
import { systemClock } from '../core/hubspot/machineClock.ts';

/** Waits for some work, but only so many milliseconds: after that it goes on by itself. Never rejects. */
export async function waitFor(work: Promise<unknown>, patience: number): Promise<void> {
  const enough = new AbortController();
  await Promise.race([work, systemClock.sleep(patience, enough.signal)]).catch(() => {});
  enough.abort();
}
