/**
 * Random lives of saved look-ups in a real folder: windows that start, run, are closed or killed, two at a time; windows that are
 * closed in the middle of anything and asked for more meanwhile and after that; disks that are full for a while, files that cannot be
 * read for one start, writes, moves and removals that fail, look-ups that are removed and brought back, bits that flip, claims that
 * nobody lets go of. More of them:
 * `RANDOM_RUNS=5000 node --test test/lookUps/random.test.ts`.
 *
 * What has to hold at any time: what a reload shows is what was kept, and "complete" is never said with less than what HubSpot
 * has. A claim has its heart as long as the process of its window lives.
 */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Account } from '../../src/accounts/accounts.ts';
import type { Answer } from '../../src/core/domain/associations.ts';
import { finished } from '../../src/core/domain/steps.ts';
import type { Check } from '../../src/core/expectation/check.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createPortal } from '../../src/core/sampleHubSpot/portal.ts';
import { Claims } from '../../src/editor/claim.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { closeLookUps } from '../../src/lookUps/closeLookUps.ts';
import type { LookUpCard } from '../../src/lookUps/lookUpCard.ts';
import { isRead, type ListedLookUp, type LookUpEntry } from '../../src/lookUps/lookUpEntry.ts';
import { LookUpGroups } from '../../src/lookUps/lookUpGroups.ts';
import { LookUps, type Start } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { faultyDisk } from './faultyDisk.ts';
import { plantedPairs, plantedUnexpected, plantedVerdict } from './plantedPairs.ts';

const numRuns = Number(process.env.RANDOM_RUNS ?? 200);
const account: Account = { id: 'a', name: 'Acme', kind: 'environment', checked: true };
const asked = 9;
/** How many contacts the deal has that was asked nth; some have several pages. */
const contacts = (nth: number) => (nth * 3) % 8;
const types = { from: 'deals', to: 'contacts' };
const question = { ...types, ids: dealIds(asked) };
/** A new one each time: two look-ups do not share their ids. */
function startsCheck(lookUps: LookUps) {
  const expectation = plantedPairs(asked, contacts);
  const expected = { expectation, source: { claimsToBeWhole: true } };
  return lookUps.run({ ...types, ids: expectation.asked }, account, noIdPlaces, undefined, expected);
}
const { fetch } = createPortal(generatedAccount({ deals: asked, contacts }), { pageSize: 3 });
const truth = {
  found: Array.from({ length: asked }, (_, nth) => contacts(nth)).filter((count) => count > 0).length,
  associations: Array.from({ length: asked }, (_, nth) => contacts(nth)).reduce((sum, count) => sum + count, 0),
};

/** What is done with files beside reading them. */
const changing = ['makeFolder', 'create', 'append', 'replace', 'rename', 'remove'] as const;
type Changing = (typeof changing)[number];

type Fault =
  | { readonly kind: 'none' }
  /** No room from this write on, for so many. */
  | { readonly kind: 'full'; readonly from: number; readonly for: number }
  /** These files cannot be read as long as the window lives. */
  | { readonly kind: 'unreadable'; readonly endings: readonly string[]; readonly code: string };

type Step =
  | { readonly kind: 'open'; readonly fault: Fault }
  | {
      readonly kind: 'start' | 'startCheck' | 'resume';
      readonly window: number;
      readonly nth: number;
      readonly requests: number;
    }
  | {
      readonly kind: 'openAnswer' | 'learn' | 'rename' | 'remove' | 'takeAway' | 'bringBack';
      readonly window: number;
      readonly nth: number;
    }
  | { readonly kind: 'takeAllAway'; readonly window: number }
  /** From here on these operations fail, and no others. undo: between taking one away and bringing it back. */
  | {
      readonly kind: 'fail' | 'undo';
      readonly window: number;
      readonly nth: number;
      readonly operations: readonly Changing[];
    }
  | { readonly kind: 'close'; readonly window: number; readonly isOrderly: boolean }
  | {
      readonly kind: 'closeAmid';
      readonly window: number;
      /** What is asked for before, as the window is told to close, and after that. */
      readonly works: readonly Work[];
      /** Turns of the event loop between what is asked for and the end. */
      readonly turns: number;
      /** How long it waits for what is under way, in milliseconds. */
      readonly patience: number;
      readonly isToldTwice: boolean;
      /** With what was removed deleted, and what was brought back put back. */
      readonly isOrderly: boolean;
      /** Another window starts before all that was under way has ended. */
      readonly isNextThere: boolean;
    }
  /** One bit of a file is another one: that many hundredths of the way through it. */
  | { readonly kind: 'flip'; readonly nth: number; readonly ending: string; readonly at: number; readonly bit: number }
  | {
      readonly kind: 'kill';
      readonly window: number;
      /** A call is under way and has been answered so many times before. */
      readonly running: number | undefined;
      readonly isCheck: boolean;
      readonly half: string;
      readonly claim: 'dead' | 'silent' | 'garbled';
    };

interface Work {
  readonly when: 'before' | 'during' | 'after';
  readonly what: 'start' | 'resume' | 'openAnswer' | 'rename' | 'remove' | 'takeAway' | 'bringBack';
  readonly nth: number;
}

const window = fc.nat(1);
const nth = fc.nat(3);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('full' as const),
      from: fc.nat(12),
      for: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('unreadable' as const),
      endings: fc.subarray(['.card2.json', '.ledger2', '.places.json'], { minLength: 1 }),
      code: fc.constantFrom('EIO', 'EACCES', 'EMFILE'),
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('open' as const), fault }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('start' as const, 'startCheck' as const, 'resume' as const),
      window,
      nth,
      requests: fc.nat(9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'openAnswer' as const,
        'openAnswer' as const,
        'learn' as const,
        'rename' as const,
        'remove' as const,
        'takeAway' as const,
        'takeAway' as const,
        'bringBack' as const,
        'bringBack' as const,
      ),
      window,
      nth,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('takeAllAway' as const), window }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('fail' as const, 'undo' as const, 'undo' as const),
      window,
      nth,
      operations: fc.subarray([...changing]),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('close' as const), window, isOrderly: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('closeAmid' as const),
      window,
      works: fc.array(
        fc.record({
          when: fc.constantFrom('before' as const, 'during' as const, 'after' as const),
          what: fc.constantFrom<Work['what']>(
            'start',
            'resume',
            'openAnswer',
            'rename',
            'rename',
            'remove',
            'takeAway',
            'bringBack',
          ),
          nth,
        }),
        { minLength: 2, maxLength: 8, size: 'max' },
      ),
      turns: fc.nat(12),
      patience: fc.constantFrom(0, 3000),
      isToldTwice: fc.boolean(),
      isOrderly: fc.boolean(),
      isNextThere: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('flip' as const),
      nth,
      ending: fc.constantFrom('.card2.json', '.ledger2', '.places.json'),
      at: fc.nat(99),
      bit: fc.nat(6),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('kill' as const),
      window,
      running: fc.option(fc.nat(6), { nil: undefined }),
      isCheck: fc.boolean(),
      half: fc.constantFrom('', '', '{"line":', '\0\0\0\0'),
      claim: fc.constantFrom('dead' as const, 'silent' as const, 'garbled' as const),
    }),
  },
);

suite('saved look-ups', () => {
  test('show after any life what was kept, and say complete only of what is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const folder = mkdtempSync(join(tmpdir(), 'random-'));
        const life = new Life(folder);
        try {
          for (const each of steps) await life.do(each);
          await life.end();
        } finally {
          await life.close();
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns },
    );
  });
});

interface Window {
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  readonly saved: SavedLookUps;
  readonly claims: Claims;
  readonly canRead: boolean;
  /** How many requests are answered before the rest gets no answer. */
  left: number;
  /** What follows then: an abort, as by Cancel, or nothing at all. */
  after: 'cancel' | 'hang';
  onHang: (() => void) | undefined;
  isDead: boolean;
  failing: readonly Changing[];
}

/** Tells the name under which a look-up was said to be kept. */
class NotingLookUps extends SavedLookUps {
  onName: (id: string, name: string | undefined) => void = () => {};

  override async update(card: LookUpCard): Promise<boolean> {
    const isWritten = await super.update(card);
    if (isWritten) this.onName(card.id, card.name);
    return isWritten;
  }

  override async amend(id: string, change: Parameters<SavedLookUps['amend']>[1]): Promise<boolean> {
    const isWritten = await super.amend(id, change);
    if (isWritten) this.onName(id, change.name);
    return isWritten;
  }
}

/** A folder, its windows, and what is known to have been kept in it. */
class Life {
  readonly #folder: string;
  readonly #windows: Window[] = [];
  /** How many associations of each record that was read to its end; undefined for one that was not. By look-up. */
  readonly #kept = new Map<string, readonly (number | undefined)[]>();
  /** Look-ups whose pairs are known to have been kept. */
  readonly #checks = new Set<string>();
  readonly #names = new Map<string, string | undefined>();
  /** Look-ups that were taken away; some may be brought back. */
  #takenAway: readonly string[] = [];
  /** What was known to be kept of those that were taken away by a window that has nothing else to do. */
  readonly #away = new Map<string, readonly (number | undefined)[] | undefined>();
  /** What is known to be kept of those that were brought back, at the latest by a start with a disk that is well. */
  readonly #back = new Map<string, readonly (number | undefined)[]>();
  #renamed = 0;
  /** Windows that were killed, which leave claims behind. */
  readonly #killed = new Set<string>();
  /** A window that has one of these hears of it only with its next write. */
  readonly #removed = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async do(each: Step): Promise<void> {
    if (each.kind === 'open') {
      if (this.#windows.length < 2) await this.#open(each.fault);
      return;
    }
    if (each.kind === 'closeAmid') {
      await this.#closeAmid(this.#windows[each.window] ?? (await this.#open({ kind: 'none' })), each);
      return;
    }
    if (each.kind === 'flip') {
      this.#flip(each);
      return;
    }
    const found = this.#windows[each.window];
    if (!found) return;
    const { lookUps } = found;
    switch (each.kind) {
      case 'start':
      case 'startCheck':
        found.left = each.requests;
        found.after = 'cancel';
        await (each.kind === 'start' ? lookUps.run(question, account, noIdPlaces) : startsCheck(lookUps)).finished;
        this.#note(found);
        return;
      case 'resume': {
        const entry = lookUps.list()[each.nth];
        if (!entry) return;
        found.left = each.requests;
        found.after = 'cancel';
        await lookUps.resume(entry.id);
        this.#note(found);
        return;
      }
      case 'openAnswer': {
        const entry = lookUps.list()[each.nth];
        const opened = entry && (await lookUps.open(entry.id));
        if (opened) this.#assertHonest(opened);
        return;
      }
      case 'learn': {
        const entry = lookUps.list()[each.nth];
        const opened = entry && (await lookUps.open(entry.id));
        if (!opened?.check || opened.state === 'running') return;
        const unknown = finished(opened.check.askingExistence()).to.map((id) => [id, { kind: 'archived' }] as const);
        await lookUps.learn(opened.id, 'to', unknown);
        this.#note(found);
        return;
      }
      case 'rename':
        this.#rename(found, lookUps.list()[each.nth]);
        return;
      case 'remove': {
        const entry = lookUps.list()[each.nth];
        if (!entry) return;
        await lookUps.remove(entry.id).catch(assertRefused);
        this.#forget(entry.id);
        return;
      }
      case 'undo': {
        const all = lookUps.list();
        await this.#takeAway(found, all.length > 0 ? [all[each.nth % all.length]!.id] : []);
        found.failing = each.operations;
        await this.#bringBack(found);
        return;
      }
      case 'fail':
        found.failing = each.operations;
        return;
      case 'takeAway':
        return this.#takeAway(
          found,
          lookUps.list().flatMap(({ id }, at) => (at === each.nth ? id : [])),
        );
      case 'takeAllAway':
        return this.#takeAway(
          found,
          lookUps.list().map(({ id }) => id),
        );
      case 'bringBack':
        return this.#bringBack(found);
      case 'close':
        this.#note(found);
        await (each.isOrderly ? closeLookUps(found) : this.#closeOne(found));
        this.#windows.splice(this.#windows.indexOf(found), Number(each.isOrderly));
        return;
      case 'kill':
        await this.#kill(found, each);
    }
  }

  async #takeAway({ lookUps }: Window, ids: readonly string[]): Promise<void> {
    const kept = new Map(ids.map((id) => [id, this.#kept.get(id) ?? this.#back.get(id)]));
    for (const id of ids) this.#forget(id);
    const taken = await lookUps.takeAway(ids).catch((error) => assertRefused(error));
    for (const id of taken ?? []) this.#away.set(id, kept.get(id));
  }

  async #bringBack(found: Window): Promise<void> {
    await found.lookUps.bringBack([...this.#away.keys()]);
    for (const [id, kept] of this.#away) {
      if (!found.lookUps.find(id)) continue;
      this.#away.delete(id);
      this.#removed.delete(id);
      if (kept) this.#back.set(id, kept);
    }
    this.#note(found);
  }

  /** A calm window: everything that was kept is there, and goes on to the end. */
  async end(): Promise<void> {
    for (const each of [...this.#windows]) await this.#closeOne(each);
    const calm = await this.#open({ kind: 'none' });
    for (const [id, kept] of this.#back) this.#kept.set(id, this.#kept.get(id) ?? kept);
    for (const { id } of calm.lookUps.list()) {
      const entry = await calm.lookUps.open(id);
      assert.ok(entry, 'whatever is listed can be opened');
      this.#assertHonest(entry);
      this.#assertKept(entry);
      await calm.lookUps.resume(id);
      assert.deepEqual([entry.state, entry.notKept, entry.answer.complete], ['ended', undefined, true]);
      assertVerdicts(entry.check);
    }
    for (const id of this.#kept.keys()) assert.ok(calm.lookUps.find(id), 'what was kept is there');
    this.#note(calm);
    await this.#closeOne(calm);
    const last = await this.#open({ kind: 'none' });
    for (const entry of last.lookUps.list()) {
      assert.deepEqual([entry.atHand, entry.summary.completeness], ['card', 'complete']);
      const opened = await last.lookUps.open(entry.id);
      assert.ok(opened);
      this.#assertKept(opened);
      assertVerdicts(opened.check);
    }
  }

  async close(): Promise<void> {
    for (const each of [...this.#windows]) await this.#closeOne(each);
  }

  async #open(of: Fault): Promise<Window> {
    let writes = 0;
    const disk = faultyDisk((operation, path) => {
      if (opened.isDead) return 'EIO';
      if (of.kind === 'full' && (operation === 'append' || operation === 'replace' || operation === 'create')) {
        writes++;
        return writes > of.from && writes <= of.from + of.for ? 'ENOSPC' : undefined;
      }
      if (opened.failing.some((each) => each === operation)) return 'EACCES';
      const isRead = operation === 'read' || operation === 'pieces' || operation === 'lengthOf';
      return of.kind === 'unreadable' && isRead && of.endings.some((ending) => path.endsWith(ending))
        ? of.code
        : undefined;
    });
    const claims = new Claims(this.#folder, { beat: 4, patience: 60_000 });
    const saved = new NotingLookUps(this.#folder, 1, disk, claims);
    /** All look-ups are its own. */
    const isAlone = this.#windows.length === 0;
    saved.onName = (id, name) => {
      if (isAlone && !this.#removed.has(id)) this.#names.set(id, name);
      else this.#names.delete(id);
    };
    const start: Start = (all, _, options) => {
      const cancel = new AbortController();
      options.signal.addEventListener('abort', () => cancel.abort());
      const counted: typeof fetch = async (...args) => {
        if (opened.left-- > 0) return fetch(...args);
        if (opened.after === 'cancel') cancel.abort();
        opened.onHang?.();
        const { signal } = args[1];
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
          if (signal?.aborted) reject(signal.reason);
        });
      };
      const run = { ...options, signal: cancel.signal, batchSize: 2, maxInFlight: 2 };
      return lookUp(all, madePorts({ fetch: counted }), run);
    };
    const lookUps = new LookUps(start, saved, { complete: (all) => all, batchSize: () => 2 }, 100_000);
    const opened: Window = {
      lookUps,
      groups: new LookUpGroups(lookUps, saved.groups),
      saved,
      claims,
      canRead: of.kind !== 'unreadable',
      left: Number.POSITIVE_INFINITY,
      after: 'cancel',
      onHang: undefined,
      isDead: false,
      failing: [],
    };
    await lookUps.restore(() => account);
    this.#windows.push(opened);
    for (const entry of lookUps.list()) {
      this.#assertHonestRow(entry);
      if (isRead(entry)) this.#assertHonest(entry);
    }
    if (!opened.canRead) return opened;
    for (const id of this.#kept.keys()) assert.ok(lookUps.find(id), 'what was kept is listed');
    for (const [id, name] of this.#names) {
      // Before the first answer there is nothing that is kept, and no name. Another window may write one at this moment.
      if (isAlone && this.#kept.has(id)) assert.equal(lookUps.find(id)?.name, name);
    }
    return opened;
  }

  async #closeOne(found: Window): Promise<void> {
    this.#windows.splice(this.#windows.indexOf(found), 1);
    found.lookUps.dispose();
    await Promise.all(found.lookUps.list().map(({ id }) => found.lookUps.cancel(id)));
    await found.saved.close();
  }

  /** It is told to close while something is under way, and asked for more. Its process lives on. */
  async #closeAmid(found: Window, each: Extract<Step, { kind: 'closeAmid' }>): Promise<void> {
    const { lookUps, saved } = found;
    const { works, turns, patience, isToldTwice, isOrderly, isNextThere } = each;
    const underWay: Promise<unknown>[] = [];
    const ask = (when: Work['when']) => {
      for (const work of works) if (work.when === when) underWay.push(this.#ask(found, work).catch(assertRefused));
    };
    found.left = 4;
    ask('before');
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    lookUps.dispose();
    const closed = [isOrderly ? closeLookUps(found, patience) : saved.close(patience)];
    ask('during');
    if (isToldTwice) closed.push(saved.close(patience));
    await Promise.all(closed);
    this.#assertHearts();
    ask('after');
    if (isNextThere && this.#windows.length < 2) await this.#open({ kind: 'none' });
    this.#windows.splice(this.#windows.indexOf(found), 1);
    this.#assertHearts();
    await Promise.all(lookUps.list().map(({ id }) => lookUps.cancel(id)));
    await Promise.all(underWay);
    this.#assertHearts();
    lookUps.dispose();
    await saved.close();
    this.#note(found);
    this.#assertHearts();
  }

  /** Work of which nobody waits for the end. What is removed is known to be gone from the moment on when that is asked for. */
  async #ask({ lookUps }: Window, { what, nth }: Work): Promise<unknown> {
    if (what === 'start') return lookUps.run(question, account, noIdPlaces).finished;
    if (what === 'bringBack') return lookUps.bringBack(this.#takenAway);
    const all = lookUps.list();
    if (all.length === 0) return undefined;
    const { id } = all[nth % all.length]!;
    if (what === 'resume') return lookUps.resume(id);
    if (what === 'openAnswer') return lookUps.open(id);
    if (what === 'rename') return lookUps.rename(id, `Renamed ${this.#renamed++}`);
    this.#forget(id);
    if (what === 'remove') return lookUps.remove(id);
    this.#takenAway = [...this.#takenAway, id];
    return lookUps.takeAway([id]);
  }

  #forget(id: string): void {
    this.#removed.add(id);
    this.#away.delete(id);
    this.#back.delete(id);
    this.#kept.delete(id);
    this.#checks.delete(id);
    this.#names.delete(id);
  }

  /** A claim of a window whose process lives, and that was not killed, has a heart that beats, unless it is left for the next start. */
  #assertHearts(): void {
    const names = readdirSync(this.#folder);
    for (const name of names.filter((each) => each.endsWith('.claim2'))) {
      const owner = this.#ownerOf(name);
      if (!owner || this.#killed.has(owner) || existsSync(join(this.#folder, `${owner}.window`))) continue;
      // It was to be put back when its window closed: the next start does it.
      if (existsSync(this.#path(name.slice(0, 36), '.card2.json.removed'))) continue;
      // It may have let go of all since.
      assert.notEqual(this.#ownerOf(name), owner, `${name} has no heart`);
    }
  }

  /** The window whose claim it is; undefined where that cannot be told, as of one that is being written. */
  #ownerOf(name: string): string | undefined {
    try {
      return JSON.parse(readFileSync(join(this.#folder, name), 'utf8')).window;
    } catch {
      return undefined;
    }
  }

  /** Its process is gone: nothing of it writes any more, and its claims stay as they are. */
  async #kill(found: Window, { running, isCheck, half, claim }: Extract<Step, { kind: 'kill' }>): Promise<void> {
    let id: string | undefined;
    if (running !== undefined) {
      found.left = running;
      found.after = 'hang';
      const hangs = new Promise<void>((resolve) => {
        found.onHang = resolve;
      });
      const { lookUps } = found;
      const { entry, finished } = isCheck ? startsCheck(lookUps) : lookUps.run(question, account, noIdPlaces);
      await Promise.race([hangs, finished]);
      id = entry.id;
    }
    this.#note(found);
    const own = readdirSync(this.#folder).filter((name) => name.endsWith('.claim2'));
    const claimed = new Map(own.map((name) => [name, readFileSync(join(this.#folder, name), 'utf8')]));
    found.isDead = true;
    await this.#closeOne(found);
    for (const [name, text] of claimed) this.#leaveClaim(name, text, claim);
    if (id && existsSync(this.#path(id, '.ledger2'))) appendFileSync(this.#path(id, '.ledger2'), half, 'latin1');
  }

  /** The claim stands there again as its process left it; those of the other window are as they were. */
  #leaveClaim(name: string, text: string, how: Extract<Step, { kind: 'kill' }>['claim']): void {
    const path = join(this.#folder, name);
    if (existsSync(path)) return;
    const owner: Record<string, unknown> = JSON.parse(text);
    this.#killed.add(String(owner.window));
    if (how === 'garbled') writeFileSync(path, text.slice(0, 20));
    else writeFileSync(path, JSON.stringify(how === 'dead' ? { ...owner, pid: 999_999_999 } : owner));
    if (how === 'garbled') utimesSync(path, 0, 0);
    if (how !== 'silent') return;
    // Its process id lives, as after a restart in a container, and its heart has stopped.
    const heart = join(this.#folder, `${owner.window}.window`);
    writeFileSync(heart, '');
    utimesSync(heart, 0, 0);
  }

  /** What a card says is there in the ledger, but for the name; what a line of a ledger says is not. */
  #flip({ nth, ending, at, bit }: Extract<Step, { kind: 'flip' }>): void {
    // A window that has read it goes on with what it knows.
    if (this.#windows.length > 0) return;
    const name = readdirSync(this.#folder).filter((each) => each.endsWith(ending))[nth];
    if (name === undefined) return;
    const file = join(this.#folder, name);
    const bytes = readFileSync(file);
    const place = Math.floor((bytes.length * at) / 100);
    // The digit of the version makes a card that of a newer one, which is left alone.
    if (bytes.length === 0 || bytes.toString('latin1', place - 10, place).endsWith('"version":')) return;
    bytes[place]! ^= 1 << bit;
    writeFileSync(file, bytes);
    const id = name.slice(0, -ending.length);
    if (ending === '.card2.json') this.#names.delete(id);
    if (ending !== '.ledger2') return;
    this.#names.delete(id);
    this.#kept.delete(id);
    this.#back.delete(id);
    this.#checks.delete(id);
  }

  #rename({ lookUps, canRead }: Window, entry: ListedLookUp | undefined): void {
    if (!entry || !canRead) return;
    // What another window keeps is not renamed for good, and neither is what is not kept. That is tested elsewhere.
    lookUps.rename(entry.id, `Renamed ${entry.id}`);
  }

  /** What this window says is kept, is from now on known to be. */
  #note({ lookUps }: Window): void {
    for (const entry of lookUps.list()) {
      if (!isRead(entry) || entry.stopped?.kind === 'openElsewhere') continue;
      this.#assertHonest(entry);
      if (this.#removed.has(entry.id)) continue;
      // Before the first answer nothing was written, so that nobody knows yet whether it can be.
      if (entry.state === 'running' && entry.answer.effort.pages === 0) continue;
      if (entry.notKept === undefined) {
        this.#kept.set(entry.id, settledIn(entry.answer));
        if (entry.check) this.#checks.add(entry.id);
      } else {
        this.#kept.delete(entry.id);
        this.#checks.delete(entry.id);
      }
    }
  }

  #assertKept({ id, answer, check }: LookUpEntry): void {
    const kept = this.#kept.get(id);
    if (!kept) return;
    if (this.#checks.has(id)) assert.ok(check, 'the pairs that were kept are there');
    const now = settledIn(answer);
    for (const [record, count] of kept.entries()) if (count !== undefined) assert.equal(now[record], count);
  }

  /** Of every record that is not said to be open there is what HubSpot has. */
  #assertHonest({ answer, state, check }: LookUpEntry): void {
    assertVerdicts(check);
    const { counts } = answer;
    assert.equal(counts.asked, counts.found + counts.none + counts.failed + counts.notRead);
    for (const [record, count] of settledIn(answer).entries()) {
      if (count !== undefined) assert.equal(count, contacts(record), `record ${record} is said to be whole`);
      else assert.ok(answer.associationCount(record) <= contacts(record));
    }
    if (state === 'ended') assert.equal(answer.complete, true, 'everything was tried, and nothing failed');
  }

  #assertHonestRow({ summary: { counts, completeness } }: ListedLookUp): void {
    assert.equal(counts.asked, counts.found + counts.none + counts.failed + counts.notRead);
    assert.ok(counts.found <= truth.found && counts.associations <= truth.associations);
    if (completeness === 'complete')
      assert.deepEqual([counts.found, counts.associations], [truth.found, truth.associations]);
  }

  #path(id: string, ending: string): string {
    return join(this.#folder, id + ending);
  }
}

/** Of every pair there is what a look at HubSpot itself says, as soon as its record is read to its end. */
function assertVerdicts(check: Check | undefined): void {
  if (!check) return;
  const { answer, expectation, counts } = check;
  const settled = settledIn(answer);
  for (let pair = 0; pair < expectation.length; pair++) {
    const record: number = check.place(pair)!.record;
    const verdict = check.verdict(pair);
    const truth = plantedVerdict(record, expectation.toId(pair));
    // Some life may have learnt that the strange contact is archived.
    if (truth === 'missing' && verdict === 'noSuchRecord') continue;
    if (settled[record] !== undefined || verdict !== 'cannotTell') assert.equal(verdict, truth, `pair ${pair}`);
  }
  const unexpected = plantedUnexpected(asked, contacts);
  if (answer.complete) assert.deepEqual([counts.cannotTell, counts.unexpected], [0, unexpected]);
  else assert.ok(counts.unexpected <= unexpected && counts.unexpectedAtLeast);
}

/** What is asked of a window may be refused since it closes or its disk fails, and for nothing else. */
function assertRefused(error: unknown): void {
  assert.match(String(error), /The window is closing|: it is so/);
}

function settledIn(answer: Answer): readonly (number | undefined)[] {
  return Array.from({ length: asked }, (_, record) => {
    const isOpen = answer.state(record) === 'notRead' || answer.truncation(record) !== undefined;
    return isOpen ? undefined : answer.associationCount(record);
  });
}
