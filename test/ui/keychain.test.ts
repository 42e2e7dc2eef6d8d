/** A system without a keychain, or with one that is locked: tokens are kept until the window closes, and that is said. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { extensionCopy } from '../host/extensionCopy.ts';
import { until } from '../host/until.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { keepPictureOfFailures } from './failures.ts';
import { addAccount, command, enterToken, lookUpDeals } from './steps.ts';

/** The extension's own entry, on a keychain as VS Code hands it over where the system has none. */
const entry = `
const refuse = async () => {
  throw new Error('The name org.freedesktop.secrets was not provided by any .service files');
};
const { activate, deactivate } = require('./dist/extension.cjs');
exports.activate = (context) => {
  const secrets = { get: refuse, store: refuse, delete: refuse, onDidChange: context.secrets.onDidChange };
  return activate(Object.create(context, { secrets: { value: secrets } }));
};
exports.deactivate = deactivate;
`;

const extension = extensionCopy({ main: './entry.cjs' });
let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;

keepPictureOfFailures(() => window);

before(async () => {
  writeFileSync(join(extension.path, 'entry.cjs'), entry);
  standIn = await startHubSpotStandIn();
  window = await openVscode({
    extension: extension.path,
    environment: { HUBSPOT_API_ORIGIN: standIn.origin },
  });
  workbench = window.workbench;
});

after(async () => {
  await window?.close();
  await standIn?.close();
  await extension.remove();
});

const notices = () => workbench.notifications();

async function rowsAre(...expected: string[]): Promise<void> {
  const view = await workbench.openView('HubSpot Associations', 'Accounts');
  const rows = async () => (await view.rows()).map(({ spoken }) => spoken);
  await until(`the accounts are ${expected}`, async () => `${await rows()}` === `${expected}`, rows);
}

test('a token is kept for the session, which is said at once and stays to be seen', async () => {
  await addAccount(workbench, 'Acme', standIn.token);
  await rowsAre('Acme, Developer test, token kept until this window closes, active', 'Sample account, demo data');
  const expected =
    'The keychain did not store the token of Acme (Developer test): it is kept until this window closes.';
  await until('that alone is said', async () => `${await notices()}` === expected, notices);
});

test('with it, look-ups work', async () => {
  await lookUpDeals(workbench, 'Contacts');
  await workbench
    .webview()
    .locator('.badge', { hasText: /^Complete/ })
    .first()
    .waitFor();
  assert.ok(standIn.requests.some(({ path }) => path.includes('/associations/deals/contacts/')));
});

test('in the next window it is gone, which is said, and a new one can be entered where it is missed', async () => {
  await workbench.runCommand('View: Close All Editors');
  await workbench.reload();
  await rowsAre('Acme, Developer test, the keychain does not return its token, active', 'Sample account, demo data');
  standIn.forgetRequests();
  await lookUpDeals(workbench, 'Contacts');
  const panel = workbench.webview();
  await panel.getByText('the keychain does not return it. Enter one to continue.').first().waitFor();
  assert.deepEqual(standIn.requests, []);
  await panel.getByRole('button', { name: 'Enter New Token' }).click();
  await enterToken(workbench, 'New token for Acme', standIn.token);
  await panel
    .locator('.badge', { hasText: /^Complete/ })
    .first()
    .waitFor();
  await rowsAre('Acme, Developer test, token kept until this window closes, active', 'Sample account, demo data');
});

test('an account whose token may still be somewhere is removed, and that is said', async () => {
  await workbench.reload();
  await workbench.ask(command('Remove Account...'), 'Remove which');
  await workbench.quickInput.pick('Acme (Developer test)');
  await window.page.locator('.monaco-dialog-box').getByText('Remove', { exact: true }).click();
  await rowsAre('Sample account, demo data, active');
  const expected = 'Acme (Developer test) is removed, but the keychain did not delete its token.';
  await until('it is said', async () => (await notices()).some((text) => text.startsWith(expected)), notices);
});
