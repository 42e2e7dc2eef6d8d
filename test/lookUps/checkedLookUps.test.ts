/** Checks on disk: what is expected is kept with the look-up, and read back it gives the same verdicts. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Account } from '../../src/accounts/accounts.ts';
import type { Expectation } from '../../src/core/domain/expectation.ts';
import { finished, pairsOfStep } from '../../src/core/domain/steps.ts';
import { FilePairs } from '../../src/core/expectation/filePairs.ts';
import { PairColumns } from '../../src/core/expectation/pairColumns.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { LookUpState } from '../../src/core/lookUp/lookUpState.ts';
import type { Progress } from '../../src/core/lookUp/run.ts';
import { proposePairs } from '../../src/core/pairs/proposal.ts';
import { readPairs } from '../../src/core/pairs/readPairs.ts';
import { sampleAccount } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import { createSamplePortal } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { type Disk, nodeDisk } from '../../src/editor/disk.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { isRead, type LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';
import { LookUps, type Start } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { errorWith } from './faultyDisk.ts';

const account: Account = { id: 'a', name: 'Acme', kind: 'environment', checked: true };
const settings = { complete: <Asked>(asked: Asked) => asked, batchSize: () => 5 };
const uri = 'file:///home/me/migration.csv';
/** Before anybody asked whether the records of missing pairs exist. */
const found = {
  expected: 21,
  asExpected: 13,
  differs: 2,
  missing: 6,
  noSuchRecord: 0,
  cannotTell: 0,
  unexpected: 9,
  unexpectedAtLeast: false,
};

suite('a look-up with an expectation', () => {
  let folder: string;
  let windows: { readonly lookUps: LookUps; readonly saved: SavedLookUps }[];
  let disk: Disk;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'checks-'));
    windows = [];
    disk = nodeDisk;
  });
  afterEach(async () => {
    for (const { lookUps, saved } of windows) {
      lookUps.dispose();
      await saved.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** A window in which so many calls are answered, and then refused for the day. */
  function windowWith(answered = Number.POSITIVE_INFINITY): LookUps {
    const { fetch } = createSamplePortal();
    let sent = 0;
    const start: Start = (asked, _, options) =>
      lookUp(
        asked,
        madePorts({
          fetch: async (url, init) => {
            if (++sent <= answered) return fetch(url, init);
            const body = JSON.stringify({ policyName: 'DAILY' });
            return { status: 429, headers: { get: () => null }, text: async () => body };
          },
        }),
        { ...options, batchSize: 5, maxInFlight: 1 },
      );
    const saved = new SavedLookUps(folder, 1, disk);
    const lookUps = new LookUps(start, saved, settings, 1);
    windows.push({ lookUps, saved });
    return lookUps;
  }
  /** The window is closed, and another one opened on its folder. */
  async function reload(): Promise<LookUps> {
    for (const { lookUps, saved } of windows.splice(0)) {
      lookUps.dispose();
      await saved.close();
    }
    const lookUps = windowWith();
    await lookUps.restore(() => account);
    return lookUps;
  }

  async function begin(lookUps: LookUps) {
    const expectation = await planted();
    const question = { from: 'deals', to: 'contacts', ids: expectation.asked, apiVersion: '2026-09' as const };
    const source = { uri, claimsToBeWhole: true, rows: expectation.rows };
    const run = lookUps.run(question, account, noIdPlaces, undefined, { expectation, source });
    await run.finished;
    return run.entry;
  }
  const opened = async (lookUps: LookUps, id: string) => {
    const entry = await lookUps.open(id);
    assert.ok(entry?.check);
    return { entry, check: entry.check };
  };
  const verdicts = ({ check }: Pick<LookUpEntry, 'check'>) =>
    Array.from({ length: check!.expectation.length }, (_, pair) => check!.finding(pair));

  test('is listed with its counts after a reload, and has the same verdicts when it is opened', async () => {
    const before = await begin(windowWith());
    // Whether the records of missing pairs exist was not asked.
    assert.deepEqual(before.check?.counts, found);
    const lookUps = await reload();
    const listed = lookUps.find(before.id);
    assert.ok(listed && !isRead(listed), 'its row needs no answer');
    assert.deepEqual(listed.checked?.counts, before.check?.counts);
    assert.equal(listed.document, uri);
    const { entry } = await opened(lookUps, before.id);
    assert.deepEqual(verdicts(entry), verdicts(before));
    assert.deepEqual(entry.checkSource?.rows, before.checkSource?.rows);
    const [id = ''] = [entry.answer.recordId(2)];
    assert.deepEqual([...entry.places.of(id)], [{ uri, line: 3 }], 'a record stood where its first pair did');
  });

  test('is judged as its answer comes, also while nobody looks', async () => {
    const expectation = await planted();
    let judged = 0;
    const counting = new Proxy(expectation, {
      get(target, key) {
        if (key === 'doubt') judged++;
        const value = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const lookUps = windowWith();
    const seen: number[] = [];
    lookUps.onDidChange((entry) => {
      if (entry?.state === 'running') seen.push(judged);
    });
    const question = { from: 'deals', to: 'contacts', ids: expectation.asked, apiVersion: '2026-09' as const };
    const expected = { expectation: counting, source: { uri } };
    await lookUps.run(question, account, noIdPlaces, undefined, expected).finished;
    assert.ok(new Set(seen).size > 2, `${seen} judged`);
  });

  test('keeps what was learnt of records, as an answer that has ended', async () => {
    const lookUps = windowWith();
    const before = await begin(lookUps);
    const { from, to } = finished(before.check!.askingExistence());
    await lookUps.learn(before.id, 'from', [[from.at(-1)!, { kind: 'merged', into: '34461455170' }]]);
    await lookUps.learn(
      before.id,
      'to',
      to.map((id) => [id, { kind: 'exists' }] as const),
    );
    const after = await opened(await reload(), before.id);
    assert.equal(after.entry.state, 'ended');
    assert.equal(after.check.counts.noSuchRecord, 1);
    assert.deepEqual(verdicts(after.entry), verdicts(before));
  });

  test('keeps what is learnt while its ledger is being written anew, of which the lines are made already', async () => {
    let isFull = true;
    let letGo = () => {};
    const released = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let reach = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const check = () => {
      if (isFull) throw errorWith('ENOSPC');
    };
    disk = {
      ...nodeDisk,
      append: (...args) => {
        check();
        nodeDisk.append(...args);
      },
      replace: async (path, pieces) => {
        if (!path.endsWith('.ledger2')) return nodeDisk.replace(path, pieces);
        check();
        const made = [...pieces];
        reach();
        await released;
        return nodeDisk.replace(path, made);
      },
    };
    const lookUps = windowWith();
    const before = await begin(lookUps);
    assert.match(before.notKept ?? '', /ENOSPC/);
    const [one = '', other = ''] = finished(before.check!.askingExistence()).to;
    isFull = false;
    const learning = [lookUps.learn(before.id, 'to', [[one, { kind: 'exists' }]])];
    await reached;
    learning.push(lookUps.learn(before.id, 'to', [[other, { kind: 'exists' }]]));
    // Whatever the second one tries at once, it has tried by now.
    await new Promise((resolve) => setImmediate(resolve));
    letGo();
    await Promise.all(learning);
    assert.equal(before.notKept, undefined);
    disk = nodeDisk;
    const { check: after } = await opened(await reload(), before.id);
    assert.deepEqual(after.existencesUnknown(), before.check!.existencesUnknown());
    assert.deepEqual(verdicts({ check: after }), verdicts(before));
  });

  test('keeps all that is learnt at the same moment', async () => {
    const lookUps = windowWith();
    const before = await begin(lookUps);
    const { to } = finished(before.check!.askingExistence());
    await Promise.all(to.map((id) => lookUps.learn(before.id, 'to', [[id, { kind: 'exists' }]])));
    const { entry, check } = await opened(await reload(), before.id);
    assert.equal(entry.state, 'ended');
    assert.deepEqual(check.existencesUnknown(), before.check!.existencesUnknown());
  });

  test('goes on after it was stopped, here and after a reload', async () => {
    const before = await begin(windowWith(1));
    assert.equal(before.state, 'paused');
    assert.ok(before.check!.counts.cannotTell > 0);
    const lookUps = await reload();
    const { entry, check } = await opened(lookUps, before.id);
    assert.deepEqual(check.counts, before.check!.counts);
    await lookUps.resume(before.id);
    assert.equal(entry.state, 'ended');
    assert.deepEqual(check.counts, found);
  });

  test('keeps its expectation when it is written anew', async () => {
    const before = await begin(windowWith());
    const ledger = join(folder, readdirSync(folder).find((name) => name.endsWith('.ledger2'))!);
    const lines = readFileSync(ledger, 'latin1').split('\n');
    // An answer is lost: what it told is read again, into a ledger written anew.
    const lost = lines.findIndex((line) => line.includes('"pages":'));
    writeFileSync(ledger, lines.filter((_, at) => at !== lost).join('\n'), 'latin1');
    const lookUps = await reload();
    const { entry } = await opened(lookUps, before.id);
    assert.equal(entry.state, 'paused');
    await lookUps.resume(before.id);
    const again = await opened(await reload(), before.id);
    assert.deepEqual(verdicts(again.entry), verdicts(before));
  });

  test('says that its expectation cannot be read back, and stays an answer', async () => {
    const before = await begin(windowWith());
    const ledger = join(folder, readdirSync(folder).find((name) => name.endsWith('.ledger2'))!);
    const lines = readFileSync(ledger, 'latin1').split('\n');
    writeFileSync(ledger, lines.filter((line) => !line.includes('"checkPairs":')).join('\n'), 'latin1');
    const entry = await (await reload()).open(before.id);
    assert.equal(entry?.check, undefined);
    assert.equal(entry?.checkSource?.uri, uri);
    assert.equal(entry?.answer.counts.found, before.answer.counts.found);
  });

  test('gives others their turn while an answer is held against very many pairs, and is told when it is', async (context) => {
    const count = 20_000;
    const pairs = new PairColumns();
    for (let nth = 0; nth < count; nth++) pairs.addRow(String(nth + 1), ['7'], 0, nth);
    const asked = { from: 'deals', to: 'contacts', apiVersion: '2026-09' } as const;
    const expectation = new FilePairs(pairs, { ...asked, isWhole: true, definitions: { labels: [] } });
    let judged = 0;
    expectation.doubt = () => {
      judged++;
      return undefined;
    };
    // Each step is long enough for a turn.
    let now = 0;
    context.mock.method(performance, 'now', () => (now += 100));
    let end = () => {};
    const answered = new Promise<void>((resolve) => (end = resolve));
    let tell = (_: Progress) => {};
    const state = new LookUpState({ ...asked, ids: expectation.asked });
    const start: Start = (_, __, { onProgress }) => {
      tell = onProgress;
      const { answer } = state;
      return { answer, plan: { records: count, calls: 1 }, done: answered.then(() => ({ answer })), state };
    };
    const saved = new SavedLookUps(folder, 1, disk);
    const lookUps = new LookUps(start, saved, settings, 1);
    windows.push({ lookUps, saved });
    const expected = { expectation, source: {} };
    const { entry, finished: ended } = lookUps.run(
      { ...asked, ids: expectation.asked },
      account,
      noIdPlaces,
      undefined,
      expected,
    );
    for (let record = 0; record < count; record++) state.answer.settle(record, 'none');
    const told: number[] = [];
    lookUps.onDidChange(() => told.push(entry.check!.counts.missing));
    tell({ records: { asked: count, settled: count }, calls: { done: 1, planned: 1, isEstimate: false }, retries: 0 });
    end();
    let longest = 0;
    let isOver = false;
    void ended.finally(() => (isOver = true));
    while (!isOver) {
      const before = judged;
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, judged - before);
    }
    assert.ok(longest > 0 && longest <= 2 * pairsOfStep, `${longest} of ${count} pairs judged in one turn`);
    assert.deepEqual(
      told.map((missing) => missing === count),
      told.map(() => true),
    );
    assert.equal(judged, count);
  });

  test('is asked again with what was expected, unless other types or another version are', async () => {
    const lookUps = windowWith();
    const { id } = await begin(lookUps);
    const same = await lookUps.again(id);
    await same?.finished;
    assert.deepEqual(same?.entry.check?.counts, found);
    const turned = await lookUps.again(id, { from: 'contacts', to: 'deals' });
    await turned?.finished;
    assert.equal(turned?.entry.check, undefined);
    assert.equal((await lookUps.again(id, { apiVersion: '2026-03' }))?.entry.check, undefined);
  });
});

async function planted() {
  const file = readFileSync(new URL('../workspace/migration.csv', import.meta.url));
  const proposal = proposePairs(file.toString(), 'delimited');
  assert.ok(proposal.kind === 'columns');
  const { table, from = 0, to = 0, label = 0 } = proposal;
  const { pairs } = await readPairs([file], { kind: 'columns', table, from, to, label });
  const labels = sampleAccount()
    .definitions('0-3', '0-1')
    .map((each) => ({ ...each, label: each.label ?? undefined }));
  const expectation = new FilePairs(pairs, {
    from: 'deals',
    to: 'contacts',
    apiVersion: '2026-09',
    isWhole: true,
    definitions: { labels },
  });
  return Object.assign(expectation as Expectation & Pick<FilePairs, 'asked'>, { rows: pairs.rowCounts });
}
