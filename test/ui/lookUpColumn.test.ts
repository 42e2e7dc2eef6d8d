/** A column of a file far larger than an editor would be opened for, from the explorer's menu. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { answerNumbers } from '../demo/answerNumbers.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import { dealId, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { type StandIn, startHubSpotStandIn } from '../hubspotStandIn.ts';

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

before(async () => {
  standIn = await startHubSpotStandIn({ account: generatedAccount({ deals: rows }) });
  window = await openVscode({
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
  });
  await writeExport(join(window.folder, 'large-export.csv'));
});

after(async () => {
  await window?.close();
  await standIn?.close();
});

test('the column is found by its header, previewed, confirmed and looked up', async () => {
  const { workbench, page } = window;
  const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'large-export.csv' });
  await file.waitFor();
  await file.click({ button: 'right' });
  await page.locator('.monaco-menu .action-label').first().waitFor();
  await workbench.chooseFromMenu('Look Up a Column...');

  await workbench.quickInput.opened('Which one holds the record ids?');
  const { items } = await workbench.quickInput.read();
  assert.equal(items[0]?.label, 'Record ID');
  assert.match(items[0]?.detail ?? '', new RegExp(String(firstId)));
  await workbench.quickInput.accept();

  await workbench.quickInput.opened(`${rows.toLocaleString('en')} record ids (${firstId}`);
  await workbench.quickInput.pick('Deals');
  await workbench.quickInput.pick('Contacts');
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByText(`${rows.toLocaleString('en')} ids, at least 10 calls`).waitFor();
  await workbench.screenshot('plan');
  await dialog.getByText('Look Up', { exact: true }).click();

  const panel = workbench.webview();
  await panel.getByText('Complete', { exact: true }).first().waitFor({ timeout: 60_000 });
  assert.equal(answerNumbers(await panel.locator('body').innerText()).asked, rows);
  assert.ok(
    (await workbench.tabs()).every((tab) => !tab.includes('large-export')),
    'the file is open in no editor',
  );
});
