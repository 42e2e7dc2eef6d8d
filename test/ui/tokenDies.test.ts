/** A token that dies in the middle of a look-up: what it read is kept, and with a new one the look-up goes on. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import {
  assertTruth,
  calls,
  type LongLookUp,
  longLookUp,
  lookUpAll,
  press,
  readSoFar,
  treeSays,
} from './longLookUp.ts';
import { panelSays } from './shownAnswer.ts';
import { addAccount, enterToken } from './steps.ts';

let long: LongLookUp;

describe('a token that dies', () => {
  before(async () => {
    long = await longLookUp(1000, 20);
  });

  test('of an account that was added: the look-up pauses, and goes on with a new token', async () => {
    const { workbench, standIn } = long;
    await addAccount(workbench, 'Acme', standIn.token);
    standIn.expireToken(20);
    await lookUpAll(long);

    const text = await panelSays(/Paused/, long);
    const kept = Number(/Paused: (\d+) of 50 calls\. Everything received so far is kept\./.exec(text)?.[1]);
    // The object types of the account may have been asked for as well.
    assert.ok(kept > 10 && kept <= 20, text);
    assert.match(text, /HubSpot does not accept the token\. Enter a new one to go on\./);
    const read = calls(long).slice(0, kept).flat();
    assert.deepEqual(answerNumbers(text), readSoFar(read, long));
    await treeSays(
      /^Paused at \d+ of 50 calls\. HubSpot does not accept the token\. Enter a new one/,
      / not read, paused$/,
      long,
    );

    standIn.issueToken();
    standIn.forgetRequests();
    await press('Enter New Token', long);
    await enterToken(workbench, 'New token for Acme', standIn.token);
    await assertTruth(long);
    const asked = new Set(calls(long).flat());
    assert.deepEqual(
      read.filter((id) => asked.has(id)),
      [],
    );
    assert.equal(calls(long).length, 50 - kept);
  });

  test('of the account that came with the environment: a new one holds for this window', async () => {
    const { workbench, standIn } = long;
    const environment = new URL(standIn.origin).host;
    await workbench.ask('HubSpot Associations: Switch Account...', 'Select a HubSpot account');
    await workbench.quickInput.pick(environment);
    standIn.forgetRequests();
    await lookUpAll(long);
    const text = await panelSays(/Paused: 0 of 50 calls\./, long);
    assert.doesNotMatch(text, /kept/);
    await press('Enter New Token', long);
    await enterToken(workbench, `New token for ${environment}`, standIn.token);
    await assertTruth(long);
  });
});
