import { suite, test } from 'node:test';
import { killRepeatedly } from './killing.ts';

/** So many batches that each kill falls among others; how many ids are in one says nothing about kills. */
const batches = { asked: 2600, batchSize: 20 };

suite('a saved look-up whose process is killed at random moments', () => {
  test('goes on six times where it was, and asks for next to nothing twice', () =>
    killRepeatedly({ ...batches, kills: 6, isDiskFull: false }));

  test('says no more than was kept, six times, with a disk that is full now and then, and is whole in the end', () =>
    killRepeatedly({ ...batches, kills: 6, isDiskFull: true }));

  test('has the same verdicts of the pairs it is checked against, whatever the kills and the full disk fell on', () =>
    killRepeatedly({ ...batches, kills: 6, isDiskFull: true, isCheck: true }));
});
