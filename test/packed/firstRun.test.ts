/**
 * The first five minutes with the packed extension: from a fresh profile and a folder that nobody trusts yet to the first
 * answer, following only what the screen says.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { packedExtension } from '../host/packedExtension.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { until } from '../host/until.ts';
import { askedRelease, projectFolder } from '../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { accountIs } from '../ui/steps.ts';

let standIn: StandIn;
let window: VscodeWindow;

const packed = temporaryFolder('packed');
const words = JSON.parse(readFileSync(join(projectFolder, 'package.nls.json'), 'utf8'));

before(async () => {
  standIn = await startHubSpotStandIn();
  window = await openVscode({
    vsix: packedExtension(packed.path),
    release: askedRelease(),
    askForTrust: true,
    // An installed extension does not look at these.
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
    viewport: { width: 1500, height: 800 },
  });
});

after(async () => {
  await window?.close();
  await standIn?.close();
  await packed.remove();
});

test('the first answer is two clicks away, and no request leaves the machine', async () => {
  const { page, workbench } = window;
  // One: the icon in the activity bar. Two: the only button of the view.
  await page.locator('.activitybar .action-label[aria-label^="HubSpot Associations"]').click();
  const buttons = page.locator('.welcome-view-content .monaco-button');
  const labels = () => buttons.allInnerTexts();
  await until('there is one button', async () => `${await labels()}` === 'Try the Sample Account', labels);
  await buttons.first().click();
  await workbench.webview().locator('[role=row] [role=gridcell]').first().waitFor();
  assert.deepEqual(standIn.requests, []);
  await accountIs(workbench, 'Sample account (demo data)');
});

test('the walkthrough has six steps with a picture each, and ticks off what was done', async () => {
  const { page, workbench } = window;
  await workbench.runCommand('HubSpot Associations: Get Started');
  const steps = page.locator('.getting-started-step');
  await steps.nth(5).waitFor();
  assert.equal(await steps.count(), 6);
  const titles = await steps.locator('.step-title').allInnerTexts();
  assert.deepEqual(
    titles.map((title) => title.trim()),
    [
      'Try the sample account',
      'Create a service key',
      'Add your account',
      'Look up your IDs',
      'Check a file of pairs',
      'Let an agent ask',
    ],
  );
  // The sample account was tried before the walkthrough was opened.
  const done = (step: number) => steps.nth(step).locator('.codicon-getting-started-step-checked');
  await done(0).waitFor();
  assert.deepEqual([await done(1).count(), await done(2).count(), await done(5).count()], [0, 0, 0]);
  // Opens the answer beside; the walkthrough stays where it was.
  await steps.nth(0).locator('.step-title').click();
  await page.locator('.getting-started-step.expanded .monaco-button').click();
  await workbench.webview().locator('[role=row] [role=gridcell]').first().waitFor();
  await workbench.runCommand('HubSpot Associations: Get Started');
  // A drawing is shown in a webview.
  await steps.nth(1).locator('.step-title').click();
  await workbench.webview().getByText('Create service key').waitFor();
  const photographed = { sample: 0, account: 2, lookUp: 3, check: 4, agents: 5 };
  for (const [name, nth] of Object.entries(photographed)) {
    await steps.nth(nth).locator('.step-title').click();
    const picture = page.locator(`.getting-started-media img[alt="${words[`walkthrough.${name}.picture`]}"]`);
    await until('the picture is there', () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 0));
    const address = await picture.evaluate((image: HTMLImageElement) => image.currentSrc);
    assert.match(decodeURIComponent(address), new RegExp(`/media/walkthrough/${name}-(dark|light)\\.webp`));
  }
});

test('each step has one button, which is the one to press', async () => {
  const { page } = window;
  const steps = page.locator('.getting-started-step');
  const labels = [
    'Try the Sample Account',
    'Which Scopes Does a Token Need?',
    'Add Account...',
    'Check HubSpot Pairs...',
    'Look Up HubSpot Associations...',
  ];
  // The look-up comes last: it is pressed.
  for (const [nth, label] of labels.entries()) {
    const step = [0, 1, 2, 4, 3][nth]!;
    await steps.nth(step).locator('.step-title').click();
    const buttons = page.locator('.getting-started-step.expanded .monaco-button');
    await buttons.getByText(label).waitFor();
    assert.equal(await buttons.count(), 1);
  }
  await page.locator('.getting-started-step.expanded .monaco-button').click();
  await window.workbench.quickInput.cancel();
  await steps.nth(3).locator('.codicon-getting-started-step-checked').waitFor();
});

/**
 * One after the other, which asks nothing: in a window that is driven by tests the oldest VS Code refuses every dialog, so that
 * Clear All would do nothing there.
 */
async function removeLookUps(): Promise<void> {
  const { page, workbench } = window;
  const tree = workbench.view('Lookups');
  const button = page.locator('.welcome-view-content .monaco-button');
  const rows = () => tree.rows();
  await until(
    'every look-up is removed',
    async () => {
      if (await button.isVisible()) return true;
      await workbench.runCommand('HubSpot Associations: Focus on Lookups View');
      await workbench.press('Home');
      const before = (await rows()).length;
      await workbench.press('Delete');
      await until('there are fewer rows', async () => (await rows()).length < before, rows, 5_000);
      return button.isVisible();
    },
    rows,
  );
}

test('the first answer is reached by keyboard', async () => {
  const { page, workbench } = window;
  await workbench.runCommand('View: Close All Editors');
  await removeLookUps();
  await workbench.runCommand('HubSpot Associations: Focus on Lookups View');
  await workbench.step('Tab', 'the sample account has the keyboard', 'try the sample account', () =>
    page.evaluate(() => document.activeElement?.textContent?.trim()),
  );
  await workbench.press('Enter');
  await workbench.webview().locator('[role=row] [role=gridcell]').first().waitFor();
});
