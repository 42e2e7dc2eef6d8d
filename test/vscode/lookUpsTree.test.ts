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
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createSamplePortal, samplePairs } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { noIdPlaces } from '../../src/ids/idPlaces.ts';
import { LookUpGroups } from '../../src/lookUps/lookUpGroups.ts';
import { LookUps } from '../../src/lookUps/lookUps.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { LookUpsTree } from '../../src/tree/lookUpsTree.ts';
import { LookUpsView } from '../../src/tree/lookUpsView.ts';
import { madePorts } from '../core/madePorts.ts';

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
