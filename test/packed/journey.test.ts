/**
 * The whole way with the packed extension: ids in a file, the chord, the two pickers, tree and panel, a file that is
 * exported, a window that is loaded anew. On the sample account, because an installed extension speaks to nobody else
 * without a token of HubSpot's.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createSamplePortal } from '../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { packedExtension } from '../host/packedExtension.ts';
import { storedEditors } from '../host/storedEditors.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { filesIn } from '../host/tokenSearch.ts';
import { until } from '../host/until.ts';
import { askedRelease } from '../host/vscodeRelease.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { lookUpByChord } from '../ui/lookUpByChord.ts';
import { assertShown, type Truth, truthOf } from '../ui/shownAnswer.ts';

const file = 'deals-export.csv';
/** The lines whose ids are looked up, counted from 1. */
const [first, last] = [2, 13];
const portal = createSamplePortal();
const packed = temporaryFolder('packed');

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let question: Truth;

before(async () => {
  standIn = await startHubSpotStandIn();
  window = await openVscode({
    vsix: packedExtension(packed.path),
    release: askedRelease(),
    viewport: { width: 1280, height: 1000 },
    // An installed extension does not look at these.
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
  });
  workbench = window.workbench;
  const lines = readFileSync(join(window.folder, file), 'utf8')
    .split('\n')
    .slice(first - 1, last);
  const ids = lines.map((line) => /\d{11}/.exec(line)![0]);
  question = { title: 'Deals → Companies', from: 'deals', to: 'companies', ids };
});

after(async () => {
  await window?.close();
  await standIn?.close();
  await packed.remove();
});

test('ids in a file, the chord, two pickers: tree and panel show the truth', async () => {
  // Not by the page's address, with which VS Code would not open the panel again when the page is loaded anew.
  await workbench.openFile(file);
  await workbench.selectColumn(first, last, 2, 11);
  await lookUpByChord(workbench, 'Deals', 'Companies');
  await assertShown(workbench, portal, question);
});

test('a record leads to its companies, and a company on to its contacts', async () => {
  const id = question.ids.find((each) => portal.associationsOf('deals', each, 'companies').length > 0)!;
  const [company] = portal.associationsOf('deals', id, 'companies');
  const contacts = portal.associationsOf('companies', company!.toId, 'contacts');
  const tree = workbench.view('Lookups');
  await tree.expand(id);
  await tree.expand(company!.toId);
  await tree.pane.getByRole('treeitem', { name: 'Look up the associations of' }).click();
  await workbench.quickInput.opened('Which associated records do you want to see?');
  await workbench.quickInput.pick('Contacts');
  const label = `Contacts (${contacts.length})`;
  await tree.until('the contacts are there', (all) => {
    const under = all.findIndex((row) => row.label === label);
    return under >= 0 && all[under + 1]?.label === contacts[0]?.toId;
  });
  await tree.collapse(id);
});

test('the panel writes what it shows into a file, with what that is about beside it', async () => {
  await workbench.webview().getByRole('button', { name: 'Export' }).click();
  await workbench.quickInput.opened('In which format?');
  await workbench.quickInput.pick('CSV');
  const path = join(window.folder, 'companies.csv');
  await workbench.quickInput.saveAs(path);
  await until('the file is there', () => existsSync(`${path}.about.json`));
  const rows = readFileSync(path, 'utf8').trimEnd().split('\r\n').slice(1);
  const expected = [...truthOf(portal, question)].flatMap(([id, companies]) =>
    companies.length > 0 ? companies.map((company) => `${id},${company}`) : [`${id},`],
  );
  assert.deepEqual(
    rows.map((row) => row.split(',').slice(0, 2).join(',')),
    expected,
  );
  const about = JSON.parse(readFileSync(`${path}.about.json`, 'utf8'));
  assert.deepEqual([about.complete, about.completeness], [false, 'primaryOnly']);
});

test('loaded anew, everything is back as it was', async () => {
  const stored = () => storedEditors(window.page);
  await until(
    'the panel is stored',
    async () => /"lookUp":"[\w-]{36}"/.test((await stored()).replaceAll('\\', '')),
    stored,
  );
  await workbench.reload();
  await assertShown(workbench, portal, question);
});

test('nothing has left the machine, and the code that ran is the packed one', async () => {
  assert.deepEqual(standIn.requests, []);
  const frame = await workbench.webviewFrame();
  // Beside the page's own there is the one by which VS Code gives it its API.
  const scripts = await frame.evaluate(() =>
    [...document.scripts].filter(({ id }) => id !== '_vscodeApiScript').map(({ textContent }) => textContent),
  );
  const installed = filesIn(window.server.extensionsFolder).filter((path) => path.endsWith(join('dist', 'panel.js')));
  assert.equal(installed.length, 1);
  assert.deepEqual(scripts, [readFileSync(installed[0]!, 'utf8')]);
});
