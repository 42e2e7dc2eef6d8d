/** A clock out of what a machine has: a counter that only goes up, a time of day that anyone can set, and timers. */
import type { Clock } from './clock.ts';

export interface Machine {
  /** Milliseconds that only go up. On some systems they stand still while the machine sleeps, on others they do not. */
  steady(): number;
  /** Milliseconds since 1970: they go on while the machine sleeps, and jump when somebody sets the clock. */
  wall(): number;
  /** Calls back after so many milliseconds, unless the returned function was called before. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** A timer for longer than this fires at once (setTimeout takes 31 bits). */
const longestTimer = 2 ** 31 - 1;

/** How often it is looked whether the machine slept, while anybody wants to know. */
const glance = 5_000;

/** Shorter sleeps pass as slowness: a busy process may be late by seconds too. */
const shortestSleep = 30_000;

/**
 * Waits are measured by the steady counter, so that setting the time of day changes none of them. The time of day serves
 * for one thing: where the counter stands still during a sleep, only it tells that there was one. Set forward by hand it looks
 * the same, which does no harm: calls under way are tried again sooner.
 */
export function machineClock({ steady, wall, after }: Machine): Clock {
  const listeners = new Set<(lost: number) => void>();
  let seen = { steady: 0, wall: 0 };
  let stopLooking = () => {};

  const look = () => {
    const before = seen;
    seen = { steady: steady(), wall: wall() };
    const lost = seen.steady - before.steady;
    if (Math.max(lost, seen.wall - before.wall) < glance + shortestSleep) return;
    for (const listener of [...listeners]) listener(lost < glance + shortestSleep ? 0 : lost);
  };
  const keepLooking = () => {
    stopLooking = after(glance, () => {
      look();
      if (listeners.size > 0) keepLooking();
    });
  };

  return {
    now: () => {
      // Whoever asks after a sleep may come before the next look.
      if (listeners.size > 0) look();
      return steady();
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const until = steady() + milliseconds;
        let stopWaiting = () => {};
        const end = () => {
          stopWaiting();
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const wait = () => {
          const left = Math.max(0, until - steady());
          stopWaiting = left > longestTimer ? after(longestTimer, wait) : after(Math.ceil(left), end);
        };
        signal?.addEventListener('abort', end, { once: true });
        wait();
      }),
    onWake: (listener) => {
      if (listeners.size === 0) {
        seen = { steady: steady(), wall: wall() };
        keepLooking();
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stopLooking();
      };
    },
  };
}

/** The clock of the machine that this runs on. */
export const systemClock: Clock = machineClock({
  steady: () => performance.now(),
  wall: () => Date.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
});
