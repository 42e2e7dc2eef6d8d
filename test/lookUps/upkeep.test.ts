/** What could not be had is tried again, whenever it has come up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UpkeepLoop } from '../../src/lookUps/upkeep.ts';

test('what comes up at the moment at which nothing is left to do is done too', { timeout: 5000 }, async () => {
  let isToDo = true;
  let tended = 0;
  await new Promise<void>((resolve) => {
    const loop = new UpkeepLoop({
      every: 1,
      isToDo: () => {
        if (!isToDo)
          queueMicrotask(() => {
            isToDo = true;
            loop.begin();
          });
        return isToDo;
      },
      tend: async () => {
        isToDo = false;
        if (++tended < 3) return;
        loop.dispose();
        resolve();
      },
    });
    loop.begin();
  });
  assert.equal(tended, 3);
});
