/** A window that closes while something is still under way with the files of its look-ups. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createPortal } from '../../src/core/sampleHubSpot/portal.ts';
import { Claims } from '../../src/editor/claim.ts';
import { type Disk, nodeDisk } from '../../src/editor/disk.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { noPlaces } from '../../src/ids/storedPlaces.ts';
import { closeLookUps } from '../../src/lookUps/closeLookUps.ts';
import type { LookUpCard } from '../../src/lookUps/lookUpCard.ts';
import { LookUpGroups } from '../../src/lookUps/lookUpGroups.ts';
import { LookUps } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { cardOf, restoredBy } from './cards.ts';
import { errorWith, faultyDisk } from './faultyDisk.ts';

const question = { from: 'deals', to: 'contacts', ids: dealIds(30) };
const { fetch } = createPortal(generatedAccount({ deals: 30, contacts: 5 }), { pageSize: 3 });

let folder = '';
let windows: SavedLookUps[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'look-ups-'));
  windows = [];
});
afterEach(async () => {
  for (const each of windows) await each.close();
  rmSync(folder, { recursive: true });
});

const claims = () => new Claims(folder, { beat: 50, patience: 5000 });

function open(disk: Disk = nodeDisk): SavedLookUps {
  const saved = new SavedLookUps(folder, 1, disk, claims());
  windows.push(saved);
  return saved;
}

type Operation = 'create' | 'replace' | 'rename' | 'remove';

/** A disk of which one operation can be held back until it is let go. */
function slowDisk() {
  let held: Operation | undefined;
  let letGo = () => {};
  let released = Promise.resolve();
  let reach = () => {};
  const pass = async (operation: Operation) => {
    if (operation !== held) return;
    reach();
    await released;
  };
  const disk: Disk = {
    ...nodeDisk,
    create: async (...args) => {
      await pass('create');
      return nodeDisk.create(...args);
    },
    replace: async (...args) => {
      await pass('replace');
      return nodeDisk.replace(...args);
    },
    rename: async (...args) => {
      await pass('rename');
      return nodeDisk.rename(...args);
    },
    remove: async (...args) => {
      await pass('remove');
      return nodeDisk.remove(...args);
    },
  };
  return {
    disk,
    /** @returns resolves when the operation is held back for the first time */
    hold: (operation: Operation): Promise<void> => {
      held = operation;
      released = new Promise((resolve) => {
        letGo = resolve;
      });
      return new Promise((resolve) => {
        reach = resolve;
      });
    },
    letGo: () => {
      held = undefined;
      letGo();
    },
  };
}

/** Reads a look-up to its end, and keeps it. */
function run(saved: SavedLookUps, card: LookUpCard) {
  return lookUp(question, madePorts({ fetch }), { batchSize: 10, ledger: saved.begin(card, noPlaces) });
}

async function keep(saved: SavedLookUps): Promise<LookUpCard> {
  const card = cardOf();
  await run(saved, card).done;
  const ended = { ...card, ended: true };
  assert.equal(await saved.update(ended), true);
  return ended;
}

async function keptBefore(): Promise<LookUpCard> {
  const saved = open();
  const card = await keep(saved);
  await saved.close();
  return card;
}

/** What a next start shows: of each look-up what it is, whether it has ended, and its name. */
async function shownNext(): Promise<readonly unknown[]> {
  const next = open();
  const all = await restoredBy(next);
  await next.close();
  return all.map((each) =>
    each.kind === 'restored' ? [each.state.answer.complete, each.card.ended, each.card.name] : each.kind,
  );
}

const path = ({ id }: { readonly id: string }, ending: string) => join(folder, id + ending);
const cardOnDisk = (card: { readonly id: string }) => JSON.parse(readFileSync(path(card, '.card2.json'), 'utf8'));
const isHeld = (card: LookUpCard) => claims().isElsewhere(path(card, '.claim2'));

suite('a window that closes while files are being made', () => {
  for (const operation of ['create', 'replace'] as const) {
    test(`has all of a look-up that was just begun before it lets go of it: ${operation}`, async () => {
      const { disk, hold, letGo } = slowDisk();
      const saved = open(disk);
      const reached = hold(operation);
      const card = cardOf();
      saved.begin(card, noPlaces);
      await reached;
      const closing = saved.close(60_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(await isHeld(card), true);
      letGo();
      await closing;
      assert.deepEqual(
        readdirSync(folder).sort(),
        ['.card2.json', '.ledger2', '.places.json'].map((ending) => card.id + ending),
      );
    });
  }

  test('waits only so long, and keeps what is under way claimed, however often it is told to close', async () => {
    const { disk, hold, letGo } = slowDisk();
    const saved = open(disk);
    const reached = hold('create');
    const card = cardOf();
    const { done } = run(saved, card);
    await reached;
    await Promise.all([saved.close(1), saved.close(1)]);
    await saved.close(1);
    assert.equal(await isHeld(card), true);
    assert.deepEqual(await shownNext(), [], 'nobody else takes it');
    letGo();
    await done;
    await saved.close();
    assert.equal(await isHeld(card), false);
    assert.equal((await shownNext()).length, 1);
  });

  test('begins no other look-up, and says so', async () => {
    const { disk, hold, letGo } = slowDisk();
    const saved = open(disk);
    const reached = hold('create');
    const [first, second] = [cardOf(), cardOf()];
    saved.begin(first, noPlaces);
    await reached;
    const closing = saved.close(60_000);
    const other = run(saved, second);
    const { answer, ledgerProblem } = await other.done;
    assert.deepEqual([answer.complete, ledgerProblem], [true, 'The window is closing.']);
    assert.equal(await saved.makeWhole({ ...second, ended: true }, other.state), 'The window is closing.');
    assert.equal(await saved.update({ ...second, ended: true }), false);
    letGo();
    await closing;
    assert.deepEqual(
      readdirSync(folder).filter((name) => !name.startsWith(first.id)),
      [],
    );
    const late = await run(saved, cardOf()).done;
    assert.equal(late.ledgerProblem, 'The window is closing.');
  });

  test('takes no line any more once it has let go', async () => {
    const saved = open();
    const ledger = saved.begin(cardOf(), noPlaces);
    await saved.close();
    await assert.rejects(ledger.append(Uint8Array.of(65), 1), /closing/);
  });
});

suite('a window that closes while cards are being written', () => {
  test('has written what became of a look-up, also where that comes while it closes', async () => {
    const { disk, hold, letGo } = slowDisk();
    const saved = open(disk);
    const reached = hold('create');
    const card = cardOf();
    saved.begin(card, noPlaces);
    await reached;
    const first = saved.update({ ...card, name: 'first' });
    const closing = saved.close(60_000);
    const last = saved.update({ ...card, name: 'last' });
    letGo();
    await closing;
    assert.deepEqual(await Promise.all([first, last]), [true, true]);
    assert.equal(cardOnDisk(card).name, 'last');
  });

  test('writes what was asked for before, however late, and says of what comes after that it is not written', async () => {
    const { disk, hold, letGo } = slowDisk();
    const saved = open(disk);
    const card = await keep(saved);
    const reached = hold('replace');
    const both = [saved.update({ ...card, name: 'first' }), saved.update({ ...card, name: 'last' })];
    await reached;
    await saved.close(1);
    assert.equal(await isHeld(card), true);
    letGo();
    assert.deepEqual(await Promise.all(both), [true, true]);
    await saved.close();
    assert.equal(await saved.update({ ...card, name: 'too late' }), false);
    assert.equal(await saved.mend({ ...card, name: 'too late' }), false);
    assert.deepEqual(await shownNext(), [[true, true, 'last']]);
  });

  test('writes a broken ledger down as a whole after what was asked for before, and says only then that it is kept', async () => {
    let isFull = true;
    const { disk, hold, letGo } = slowDisk();
    const append: Disk['append'] = (...args) => {
      if (isFull && args[1] > 0) throw errorWith('ENOSPC');
      disk.append(...args);
    };
    const saved = open({ ...disk, append });
    const card = cardOf();
    const { state, done } = run(saved, card);
    assert.match((await done).ledgerProblem ?? '', /ENOSPC/);
    isFull = false;
    const reached = hold('replace');
    const update = saved.update(card);
    const whole = saved.makeWhole({ ...card, ended: true }, state);
    await reached;
    await saved.close(1);
    letGo();
    assert.deepEqual(await Promise.all([update, whole]), [true, undefined]);
    await saved.close();
    assert.equal(await saved.makeWhole({ ...card, ended: true }, state), 'The window is closing.');
    assert.deepEqual(await shownNext(), [[true, true, undefined]]);
  });

  test('leaves nothing that looks damaged of a look-up that could not be written', async () => {
    for (const failing of [['replace', 'create'], ['append']]) {
      let isFull = true;
      const saved = open(faultyDisk((operation) => (isFull && failing.includes(operation) ? 'ENOSPC' : undefined)));
      const card = cardOf();
      const { ledgerProblem } = await run(saved, card).done;
      assert.match(ledgerProblem ?? '', /ENOSPC/);
      isFull = false;
      // The ledger comes with the next try: without it there is nothing that a card could tell of.
      assert.equal(await saved.update({ ...card, ended: true }), false);
      await saved.close();
      assert.deepEqual(await shownNext(), [], String(failing));
    }
  });
});

suite('a window that closes while a look-up is', () => {
  const putBack = (saved: SavedLookUps, id: string) => saved.putBack(id);

  /** A look-up with which something is begun that the disk holds back until the window has waited long enough. */
  async function closedDuring(operation: Operation, begin: (saved: SavedLookUps, id: string) => Promise<unknown>) {
    const { disk, hold, letGo } = slowDisk();
    const saved = open(disk);
    const card = await keep(saved);
    if (begin === putBack) await saved.setApart(card.id);
    const reached = hold(operation);
    const work = begin(saved, card.id);
    await reached;
    await saved.close(1);
    assert.equal(await isHeld(card), true);
    await shownNext();
    letGo();
    await work;
    await saved.close();
    assert.equal(await isHeld(card), false);
    return card;
  }
  test('removed keeps it until it is gone', async () => {
    const card = await closedDuring('remove', (saved, id) => saved.remove(id));
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith(card.id)),
      [],
    );
  });

  test('removed before it is made lets no file come after that', async () => {
    const { disk, hold, letGo } = slowDisk();
    const saved = open(disk);
    const reached = hold('create');
    const card = cardOf();
    saved.begin(card, noPlaces);
    await reached;
    const removed = saved.remove(card.id);
    await saved.close(1);
    assert.equal(await isHeld(card), true);
    letGo();
    await removed;
    await saved.close();
    assert.deepEqual(readdirSync(folder), []);
  });

  test('taken out of sight keeps it until it is, and the next start sweeps it', async () => {
    await closedDuring('rename', (saved, id) => saved.setApart(id));
    assert.deepEqual(await shownNext(), []);
    assert.deepEqual(readdirSync(folder), []);
  });

  test('put back lets go of it where it could never be moved', async () => {
    let isBroken = false;
    const saved = open(faultyDisk((operation) => (isBroken && operation === 'read' ? 'EIO' : undefined)));
    const card = await keep(saved);
    isBroken = true;
    await assert.rejects(saved.setApart(card.id), /EIO/);
    const closed = saved.close();
    await assert.rejects(saved.putBack(card.id), /closing/);
    await closed;
    assert.ok(!readdirSync(folder).some((name) => name.endsWith('.claim2')));
    assert.deepEqual(await shownNext(), [[true, true, undefined]]);
  });

  test('put back keeps it until it is, and it is there again', async () => {
    await closedDuring('rename', putBack);
    assert.deepEqual(await shownNext(), [[true, true, undefined]]);
  });
});

suite('a window that closes', () => {
  test('lets go of a look-up that it is just taking', async () => {
    const card = await keptBefore();
    const begun: readonly ((saved: SavedLookUps) => Promise<unknown>)[] = [
      (saved) => saved.own(card.id),
      (saved) => saved.read(card.id),
      (saved) => saved.take(card.id),
      (saved) => saved.amend(card.id, { name: 'Mine' }),
      restoredBy,
    ];
    for (const begin of begun) {
      const saved = open();
      const work = begin(saved);
      await saved.close();
      assert.ok(await work);
      assert.deepEqual(
        readdirSync(folder).filter((name) => /\.(claim2|window)$/.test(name)),
        [],
      );
    }
    assert.deepEqual(await shownNext(), [[true, true, 'Mine']]);
  });

  test('takes no other one, and says so', async () => {
    const card = await keptBefore();
    const { disk, hold, letGo } = slowDisk();
    const saved = open(disk);
    const reached = hold('create');
    saved.begin(cardOf(), noPlaces);
    await reached;
    const closing = saved.close(60_000);
    await assert.rejects(saved.own(card.id), /closing/);
    assert.deepEqual(await saved.read(card.id), {
      kind: 'unreadable',
      id: card.id,
      detail: 'The window is closing.',
    });
    assert.equal(await saved.take(card.id), undefined);
    assert.equal(await saved.amend(card.id, { name: 'Mine' }), false);
    await assert.rejects(saved.remove(card.id), /closing/);
    assert.deepEqual(await restoredBy(saved), []);
    assert.ok(!existsSync(path(card, '.claim2')));
    letGo();
    await closing;
    assert.deepEqual(await shownNext(), [[true, true, undefined]]);
  });

  test('closes also where its heartbeat or its folder is not what it made', async () => {
    const heart = open();
    await keep(heart);
    const name = readdirSync(folder).find((each) => each.endsWith('.window'))!;
    rmSync(join(folder, name));
    mkdirSync(join(folder, name, 'kept'), { recursive: true });
    await heart.close();
    const gone = open();
    await keep(gone);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    await gone.close();
  });

  test('does not wait for the card of a group on a disk that hangs before it lets go of the others', async () => {
    const { disk, hold, letGo } = slowDisk();
    const saved = open(disk);
    const lookUps = new LookUps(
      (asked, _, options) => lookUp(asked, madePorts({ fetch }), { ...options, batchSize: 10 }),
      saved,
      { complete: (asked) => asked, batchSize: () => 10 },
    );
    const groups = new LookUpGroups(lookUps, saved.groups);
    const account = { id: 'a', name: 'Acme', kind: 'environment', checked: true } as const;
    const { entry, finished } = lookUps.run(question, account, noIdPlaces);
    await finished;
    const reached = hold('replace');
    groups.make([{ from: 'deals', to: 'contacts', lookUp: entry.id }], true);
    await reached;
    await closeLookUps({ lookUps, groups, saved }, 1);
    assert.ok(!existsSync(path(entry, '.claim2')));
    letGo();
    await groups.close();
    groups.dispose();
  });

  test('has written how a look-up came to rest that was running', async () => {
    const saved = open();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const lookUps = new LookUps(
      (all, _, options) => {
        let nth = 0;
        const hanging: typeof fetch = (url, init) => {
          if (nth++ === 0) return fetch(url, init);
          answer();
          return new Promise((_resolve, reject) => {
            init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
          });
        };
        return lookUp(all, madePorts({ fetch: hanging }), { ...options, batchSize: 10, maxInFlight: 1 });
      },
      saved,
      { complete: (all) => all, batchSize: () => 10 },
    );
    const groups = new LookUpGroups(lookUps, saved.groups);
    const account = { id: 'a', name: 'Acme', kind: 'environment', checked: true } as const;
    const { entry } = lookUps.run(question, account, noIdPlaces);
    await asked;
    await closeLookUps({ lookUps, groups, saved }, 60_000);
    groups.dispose();
    const { counts } = cardOnDisk(entry);
    assert.deepEqual([counts.asked, counts.notRead, entry.state, entry.notKept], [30, 20, 'paused', undefined]);
  });
});
