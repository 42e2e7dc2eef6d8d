import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Theme } from '../host/theme.ts';
import { projectFolder } from '../host/vscodeRelease.ts';
import { openVscode } from '../host/vscodeWindow.ts';
import type { StandIn } from '../hubspotStandIn.ts';
import { addAcme, startProduction, typeToken } from './ownAccount.ts';
import { type Part, picture, placeOf, writeWebp } from './picture.ts';

const folder = join(projectFolder, 'media', 'walkthrough');
const themes: readonly Theme[] = ['dark', 'light'];

/** Takes the pictures of the walkthrough's three steps: narrow, because its column is, and with twice the pixels. */
export async function walkthroughPictures(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const standIn = await startProduction();
  try {
    await takeAll(standIn);
  } finally {
    await standIn.close();
  }
}

async function takeAll(standIn: StandIn): Promise<void> {
  await using window = await openVscode({
    viewport: { width: 600, height: 520 },
    scale: 2,
    environment: { HUBSPOT_API_ORIGIN: standIn.origin },
  });
  const { workbench, page } = window;

  const keep = async (step: string, theme: Theme, part: Part) => {
    const path = join(folder, `${step}-${theme}.webp`);
    await writeWebp(page, await picture(page, part), path, 0.9);
    console.log(`media/walkthrough/${step}-${theme}.webp`);
  };

  await workbench.runCommand('HubSpot Associations: Try the Sample Account');
  await workbench.webview().locator('[role=row] [role=gridcell]').first().waitFor();
  await workbench.webview().getByText('Complete', { exact: true }).waitFor();
  await workbench.runCommand('View: Close Primary Side Bar');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  for (const theme of themes) {
    await workbench.switchTheme(theme);
    await keep('sample', theme, await placeOf(page.locator('.part.editor')));
  }

  await workbench.runCommand('View: Close All Editors');
  await workbench.openFile('deals-export.csv');
  await workbench.selectColumn(2, 13, 2, 11);
  for (const theme of themes) {
    await workbench.switchTheme(theme);
    await workbench.editorHasFocus();
    await workbench.openContextMenu();
    await keep('lookUp', theme, await placeOf(page.locator('.part.editor')));
    await workbench.press('Escape');
  }

  await addAcme(workbench, standIn.token);
  await workbench.openView('HubSpot Associations', 'Accounts');
  for (const theme of themes) {
    await workbench.switchTheme(theme);
    await typeToken(workbench, standIn.token);
    await keep('account', theme, { x: 0, y: 0, width: 600, height: 520 });
    await workbench.quickInput.cancel();
  }
}
