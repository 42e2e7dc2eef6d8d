/** An export that the user cancels in its middle: nothing of it is left, and what stood there before stays. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { extensionHosts } from '../host/extensionHosts.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { lookUpAll, richLookUp } from './longLookUp.ts';

let window: VscodeWindow;
let workbench: Workbench;
let tree: TreeView;
/** So many rows that writing them takes its time. */
let rows: number;
const folder = temporaryFolder('cancel');
const exported = folder.path;

describe('an export that is cancelled', () => {
  before(async () => {
    const long = await richLookUp();
    ({ window, workbench, tree, rows } = long);
    await lookUpAll(long);
    await tree.until('the look-up has ended', ([row]) => /, complete\b[^,]*$/.test(row?.spoken ?? ''));
  });

  after(() => folder.remove());

  /** How many bytes are written so far of a file that is not whole yet. */
  function bytesWritten(): number {
    const part = readdirSync(exported).find((name) => name.endsWith('.part'));
    return part === undefined ? 0 : (statSync(join(exported, part), { throwIfNoEntry: false })?.size ?? 0);
  }

  /** The file is there with what was to be written. */
  const isWhole = (path: string) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 4_000_000;

  /** Starts an export, and stops the extension host while it writes. @returns its process, or undefined when it was faster */
  async function stoppedWhileWriting(path: string): Promise<number | undefined> {
    const [host] = extensionHosts(window.server);
    await workbench.chooseFrom(() => tree.openMenu('Deals → Contacts'), 'Export...');
    await workbench.quickInput.opened('In which format?');
    await workbench.quickInput.pick('JSON');
    const watching = (async () => {
      // Not at its first byte: by then its notification may not be on its way yet.
      while (bytesWritten() < 4_000_000 && !isWhole(path)) await new Promise((resolve) => setImmediate(resolve));
      process.kill(host!, 'SIGSTOP');
      return bytesWritten() > 0;
    })();
    await workbench.quickInput.saveAs(path);
    if (await watching) return host;
    process.kill(host!, 'SIGCONT');
    return undefined;
  }

  for (const old of [undefined, 'what stood there before']) {
    test(`cancelled, it leaves ${old === undefined ? 'nothing' : 'the older file'}`, {
      skip: process.platform === 'win32' && 'a process cannot be stopped for a while',
    }, async () => {
      const path = join(exported, 'rows.json');
      const host = await until('it is caught while it writes', async () => {
        rmSync(path, { force: true });
        if (old !== undefined) writeFileSync(path, old);
        return stoppedWhileWriting(path);
      });
      try {
        await window.page.locator('.statusbar-item[id="status.notifications"]').click();
        const notice = window.page.locator('.notifications-center .notification-list-item', {
          hasText: 'Writing rows.json',
        });
        await notice.hover();
        await notice.getByRole('button', { name: 'Cancel' }).click();
      } finally {
        process.kill(host, 'SIGCONT');
      }
      const said =
        old === undefined ? 'Cancelled: rows.json was not written.' : 'Cancelled: rows.json is as it was before.';
      await window.page.locator('.statusbar', { hasText: said }).waitFor();
      assert.deepEqual(readdirSync(exported), old === undefined ? [] : ['rows.json']);
      if (old !== undefined) assert.equal(readFileSync(path, 'utf8'), old);
    });
  }

  test('and exported again, it is whole', async () => {
    const path = join(exported, 'rows.json');
    rmSync(path, { force: true });
    await workbench.chooseFrom(() => tree.openMenu('Deals → Contacts'), 'Export...');
    await workbench.quickInput.opened('In which format?');
    await workbench.quickInput.pick('JSON');
    await workbench.quickInput.saveAs(path);
    await until('it is written', () => isWhole(path));
    assert.equal(JSON.parse(readFileSync(path, 'utf8')).rows.length, rows);
  });
});
