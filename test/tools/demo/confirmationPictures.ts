import { join } from 'node:path';
import { sampleIds } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import type { Theme } from '../../host/theme.ts';
import { projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode } from '../../host/vscodeWindow.ts';
import { toolCalls } from '../../ui/toolCalls.ts';
import { addAcme, startProduction } from './ownAccount.ts';
import { belowTitle, picture, placeOf, writeWebp } from './picture.ts';

const themes: readonly Theme[] = ['light', 'dark'];

/**
 * Takes the pictures of what VS Code asks before an agent's tool runs: for the walkthrough the question alone, for the README with
 * the file behind it. In place of an assistant the tests' own extension calls the tool.
 * @param keep writes the README's picture, a part of the window
 */
export async function confirmationPictures(keep: (png: Buffer) => void): Promise<void> {
  const standIn = await startProduction();
  const calls = toolCalls();
  try {
    await using window = await openVscode({
      ...calls.options,
      viewport: { width: 900, height: 560 },
      theme: 'light',
      environment: { ...calls.options.environment, HUBSPOT_API_ORIGIN: standIn.origin },
      settings: { 'editor.minimap.enabled': false },
    });
    const { workbench, page } = window;
    await addAcme(workbench, standIn.token);
    await workbench.openFile('deals-export.csv');
    const input = { ids: sampleIds.deal.slice(0, 12), from: 'deals', to: 'companies' };
    const dialog = page.locator('.monaco-dialog-box');
    for (const theme of themes) {
      await workbench.switchTheme(theme);
      await workbench.editorHasFocus();
      const call = await calls.begin(window, 'hubspotAssociations_lookUp', input);
      await dialog.getByText('Look up 12 record IDs in HubSpot?').waitFor();
      if (theme === 'dark') keep(await picture(page, belowTitle(page)));
      // Behind round corners the shaded window would be seen, as four dark spots in a light theme.
      await dialog.evaluate((box) => box.style.setProperty('border-radius', '0'));
      const file = join(projectFolder, 'media', 'walkthrough', `agents-${theme}.webp`);
      await writeWebp(page, await picture(page, await placeOf(dialog)), file, 0.3);
      console.log(`media/walkthrough/agents-${theme}.webp`);
      await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
      await call.told();
    }
  } finally {
    calls.remove();
    await standIn.close();
  }
}
