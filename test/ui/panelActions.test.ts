/** What buttons, menus and keys of an answer lead to in a real VS Code: other object types, names, rows, requests, once more. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { archivedDealId, mergedDeal, sampleIds } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { lookUpByChord } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';
import { panelSays } from './shownAnswer.ts';

const ids = [...sampleIds.deal.slice(0, 22), archivedDealId, mergedDeal.id];

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let tree: TreeView;

describe('what buttons, menus and keys lead to', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
    workbench = window.workbench;
    tree = workbench.view('Lookups');
    writeFileSync(join(window.folder, 'actions.txt'), `${ids.join('\n')}\n`);
    await workbench.openFile('actions.txt');
  });

  const press = (name: string) => workbench.webview().getByRole('button', { name, exact: true }).click();
  const clipboard = () => window.page.evaluate(() => navigator.clipboard.readText());
  const copied = (what: string, condition: (text: string) => boolean) =>
    until(
      what,
      async () => {
        const text = await clipboard();
        return condition(text) && text;
      },
      clipboard,
    );
  const inOrder = <Row extends readonly string[]>(rows: readonly Row[]) =>
    rows.toSorted(([one], [other]) => ids.indexOf(one!) - ids.indexOf(other!));
  const orphans = () => ids.filter((id) => standIn.portal.associationsOf('deals', id, 'companies').length === 0);

  test('object types that HubSpot does not know are chosen anew, and the ids are looked up with them', async () => {
    const body = JSON.stringify({
      status: 'error',
      message: 'Unable to infer object type from: deals',
      category: 'VALIDATION_ERROR',
    });
    standIn.faults.set({ kind: 'status', status: 400, body, when: { path: '/associations/' } });
    await workbench.selectLines(1, ids.length);
    await lookUpByChord(workbench, 'Deals', 'Contacts');
    await panelSays(/HubSpot does not know one of the object types\./, window);
    standIn.faults.clear();
    standIn.forgetRequests();
    await press('Choose Object Types');
    await workbench.quickInput.opened('Which object type are these records?');
    await workbench.quickInput.offers('what was asked first', ([item]) => item?.label === 'Deals' && item.focused);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('Which associated records do you want to see?');
    await workbench.quickInput.pick('Companies');
    await panelSays(/Deals → Companies[\s\S]*\bComplete\b/, window);
    await tree.until('it stands in the tree', ([row]) => row?.label === 'Deals → Companies');
    const [read] = standIn.requests.filter(({ path }) => path.includes('/associations/'));
    assert.equal(read?.path, '/crm/v3/associations/deals/companies/batch/read');
    assert.deepEqual(read?.body, { inputs: ids.map((id) => ({ id })) });
  });

  test('names that cannot be read are said to be so, and Try Again reads them', async () => {
    standIn.faults.set({ kind: 'unauthorized', when: { path: '/objects/' } });
    await press('Names');
    await panelSays(/Names could not be read\. HubSpot does not accept the token/, window);
    standIn.faults.clear();
    await press('Try Again');
    const name = standIn.portal.account.properties('0-3', ids[0]!)!.dealname!;
    await workbench.webview().getByText(name).first().waitFor();
    await until('the notice is gone', async () => {
      const text = await workbench.webview().locator('body').innerText();
      return !text.includes('Names could not be read');
    });
    await tree.until('the name is in the tree', (rows) => rows.some(({ spoken }) => spoken.includes(name)));
  });

  test('the rows shown are exported, or all of them', async () => {
    await press('Names');
    const chip = workbench.webview().getByRole('button', { name: /^No association/ });
    await chip.click();
    const rows = workbench.webview().locator('tbody [role=row]');
    await until('only those without are shown', async () => (await rows.count()) === orphans().length);
    const associations = ids.reduce(
      (sum, id) => sum + Math.max(1, standIn.portal.associationsOf('deals', id, 'companies').length),
      0,
    );
    const records = async (choice: string, name: string) => {
      await press('Export…');
      await workbench.quickInput.opened('Which rows?');
      await workbench.quickInput.pick(choice);
      await workbench.quickInput.opened('In which format?');
      await workbench.quickInput.pick('CSV');
      const path = join(window.folder, name);
      await workbench.quickInput.saveAs(path);
      await until(`${name} is there`, () => existsSync(`${path}.about.json`));
      const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n').slice(1);
      const { narrowedBy } = JSON.parse(readFileSync(`${path}.about.json`, 'utf8'));
      return { narrowedBy, ids: lines.map((line) => line.split(',')[0]!) };
    };
    assert.deepEqual(await records(`${orphans().length} rows shown`, 'shown.csv'), {
      narrowedBy: { chip: 'none' },
      ids: orphans(),
    });
    const all = await records(`All ${associations} rows`, 'all.csv');
    assert.equal(all.narrowedBy, undefined);
    assert.deepEqual([...new Set(all.ids)], ids);
  });

  test('what became of records without association stands in their state, and filter, chips, sort and exports follow', async () => {
    // It was learned with the names that were read before.
    const page = workbench.webview();
    const chip = (name: RegExp) => page.getByRole('button', { name });
    await chip(/^Archived 1$/).waitFor();
    const states = () =>
      page
        .locator('tbody [role=row]')
        .evaluateAll((rows) =>
          rows.map((row) => [row.querySelector('.id')?.textContent, row.querySelector('td.state')?.textContent]),
        );
    const archived = [archivedDealId, 'Archived'];
    const merged = [mergedDeal.id, `Merged into ${mergedDeal.into}`];
    // Only records without association are shown: those chips are chosen beside "No association".
    const shows = (what: string, wanted: unknown) =>
      until(what, async () => JSON.stringify(await states()) === JSON.stringify(wanted), states);
    await page.getByRole('textbox', { name: /^Filter/ }).fill('archived');
    await shows('the filter finds the archived one', [archived]);
    await page.getByRole('textbox', { name: /^Filter/ }).fill('');
    await chip(/^No association/).click();
    await chip(/^Archived/).click();
    await chip(/^Merged/).click();
    await shows('both chips leave both', inOrder([archived, merged]));

    await press('Export…');
    await workbench.quickInput.opened('Which rows?');
    await workbench.quickInput.pick('2 rows shown');
    await workbench.quickInput.opened('In which format?');
    await workbench.quickInput.pick('CSV');
    const path = join(window.folder, 'gone.csv');
    await workbench.quickInput.saveAs(path);
    await until('the file is there', () => existsSync(`${path}.about.json`));
    const [heads, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\r\n');
    const existence = heads!.split(',').indexOf('existence');
    assert.deepEqual(
      lines.map((line) => [line.split(',')[0], line.split(',')[existence]]),
      inOrder([archived, merged]).map(([id, state]) => [id, state!.toLowerCase()]),
    );
    const about = JSON.parse(readFileSync(`${path}.about.json`, 'utf8'));
    assert.deepEqual(about.narrowedBy, { chips: ['archived', 'merged'] });
    await chip(/^All/).click();
  });

  test("a row's menu gives HubSpot's answer, and the request as cURL and as .http, without the token", async () => {
    const [id] = orphans();
    const choose = async (item: string) => {
      await window.page.locator('.tab', { hasText: 'Deals → Companies' }).click();
      await panelSays(/^Deals → Companies/, window);
      await workbench.webview().locator('td.record', { hasText: id! }).click({ button: 'right' });
      await workbench.webview().getByRole('menuitem', { name: item }).click();
    };
    const document = async () =>
      (await window.page.locator('.editor-group-container.active .view-line').allInnerTexts())
        .join('\n')
        .replaceAll('\u00a0', ' ');
    await choose('Copy Request as cURL');
    const curl = await copied('the command is copied', (text) => text.startsWith('curl'));
    assert.ok(curl.includes('$HUBSPOT_TOKEN') && curl.includes(`{"inputs":[{"id":"${id}"}]}`));

    await choose("Show HubSpot's Answer as JSON");
    await until('the answer is there', async () => (await document()).includes('NO_ASSOCIATIONS_FOUND'), document);
    await workbench.press('x');
    await window.page.getByText('Cannot edit in read-only editor').first().waitFor();
    await workbench.press('Escape');
    await workbench.runCommand('View: Close Editor');

    await choose('Open Request as .http');
    const parts = ['POST', '$HUBSPOT_TOKEN', `"${id}"`, '/crm/v3/associations/deals/companies/batch/read'];
    await until(
      'the request is there',
      async () => {
        const request = (await document()).replaceAll(' ', '');
        return parts.every((part) => request.includes(part));
      },
      document,
    );
    await workbench.runCommand('View: Revert and Close Editor');
  });

  test('several rows of the tree are copied, and a row is found by typing', async () => {
    const found = ids.filter((id) => !orphans().includes(id));
    // A click turns a row: this one is closed by it, so that the next row is the next record.
    await tree.expand(found[0]!);
    await tree.until('its companies are there', (rows) => rows.some(({ level }) => level === 3));
    await (await tree.row(found[0]!)).click();
    await tree.until('it is closed', (rows) => rows.some(({ label, expanded }) => label === found[0] && !expanded));
    await workbench.press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+C');
    await copied('three ids are copied', (text) => text === found.slice(0, 3).join('\n'));
    await window.page.keyboard.type(found[6]!);
    await until(
      'the row has the keyboard',
      async () => (await tree.focused()) === found[6],
      () => tree.focused(),
    );
    await workbench.press('Control+C');
    await copied('its id is copied', (text) => text === found[6]);
  });

  test('run again, a look-up asks everything anew and stands above the old one', async () => {
    standIn.forgetRequests();
    await workbench.chooseFrom(() => tree.openMenu('Deals → Companies'), 'Run Again');
    await tree.until('there are two, complete', (rows) => {
      const lookUps = rows.filter(({ level }) => level === 1).slice(0, 2);
      return (
        lookUps.length === 2 &&
        lookUps.every(({ label, spoken }) => label === 'Deals → Companies' && /, complete\b[^,]*$/.test(spoken))
      );
    });
    assert.deepEqual(
      standIn.requests.filter(({ path }) => path.includes('/associations/')).map(({ body }) => body),
      [{ inputs: ids.map((id) => ({ id })) }],
    );
  });
});
