/**
 * Takes the pictures of README and walkthrough in a real VS Code: `npm run screenshots`, which writes them to media.
 * `npm run screenshots -- walkthrough confirmation` takes only these.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeAll } from '../../host/closing.ts';
import { prepare, runMain } from '../../host/preparation.ts';
import { until } from '../../host/until.ts';
import { newest, projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode } from '../../host/vscodeWindow.ts';
import type { Workbench } from '../../host/workbench.ts';
import type { StandIn } from '../../hubspotStandIn/standIn.ts';
import { accountIs } from '../../ui/steps.ts';
import { confirmationPictures } from './confirmationPictures.ts';
import { addAcme, startProduction } from './ownAccount.ts';
import { belowTitle, type Part, picture, placeOf } from './picture.ts';
import { walkthroughPictures } from './walkthroughPictures.ts';

const file = 'deals-export.csv';
/** As wide as a README is shown, so that what stands in a picture is as large as in the editor. */
const viewport = { width: 960, height: 560 };
/** In pixels: as wide as the sentences in it. */
const sideBar = 300;
const folder = join(projectFolder, 'media', 'screenshots');

/** What is taken together, by the word that asks for it alone. */
const series = {
  walkthrough: walkthroughPictures,
  confirmation: () => confirmationPictures((png) => write('confirmation', png)),
  sample: sampleAccount,
  incomplete: async () => {
    const standIn = await startProduction();
    try {
      await incompleteAnswers(standIn);
    } finally {
      await standIn.close();
    }
  },
};

await runMain(async () => {
  const wanted = process.argv.slice(2);
  await prepare(newest);
  mkdirSync(folder, { recursive: true });
  try {
    for (const [name, take] of Object.entries(series)) {
      if (wanted.length === 0 || wanted.includes(name)) await take();
    }
  } finally {
    await closeAll();
  }
  return 0;
});

async function keep({ page }: Workbench, name: string, part: Part = belowTitle(page)): Promise<void> {
  write(name, await picture(page, part));
}

/** Gives the whole width to the table. A lookup may have shown its tree, or not. */
async function closeSideBar(workbench: Workbench): Promise<void> {
  const sideBar = workbench.page.locator('.part.sidebar');
  if (!(await sideBar.isVisible())) return;
  await workbench.runCommand('View: Close Primary Side Bar');
  await sideBar.waitFor({ state: 'hidden' });
}

function write(name: string, png: Buffer): void {
  writeFileSync(join(folder, `${name}.png`), png);
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
  const { workbench } = window;
  const lookUps = await workbench.openView('HubSpot Associations', 'Lookups');
  await workbench.widenSideBar(sideBar);
  await accountIs(workbench, 'Sample account (demo data)');
  await workbench.openFile(file);
  await workbench.selectColumn(2, 13, 2, 11);
  await workbench.openContextMenu();
  await workbench.focusInMenu('Look Up HubSpot Associations...');
  const { page } = workbench;
  const [whole, menu] = [belowTitle(page), await placeOf(page.locator('.monaco-menu').first())];
  await keep(workbench, 'menu', { ...whole, height: menu.y + menu.height + 14 - whole.y });
  await workbench.chooseFromMenu('Look Up HubSpot Associations...');
  await workbench.quickInput.opened('Which object type are these records?');
  await workbench.quickInput.pick('Deals');
  await workbench.quickInput.pick('Companies');
  await lookUps.until('the look-up has ended', ([row]) => /complete/.test(row?.spoken ?? ''));
  const panel = workbench.webview();
  // Under this version all companies are read, with their labels, so that chips have something to combine.
  await panel.getByRole('button', { name: 'Look Up Under 2026-09' }).click();
  const rows = await lookUps.until('both have ended', (all) => all.filter(({ level }) => level === 1).length === 2);
  await panel.locator('.badge', { hasText: /^Complete$/ }).waitFor();
  await lookUps.expand(rows.find(({ label }) => /^\d+$/.test(label))?.label ?? '');
  await panel.getByRole('button', { name: /^More than one/ }).click();
  await panel.getByRole('button', { name: /^Primary/ }).click();
  // All that is left was found: the counts have the place of that column.
  await panel.getByRole('button', { name: /^Columns/ }).click();
  await panel.getByRole('checkbox', { name: 'State' }).uncheck();
  await panel.getByRole('checkbox', { name: 'State' }).press('Escape');
  await panel.getByText('17497073299').first().waitFor();
  await keep(workbench, 'answer');

  await checkOfPairs(workbench);
  await allTypes(workbench);
  await columns(workbench);
}

/** The file of pairs with each verdict in it. */
async function checkOfPairs(workbench: Workbench): Promise<void> {
  await workbench.runCommand('View: Close All Editors');
  await workbench.openFile('migration.csv');
  await workbench.ask('HubSpot Associations: Check HubSpot Pairs...', 'Does HubSpot have these pairs?');
  await workbench.quickInput.accept();
  await workbench.webview().getByText('4 no such record').first().waitFor();
  await closeSideBar(workbench);
  await keep(workbench, 'check');
}

/** The same deals with every object type. */
async function allTypes(workbench: Workbench): Promise<void> {
  await lookUp(workbench, 2, 13, ['Deals', 'All types']);
  await workbench
    .webview()
    .getByText(/^\d types: /)
    .waitFor();
  await closeSideBar(workbench);
  await keep(workbench, 'matrix');
}

/** Properties of both sides. */
async function columns(workbench: Workbench): Promise<void> {
  await lookUp(workbench, 2, 13, ['Deals', 'Companies']);
  const panel = workbench.webview();
  await panel.locator('.badge', { hasText: /^Complete/ }).waitFor();
  await workbench.ask('HubSpot Associations: Choose Properties...', 'Values stay in memory');
  for (const property of ['Amount', 'Deal stage', 'Company domain name']) await workbench.quickInput.tick(property);
  await workbench.quickInput.accept();
  await panel.getByText('Closed won').first().waitFor();
  await panel.getByText('.example.com').first().waitFor();
  await closeSideBar(workbench);
  await keep(workbench, 'columns');
}

/** What goes wrong, and what is said of it. */
async function incompleteAnswers(standIn: StandIn): Promise<void> {
  await using window = await openVscode({
    viewport,
    theme: 'light',
    environment: { HUBSPOT_API_ORIGIN: standIn.origin },
    settings: { 'hubspotAssociations.batchSize': 4 },
  });
  const { workbench } = window;
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
  await closeSideBar(workbench);
  await keep(workbench, 'incomplete');
}
