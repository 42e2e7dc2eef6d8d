import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RateLimiter } from '../../../src/core/hubspot/limiter.ts';
import { machineClock, systemClock } from '../../../src/core/hubspot/machineClock.ts';
import { fakeMachine } from '../fakeMachine.ts';
import { FakeTime } from '../fakeTime.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function scene() {
  const time = new FakeTime();
  const machine = fakeMachine(time);
  const begin = time.now();
  return { time, ...machine, passed: () => time.now() - begin };
}

suite('the clock of a machine', () => {
  for (const by of [-hour, hour, -30 * day, 30 * day, -10 * 365 * day]) {
    test(`waits as long as it was told when somebody sets the time by ${by / hour} hours`, async () => {
      const { time, clock, setClock, passed } = scene();
      const waiting = clock.sleep(10_000);
      setClock(by);
      await time.run(waiting);
      assert.equal(passed(), 10_000);
      assert.equal(time.pending, 0);
    });

    test(`lets a limiter keep its window, no more and no less, when the time is set by ${by / hour} hours`, async () => {
      const { time, clock, setClock, passed } = scene();
      const limiter = new RateLimiter(clock, { requests: 1, milliseconds: 10_000 });
      (await limiter.acquire())?.done();
      setClock(by);
      const next = await time.run(limiter.acquire());
      assert.equal(passed(), 10_000);
      setClock(-by);
      next?.done();
      limiter.refused(5000);
      await time.run(limiter.acquire());
      assert.equal(passed(), 20_000);
    });
  }

  test('waits longer than one timer can, with few timers', async () => {
    const time = new FakeTime();
    const set: number[] = [];
    const clock = machineClock({
      steady: time.now,
      wall: time.now,
      after: (milliseconds, callback) => {
        set.push(milliseconds);
        void time.sleep(milliseconds).then(callback);
        return () => {};
      },
    });
    const begin = time.now();
    await time.run(clock.sleep(90 * day));
    assert.equal(time.now() - begin, 90 * day);
    assert.equal(set.length, 4);
    assert.ok(set.every((milliseconds) => milliseconds < 2 ** 31));
  });

  for (const counter of ['goesOn', 'standsStill'] as const) {
    test(`notices a sleep of five minutes (counter ${counter}), once and for all who listen`, async () => {
      const { time, clock, sleep } = scene();
      const heard: number[] = [];
      const ends = [clock.onWake?.((lost) => heard.push(lost)), clock.onWake?.((lost) => heard.push(lost))];
      await time.run(clock.sleep(12_000));
      sleep(5 * minute, counter);
      await time.run(clock.sleep(minute));
      assert.equal(heard.length, 2);
      const [lost = -1] = heard;
      if (counter === 'standsStill') assert.equal(lost, 0);
      else assert.ok(lost >= 5 * minute && lost <= 5 * minute + 5000, String(lost));
      for (const end of ends) end?.();
      assert.equal(time.pending, 0);
    });

    test(`notices it as soon as it is asked for the time (counter ${counter})`, () => {
      const { clock, sleep } = scene();
      let heard = 0;
      clock.onWake?.(() => heard++);
      sleep(5 * minute, counter);
      clock.now();
      assert.equal(heard, 1);
    });
  }

  test('takes no slowness for a sleep, and does not look when nobody listens', async () => {
    const { time, clock, sleep } = scene();
    let heard = 0;
    const end = clock.onWake?.(() => heard++);
    sleep(20_000, 'goesOn');
    await time.run(clock.sleep(minute));
    end?.();
    sleep(hour, 'goesOn');
    clock.onWake?.(() => heard++);
    clock.now();
    assert.equal(heard, 0);
  });

  test('of this machine goes on, and ends a wait that is aborted', async () => {
    const begin = systemClock.now();
    await systemClock.sleep(5);
    assert.ok(systemClock.now() > begin);
    const abort = new AbortController();
    const waiting = systemClock.sleep(day * 100, abort.signal);
    abort.abort();
    await waiting;
    await systemClock.sleep(day, AbortSignal.abort());
    systemClock.onWake?.(() => {})();
  });
});
