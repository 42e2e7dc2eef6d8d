/** Everything that some records are associated with: one look-up for each type, a matrix, and the same for one record in the tree. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { firstQuestion } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';
import { agree, command } from './steps.ts';

let window: VscodeWindow;
let standIn: StandIn;

/** Of the export: the lines with the first seven deals. */
const [first, last] = [2, 8];
const ids = [0, 1, 2, 3, 4, 5, 6].map((nth) => String(17_982_944_313 + nth * 15_485));
const second = 'Which associated records do you want to see?';
const heads = ['Contacts', 'Companies', 'Deals', 'Tickets', 'Feedback submissions', 'Installations'];
const named = ['contacts', 'companies', 'deals', 'tickets'] as const;

const grid = () => window.workbench.webview().getByRole('grid', { name: /^Types that records of/ });

/** The cells of the matrix's rows by their texts, once these are there. */
async function matrixRows(what: string, fits: (rows: readonly (readonly string[])[]) => boolean) {
  const rows = async () =>
    Promise.all((await grid().locator('tbody tr').all()).map((row) => row.locator('td').allTextContents()));
  return until(what, async () => {
    const shown = await rows();
    return shown.length > 0 && fits(shown) ? shown : false;
  });
}

describe('everything that records are associated with', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
  });

  test('all types are asked of which the account has records, and each cell is what its look-up says', async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.openFile('deals-export.csv');
    await workbench.selectColumn(first, last, 2, 11);
    await workbench.press('Control+K', 'h');
    await quickInput.opened(firstQuestion);
    await quickInput.pick('Deals');
    await quickInput.opened(second);
    await quickInput.pick('All types');

    const tree = await workbench.openView('HubSpot Associations', 'Lookups');
    const ended = await tree.until('it has come to its end, as one row', ([row]) =>
      /, incomplete$/.test(row?.spoken ?? ''),
    );
    const roots = ended.filter(({ level }) => level === 1);
    assert.deepEqual(
      roots.map(({ label }) => label),
      ['Deals → 6 types'],
    );
    await grid().waitFor();
    const columns = await grid().locator('th .sort').allTextContents();
    assert.deepEqual(columns.slice(1, -1), heads);
    const rows = await matrixRows('each record has its cells', (all) => all.length === ids.length);
    rows.forEach((cells, at) => {
      assert.equal(cells[0], ids[at]);
      named.forEach((to, nth) => {
        const truth = standIn.portal.associationsOf('deals', ids[at]!, to).length;
        assert.equal(cells[nth + 1], to === 'companies' ? `${truth}+` : String(truth), `${ids[at]} ${to}`);
      });
      assert.equal(cells[heads.indexOf('Feedback submissions') + 1], 'Not allowed');
    });
    await workbench
      .webview()
      .getByText(
        /^6 types: 4 complete, 1 complete for primary companies \(v3\), 1 not allowed; \d+ not asked, the account has none$/,
      )
      .waitFor();
  });

  test('is narrowed, sorted and gone through by keyboard, and Enter opens the look-up of a cell at its record', async () => {
    const { workbench, page } = window;
    await grid().focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const counts = (all: readonly (readonly string[])[]) => all.map((cells) => Number(cells[1]));
    await matrixRows('sorted by contacts, the most first', (all) => {
      const sorted = counts(all);
      return sorted.length === ids.length && sorted.every((count, at) => at === 0 || sorted[at - 1]! >= count);
    });
    const menu = await workbench.openPageMenu();
    await menu.getByText(/^Show Only Records With at Least 1/).click();
    await matrixRows('those with a contact', (all) => counts(all).every((count) => count > 0));
    await workbench
      .webview()
      .getByRole('button', { name: /^All \d/ })
      .click();
    const rows = await matrixRows('all of them', (all) => all.length === ids.length);
    await grid().focus();
    await page.keyboard.press('ArrowDown');
    const active = () =>
      grid().evaluate(
        (element) => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent,
      );
    await until('a cell of the contacts is active', async () => (await active()) === rows[0]![1], active);
    await page.keyboard.press('Enter');
    await until('the look-up of the contacts is in front', async () =>
      (await workbench.tabs()).some((tab) => tab.startsWith('Deals → Contacts')),
    );
    const answer = workbench.webview().getByRole('grid', { name: /^Associations of Deals → Contacts/ });
    await answer.waitFor();
    await until('its record has the mark', async () => {
      const marked = await answer.locator('tr[aria-selected="true"] td').first().textContent();
      return marked === rows[0]![0];
    });
  });

  test('types without records are asked too with one press, and the shortcut repeats the choice', async () => {
    const { workbench } = window;
    const tree = workbench.view('Lookups');
    await workbench.openFile('deals-export.csv');
    await workbench.selectColumn(first, first + 1, 2, 11);
    await workbench.press('Control+K', 'Shift+h');
    await tree.until(
      'another group has ended',
      (all) => all.filter(({ level, spoken }) => level === 1 && /, incomplete$/.test(spoken)).length === 2,
    );
    await matrixRows('the two records', (all) => all.length === 2);
    await workbench.webview().getByRole('button', { name: 'Ask Them Too' }).click();
    await workbench
      .webview()
      .getByText(/^\d\d types: /)
      .waitFor();
    await workbench.webview().getByRole('button', { name: 'Ask Them Too' }).waitFor({ state: 'detached' });
    await until(
      'what is said of one of them names it',
      async () => /^Deals → [^:]+: Paused at/.test(await tree.message()),
      () => tree.message(),
    );
  });

  test('properties of the records that were asked stand beside their ids', async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.ask('HubSpot Associations: Choose Properties...', 'Values stay in memory');
    const { items } = await quickInput.offers('the properties', (all) => all.some(({ label }) => label === 'Amount'));
    assert.ok(
      items.every(({ description }) => description.startsWith('Deal · ')),
      'there is no other side',
    );
    await quickInput.tick('Amount');
    await quickInput.offers('it ticked', (all) => all.some(({ label, checked }) => label === 'Amount' && checked));
    await quickInput.accept();
    const amountOf = (id = '') => {
      const { amount } = standIn.portal.account.properties('0-3', id) ?? {};
      return amount ? Number(amount).toLocaleString('en') : 'No value';
    };
    await matrixRows('their amounts', (all) => all.every(([id, amount]) => amount === amountOf(id)));
  });

  test('everything about one record stands under it in the tree, and opens as a table', async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.openFile('deals-export.csv');
    await workbench.selectCharacters(first, 2, 11);
    await workbench.press('Control+K', 'h');
    await quickInput.opened(firstQuestion);
    await quickInput.pick('Deals');
    await quickInput.opened(second);
    await quickInput.pick('Contacts');
    const tree = workbench.view('Lookups');
    await tree.until(
      'it has ended',
      ([row]) => /Deals → Contacts/.test(row?.label ?? '') && /complete/.test(row!.spoken),
    );
    const record = new RegExp(`^${ids[0]}`);
    await workbench.chooseFrom(() => tree.openMenu(record), 'Everything About This Record');
    await tree.until('its types stand under it', (all) =>
      ['Companies (1)', 'Tickets (', 'Installations (', 'Feedback submissions'].every((label) =>
        all.some((row) => row.level === 3 && row.label.startsWith(label)),
      ),
    );
    // While types come in under it, another row may be under the mouse by then.
    await until('the menu is that of the record', async () => {
      await tree.openMenu(record);
      if ((await workbench.menuLabels()).includes('Open as Table')) return true;
      await workbench.press('Escape');
      return false;
    });
    await workbench.chooseFromMenu('Open as Table');
    await matrixRows('the one record', (all) => all.length === 1 && all[0]![0] === ids[0]);
  });

  test('one record at the cursor takes three steps', async () => {
    const { workbench } = window;
    await workbench.openFile('deals-export.csv');
    await workbench.goTo(3, 5);
    await workbench.ask(command('Everything About This Record'), firstQuestion);
    await workbench.quickInput.pick('Deals');
    await matrixRows('that record', (all) => all.length === 1 && all[0]![0] === ids[1]);
  });
});

describe('several object types at once', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow({ 'hubspotAssociations.confirmAbove': ids.length + 1 }));
  });

  const dialog = () => window.page.locator('.monaco-dialog-box');
  const plan = /Look up 7 IDs with 2 object types in .+\? \(at least 2 calls\)/;
  const asked = () => standIn.requests.filter(({ path }) => path.includes('/associations/'));

  async function select(): Promise<void> {
    await window.workbench.openFile('deals-export.csv');
    await window.workbench.selectColumn(first, last, 2, 11);
  }

  async function ask(): Promise<void> {
    await window.workbench.press('Control+K', 'h');
    await window.workbench.quickInput.opened(firstQuestion);
    await window.workbench.quickInput.pick('Deals');
    await window.workbench.quickInput.opened(second);
  }

  /** Waits for the plan, and answers it. */
  async function answerPlan(button: string): Promise<void> {
    await until('the plan is told', async () => plan.test((await dialog().textContent({ timeout: 2_000 })) ?? ''));
    assert.deepEqual(asked(), [], 'nothing is asked before');
    await agree(window.workbench, button);
  }

  const bothTypes = async () => {
    const rows = await matrixRows('each record has its cells', (all) => all.length === ids.length);
    const columns = await grid().locator('th .sort').allTextContents();
    assert.deepEqual(columns.slice(1, -1), ['Contacts', 'Tickets']);
    rows.forEach((cells, at) => {
      for (const [nth, to] of (['contacts', 'tickets'] as const).entries())
        assert.equal(cells[nth + 1], String(standIn.portal.associationsOf('deals', ids[at]!, to).length));
    });
  };

  test('are ticked, and told with their calls before anything is asked', async () => {
    const { quickInput } = window.workbench;
    await select();
    await ask();
    await quickInput.pick('Several types...');
    await quickInput.offers('the types', (items) => items.some(({ label }) => label === 'Tickets'));
    await quickInput.tick('Contacts');
    await quickInput.tick('Tickets');
    const ticked = (items: readonly { label: string; checked: boolean }[]) =>
      items.filter(({ checked }) => checked).map(({ label }) => label);
    await quickInput.offers('both ticked', (items) => ticked(items).join() === 'Contacts,Tickets');
    await quickInput.accept();
    await answerPlan('Look Up');
    await bothTypes();
  });

  test('are asked again by the shortcut, also after the plan was once refused', async () => {
    const { workbench } = window;
    standIn.forgetRequests();
    await select();
    await workbench.press('Control+K', 'Shift+h');
    await answerPlan('Cancel');
    await select();
    await workbench.press('Control+K', 'Shift+h');
    await answerPlan('Look Up');
    await bothTypes();
    const tree = await workbench.openView('HubSpot Associations', 'Lookups');
    await tree.until(
      'both are groups that are complete',
      (rows) =>
        rows.filter(({ level, spoken }) => level === 1 && /^Deals → Contacts, Tickets, .*, complete$/.test(spoken))
          .length === 2,
    );
  });

  test('stand first the next time, with those that were ticked', async () => {
    const { quickInput } = window.workbench;
    await select();
    await ask();
    const { items } = await quickInput.offers('the choice', ([one]) => one?.label === 'Several types...');
    assert.equal(items[0]?.description, 'Contacts, Tickets');
    await quickInput.pick('Several types...');
    await quickInput.offers('both ticked', (all) => {
      const ticked = all.filter(({ checked }) => checked).map(({ label }) => label);
      return ticked.join() === 'Contacts,Tickets' && all[0]?.checked === true;
    });
    await quickInput.cancel();
  });
});
