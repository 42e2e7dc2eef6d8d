/** Reading that lasts tells that it does; cancelled, nothing is looked up and the editor is there as before. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { extensionHosts } from '../host/extensionHosts.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import { dealId } from '../hubspotStandIn/generatedAccount.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { firstQuestion } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';

const name = 'webhooks.log';
/** Just below the size from which VS Code asks before it opens a file. */
const lines = 250_000;
/** Milliseconds in turn: so a fast machine reads as slowly as any. */
const [running, stopped] = [15, 85];

let window: VscodeWindow;
let standIn: StandIn;

describe('reading that lasts', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
    const line = (_: unknown, nth: number) => `{"id":"${dealId(nth)}","type":"deal"}\n`;
    writeFileSync(join(window.folder, name), Array.from({ length: lines }, line).join(''));
  });

  /** Slows a process down until something is there, and leaves it stopped then. */
  async function slowedUntil(pid: number, notice: Locator): Promise<void> {
    const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      process.kill(pid, 'SIGSTOP');
      await pause(stopped);
      if (await notice.isVisible()) return;
      process.kill(pid, 'SIGCONT');
      await pause(running);
    }
    throw new Error('Nothing tells of the reading.');
  }

  test('is cancelled from its notification, and the next reading is as quick as ever', {
    skip: process.platform === 'win32' && 'a process cannot be stopped for a while',
  }, async () => {
    const { workbench, page, server } = window;
    await workbench.openFile(name);
    await workbench.selectLines(1, 1);
    // The first command of a window loads the extension.
    await workbench.press('Control+K', 'h');
    await workbench.quickInput.opened(firstQuestion);
    await workbench.quickInput.cancel();
    await workbench.editorHasFocus();
    await workbench.press('Control+A');
    await page.locator('.statusbar-item', { hasText: /\(\d{7} selected\)/ }).waitFor();

    const asked = standIn.requests.length;
    const [host] = extensionHosts(server);
    const notice = page.locator('.notification-list-item', { hasText: `Reading ${name}` });
    try {
      await workbench.press('Control+K', 'h');
      // At once: what is read before the list of notifications is open would tell of nothing.
      await Promise.all([
        slowedUntil(host!, notice),
        page.locator('.statusbar-item[id="status.notifications"]').click(),
      ]);
      await notice.hover();
      await notice.getByRole('button', { name: 'Cancel' }).click();
    } finally {
      process.kill(host!, 'SIGCONT');
    }
    await page
      .locator('.statusbar-item', { hasText: `Reading ${name} was cancelled. Nothing was looked up.` })
      .waitFor();
    await notice.waitFor({ state: 'detached' });
    assert.equal(await workbench.quickInput.isOpen(), false);
    assert.equal(standIn.requests.length, asked);

    await workbench.selectLines(2, 3);
    await workbench.press('Control+K', 'h');
    await workbench.quickInput.opened('2 record IDs');
    await workbench.quickInput.cancel();
  });
});
