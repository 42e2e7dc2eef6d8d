/** The extension in a made-up language, in which no letter is plain: what stands in plain letters was not translated. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { extensionCopy } from '../host/extensionCopy.ts';
import { until } from '../host/until.ts';
import { projectFolder } from '../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { Fault } from '../hubspotStandIn/fault.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { translatable } from '../tools/translatable.ts';
import { keepPictureOfFailures } from './failures.ts';

const language = 'qps-ploc';
const plain = 'abcdefghijklmnopqrstuvwxyz';
const accented = [...'áƀçđéƒĝĥíĵķļɱñöþɋŕšţûṽŵẋýž'];

/** A text in the made-up language, but for what no translator changes: places to fill in, icons, links. */
function accents(text: string): string {
  return text.replace(/\{\d+\}|\$\([^)]*\)|\]\([^)]*\)|[a-z]/gi, (part) => {
    const letter = accented[plain.indexOf(part.toLowerCase())] ?? part;
    return part.length > 1 || part === part.toLowerCase() ? letter : letter.toUpperCase();
  });
}
const pseudo = (text: string) => `⟦${accents(text)}⟧`;
const command = (title: string) => `${pseudo('HubSpot Associations')}: ${pseudo(title)}`;

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
const extension = extensionCopy();

keepPictureOfFailures(() => window);

before(async () => {
  const words: Record<string, string> = JSON.parse(readFileSync(join(projectFolder, 'package.nls.json'), 'utf8'));
  const translated = (texts: readonly (readonly [string, string])[]) =>
    JSON.stringify(Object.fromEntries(texts.map(([key, text]) => [key, pseudo(text)])));
  writeFileSync(join(extension.path, `package.nls.${language}.json`), translated(Object.entries(words)));
  mkdirSync(join(extension.path, 'l10n'));
  const texts = translatable().texts.map((text) => [text, text] as const);
  writeFileSync(join(extension.path, 'l10n', `bundle.l10n.${language}.json`), translated(texts));
  standIn = await startHubSpotStandIn();
  window = await openVscode({
    extension: extension.path,
    locale: language,
    openFile: 'deals-export.csv',
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
    viewport: { width: 1600, height: 1000 },
  });
  workbench = window.workbench;
});

after(async () => {
  await window?.close();
  await standIn?.close();
  await extension.remove();
});

afterEach(async () => {
  standIn.faults.clear();
  while (await workbench.quickInput.isOpen()) await workbench.quickInput.cancel();
});

/** What is the same in every language: files, formats, hosts; what HubSpot says and names; ids; times as the system writes them. */
const data = new RegExp(
  [
    ...[
      'deals-export.csv',
      'migration.csv',
      'contacts.json',
      'notes.md',
      'sync.log',
      'webhook.json',
      'developers.hubspot.com',
    ],
    ...['CSV', 'TSV', 'JSON', 'NDJSON', 'Markdown', 'SQL', 'IN (…)', 'v3', 'results[0].from'],
    ...['One or more associations are invalid', 'VALIDATION_ERROR', 'Installations', 'tickets', 'champion', 'HTTP'],
  ]
    .map((text) => text.replace(/[.()[\]]/g, '\\$&'))
    .concat('[a-z]+_[a-z_]+', 'crm\\.[a-z._]+', '[0-9a-f]{8}-[0-9a-f-]{27}', '\\d:\\d\\d\\s[AP]M')
    .join('|'),
  'g',
);

/** The words of a text in plain letters, without data and without what VS Code adds to every input box. */
function untranslated(text: string): string {
  return (
    text
      .replaceAll('\u00a0', ' ')
      .replace(/\(Press 'Enter' .*\)$/, '')
      .replace(data, ' ')
      .match(/[A-Za-z]{2,}/g) ?? []
  ).join(' ');
}

/** What was on the screen before goes in its own time: the last look counts. */
async function assertTranslated(what: string, texts: () => Promise<readonly string[]>): Promise<void> {
  const missed = async () => (await texts()).filter((text) => untranslated(text) !== '');
  await until(
    `${what} shows no English`,
    async () => (await texts()).some((text) => text.includes('⟦')) && (await missed()).length === 0,
    missed,
    10_000,
  );
}

/** What can be seen of it: VS Code's list keeps texts of earlier items in rows that it uses again. */
const quickInput = async () => {
  const { title, placeholder, message } = await workbench.quickInput.read();
  const rows = await window.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
  return [title, placeholder, message, ...rows];
};

async function assertQuickInput(what: string, question: string): Promise<void> {
  await workbench.quickInput.opened(accents(question));
  await assertTranslated(what, quickInput);
}

async function assertAsks(title: string, what: string, question: string): Promise<void> {
  await workbench.ask(command(title), accents(question));
  await assertTranslated(what, quickInput);
}

async function lookUp(to = 'Companies'): Promise<void> {
  await workbench.openFile('deals-export.csv');
  await workbench.selectColumn(2, 13, 2, 11);
  await assertAsks('Look Up HubSpot Associations...', 'the first question', 'Which object type');
  await workbench.quickInput.pick(pseudo('Deals'));
  await assertQuickInput('the second question', 'Which associated records');
  await workbench.quickInput.pick(pseudo(to));
}

/** What the panel's page says. Rows hold data: names, labels and reasons as HubSpot gave them. */
const inPanel = () =>
  workbench
    .webview()
    .locator('body')
    .evaluate((body) => {
      const found: string[] = [];
      for (const element of body.querySelectorAll('*')) {
        if (element.closest('[role=rowgroup] [role=gridcell], [data-chip], pre, script')) continue;
        for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
        for (const node of element.childNodes) if (node.nodeType === 3) found.push(node.textContent ?? '');
      }
      return found;
    });

const inTree = async () => (await workbench.view(pseudo('Lookups')).rows()).map(({ spoken }) => spoken);

test('the manifest: commands in the palette', async () => {
  await workbench.quickInput.open(`>${pseudo('HubSpot Associations')}`);
  await assertTranslated('the palette', async () =>
    (await workbench.quickInput.read()).items.map(({ label }) => label).filter((label) => label.includes('⟦')),
  );
});

test('the walkthrough', async () => {
  await workbench.runCommand(command('Get Started'));
  const steps = window.page.locator('.getting-started-step');
  await steps.nth(5).waitFor();
  for (const step of [0, 1, 2, 3, 4, 5]) {
    await steps.nth(step).locator('.step-title').click();
    // What an agent is asked is asked elsewhere: its step has no button.
    if (step < 5) await steps.nth(step).locator('.monaco-button').waitFor();
    // Below a button VS Code tells the keys of its command, in its own words.
    const keys = /Tip: Use keyboard shortcut[\sA-Z]+Ctrl[\sA-Z+]+/i;
    await assertTranslated('the step', async () => [(await steps.nth(step).innerText()).replace(keys, '')]);
  }
  const head = window.page.locator('.gettingStartedSlideDetails .category-title, .category-description-container');
  await assertTranslated('the head', () => head.allInnerTexts());
  await workbench.runCommand('View: Close All Editors');
});

test('the settings', async () => {
  await workbench.runCommand('Preferences: Open Settings (UI)');
  const box = window.page.locator('.settings-editor .suggest-input-container .monaco-editor');
  await box.waitFor();
  await box.click();
  await window.page.keyboard.type('hubspotAssociations');
  const descriptions = window.page.locator('.settings-editor .setting-item-description');
  await until(
    'all are found',
    async () => (await descriptions.count()) >= 6,
    () => descriptions.allInnerTexts(),
  );
  await assertTranslated('the settings', () => descriptions.allInnerTexts());
  await workbench.runCommand('View: Close All Editors');
});

test('the welcome view and the accounts', async () => {
  const view = await workbench.openView(pseudo('HubSpot Associations'), pseudo('Accounts'));
  const welcome = window.page.locator('.welcome-view-content');
  await welcome.first().waitFor();
  await assertTranslated('the welcome view', () => welcome.allInnerTexts());
  await assertTranslated('the accounts', async () => (await view.rows()).map(({ spoken }) => spoken));
  await view.openMenu(/^127/);
  await assertTranslated('the menu of an account', () => workbench.menuLabels());
  await workbench.press('Escape');
  await assertAsks('Switch Account...', 'the list of accounts', 'Select a HubSpot account');
  await assertTranslated('its buttons', async () => {
    const buttons = window.page.locator('.quick-input-list .monaco-list-row .action-label');
    return buttons.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
  });
});

test('the token box and the scopes', async () => {
  await assertAsks('Add Account...', 'the box', 'Add a HubSpot account');
  for (const text of [
    'two words',
    '""',
    'Cg'.padEnd(100, 'A'),
    'CA'.padEnd(100, 'A'),
    'pat-na1-',
    'some-new-kind-of-key',
    ['0a1b2c3d', '4e5f', '6071', '8293', 'a4b5c6d7e8f9'].join('-'),
    standIn.token,
  ]) {
    await workbench.quickInput.type(text);
    await assertTranslated('the complaint', async () => [(await workbench.quickInput.read()).message]);
  }
  for (const fault of [{ kind: 'unauthorized' }, { kind: 'html' }, { kind: 'proxyLogin' }] as const) {
    standIn.faults.set(fault);
    await workbench.quickInput.accept();
    const message = async () => (await workbench.quickInput.read()).message;
    await until('HubSpot has answered', async () => !(await message()).includes(accents('Asking HubSpot')), message);
    await assertTranslated(fault.kind, async () => [await message()]);
  }
  standIn.faults.clear();
  await workbench.quickInput.accept();
  await assertQuickInput('the name', 'Name this account');
  await workbench.quickInput.cancel();
  await assertAsks('Which Scopes Does a Token Need?', 'the object types', '1/2');
  await window.page.locator('.quick-input-box input').press('Enter');
  await assertQuickInput('the scopes', '2/2');
});

test('the answer: the tree, the table, the status bar, the marks', async () => {
  await lookUp();
  await workbench.webview().locator('.badge:is(.complete, .info)').waitFor();
  await assertTranslated('the page', inPanel);
  await assertTranslated('the tree', inTree);
  const bar = () => window.page.locator('.statusbar-item[id*="hubspotAssociations"]').allInnerTexts();
  await until(
    'the status bar shows no English',
    async () => JSON.stringify((await bar()).map(untranslated)) === '[""]',
    bar,
  );
  await workbench.runCommand('View: Toggle Problems');
  const problems = window.page.locator('.markers-panel .monaco-list-row');
  await assertTranslated('the marks', async () => {
    const texts = (await problems.allInnerTexts()).filter((text) => text.includes('⟦'));
    // The source of a mark is the extension, by its name; its place is VS Code's to say.
    return texts.map((text) => text.replace(/HubSpot\sAssociations|\[Ln\s.*/g, ''));
  });
  await workbench.runCommand('View: Toggle Problems');
});

test('menus and formats', async () => {
  await workbench.openFile('deals-export.csv');
  await workbench.selectColumn(2, 3, 2, 11);
  await workbench.openContextMenu();
  await assertTranslated('the menu of the editor', async () =>
    (await workbench.menuLabels()).filter((label) => label.includes('⟦')),
  );
  await workbench.press('Escape');
  const tree = workbench.view(pseudo('Lookups'));
  for (const row of [/^⟦/, /^\d{11}$/]) {
    await tree.openMenu(row);
    await assertTranslated('the menu of a row', () => workbench.menuLabels());
    await workbench.press('Escape');
  }
  await workbench.chooseFrom(() => tree.openMenu(/^⟦/), pseudo('Copy As...'));
  await assertQuickInput('the formats', 'In which format?');
});

const missing: Fault = { kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredGranularScopes' };
for (const [name, fault] of Object.entries<Fault>({
  'a revoked token': { kind: 'unauthorized' },
  'a missing scope': missing,
  'a daily limit': { kind: 'rateLimited', policy: 'DAILY' },
  'an answer that does not fit': { kind: 'wrongShape', path: ['results', 0, 'from'], value: 7 },
  'an id that HubSpot refuses': { kind: 'poisonousIds', ids: ['17982944313'] },
})) {
  test(`what went wrong: ${name}`, async () => {
    standIn.faults.set({ ...fault, when: { path: '/associations/' } });
    await lookUp('Contacts');
    const panel = workbench.webview();
    await panel.getByText(pseudo('Incomplete'), { exact: true }).first().waitFor();
    await assertTranslated('the page', inPanel);
    await assertTranslated('the tree', inTree);
    await assertTranslated('the message', async () => [await workbench.view(pseudo('Lookups')).message()]);
  });
}

test('what is asked before accounts are changed, and what is said when one cannot be read', async () => {
  await workbench.ask(command('Add Account...'), accents('Add a HubSpot account'));
  await workbench.quickInput.type(standIn.token);
  await workbench.quickInput.accept();
  await workbench.quickInput.opened(accents('Name this account'));
  await workbench.quickInput.type('17');
  await workbench.quickInput.accept();
  await workbench.quickInput.closed();
  standIn.issueToken();
  await assertAsks('Check Account Again', 'the list', 'Check which');
  await workbench.quickInput.accept();
  await assertTranslated('the notice', () => workbench.notifications());
  await assertAsks('Rename Account...', 'the list', 'Rename which');
  await workbench.quickInput.accept();
  await assertQuickInput('the name', 'Rename the account');
  await workbench.quickInput.cancel();
  await assertAsks('Enter New Token...', 'the list', 'A new token for which');
  await workbench.quickInput.cancel();
  await assertAsks('Remove Account...', 'the list', 'Remove which');
  await workbench.quickInput.accept();
  const dialog = window.page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  assert.equal(untranslated((await dialog.innerText()).replace('Cancel', '')), '');
  await dialog.getByText(pseudo('Remove'), { exact: true }).click();
});
