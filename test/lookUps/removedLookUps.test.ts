/** Look-ups that are removed and brought back, and what a new token says to those that wait for one. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Account } from '../../src/accounts/accounts.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { closeLookUps } from '../../src/lookUps/closeLookUps.ts';
import { LookUpGroups } from '../../src/lookUps/lookUpGroups.ts';
import { LookUps } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { until } from '../host/until.ts';
import { faultyDisk } from './faultyDisk.ts';

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

suite('removed look-ups that are brought back', () => {
  let folder: string;
  /** Nothing can be moved to another name or written anew: cards can be neither put back nor made. */
  let isFailing: boolean;
  /** Nothing can be removed. */
  let isLocked: boolean;
  let windows: Window[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'look-ups-'));
    isFailing = false;
    isLocked = false;
    windows = [];
  });
  afterEach(async () => {
    isFailing = false;
    for (const each of windows) await closeLookUps(each);
    rmSync(folder, { recursive: true, force: true });
  });

  const { fetch } = createSamplePortal();
  /** @param every milliseconds until what failed is tried again */
  async function open(every = 1_000_000) {
    const disk = faultyDisk((operation) => {
      if (isLocked && operation === 'remove') return 'EACCES';
      return isFailing && /rename|replace/.test(operation) ? 'ENOSPC' : undefined;
    });
    const saved = new SavedLookUps(folder, 1, disk);
    const lookUps = new LookUps(
      (asked, _, options) => lookUp(asked, madePorts({ fetch }), { ...options, batchSize: 10 }),
      saved,
      { complete: (asked) => asked, batchSize: () => 10 },
      every,
    );
    const window = { lookUps, saved, groups: new LookUpGroups(lookUps, saved.groups) };
    windows.push(window);
    await lookUps.restore(() => account);
    return window;
  }
  type Window = { lookUps: LookUps; saved: SavedLookUps; groups: LookUpGroups };
  async function read({ lookUps }: Window, count: number): Promise<string[]> {
    const runs = Array.from({ length: count }, () => lookUps.run(question, account, noIdPlaces));
    await Promise.all(runs.map(({ finished }) => finished));
    return runs.map(({ entry }) => entry.id);
  }
  /** What the next window lists. */
  async function listedNext(): Promise<readonly string[]> {
    const next = await open();
    return next.lookUps.list().map(({ id }) => id);
  }

  test('all stay when the window closes before the last of them is back', async () => {
    const window = await open();
    const ids = await read(window, 5);
    assert.equal((await window.lookUps.takeAway(ids)).length, 5);
    const back = window.lookUps.bringBack(ids);
    await closeLookUps(window);
    assert.equal(await back, 5);
    assert.deepEqual(new Set(await listedNext()), new Set(ids));
  });

  test('are put back as the window closes where that failed before, and say until then that they are not kept', async () => {
    const before = await open();
    const [listed] = await read(before, 1);
    await closeLookUps(before);
    const window = await open();
    const ids = [listed!, ...(await read(window, 1))];
    assert.deepEqual(await window.lookUps.takeAway(ids), ids);
    isFailing = true;
    assert.equal(await window.lookUps.bringBack(ids), 2);
    for (const id of ids) assert.match(window.lookUps.find(id)?.notKept ?? '', /ENOSPC/);
    isFailing = false;
    await closeLookUps(window);
    for (const id of ids) assert.equal(window.lookUps.find(id)?.notKept, undefined);
    assert.deepEqual(new Set(await listedNext()), new Set(ids));
  });

  test('are put back by the next start that can do it where that failed until the window closed', async () => {
    const before = await open();
    const [listed] = await read(before, 1);
    await closeLookUps(before);
    const window = await open();
    const [other, ...rest] = await read(window, 2);
    const ids = [listed!, other!];
    const { counts } = (await window.lookUps.open(other!))!.answer;
    assert.equal((await window.lookUps.takeAway([...ids, ...rest])).length, 3);
    isFailing = true;
    assert.equal(await window.lookUps.bringBack(ids), 2);
    await closeLookUps(window);
    const next = await open();
    assert.deepEqual(next.lookUps.list(), []);
    await closeLookUps(next);
    isFailing = false;
    const last = await open();
    assert.deepEqual(new Set(last.lookUps.list().map(({ id }) => id)), new Set(ids), 'and nothing that stayed removed');
    for (const id of ids) assert.deepEqual((await last.lookUps.open(id))?.answer.counts, counts);
    await closeLookUps(last);
    assert.deepEqual(
      readdirSync(folder).filter((name) => !/\.(card2\.json|ledger2|places\.json)$/.test(name)),
      [],
    );
  });

  test('that cannot be taken off the disk are told of at once, and are back at the next start', async () => {
    const before = await open();
    const [listed] = await read(before, 1);
    await closeLookUps(before);
    const window = await open();
    const [own] = await read(window, 1);
    const ids = [listed!, own!];
    await window.lookUps.takeAway(ids);
    assert.equal(window.lookUps.whyInSight(ids), undefined);
    await window.lookUps.bringBack(ids);
    isFailing = isLocked = true;
    for (const id of ids) {
      assert.deepEqual(await window.lookUps.takeAway([id]), [id]);
      assert.match(window.lookUps.whyInSight([id])!, /ENOSPC/);
    }
    // Of this one nothing is on the disk.
    const blank = await read(window, 1);
    await window.lookUps.takeAway(blank);
    assert.equal(window.lookUps.whyInSight(blank), undefined);
    await closeLookUps(window);
    isFailing = isLocked = false;
    assert.deepEqual(new Set(await listedNext()), new Set(ids));
  });

  test('stay within reach of Undo where one beside them cannot be removed, which is there again', async () => {
    const other = await open();
    const [elsewhere] = await read(other, 1);
    const window = await open();
    const [own] = await read(window, 1);
    await window.lookUps.open(elsewhere!);
    isLocked = true;
    assert.deepEqual(await window.lookUps.takeAway([elsewhere!, own!]), [own]);
    assert.deepEqual(
      window.lookUps.list().map(({ id }) => id),
      [elsewhere],
    );
    await assert.rejects(window.lookUps.takeAway([elsewhere!]), /EACCES/);
    assert.equal(await window.lookUps.bringBack([own!]), 1);
    isLocked = false;
    await closeLookUps(other);
    await closeLookUps(window);
    assert.deepEqual(new Set(await listedNext()), new Set([elsewhere, own]));
  });

  test('do not come back where they could not be deleted in time and the window ends without a word', async () => {
    const window = await open();
    const [id] = (await read(window, 1)) as [string];
    assert.deepEqual(await window.lookUps.takeAway([id]), [id]);
    isLocked = true;
    await window.lookUps.forgetTakenAway();
    isLocked = false;
    const files = readdirSync(folder).filter((name) => name.startsWith(id));
    assert.ok(files.includes(`${id}.card2.json.removed`));
    // As its process leaves it.
    const claim = join(folder, `${id}.claim2`);
    if (files.includes(`${id}.claim2`))
      writeFileSync(claim, readFileSync(claim, 'utf8').replace(/"pid":\d+/, '"pid":999999999'));
    assert.deepEqual(await listedNext(), []);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith(id)),
      [],
    );
  });

  test('cannot be brought back where another window had taken them meanwhile', async () => {
    const window = await open();
    const [id, own] = (await read(window, 2)) as [string, string];
    const other = await open();
    // As after a sleep, in which the other one took this window for dead.
    rmSync(join(folder, `${id}.claim2`));
    assert.equal(await other.saved.own(id), true);
    assert.deepEqual(await window.lookUps.takeAway([id, own]), [own]);
    assert.equal(await window.lookUps.bringBack([id, own]), 1);
    assert.deepEqual(new Set(readdirSync(folder).map((name) => name.slice(0, 36))).has(id), false);
  });

  test('are there again where another window had taken them meanwhile and they cannot be removed', async () => {
    const window = await open();
    const [id] = (await read(window, 1)) as [string];
    rmSync(join(folder, `${id}.claim2`));
    assert.equal(await (await open()).saved.own(id), true);
    isLocked = true;
    assert.deepEqual(await window.lookUps.takeAway([id]), []);
    isLocked = false;
    assert.deepEqual([window.lookUps.find(id)?.id, readdirSync(folder).includes(`${id}.card2.json`)], [id, true]);
  });

  test('are not removed for good that are brought back before it is known that another window has them', async () => {
    const window = await open();
    const [id] = (await read(window, 1)) as [string];
    rmSync(join(folder, `${id}.claim2`));
    assert.equal(await (await open()).saved.own(id), true);
    const taken = window.lookUps.takeAway([id]);
    while ((await window.lookUps.bringBack([id])) === 0) await Promise.resolve();
    await taken;
    assert.ok(window.lookUps.find(id));
    assert.ok(readdirSync(folder).includes(`${id}.card2.json`));
  });

  test('stay where another window has put them back meanwhile, also when this one closes', async () => {
    const window = await open();
    const [id] = (await read(window, 1)) as [string];
    assert.deepEqual(await window.lookUps.takeAway([id]), [id]);
    // The computer slept, and another window that started took this one for dead.
    const claim = join(folder, `${id}.claim2`);
    writeFileSync(
      claim,
      readFileSync(claim, 'utf8')
        .replace(/"pid":\d+/, '"pid":999999999')
        .replace(/"window":"\w/, '"window":"x'),
    );
    assert.equal((await open()).lookUps.find(id)?.id, id);
    await closeLookUps(window);
    assert.ok(readdirSync(folder).includes(`${id}.ledger2`));
  });

  test('stay where another window has put them back meanwhile and has let go of them', async () => {
    const window = await open();
    const [id] = (await read(window, 1)) as [string];
    assert.deepEqual(await window.lookUps.takeAway([id]), [id]);
    const claim = join(folder, `${id}.claim2`);
    writeFileSync(claim, readFileSync(claim, 'utf8').replace(/"pid":\d+/, '"pid":999999999'));
    const other = await open();
    assert.equal(other.lookUps.find(id)?.id, id);
    await closeLookUps(other);
    await closeLookUps(window);
    assert.deepEqual(await listedNext(), [id]);
  });

  test('are put back when one is opened, and can be opened while they are being put back', async () => {
    const before = await open();
    const ids = await read(before, 2);
    await closeLookUps(before);
    const { lookUps } = await open();
    const [failed, soon] = ids as [string, string];
    await lookUps.takeAway(ids);
    isFailing = true;
    await lookUps.bringBack([failed]);
    isFailing = false;
    assert.equal((await lookUps.open(failed))?.notKept, undefined);
    assert.equal(lookUps.find(failed)?.atHand, 'answer');
    const back = lookUps.bringBack([soon]);
    assert.equal((await lookUps.open(soon))?.atHand, 'answer');
    assert.equal(await back, 1);
  });

  test('are put back by themselves when the disk is well again, and can be opened then', async () => {
    const before = await open();
    const [listed] = await read(before, 1);
    await closeLookUps(before);
    const window = await open(1);
    const { lookUps } = window;
    const ids = [listed!, ...(await read(window, 1))];
    await lookUps.takeAway(ids);
    isFailing = true;
    await lookUps.bringBack(ids);
    lookUps.rename(listed!, 'Fair');
    // Its card is out of sight: that is not the same as gone.
    assert.equal(await lookUps.open(listed!), undefined);
    assert.equal(lookUps.find(listed!)?.atHand, 'unreadable');
    isFailing = false;
    await until('both are kept', () => ids.every((id) => lookUps.find(id)?.notKept === undefined));
    await until('it can be read', () => lookUps.find(listed!)?.atHand === 'answer');
    const cards = readdirSync(folder).filter((name) => name.endsWith('.card2.json'));
    assert.deepEqual(new Set(cards.map((name) => name.slice(0, 36))), new Set(ids));
    await closeLookUps(window);
    const next = await open();
    assert.equal(next.lookUps.find(listed!)?.name, 'Fair');
  });
});
