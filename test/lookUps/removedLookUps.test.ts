/** Look-ups that are removed and brought back, and what a new token says to those that wait for one. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Account } from '../../src/accounts/accounts.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { LookUps } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';

const account: Account = { id: 'a', name: 'Acme', kind: 'environment', checked: true };
const question = samplePairs.dealsToCompanies;

suite('a look-up that is removed', () => {
  let folder: string;
  let saved: SavedLookUps;
  let lookUps: LookUps;
  let token: string | undefined;
  const { fetch } = createSamplePortal();
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'look-ups-'));
    token = 'a token';
    saved = new SavedLookUps(folder, 1);
    lookUps = new LookUps(
      (asked, _, options) =>
        lookUp(asked, madePorts({ fetch, token: async () => token }), { ...options, batchSize: 10 }),
      saved,
      { complete: (asked) => asked, batchSize: () => 10 },
    );
  });
  afterEach(async () => {
    lookUps.dispose();
    await saved.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const files = () => readdirSync(folder).filter((name) => !name.endsWith('.window'));

  test('can be brought back with all it knew, pinned and named as it was', async () => {
    const { entry, finished } = lookUps.run(question, account, noIdPlaces);
    await finished;
    lookUps.pin(entry.id, true);
    lookUps.rename(entry.id, 'Fair');
    const { counts } = entry.answer;
    assert.deepEqual(await lookUps.takeAway([entry.id]), [entry.id]);
    assert.deepEqual(lookUps.list(), []);
    assert.equal(await lookUps.bringBack([entry.id]), 1);
    const back = lookUps.find(entry.id);
    assert.deepEqual([back?.pinned, back?.name, back?.state, back?.summary.counts], [true, 'Fair', 'ended', counts]);
    assert.equal(await lookUps.bringBack([entry.id]), 0);
    assert.ok(files().some((name) => name.endsWith('.card2.json')));
  });

  test('goes together with others at once, so that what was in front of them can be told', async () => {
    const runs = [1, 2, 3].map(() => lookUps.run(question, account, noIdPlaces));
    await runs[0]!.finished;
    const lists: number[] = [];
    lookUps.onDidChange((entry) => {
      if (!entry) lists.push(lookUps.list().length);
    });
    const ids = runs.map(({ entry }) => entry.id);
    assert.deepEqual(await lookUps.takeAway([...ids, 'another']), ids);
    assert.equal(await lookUps.bringBack(ids), 3);
    assert.deepEqual(lists, [0, 3]);
  });

  test('is stopped when it runs, and goes on after it was brought back', async () => {
    const { entry } = lookUps.run(question, account, noIdPlaces);
    await lookUps.takeAway([entry.id]);
    await lookUps.bringBack([entry.id]);
    assert.notEqual(lookUps.find(entry.id)?.state, 'running');
    await lookUps.resume(entry.id);
    assert.equal(lookUps.find(entry.id)?.summary.counts.notRead, 0);
  });

  test('leaves no file when the window closes', async () => {
    const { entry, finished } = lookUps.run(question, account, noIdPlaces);
    await finished;
    await lookUps.takeAway([entry.id]);
    await lookUps.forgetTakenAway();
    assert.deepEqual(files(), []);
    assert.equal(await lookUps.bringBack([entry.id]), 0);
  });

  test('says no longer that there is no token once there is a new one, and waits for Resume', async () => {
    token = undefined;
    const { entry, finished } = lookUps.run(question, account, noIdPlaces);
    await finished;
    assert.deepEqual([entry.state, entry.stopped?.kind], ['paused', 'noToken']);
    lookUps.tokenReplaced('another');
    assert.equal(entry.stopped?.kind, 'noToken');
    token = 'a new one';
    lookUps.tokenReplaced(account.id);
    assert.deepEqual([entry.state, entry.stopped?.kind], ['paused', 'newToken']);
    assert.deepEqual(entry.answer.problem(0), { kind: 'notRead', failure: { kind: 'newToken' } });
    await lookUps.resume(entry.id);
    assert.deepEqual([entry.state, entry.answer.counts.notRead], ['ended', 0]);
  });
});
