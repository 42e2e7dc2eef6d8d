/** A column of a file far larger than an editor would be opened for, from the explorer's menu. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, createWriteStream, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import { dealId } from '../hubspotStandIn/generatedAccount.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import { longLookUp } from './longLookUp.ts';

const rows = 10_000;
const firstId = Number(dealId(0));

let standIn: StandIn;
let window: VscodeWindow;

/** 50 MB: few rows, each with a long text that holds numbers, quotes and line breaks. */
async function writeExport(path: string): Promise<void> {
  const file = createWriteStream(path);
  const filler = 'called 2024-05-01, said ""yes"", 99 of 100;\n'.repeat(115);
  file.write('\ufeff"Record ID","Notes","Amount","Associated Contact IDs"\r\n');
  for (let row = 0; row < rows; row++) {
    const isFull = !file.write(
      `"${firstId + row}","${filler}","${row}.00","${firstId + row};${firstId + row + 1}"\r\n`,
    );
    if (isFull) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

describe('a column of a large file', () => {
  before(async () => {
    ({ window, standIn } = await longLookUp(0, 1000));
    await writeExport(join(window.folder, 'large-export.csv'));
  });

  /** Gives a pipe more rows than are looked at to find the columns, as fast as they are read, and then no more. */
  async function feed(pipe: number): Promise<void> {
    const row = (at: number) => `${firstId + at},${'said yes, '.repeat(5)}\n`;
    const rest = Buffer.from(`Record ID,Notes\n${Array.from({ length: 8_000 }, (_, at) => row(at)).join('')}`);
    let at = 0;
    // It is read in two goes, with what a person does between.
    const whole = () => {
      // Says EAGAIN while the pipe is full.
      at += writeSync(pipe, rest, at);
      return at === rest.length;
    };
    await until('the pipe is read', whole, () => `${at} of ${rest.length} bytes`, 120_000);
  }

  /** Chooses the command in the explorer's menu on this file. The explorer is open until the first look-up shows its own view. */
  async function lookUpColumnOf(name: string): Promise<void> {
    const { workbench, page } = window;
    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await file.waitFor();
    await file.click({ button: 'right' });
    await page.locator('.monaco-menu .action-label').first().waitFor();
    await workbench.chooseFromMenu('Look Up HubSpot Associations of a Column...');
    await workbench.quickInput.opened('Which one holds the record IDs?');
  }

  test('Cancel ends the reading at once, though the file has more to give, and nothing is sent', {
    skip: process.platform === 'win32' && 'a file that never ends is a named pipe',
  }, async () => {
    const { workbench, page } = window;
    const asked = standIn.requests.length;
    const path = join(window.folder, 'endless-export.csv');
    assert.equal(spawnSync('mkfifo', [path]).status, 0);
    // Open for both, so that it waits for no reader and gets no end until this is closed.
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      const fed = feed(pipe);
      await lookUpColumnOf('endless-export.csv');
      await workbench.quickInput.accept();
      await fed;
      await until('it tells how many ids it has', async () =>
        (await workbench.notifications()).some((text) => /Reading endless-export\.csv.*[1-9][\d,]* IDs/.test(text)),
      );
      await workbench.answerNotification('Reading endless-export.csv', 'Cancel');
      await page
        .locator('.statusbar-item', { hasText: 'Reading endless-export.csv was cancelled. Nothing was looked up.' })
        .waitFor();
      await until('the notification is gone', async () => (await workbench.notifications()).length === 0);
      assert.equal(standIn.requests.length, asked);
    } finally {
      closeSync(pipe);
      rmSync(path);
    }
  });

  test('the column is found by its header, previewed, confirmed and looked up', async () => {
    const { workbench, page } = window;
    await lookUpColumnOf('large-export.csv');
    const { items } = await workbench.quickInput.offers('columns', (all) => all[0]?.focused === true);
    assert.equal(items[0]?.label, 'Record ID');
    assert.match(items[0]?.detail ?? '', new RegExp(String(firstId)));
    await workbench.quickInput.accept();

    await workbench.quickInput.opened(`${rows.toLocaleString('en')} record IDs (${firstId}`);
    await workbench.quickInput.pick('Deals');
    await workbench.quickInput.pick('Contacts');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog
      .getByText(new RegExp(`Look up ${rows.toLocaleString('en')} IDs in .*\\? \\(at least 10 calls\\)`))
      .waitFor();
    await dialog.getByText('Look Up', { exact: true }).click();

    const panel = workbench.webview();
    await panel
      .locator('.badge', { hasText: /^Complete/ })
      .first()
      .waitFor({ timeout: 60_000 });
    assert.equal(answerNumbers(await panel.locator('body').innerText()).asked, rows);
    assert.ok(
      (await workbench.tabs()).every((tab) => !tab.includes('large-export')),
      'the file is open in no editor',
    );
  });
});
