/** Takes the pictures of README and walkthrough in a real VS Code: `npm run screenshots`, which writes media/screenshots. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { closeAll } from '../host/closing.ts';
import { prepare, runMain } from '../host/preparation.ts';
import type { Theme } from '../host/theme.ts';
import { newest, projectFolder } from '../host/vscodeRelease.ts';
import { openVscode } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';

const file = 'deals-export.csv';
const viewport = { width: 1280, height: 720 };
const folder = join(projectFolder, 'media', 'screenshots');

await runMain(async () => {
  await prepare(newest);
  mkdirSync(folder, { recursive: true });
  try {
    await sampleAccount();
    await incompleteAnswers('light');
  } finally {
    await closeAll();
  }
  return 0;
});

async function keep(workbench: Workbench, name: string): Promise<void> {
  const path = await workbench.screenshot(name);
  copyFileSync(path, join(folder, basename(path)));
  console.log(`media/screenshots/${name}.png`);
}

async function lookUp(
  workbench: Workbench,
  first: number,
  last: number,
  types?: readonly [string, string],
): Promise<void> {
  await workbench.openFile(file);
  await workbench.selectColumn(first, last, 2, 11);
  await workbench.press('Control+K', types ? 'h' : 'Shift+H');
  for (const type of types ?? []) await workbench.quickInput.pick(type);
}

/** From the first start to an answer, with the account that is built in. */
async function sampleAccount(): Promise<void> {
  await using window = await openVscode({ viewport, theme: 'dark' });
  const { workbench } = window;
  await workbench.openView('HubSpot Associations', 'Lookups');
  await keep(workbench, 'welcome');

  await workbench.openFile(file);
  await workbench.selectColumn(2, 13, 2, 11);
  await workbench.openContextMenu();
  await keep(workbench, 'menu');
  await workbench.chooseFromMenu('Look Up Associations...');
  await workbench.quickInput.opened('Which object type are these records?');
  await keep(workbench, 'objectTypes');
  await workbench.quickInput.pick('Deals');
  await workbench.quickInput.pick('Companies');
  const lookUps = await workbench.openView('HubSpot Associations', 'Lookups');
  const rows = await lookUps.until('the look-up has ended', ([row]) => /complete/.test(row?.spoken ?? ''));
  await lookUps.expand(rows.find(({ label }) => /^\d+$/.test(label))?.label ?? '');
  const panel = workbench.webview();
  await panel.getByText('17497073299').first().waitFor();
  await keep(workbench, 'answer');

  await panel.getByRole('button', { name: 'Names' }).click();
  await panel.getByText('Basalt Bay Seafood').first().waitFor();
  await keep(workbench, 'names');

  await panel.getByRole('button', { name: 'Look Up Under 2026-09' }).click();
  await panel.getByText('2026-09').first().waitFor();
  await panel.getByText('Billing company').first().waitFor();
  await keep(workbench, 'dateVersion');
}

/** What goes wrong, and what is said of it. */
async function incompleteAnswers(theme: Theme): Promise<void> {
  const standIn = await startHubSpotStandIn();
  await using window = await openVscode({
    viewport,
    theme,
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
    settings: { 'hubspotAssociations.batchSize': 4 },
  });
  const { workbench } = window;
  const panel = workbench.webview();
  try {
    standIn.faults.set({ kind: 'status', status: 525, when: { path: '/associations/', id: '17982990768' } });
    await lookUp(workbench, 2, 13, ['Deals', 'Contacts']);
    await panel.getByText('Incomplete', { exact: true }).waitFor();
    await panel.getByText('4 not read').first().waitFor();
    await keep(workbench, 'incomplete');

    standIn.faults.set({
      kind: 'rateLimited',
      policy: 'TEN_SECONDLY_ROLLING',
      times: 1,
      when: { path: '/associations/', from: 2 },
    });
    await lookUp(workbench, 14, 25);
    await panel.getByText('HubSpot says that the rate limit is reached.').first().waitFor();
    await keep(workbench, 'waiting');

    standIn.faults.set({ kind: 'rateLimited', policy: 'DAILY', when: { path: '/associations/', from: 3 } });
    await lookUp(workbench, 26, 37);
    await panel.getByText("The account's daily limit is reached.").first().waitFor();
    await keep(workbench, 'dailyLimit');

    standIn.faults.clear();
    await workbench.openFile(file);
    await workbench.goTo(2, 2);
    await workbench.runCommand('View: Toggle Problems');
    await workbench.page.locator('.markers-panel .monaco-list-row').first().waitFor();
    await keep(workbench, 'marks');
  } finally {
    await standIn.close();
  }
}
