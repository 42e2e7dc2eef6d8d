import { suite, test } from 'node:test';
import { killRepeatedly } from './killing.ts';

suite('a saved look-up whose process is killed at random moments', () => {
  test('goes on ten times where it was, and asks for next to nothing twice', () =>
    killRepeatedly({ asked: 20_000, kills: 10, isDiskFull: false }));

  test('says no more than was kept, ten times, with a disk that is full now and then, and is whole in the end', () =>
    killRepeatedly({ asked: 20_000, kills: 10, isDiskFull: true }));
});
