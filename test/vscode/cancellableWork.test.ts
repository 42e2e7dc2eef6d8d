/** Work that lasts can be cancelled by the person who waits for it, and nothing is left of it then. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readWhole } from '../../src/core/reading/readRecordIds.ts';
import { cancellable } from '../../src/editor/cancellableWork.ts';
import { givenIdsUnseen } from '../../src/ids/givenIds.ts';

describe('work that lasts', () => {
  it('ends when its notification is closed', async () => {
    let steps = 0;
    let isClosed = false;
    function* endless(): Generator<void, object, void> {
      for (;;) {
        steps++;
        yield;
      }
    }
    const work = cancellable('Reading deals.csv', endless()).then((result) => {
      isClosed = true;
      return result;
    });
    for (const end = Date.now() + 60_000; !isClosed && Date.now() < end; ) {
      await vscode.commands.executeCommand('notifications.clearAll');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(isClosed, 'it goes on');
    assert.equal(await work, undefined);
    const done = steps;
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(steps, done);
  });

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
