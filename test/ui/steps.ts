/** What a person does again and again. */
import { until } from '../host/until.ts';
import type { Workbench } from '../host/workbench.ts';
import { firstQuestion, pickPair } from './lookUpByChord.ts';

/** The title of a command as the palette shows it. */
export const command = (title: string): string => `HubSpot Associations: ${title}`;

const dialogIn = ({ page }: Workbench) => page.locator('.monaco-dialog-box');

/** Agrees to the question in the middle of the window. */
export async function agree(workbench: Workbench, button: string): Promise<void> {
  const dialog = dialogIn(workbench);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Removes all look-ups that are not pinned, of which there have to be some. */
export async function clearLookUps(workbench: Workbench): Promise<void> {
  await workbench.ask(command('Clear All Lookups'), () => dialogIn(workbench).isVisible());
  await agree(workbench, 'Clear All');
}

/** Gives a token to the box with this title. */
export async function enterToken({ quickInput }: Workbench, title: string, token: string): Promise<void> {
  await quickInput.opened(title);
  await quickInput.type(token);
  await quickInput.accept();
}

/** What the status bar says of the active account: `Acme (Production)`. */
export const accountInStatusBar = (workbench: Workbench): Promise<string | undefined> =>
  workbench.statusItem('associations-for-hubspot.associations-for-hubspot.hubspotAssociations.account');

/** Waits until the status bar says this, or begins with this name. */
export async function accountIs(workbench: Workbench, expected: string): Promise<void> {
  const shown = () => accountInStatusBar(workbench);
  await until(
    `the status bar says ${expected}`,
    async () => {
      const text = (await shown()) ?? '';
      return text === expected || text.startsWith(`${expected} (`);
    },
    shown,
  );
}

/** Adds an account, and waits until it is the active one. */
export async function addAccount(workbench: Workbench, name: string, token: string): Promise<void> {
  const { quickInput } = workbench;
  await workbench.ask(command('Add Account...'), 'Add a HubSpot account');
  await enterToken(workbench, 'Add a HubSpot account', token);
  await quickInput.opened('Name this account');
  await quickInput.type(name);
  await quickInput.accept();
  await accountIs(workbench, name);
}

/** Looks up three deals of the export, the first ones or those from this line on. */
export async function lookUpDeals(workbench: Workbench, to: string, line = 2): Promise<void> {
  await workbench.openFile('deals-export.csv');
  await workbench.selectColumn(line, line + 2, 2, 11);
  await workbench.ask(command('Look Up HubSpot Associations...'), firstQuestion);
  await pickPair(workbench, 'Deals', to);
}

/** Opens the explorer's menu on a file. @returns the items of ours */
export async function openExplorerMenu(workbench: Workbench, file: string): Promise<readonly string[]> {
  const { page } = workbench;
  const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: file });
  await until(`the menu of ${file} opens`, async () => {
    await row.click({ button: 'right', timeout: 2_000 });
    return page
      .locator('.monaco-menu .action-label')
      .first()
      .waitFor({ timeout: 2_000 })
      .then(() => true);
  });
  return (await workbench.menuLabels()).filter((label) => label.includes('HubSpot'));
}

/** Shows the files of the workspace in the side bar. */
export async function showExplorer(workbench: Workbench): Promise<void> {
  await workbench.runCommand('View: Show Explorer');
}
