/** Takes the pictures of README and walkthrough in a real VS Code: `npm run screenshots`, which writes them to media. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeAll } from '../../host/closing.ts';
import { prepare, runMain } from '../../host/preparation.ts';
import { until } from '../../host/until.ts';
import { newest, projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode } from '../../host/vscodeWindow.ts';
import type { Workbench } from '../../host/workbench.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { accountIs, clearLookUps } from '../../ui/steps.ts';
import { addAcme, startProduction } from './ownAccount.ts';
import { belowTitle, picture } from './picture.ts';
import { walkthroughPictures } from './walkthroughPictures.ts';

const file = 'deals-export.csv';
const viewport = { width: 1340, height: 696 };
/** In pixels: as wide as the sentences in it. */
const sideBar = 360;
const folder = join(projectFolder, 'media', 'screenshots');

await runMain(async () => {
  await prepare(newest);
  mkdirSync(folder, { recursive: true });
  try {
    await walkthroughPictures();
    await sampleAccount();
    const standIn = await startProduction();
    try {
      await incompleteAnswers(standIn);
    } finally {
      await standIn.close();
    }
  } finally {
    await closeAll();
  }
  return 0;
});

async function keep({ page }: Workbench, name: string): Promise<void> {
  writeFileSync(join(folder, `${name}.png`), await picture(page, belowTitle(page)));
  console.log(`media/screenshots/${name}.png`);
}

/** Looks up the ids of these lines of the file, which is the only one open then. */
async function lookUp(
  workbench: Workbench,
  first: number,
  last: number,
  types?: readonly [string, string],
): Promise<void> {
  await workbench.runCommand('View: Close All Editors');
  await workbench.openFile(file);
  await workbench.selectColumn(first, last, 2, 11);
  await workbench.press('Control+K', types ? 'h' : 'Shift+H');
  for (const type of types ?? []) await workbench.quickInput.pick(type);
}

/** From the first start to an answer, with the account that is built in. */
async function sampleAccount(): Promise<void> {
  await using window = await openVscode({ viewport, theme: 'dark' });
  const { workbench, page } = window;
  const lookUps = await workbench.openView('HubSpot Associations', 'Lookups');
  await workbench.widenSideBar(sideBar);
  await accountIs(workbench, 'Sample account (demo data)');
  await workbench.runCommand('HubSpot Associations: Get Started');
  await page.locator('.getting-started-step.expanded .monaco-button').waitFor();
  await keep(workbench, 'welcome');

  await workbench.runCommand('View: Close All Editors');
  await workbench.openFile(file);
  await workbench.selectColumn(2, 13, 2, 11);
  await workbench.openContextMenu();
  await workbench.focusInMenu('Look Up Associations...');
  await keep(workbench, 'menu');
  await workbench.chooseFromMenu('Look Up Associations...');
  await workbench.quickInput.opened('Which object type are these records?');
  await keep(workbench, 'objectTypes');
  await workbench.quickInput.pick('Deals');
  await workbench.quickInput.pick('Companies');
  const rows = await lookUps.until('the look-up has ended', ([row]) => /complete/.test(row?.spoken ?? ''));
  await lookUps.expand(rows.find(({ label }) => /^\d+$/.test(label))?.label ?? '');
  const panel = workbench.webview();
  await panel.getByText('17497073299').first().waitFor();
  await keep(workbench, 'answer');

  const names = panel.getByRole('button', { name: 'Names' });
  await names.click();
  await namesShown(workbench);
  await lookUps.until('the records have their names', (all) => all[2]?.description.includes('Basalt Bay') === true);
  await keep(workbench, 'names');
  await names.click();
  await panel.locator('td .name').first().waitFor({ state: 'detached' });

  await panel.getByRole('button', { name: 'Look Up Under 2026-09' }).click();
  await panel.getByText('2026-09').first().waitFor();
  await panel.getByText('Billing company').first().waitFor();
  await keep(workbench, 'dateVersion');
}

/** Waits until each row in sight that has an associated record shows the names of both. */
async function namesShown(workbench: Workbench): Promise<void> {
  const rows = (cell: string) => workbench.webview().locator(`[role=row]:has(td:nth-child(2) .id:not(:empty))${cell}`);
  await until('each record has its name', async () => {
    const [all, named] = await Promise.all([
      rows('').count(),
      rows(':has(td:nth-child(1) .name):has(td:nth-child(2) .name)').count(),
    ]);
    return all > 0 && named === all;
  });
}

/** What goes wrong, and what is said of it. */
async function incompleteAnswers(standIn: StandIn): Promise<void> {
  await using window = await openVscode({
    viewport,
    theme: 'light',
    environment: { HUBSPOT_API_ORIGIN: standIn.origin },
    settings: { 'hubspotAssociations.batchSize': 4 },
  });
  const { workbench, page } = window;
  await addAcme(workbench, standIn.token);
  const lookUps = await workbench.openView('HubSpot Associations', 'Lookups');
  await workbench.widenSideBar(sideBar);
  const panel = workbench.webview();
  /** Waits for what comes last: the marks in the file, and the view's sentence on what went wrong. */
  const told = async (warnings: number) => {
    const seen = async () => [await workbench.statusItem('status.problems'), await lookUps.message()];
    await until(
      `${warnings} warnings are told`,
      async () => {
        const [problems, sentence] = await seen();
        // Errors, warnings, and what else there is.
        return problems?.split(/\s+/)[1] === String(warnings) && sentence !== '';
      },
      seen,
    );
  };

  standIn.faults.set({ kind: 'status', status: 525, when: { path: '/associations/', id: '17982990768' } });
  await lookUp(workbench, 2, 13, ['Deals', 'Contacts']);
  await panel.getByText('Incomplete', { exact: true }).waitFor();
  await panel.getByText('4 not read').first().waitFor();
  await told(4);
  await keep(workbench, 'incomplete');

  await workbench.openFile(file);
  await workbench.goTo(2, 2);
  await workbench.runCommand('View: Toggle Problems');
  await page.locator('.markers-panel .monaco-list-row').first().waitFor();
  // The scroll bar shows itself for a moment.
  await page.locator('.part.editor .visible.scrollbar.horizontal').waitFor({ state: 'detached' });
  await keep(workbench, 'marks');
  await workbench.runCommand('View: Toggle Problems');

  await clearLookUps(workbench);
  await lookUps.until('nothing is left', (rows) => rows.length === 0);
  standIn.faults.set({
    kind: 'rateLimited',
    policy: 'TEN_SECONDLY_ROLLING',
    times: 1,
    when: { path: '/associations/', from: 2 },
  });
  await lookUp(workbench, 14, 25);
  await panel.getByText('HubSpot says that the rate limit is reached.').first().waitFor();
  await keep(workbench, 'waiting');
  await panel.locator('.badge', { hasText: /^Complete/ }).waitFor();

  await clearLookUps(workbench);
  await lookUps.until('nothing is left', (rows) => rows.length === 0);
  standIn.faults.set({ kind: 'rateLimited', policy: 'DAILY', when: { path: '/associations/', from: 2 } });
  await lookUp(workbench, 26, 37);
  await panel.getByText("The account's daily limit is reached.").first().waitFor();
  await told(8);
  await keep(workbench, 'dailyLimit');
}
