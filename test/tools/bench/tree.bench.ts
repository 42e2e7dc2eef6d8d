/** The Lookups view in a real VS Code: from the key that opens a look-up until its records are on the screen. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { prepare } from '../../host/preparation.ts';
import type { TreeView } from '../../host/treeView.ts';
import { newest } from '../../host/vscodeRelease.ts';
import { openVscode } from '../../host/vscodeWindow.ts';
import type { Workbench } from '../../host/workbench.ts';
import { dealIds, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import { startHubSpotStandIn } from '../../hubspotStandIn.ts';
import { pickPair } from '../../ui/lookUpByChord.ts';
import { compared, type Lines, type Measurement, pairsOf } from './measurement.ts';

declare global {
  interface Window {
    /** Milliseconds until the look-up was open. */
    opened: Promise<number>;
  }
}

const large = 100_000;
const small = 10;

export const lines: readonly Lines[] = [{ names: ['tree.100k.expand'], measure: expanding }];

async function expanding(): Promise<readonly Measurement[]> {
  await prepare(newest);
  const standIn = await startHubSpotStandIn({ account: generatedAccount({ deals: large }), record: false });
  try {
    await using window = await openVscode({
      environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
      settings: { 'hubspotAssociations.confirmAbove': 1_000_000, 'hubspotAssociations.requestsPerTenSeconds': 1000 },
    });
    const { workbench, page, folder } = window;
    for (const [count, to] of [
      [large, 'Companies'],
      [small, 'Contacts'],
    ] as const) {
      writeFileSync(join(folder, `${to}.txt`), dealIds(count).join('\n'));
      await lookUpFile(workbench, `${to}.txt`, to);
    }
    const tree = workbench.view('Lookups');
    let opening = 0;
    // Names are given before each opening, upon which the view forgets what stands under them.
    const opened = async (row: number) => {
      opening++;
      await closeAndRefresh(workbench, tree, [`small ${opening}`, `large ${opening}`]);
      return timeToOpen(page, row);
    };
    // The newest look-up, which is the small one, stands on top.
    const mark = { atMost: 3 };
    const pairs = await pairsOf(
      () => opened(1),
      () => opened(0),
      { mark },
    );
    return [compared('tree.100k.expand', pairs, 'ms', mark)];
  } finally {
    await standIn.close();
  }
}

async function lookUpFile(workbench: Workbench, file: string, to: string): Promise<void> {
  await workbench.openFile(file);
  await workbench.press('Control+A', 'Control+K', 'h');
  await pickPair(workbench, 'Deals', to);
  const tree = workbench.view('Lookups');
  await tree.until(
    'the look-up has ended',
    ([row]) => row?.label.endsWith(to) === true && /, complete\b[^,]*$/.test(row.spoken),
  );
}

/** Closes both look-ups and gives them names, upon which the view forgets what stands under them. */
async function closeAndRefresh(workbench: Workbench, tree: TreeView, names: readonly string[]): Promise<void> {
  await tree.pane.locator('.monaco-list').first().focus();
  await workbench.press('Home', 'ArrowLeft', 'ArrowDown', 'ArrowLeft');
  await tree.until('both are closed', (rows) => rows.length === 2 && rows.every(({ expanded }) => expanded === false));
  for (const [index, name] of names.entries()) {
    await tree.pane.locator('.monaco-list').first().focus();
    await workbench.press('Home', ...Array<string>(index).fill('ArrowDown'), 'F2');
    await workbench.quickInput.opened('Rename the lookup');
    await workbench.quickInput.type(name);
    await workbench.quickInput.accept();
    await tree.until('the name has changed', (rows) => rows[index]?.label === name);
  }
  await tree.pane.locator('.monaco-list').first().focus();
}

/** Milliseconds from the key until a record stands under the look-up on this row. */
async function timeToOpen(page: Page, row: number): Promise<number> {
  await page.keyboard.press('Home');
  for (let down = 0; down < row; down++) await page.keyboard.press('ArrowDown');
  await page.evaluate(() => {
    let start = 0;
    addEventListener('keydown', () => (start = performance.now()), { capture: true, once: true });
    window.opened = new Promise((resolve) => {
      const isOpen = () => document.querySelector('.pane-body .monaco-list-row[aria-level="2"] .label-name') !== null;
      const look = () => (start > 0 && isOpen() ? resolve(performance.now() - start) : requestAnimationFrame(look));
      look();
    });
  });
  await page.keyboard.press('ArrowRight');
  return page.evaluate(() => window.opened);
}
