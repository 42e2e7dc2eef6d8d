/** Look-ups that are held together, on the disk and in a window. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
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
import { afterEach, beforeEach, suite, test } from 'node:test';
import fc from 'fast-check';
import type { Account } from '../../src/accounts/accounts.ts';
import { GrowingIds } from '../../src/core/answer/growingIds.ts';
import type { GroupMember } from '../../src/core/domain/group.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { Claims } from '../../src/editor/claim.ts';
import { type Disk, nodeDisk } from '../../src/editor/disk.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { LookUpFolder } from '../../src/lookUps/lookUpFolder.ts';
import { LookUpGroups } from '../../src/lookUps/lookUpGroups.ts';
import { LookUps } from '../../src/lookUps/lookUps.ts';
import { mostKept } from '../../src/lookUps/oldLookUps.ts';
import { SavedGroups } from '../../src/lookUps/savedGroups.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { until } from '../host/until.ts';
import { type Fault, faultyDisk } from './faultyDisk.ts';

const account: Account = { id: 'a', name: 'Acme', kind: 'environment', checked: true };
const { fetch } = createSamplePortal();
const ids = samplePairs.dealsToCompanies.ids.slice(0, 12);
const settings = { complete: <Asked>(asked: Asked) => asked, batchSize: () => 5 };

interface Window {
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  readonly saved: SavedLookUps;
}

let folder = '';
let open: Window[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'look-ups-'));
  open = [];
});
afterEach(async () => {
  for (const each of open) await close(each);
  rmSync(folder, { recursive: true, force: true });
});

/** What HubSpot says instead of an answer. */
const dayIsOver = { status: 429, text: JSON.stringify({ policyName: 'DAILY' }) };

/** A window on the folder. Look-ups of `failing` are refused, for the day unless it is said otherwise. */
async function window({
  fault = () => undefined as string | undefined,
  failing = '',
  refusal = dayIsOver,
} = {}): Promise<Window> {
  const claims = new Claims(folder, { beat: 50, patience: 5000 });
  const saved = new SavedLookUps(folder, 1, faultyDisk(fault as Fault), claims);
  const lookUps = new LookUps(
    (asked, _, options) => {
      const refused = async () => ({
        status: refusal.status,
        headers: { get: () => null },
        text: async () => refusal.text,
      });
      return lookUp(asked, madePorts({ fetch: asked.to === failing ? refused : fetch }), { ...options, batchSize: 5 });
    },
    saved,
    settings,
    1,
  );
  const made = { lookUps, saved, groups: new LookUpGroups(lookUps, saved.groups, 1) };
  open.push(made);
  await made.groups.restore();
  await lookUps.restore(() => account);
  return made;
}

async function close({ lookUps, groups, saved }: Window): Promise<void> {
  lookUps.dispose();
  await groups.close();
  groups.dispose();
  await saved.close();
}

/** Ends a window as if it had been closed, so that the next one has its look-ups. */
async function closed(one: Window): Promise<void> {
  open = open.filter((each) => each !== one);
  await close(one);
}

/** Look-ups of the deals, each with another type, held together. */
async function held({ lookUps, groups }: Window, types = ['contacts', 'tickets', 'companies']) {
  const started = types.map((to) => lookUps.run({ from: 'deals', to, ids }, account, noIdPlaces));
  const members = started.map(({ entry }): GroupMember => ({ from: 'deals', to: entry.question.to, lookUp: entry.id }));
  const id = groups.make(members, true);
  await Promise.all(started.map(({ finished }) => finished));
  await groups.close();
  return { id, members: started.map(({ entry }) => entry.id) };
}

const cardOf = (id: string) => join(folder, `${id}.group2.json`);

suite('look-ups that are held together', () => {
  test('are one again also where their folder could not be listed for longer than the start tries', async () => {
    const first = await window();
    const { id, members } = await held(first);
    await closed(first);
    let isBusy = true;
    const fault = (operation: string) => (isBusy && operation === 'names' ? 'EMFILE' : undefined);
    const saved = new SavedLookUps(folder, 1, faultyDisk(fault));
    const lookUps = new LookUps(() => assert.fail('nothing is asked'), saved, settings, 1);
    const groups = new LookUpGroups(lookUps, saved.groups, 1);
    open.push({ lookUps, groups, saved });
    await assert.rejects(groups.restore(), /EMFILE/);
    await assert.rejects(lookUps.restore(() => account));
    const told: string[] = [];
    groups.onDidChange((each) => void told.push(each));
    isBusy = false;
    await until('they are listed', () => lookUps.list().length === members.length && groups.list().length === 1);
    assert.deepEqual([groups.list()[0]?.members.map((each) => each.id), told], [members, [id]]);
  });

  test('are one, and stay so in the next window', async () => {
    const first = await window();
    const { id, members } = await held(first);
    first.groups.rename(id, 'Everything');
    await closed(first);
    const { groups } = await window();
    const [one, ...others] = groups.list();
    assert.deepEqual(others, []);
    assert.deepEqual([one?.id, one?.name, one?.state, one?.pinned], [id, 'Everything', 'ended', false]);
    assert.deepEqual(
      one?.members.map((member) => member.id),
      members,
    );
    assert.ok(members.every((member) => groups.of(member) === id));
    const { counts } = one!.summary;
    assert.equal(counts.asked, 3 * ids.length);
    assert.equal(counts.asked, counts.found + counts.none + counts.failed + counts.notRead);
  });

  test('are paused when one of them failed, and go on together', async () => {
    const first = await window({ failing: 'tickets' });
    const { id } = await held(first);
    const stopped = first.groups.find(id)!;
    assert.deepEqual([stopped.state, stopped.summary.completeness], ['paused', 'incomplete']);
    assert.deepEqual(
      stopped.members.map(({ state }) => state),
      ['ended', 'paused', 'ended'],
    );
    await closed(first);
    const next = await window();
    assert.equal(next.groups.find(id)?.state, 'paused');
    await Promise.all(next.groups.find(id)!.members.map((member) => next.lookUps.resume(member.id)));
    assert.equal(next.groups.find(id)?.state, 'ended');
    assert.equal(next.groups.find(id)?.summary.counts.notRead, 0);
  });

  test('have ended, and are not complete, when HubSpot refuses the object type of one', async () => {
    const refusals = {
      scope: {
        status: 403,
        text: JSON.stringify({ status: 'error', category: 'MISSING_SCOPES', message: 'This app lacks a scope' }),
      },
      pair: {
        status: 400,
        text: JSON.stringify({ status: 'error', category: 'VALIDATION_ERROR', message: 'Unable to infer object type' }),
      },
    };
    for (const [what, refusal] of Object.entries(refusals)) {
      const first = await window({ failing: 'tickets', refusal });
      const { id } = await held(first);
      const facts = ({ groups }: Window) => {
        const { state, summary, members } = groups.find(id)!;
        return [state, summary.completeness, members.map((member) => member.state)];
      };
      const expected = ['ended', 'incomplete', ['ended', 'paused', 'ended']];
      assert.deepEqual(facts(first), expected, what);
      await closed(first);
      const next = await window();
      assert.deepEqual(facts(next), expected, `${what}, in the next window`);
      await Promise.all(next.groups.find(id)!.members.map((member) => next.lookUps.resume(member.id)));
      assert.deepEqual(facts(next).slice(0, 2), ['ended', 'primaryOnly'], `${what}, once it is allowed`);
      await closed(next);
    }
  });

  test('are asked again as a group of their own, and their ids stand in memory once', async (context) => {
    const here = await window();
    const { id, members } = await held(here);
    const listing = context.mock.method(GrowingIds.prototype, 'list');
    const again = await here.groups.again(id);
    assert.equal(listing.mock.callCount(), 0, 'a million ids are not listed for it');
    const anew = here.groups.find(again!)!;
    assert.equal(here.groups.list().length, 2);
    const first = await here.lookUps.open(members[0]!);
    for (const member of anew.members) {
      const entry = await here.lookUps.open(member.id);
      assert.ok(entry?.answer.asked === first?.answer.asked);
    }
    await Promise.all(anew.members.map((member) => here.lookUps.cancel(member.id)));
  });

  test('are started together from one list of ids, and types that were not asked can be asked later', async () => {
    const here = await window();
    const types = [
      { to: 'contacts' },
      { to: 'tickets', notAsked: 'noRecords' as const },
      { to: 'companies' },
      { to: 'quotes', notAsked: 'noScope' as const },
    ];
    const { id, finished } = here.groups.start({ from: 'deals', ids }, types, { account, places: noIdPlaces });
    await finished;
    const before = here.groups.find(id);
    assert.deepEqual(
      before?.members.map(({ question }) => question.to),
      ['contacts', 'companies'],
    );
    assert.deepEqual(
      before?.notAsked.map(({ to, notAsked }) => [to, notAsked]),
      [
        ['tickets', 'noRecords'],
        ['quotes', 'noScope'],
      ],
    );
    const [one, other] = await Promise.all(before!.members.map((member) => here.lookUps.open(member.id)));
    assert.ok(one!.answer.asked === other!.answer.asked);
    await closed(here);
    const next = await window();
    assert.deepEqual(next.groups.find(id)?.notAsked.length, 2);
    assert.equal(await next.groups.askTheOthers(id), true);
    const after = next.groups.find(id);
    assert.deepEqual(
      after?.members.map(({ question }) => question.to),
      ['contacts', 'tickets', 'companies', 'quotes'],
    );
    assert.deepEqual(after?.notAsked, []);
    const tickets = await next.lookUps.open(after!.members[1]!.id);
    assert.deepEqual(tickets?.question.ids, [...ids]);
    assert.equal(await next.groups.askTheOthers(id), false);
  });

  test('of which one is damaged are asked again all the same, and share the ids of one that can be read', async () => {
    const first = await window();
    const { id, members } = await held(first);
    await closed(first);
    for (const name of readdirSync(folder)) {
      if (name.startsWith(members[0]!) && /card|ledger/.test(name)) writeFileSync(join(folder, name), 'not a card');
    }
    const { lookUps, groups } = await window();
    assert.equal(groups.find(id)?.members.length, 2);
    const again = groups.find((await groups.again(id, { apiVersion: '2026-09' }))!);
    assert.deepEqual(
      again?.members.map(({ question }) => [question.to, question.apiVersion]),
      [
        ['tickets', '2026-09'],
        ['companies', '2026-09'],
      ],
    );
    const [one, other] = await Promise.all(again!.members.map((member) => lookUps.open(member.id)));
    assert.ok(one!.answer.asked === other!.answer.asked);
  });

  test('come back together when they were removed, also while another window starts meanwhile', async () => {
    const here = await window();
    const { id, members } = await held(here);
    const taken = await here.lookUps.takeAway(members);
    assert.equal(taken.length, 3);
    assert.deepEqual([here.groups.find(id), here.groups.list()], [undefined, []]);
    const old = new Date(Date.now() - 24 * 3_600_000);
    utimesSync(cardOf(id), old, old);
    assert.deepEqual((await window()).groups.list(), []);
    assert.ok(existsSync(cardOf(id)), 'they can still be brought back');
    await here.lookUps.bringBack(taken);
    assert.deepEqual(
      here.groups.find(id)?.members.map((member) => member.id),
      members,
    );
    assert.equal(here.groups.of(members[0]!), id);
  });

  test('stay as they are in a window beside, and are its own when the first one is gone', async () => {
    const first = await window();
    const { id, members } = await held(first);
    const second = await window();
    assert.deepEqual(
      second.groups.find(id)?.members.map((member) => member.id),
      members,
    );
    second.groups.rename(id, 'Renamed beside');
    await second.groups.close();
    await closed(first);
    await closed(second);
    assert.equal((await window()).groups.find(id)?.name, 'Renamed beside');
  });

  test('lose one that is damaged, and no other', async () => {
    const first = await window();
    const { id, members } = await held(first);
    await closed(first);
    for (const ending of ['card2.json', 'ledger2']) {
      writeFileSync(join(folder, `${members[1]}.${ending}`), 'not what was written');
    }
    const { groups } = await window();
    const left = groups.find(id)!;
    assert.deepEqual(
      left.members.map((member) => member.id),
      [members[0], members[2]],
    );
    assert.equal(left.group.members.length, 3, 'it is told that one is not there');
  });

  test('stand by themselves when the card of their group is damaged or newer, and a newer one is left alone', async () => {
    for (const [text, kind] of [
      ['{"version":2', 'damaged'],
      ['{"version":3,"anything":true}', 'newer'],
    ] as const) {
      const first = await window();
      const { id, members } = await held(first);
      await closed(first);
      writeFileSync(cardOf(id), text);
      const { groups, lookUps } = await window();
      assert.equal(groups.find(id), undefined);
      assert.ok(members.every((member) => lookUps.find(member)));
      assert.equal(existsSync(cardOf(id)), kind === 'newer');
      if (kind === 'newer') assert.equal(readFileSync(cardOf(id), 'utf8'), text);
      assert.equal(existsSync(`${cardOf(id)}.damaged`), kind === 'damaged');
    }
  });

  test('stay held together where a newer version keeps them, however old their group is', async () => {
    const [group, lookUp] = [randomUUID(), randomUUID()];
    writeFileSync(join(folder, `${lookUp}.card3.json`), '{"version":3}');
    const members = [{ from: 'deals', to: 'contacts', lookUp }];
    const startedAt = new Date(0).toISOString();
    writeFileSync(cardOf(group), JSON.stringify({ version: 2, id: group, startedAt, sharesIds: true, members }));
    utimesSync(cardOf(group), 0, 0);
    await window();
    assert.ok(existsSync(cardOf(group)));
  });

  test('hold each look-up once, in one group, when their cards were edited by hand', async () => {
    const first = await window();
    const one = await held(first, ['contacts', 'tickets']);
    const other = await held(first, ['companies']);
    await closed(first);
    const card = JSON.parse(readFileSync(cardOf(other.id), 'utf8'));
    const [contacts] = one.members;
    card.members.push(...card.members, { from: 'deals', to: 'contacts', lookUp: contacts });
    card.startedAt = new Date(Date.now() + 60_000).toISOString();
    writeFileSync(cardOf(other.id), JSON.stringify(card));
    const { groups } = await window();
    assert.deepEqual(
      groups.list().map(({ id, members }) => [id, members.map((member) => member.id)]),
      [
        [other.id, other.members],
        [one.id, one.members],
      ],
    );
    assert.equal(groups.of(contacts!), one.id);
  });

  test('keep what another version knows of them', async () => {
    const first = await window();
    const { id } = await held(first);
    await closed(first);
    const card = JSON.parse(readFileSync(cardOf(id), 'utf8'));
    card.expectation = { of: 'a file' };
    card.members[0].column = 3;
    card.members.push({ from: 'deals', to: 'carts', notAsked: 'noRecords' });
    writeFileSync(cardOf(id), JSON.stringify(card));
    const next = await window();
    assert.deepEqual(
      next.groups.find(id)?.notAsked.map(({ to }) => to),
      ['carts'],
    );
    next.groups.rename(id, 'Anew');
    await next.groups.close();
    assert.deepEqual(JSON.parse(readFileSync(cardOf(id), 'utf8')), { ...card, name: 'Anew' });
  });

  test('are kept beside where what another version knows of a member goes deeper than this one can write', async () => {
    const first = await window();
    const { id } = await held(first);
    await closed(first);
    const text = readFileSync(cardOf(id), 'utf8');
    const deep = text.replace('"lookUp":', `"odd":${'['.repeat(100_000)}${']'.repeat(100_000)},"lookUp":`);
    writeFileSync(cardOf(id), deep);
    const next = await window();
    next.groups.rename(id, 'Anew');
    await next.groups.close();
    assert.deepEqual(JSON.parse(readFileSync(cardOf(id), 'utf8')), { ...JSON.parse(text), name: 'Anew' });
    assert.equal(readFileSync(`${cardOf(id)}.damaged`, 'utf8'), deep);
  });

  test('count as one of those that are kept, and go together', async () => {
    const first = await window();
    const { id, members } = await held(first, ['contacts', 'tickets']);
    for (let nth = 1; nth < mostKept; nth++) {
      await first.lookUps.run({ from: 'deals', to: 'contacts', ids: ids.slice(0, 1) }, account, noIdPlaces).finished;
    }
    await closed(first);
    const second = await window();
    assert.equal(second.lookUps.list().length, mostKept + 1, 'the group is one of them');
    assert.equal(second.groups.countedAsKept, mostKept);
    assert.ok(second.groups.find(id));
    await second.lookUps.run({ from: 'deals', to: 'contacts', ids: ids.slice(0, 1) }, account, noIdPlaces).finished;
    await closed(second);
    const third = await window();
    assert.equal(third.groups.find(id), undefined);
    assert.ok(members.every((member) => !third.lookUps.find(member)));
    assert.equal(third.lookUps.list().length, mostKept);
  });

  test('do not go when one of them is pinned, nor anything while nobody knows what a group holds', async () => {
    const first = await window();
    const { id, members } = await held(first, ['contacts', 'tickets']);
    first.lookUps.pin(members[1]!, true);
    for (let nth = 0; nth < mostKept; nth++) {
      await first.lookUps.run({ from: 'deals', to: 'contacts', ids: ids.slice(0, 1) }, account, noIdPlaces).finished;
    }
    await closed(first);
    const second = await window();
    assert.equal(second.groups.find(id)?.members.length, 2);
    assert.equal(second.lookUps.list().length, mostKept + 2);
    assert.equal(second.groups.countedAsKept, mostKept);
    await second.lookUps.run({ from: 'deals', to: 'contacts', ids: ids.slice(0, 1) }, account, noIdPlaces).finished;
    await closed(second);
    const blind = await window({
      fault: ((operation, path) => (operation === 'read' && path === cardOf(id) ? 'EACCES' : undefined)) as Fault,
    } as Parameters<typeof window>[0]);
    assert.equal(blind.lookUps.list().length, mostKept + 3);
    assert.equal(blind.groups.find(id), undefined);
  });

  test('cost no other look-up its place when one bit of a card is another one, or all of them', async () => {
    const first = await window();
    for (let nth = 1; nth < mostKept; nth++) {
      await first.lookUps.run({ from: 'deals', to: 'contacts', ids: ids.slice(0, 1) }, account, noIdPlaces).finished;
    }
    const { id, members } = await held(first, ['contacts', 'tickets', 'companies']);
    await closed(first);
    const text = readFileSync(cardOf(id), 'latin1');
    const zeros = '\0'.repeat(text.length);
    for (const damaged of [`z${text.slice(1)}`, text.replace(members[0]!, `z${members[0]!.slice(1)}`), zeros]) {
      writeFileSync(cardOf(id), damaged);
      for (let start = 1; start <= 2; start++) {
        const next = await window();
        assert.equal(next.lookUps.list().length, mostKept + 2);
        await closed(next);
      }
      assert.ok(existsSync(`${cardOf(id)}.damaged`));
      rmSync(`${cardOf(id)}.damaged`);
    }
  });

  for (const first of ['asks', 'renames'] as const)
    test(`keep what two windows make of them, also where the one that ${first} is the first`, async () => {
      const before = await window();
      const types = [{ to: 'contacts' }, { to: 'tickets', notAsked: 'noRecords' as const }];
      const { id, finished } = before.groups.start({ from: 'deals', ids }, types, { account, places: noIdPlaces });
      await finished;
      before.groups.rename(id, 'first');
      await closed(before);

      const [here, other] = [await window(), await window()];
      const asks = () => here.groups.askTheOthers(id);
      const renames = async () => other.groups.rename(id, 'second');
      for (const act of first === 'asks' ? [asks, renames] : [renames, asks]) {
        await act();
        await here.groups.close();
        await other.groups.close();
      }
      await closed(other);
      await closed(here);
      const after = (await window()).groups.find(id);
      assert.equal(JSON.parse(readFileSync(cardOf(id), 'utf8')).name, 'second');
      assert.deepEqual(
        after?.members.map(({ question }) => question.to),
        ['contacts', 'tickets'],
      );
      assert.deepEqual(after?.notAsked, []);
    });

  test('keep the name that another window gave, however often this one reads and writes them', async () => {
    const saved = () => new SavedGroups(new LookUpFolder(folder, nodeDisk), nodeDisk);
    const [here, other] = [saved(), saved()];
    const members: readonly GroupMember[] = [{ from: 'deals', to: 'tickets', notAsked: 'noRecords' }];
    const id = randomUUID();
    const card = { id, startedAt: new Date(), name: 'first', sharesIds: true, members, unknown: {} };
    await here.write(card);
    await other.read();
    await other.write({ ...card, name: 'second' });
    await here.read();
    for (let time = 0; time < 2; time++) {
      await here.write(card);
      assert.equal(JSON.parse(readFileSync(cardOf(id), 'utf8')).name, 'second');
    }
    await here.write({ ...card, name: 'third' });
    assert.equal(JSON.parse(readFileSync(cardOf(id), 'utf8')).name, 'third');
  });

  test('are written one card after the other, so that the last name stays', { timeout: 20_000 }, async () => {
    let held = 0;
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const disk: Disk = {
      ...nodeDisk,
      replace: async (path, pieces) => {
        if (path.includes('.group2') && held++ === 1) await gate;
        return nodeDisk.replace(path, pieces);
      },
    };
    const { lookUps } = await window();
    const groups = new LookUpGroups(lookUps, new SavedGroups(new LookUpFolder(folder, disk), disk), 1);
    const id = groups.make([{ from: 'deals', to: 'tickets', notAsked: 'noRecords' }], true);
    await groups.close();
    groups.rename(id, 'second');
    groups.rename(id, 'third');
    setTimeout(letGo, 20);
    await groups.close();
    groups.dispose();
    assert.equal(JSON.parse(readFileSync(cardOf(id), 'utf8')).name, 'third');
  });

  test('are tried again to be written where the disk is full', async () => {
    let isFull = true;
    const here = await window({
      fault: ((operation, path) =>
        isFull && operation === 'replace' && path.includes('.group2') ? 'ENOSPC' : undefined) as Fault,
    } as Parameters<typeof window>[0]);
    const { id } = await held(here);
    assert.ok(!existsSync(cardOf(id)));
    isFull = false;
    while (!existsSync(cardOf(id))) await new Promise((resolve) => setTimeout(resolve, 5));
    await closed(here);
    assert.equal((await window()).groups.find(id)?.members.length, 3);
  });

  test('are whole or by themselves after a kill at any moment, and every answer is as it was', async () => {
    const first = await window();
    const { id, members } = await held(first);
    const truth = await Promise.all(members.map(async (member) => (await first.lookUps.open(member))?.answer.counts));
    await closed(first);
    const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
    const cards = [...files.keys()].filter((name) => name.endsWith('.json'));
    await fc.assert(
      fc.asyncProperty(fc.subarray(cards), fc.nat(), async (missing, cut) => {
        for (const name of readdirSync(folder)) rmSync(join(folder, name));
        // What had not been written yet; and a draft that did not take its place any more.
        for (const [name, bytes] of files) if (!missing.includes(name)) writeFileSync(join(folder, name), bytes);
        for (const name of missing)
          writeFileSync(join(folder, `${name}.0123.new`), files.get(name)!.subarray(0, cut % 40));
        const here = await window();
        const isThere = members.map((member) => !missing.includes(`${member}.card2.json`));
        const group = here.groups.find(id);
        const isGroup = !missing.includes(`${id}.group2.json`) && isThere.includes(true);
        assert.equal(group !== undefined, isGroup);
        assert.deepEqual(
          group?.members.map((member) => member.id),
          isGroup ? members.filter((_, nth) => isThere[nth]) : undefined,
        );
        for (const [nth, member] of members.entries()) {
          const entry = await here.lookUps.open(member);
          assert.deepEqual(entry?.answer.counts, isThere[nth] ? truth[nth] : undefined);
        }
        await closed(here);
      }),
      { numRuns: 25 },
    );
  });

  test('go on where a kill left each of them, and end with all that HubSpot has', async () => {
    const own = folder;
    const kills: string[] = [];
    // What is on the disk before each of its writes is what a kill at that moment leaves.
    const fault = () => {
      const left = mkdtempSync(join(tmpdir(), 'killed-'));
      kills.push(left);
      for (const name of readdirSync(own).filter((each) => !each.includes('.claim')))
        copyFileSync(join(own, name), join(left, name));
      return undefined;
    };
    try {
      const first = await window({ fault });
      const { id, members } = await held(first);
      const facts = ({ lookUps }: Window) => members.map((member) => lookUps.find(member)?.summary.counts);
      const truth = facts(first);
      await closed(first);
      let partly = 0;
      for (const left of kills) {
        folder = left;
        const next = await window();
        const there = next.lookUps.list().map((each) => each.id);
        for (const each of there) await next.lookUps.open(each);
        const before = next.groups.find(id);
        if (before && before.summary.counts.found > 0 && before.summary.counts.notRead > 0) {
          assert.equal(before.state, 'paused');
          partly++;
        }
        await Promise.all(there.map((each) => next.lookUps.resume(each)));
        const expected = truth.map((counts, nth) => (there.includes(members[nth]!) ? counts : undefined));
        assert.deepEqual(facts(next), expected);
        const group = next.groups.find(id);
        if (group) assert.equal(group.state, 'ended');
        await closed(next);
      }
      assert.ok(partly > 1, `of ${kills.length} kills ${partly} left something half read`);
    } finally {
      folder = own;
      for (const left of kills) rmSync(left, { recursive: true, force: true });
    }
  });
});
