/** The process in which the extension runs is killed in the middle of a large look-up. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { extensionHosts } from '../host/extensionHosts.ts';
import { until } from '../host/until.ts';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import { assertTruth, calls, type LongLookUp, longLookUp, lookUpAll, press, title, treeSays } from './longLookUp.ts';
import { panelSays } from './shownAnswer.ts';

const inFlight = 16;
let long: LongLookUp;

describe('a killed extension host', () => {
  before(async () => {
    long = await longLookUp(20_000, 100, { 'hubspotAssociations.confirmAbove': 100_000 });
  });

  test('after it is killed, the look-up is there as paused, and Resume reads the rest', {
    skip: process.platform === 'win32' && 'the processes of a server are found with ps',
  }, async () => {
    const { standIn, tree, workbench, window } = long;
    const [host, ...others] = extensionHosts(window.server);
    assert.ok(host !== undefined && others.length === 0);
    // The stand-in kills it itself, in the middle of answering some call that nobody can foresee.
    let untilKill = inFlight + 60 + Math.floor(Math.random() * 40);
    standIn.faults.set({
      kind: 'latency',
      milliseconds: 5,
      when: ({ path }) => {
        if (path.includes('/batch/read') && --untilKill === 0) process.kill(host, 'SIGKILL');
        return true;
      },
    });
    await lookUpAll(long);
    await until('it is gone', () => untilKill <= 0 && !extensionHosts(window.server).includes(host));

    await workbench.reload();
    await treeSays(
      /^Paused at \d+ of \d+ calls\. The window was closed or reloaded before/,
      / not read, paused$/,
      long,
    );
    await tree.pressInline(title, 'Open');
    const text = await panelSays(/Paused: \d+ of \d+ calls/, long);
    const { notRead } = answerNumbers(text);
    // Of the calls that were made, all were answered and written down but those that were under way; and none were made since.
    const before = calls(long);
    const asked = before.flat().length;
    const kept = long.ids.length - notRead;
    assert.ok(kept <= asked && kept >= asked - inFlight * 100, `${kept} of ${asked} records are kept`);

    standIn.faults.clear();
    await press('Resume', long);
    await assertTruth(long);
    const again = new Set(before.flat());
    const repeated = calls(long)
      .slice(before.length)
      .filter((ids) => ids.some((id) => again.has(id))).length;
    assert.ok(repeated <= inFlight, `${repeated} calls were made again`);
  });
});
