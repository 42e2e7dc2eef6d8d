/** Work of which nobody knows whether it lasts gives what it comes to, and ends with the signal of whoever waits for it. */
import assert from 'node:assert/strict';
import { readWhole } from '../../src/core/reading/readRecordIds.ts';
import { cancellable } from '../../src/editor/cancellableWork.ts';
import { givenIdsUnseen } from '../../src/ids/givenIds.ts';

describe('work that lasts', () => {
  it('gives what it comes to, and its error', async () => {
    function* three(): Generator<void, readonly number[], void> {
      yield;
      return [3];
    }
    function* failing(): Generator<void, object, void> {
      yield;
      throw new Error('no such text');
    }
    assert.deepEqual(await cancellable('Reading', three()), [3]);
    await assert.rejects(cancellable('Reading', failing()), /no such text/);
  });

  it('ends for an agent with its signal', async () => {
    const text = Array.from({ length: 200_000 }, (_, number) => `${17_982_944_313 + number}\n`).join('');
    const read = { reading: readWhole(text), uri: undefined };
    await assert.rejects(givenIdsUnseen(read, AbortSignal.abort(new Error('cancelled'))), /cancelled/);
    assert.equal((await givenIdsUnseen(read, new AbortController().signal)).ids.length, 200_000);
  });
});
