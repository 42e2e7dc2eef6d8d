/** A look-up that is cancelled, more than once, and goes on each time with what it has not read yet. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import {
  arrived,
  assertTruth,
  calls,
  fromCall,
  type LongLookUp,
  longLookUp,
  lookUpAll,
  press,
  readSoFar,
  title,
  treeSays,
} from './longLookUp.ts';
import { panelSays } from './shownAnswer.ts';

const inFlight = 16;
let long: LongLookUp;
/** The ids that have been answered. */
let read: readonly string[];

describe('a look-up that is cancelled', () => {
  before(async () => {
    long = await longLookUp(1000, 20);
  });

  test('cancelled in the panel, it keeps what arrived', async () => {
    fromCall(6, { kind: 'hang' }, long);
    await lookUpAll(long);
    await arrived(5 + inFlight, long);
    await panelSays(/5 of 50 calls/, long);
    await press('Cancel', long);
    const text = await panelSays(/Paused: 5 of 50 calls/, long);
    assert.match(text, /Cancelled\. Everything received so far is kept\./);
    read = calls(long).slice(0, 5).flat();
    assert.deepEqual(answerNumbers(text), readSoFar(read, long));
    await treeSays(
      /^Paused at 5 of 50 calls\. Cancelled\. Everything received so far is kept\.$/,
      /900 not read, paused$/,
      long,
    );
  });

  test('resumed and cancelled in the tree, it asks for the rest only and counts on', async () => {
    long.standIn.forgetRequests();
    fromCall(11, { kind: 'hang' }, long);
    await long.tree.pressInline(title, 'Resume');
    await arrived(10 + inFlight, long);
    await panelSays(/15 of 50 calls/, long);
    await long.tree.pressInline(title, 'Cancel');
    const text = await panelSays(/Paused: 15 of 50 calls/, long);
    assertNotAgain();
    read = [...read, ...calls(long).slice(0, 10).flat()];
    assert.deepEqual(answerNumbers(text), readSoFar(read, long));
  });

  test('resumed in the panel, it ends with the truth, and no answered call was made again', async () => {
    long.standIn.forgetRequests();
    long.standIn.faults.clear();
    await press('Resume', long);
    await assertTruth(long);
    assertNotAgain();
    assert.equal(calls(long).length, 35);
  });

  function assertNotAgain(): void {
    const asked = new Set(calls(long).flat());
    assert.deepEqual(
      read.filter((id) => asked.has(id)),
      [],
    );
  }
});
