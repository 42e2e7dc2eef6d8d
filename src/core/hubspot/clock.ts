import type { Steps } from '../domain/steps.ts';

/** Time as an argument, so that tests run in time of their own. */
export interface Clock {
  /**
   * Milliseconds by a clock that nobody can set, from a moment that means nothing: only differences count. What a person is
   * shown as a time of day does not come from here.
   */
  now(): number;
  /** Resolves after this many milliseconds, or as soon as the signal is aborted. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /**
   * Tells of every sleep of the machine, once it is awake again, until the returned function is called. A connection that was
   * open is most likely dead then. `lost` are the milliseconds of `now` that passed asleep. Missing: no sleep is noticed.
   */
  onWake?(listener: (lost: number) => void): () => void;
}

/** So long work in steps goes on before others have their turn, in milliseconds. */
const longestBusy = 20;

/** Does work in steps, and lets others have their turn between two of them. Undefined as soon as the signal is aborted. */
export async function inTurns<Result>(
  steps: Steps<Result>,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Result | undefined> {
  let since = clock.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (clock.now() - since <= longestBusy) continue;
    await clock.sleep(0);
    if (signal?.aborted) return undefined;
    since = clock.now();
  }
}
