/** The account's daily limit in the middle of a look-up: it stops at once, keeps what it has, and goes on another day. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { until } from '../host/until.ts';
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
const sentence = /The account's daily limit is reached\. It resets at midnight in the account's time zone\./;
let long: LongLookUp;
let read: readonly string[];

describe('the daily limit', () => {
  before(async () => {
    long = await longLookUp(1000, 20);
  });

  /** How many calls the look-up has made, as the panel says on top. */
  const sent = (text: string) => Number(/^(\d+) calls$/m.exec(text)?.[1]);

  test('it stops, says so, and keeps what it has', async () => {
    fromCall(6, { kind: 'rateLimited', policy: 'DAILY' }, long);
    await lookUpAll(long);
    const text = await panelSays(/Paused: 5 of 50 calls\. Everything received so far is kept\./, long);
    assert.match(text, sentence);
    read = calls(long).slice(0, 5).flat();
    assert.deepEqual(answerNumbers(text), readSoFar(read, long));
    assert.ok(calls(long).length <= 5 + inFlight, 'no call is tried again');
    await treeSays(/^Paused at 5 of 50 calls\. The account's daily limit is reached\./, /900 not read, paused$/, long);
  });

  test('resumed on the same day, it stops again', async () => {
    const before = sent(await panelSays(/Paused/, long));
    long.standIn.forgetRequests();
    await long.tree.pressInline(title, 'Resume');
    await arrived(1, long);
    const text = await until('it is paused again', async () => {
      const shown = await panelSays(/Paused: 5 of 50 calls/, long);
      return sent(shown) > before && shown;
    });
    assert.match(text, sentence);
    assert.ok(calls(long).length > 0 && calls(long).length <= inFlight);
  });

  test('in another window it says the same, and resumed on another day it ends with the truth', async () => {
    long.standIn.faults.clear();
    long.standIn.forgetRequests();
    await long.workbench.reload();
    await treeSays(/^Paused at 5 of 50 calls\. The account's daily limit is reached\./, /900 not read, paused$/, long);
    assert.deepEqual(calls(long), []);
    await long.tree.pressInline(title, 'Open');
    assert.match(await panelSays(/Paused: 5 of 50 calls/, long), sentence);
    await press('Resume', long);
    await assertTruth(long);
    const asked = new Set(calls(long).flat());
    assert.deepEqual(
      read.filter((id) => asked.has(id)),
      [],
    );
    assert.equal(calls(long).length, 45);
  });
});
