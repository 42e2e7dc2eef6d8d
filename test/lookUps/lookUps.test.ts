/** Look-ups on disk between two windows: one that was closed without a word may keep its look-ups for minutes. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../src/accounts/accounts.ts';
import { LineWriter } from '../../src/core/ledger/lineWriter.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { noIdPlaces, placesIn } from '../../src/ids/idPlaces.ts';
import { closeLookUps } from '../../src/lookUps/closeLookUps.ts';
import type { ListedLookUp } from '../../src/lookUps/lookUpEntry.ts';
import { LookUpGroups } from '../../src/lookUps/lookUpGroups.ts';
import { LookUps, type Start } from '../../src/lookUps/lookUps.ts';
import type { UnreadLookUp } from '../../src/lookUps/savedCards.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { until } from '../host/until.ts';
import { faultyDisk } from './faultyDisk.ts';

const account: Account = { id: 'a', name: 'Acme', kind: 'environment', checked: true };
const question = samplePairs.dealsToCompanies;
const calls = Math.ceil(question.ids.length / 10);
const settings = { complete: <Asked>(asked: Asked) => asked, batchSize: () => 10 };

let folder: string;
let open: { readonly lookUps: LookUps; readonly saved: SavedLookUps }[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'look-ups-'));
  open = [];
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

async function close() {
  for (const { lookUps, saved } of open.splice(0)) {
    lookUps.dispose();
    await saved.close();
  }
}

const { fetch } = createSamplePortal();

suite('a look-up that another window has', () => {
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

  const facts = ({ state, stopped, summary }: ListedLookUp) => [
    state,
    stopped?.kind,
    summary.counts.asked - summary.counts.notRead,
  ];
  const leftOut = (lookUps: LookUps) => {
    const all: UnreadLookUp[] = [];
    lookUps.onDidLeaveOut((some) => all.push(...some));
    return all;
  };
  const changed = (lookUps: LookUps, when: () => boolean) =>
    new Promise<void>((resolve) => {
      const listening = lookUps.onDidChange(() => {
        if (!when()) return;
        listening.dispose();
        resolve();
      });
    });

  test('is shown as far as it had come, and stays the other one’s', async () => {
    const id = await leftBehind();
    const second = windowWith();
    await second.lookUps.restore(() => account);
    const entry = second.lookUps.find(id)!;
    assert.deepEqual(facts(entry), ['paused', 'dailyLimit', 10], 'as its card says');
    await second.lookUps.open(id);
    assert.deepEqual(facts(entry), ['paused', 'openElsewhere', 10]);

    requests = 0;
    await second.lookUps.resume(id);
    assert.deepEqual([...facts(entry), requests], ['paused', 'openElsewhere', 10, 0]);
    second.lookUps.rename(id, 'Mine?');
    assert.equal(JSON.parse(readFileSync(claim(), 'utf8')).window, 'other');
  });

  test('is removed all the same, and the other one says that it is not kept any more', async () => {
    const first = windowWith(1);
    const { entry, finished } = first.lookUps.run(question, account, noIdPlaces);
    await finished;
    const second = windowWith();
    await second.lookUps.restore(() => account);
    assert.equal((await second.lookUps.open(entry.id))?.stopped?.kind, 'openElsewhere');
    await second.lookUps.clear();
    assert.equal(second.lookUps.find(entry.id), undefined);
    const left = () => readdirSync(folder).filter((name) => !name.endsWith('.window'));
    assert.deepEqual(left(), []);
    await first.lookUps.resume(entry.id);
    assert.equal(entry.notKept && /removed/.test(entry.notKept), true);
    assert.deepEqual(left(), []);
  });

  test('says while it is read that it is not kept, and is kept as a whole once the disk has room', async () => {
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

  test('still says that it is not kept when it is resumed and cancelled before anything is answered', async () => {
    let appends = 0;
    const full = (operation: string, file: string) =>
      (operation === 'append' && ++appends > 2) || (operation === 'replace' && file.endsWith('.ledger2'))
        ? 'ENOSPC'
        : undefined;
    const saved = new SavedLookUps(folder, 1, faultyDisk(full));
    let answers = 3;
    let hangs = () => {};
    const start: Start = (asked, _, options) => {
      const once: typeof fetch = (url, init) => {
        if (answers-- > 0) return fetch(url, init);
        hangs();
        return new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        });
      };
      return lookUp(asked, madePorts({ fetch: once }), { ...options, batchSize: 5, maxInFlight: 1 });
    };
    const lookUps = new LookUps(start, saved, settings);
    open.push({ lookUps, saved });
    const unanswered = () =>
      new Promise<void>((resolve) => {
        hangs = resolve;
      });
    const first = unanswered();
    const { entry } = lookUps.run(question, account, noIdPlaces);
    await first;
    await lookUps.cancel(entry.id);
    assert.match(entry.notKept ?? '', /ENOSPC/);
    const second = unanswered();
    const resumed = lookUps.resume(entry.id);
    await second;
    await lookUps.cancel(entry.id);
    await resumed;
    assert.match(entry.notKept ?? '', /ENOSPC/);
  });

  test('is shown by itself when its file can be read again', async () => {
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
    const unread = leftOut(lookUps);
    await lookUps.restore(() => account);
    assert.equal(await lookUps.open(entry.id), undefined);
    assert.deepEqual(
      unread.map(({ kind }) => kind),
      ['unreadable'],
    );
    assert.equal(lookUps.find(entry.id)?.atHand, 'unreadable');
    const shown = changed(lookUps, () => lookUps.find(entry.id)?.atHand === 'answer');
    isBroken = false;
    await shown;
    assert.deepEqual(facts(lookUps.find(entry.id)!), ['ended', undefined, question.ids.length]);
  });

  /** A window that cannot read the card of a look-up at its start, and can from a moment after that on. */
  async function cardLess(id: string, meanwhile: () => void = () => {}) {
    let isBroken = true;
    const saved = new SavedLookUps(
      folder,
      1,
      faultyDisk((operation, path) => (isBroken && operation === 'read' && path.includes(id) ? 'EIO' : undefined)),
    );
    const lookUps = new LookUps(() => assert.fail('nothing is asked'), saved, settings, 1);
    open.push({ lookUps, saved });
    const unread = leftOut(lookUps);
    await lookUps.restore(() => account);
    assert.deepEqual([lookUps.list().length, unread.map(({ kind }) => kind)], [0, ['unreadable']]);
    meanwhile();
    isBroken = false;
    return { lookUps, unread };
  }

  test('is shown by itself when its card can be read again, and goes on here once the other one lets go', async () => {
    const id = await leftBehind();
    const { lookUps } = await cardLess(id);
    await until('it is shown', () => lookUps.find(id));
    assert.deepEqual(facts(lookUps.find(id)!), ['paused', 'openElsewhere', 10]);
    rmSync(claim());
    await until('it is this window’s', () => lookUps.find(id)?.stopped?.kind === 'dailyLimit');
  });

  test('is told once more where it turns out damaged when its card can be read again', async () => {
    const id = await leftBehind();
    rmSync(claim());
    await close();
    const { lookUps, unread } = await cardLess(id, () => writeFileSync(join(folder, `${id}.ledger2`), 'x\n'));
    await until('it is told', () => unread.length > 1);
    assert.deepEqual([lookUps.list().length, unread.map(({ kind }) => kind)], [0, ['unreadable', 'damaged']]);
  });

  test('is shown no longer once the other one has removed it, or left it damaged, which is said', async () => {
    for (const how of ['removed', 'damaged'] as const) {
      const id = await leftBehind();
      const second = windowWith();
      const unread = leftOut(second.lookUps);
      await second.lookUps.restore(() => account);
      const entry = (await second.lookUps.open(id))!;
      assert.equal(entry.stopped?.kind, 'openElsewhere');
      const gone = changed(second.lookUps, () => second.lookUps.find(id) === undefined);
      if (how === 'damaged') {
        writeFileSync(join(folder, `${id}.ledger2`), 'no ledger\n');
        rmSync(claim());
      } else await new SavedLookUps(folder, 1).remove(id);
      await gone;
      await second.lookUps.resume(id);
      assert.deepEqual(
        unread.map(({ kind }) => kind),
        how === 'damaged' ? ['damaged'] : [],
      );
      await second.lookUps.removeSetAside();
      await close();
    }
  });

  test('is taken over by itself when the other one lets go, and goes on', async () => {
    const id = await leftBehind();
    const second = windowWith();
    await second.lookUps.restore(() => account);
    const entry = (await second.lookUps.open(id))!;
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

  /** A window that slept with a look-up open, and another one that took it for dead and has read the rest. */
  async function takenWhileAsleep() {
    const id = await leftBehind();
    rmSync(claim());
    await close();
    const asleep = windowWith();
    await asleep.lookUps.restore(() => account);
    const entry = (await asleep.lookUps.open(id))!;
    // In turn with all that it does with the files of the look-up: it is at rest when it falls asleep.
    assert.equal(await asleep.saved.isTaken(id), false);
    claimFor(999_999_999); // as the other one takes it to be
    const other = windowWith();
    await other.lookUps.restore(() => account);
    await other.lookUps.resume(id);
    return { id, entry, asleep, other };
  }

  test('goes on with what another window has read of it while this one slept, and nothing of that is cut off', async () => {
    for (const isLeft of [true, false]) {
      const { id, entry, asleep, other } = await takenWhileAsleep();
      if (isLeft) await other.saved.close();
      const ledger = join(folder, `${id}.ledger2`);
      const before = readFileSync(ledger, 'latin1');
      requests = 0;
      await asleep.lookUps.resume(id);
      assert.ok(readFileSync(ledger, 'latin1').startsWith(before));
      const whole = ['ended', undefined, question.ids.length];
      assert.deepEqual([...facts(entry), requests], isLeft ? [...whole, 0] : ['paused', 'openElsewhere', 10, 0]);
      if (!isLeft) {
        const taken = changed(asleep.lookUps, () => entry.state === 'ended');
        await other.saved.close();
        await taken; // by itself
        assert.deepEqual(facts(entry), whole);
      }
      await asleep.lookUps.clear();
    }
  });

  test('is called in the end as this one calls it, where another window took it while this one slept', async () => {
    const { id, entry, asleep, other } = await takenWhileAsleep();
    asleep.lookUps.rename(id, 'Mine');
    await until('it is the other one’s', () => entry.stopped?.kind === 'openElsewhere');
    await other.saved.close();
    const card = join(folder, `${id}.card2.json`);
    await until('its card has the name', () => JSON.parse(readFileSync(card, 'utf8')).name === 'Mine');
    assert.deepEqual([...facts(entry), entry.name], ['ended', undefined, question.ids.length, 'Mine']);
    await close();
    const next = windowWith();
    await next.lookUps.restore(() => account);
    assert.equal(next.lookUps.find(id)?.name, 'Mine');
  });

  test('is taken over at once when Resume is chosen after its process has ended', async () => {
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
    const entry = (await patient.open(id))!;
    assert.equal(entry.stopped?.kind, 'openElsewhere');
    claimFor(999_999_999);
    await patient.resume(id);
    assert.deepEqual(facts(entry), ['ended', undefined, question.ids.length]);
  });

  test('is set aside and told when its card or its ledger cannot be read, and goes when all are cleared', async () => {
    const first = windowWith();
    const runs = [1, 2, 3].map(() => first.lookUps.run(question, account, noIdPlaces));
    await Promise.all(runs.map(({ finished }) => finished));
    await first.saved.close();
    const [card, ledger, whole] = runs.map(({ entry }) => join(folder, entry.id));
    writeFileSync(`${card}.card2.json`, '{');
    writeFileSync(`${card}.ledger2`, 'no ledger either\n');
    writeFileSync(`${ledger}.ledger2`, 'no ledger\n');

    const second = windowWith();
    const damaged = leftOut(second.lookUps);
    await second.lookUps.restore(() => account);
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

suite('a saved look-up', () => {
  let operations: string[];
  function window() {
    operations = [];
    const noted = faultyDisk((operation, path) => {
      operations.push(`${operation} ${path.slice(folder.length + 37)}`);
      return undefined;
    });
    const saved = new SavedLookUps(folder, 1, noted);
    const start: Start = (asked, _, options) => lookUp(asked, madePorts({ fetch }), { ...options, batchSize: 10 });
    const lookUps = new LookUps(start, saved, settings, 1);
    const leftOut: UnreadLookUp[] = [];
    lookUps.onDidLeaveOut((some) => leftOut.push(...some));
    open.push({ lookUps, saved });
    return { lookUps, saved, leftOut };
  }
  const places = placesIn(
    'file:///deals.csv',
    question.ids.map((id, line) => ({ id, line, offset: 20 * line })),
  ).places;
  async function kept(count: number): Promise<string[]> {
    const { lookUps } = window();
    const runs = Array.from({ length: count }, () => lookUps.run(question, account, places));
    await Promise.all(runs.map(({ finished }) => finished));
    await close();
    return runs.map(({ entry }) => entry.id);
  }
  const path = (id: string, ending: string) => join(folder, id + ending);
  const cardOnDisk = (id: string) => JSON.parse(readFileSync(path(id, '.card2.json'), 'utf8'));
  const ledgerReads = () => operations.filter((each) => /^pieces .*ledger2$/.test(each)).length;

  test('is listed from its card with all that its row says, and nothing else of it is read or written', async () => {
    const { lookUps } = window();
    const { entry, finished } = lookUps.run(question, account, places);
    await finished;
    lookUps.rename(entry.id, 'Fair');
    await until('its card has the name', () => cardOnDisk(entry.id).name === 'Fair');
    const { id, state, pinned, name, startedAt, document, progress } = entry;
    const { completeness, counts, apiVersion } = entry.summary;
    await close();
    const next = window();
    await next.lookUps.restore(() => account);
    const listed = next.lookUps.find(id)!;
    assert.deepEqual(
      [listed.state, listed.pinned, listed.name, listed.startedAt, listed.document, listed.progress],
      [state, pinned, name, startedAt, document, progress],
    );
    const { unasked: _, reading: _none, ...shown } = counts;
    const { complete: _complete, ...told } = listed.summary.counts as typeof shown & { complete: boolean };
    assert.deepEqual([listed.summary.completeness, listed.summary.apiVersion, told], [completeness, apiVersion, shown]);
    assert.deepEqual([listed.question.from, listed.question.to], [question.from, question.to]);
    assert.deepEqual([listed.atHand, ledgerReads()], ['card', 0]);
    assert.deepEqual(new Set(operations.map((each) => each.split(' ')[0])), new Set(['names', 'read', 'lengthOf']));
    assert.ok(!readdirSync(folder).some((each) => each.endsWith('.claim2')), 'nothing is claimed before it is opened');
  });

  test('is called as it was last called where that could not be written until its window closed', async () => {
    for (const isOpened of [false, true]) {
      const [id] = await kept(1);
      let isSick = false;
      const saved = new SavedLookUps(
        folder,
        1,
        faultyDisk((operation) => (isSick && operation === 'replace' ? 'EIO' : undefined)),
      );
      const lookUps = new LookUps(() => assert.fail(), saved, settings, 1_000_000);
      await lookUps.restore(() => account);
      if (isOpened) await lookUps.open(id!);
      isSick = true;
      lookUps.rename(id!, 'Anew');
      lookUps.pin(id!, true);
      await saved.own(id!); // in its turn, after both
      isSick = false;
      await closeLookUps({ lookUps, groups: new LookUpGroups(lookUps, saved.groups), saved });
      assert.deepEqual([cardOnDisk(id!).name, cardOnDisk(id!).pinned], ['Anew', true]);
    }
  });

  test('is the newest of those that are kept also where the clock was set back before it began', async () => {
    const [before] = await kept(1);
    const { sum: _, ...told } = cardOnDisk(before!);
    for (let nth = 0; nth < 51; nth++) {
      const id = randomUUID();
      const startedAt = new Date(Date.now() + 1e9 + nth).toISOString();
      writeFileSync(path(id, '.card2.json'), JSON.stringify({ ...told, id, startedAt }));
      copyFileSync(path(before!, '.ledger2'), path(id, '.ledger2'));
    }
    const next = window();
    await next.lookUps.restore(() => account);
    const begun = [0, 1].map(() => next.lookUps.run(question, account, noIdPlaces));
    await Promise.all(begun.map((each) => each.finished));
    next.lookUps.pin(begun[0]!.entry.id, true);
    assert.deepEqual(
      [next.lookUps.list()[0]!.id, next.lookUps.newest!.id],
      begun.map(({ entry }) => entry.id),
    );
    next.lookUps.pin(begun[0]!.entry.id, false);
    await close();
    const last = window();
    await last.lookUps.restore(() => account);
    const listed = last.lookUps.list().map(({ id }) => id);
    assert.deepEqual([listed.length, ...listed.slice(0, 2)], [50, begun[1]!.entry.id, begun[0]!.entry.id]);
  });

  test('asks for the settings no more often for many than for one', async () => {
    await kept(9);
    const saved = new SavedLookUps(folder, 1);
    let asked = 0;
    const batchSize = () => {
      asked++;
      return 10;
    };
    const counted = { ...settings, batchSize };
    const lookUps = new LookUps(() => assert.fail('nothing is asked'), saved, counted, 1);
    open.push({ lookUps, saved });
    await lookUps.restore(() => account);
    assert.equal(lookUps.list().length, 9);
    assert.equal(asked, 1);
  });

  test('is read once when its Answer is asked for, whoever asks, and is the same object as before', async () => {
    const [id] = await kept(1);
    const { lookUps } = window();
    await lookUps.restore(() => account);
    const listed = lookUps.find(id!);
    const [one, other] = await Promise.all([lookUps.open(id!), lookUps.open(id!)]);
    assert.ok(one && one === other && (one as ListedLookUp) === listed);
    assert.equal(await lookUps.open(id!), one);
    assert.equal(ledgerReads(), 1);
    assert.deepEqual([one.answer.counts.asked, one.places.first(question.ids[1]!)?.line], [question.ids.length, 1]);
    const again = await lookUps.again(id!);
    await again?.finished;
    assert.deepEqual(again?.entry.answer.counts, one.answer.counts);
  });

  test('is renamed, pinned, removed and brought back without being read', async () => {
    const [id, removed] = await kept(2);
    const first = window();
    await first.lookUps.restore(() => account);
    first.lookUps.rename(id!, 'Mine');
    first.lookUps.pin(id!, true);
    assert.deepEqual(await first.lookUps.takeAway([id!, removed!]), [id, removed]);
    assert.deepEqual(first.lookUps.list(), []);
    assert.equal(await first.lookUps.bringBack([id!]), 1);
    await first.lookUps.forgetTakenAway();
    assert.equal(ledgerReads(), 0);
    await close();
    const second = window();
    await second.lookUps.restore(() => account);
    assert.deepEqual(
      second.lookUps.list().map(({ name, pinned, atHand }) => [name, pinned, atHand]),
      [['Mine', true, 'card']],
    );
    assert.equal((await second.lookUps.open(id!))?.answer.complete, false);
    assert.deepEqual(
      readdirSync(folder).filter((each) => each.startsWith(removed!)),
      [],
    );
  });

  test('whose ledger tells something else than its card becomes what the ledger tells, and the card says so next time', async () => {
    const [id] = await kept(1);
    const before = cardOnDisk(id!);
    const other = { ...before, sum: undefined, counts: { ...before.counts, found: 7 } };
    writeFileSync(path(id!, '.card2.json'), JSON.stringify(other));
    const first = window();
    await first.lookUps.restore(() => account);
    assert.equal(first.lookUps.find(id!)?.summary.counts.found, 7);
    await first.lookUps.open(id!);
    assert.equal(first.lookUps.find(id!)?.summary.counts.found, before.counts.found);
    await until('the card is mended', () => isDeepStrictEqual(cardOnDisk(id!), before));
  });

  test('keeps the document of its ids when their places cannot be read for once', async () => {
    const [id] = await kept(1);
    const before = cardOnDisk(id!);
    assert.equal(before.row.document, 'file:///deals.csv');
    const text = readFileSync(path(id!, '.places.json'), 'utf8');
    writeFileSync(path(id!, '.places.json'), text.slice(0, 20));
    const { lookUps } = window();
    await lookUps.restore(() => account);
    const opened = await lookUps.open(id!);
    assert.equal(opened?.document, 'file:///deals.csv');
    lookUps.rename(id!, 'Fair');
    await until('its card has the name', () => cardOnDisk(id!).name === 'Fair');
    assert.deepEqual(cardOnDisk(id!).row, before.row);
  });

  test('has the places of its ids again when they can be read, and gives them to one that asks again', async () => {
    const ids = await kept(2);
    for (const every of [1, 1_000_000]) {
      const id = ids.pop()!;
      let isSick = true;
      const isPlaces = (path: string) => path.endsWith('.places.json');
      const disk = faultyDisk((_, path) => (isSick && isPlaces(path) ? 'EIO' : undefined));
      const saved = new SavedLookUps(folder, 1, disk);
      const start: Start = (asked, _, options) => lookUp(asked, madePorts({ fetch }), options);
      const lookUps = new LookUps(start, saved, settings, every);
      open.push({ lookUps, saved });
      await lookUps.restore(() => account);
      const opened = await lookUps.open(id);
      assert.deepEqual([opened?.places.isEmpty, opened?.document], [true, 'file:///deals.csv']);
      isSick = false;
      if (every === 1) await until('they are read', () => !opened!.places.isEmpty);
      const again = await lookUps.again(id);
      await again?.finished;
      for (const each of [opened, again?.entry]) assert.equal(each?.places.first(question.ids[1]!)?.line, 1);
      const places = (of: string) => readFileSync(path(of, '.places.json'), 'utf8');
      assert.equal(places(again!.entry.id), places(id));
    }
  });

  test('is read at the start when its card cannot say how far it has come, and only then', async () => {
    const [killed, damaged, untouched] = await kept(3);
    // A run that went on and was killed: what its card says was before.
    appendFileSync(path(killed!, '.ledger2'), 'half a line');
    const text = readFileSync(path(damaged!, '.ledger2'), 'latin1');
    writeFileSync(path(damaged!, '.ledger2'), text.slice(0, text.trimEnd().lastIndexOf('\n') + 1), 'latin1');
    const first = window();
    await first.lookUps.restore(() => account);
    const atHand = (lookUps: LookUps) => [killed, damaged, untouched].map((id) => lookUps.find(id!)?.atHand);
    assert.deepEqual(atHand(first.lookUps), ['answer', 'answer', 'card']);
    // Its card says that it had ended: it is no window's end that it lacks.
    assert.deepEqual(first.lookUps.find(damaged!)?.stopped, { kind: 'lostOnDisk' });
    assert.deepEqual(first.lookUps.find(killed!)?.stopped, undefined);
    await until('both cards are mended', () => cardOnDisk(damaged!).ended === false);
    await close();
    const second = window();
    await second.lookUps.restore(() => account);
    // What follows the last whole line is not a part of the ledger, and goes only when it goes on.
    assert.deepEqual(atHand(second.lookUps), ['answer', 'card', 'card']);
    assert.deepEqual(second.lookUps.find(damaged!)?.stopped, { kind: 'lostOnDisk' });
  });

  test('that was cancelled and lost its last lines says so: not all that was received is kept', async () => {
    const [cancelled, shorter] = await kept(2);
    for (const id of [cancelled!, shorter!]) {
      const { sum: _, ...card } = { ...cardOnDisk(id), ended: false, stopped: { kind: 'cancelled' } };
      writeFileSync(path(id, '.card2.json'), JSON.stringify(card));
    }
    const lines = readFileSync(path(shorter!, '.ledger2'), 'latin1').trimEnd().split('\n');
    writeFileSync(path(shorter!, '.ledger2'), `${lines.slice(0, -2).join('\n')}\n`, 'latin1');
    const { lookUps } = window();
    await lookUps.restore(() => account);
    const stopped = [cancelled, shorter].map((id) => lookUps.find(id!)?.stopped?.kind);
    assert.deepEqual(stopped, ['cancelled', 'lostOnDisk']);
  });

  test('that turns out damaged when it is opened is set aside and told, and one whose ledger is newer is left', async () => {
    const [head, line, gone, newer] = await kept(4);
    const change = (id: string, at: (text: string) => number, by: string) => {
      const text = readFileSync(path(id, '.ledger2'), 'latin1');
      const place = at(text);
      writeFileSync(path(id, '.ledger2'), text.slice(0, place) + by + text.slice(place + by.length), 'latin1');
    };
    writeFileSync(path(head!, '.ledger2'), 'x'.repeat(cardOnDisk(head!).ledgerBytes));
    change(line!, (text) => text.trimEnd().lastIndexOf('"pages"'), '"Pages"');
    const bytes = Buffer.concat([
      new LineWriter().json({ ledger: 'associations-for-hubspot', version: 3 }).line(),
      Buffer.from('\n'),
    ]);
    const { length } = readFileSync(path(newer!, '.ledger2'));
    writeFileSync(path(newer!, '.ledger2'), Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]));
    const { lookUps, leftOut } = window();
    await lookUps.restore(() => account);
    assert.deepEqual([lookUps.list().length, leftOut], [4, []]);
    rmSync(path(gone!, '.ledger2'));
    const opened = await Promise.all([head, line, gone, newer].map((id) => lookUps.open(id!)));
    assert.deepEqual(
      opened.map((entry) => entry?.state),
      [undefined, 'paused', undefined, undefined],
    );
    assert.equal(opened[1]?.answer.completeness, 'incomplete');
    assert.deepEqual(opened[1]?.stopped, { kind: 'lostOnDisk' });
    const { answer } = opened[1]!;
    const reasons = Array.from({ length: answer.counts.asked }, (_, record) => answer.problem(record)).filter(Boolean);
    const lost = { kind: 'notRead', failure: { kind: 'lostOnDisk' } };
    assert.deepEqual(reasons, Array(answer.counts.notRead + answer.counts.truncated).fill(lost));
    assert.ok(reasons.length > 0);
    await until('its card says why', () => cardOnDisk(line!).stopped?.kind === 'lostOnDisk');
    assert.deepEqual(
      lookUps.list().map(({ id }) => id),
      [line],
    );
    assert.deepEqual(leftOut.map((each) => `${each.kind} ${each.id}`).sort(), [
      ...[`damaged ${gone}`, `damaged ${head}`].sort(),
      `newer ${newer}`,
    ]);
    assert.ok(existsSync(path(head!, '.ledger2.damaged')) && existsSync(path(newer!, '.ledger2')));
  });

  test('that was removed while it is being read stays removed', async () => {
    const [id] = await kept(1);
    const { lookUps } = window();
    await lookUps.restore(() => account);
    const opening = lookUps.open(id!);
    await lookUps.remove(id!);
    await opening;
    assert.deepEqual(lookUps.list(), []);
    assert.deepEqual(
      readdirSync(folder).filter((each) => each.startsWith(id!)),
      [],
    );
  });

  test('waits for Resume with a new token, also when it was not read, and goes on then', async () => {
    const saved = new SavedLookUps(folder, 1);
    const without = new LookUps(
      (asked, _, options) => lookUp(asked, madePorts({ fetch, token: async () => undefined }), options),
      saved,
      settings,
    );
    open.push({ lookUps: without, saved });
    const { entry, finished } = without.run(question, account, noIdPlaces);
    await finished;
    await close();
    const { lookUps } = window();
    await lookUps.restore(() => account);
    assert.equal(lookUps.find(entry.id)?.stopped?.kind, 'noToken');
    lookUps.tokenReplaced(account.id);
    assert.equal(lookUps.find(entry.id)?.stopped?.kind, 'newToken');
    await until('it is written down', () => cardOnDisk(entry.id).stopped.kind === 'newToken');
    assert.equal(ledgerReads(), 0);
    await lookUps.resume(entry.id);
    assert.deepEqual([lookUps.find(entry.id)?.state, lookUps.find(entry.id)?.summary.counts.notRead], ['ended', 0]);
  });

  test('is there also when the folder could not be listed for longer than the start tries', async () => {
    const [id] = await kept(1);
    let isBusy = true;
    const saved = new SavedLookUps(
      folder,
      1,
      faultyDisk((operation) => (isBusy && operation === 'names' ? 'EMFILE' : undefined)),
    );
    const lookUps = new LookUps(() => assert.fail('nothing is asked'), saved, settings, 1);
    open.push({ lookUps, saved });
    await assert.rejects(lookUps.restore(() => account));
    isBusy = false;
    await until('it is listed', () => lookUps.find(id!) !== undefined);
  });
});
