/** Properties of both sides as columns, by keyboard: chosen, sorted, filtered, exported; and nothing of a value is left behind. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Account } from '../../src/core/sampleHubSpot/accountData.ts';
import { largestCompany, sampleIds } from '../../src/core/sampleHubSpot/sampleAccount.ts';
import { rememberValue } from '../host/tokenSearch.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { inputsOf } from '../hubspotStandIn/recordedRequest.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { lookUpByChord } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';
import { panelSays } from './shownAnswer.ts';

const ids = sampleIds.deal.slice(0, 8);
const choose = 'HubSpot Associations: Choose Properties...';
const question = 'Values stay in memory, never on disk';
/** What two of the deals are called while this file runs. */
const planted = [`Planted ${randomUUID()}`, `Zebra ${randomUUID()}`];

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let restore: () => void;

describe('properties of both sides as columns', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
    workbench = window.workbench;
    restore = plant(standIn.portal.account);
    for (const value of planted) rememberValue(value);
    writeFileSync(join(window.folder, 'columns.txt'), `${ids.join('\n')}\n`);
    await workbench.openFile('columns.txt');
    await workbench.selectLines(1, ids.length);
    await lookUpByChord(workbench, 'Deals', 'Companies');
    await panelSays(/\bComplete\b/, window);
    // A question is closed by what takes the keyboard, as a panel does when it opens.
    await until('the table has the keyboard', () => focusedIn('[role=grid]'));
  });

  after(() => restore?.());

  const page = () => workbench.webview();
  const keys = (...names: string[]) => workbench.press(...names);
  const heads = () => page().getByRole('columnheader').allInnerTexts();
  /** What the rows show in the column with this heading. */
  const column = async (head: string): Promise<readonly string[]> => {
    const at = (await heads()).findIndex((text) => text.trim() === head);
    return at < 0 ? [] : page().locator(`tbody td.at-${at}`).allInnerTexts();
  };
  const shows = (what: string, head: string, isWanted: (texts: readonly string[]) => boolean) =>
    until(
      what,
      async () => {
        const texts = await column(head);
        return isWanted(texts) && texts;
      },
      () => column(head),
    );

  /** Whether this, in the panel's page, has the keyboard of the window. */
  const focusedIn = async (selector: string) =>
    (await workbench.webviewFrame()).evaluate(
      (wanted) => document.hasFocus() && document.activeElement?.matches(wanted) === true,
      selector,
    );
  const held = (id: string, name: string) => standIn.portal.account.properties('0-3', id)![name];

  /** The calls that read amounts. Names are none of them, which may still be read for a panel that was there before. */
  const amountCalls = () =>
    standIn.requests.filter(
      ({ path, body }) => path.includes('/objects/') && JSON.stringify(body ?? null).includes('"amount"'),
    );

  /** Goes through the list until the item has the keyboard, and ticks it, or takes the tick away. */
  async function tick(label: string, key = 'ArrowDown', isTicked = true): Promise<void> {
    const focused = async () => (await workbench.quickInput.read()).items.find((item) => item.focused);
    await workbench.step(key, `${label} has the keyboard`, label, async () => (await focused())?.label);
    await keys('Space');
    await until(`the tick of ${label} has changed`, async () => (await focused())?.checked === isTicked, focused);
  }

  /** What is ticked stands first, in the order in which it was ticked. */
  async function untickAll(): Promise<void> {
    const ticked = (await workbench.quickInput.read()).items.filter(({ checked }) => checked);
    for (const { label } of ticked) await tick(label, 'ArrowDown', false);
    await workbench.quickInput.offers('nothing ticked', (items) => items.every(({ checked }) => !checked));
  }

  test('they are chosen by keyboard, with what they are called, and stand in the table as people read them', async () => {
    await workbench.ask(choose, question);
    const offered = await workbench.quickInput.offers('the properties', (items) =>
      items.some(({ label }) => label === 'Amount'),
    );
    assert.equal(
      offered.items.find(({ label }) => label === 'Amount')?.description,
      'Deal · amount · dealinformation · number',
    );
    // Another file may have chosen some in this window, which are offered again.
    await untickAll();
    await tick('Deal name');
    await tick('Amount', 'ArrowUp');
    for (const label of ['Deal stage', 'Owner', 'Company domain name']) await tick(label);
    assert.deepEqual(amountCalls(), [], 'no value is read before something is chosen');
    await keys('Enter');
    await shows('the stages are there', 'Deal stage', (texts) =>
      ['Closed won', 'Appointment scheduled'].every((stage) => texts.includes(stage)),
    );
    await shows('owners have names', 'Owner', (texts) => texts.includes('Imani Okafor') && texts.includes('No value'));
    await shows('the other side is read too', 'Company domain name', (texts) =>
      texts.some((text) => text.endsWith('.example.com')),
    );
    await shows('names are as HubSpot holds them', 'Deal name', (texts) => texts.includes(planted[0]!));
    // What comes into sight a moment later is another call, so they are not counted here: none asks for a record again.
    const asked = amountCalls().flatMap((request) => inputsOf(request).map(({ id }) => id));
    assert.deepEqual(asked.toSorted(), ids.toSorted());
    const tree = await workbench.openView('HubSpot Associations', 'Lookups');
    await tree.until('the tree shows the first column beside the id', (rows) =>
      rows.some(({ spoken }) => spoken.includes(ids[0]!) && spoken.includes(planted[0]!)),
    );
    const shown = (await heads()).map((text) => text.trim());
    const chosen = ['Deal name', 'Amount', 'Deal stage', 'Owner', 'Company domain name'];
    assert.deepEqual(
      shown.filter((text) => chosen.includes(text)),
      chosen,
      'columns stand in the order in which they were ticked',
    );
  });

  test('they sort by value, and a press on the heading is enough', async () => {
    await page().getByRole('grid').focus();
    await keys('Control+Home', 'ArrowUp');
    const focused = async () => {
      const frame = await workbench.webviewFrame();
      return frame.evaluate(() => {
        const cell = document.activeElement?.getAttribute('aria-activedescendant');
        return (cell && document.getElementById(cell)?.textContent?.trim()) || '';
      });
    };
    await workbench.step('ArrowRight', 'the heading has the keyboard', 'Amount', focused);
    await keys('Enter', 'Enter');
    const numbers = (texts: readonly string[]) => texts.map((text) => Number(text.replaceAll(',', '')));
    const isSorted = (texts: readonly string[]) =>
      JSON.stringify(numbers(texts)) === JSON.stringify(numbers(texts).toSorted((one, other) => other - one));
    await shows('the greatest is first', 'Amount', (texts) => texts.length >= ids.length && isSorted(texts));
  });

  test('a filter looks into them, and is not remembered', async () => {
    await keys('Control+F');
    await until('the filter has the keyboard', () => focusedIn('input'));
    await window.page.keyboard.type(planted[1]!.slice(0, 14));
    await shows(
      'one deal is left',
      'Deal name',
      (texts) => texts.length > 0 && texts.every((text) => text === planted[1]),
    );
    await keys('Enter');
  });

  test('exports hold them as shown, with their state beside them', async () => {
    await page().getByRole('button', { name: 'Export…' }).focus();
    await keys('Enter');
    await workbench.quickInput.opened('Which rows?');
    await workbench.quickInput.offers('the rows shown', ([first]) => first?.focused === true);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('In which format?');
    await workbench.quickInput.pick('CSV');
    const path = join(window.folder, 'columns.csv');
    await workbench.quickInput.saveAs(path);
    await until('the export is there', () => existsSync(`${path}.about.json`));
    const [head, row] = readFileSync(path, 'utf8').split('\r\n');
    const about = JSON.parse(readFileSync(`${path}.about.json`, 'utf8'));
    // What the user exports is the user's: it is looked at, and taken away before the window is searched.
    for (const each of [path, `${path}.about.json`]) rmSync(each);
    assert.ok(head!.includes('record.dealname,record.dealname.state,record.amount,record.amount.state'), head);
    assert.ok(row!.includes(`${planted[1]},value,${held(ids[1]!, 'amount')},value`), row);
    assert.deepEqual(
      about.properties.map(({ name }: { name: string }) => name),
      ['dealname', 'amount', 'dealstage', 'hubspot_owner_id', 'domain'],
    );
  });

  test('the choice is offered again, and taken back with its columns', async () => {
    await page().getByRole('grid').focus();
    await keys('Control+F');
    await until('the filter has the keyboard', () => focusedIn('input'));
    await keys('Escape');
    await workbench.ask(choose, question);
    await workbench.quickInput.offers('what is shown', (items) =>
      items.some(({ label, checked }) => label === 'Amount' && checked),
    );
    await untickAll();
    await workbench.quickInput.accept();
    await until('the columns are gone', async () => !(await heads()).some((text) => text.trim() === 'Amount'), heads);
  });
});

describe('columns of which most is not read', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow({ 'hubspotAssociations.confirmAbove': 2 }));
    workbench = window.workbench;
    writeFileSync(join(window.folder, 'largest.txt'), `${sampleIds.company[largestCompany]}\n`);
    await workbench.openFile('largest.txt');
    await workbench.selectLines(1, 1);
    await lookUpByChord(workbench, 'Companies', 'Contacts');
    await panelSays(/\bComplete\b/, window);
    standIn.faults.set({ kind: 'held', when: { path: '/objects/contacts' } });
    await workbench.ask(choose, question);
    await workbench.quickInput.offers('the properties', (items) => items.some(({ label }) => label === 'Email'));
    for (const { label } of (await workbench.quickInput.read()).items.filter(({ checked }) => checked)) {
      await workbench.quickInput.tick(label);
    }
    await workbench.quickInput.tick('Email');
    await workbench.quickInput.accept();
    await head('Email').waitFor();
  });

  after(() => standIn?.faults.clear());

  const head = (name: string) => workbench.webview().getByRole('columnheader', { name });
  const isSorted = (name: string, how: string) =>
    until(`${name} is sorted: ${how}`, async () => (await head(name).getAttribute('aria-sort')) === how);

  test('the plan of a sort is refused, and the rows are sorted as before', async () => {
    await head('State').getByRole('button').click();
    await isSorted('State', 'ascending');
    await head('Email').getByRole('button').click();
    const dialog = window.page.locator('.monaco-dialog-box');
    await until('the plan is told', async () =>
      /not read yet/.test((await dialog.textContent({ timeout: 2_000 })) ?? ''),
    );
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    await isSorted('State', 'ascending');
    await isSorted('Email', 'none');
    assert.equal(await dialog.count(), 0, 'it is not asked again');
  });

  test('Read Them is pressed twice, and there is one notice', async () => {
    await workbench.webview().getByRole('grid').focus();
    await workbench.press('Control+F');
    await window.page.keyboard.type('example');
    const read = workbench.webview().getByRole('button', { name: 'Read Them' });
    const notices = async () => (await workbench.notifications()).filter((text) => text.includes('Reading properties'));
    await read.click();
    await until('it is being read', async () => (await notices()).length > 0, notices);
    await read.click();
    await workbench.webview().getByRole('button', { name: 'Export…' }).focus();
    await until('there is one notice', async () => (await notices()).length === 1, notices);
    standIn.faults.clear();
    await until('all is read', async () => (await notices()).length === 0, notices);
    await workbench.webview().getByRole('grid').focus();
    await workbench.press('Control+F', 'Escape');
  });
});

/** Gives two deals names that are found nowhere else. @returns takes them back */
function plant(account: Account): () => void {
  const mutable = account as { properties: Account['properties'] };
  const { properties } = account;
  mutable.properties = (typeId, id) => {
    const held = properties(typeId, id);
    const at = ids.indexOf(id);
    return held && typeId === '0-3' && planted[at] !== undefined ? { ...held, dealname: planted[at]! } : held;
  };
  return () => {
    mutable.properties = properties;
  };
}
