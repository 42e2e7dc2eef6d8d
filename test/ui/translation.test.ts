/** The extension in a made-up language: what is not in it was not translated. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { extensionCopy } from '../host/extensionCopy.ts';
import { until } from '../host/until.ts';
import { projectFolder } from '../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { type StandIn, startHubSpotStandIn } from '../hubspotStandIn.ts';
import { translatable } from '../manifest/translatable.ts';

const language = 'qps-ploc';
/** A text in the made-up language stands in these marks. */
const pseudo = (text: string) => `⟦${text}⟧`;

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
const extension = extensionCopy();

before(async () => {
  const words: Record<string, string> = JSON.parse(readFileSync(join(projectFolder, 'package.nls.json'), 'utf8'));
  writeFileSync(join(extension.path, `package.nls.${language}.json`), JSON.stringify(mapped(words)));
  mkdirSync(join(extension.path, 'l10n'));
  const bundle = Object.fromEntries(translatable().texts.map((text) => [text, pseudo(text)]));
  writeFileSync(join(extension.path, 'l10n', `bundle.l10n.${language}.json`), JSON.stringify(bundle));
  standIn = await startHubSpotStandIn();
  window = await openVscode({
    extension: extension.path,
    locale: language,
    openFile: 'deals-export.csv',
    environment: { HUBSPOT_API_ORIGIN: standIn.origin },
  });
  workbench = window.workbench;
});

after(async () => {
  await window?.close();
  await standIn?.close();
  await extension.remove();
});

function mapped(words: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, pseudo(text)]));
}

/** What is left of a text without what is translated and without data: ids, names, codes. Words in it were missed. */
function untranslated(text: string): string {
  // VS Code's own words, which it adds to every input box.
  let rest = text.replaceAll('\u00a0', ' ').replace(/\(Press 'Enter' .*\)$/, '');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  return rest
    .replace(data, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

/** Names that are the same in every language. */
const data =
  /\b(?:deals-export\.csv|[a-z]+_[a-z_]+|crm\.[a-z._]+|tickets|developers\.hubspot\.com|Installations|v3|HubSpot)(?![\p{L}_])/gu;

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

test('the manifest: commands in the palette', async () => {
  await workbench.quickInput.open('>HubSpot Associations');
  await assertTranslated('the palette', async () =>
    (await workbench.quickInput.read()).items.map(({ label }) => label).filter((label) => /HubSpot Assoc/.test(label)),
  );
  await workbench.quickInput.cancel();
});

test('the welcome view and the accounts', async () => {
  await window.page.locator('.activitybar .action-label[aria-label*="HubSpot"]').click();
  const welcome = window.page.locator('.welcome-view-content');
  await welcome.first().waitFor();
  await assertTranslated('the welcome view', () => welcome.allInnerTexts());
  await workbench.runCommand(`${pseudo('HubSpot Associations')}: ${pseudo('Switch Account...')}`);
  await workbench.quickInput.opened('Read from which');
  await assertTranslated('the accounts', quickInput);
  await workbench.quickInput.cancel();
});

test('the token box and the scopes', async () => {
  await workbench.runCommand(`${pseudo('HubSpot Associations')}: ${pseudo('Add Account...')}`);
  await workbench.quickInput.opened('Add a HubSpot account');
  await assertTranslated('the box', quickInput);
  for (const text of ['two words', 'Cg'.padEnd(100, 'A'), 'CA'.padEnd(100, 'A'), 'pat-na1-', standIn.token]) {
    await workbench.quickInput.type(text);
    await assertTranslated('the complaint', async () => [(await workbench.quickInput.read()).message]);
  }
  await workbench.quickInput.cancel();
  await workbench.runCommand(`${pseudo('HubSpot Associations')}: ${pseudo('Which Scopes Does a Token Need?')}`);
  await workbench.quickInput.opened('1/2');
  await assertTranslated('the object types', quickInput);
  await window.page.locator('.quick-input-box input').press('Enter');
  await workbench.quickInput.opened('2/2');
  await assertTranslated('the scopes', quickInput);
  await workbench.quickInput.cancel();
});

test('the picker of object types', async () => {
  await workbench.openFile('deals-export.csv');
  await workbench.selectColumn(2, 13, 2, 11);
  await workbench.runCommand(`${pseudo('HubSpot Associations')}: ${pseudo('Look Up Associations...')}`);
  await workbench.quickInput.opened('Which object type');
  await assertTranslated('the picker', quickInput);
  await workbench.quickInput.cancel();
});

test('the answer: the tree, the table, the status bar', async () => {
  await workbench.runCommand(`${pseudo('HubSpot Associations')}: ${pseudo('Try the Sample Account')}`);
  const panel = workbench.webview();
  await panel.locator('[role=row]').nth(3).waitFor();
  await panel
    .getByText(pseudo('Complete'))
    .or(panel.getByText(pseudo('Incomplete')))
    .first()
    .waitFor();
  await assertTranslated('the page', async () => {
    const texts = await panel.locator('body').evaluate((body) => {
      const found: string[] = [];
      for (const element of body.querySelectorAll('*')) {
        // Rows hold data: names, labels and reasons as HubSpot gave them.
        if (element.closest('[role=rowgroup] [role=gridcell], [data-chip]')) continue;
        for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
        for (const node of element.childNodes) if (node.nodeType === 3) found.push(node.textContent ?? '');
      }
      return found;
    });
    return texts;
  });
  const rows = window.page.locator('.monaco-list-row[role=treeitem]');
  await assertTranslated('the tree', async () => {
    const labels = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
    return labels.filter((label) => !/deals-export|contacts\.json|notes\.md|sync\.log|webhook\.json/.test(label));
  });
  const item = await workbench.statusItem(
    'associations-for-hubspot.associations-for-hubspot.hubspotAssociations.account',
  );
  assert.equal(untranslated(item ?? ''), '');
});
