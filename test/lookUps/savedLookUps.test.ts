import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LineWriter } from '../../src/core/ledger/lineWriter.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createPortal } from '../../src/core/sampleHubSpot/portal.ts';
import { Claims } from '../../src/editor/claim.ts';
import { type Disk, nodeDisk } from '../../src/editor/disk.ts';
import { noPlaces, storedText } from '../../src/ids/storedPlaces.ts';
import type { LookUpCard } from '../../src/lookUps/lookUpCard.ts';
import { LookUpFolder } from '../../src/lookUps/lookUpFolder.ts';
import type { SavedLookUp } from '../../src/lookUps/returningLookUps.ts';
import type { RestoredEntry } from '../../src/lookUps/savedAnswers.ts';
import { SavedCards } from '../../src/lookUps/savedCards.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { answerDigest } from '../core/answerDigest.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { cardOf, restoredBy } from './cards.ts';
import { errorWith, type Fault, faultyDisk } from './faultyDisk.ts';

const savedBy010 = fileURLToPath(new URL('./savedBy010', import.meta.url));
const types = { from: 'deals', to: 'contacts' };
const question = { ...types, ids: dealIds(30) };
const { fetch } = createPortal(generatedAccount({ deals: 30, contacts: 5 }), { pageSize: 3 });
/** With a limit of their own each time, so that no test waits for another one's calls. */
const ports = () => madePorts({ fetch });

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

function open(fault: Fault = () => undefined, claims = new Claims(folder, { beat: 50, patience: 5000 })): SavedLookUps {
  const saved = new SavedLookUps(folder, 1, faultyDisk(fault), claims);
  windows.push(saved);
  return saved;
}

/** Keeps a look-up that has ended. */
async function keep(saved: SavedLookUps, over: Partial<LookUpCard> = {}): Promise<LookUpCard> {
  const card = cardOf(over);
  const { stopped } = await lookUp(question, ports(), { batchSize: 10, ledger: saved.begin(card, noPlaces) }).done;
  const ended = { ...card, ended: !stopped };
  assert.equal(await saved.update(ended), true);
  return ended;
}

async function keptBefore(count: number, over: Partial<LookUpCard> = {}): Promise<LookUpCard[]> {
  const saved = open();
  const cards: LookUpCard[] = [];
  for (let nth = 0; nth < count; nth++) cards.push(await keep(saved, { startedAt: new Date(nth), ...over }));
  await saved.close();
  return cards;
}

const kinds = (all: readonly SavedLookUp[]) => all.map(({ kind }) => kind).sort();
const contents = () =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !/\.(window|claim2)$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
  );
const filesLeft = () =>
  readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isFile() && !each.name.endsWith('.window'))
    .map(({ name }) => name);
const path = ({ id }: { readonly id: string }, ending: string) => join(folder, id + ending);
/** What a card tells that needs no ledger beside it. */
const told = (card: LookUpCard) => ({
  counts: {
    asked: 30,
    found: 30,
    none: 0,
    failed: 0,
    notRead: 0,
    truncated: 0,
    associations: 150,
    complete: true,
  },
  row: { question: types, document: '', completeness: 'complete' as const, pages: 1 },
  ledgerBytes: readFileSync(path(card, '.ledger2')).length,
});

/** Of a window that finds out who is gone: something happens before it can know. */
class MeanwhileClaims extends Claims {
  #meanwhile: (() => Promise<void>) | undefined;

  constructor(of: string, meanwhile: () => Promise<void>) {
    super(of, { beat: 50, patience: 5000 });
    this.#meanwhile = meanwhile;
  }

  async #first(): Promise<void> {
    const meanwhile = this.#meanwhile;
    this.#meanwhile = undefined;
    await meanwhile?.();
  }

  override async take(file: string): Promise<boolean> {
    await this.#first();
    return super.take(file);
  }

  override async isElsewhere(file: string): Promise<boolean> {
    await this.#first();
    return super.isElsewhere(file);
  }
}

suite('a look-up that was removed and can be brought back', () => {
  test('is met by no window, and is whole when it is put back', async () => {
    const saved = open();
    const card = await keep(saved);
    const before = contents();
    await saved.setApart(card.id);
    assert.ok(!existsSync(path(card, '.card2.json')));
    assert.deepEqual(await restoredBy(open()), [], 'another window that starts meanwhile');
    await saved.putBack(card.id);
    assert.deepEqual(contents(), before);
  });

  test('keeps its files from another window that starts, however old they are', async () => {
    const saved = open();
    const card = await keep(saved);
    await saved.setApart(card.id);
    for (const name of Object.keys(contents())) utimesSync(join(folder, name), 0, 0);
    const before = contents();
    await restoredBy(open());
    assert.deepEqual(contents(), before);
  });

  test('is swept at the next start, once its window is gone', async () => {
    const saved = open();
    const cards = [await keep(saved), await keep(saved)];
    await saved.setApart(cards[0]!.id);
    await saved.close();
    const left = await restoredBy(open());
    assert.deepEqual(
      left.map((each) => each.kind === 'restored' && each.card.id),
      [cards[1]!.id],
    );
    assert.deepEqual(
      Object.keys(contents()).filter((name) => name.startsWith(cards[0]!.id)),
      [],
    );
  });

  test('is put back at the next start where its window ended without a word', async () => {
    const saved = open();
    const card = await keep(saved);
    await saved.setApart(card.id);
    const claim = readFileSync(path(card, '.claim2'));
    await saved.close();
    writeFileSync(path(card, '.claim2'), claim);
    assert.deepEqual(kinds(await restoredBy(open())), ['restored']);
    assert.ok(existsSync(path(card, '.card2.json')) && !existsSync(path(card, '.card2.json.removed')));
  });

  test('is swept at the next start also where it could not be deleted', async () => {
    let isLocked = true;
    const saved = open((operation, file) =>
      isLocked && operation === 'remove' && !file.endsWith('.claim2') ? 'EACCES' : undefined,
    );
    const card = await keep(saved);
    await saved.setApart(card.id);
    await assert.rejects(saved.remove(card.id), /EACCES/);
    isLocked = false;
    await saved.close();
    assert.deepEqual(await restoredBy(open()), []);
    assert.deepEqual(filesLeft(), []);
  });

  test('is removed where a directory stands in the way, and stays as it was where its card cannot be', async () => {
    let isLocked = false;
    const saved = open((operation, file) =>
      isLocked && operation === 'remove' && file.endsWith('.card2.json') ? 'EACCES' : undefined,
    );
    const card = await keep(saved);
    mkdirSync(path(card, '.card2.json.removed'));
    await assert.rejects(saved.setApart(card.id), /EISDIR|ENOTEMPTY|EPERM/);
    const before = filesLeft();
    isLocked = true;
    await assert.rejects(saved.remove(card.id), /EACCES/);
    assert.deepEqual(filesLeft(), before);
    assert.equal(await saved.update({ ...card, name: 'Still kept' }), true);
    isLocked = false;
    await saved.remove(card.id);
    assert.deepEqual(filesLeft(), []);
  });

  test('is no directory that stands where it would: each start leaves that, and what is in it, as it is', async () => {
    const saved = open();
    const card = await keep(saved);
    await saved.close();
    const apart = path({ id: randomUUID() }, '.card2.json.removed');
    mkdirSync(apart);
    writeFileSync(join(apart, 'of somebody'), '');
    for (let start = 0; start < 4; start++) {
      // One that a crash has left claimed is not put in the place of a card.
      const stale = JSON.stringify({ claim: 'c', window: 'w', place: 'gone', pid: 1 });
      if (start === 2) writeFileSync(apart.replace('.card2.json.removed', '.claim2'), stale);
      const next = open();
      assert.deepEqual(kinds(await restoredBy(next)), ['restored']);
      await next.close();
      assert.deepEqual(readdirSync(apart), ['of somebody']);
    }
    assert.ok(existsSync(path(card, '.card2.json')));
  });

  test('is not set apart where another window has it, or it is gone', async () => {
    const saved = open();
    const [elsewhere, gone] = [await keep(saved), await keep(saved)];
    rmSync(path(elsewhere, '.claim2'));
    assert.equal(await open().own(elsewhere.id), true);
    await open().remove(gone.id);
    const before = contents();
    for (const { id } of [elsewhere, gone]) assert.equal(await saved.setApart(id), false);
    assert.deepEqual(contents(), before);
    assert.ok(!existsSync(path(gone, '.claim2')));
    const [card] = await keptBefore(1);
    const second = open();
    assert.equal(await second.setApart(card!.id), true);
    assert.equal(await saved.own(card!.id), false, 'it is claimed');
  });

  test('is not swept when it is brought back while another window looks who is gone', async () => {
    const first = open();
    const [gone, card] = [await keep(first), await keep(first)];
    for (const { id } of [gone, card]) await first.setApart(id);
    const claims = new MeanwhileClaims(folder, async () => {
      // Undo, and the end of that window.
      await first.putBack(card.id);
      await first.close();
    });
    await restoredBy(open(() => undefined, claims));
    assert.ok(existsSync(path(card, '.card2.json')) && existsSync(path(card, '.ledger2')));
    assert.ok(
      Object.keys(contents()).every((name) => name.startsWith(card.id)),
      'the other one is swept',
    );
    assert.ok(!existsSync(path(card, '.claim2')), 'it is let go of');
    assert.deepEqual(kinds(await restoredBy(open())), ['restored']);
  });

  test('is there at the next start where its card could only be written anew', async () => {
    let isLocked = false;
    const saved = open((operation) => (isLocked && operation === 'rename' ? 'EACCES' : undefined));
    const kept = await keep(saved);
    const card = { ...kept, ...told(kept) };
    await saved.setApart(card.id);
    isLocked = true;
    await assert.rejects(saved.putBack(card.id), /EACCES/);
    assert.equal(await saved.update(card), true);
    await saved.close();
    for (let start = 1; start <= 2; start++) {
      const next = open();
      assert.deepEqual(kinds(await restoredBy(next)), ['listed'], `start ${start}`);
      await next.close();
    }
  });

  test('is deleted with all its files when its time is over', async () => {
    const saved = open();
    const card = await keep(saved);
    await saved.setApart(card.id);
    await saved.remove(card.id);
    assert.deepEqual(contents(), {});
  });
});

suite('look-ups that 0.1.0 saved', () => {
  const expected: Record<
    string,
    { name: string; stopped?: string; counts: object; complete: boolean; associations: unknown }
  > = JSON.parse(readFileSync(join(savedBy010, 'expected.json'), 'utf8'));
  const ids = Object.keys(expected);
  beforeEach(() => {
    for (const name of readdirSync(savedBy010)) {
      if (name !== 'expected.json') cpSync(join(savedBy010, name), join(folder, name));
    }
  });

  test('are shown as they were, and nothing of theirs is changed', async () => {
    const before = contents();
    const all = await restoredBy(open());
    assert.equal(all.length, ids.length);
    for (const each of all) {
      assert.ok(each.kind === 'restored');
      const { name, stopped, counts, complete, associations } = expected[each.card.id]!;
      const { answer } = each.state;
      assert.deepEqual(answer.counts, { ...counts, reading: 0 }, name);
      // 0.1.0 called complete what v3 hides behind a primary company.
      assert.equal(answer.completeness === 'primaryOnly' || answer.complete, complete, name);
      assert.equal(answer.completeness === 'primaryOnly', name === 'version 3');
      const records = answerDigest(answer).records.map(({ id, state, to }) => [id, state, to]);
      assert.deepEqual(JSON.parse(JSON.stringify(records)), associations, name);
      assert.deepEqual([each.card.ended, each.card.stopped?.kind], [stopped === undefined, stopped], name);
      assert.equal(each.card.pinned, name === 'complete');
      assert.equal(each.places.first(answer.recordId(0))?.line, 1);
    }
    assert.deepEqual(contents(), before);
  });

  test('go on, renamed and resumed, in files of their own', async () => {
    const before = contents();
    const saved = open();
    const cancelled = ids.find((id) => expected[id]?.name === 'cancelled')!;
    const entry = (await restoredBy(saved)).find((each) => each.kind === 'restored' && each.card.id === cancelled);
    assert.ok(entry?.kind === 'restored' && entry.ledger?.isBroken && !entry.state.answer.complete);
    const card = { ...entry.card, name: 'Mine', ended: true };
    assert.equal(await saved.makeWhole({ ...card, ended: false }, entry.state), undefined);
    const { answer } = await lookUp(
      entry.question,
      { ...ports(), fetch: createPortal(generatedAccount({ deals: 0 })).fetch },
      { ledger: entry.ledger, resume: entry.state },
    ).done;
    await saved.update(card);
    await saved.close();
    const now = contents();
    for (const [name, text] of Object.entries(before)) assert.equal(now[name], text, `${name} is as 0.1.0 left it`);
    assert.deepEqual(
      Object.keys(now).filter((name) => !(name in before)),
      [`${cancelled}.card2.json`, `${cancelled}.ledger2`],
    );
    const again = (await restoredBy(open())).find((each) => each.kind === 'restored' && each.card.id === cancelled);
    assert.ok(again?.kind === 'restored' && again.card.name === 'Mine' && again.card.ended);
    assert.deepEqual(answerDigest(again.state.answer), answerDigest(answer));
  });

  test('lose one answer to one flipped bit, not all', async () => {
    const id = ids.find((each) => expected[each]?.name === 'contactsToTickets')!;
    const lines = readFileSync(path({ id }, '.ledger'), 'latin1').split('\n');
    writeFileSync(path({ id }, '.ledger'), lines.with(2, lines[2]!.replace(/.$/, '?')).join('\n'), 'latin1');
    const entry = await open().take(id);
    assert.ok(entry?.kind === 'restored' && !entry.card.ended);
    const { asked, notRead, truncated } = entry.state.answer.counts;
    assert.ok(
      asked === 40 && notRead + truncated > 0 && notRead < asked,
      'what comes before is final, what comes after is not',
    );
  });

  test('lose what follows a line that a full disk has swallowed', async () => {
    const id = ids.find((each) => expected[each]?.name === 'contactsToTickets')!;
    const lines = readFileSync(path({ id }, '.ledger'), 'latin1').split('\n');
    for (const missing of lines.keys()) {
      // The first says what was asked; nothing says whether there was one after the last.
      if (missing === 0 || missing >= lines.length - 2) continue;
      writeFileSync(path({ id }, '.ledger'), lines.toSpliced(missing, 1).join('\n'), 'latin1');
      const saved = open();
      const entry = await saved.take(id);
      assert.ok(entry?.kind === 'restored' && entry.ledger?.isBroken, `line ${missing}`);
      const { completeness, counts } = entry.state.answer;
      assert.deepEqual([entry.card.ended, completeness, counts.asked], [false, 'incomplete', 40]);
      await saved.close();
    }
  });

  test('with a page without associations, which it wrote in a way it could not read, are read', async () => {
    const id = ids[0]!;
    const line = (value: unknown) => `${Buffer.from(new LineWriter().json(value).line()).toString('latin1')}\n`;
    const head = {
      ledger: 'associations-for-hubspot',
      version: 1,
      question: { from: 'deals', to: 'contacts', ids: ['1', '2'] },
    };
    const page = { record: 0, to: [], set: 0, after: 'A' };
    const effort = { requests: 1, pages: 1, milliseconds: 1 };
    writeFileSync(
      path({ id }, '.ledger'),
      line(head) + line({ pages: [page], sets: [null], none: [1], failed: [], remarks: [], effort }),
    );
    const entry = await open().take(id);
    assert.ok(entry?.kind === 'restored');
    assert.deepEqual([entry.state.pages.cursor(0), entry.state.answer.state(1)], ['A', 'none']);
  });
});

suite('saved look-ups of which something fails', () => {
  test('are left as they are when a card or a ledger cannot be read for one start, and are there at the next', async () => {
    await keptBefore(3);
    const before = contents();
    for (const code of ['EACCES', 'EIO', 'EMFILE', 'EPERM']) {
      for (const operation of ['read', 'pieces'] as const) {
        let isFirst = true;
        const saved = open((each, file) => {
          if (each !== operation || !isFirst || (each === 'read' && !file.endsWith('.card2.json'))) return undefined;
          isFirst = false;
          return code;
        });
        const all = await restoredBy(saved);
        assert.deepEqual(kinds(all), ['restored', 'restored', 'unreadable'], `${operation} ${code}`);
        const unread = all.find((each) => each.kind === 'unreadable')!;
        assert.deepEqual(contents(), before);
        // Tried again in the same window it is there, too.
        const again = await saved.take('id' in unread ? unread.id : '');
        assert.equal(again?.kind, 'restored');
        await saved.close();
      }
    }
    assert.deepEqual(kinds(await restoredBy(open())), ['restored', 'restored', 'restored']);
    assert.deepEqual(contents(), before);
  });

  test('are there also when their folder could not be listed at first', async () => {
    await keptBefore(2);
    let times = 0;
    const busy = open((operation) => (operation === 'names' && ++times < 5 ? 'EMFILE' : undefined));
    assert.deepEqual(kinds(await restoredBy(busy)), ['restored', 'restored']);
    await busy.close();
    const before = contents();
    await assert.rejects(restoredBy(open((operation) => (operation === 'names' ? 'EIO' : undefined))), /EIO/);
    assert.deepEqual(contents(), before);
  });

  test('are set aside only when they were read and are not what was written', async () => {
    const [card, head, whole] = await keptBefore(3);
    writeFileSync(path(card!, '.card2.json'), '{');
    writeFileSync(path(card!, '.ledger2'), 'no ledger either\n');
    writeFileSync(path(head!, '.ledger2'), 'no ledger\n');
    const saved = open();
    const all = await restoredBy(saved);
    assert.deepEqual(kinds(all), ['damaged', 'damaged', 'restored']);
    assert.ok(existsSync(path(card!, '.ledger2.damaged')) && existsSync(path(card!, '.card2.json.damaged')));
    assert.equal(readFileSync(path(head!, '.ledger2.damaged'), 'utf8'), 'no ledger\n');
    assert.ok(existsSync(path(whole!, '.card2.json')));
    await saved.removeSetAside();
    assert.ok(readdirSync(folder).every((name) => name.startsWith(whole!.id) || name.endsWith('.window')));
  });

  test('are shown as their ledger tells them when a bit of their card has flipped, wherever', async () => {
    const [kept] = await keptBefore(1);
    const file = path(kept!, '.card2.json');
    await open().close();
    const whole = readFileSync(file);
    const flips = Array.from({ length: Math.ceil(whole.length / 3) }, (_, nth) => [nth * 3, (nth * 3) % 7] as const);
    // The digit of the version, which makes none of a newer one.
    const digit = whole.indexOf('"version":2') + 10;
    for (const [at, bit] of [...flips, ...[0, 1, 2, 3, 4, 5, 6].map((each) => [digit, each] as const)]) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1 << bit;
      writeFileSync(file, bytes);
      const saved = open();
      const all = await restoredBy(saved);
      const entry = all.find((each) => each.kind === 'restored');
      assert.ok(entry, `it is there with another bit in place ${at}`);
      assert.deepEqual([entry.card.ended, entry.card.pinned, entry.state.answer.complete], [true, true, true]);
      await saved.close();
    }
  });

  test('have a card anew when theirs was damaged, which is kept beside, and their account and time', async () => {
    const [kept] = await keptBefore(1);
    const file = path(kept!, '.card2.json');
    writeFileSync(file, 'no card');
    const saved = open();
    const all = await restoredBy(saved);
    assert.deepEqual(kinds(all), ['nameless', 'restored']);
    const entry = all.find((each): each is RestoredEntry => each.kind === 'restored')!;
    assert.deepEqual([entry.card.account, entry.card.startedAt], [kept!.account, kept!.startedAt]);
    assert.equal(readFileSync(file, 'utf8'), 'no card', 'to look at it changes nothing');
    await saved.close();
    // Without a card its ledger would be taken for nobody's one day.
    const full = open((operation, each) => (operation === 'replace' && each === file ? 'ENOSPC' : undefined));
    await restoredBy(full);
    for (const name of ['Not found', 'Nor now']) assert.equal(await full.mend({ ...entry.card, name }), false);
    assert.equal(readFileSync(file, 'utf8'), 'no card');
    await full.close();
    const calm = open();
    await restoredBy(calm);
    assert.equal(await calm.mend({ ...entry.card, name: 'Found again' }), true);
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).name, 'Found again');
    assert.equal(readFileSync(`${file}.damaged`, 'utf8'), 'no card');
    assert.equal(readdirSync(folder).filter((each) => each.endsWith('.damaged')).length, 1);
    await calm.close();
    assert.deepEqual(kinds(await restoredBy(open())), ['restored']);
  });

  test('that were damaged are kept beside once, however often their card cannot be written, and whatever stands there', async () => {
    const [kept] = await keptBefore(1);
    const file = path(kept!, '.card2.json');
    writeFileSync(file, 'no card');
    mkdirSync(`${file}.damaged`);
    writeFileSync(`${file}.2.damaged`, 'another');
    let isFull = true;
    const saved = open((operation, each) =>
      isFull && operation === 'replace' && each === file ? 'ENOSPC' : undefined,
    );
    await restoredBy(saved);
    for (const name of ['One', 'Two']) assert.equal(await saved.mend({ ...kept!, name }), false);
    isFull = false;
    assert.equal(await saved.mend({ ...kept!, name: 'Three' }), true);
    const aside = readdirSync(folder).filter((each) => each.endsWith('.damaged'));
    assert.equal(aside.length, 3);
    assert.equal(readFileSync(`${file}.3.damaged`, 'utf8'), 'no card');
  });

  test('lose the address of their document when it is none any more, at which VS Code would throw', async () => {
    const [card] = await keptBefore(1);
    const odd = 'f)le:///deals.csv';
    writeFileSync(
      path(card!, '.places.json'),
      [...storedText({ uri: odd, lines: [1], offsets: [0], more: {} })].join(''),
    );
    const file = path(card!, '.card2.json');
    const { row } = told(card!);
    const written = { ...JSON.parse(readFileSync(file, 'utf8')), ...told(card!), row: { ...row, document: odd } };
    writeFileSync(file, JSON.stringify({ ...written, sum: undefined }));
    const saved = open();
    const [listed] = await restoredBy(saved);
    assert.ok(listed?.kind === 'listed');
    assert.equal(listed.card.row.document, '');
    const entry = await saved.read(card!.id);
    assert.deepEqual([entry?.kind, entry?.kind === 'restored' && entry.places.stored.uri], ['restored', '']);
  });

  test('are not given up with their card while their ledger cannot be read', async () => {
    const [kept] = await keptBefore(1);
    writeFileSync(path(kept!, '.card2.json'), 'no card');
    const before = contents();
    const busy = open((operation) => (operation === 'pieces' ? 'EIO' : undefined));
    const all = kinds(await restoredBy(busy));
    assert.ok(all.includes('unreadable') && !all.includes('damaged'), String(all));
    assert.deepEqual(contents(), before);
    await busy.close();
    assert.ok(kinds(await restoredBy(open())).includes('restored'));
  });

  test('are not told by a card of which a number has changed', async () => {
    const saved = open();
    const card = await keep(saved);
    await saved.update({ ...card, ...told(card) });
    await saved.close();
    const file = path(card, '.card2.json');
    const text = readFileSync(file, 'utf8');
    assert.deepEqual(kinds(await restoredBy(open())), ['listed']);
    writeFileSync(file, text.replace('"associations":150', '"associations":154'));
    assert.deepEqual(kinds(await restoredBy(open())), ['restored']);
  });

  test('are set aside, and not forgotten, when the ledger of what was answered is empty or zeros', async () => {
    for (const text of ['', '\0'.repeat(4096), 'half a line']) {
      const [card] = await keptBefore(1);
      writeFileSync(path(card!, '.ledger2'), text);
      assert.deepEqual(kinds(await restoredBy(open())), ['damaged']);
      assert.equal(readFileSync(path(card!, '.ledger2.damaged'), 'utf8'), text);
      assert.ok(existsSync(path(card!, '.card2.json.damaged')));
    }
  });

  test('are left, and do not hold up the others, when they cannot be set aside', async () => {
    const [card, head] = await keptBefore(3);
    writeFileSync(path(card!, '.card2.json'), '{');
    writeFileSync(path(card!, '.ledger2'), 'no ledger either\n');
    writeFileSync(path(head!, '.ledger2'), 'no ledger\n');
    const before = contents();
    const all = await restoredBy(open((operation) => (operation === 'rename' ? 'EACCES' : undefined)));
    assert.deepEqual(kinds(all), ['restored', 'unreadable', 'unreadable']);
    assert.deepEqual(contents(), before);
  });

  test('are shown beside a directory in the place of a card', async () => {
    await keptBefore(1);
    mkdirSync(path({ id: randomUUID() }, '.card2.json'));
    assert.deepEqual(kinds(await restoredBy(open())), ['restored', 'unreadable']);
  });

  test('wait for no pipe and no device in the place of a file', {
    skip: process.platform === 'win32' && 'it makes a named pipe',
  }, async () => {
    const cards = await keptBefore(5);
    const [card, ledger, places, zeros] = cards.map((each) => (ending: string) => path(each, ending));
    const replaced: [string, (file: string) => unknown][] = [
      [card!('.card2.json'), (file) => execFileSync('mkfifo', [file])],
      [ledger!('.ledger2'), (file) => execFileSync('mkfifo', [file])],
      [places!('.places.json'), (file) => execFileSync('mkfifo', [file])],
      [zeros!('.ledger2'), (file) => symlinkSync('/dev/zero', file)],
    ];
    for (const [file, make] of replaced) {
      rmSync(file);
      make(file);
    }
    const all = await restoredBy(open());
    assert.deepEqual(kinds(all), ['restored', 'restored', 'unreadable', 'unreadable', 'unreadable']);
  });

  test('are not given up where a link to their ledger or card leads nowhere for a while', async () => {
    for (const ending of ['.ledger2', '.card2.json']) {
      const saved = open();
      const card = cardOf();
      // Nothing has written yet what was answered into its card.
      await lookUp(question, ports(), { batchSize: 10, ledger: saved.begin(card, noPlaces) }).done;
      await saved.close();
      const file = path(card, ending);
      renameSync(file, `${file}.elsewhere`);
      symlinkSync(`${file}.there`, file);
      const first = open();
      assert.deepEqual(kinds(await restoredBy(first)), ['unreadable'], ending);
      await first.close();
      renameSync(`${file}.elsewhere`, `${file}.there`);
      const second = open();
      assert.deepEqual(kinds(await restoredBy(second)), ['restored'], ending);
      await second.remove(card.id);
      await second.close();
    }
  });

  test('are set aside and cleared beside directories that have the names for that', async () => {
    const [card] = await keptBefore(1);
    mkdirSync(path(card!, '.ledger2.damaged'));
    writeFileSync(path(card!, '.ledger2'), 'no ledger\n');
    const saved = open();
    assert.deepEqual(kinds(await restoredBy(saved)), ['damaged']);
    assert.equal(readFileSync(path(card!, '.ledger2.2.damaged'), 'utf8'), 'no ledger\n');
    await saved.removeSetAside();
    assert.deepEqual(filesLeft(), []);
    assert.ok(existsSync(path(card!, '.ledger2.damaged')));
  });

  test('are shown where nothing can be written, and kept again as soon as that is over', async () => {
    await keptBefore(2);
    const before = contents();
    let isReadOnly = true;
    const claims = new (class extends Claims {
      override take(file: string): Promise<boolean> {
        if (isReadOnly) return Promise.reject(errorWith('EROFS'));
        return super.take(file);
      }
    })(folder);
    const saved = open((operation) => (isReadOnly && operation === 'replace' ? 'EROFS' : undefined), claims);
    const all = await restoredBy(saved);
    assert.deepEqual(kinds(all), ['restored', 'restored']);
    const { card, state, ledger } = all[0] as RestoredEntry;
    assert.ok(ledger);
    await assert.rejects(ledger.append(Uint8Array.of(65), 1));
    assert.match((await saved.makeWhole(card, state)) ?? '', /EROFS/);
    assert.equal(await saved.update({ ...card, name: 'Mine' }), false);
    assert.deepEqual(contents(), before);
    isReadOnly = false;
    assert.equal(await saved.makeWhole({ ...card, name: 'Mine' }, state), undefined);
    await saved.close();
    const again = (await restoredBy(open())).map(
      (each) => each.kind === 'restored' && [each.card.name, each.card.ended],
    );
    assert.deepEqual(
      again.sort(),
      [
        [undefined, true],
        ['Mine', true],
      ].sort(),
    );
  });

  test('that could not be begun are written down as a whole when the disk has room', async () => {
    let isFull = true;
    const saved = open((operation) =>
      isFull && ['append', 'replace', 'create', 'makeFolder'].includes(operation) ? 'ENOSPC' : undefined,
    );
    const card = cardOf();
    const ledger = saved.begin(card, noPlaces);
    const { done, state } = lookUp(question, ports(), { batchSize: 10, ledger });
    assert.match((await done).ledgerProblem ?? '', /ENOSPC/);
    assert.match((await saved.makeWhole({ ...card, ended: true }, state)) ?? '', /ENOSPC/);
    isFull = false;
    assert.equal(await saved.makeWhole({ ...card, ended: true }, state), undefined);
    assert.equal(ledger.problem, undefined);
    await saved.close();
    const [again] = await restoredBy(open());
    assert.ok(again?.kind === 'restored' && again.card.ended && again.state.answer.complete);
  });

  test('end only where every line up to the end is there', async () => {
    const [card] = await keptBefore(1);
    const text = readFileSync(path(card!, '.ledger2'), 'latin1');
    writeFileSync(path(card!, '.ledger2'), text.slice(0, text.trimEnd().lastIndexOf('\n') + 1), 'latin1');
    const [entry] = await restoredBy(open());
    assert.ok(entry?.kind === 'restored' && !entry.card.ended, 'the closing line is missing');
  });
});

suite('saved look-ups of a newer version', () => {
  test('are told, and left as they are by everything but their removal', async () => {
    const [card, ledger] = await keptBefore(2);
    writeFileSync(path(card!, '.card2.json'), JSON.stringify({ version: 3, id: card!.id, anything: true }));
    const head = new LineWriter().json({ ledger: 'associations-for-hubspot', version: 3 }).line();
    writeFileSync(path(ledger!, '.ledger2'), Buffer.concat([head, Buffer.from('\n')]));
    const before = contents();
    const saved = open();
    assert.deepEqual(kinds(await restoredBy(saved)), ['newer', 'newer']);
    await saved.update({ ...ledger!, name: 'Mine' });
    await saved.removeSetAside();
    await saved.close();
    assert.deepEqual(contents(), before);
  });

  test('keep in their cards what this one does not know', async () => {
    const [card] = await keptBefore(1);
    const file = path(card!, '.card2.json');
    const written = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...written, group: { id: 1 }, account: { ...written.account, plan: 'x' } }));
    const saved = open();
    await restoredBy(saved);
    await saved.update({ ...card!, name: 'Mine' });
    const now = JSON.parse(readFileSync(file, 'utf8'));
    assert.deepEqual([now.group, now.account.plan, now.name], [{ id: 1 }, 'x', 'Mine']);
  });

  test('are kept beside where what this one does not know goes deeper than it can write', async () => {
    const [card] = await keptBefore(1);
    const file = path(card!, '.card2.json');
    const deep = readFileSync(file, 'utf8').replace(/\}$/, `,"odd":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    writeFileSync(file, deep);
    const saved = open();
    await restoredBy(saved);
    for (const name of ['Mine', 'Still mine']) assert.equal(await saved.update({ ...card!, name }), true);
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).name, 'Still mine');
    assert.equal(readFileSync(`${file}.damaged`, 'utf8'), deep);
  });
});

suite('saved look-ups of two windows', () => {
  /** Of a window that can neither make its heartbeat nor a claim. */
  const claimless = () =>
    new (class extends Claims {
      override take(): Promise<boolean> {
        return Promise.reject(errorWith('ENOSPC'));
      }
    })(folder, { beat: 50, patience: 5000 });

  test('are left by one that cannot claim anything, also while nothing is answered', async () => {
    const first = open();
    const card = cardOf();
    await first.begin(card, noPlaces).ready;
    const before = contents();
    const second = open(() => undefined, claimless());
    assert.deepEqual(await restoredBy(second), []);
    assert.equal(await second.take(card.id), undefined);
    assert.deepEqual(contents(), before);
    assert.ok(existsSync(path(card, '.claim2')));
    await first.close();
    // Nor is it known who comes next when nobody has it.
    assert.deepEqual(await restoredBy(open(() => undefined, claimless())), []);
    assert.deepEqual(contents(), before);
  });

  test('are the other one’s for one that cannot claim anything', async () => {
    const card = await keep(open());
    const [seen] = await restoredBy(open(() => undefined, claimless()));
    assert.ok(seen?.kind === 'restored' && seen.card.id === card.id);
    assert.deepEqual([seen.ledger, seen.card.stopped?.kind], [undefined, 'openElsewhere']);
  });

  test('are not written over by one that could not claim them with less than another one has read since', async () => {
    const cancel = new AbortController();
    let requests = 0;
    const counted: typeof fetch = (...args) => {
      if (++requests === 2) cancel.abort();
      return fetch(...args);
    };
    const first = open();
    const card = cardOf();
    const options = { batchSize: 10, maxInFlight: 1, ledger: first.begin(card, noPlaces), signal: cancel.signal };
    await lookUp(question, { ...ports(), fetch: counted }, options).done;
    await first.close();

    let isFull = true;
    const claims = new (class extends Claims {
      override take(file: string): Promise<boolean> {
        return isFull ? Promise.reject(errorWith('ENOSPC')) : super.take(file);
      }
    })(folder, { beat: 50, patience: 5000 });
    const second = open(() => undefined, claims);
    const [seen] = await restoredBy(second);
    assert.ok(seen?.kind === 'restored' && !seen.state.answer.complete);
    const third = open();
    const entry = await third.take(card.id);
    assert.ok(entry?.kind === 'restored');
    const { answer } = await lookUp(question, ports(), { ledger: entry.ledger, resume: entry.state }).done;
    assert.ok(answer.complete && (await third.update({ ...entry.card, ended: true })));
    await third.close();

    const before = contents();
    isFull = false;
    assert.match((await second.makeWhole({ ...card, name: 'Less' }, seen.state)) ?? '', /Another window/);
    assert.equal(await second.update({ ...card, name: 'Less' }), false);
    assert.deepEqual(contents(), before);
    assert.ok(!existsSync(path(card, '.claim2')), 'it is let go of');
  });

  test('are shown as their ledger tells them also while the other one has them', async () => {
    const card = await keep(open());
    writeFileSync(path(card, '.card2.json'), 'no card');
    const before = contents();
    const all = await restoredBy(open());
    assert.deepEqual(kinds(all), ['nameless', 'restored']);
    const seen = all.find((each): each is RestoredEntry => each.kind === 'restored');
    assert.deepEqual([seen?.card.id, seen?.ledger], [card.id, undefined]);
    assert.deepEqual(contents(), before);
  });

  test('are not set aside by one that cannot claim them', async () => {
    const [card, zeros, line, gone] = await keptBefore(4);
    writeFileSync(path(card!, '.card2.json'), '{');
    writeFileSync(path(card!, '.ledger2'), 'no ledger either\n');
    writeFileSync(path(zeros!, '.ledger2'), '');
    writeFileSync(path(line!, '.ledger2'), 'no ledger\n');
    rmSync(path(gone!, '.ledger2'));
    const before = contents();
    const all = await restoredBy(open(() => undefined, claimless()));
    assert.deepEqual(kinds(all), ['unreadable', 'unreadable', 'unreadable', 'unreadable']);
    assert.deepEqual(contents(), before);
    assert.deepEqual(kinds(await restoredBy(open())), ['damaged', 'damaged', 'damaged', 'damaged']);
  });

  test('are not set aside for what the other one has put right meanwhile', async () => {
    const [card] = await keptBefore(1);
    const whole = Object.entries(contents());
    writeFileSync(path(card!, '.card2.json'), '{');
    writeFileSync(path(card!, '.ledger2'), 'no ledger\n');
    const claims = new (class extends Claims {
      override async take(file: string): Promise<boolean> {
        for (const [name, text] of whole) writeFileSync(join(folder, name), text, 'latin1');
        return super.take(file);
      }
    })(folder);
    assert.deepEqual(kinds(await restoredBy(open(() => undefined, claims))), ['restored']);
    assert.deepEqual(Object.entries(contents()), whole);
  });

  test('go to one of them each, whichever comes first', async () => {
    await keptBefore(8);
    const both = await Promise.all([open(), open()].map(restoredBy));
    const owned = both.map((all) =>
      all.flatMap((each) => (each.kind === 'restored' && each.ledger ? [each.card.id] : [])),
    );
    assert.equal(owned[0]!.length + owned[1]!.length, 8);
    assert.equal(new Set(owned.flat()).size, 8);
    for (const all of both) assert.equal(all.length, 8, 'the other one’s are shown, too');
  });

  test('are called what the one before called them last', async () => {
    const first = open();
    const card = await keep(first);
    const restoring = open().restore();
    await restoring.next();
    await first.update({ ...card, name: 'Mine' });
    await first.close();
    const { value } = await restoring.next();
    const [seen] = value as readonly SavedLookUp[];
    assert.equal(seen?.kind === 'restored' && seen.card.name, 'Mine');
  });

  test('are removed also where the other one has them, which then says so and makes no file again', async () => {
    const first = open();
    const card = cardOf();
    const ledger = first.begin(card, noPlaces);
    const cancel = new AbortController();
    let requests = 0;
    const counted: typeof fetch = (...args) => {
      if (++requests === 2) cancel.abort();
      return fetch(...args);
    };
    const run = lookUp(
      question,
      { ...ports(), fetch: counted },
      { batchSize: 10, maxInFlight: 1, ledger, signal: cancel.signal },
    );
    await run.done;
    const second = open();
    const [seen] = await restoredBy(second);
    assert.ok(seen?.kind === 'restored' && !seen.ledger && seen.card.stopped?.kind === 'openElsewhere');
    await second.remove(card.id);
    assert.deepEqual(Object.keys(contents()), []);

    const resumed = await lookUp(question, ports(), { ledger, resume: run.state }).done;
    assert.equal(resumed.answer.complete, true);
    assert.match(resumed.ledgerProblem ?? '', /removed/);
    assert.match((await first.makeWhole({ ...card, ended: true }, run.state)) ?? '', /removed/);
    await first.update({ ...card, ended: true });
    assert.deepEqual(Object.keys(contents()), []);
  });

  test('are removed also where the other one is just writing their card', async () => {
    for (const isOpen of [true, false]) {
      const card = await keep(open());
      for (const each of windows.splice(0)) await each.close();
      let meanwhile = async () => {};
      const disk: Disk = {
        ...nodeDisk,
        replace: async (...args) => {
          await meanwhile();
          await nodeDisk.replace(...args);
        },
      };
      const writing = new SavedLookUps(folder, 1, disk, new Claims(folder, { beat: 50, patience: 5000 }));
      windows.push(writing);
      if (isOpen) await writing.read(card.id);
      meanwhile = () => open().remove(card.id);
      await (isOpen ? writing.update({ ...card, name: 'Mine' }) : writing.amend(card.id, { name: 'Mine' }));
      assert.deepEqual(filesLeft(), []);
    }
  });

  test('are gone, and not unreadable, where the other one removes them as they are read', async () => {
    for (const [operation, ending] of [
      ['read', '.card2.json'],
      ['pieces', '.ledger2'],
    ] as const) {
      const first = open();
      const card = await keep(first);
      let reads = Number.NEGATIVE_INFINITY;
      const second = open((each, file) => {
        if (each !== operation || !file.endsWith(ending) || ++reads !== (operation === 'read' ? 2 : 1))
          return undefined;
        for (const name of readdirSync(folder)) if (name.startsWith(card.id)) rmSync(join(folder, name));
        return undefined;
      });
      await restoredBy(second);
      while ((await second.read(card.id))?.kind !== 'restored');
      reads = 0;
      assert.equal(await second.read(card.id), undefined);
      await first.close();
    }
  });

  test('are removed also where the other one is just taking them out of sight', async () => {
    const first = open();
    const card = await keep(first);
    const disk: Disk = {
      ...nodeDisk,
      remove: async (file) => {
        if (file === path(card, '.card2.json')) await first.setApart(card.id).catch(() => {});
        await nodeDisk.remove(file);
      },
    };
    await new SavedLookUps(folder, 1, disk).remove(card.id);
    assert.deepEqual(filesLeft(), []);
  });

  test('are not written by a window that the other one took for dead', async () => {
    const first = open();
    const card = await keep(first);
    const owner = JSON.parse(readFileSync(path(card, '.claim2'), 'utf8'));
    writeFileSync(path(card, '.claim2'), JSON.stringify({ ...owner, claim: 'a', window: 'b' }));
    writeFileSync(join(folder, 'b.window'), '');
    const before = readFileSync(path(card, '.card2.json'), 'utf8');
    await first.update({ ...card, name: 'Mine' });
    assert.equal(readFileSync(path(card, '.card2.json'), 'utf8'), before);
    await first.close();
    assert.ok(existsSync(path(card, '.claim2')), 'nor is its claim let go of');
  });
});

suite('the folder of saved look-ups', () => {
  test('is read without what the window has begun meanwhile', async () => {
    const saved = open();
    await saved.begin(cardOf(), noPlaces).ready;
    const before = contents();
    assert.deepEqual(await restoredBy(saved), []);
    assert.deepEqual(contents(), before);
  });

  test('loses old leftovers of crashes, and nothing that is about to be made', async () => {
    const [whole] = await keptBefore(1);
    const orphan = randomUUID();
    const leftovers = [
      ...['.ledger2', '.ledger', '.places.json', '.claim', '.claim2', '.window', '.claim2.a', '.ledger2.1a.new'].map(
        (ending) => orphan + ending,
      ),
      `${whole!.id}.card2.json.2b.new`,
    ];
    const newer = randomUUID();
    const others = [`${orphan}.ledger2.damaged`, 'something.else', '.DS_Store'];
    others.push(...['.card3.json', '.ledger3', '.ledger2', '.places.json'].map((ending) => newer + ending));
    for (const name of [...leftovers, ...others]) writeFileSync(join(folder, name), '');
    await restoredBy(open());
    for (const name of [...leftovers, ...others]) assert.ok(existsSync(join(folder, name)), `${name} is young`);
    const then = Date.now() / 1000 - 4000;
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), then, then);
    await windows.at(-1)!.close();
    const all = await restoredBy(open());
    assert.deepEqual(kinds(all), ['restored']);
    for (const name of leftovers) assert.ok(!existsSync(join(folder, name)), name);
    for (const name of others) assert.ok(existsSync(join(folder, name)), name);
  });

  test('keeps what a window that lives is writing, whatever its clock says', async () => {
    const writing = open();
    const [card, begun] = [await keep(writing), cardOf()];
    await writing.own(begun.id);
    const drafts = [path(card, '.ledger2.1a.new'), path(card, '.card2.json.1b.new'), path(begun, '.places.json')];
    const groups = [randomUUID(), randomUUID()].map((id) => path({ id }, '.group2.json.1c.new'));
    let then = Date.now() / 1000 - 7200;
    for (const each of [...drafts, ...groups, path(begun, '.claim2')]) {
      if (!each.endsWith('.claim2')) writeFileSync(each, '');
      utimesSync(each, then, then);
    }
    const writes = setInterval(() => {
      then += 0.01;
      utimesSync(groups[0]!, then, then);
    }, 10);
    try {
      await restoredBy(open());
    } finally {
      clearInterval(writes);
    }
    assert.deepEqual([...drafts, ...groups].map(existsSync), [true, true, true, true, false]);
    assert.ok(existsSync(path(begun, '.claim2')));
  });

  test('keeps the heart of a window that lives, whatever its clock says', async () => {
    const [living, stopped] = [randomUUID(), randomUUID()].map((id) => path({ id }, '.window'));
    let then = Date.now() / 1000 - 7200;
    for (const each of [living!, stopped!]) {
      writeFileSync(each, '');
      utimesSync(each, then, then);
    }
    const beats = setInterval(() => {
      then += 0.01;
      utimesSync(living!, then, then);
    }, 10);
    try {
      await restoredBy(open());
    } finally {
      clearInterval(beats);
    }
    assert.deepEqual([existsSync(living!), existsSync(stopped!)], [true, false]);
  });

  test('keeps the newest fifty beside the pinned ones', async () => {
    const saved = open();
    for (let nth = 0; nth < 53; nth++) await keep(saved, { startedAt: new Date(nth * 1000), pinned: nth === 0 });
    await saved.close();
    const next = open();
    const all = await restoredBy(next);
    assert.equal(all.length, 51);
    assert.equal(next.removedAsOld, 2);
    assert.equal(readdirSync(folder).filter((name) => name.endsWith('.card2.json')).length, 51);
  });

  test('keeps an old one that another window pins while this one looks who is gone, and says so', async () => {
    const cards = await keptBefore(52, { pinned: false });
    const pinned = cards[1]!;
    const claims = new MeanwhileClaims(folder, async () => {
      const other = open();
      assert.equal(await other.amend(pinned.id, { pinned: true, name: 'Mine' }), true);
      await other.close();
    });
    const saved = open(() => undefined, claims);
    const all = await restoredBy(saved);
    const ids = all.flatMap((each) => ('card' in each ? [each.card.id] : []));
    assert.equal(saved.removedAsOld, 1);
    assert.deepEqual(
      ids.sort(),
      cards
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    );
    const entry = all.find((each) => 'card' in each && each.card.id === pinned.id);
    assert.ok(entry && 'card' in entry);
    assert.deepEqual([entry.card.pinned, entry.card.name], [true, 'Mine']);
  });

  test('keeps old ones that are held together where another window has one of them, or has pinned it', async () => {
    const cards = await keptBefore(52, { pinned: false });
    const [one, other] = [cards[0]!, cards[1]!];
    const first = open();
    await first.groups.write({
      id: randomUUID(),
      name: 'Both',
      startedAt: new Date(0),
      sharesIds: true,
      members: [one, other].map(({ id }) => ({ ...types, lookUp: id })),
      unknown: {},
    });
    assert.equal(await first.own(other.id), true);
    const second = open();
    assert.equal((await restoredBy(second)).length, 52);
    assert.equal(second.removedAsOld, 0);
    await second.close();
    const claims = new MeanwhileClaims(folder, async () => {
      await first.amend(other.id, { pinned: true });
      await first.close();
    });
    const third = open(() => undefined, claims);
    assert.equal((await restoredBy(third)).length, 52);
    assert.equal(third.removedAsOld, 0);
    await third.close();
    assert.ok(cards.every((card) => existsSync(path(card, '.card2.json')) && !existsSync(path(card, '.claim2'))));
  });

  test('keeps what this window has begun, also where its clock was set back', async () => {
    await keptBefore(50, { pinned: false });
    const saved = open();
    const before = cardOf({ pinned: false, startedAt: new Date(-2000) });
    await saved.begin(before, noPlaces).ready;
    const restoring = saved.restore();
    const meanwhile = cardOf({ pinned: false, startedAt: new Date(-1000) });
    const { ready } = saved.begin(meanwhile, noPlaces);
    for await (const _ of restoring);
    await ready;
    assert.equal(saved.removedAsOld, 0);
    for (const card of [before, meanwhile]) {
      for (const ending of ['.card2.json', '.ledger2', '.claim2']) assert.ok(existsSync(path(card, ending)), ending);
    }
  });

  test('is read without a thread for each card, unless one is long', async () => {
    const kept = [...(await keptBefore(20)), ...(await keptBefore(1, { name: 'N'.repeat(100_000) }))];
    let threads = 0;
    const watch = createHook({ init: (_, type) => void (type.startsWith('FSREQ') && threads++) }).enable();
    const cards = new SavedCards(new LookUpFolder(folder, nodeDisk), nodeDisk, new Claims(folder));
    const read = await cards.read(kept.map(({ id }) => id));
    watch.disable();
    const names = (all: readonly LookUpCard[]) => new Map(all.map(({ id, name }) => [id, name]));
    assert.deepEqual([names(read.cards), read.unread], [names(kept), []]);
    assert.ok(threads > 0 && threads < kept.length, `${threads}`);
  });

  test('is listed five times where there is no group and nothing too old', async () => {
    await keptBefore(2);
    let times = 0;
    await restoredBy(open((operation) => void (operation === 'names' && times++)));
    assert.equal(times, 5);
  });

  test('is read without keeping a file open', {
    skip: process.platform !== 'linux' && 'open files are counted in /proc',
  }, async () => {
    await keptBefore(20);
    const before = readdirSync('/proc/self/fd').length;
    let most = 0;
    const counting = {
      ...nodeDisk,
      read: (file: string) => {
        most = Math.max(most, readdirSync('/proc/self/fd').length);
        return nodeDisk.read(file);
      },
    };
    const saved = new SavedLookUps(folder, 1, counting);
    windows.push(saved);
    assert.equal((await restoredBy(saved)).length, 20);
    assert.ok(most < before + 64, 'a few at once');
    assert.ok(readdirSync('/proc/self/fd').length <= before + 2);
  });
});

test('a claim that cannot be read for a moment is not one that was removed: the look-up goes on being kept', {
  skip: process.platform === 'win32' && 'it makes a link to itself',
}, async () => {
  const saved = open(undefined, new Claims(folder, { beat: 5, patience: 50 }));
  const card = await keep(saved);
  const claim = join(folder, `${card.id}.claim2`);
  renameSync(claim, `${claim}.there`);
  symlinkSync(claim, claim); // can be read by nobody, as any file where too many are open
  lutimesSync(claim, 0, 0);
  assert.equal(await saved.update({ ...card, name: 'Later' }), false);
  renameSync(`${claim}.there`, claim);
  assert.equal(await saved.update({ ...card, name: 'Later' }), true);
  await saved.close();
  const [restored] = await restoredBy(open());
  assert.equal(restored?.kind === 'restored' || restored?.kind === 'listed' ? restored.card.name : restored, 'Later');
});
