/** Look-ups on disk between two windows: one that was closed without a word may keep its look-ups for minutes. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../src/accounts/accounts.ts';
import type { Question } from '../../src/core/domain/associations.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import type { LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';
import { LookUps, type Start } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { faultyDisk } from '../lookUps/faultyDisk.ts';

const account: Account = { id: 'a', name: 'Acme', kind: 'environment', checked: true };
const question = samplePairs.dealsToCompanies;
const calls = Math.ceil(question.ids.length / 10);
const settings = { complete: (asked: Question) => asked, batchSize: () => 10 };

describe('a look-up that another window has', () => {
  let folder: string;
  let open: { readonly lookUps: LookUps; readonly saved: SavedLookUps }[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'look-ups-'));
    open = [];
  });
  afterEach(async () => {
    for (const { lookUps, saved } of open) {
      lookUps.dispose();
      await saved.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const { fetch } = createSamplePortal();
  let requests = 0;
  /** A window on the same folder whose requests are answered so many times, and then refused for the day. */
  function windowWith(answered = Number.POSITIVE_INFINITY) {
    const start: Start = (asked, _, options) => {
      let sent = 0;
      return lookUp(
        asked,
        madePorts({
          fetch: async (url, init) => {
            requests++;
            if (++sent <= answered) return fetch(url, init);
            const body = JSON.stringify({ policyName: 'DAILY' });
            return { status: 429, headers: { get: () => null }, text: async () => body };
          },
        }),
        { ...options, batchSize: 10, maxInFlight: 1 },
      );
    };
    const saved = new SavedLookUps(folder, 1);
    const lookUps = new LookUps(start, saved, settings, 1);
    open.push({ lookUps, saved });
    return { lookUps, saved };
  }

  /** One call is answered and kept; then the window is gone without a word, and its process lives on. */
  async function leftBehind(): Promise<string> {
    const first = windowWith(1);
    const { entry, finished } = first.lookUps.run(question, account, noIdPlaces);
    await finished;
    assert.deepEqual([entry.state, entry.stopped?.kind], ['paused', 'dailyLimit']);
    claimFor(process.ppid);
    return entry.id;
  }
  const claim = () => join(folder, readdirSync(folder).find((name) => name.endsWith('.claim2')) ?? 'none');
  /** It belongs to another window, of this process, whose heart has just beaten. */
  function claimFor(pid: number) {
    const owner = JSON.parse(readFileSync(claim(), 'utf8'));
    writeFileSync(claim(), JSON.stringify({ ...owner, claim: `of-${pid}`, window: 'other', pid }));
    writeFileSync(join(folder, 'other.window'), '');
  }

  const facts = ({ state, stopped, answer }: LookUpEntry) => [
    state,
    stopped?.kind,
    answer.counts.asked - answer.counts.notRead,
  ];
  const changed = (lookUps: LookUps, when: () => boolean) =>
    new Promise<void>((resolve) => {
      const listening = lookUps.onDidChange(() => {
        if (!when()) return;
        listening.dispose();
        resolve();
      });
    });

  it('is shown as far as it had come, and stays the other one’s', async () => {
    const id = await leftBehind();
    const second = windowWith();
    await second.lookUps.restore(() => account);
    const entry = second.lookUps.find(id)!;
    assert.deepEqual(facts(entry), ['paused', 'openElsewhere', 10]);

    requests = 0;
    await second.lookUps.resume(id);
    assert.deepEqual([...facts(entry), requests], ['paused', 'openElsewhere', 10, 0]);
    second.lookUps.rename(id, 'Mine?');
    assert.equal(JSON.parse(readFileSync(claim(), 'utf8')).window, 'other');
  });

  it('is removed all the same, and the other one says that it is not kept any more', async () => {
    const first = windowWith(1);
    const { entry, finished } = first.lookUps.run(question, account, noIdPlaces);
    await finished;
    const second = windowWith();
    await second.lookUps.restore(() => account);
    assert.equal(second.lookUps.find(entry.id)?.stopped?.kind, 'openElsewhere');
    await second.lookUps.clear();
    assert.equal(second.lookUps.find(entry.id), undefined);
    const left = () => readdirSync(folder).filter((name) => !name.endsWith('.window'));
    assert.deepEqual(left(), []);
    await first.lookUps.resume(entry.id);
    assert.equal(entry.notKept && /removed/.test(entry.notKept), true);
    assert.deepEqual(left(), []);
  });

  it('says while it is read that it is not kept, and is kept as a whole once the disk has room', async () => {
    let isFull = true;
    const full = (operation: string) => (isFull && /append|replace/.test(operation) ? 'ENOSPC' : undefined);
    const saved = new SavedLookUps(folder, 1, faultyDisk(full));
    const lookUps = new LookUps(
      (asked, _, options) => lookUp(asked, madePorts({ fetch }), { ...options, batchSize: 5 }),
      saved,
      settings,
      1,
    );
    open.push({ lookUps, saved });
    const said: (string | undefined)[] = [];
    lookUps.onDidChange((each) => each?.state === 'running' && said.push(each.notKept));
    const { entry, finished } = lookUps.run(question, account, noIdPlaces);
    await finished;
    assert.match(said.at(-1) ?? '', /ENOSPC/);
    assert.match(entry.notKept ?? '', /ENOSPC/);
    const kept = changed(lookUps, () => entry.notKept === undefined);
    isFull = false;
    await kept;
    lookUps.dispose();
    await saved.close();
    const next = windowWith();
    await next.lookUps.restore(() => account);
    assert.deepEqual(facts(next.lookUps.find(entry.id)!), ['ended', undefined, question.ids.length]);
  });

  it('is shown by itself when its file can be read again', async () => {
    const first = windowWith();
    const { entry, finished } = first.lookUps.run(question, account, noIdPlaces);
    await finished;
    await first.saved.close();
    let isBroken = true;
    const saved = new SavedLookUps(
      folder,
      1,
      faultyDisk((operation) => (isBroken && operation === 'pieces' ? 'EIO' : undefined)),
    );
    const lookUps = new LookUps(() => assert.fail('nothing is asked'), saved, settings, 1);
    open.push({ lookUps, saved });
    const unread = await lookUps.restore(() => account);
    assert.deepEqual(
      unread.map(({ kind }) => kind),
      ['unreadable'],
    );
    assert.deepEqual(lookUps.list(), []);
    const shown = changed(lookUps, () => lookUps.list().length === 1);
    isBroken = false;
    await shown;
    assert.deepEqual(facts(lookUps.find(entry.id)!), ['ended', undefined, question.ids.length]);
  });

  it('is taken over by itself when the other one lets go, and goes on', async () => {
    const id = await leftBehind();
    const second = windowWith();
    await second.lookUps.restore(() => account);
    const entry = second.lookUps.find(id)!;
    assert.equal(entry.stopped?.kind, 'openElsewhere');
    const taken = changed(second.lookUps, () => entry.stopped?.kind !== 'openElsewhere');
    rmSync(claim());
    await taken;
    assert.deepEqual(facts(entry), ['paused', 'dailyLimit', 10]);
    assert.equal(JSON.parse(readFileSync(claim(), 'utf8')).pid, process.pid);

    requests = 0;
    await Promise.all([second.lookUps.resume(id), second.lookUps.resume(id)]);
    assert.deepEqual([...facts(entry), requests], ['ended', undefined, question.ids.length, calls - 1]);
    second.lookUps.dispose();
    await second.saved.close();

    const third = windowWith();
    await third.lookUps.restore(() => account);
    assert.deepEqual(facts(third.lookUps.find(id)!), ['ended', undefined, question.ids.length]);
  });

  it('is taken over at once when Resume is chosen after its process has ended', async () => {
    const id = await leftBehind();
    const saved = new SavedLookUps(folder, 1);
    const patient = new LookUps(
      (asked, _, options) => lookUp(asked, madePorts({ fetch }), options),
      saved,
      settings,
      1_000_000,
    );
    open.push({ lookUps: patient, saved });
    await patient.restore(() => account);
    const entry = patient.find(id)!;
    assert.equal(entry.stopped?.kind, 'openElsewhere');
    claimFor(999_999_999);
    await patient.resume(id);
    assert.deepEqual(facts(entry), ['ended', undefined, question.ids.length]);
  });

  it('is set aside and told when its card or its ledger cannot be read, and goes when all are cleared', async () => {
    const first = windowWith();
    const runs = [1, 2, 3].map(() => first.lookUps.run(question, account, noIdPlaces));
    await Promise.all(runs.map(({ finished }) => finished));
    await first.saved.close();
    const [card, ledger, whole] = runs.map(({ entry }) => join(folder, entry.id));
    writeFileSync(`${card}.card2.json`, '{');
    writeFileSync(`${ledger}.ledger2`, 'no ledger\n');

    const second = windowWith();
    const damaged = await second.lookUps.restore(() => account);
    assert.deepEqual(
      damaged.flatMap((each) => (each.kind === 'damaged' ? [each.setAside] : [])).sort(),
      [`${card}.ledger2.damaged`, `${ledger}.ledger2.damaged`].sort(),
    );
    assert.deepEqual(
      second.lookUps.list().map(({ id }) => join(folder, id)),
      [whole],
    );
    await second.lookUps.clear();
    assert.deepEqual(
      readdirSync(folder).filter((name) => !name.endsWith('.window')),
      [],
    );
  });
});
