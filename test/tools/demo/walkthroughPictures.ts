import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Theme } from '../../host/theme.ts';
import { projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode } from '../../host/vscodeWindow.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { addAcme, startProduction, typeToken } from './ownAccount.ts';
import { type Part, picture, placeOf, writeWebp } from './picture.ts';

const folder = join(projectFolder, 'media', 'walkthrough');
const themes: readonly Theme[] = ['dark', 'light'];

/** Takes the pictures of the walkthrough's four steps: narrow, because its column is. */
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
    // So high that the head of an answer shows all that it has to say.
    viewport: { width: 600, height: 720 },
    environment: { HUBSPOT_API_ORIGIN: standIn.origin },
    // What is behind the menu says nothing here, and takes many bytes.
    settings: { 'editor.minimap.enabled': false, 'workbench.editor.empty.hint': 'hidden' },
  });
  const { workbench, page } = window;
  const editor = page.locator('.part.editor');

  const keep = async (step: string, theme: Theme, part: Part) => {
    const name = `${step}-${theme}.webp`;
    await writeWebp(page, await picture(page, part), join(folder, name), 0.3);
    console.log(`media/walkthrough/${name}`);
  };

  /** The upper part of an answer, with its first rows: each further one costs bytes and says nothing new. */
  const firstRows = async (): Promise<Part> => {
    const [panel, row] = [await placeOf(editor), await placeOf(workbench.webview().locator('[aria-rowindex="6"]'))];
    return { ...panel, height: row.y + row.height - panel.y };
  };

  await workbench.runCommand('HubSpot Associations: Try the Sample Account');
  await workbench.webview().locator('[role=row] [role=gridcell]').first().waitFor();
  await workbench
    .webview()
    .locator('.badge', { hasText: /^Complete/ })
    .waitFor();
  // A look-up that begins shows its tree.
  const closeSideBar = async () => {
    await workbench.runCommand('View: Close Primary Side Bar');
    await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  };
  await closeSideBar();
  for (const theme of themes) {
    await workbench.switchTheme(theme);
    await keep('sample', theme, await firstRows());
  }

  await workbench.runCommand('View: Close All Editors');
  await workbench.openFile('migration.csv');
  await workbench.ask('HubSpot Associations: Check HubSpot Pairs...', 'Does HubSpot have these pairs?');
  await workbench.quickInput.accept();
  await workbench.webview().getByText('4 no such record').first().waitFor();
  await closeSideBar();
  for (const theme of themes) {
    await workbench.switchTheme(theme);
    await keep('check', theme, await firstRows());
  }

  await workbench.runCommand('View: Close All Editors');
  await workbench.openFile('deals-export.csv');
  await workbench.selectColumn(2, 13, 2, 11);
  for (const theme of themes) {
    await workbench.switchTheme(theme);
    await workbench.editorHasFocus();
    await workbench.openContextMenu();
    await workbench.focusInMenu('Look Up HubSpot Associations...');
    const [whole, menu] = [await placeOf(editor), await placeOf(page.locator('.monaco-menu').first())];
    // Down to the end of the line that the menu ends in, and without what is on its right.
    const [right, bottom] = [menu.x + menu.width + 20, menu.y + menu.height + 14];
    await keep('lookUp', theme, { ...whole, width: right - whole.x, height: bottom - whole.y });
    await workbench.press('Escape');
  }

  await workbench.runCommand('View: Close All Editors');
  // An empty one, instead of VS Code's mark.
  await workbench.runCommand('File: New Untitled Text File');
  await addAcme(workbench, standIn.token);
  await page.setViewportSize({ width: 600, height: 440 });
  const accounts = await workbench.openView('HubSpot Associations', 'Accounts');
  await workbench.widenSideBar(330);
  await accounts.until('both are there', (rows) => rows.length === 2);
  for (const theme of themes) {
    await workbench.switchTheme(theme);
    await typeToken(workbench, standIn.token);
    const [view, last, box] = await Promise.all([
      placeOf(accounts.pane),
      placeOf(accounts.pane.locator('.monaco-list-row').last()),
      placeOf(page.locator('.quick-input-widget')),
    ]);
    const [x, y] = [view.x - 4, box.y - 4];
    await keep('account', theme, { x, y, width: box.x + box.width + 4 - x, height: last.y + last.height + 14 - y });
    await workbench.quickInput.cancel();
  }
}
