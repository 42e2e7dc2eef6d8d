/**
 * Pictures for whoever changes what is seen: `npm run looks` writes contact sheets to out/looks. The panel's page in each of
 * its states, and a VS Code with tree and panel, in every kind of theme and enlarged. Nothing is judged here; what a program
 * can judge, such as contrast, is in test/panel/accessibility.test.ts. `npm run looks panel` draws the panel's page alone.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser.ts';
import { closeAll } from '../host/closing.ts';
import { prepare, runMain } from '../host/preparation.ts';
import { until } from '../host/until.ts';
import { newest, projectFolder } from '../host/vscodeRelease.ts';
import { openVscode } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { type PanelOptions, PanelTab, themes } from '../panel/panelPage.ts';
import { panelStates } from '../panel/panelStates.ts';
import { lookUpDeals } from '../ui/steps.ts';

interface Look {
  readonly caption: string;
  readonly png: Buffer;
}

const folder = join(projectFolder, 'out', 'looks');
const usual = { width: 1000, height: 600 };

await runMain(async () => {
  if (!process.argv.includes('panel')) await prepare(newest);
  mkdirSync(folder, { recursive: true });
  const { browser } = await startBrowser();
  try {
    await panelLooks(browser);
    if (!process.argv.includes('panel')) await windowLooks(browser);
  } finally {
    await closeAll();
  }
  return 0;
});

/** A sheet for each theme with all states, and one for each size that a page has when it is enlarged or stands beside a file. */
async function panelLooks(browser: Browser): Promise<void> {
  const tab = new PanelTab(browser);
  const states = Object.entries(panelStates);
  for (const theme of themes) {
    const looks: Look[] = [];
    for (const [caption, make] of states) looks.push({ caption, png: await panelLook(tab, make(), { theme }) });
    await writeSheet(browser, `panel-${theme}`, looks);
  }
  const sizes = {
    'zoom-200': { width: usual.width / 2, height: usual.height / 2 },
    'zoom-300': { width: Math.round(usual.width / 3), height: usual.height / 3 },
    narrow: { width: 320, height: usual.height },
  };
  for (const [name, size] of Object.entries(sizes)) {
    const looks: Look[] = [];
    for (const [caption, make] of states) looks.push({ caption, png: await panelLook(tab, make(), size) });
    await writeSheet(browser, `panel-${name}`, looks);
  }
}

async function panelLook(
  tab: PanelTab,
  { table, around, act }: ReturnType<(typeof panelStates)[string]>,
  options: PanelOptions,
): Promise<Buffer> {
  const panel = await tab.open(table, around, { ...usual, ...options });
  await panel.page.getByRole('grid').waitFor();
  await panel.showsRows('its rows', (rows) => rows.length === 0 || !['', '…'].includes(rows[0]?.[0] ?? ''));
  await act?.(panel.page);
  return panel.page.screenshot({ animations: 'disabled' });
}

/** Tree and panel of one answer after the other, each in every theme and enlarged. */
async function windowLooks(browser: Browser): Promise<void> {
  const standIn = await startHubSpotStandIn();
  const window = await openVscode({
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
  });
  const { page, workbench } = window;
  const asked = { path: '/associations/' };
  const scenes: Readonly<Record<string, () => Promise<void>>> = {
    names: async () => {
      await answered(workbench, 'Complete');
      await workbench.webview().getByRole('button', { name: 'Names', exact: true }).click();
      await workbench
        .view('Lookups')
        .until('there are names', (rows) => rows.some(({ spoken }) => / · |, /.test(spoken)));
    },
    stopped: async () => {
      standIn.faults.set({ kind: 'unauthorized', when: asked });
      await answered(workbench, 'Paused');
    },
    cancelled: async () => {
      standIn.faults.set({ kind: 'hang', when: asked });
      await lookUpDeals(workbench, 'Contacts');
      await workbench.webview().getByRole('button', { name: 'Cancel', exact: true }).click();
      await workbench.webview().getByText('Paused').first().waitFor();
    },
    refused: async () => {
      standIn.faults.set({ kind: 'status', status: 400, body: '{"category":"VALIDATION_ERROR"}', when: asked });
      await answered(workbench, 'Incomplete');
    },
  };
  for (const [name, make] of Object.entries(scenes)) {
    standIn.faults.clear();
    await workbench.runCommand('View: Close All Editors');
    await make();
    const looks: Look[] = [];
    for (const theme of themes) {
      await workbench.switchTheme(theme);
      looks.push({ caption: theme, png: await page.screenshot({ animations: 'disabled' }) });
    }
    const { width, height } = page.viewportSize()!;
    for (const zoom of [1.5, 2]) {
      await page.setViewportSize({ width: Math.round(width / zoom), height: Math.round(height / zoom) });
      await until('the panel is drawn', async () => (await workbench.webview().locator('body').boundingBox()) !== null);
      looks.push({ caption: `${zoom * 100} %`, png: await page.screenshot({ animations: 'disabled' }) });
    }
    await page.setViewportSize({ width, height });
    await writeSheet(browser, `window-${name}`, looks);
  }
  await window.close();
  await standIn.close();
}

/** Looks up some deals, and waits until the panel says how it ended. */
async function answered(workbench: Workbench, end: string): Promise<void> {
  await lookUpDeals(workbench, 'Contacts');
  await workbench.webview().getByText(end, { exact: false }).first().waitFor();
}

/** Puts pictures side by side into one, two in a row. */
async function writeSheet(browser: Browser, name: string, looks: readonly Look[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const figures = looks.map(
    ({ caption, png }) =>
      `<figure><figcaption>${caption}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`,
  );
  const style = `body { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; margin: 16px; font: 16px sans-serif }
    figure { margin: 0 } img { width: 100%; border: 1px solid gray }`;
  await page.setContent(`<style>${style}</style>${figures.join('')}`);
  const path = join(folder, `${name}.png`);
  writeFileSync(path, await page.screenshot({ fullPage: true }));
  await page.close();
  console.log(`out/looks/${name}.png, ${looks.length} pictures`);
}
