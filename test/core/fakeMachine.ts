/** A machine in a test's own time: its clock can be set, and it can sleep. */

import type { Clock } from '../../src/core/hubspot/clock.ts';
import { machineClock } from '../../src/core/hubspot/machineClock.ts';
import type { FakeTime } from './fakeTime.ts';

export interface FakeMachine {
  readonly clock: Clock;
  /** Somebody sets the time of day, forward or back. */
  setClock(by: number): void;
  /** The machine sleeps. Its steady counter goes on meanwhile, as on Windows and macOS, or stands still, as on Linux. */
  sleep(milliseconds: number, counter: 'goesOn' | 'standsStill'): void;
}

export function fakeMachine(time: FakeTime): FakeMachine {
  let ahead = 0;
  const clock = machineClock({
    steady: time.now,
    wall: () => time.now() + ahead,
    after: (milliseconds, callback) => {
      const cancel = new AbortController();
      void time.sleep(milliseconds, cancel.signal).then(() => {
        if (!cancel.signal.aborted) callback();
      });
      return () => cancel.abort();
    },
  });
  return {
    clock,
    setClock: (by) => {
      ahead += by;
    },
    sleep: (milliseconds, counter) => {
      if (counter === 'goesOn') time.pass(milliseconds);
      else ahead += milliseconds;
    },
  };
}
