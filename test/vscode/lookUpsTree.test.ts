/** The rows of the Lookups view as VS Code asks for them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Account } from '../../src/accounts/accounts.ts';
import { ObjectTypeCatalog } from '../../src/accounts/objectTypeCatalog.ts';
import { Hops } from '../../src/answers/hops.ts';
import { propertyWords } from '../../src/answers/propertyWords.ts';
import { Names } from '../../src/answers/recordNames.ts';
import type { Failure, RecordProblem } from '../../src/core/domain/failure.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { LookUpGroups } from '../../src/lookUps/lookUpGroups.ts';
import { LookUps } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { lookUpIcon } from '../../src/tree/lookUpItems.ts';
import { LookUpsTree } from '../../src/tree/lookUpsTree.ts';
import { LookUpsView } from '../../src/tree/lookUpsView.ts';
import { type ItemParts, treeItem } from '../../src/tree/treeItems.ts';
import { type MadeRecord, madeAnswer, plain, unread } from '../core/madeAnswer.ts';
import { madePorts } from '../core/madePorts.ts';
import { madeEntry } from '../tree/madeEntry.ts';

const account: Account = { id: 'a', name: 'Acme', kind: 'stored', checked: true };
const question = { ...samplePairs.dealsToCompanies, ids: samplePairs.dealsToCompanies.ids.slice(0, 1) };
const [seen, many] = [50, 60];

describe('the rows of the Lookups view', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tree-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function openWindow() {
    const { fetch } = createSamplePortal();
    const saved = new SavedLookUps(folder, 1);
    const ports = () => madePorts({ fetch });
    const settings = { complete: <Asked>(asked: Asked) => asked, batchSize: () => 1000 };
    const lookUps = new LookUps((asked, _, options) => lookUp(asked, ports(), options), saved, settings, 1);
    const groups = new LookUpGroups(lookUps, saved.groups, 1);
    const types = new ObjectTypeCatalog(async () => []);
    const names = new Names({ portsOf: ports, typeOf: (name) => types.find(name, account), words: propertyWords() });
    const hops = new Hops((asked) => lookUp(asked, ports()).done);
    const tree = new LookUpsTree(lookUps, groups, { types, names, hops });
    const close = async () => {
      lookUps.dispose();
      groups.dispose();
      types.dispose();
      await saved.close();
    };
    return { lookUps, tree, close, parts: { lookUps, groups, catalog: types, hops, names, isInSight: () => true } };
  }

  it('begin with those that can be in sight where there are many, and are all there a moment later', async () => {
    const before = openWindow();
    for (let nth = 0; nth < many; nth++) {
      const { entry, finished } = before.lookUps.run(question, account, noIdPlaces);
      await finished;
      before.lookUps.pin(entry.id, true);
    }
    await before.close();

    const { lookUps, tree, close } = openWindow();
    assert.deepEqual(tree.getChildren(), [], 'none before they are back');
    await lookUps.restore(() => account);
    const whole = new Promise((resolve) => tree.onDidChangeTreeData(resolve));
    const first = tree.getChildren() as object[];
    assert.equal(first.length, seen);
    assert.equal(await whole, undefined, 'all rows are to be asked for');
    const all = tree.getChildren() as object[];
    assert.equal(all.length, many);
    assert.deepEqual(all.slice(0, first.length), first, 'the newest stay where they are');

    const { finished } = lookUps.run(question, account, noIdPlaces);
    assert.equal((tree.getChildren() as object[]).length, many + 1, 'a new one is there at once');
    await finished;
    await close();
  });

  it('stand in the order in which they began, also where the clock was set back between two', async () => {
    const { lookUps, tree, parts, close } = openWindow();
    const run = async () => {
      const { entry, finished } = lookUps.run(question, account, noIdPlaces);
      await finished;
      return entry;
    };
    const first = await run();
    Object.assign(first, { startedAt: new Date(Date.now() + 1e9) });
    const second = await run();
    const types = ['contacts', 'companies'].map((to) => ({ to, name: to }));
    const { id: third, finished } = parts.groups.start(question, types, { account, places: noIdPlaces });
    await finished;
    const fourth = await run();
    const rows = tree.getChildren() as { readonly id?: string; readonly entry?: { readonly id: string } }[];
    assert.deepEqual(
      rows.map(({ id, entry }) => entry?.id ?? id),
      [fourth.id, third, second.id, first.id],
    );
    await close();
  });

  it('say of a record that was followed on whether all of its associations were read', async () => {
    const to = [{ toId: '9', types: [plain] }];
    const [stopped, cut]: [Failure, RecordProblem] = [{ kind: 'offline', detail: '' }, unread];
    const asked = { from: 'companies', to: 'contacts', apiVersion: '2026-09' } as const;
    const rowOf = async (
      record: Omit<MadeRecord, 'id'>,
      of: Partial<typeof asked | { apiVersion: 'v3' }>,
      why?: Failure,
    ) => {
      const answer = madeAnswer([{ id: '71', ...record }], { ...asked, ...of });
      const hops = new Hops(async () => ({ answer, ...(why && { stopped: why }) }));
      const { parts, close } = openWindow();
      const entry = madeEntry(madeAnswer([{ id: '1' }]));
      const hop = hops.of(entry, 'companies', '71', 'contacts');
      const node = { kind: 'type', entry, under: { kind: 'record', entry, record: 0 }, hop } as const;
      const row = () => treeItem(node, { ...parts, types: parts.catalog, hops } as unknown as ItemParts);
      assert.match(row().accessibilityInformation!.label, /not looked up yet/);
      await hops.read(hop);
      await close();
      const { label, description, accessibilityInformation } = row();
      return [label, description, accessibilityInformation!.label].join(' | ');
    };
    assert.equal(await rowOf({ to }, {}), 'Contacts (1) |  | Contacts, 1');
    assert.equal(await rowOf({}, {}), 'Contacts (0) |  | Contacts, 0');
    assert.equal(
      await rowOf({ to }, { apiVersion: 'v3' }),
      'Contacts (1) | complete for primary companies (v3) | Contacts, 1, complete for primary companies (v3)',
    );
    assert.equal(await rowOf({ to, truncation: 'cap' }, {}), 'Contacts (1) | incomplete | Contacts, 1, incomplete');
    assert.match(
      await rowOf({ to, truncation: 'page', problem: cut }, {}),
      /^Contacts \(1\) \| incomplete · HubSpot .*502/,
    );
    assert.match(await rowOf({ to, truncation: 'page' }, {}, stopped), /^Contacts \(1\) \| incomplete · .*connection/);
    const none = await rowOf({ state: 'notRead' }, {}, stopped);
    assert.equal(none, 'Contacts | incomplete | Contacts, incomplete', 'why stands below it');
  });

  it('say of a look-up that could not be written that it is not saved, until it is', async () => {
    const { parts, close } = openWindow();
    const rowOf = (notKept: string | undefined) => {
      const entry = madeEntry(madeAnswer([{ id: '1' }]), { notKept });
      const itemParts = { ...parts, types: parts.catalog, differencesOf: () => ({}), isOpenAtFirst: () => false };
      const { description, tooltip, accessibilityInformation } = treeItem(
        { kind: 'lookUp', entry },
        itemParts as unknown as ItemParts,
      );
      return [description, tooltip, accessibilityInformation!.label].map((text) => /Not saved/.test(String(text)));
    };
    assert.deepEqual(rowOf('ENOSPC: no space left on device'), [true, true, true]);
    assert.deepEqual(rowOf(undefined), [false, false, false]);
    await close();
  });

  it('show a check as one that HubSpot agrees with only where all is known that its file claims', () => {
    const none = { differs: 0, missing: 0, noSuchRecord: 0, cannotTell: 0, unexpected: 0 };
    const colour = (unexpectedAtLeast: boolean) => {
      const checked = { counts: { expected: 2, asExpected: 2, ...none, unexpectedAtLeast } };
      return lookUpIcon({ state: 'ended', checked, summary: { completeness: 'primaryOnly' } }).color?.id;
    };
    assert.deepEqual([colour(false), colour(true)], ['testing.iconPassed', 'list.warningForeground']);
  });

  it('do not wait for the Answer of the one that is open at first, which follows', async () => {
    const before = openWindow();
    for (let nth = 0; nth < 2; nth++) await before.lookUps.run(question, account, noIdPlaces).finished;
    await before.close();

    const { lookUps, tree, close } = openWindow();
    await lookUps.restore(() => account);
    const [top, other] = tree.getChildren() as object[] as Parameters<typeof tree.getTreeItem>[0][];
    const changed = new Promise((resolve) => tree.onDidChangeTreeData(resolve));
    assert.deepEqual(tree.getChildren(top), []);
    assert.equal(await changed, top);
    assert.ok((await tree.getChildren(top)).length > 0);
    assert.ok((await tree.getChildren(other)).length > 0, 'one that is opened by hand is waited for');
    await close();
  });

  it('may be gone before VS Code has got to them: nothing is left unhandled', async () => {
    const { lookUps, close, parts } = openWindow();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const revealed: object[] = [];
    const view = {
      reveal: async (node: object) => {
        revealed.push(node);
        throw new Error('Cannot resolve tree item');
      },
      onDidChangeVisibility: () => ({ dispose: () => {} }),
    } as unknown as vscode.TreeView<object>;
    const shown = new LookUpsView(view, parts);
    const { entry, finished } = lookUps.run(question, account, noIdPlaces);
    shown.show(entry.id);
    await finished;
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', note);
    shown.dispose();
    await close();
    assert.equal(revealed.length, 1);
    assert.deepEqual(unhandled, []);
  });
});
