import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnswerTable } from '../../src/core/rows/answerTable.ts';
import type { ShownProperty } from '../../src/core/rows/rows.ts';
import { madeAnswer } from '../core/madeAnswer.ts';
import { until } from '../host/until.ts';
import { PanelHands } from './panelHands.ts';

const hands = new PanelHands();
const all = ['Deal', 'Company', 'Labels', 'State', 'Associations', 'Source'];

const head = (name: string) => hands.panel.page.getByRole('columnheader', { name });
const view = async () => (await hands.panel.heardKind('view')).view;

/** By what the rows are sorted, as the host was told. */
async function isSorted(...wanted: string[]): Promise<void> {
  const told = async () => (await view()).sort.map(({ column, descending }) => `${column}${descending ? '-' : '+'}`);
  await until(`sorted by ${wanted.join(', ')}`, async () => (await told()).join() === wanted.join(), told);
}

/** Presses the keys at the heading of a column. */
async function atHead(place: number, ...keys: string[]): Promise<void> {
  await hands.panel.page.getByRole('grid').focus();
  await hands.keys('Control+Home', 'ArrowUp', 'Home', ...Array.from({ length: place }, () => 'ArrowRight'), ...keys);
}

test('the cells of a column stand below its heading, in a table of any kind and width', async () => {
  for (const state of ['incomplete', 'properties', 'matrix', 'names', 'check'] as const) {
    const { page } = await hands.openState(state);
    for (const width of [1400, 900, 500]) {
      await page.setViewportSize({ width, height: 600 });
      const lefts = (cells: string) =>
        page.locator(cells).evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().left));
      const [heads, cells] = [await lefts('.heads .cell'), await lefts('tbody .row:first-child .cell')];
      assert.ok(heads.length > 2);
      const odd = heads.filter((left, at) => Math.abs(left - (cells[at] ?? 0)) > 0.5);
      assert.deepEqual(odd, [], `${state} at ${width}: ${heads} and ${cells}`);
    }
  }
});

describe('sorting', () => {
  test('which deals have more than one company, most first: a chip, and a press on the count', async () => {
    const panel = await hands.openState('many');
    await panel.page.getByRole('button', { name: /^More than one/ }).click();
    await head('Associations').getByRole('button').click();
    await panel.showsRows(
      'most first',
      (rows) => rows[0]?.[4] === '12' && rows[11]?.[4] === '12' && rows[12]?.[4] === '5',
    );
    await isSorted('count-');
    assert.equal(await head('Associations').getAttribute('aria-sort'), 'descending');
    await hands.isSpoken('Sorted by Associations descending.');
  });

  test('Shift and a click add a column, which shows its rank and is turned and taken off in its place', async () => {
    await hands.openState('incomplete');
    await head('State').getByRole('button').click();
    await head('Company')
      .getByRole('button')
      .click({ modifiers: ['Shift'] });
    await isSorted('state+', 'associated+');
    assert.equal(await head('State').locator('.rank').innerText(), '1');
    assert.equal(await head('Company').locator('.rank').innerText(), '2');
    assert.match((await head('Company').getAttribute('aria-description')) ?? '', /^Sort column 2 of 2\./);
    await head('State')
      .getByRole('button')
      .click({ modifiers: ['Shift'] });
    await isSorted('state-', 'associated+');
    await head('State')
      .getByRole('button')
      .click({ modifiers: ['Shift'] });
    await isSorted('associated+');
    assert.equal(await head('Company').locator('.rank').count(), 0, 'one needs no rank');
    await head('Associations')
      .getByRole('button')
      .click({ modifiers: ['Shift'] });
    await head('Deal').getByRole('button').click();
    await isSorted('record+');
  });

  test('a sort that was taken back is as before, and one that was chosen meanwhile stays', async () => {
    const panel = await hands.openState('incomplete');
    await head('Company').getByRole('button').click();
    await isSorted('associated+');
    await head('State').getByRole('button').click();
    await isSorted('state+');
    const from = [{ column: 'state', descending: false }];
    const to = [{ column: 'associated', descending: false }];
    await panel.send({ kind: 'sortBack', from, to });
    await isSorted('associated+');
    assert.equal(await head('Company').getAttribute('aria-sort'), 'ascending');
    assert.equal(await head('State').getAttribute('aria-sort'), 'none');
    await hands.isSpoken('Sorted by Company ascending.');
    await panel.send({ kind: 'sortBack', from, to: [] });
    await head('Associations').getByRole('button').click();
    await isSorted('count-');
  });

  test('by keyboard: Enter sorts, Shift+Enter adds, and the foot of the page says so', async () => {
    const panel = await hands.openState('incomplete');
    await atHead(4, 'Enter');
    await isSorted('count-');
    await panel.page.locator('footer').getByText('Enter sorts, Shift+Enter adds to the sort').waitFor();
    await hands.keys('Home', 'Shift+Enter', 'Shift+Enter');
    await isSorted('count-', 'record-');
    await hands.isSpoken('Sorted by Associations descending, Deal descending.');
    await hands.isAt(1, 1);
    await hands.keys('Enter', 'Enter', 'Enter');
    await isSorted();
    await hands.isSpoken('Rows are in the order asked.');
    await hands.keys('ArrowDown');
    await panel.page.locator('footer').getByText('Enter sorts').waitFor({ state: 'hidden' });
  });

  test('the menu of a heading sorts as well', async () => {
    await hands.openState('complete');
    await atHead(1, 'Shift+F10');
    await hands.panel.page.getByRole('menuitem', { name: 'Sort Descending' }).click();
    await isSorted('associated-');
    await head('Labels').click({ button: 'right' });
    await hands.panel.page.getByRole('menuitem', { name: 'Add to Sort' }).click();
    await isSorted('associated-', 'labels+');
    await head('Company').click({ button: 'right' });
    await hands.panel.page.getByRole('menuitem', { name: 'Remove From Sort' }).click();
    await isSorted('labels+');
  });
});

describe('columns', () => {
  test('a heading is dragged to another place, which is no click, and comes back after a reload', async () => {
    const panel = await hands.openState('complete');
    const from = (await head('Associations').boundingBox())!;
    const to = (await head('Company').boundingBox())!;
    await panel.page.mouse.move(from.x + 30, from.y + 10);
    await panel.page.mouse.down();
    await panel.page.mouse.move(to.x + 10, to.y + 10, { steps: 5 });
    assert.equal(await panel.page.locator('.dropBefore').innerText(), 'Company');
    await panel.page.mouse.up();
    await hands.showsHeads('Deal', 'Associations', 'Company', 'Labels', 'State', 'Source');
    await panel.showsRows('cells below their heads', (rows) => rows[0]?.[1] === '2' && rows[0][2] === '17496863841');
    assert.deepEqual((await view()).sort, [], 'it is not sorted by it');
    await hands.isSpoken('Associations is now column 2 of 6.');
    const { table, around, stored } = panel;
    await hands.close();
    await hands.open(table, around, { stored });
    await hands.showsHeads('Deal', 'Associations', 'Company', 'Labels', 'State', 'Source');
  });

  test('a drag that ends where it began, or is broken off, changes nothing', async () => {
    const panel = await hands.openState('complete');
    const { x, y } = (await head('Labels').boundingBox())!;
    await panel.page.mouse.move(x + 30, y + 10);
    await panel.page.mouse.down();
    await panel.page.mouse.move(x + 50, y + 10, { steps: 3 });
    await panel.page.mouse.up();
    await hands.showsHeads(...all);
    assert.equal(await panel.page.locator('.dropBefore, .dropBehind').count(), 0);
    await head('Labels').getByRole('button').click();
    await isSorted('labels+');
  });

  test('Alt or Ctrl+Shift and an arrow carry a column, and the active cell goes with it', async () => {
    await hands.openState('complete');
    await atHead(0, 'Alt+ArrowRight');
    await hands.showsHeads('Company', 'Deal', 'Labels', 'State', 'Associations', 'Source');
    await hands.isAt(1, 2);
    await hands.isSpoken('Deal is now column 2 of 6.');
    await hands.keys(
      'Control+Shift+ArrowRight',
      'Alt+ArrowRight',
      'Alt+ArrowRight',
      'Alt+ArrowRight',
      'Alt+ArrowRight',
    );
    await hands.showsHeads('Company', 'Labels', 'State', 'Associations', 'Source', 'Deal');
    await hands.isAt(1, 6);
    await hands.keys('Control+Shift+ArrowLeft');
    await hands.showsHeads('Company', 'Labels', 'State', 'Associations', 'Deal', 'Source');
  });

  test('one is hidden from its menu, and shown again from the list of columns', async () => {
    const panel = await hands.openState('complete');
    await atHead(2, 'Enter');
    await isSorted('labels+');
    await hands.keys('Shift+F10');
    await panel.page.getByRole('menuitem', { name: 'Hide Column' }).click();
    await hands.showsHeads('Deal', 'Company', 'State', 'Associations', 'Source');
    await hands.isSpoken('Labels is hidden.');
    await isSorted();
    await panel.page.getByRole('button', { name: 'Columns (1 hidden)' }).click();
    const list = panel.page.getByRole('dialog', { name: 'Columns' });
    await list.getByRole('checkbox', { name: 'Labels' }).check();
    await hands.showsHeads(...all);
    await hands.isSpoken('Labels is shown.');
  });

  test('the list is worked by keyboard alone', async () => {
    const panel = await hands.openState('complete');
    const press = panel.page.getByRole('button', { name: 'Columns…' });
    await press.focus();
    await hands.keys('Enter');
    const list = panel.page.getByRole('dialog', { name: 'Columns' });
    const focused = () => panel.page.evaluate(() => document.activeElement?.id);
    assert.equal(await focused(), 'column-record');
    await hands.keys('ArrowDown', ' ');
    await hands.showsHeads('Deal', 'Labels', 'State', 'Associations', 'Source');
    await hands.keys('ArrowDown', 'Alt+ArrowUp', 'Alt+ArrowUp');
    await hands.showsHeads('Labels', 'Deal', 'State', 'Associations', 'Source');
    assert.equal(await focused(), 'column-labels', 'the focus stays on the column');
    await hands.keys('Tab');
    assert.equal(await focused(), 'moveDown-labels', 'it cannot go further up');
    await hands.keys('Enter');
    await hands.showsHeads('Deal', 'Labels', 'State', 'Associations', 'Source');
    assert.equal(await focused(), 'moveDown-labels');
    await list.getByRole('button', { name: 'Reset Columns' }).press('Enter');
    await hands.showsHeads(...all);
    await hands.keys('Escape');
    assert.equal(await list.isVisible(), false);
    assert.equal(await press.evaluate((button) => button === document.activeElement), true);
  });

  test('the last column shown cannot be hidden', async () => {
    const panel = await hands.openState('complete');
    await panel.page.getByRole('button', { name: 'Columns…' }).click();
    const list = panel.page.getByRole('dialog', { name: 'Columns' });
    for (const name of all.slice(1)) await list.getByRole('checkbox', { name, exact: true }).uncheck();
    await hands.showsHeads('Deal');
    assert.equal(await list.getByRole('checkbox', { name: 'Deal' }).isDisabled(), true);
    await hands.keys('Escape');
    await head('Deal').click({ button: 'right' });
    assert.equal(await panel.page.getByRole('menuitem', { name: 'Hide Column' }).count(), 0);
    await panel.page.getByRole('menuitem', { name: 'Columns…' }).click();
    await list.getByRole('checkbox', { name: 'State' }).check();
    await hands.showsHeads('Deal', 'State');
  });

  test('the list is left by a click elsewhere', async () => {
    const panel = await hands.openState('complete');
    await panel.page.getByRole('button', { name: 'Columns…' }).click();
    await panel.page.getByRole('dialog').waitFor();
    await panel.page.locator('td.state').first().click();
    await panel.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});

describe('what a cell says', () => {
  test('how many associations a record has, and that there may be more', async () => {
    const panel = await hands.openState('incomplete');
    const truncated = panel.page.locator('tbody tr', { hasText: 'Truncated' }).first().locator('td.count');
    assert.equal(await truncated.innerText(), '1+');
    assert.equal(await truncated.evaluate((cell) => getComputedStyle(cell).textAlign), 'end');
    const rows = await panel.rows();
    assert.equal(rows.find((row) => row[3]?.startsWith('Failed'))?.[4], '', 'nothing is known');
    assert.equal(rows.find((row) => row[3] === 'No association')?.[4], '0');
  });

  test('what is still being read is not called truncated', async () => {
    const panel = await hands.openState('running');
    await panel.showsRows('one that is being read', (rows) => rows.some((row) => row[3] === 'Reading'));
    await panel.showsRows('those that wait', (rows) => rows.some((row) => row[3] === 'Waiting'));
    assert.ok((await panel.rows()).every((row) => row[3] !== 'Truncated'));
  });
});

describe('the width that a column has at first', () => {
  test('is enough for a day with its time, and less for other values', async () => {
    const shown: Omit<ShownProperty, 'key' | 'name' | 'head'> = {
      end: 'record',
      hasLabels: false,
      cellOf: (id) => ({ kind: 'value', text: 'Nov 26, 2024, 10:58 PM', value: id }),
      orderOf: () => undefined,
      whyText: () => '',
    };
    const properties: ShownProperty[] = [
      { ...shown, key: 'property:record:createdate', name: 'createdate', head: 'Create date', holds: 'moment' },
      { ...shown, key: 'property:record:dealname', name: 'dealname', head: 'Deal name' },
    ];
    const answer = madeAnswer([{ id: '17982944313' }]);
    const { page } = await hands.open(new AnswerTable(answer, { properties }), {}, { width: 700 });
    const cells = page.locator('td.property');
    const fits = (nth: number) => cells.nth(nth).evaluate((cell) => cell.scrollWidth <= cell.clientWidth);
    assert.equal(await cells.first().innerText(), 'Nov 26, 2024, 10:58 PM');
    assert.deepEqual([await fits(0), await fits(1)], [true, false]);
  });
});

describe('columns beside what is in sight', () => {
  test('have the texts of their rows as soon as those stand still, and when they are scrolled to', async () => {
    const panel = await hands.openState('properties', { width: 500, height: 400 });
    const { rows } = panel.table.window({ kind: 'rows', request: 1, first: 0, count: 200 });
    // What stands at the far end, in columns that have to be scrolled to: a property, and how many there are.
    const ends = new Map(
      rows.map(({ id, toId = '', values, count }) => {
        const domain = values?.['property:associated:domain'];
        return [`${id} ${toId}`, [domain?.kind === 'value' ? domain.text.trim() : 'Not allowed', String(count)]];
      }),
    );
    const scroller = panel.page.locator('.scroller');
    const fits = (shown: string[][]) =>
      shown.length > 5 &&
      shown.every(([id, toId, , , , domain, , count]) => {
        const end = ends.get(`${id} ${toId}`);
        return end?.[1] === count && (toId === '' || end?.[0] === domain);
      });
    // The row that has the focus is out of sight by then.
    await scroller.evaluate((element) => (element.scrollTop += 40 * 22));
    await panel.showsRows('rows further down, each with its place', (all) => fits(all) && all[0]![0] !== rows[0]!.id);
    await scroller.evaluate((element) => {
      element.scrollTop += 20 * 22;
      element.scrollLeft = element.scrollWidth;
    });
    await panel.showsRows('the same at the last column', (all) => fits(all) && all[0]![0] !== rows[0]!.id);
  });

  test('the tooltip of a long value says how long it is, within what a browser shows', async () => {
    const panel = await hands.openState('properties', { width: 1600 });
    const titles = () =>
      panel.page
        .locator('td.property .value')
        .evaluateAll((all) => all.map((each) => each.getAttribute('title') ?? ''));
    const long = await until(
      'the tooltip of the long value',
      async () => (await titles()).find((title) => title.includes('characters in all')),
      titles,
    );
    assert.ok(long.endsWith('\n\n1,020 characters in all. Copy the row to get the whole text.'), long);
    assert.ok(long.length < 1024, String(long.length));
  });
});

describe('a matrix', () => {
  test('shows its last row to the end, below headings that are higher than in other tables', async () => {
    const panel = await hands.openState('matrix', { width: 1000, height: 400 });
    await panel.page.getByRole('grid').focus();
    await hands.keys('Control+End');
    const row = panel.page.locator('tbody tr[aria-selected="true"]');
    const below = async () => {
      const [box, seen] = await Promise.all([row.boundingBox(), panel.page.locator('tbody').boundingBox()]);
      return box && seen ? box.y + box.height - (seen.y + seen.height) : undefined;
    };
    await until('the whole row is in sight', async () => ((await below()) ?? 1) <= 0.5, below);
  });

  test('offers to choose properties of its records, at its headings and in the list of columns', async () => {
    const panel = await hands.openState('matrixProperties');
    assert.deepEqual(
      (await panel.page.getByRole('columnheader').allInnerTexts()).slice(0, 4).map((text) => text.split('\n')[0]),
      ['Deal', 'Amount', 'Deal stage', 'Contacts'],
    );
    await panel.page.getByRole('columnheader').nth(1).click({ button: 'right' });
    await panel.page.getByRole('menuitem', { name: 'Choose Properties…' }).click();
    assert.deepEqual(await panel.heardKind('action'), { kind: 'action', action: 'chooseProperties' });
  });
});
