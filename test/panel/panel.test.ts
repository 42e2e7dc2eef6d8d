import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnswerTable } from '../../src/core/rows/answerTable.ts';
import type { FromPage } from '../../src/core/treaty/panelMessages.ts';
import type { RowsRequest } from '../../src/core/treaty/panelRows.ts';
import { firstView } from '../../src/core/treaty/panelView.ts';
import { largeAnswer, learn, madeAnswer, plain, primary } from '../core/madeAnswer.ts';
import { until } from '../host/until.ts';
import { PanelHands } from './panelHands.ts';
import type { PanelPage } from './panelPage.ts';
import { panelStates } from './panelStates.ts';

const hands = new PanelHands();
let panel: PanelPage;

const open = async (...given: Parameters<PanelHands['open']>) => {
  panel = await hands.open(...given);
};
const openState = async (...given: Parameters<PanelHands['openState']>) => {
  panel = await hands.openState(...given);
};
const active = () => hands.active();
const isAt = (row: number, column: number) => hands.isAt(row, column);
const keys = (...names: string[]) => hands.keys(...names);
const asked = (what: Omit<Extract<FromPage, { kind: 'rowAction' }>, 'kind'>) => {
  const last = () => panel.heard.findLast(({ kind }) => kind === 'rowAction');
  const wanted = JSON.stringify({ kind: 'rowAction', ...what });
  return until(`${what.action} is asked for`, () => JSON.stringify(last()) === wanted, last);
};
const chip = (name: RegExp, pressed?: boolean) =>
  panel.page.getByRole('toolbar').getByRole('button', { name, ...(pressed !== undefined && { pressed }) });

describe('summary', () => {
  test('asked is the sum, and incomplete is said in words', async () => {
    await openState('incomplete');
    const text = ((await panel.page.locator('.summary').textContent()) ?? '').replace(/\s+/g, ' ');
    assert.match(text, /312 asked = 281 found \+ 28 none \+ 1 failed \+ 2 not read/);
    assert.match(text, /Incomplete/);
    assert.match(text, /Acme \(Production\)/);
    assert.match(text, /2026-09/);
    assert.match(text, /375 associations/);
    assert.match(text, /4 calls/);
    assert.match(text, /1\.1 s/);
    assert.match(text, /1 record may have more associations than were read/);
  });

  test('complete is said in words', async () => {
    await openState('complete');
    assert.equal(await panel.page.locator('.badge').textContent(), 'Complete');
    await open(new AnswerTable(madeAnswer([{ id: '1', to: [{ toId: '2', types: [primary] }] }])));
    assert.equal(await panel.page.locator('.badge').textContent(), 'Complete for primary companies (v3)');
  });

  test('a primary association is called what HubSpot calls it', async () => {
    const types = [{ category: 'HUBSPOT_DEFINED', typeId: 2, label: 'Contact with Primary Company' }];
    const answer = madeAnswer([{ id: '1', to: [{ toId: '2', types }] }], { from: 'companies', to: 'contacts' });
    await open(new AnswerTable(answer));
    await panel.showsRows('the label', (rows) => rows[0]?.[2] === 'Contact with Primary Company');
    const right = async (selector: string) => {
      const { x, width } = (await panel.page.locator(selector).first().boundingBox())!;
      return x + width;
    };
    await panel.page.setViewportSize({ width: 640, height: 600 });
    assert.ok((await right('td .label')) <= (await right('td:has(.label)')), 'it ends in its own column');
    const overflow = await panel.page.locator('td:has(.label)').evaluate((cell) => cell.scrollWidth - cell.clientWidth);
    assert.equal(overflow, 0, 'nothing is cut off behind it');
  });

  test('a wait counts down by itself, and Cancel cancels', async () => {
    await openState('waiting');
    const line = panel.page.locator('.summary .progress');
    const left = async () => Number(/Continuing in (\d+) s/.exec((await line.textContent()) ?? '')?.[1]);
    const first = await left();
    await until('it counts down', async () => (await left()) < first, left);
    await line.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await panel.heardKind('action'), { kind: 'action', action: 'cancel' });
  });

  test('a paused look-up offers Resume, and a notice its one action', async () => {
    await openState('paused');
    await panel.page.getByRole('button', { name: 'Enter New Token' }).click();
    assert.deepEqual(await panel.heardKind('action'), { kind: 'action', action: 'enterToken' });
    await panel.page.getByRole('button', { name: 'Resume' }).click();
    await until('Resume is heard', () =>
      panel.heard.some((each) => each.kind === 'action' && each.action === 'resume'),
    );
    assert.equal(await panel.page.getByText('INVALID_AUTHENTICATION').isVisible(), false);
    await panel.page.getByRole('button', { name: 'Details' }).click();
    await panel.page.getByText('INVALID_AUTHENTICATION').waitFor();
    await panel.push({ notices: [...panel.around.notices, { id: 'more', severity: 'info', sentence: 'More.' }] });
    await panel.page.getByText('More.').waitFor();
    assert.equal(await panel.page.getByText('INVALID_AUTHENTICATION').isVisible(), true, 'details stay open');
  });

  test('a translated page says what the host gave it', async () => {
    await open(new AnswerTable(madeAnswer([{ id: '1' }], { apiVersion: '2026-09' })), {
      words: { none: 'ohne', complete: 'Vollständig', rowOne: '{0} Zeile' },
    });
    await panel.page.getByText('1 Zeile').first().waitFor();
    assert.match((await panel.page.locator('.summary').textContent()) ?? '', /Vollständig[\s\S]*1 ohne/);
  });
});

describe('table', () => {
  test('shows what the answer holds', async () => {
    await openState('incomplete');
    const rows = await panel.rows();
    assert.deepEqual(rows[0], ['17982944313', '17496863841', 'Primary', 'Found', '2', 'deals-export.csv:2']);
    assert.deepEqual(rows[3], [
      '17982944387',
      '',
      '',
      'FailedThe record id is not valid for this object type.',
      '',
      'deals-export.csv:4',
    ]);
    const grid = panel.page.getByRole('grid');
    assert.equal(await grid.getAttribute('aria-rowcount'), '407', 'every row and the heading');
    assert.equal(await grid.getAttribute('aria-colcount'), '6');
  });

  test('typing narrows it, a chip narrows it further, and one press shows all again', async () => {
    await openState('complete');
    const filter = panel.page.getByRole('textbox');
    await filter.fill('billing');
    await panel.showsRows(
      'the rows with the label',
      (rows) => rows.length > 0 && rows.every((row) => row[2]?.includes('Billing')),
    );
    assert.equal((await panel.heardKind('view')).view.filter, 'billing');
    await chip(/^No association/).click();
    await panel.page.getByText('No row matches the filter.').waitFor();
    assert.deepEqual(await chip(/./, true).allTextContents(), ['No association 28']);
    await panel.page.getByRole('button', { name: 'Show All Rows' }).click();
    await panel.showsRows('all rows', (rows) => rows[0]?.[0] === '17982944313');
    assert.equal(await filter.inputValue(), '');
    await until(
      'the count is spoken',
      async () => (await panel.page.getByRole('status').textContent()) === '407 of 407 rows',
    );
  });

  test('a key that ends a composition of characters leaves the filter where it is', async () => {
    await openState('complete');
    const box = panel.page.getByRole('textbox');
    await box.fill('17');
    for (const key of ['Enter', 'ArrowDown', 'Escape']) {
      await box.evaluate((input, pressed) => {
        input.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, isComposing: true, bubbles: true }));
      }, key);
    }
    const isThere = (input: HTMLInputElement | SVGElement | HTMLElement) => input === document.activeElement;
    assert.deepEqual([await box.inputValue(), await box.evaluate(isThere)], ['17', true]);
  });

  test('a filter says how many names it could not search, where the rows would be when there are none', async () => {
    await openState('names');
    const notRead = panel.page.locator('.namesNotRead');
    assert.equal(await notRead.isVisible(), false);
    await panel.page.getByRole('textbox').fill('renewal');
    await panel.push({ namesNotRead: 301 });
    await panel.page.locator('footer').getByText('301 names not read').waitFor();
    await panel.page.getByRole('textbox').fill('nobody of that name');
    await panel.page.getByText('No row matches the filter.').waitFor();
    await panel.page.locator('.empty').getByText('301 names not read').waitFor();
    await panel.page.setViewportSize({ width: 350, height: 300 });
    const showAll = (await panel.page.getByRole('button', { name: 'Show All Rows' }).boundingBox())!;
    const footer = (await panel.page.locator('footer').boundingBox())!;
    assert.ok(showAll.y + showAll.height <= footer.y, `${showAll.y + showAll.height} of ${footer.y}`);
    await panel.page.getByRole('button', { name: 'Read Them' }).click();
    assert.deepEqual(await panel.heardKind('action'), { kind: 'action', action: 'readNames' });
    await panel.push({ names: 'reading', namesNotRead: 1 });
    await panel.page.getByText('1 name not read').waitFor();
    assert.equal(await panel.page.getByRole('button', { name: 'Read Them' }).isVisible(), false, 'they are being read');
    await panel.push({ names: 'on' });
    await panel.page.getByRole('button', { name: 'Read It', exact: true }).waitFor();
    await panel.push({ namesNotRead: 0 });
    await notRead.waitFor({ state: 'hidden' });
  });

  test('a filter says of how many records it does not know whether they exist, also beside names', async () => {
    await openState('names');
    await panel.page.getByRole('textbox').fill('archived');
    await panel.push({ existenceNotRead: 12 });
    await panel.page.locator('footer, .empty').getByText('12 records not checked').waitFor();
    await panel.page.getByRole('button', { name: 'Read Them' }).click();
    assert.deepEqual(await panel.heardKind('action'), { kind: 'action', action: 'checkExistence' });
    await panel.push({ namesNotRead: 2, existenceNotRead: 1 });
    await panel.page.getByText('2 names not read').waitFor();
    await panel.page.getByText('1 record not checked').waitFor();
    await panel.push({ valuesNotRead: 3 });
    const ends = await panel.page
      .locator('.notRead > :not([hidden])')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect()).map(({ left, right }) => [left, right]));
    assert.equal(ends.length, 3);
    for (const at of [1, 2]) assert.ok(ends[at]![0]! - ends[at - 1]![1]! >= 12, 'they stand apart');
    await panel.push({ valuesNotRead: 0 });
    await panel.push({ namesNotRead: 0, existenceNotRead: 0 });
    for (const words of ['name', 'record']) {
      await panel.page.getByText(new RegExp(`\\d ${words}s? not`)).waitFor({ state: 'hidden' });
    }
  });

  test("a filter that may be a name is not remembered on disk, and is the host's to give back", async () => {
    const remembered = () => JSON.stringify(panel.stored);
    await openState('complete');
    const filter = panel.page.getByRole('textbox');
    await filter.fill('billing');
    await until('it is remembered', () => remembered().includes('billing'), remembered);
    await panel.push({ names: 'on' });
    await until('it is forgotten as names are shown', () => !remembered().includes('billing'), remembered);
    await filter.fill('globex');
    await panel.page.getByText('No row matches the filter.').waitFor();
    await panel.push({ names: 'off' });
    await panel.page.getByRole('button', { name: 'Names', pressed: false }).waitFor();
    await chip(/^No association/).click();
    await until('the chip is remembered', () => remembered().includes('"none"'), remembered);
    assert.ok(!remembered().includes('globex'), 'nor once they are shown no longer');
    const { stored, table } = panel;
    assert.equal(table.view.filter, 'globex');
    await hands.close();
    await open(table, { names: 'on' }, { stored });
    await until('the filter is back', async () => (await panel.page.getByRole('textbox').inputValue()) === 'globex');
    assert.ok(!remembered().includes('globex'), 'and still not remembered');
    await panel.page.getByRole('textbox').fill('');
    await until('an empty one may be', () => remembered().includes('"filter":""'), remembered);
  });

  test('a filter that the host had from a page before is not remembered either, as when a removed lookup is brought back', async () => {
    const { table, around } = panelStates.complete!();
    table.setView({ ...table.view, filter: 'globex' });
    table.arrange();
    await open(table, around);
    const remembered = () => JSON.stringify(panel.stored);
    const filter = panel.page.getByRole('textbox');
    await until('the filter is there', async () => (await filter.inputValue()) === 'globex');
    await panel.page.getByRole('columnheader', { name: 'State' }).getByRole('button').click();
    await until('the order is remembered', () => remembered().includes('"state"'), remembered);
    assert.ok(!remembered().includes('globex'), remembered());
  });

  test('no row that a filter leaves out stands in its rows while those are on their way', async () => {
    await openState('complete');
    await panel.showsRows('all rows', (rows) => rows[0]?.[0] === '17982944313');
    panel.heldRows = [];
    await panel.page.getByRole('textbox').fill('billing');
    await until('the rows are asked for', async () => panel.heldRows?.length === 1);
    const rows = await panel.rows();
    assert.ok(rows.length > 0);
    assert.deepEqual([...new Set(rows.map(([id]) => id))], ['…']);
    assert.ok(!rows.flat().includes('Found'), 'nothing is said of what has not come');
    await panel.releaseRows();
    await panel.showsRows('the rows with the label', (all) => all.every((row) => row[2]?.includes('Billing')));
  });

  test('a heading sorts up, down, and back to the order asked', async () => {
    await openState('complete');
    const heading = panel.page.getByRole('columnheader', { name: 'Company' });
    await heading.getByRole('button').click();
    await panel.showsRows('ascending', (rows) => rows[0]?.[1] === '17496863841');
    assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
    await heading.getByRole('button').click();
    await panel.showsRows('descending', (rows) => rows[0]?.[1] === String(17_496_863_841 + 311 * 113));
    assert.equal(await heading.getAttribute('aria-sort'), 'descending');
    await heading.getByRole('button').click();
    await panel.showsRows('as asked', (rows) => rows[4]?.[1] === '17496864180');
    assert.equal(await heading.getAttribute('aria-sort'), 'none');
  });

  test('an edge is dragged, kept, and set back by a double click', async () => {
    await openState('complete');
    const heading = panel.page.getByRole('columnheader', { name: 'Deal' });
    const before = (await heading.boundingBox())!;
    await panel.page.mouse.move(before.x + before.width - 3, before.y + 10);
    await panel.page.mouse.down();
    await panel.page.mouse.move(before.x + before.width + 57, before.y + 10, { steps: 4 });
    await panel.page.mouse.up();
    const heard = () => panel.heard.findLast(({ kind }) => kind === 'view');
    await until(
      'the width is kept',
      () => {
        const message = heard();
        const width = message?.kind === 'view' && message.view.columns.find(({ key }) => key === 'record')?.width;
        return width === Math.round(before.width) + 60;
      },
      heard,
    );
    const wide = (await heading.boundingBox())!;
    assert.ok(Math.abs(wide.width - before.width - 60) < 2);
    await panel.page.mouse.dblclick(wide.x + wide.width - 3, wide.y + 10);
    await until('it is as before', async () => Math.abs((await heading.boundingBox())!.width - before.width) < 2);
  });

  test('its place, filter and widths come back after a reload', async () => {
    const view = {
      ...firstView,
      filter: 'primary',
      sort: [{ column: 'record', descending: true }],
      place: 100,
      columns: [{ key: 'record', width: 222 }],
    };
    const { table, around } = panelStates.complete!();
    await open(table, around, { stored: { view, lookUp: 7 } });
    await panel.showsRows(
      'the row it was left at',
      (rows) => rows[0]?.[0] !== undefined && !['', '…'].includes(rows[0][0]),
    );
    const first = table.window({ kind: 'rows', request: 1, first: 100, count: 1 }).rows[0]!;
    assert.equal((await panel.rows())[0]?.[0], first.id);
    assert.equal(await panel.page.getByRole('textbox').inputValue(), 'primary');
    assert.equal(Math.round((await panel.page.getByRole('columnheader', { name: 'Deal' }).boundingBox())!.width), 222);
  });

  test('nonsense that was stored is forgotten', async () => {
    const { table, around } = panelStates.complete!();
    await open(table, around, { stored: { view: { filter: 7, place: -1 } } });
    await panel.showsRows('the first rows', (rows) => rows[0]?.[0] === '17982944313');
  });

  test('nothing that a label or name holds becomes markup', async () => {
    await openState('hostile');
    assert.equal(await panel.page.locator('img, b:not(.count b)').count(), 0);
    const longest = await panel.page.evaluate(() => document.body.textContent?.length ?? 0);
    assert.ok(longest < 5_000, `${longest} characters`);
    assert.equal(await panel.page.locator('td.record .id').first().textContent(), '9223372036854775807');
  });

  test('messages that do not fit change nothing', async () => {
    await openState('complete');
    const before = await panel.page.locator('main').textContent();
    for (const message of [
      { kind: 'state', title: 5 },
      { kind: 'rows', request: 1, revision: 1, first: 0, rows: [{}] },
      { kind: 'other' },
    ])
      await panel.send(message);
    await panel.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    assert.equal(await panel.page.locator('main').textContent(), before);
  });

  test('an associated record that is gone says how, with its name where it has one', async () => {
    const to = ['7', '8', '9'].map((toId) => ({ toId, types: [plain] }));
    await open(
      new AnswerTable(madeAnswer([{ id: '1', to }]), {
        nameOf: (end, id) => (end === 'record' || id === '7' ? 'Acme' : undefined),
        existenceOf: (_, id) =>
          id === '7' ? { kind: 'archived' } : id === '8' ? { kind: 'merged', into: '12' } : { kind: 'exists' },
      }),
    );
    await panel.showsRows('all three', (rows) => rows.length === 3);
    assert.deepEqual(await panel.page.locator('td.associated').allTextContents(), [
      '7 Acme · Archived',
      '8 Merged into 12',
      '9',
    ]);
  });

  test('a resumed look-up shows the rows of its new answer', async () => {
    await open(new AnswerTable(madeAnswer([{ id: '1', state: 'notRead' }])));
    await panel.showsRows('what is known', (rows) => rows[0]?.[3] === 'Not read');
    panel.table = new AnswerTable(madeAnswer([{ id: '1', to: [{ toId: '2', types: [plain] }] }]));
    await panel.push();
    await panel.showsRows('what is known now', (rows) => rows[0]?.[1] === '2');
  });

  test('rows that stream in leave the row under the eyes where it is', async () => {
    const ids = Array.from({ length: 400 }, (_, at) => String(1000 + at));
    const answer = madeAnswer(ids.map((id) => ({ id, state: 'notRead' as const })));
    await open(new AnswerTable(answer), { progress: { kind: 'running', done: 0, of: 4 } });
    await panel.showsRows('rows that wait', (rows) => rows[0]?.[3] === 'Waiting');
    await panel.page.getByRole('grid').focus();
    await keys('Control+End', 'ArrowUp');
    await isAt(400, 1);
    const place = async () => (await panel.page.locator('tr.active').boundingBox())?.y;
    const before = await place();
    for (let at = 0; at < 100; at++)
      learn(answer, { id: ids[at]!, to: [1, 2, 3].map((nth) => ({ toId: String(at * 10 + nth), types: [plain] })) });
    await panel.push({ progress: { kind: 'running', done: 1, of: 4 } });
    await isAt(600, 1);
    await until('it is the same row', async () => (await active())?.text === '1398', active);
    await until('it is where it was', async () => (await place()) === before, place);
  });
});

describe('keyboard', () => {
  test('the table is one tab stop, and arrows move in it', async () => {
    await openState('complete');
    await panel.page.getByRole('button', { name: 'Export…' }).focus();
    await keys('Tab');
    await isAt(2, 1);
    await keys('ArrowDown', 'ArrowRight');
    await isAt(3, 2);
    await keys('End');
    await isAt(3, 6);
    await keys('Home');
    await isAt(3, 1);
    await keys('Control+End');
    await isAt(408, 1);
    await keys('Control+Home');
    await isAt(2, 1);
    await keys('PageDown');
    await until('a page further', async () => ((await active())?.row ?? 0) > 10);
    await keys('PageUp');
    await isAt(2, 1);
    await keys('ArrowUp');
    await isAt(1, 1);
    await keys('ArrowUp', 'ArrowLeft');
    await isAt(1, 1);
    await keys('Tab');
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.closest('.scroller')),
      null,
      'the next Tab leaves it',
    );
    await keys('Shift+Tab');
    await isAt(1, 1);
  });

  test('the active cell is always on the screen', async () => {
    await openState('complete', { width: 420 });
    await panel.page.getByRole('grid').focus();
    const inSight = () =>
      panel.page.evaluate(() => {
        const scroller = document.querySelector('.scroller')!.getBoundingClientRect();
        const cell = document.querySelector('td.active, th.active')!.getBoundingClientRect();
        const head = document.querySelector('thead')!.getBoundingClientRect();
        return (
          cell.left >= scroller.left - 1 &&
          cell.right <= scroller.right + 1 &&
          cell.bottom <= scroller.bottom + 1 &&
          (cell.top >= head.bottom - 1 || cell.top >= head.top - 1)
        );
      });
    for (const key of ['End', 'Control+End', 'Home', 'PageUp', 'Control+Home', 'End', 'ArrowUp', 'Home']) {
      await keys(key);
      await until(`the cell is in sight after ${key}`, inSight);
    }
  });

  test('Enter sorts on a heading and acts on a row; Shift and arrows change a width', async () => {
    await openState('complete');
    await panel.page.getByRole('grid').focus();
    await keys('ArrowUp', 'ArrowRight', 'Enter', 'Enter');
    await panel.showsRows('descending', (rows) => rows[0]?.[1] === String(17_496_863_841 + 311 * 113));
    await isAt(1, 2);
    const heading = panel.page.getByRole('columnheader', { name: 'Company' });
    const before = (await heading.boundingBox())!.width;
    await keys('Shift+ArrowRight');
    await until('it is wider', async () => (await heading.boundingBox())!.width >= before + 15);
    await keys('ArrowDown', 'Enter');
    await asked({ action: 'openRecord', row: { record: 311, nth: 0 } });
    await keys('Home', 'Enter');
    await asked({ action: 'openRecord', row: { record: 311 } });
    await keys('End', 'Enter');
    await asked({ action: 'goToLine', row: { record: 311 } });
  });

  test('a double click does what Enter does, and a place is a link', async () => {
    await openState('complete');
    await panel.page.locator('td.associated').nth(1).dblclick();
    await asked({ action: 'openRecord', row: { record: 0, nth: 1 } });
    await panel.page.locator('td.source .file').nth(2).click();
    await asked({ action: 'goToLine', row: { record: 1 } });
    await panel.page.getByRole('columnheader', { name: 'State' }).getByRole('button').dblclick();
    const count = panel.heard.filter(({ kind }) => kind === 'rowAction').length;
    assert.equal(count, 2, 'a heading is no row');
  });

  test('Shift+F10 opens what can be done with a row, and Escape gives the focus back', async () => {
    await openState('complete');
    await panel.page.getByRole('grid').focus();
    await keys('ArrowDown', 'Shift+F10');
    const menu = panel.page.getByRole('menu');
    await menu.waitFor();
    assert.deepEqual(await menu.locator('.title').allInnerTexts(), [
      'Open Record in HubSpot',
      'Open Associated Record in HubSpot',
      'Look Up Its Associations…',
      'Everything About This Record',
      'Go to Line',
      'Copy Rows',
      'Copy Rows With Headings',
      'Copy Rows for Spreadsheets',
      'Copy Record ID',
      'Copy Associated Record ID',
      'Show or Hide Names',
      'Export…',
      'Copy Request as cURL',
      'Open Request as .http',
      "Show HubSpot's Answer as JSON",
    ]);
    assert.equal(await menu.getByRole('menuitem').first().getAttribute('aria-keyshortcuts'), 'Enter');
    await keys('Escape');
    await isAt(3, 1);
    await keys('ContextMenu', 'ArrowDown', 'ArrowDown', 'Enter');
    await asked({ action: 'addHop', row: { record: 0 } });
    await keys('ContextMenu', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await asked({ action: 'goToLine', row: { record: 0 } });
    await isAt(3, 1);
    assert.equal(await menu.isVisible(), false);
  });

  test('rows are marked with Shift and copied; Control+A takes all', async () => {
    await openState('complete');
    await panel.page.getByRole('grid').focus();
    await keys('ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    const marked = () => panel.page.locator('tr[aria-selected="true"]').count();
    await until('three rows are marked', async () => (await marked()) === 3, marked);
    await keys('Control+C');
    assert.deepEqual(await panel.heardKind('copy'), {
      kind: 'copy',
      rows: { all: false, from: { record: 0, nth: 1 }, to: { record: 2, nth: 0 } },
    });
    await keys('Shift+F10');
    await panel.page.getByRole('menuitem', { name: 'Copy Rows for Spreadsheets' }).click();
    await until('they are copied for spreadsheets', () =>
      panel.heard.some((each) => each.kind === 'copy' && each.heads === true && each.spreadsheet === true),
    );
    await keys('Control+A', 'Control+C');
    await until('all are copied', () => panel.heard.some((each) => each.kind === 'copy' && each.rows.all));
    await keys('Escape');
    await until('one row is marked', async () => (await marked()) === 1, marked);
  });

  test('where nothing moves by wish, nothing moves', async () => {
    await openState('running', { reducedMotion: true });
    assert.equal(
      await panel.page.locator('.badge .glyph').evaluate((glyph) => getComputedStyle(glyph).animationName),
      'none',
    );
  });
});

describe('a million rows', () => {
  const answer = largeAnswer(204_000, 5);

  test('first and last are reached, each under its number', async () => {
    const table = new AnswerTable(answer);
    const total = table.facts().rows;
    assert.ok(total > 1_000_000);
    await open(table);
    await panel.showsRows('the first rows', (rows) => rows[0]?.[0] === answer.recordId(0));
    await panel.page.getByRole('grid').focus();
    await keys('Control+End');
    await isAt(total + 1, 1);
    await panel.showsRows('the last row', (rows) => rows.at(-1)?.[0] === answer.recordId(answer.counts.asked - 1));
    await keys('ArrowUp', 'ArrowUp');
    await isAt(total - 1, 1);
    await keys('Control+Home');
    await isAt(2, 1);
  });

  test('the wheel moves by pixels although the bar stands for more', async () => {
    await open(new AnswerTable(answer));
    await panel.showsRows('the first rows', (rows) => rows[0]?.[0] === answer.recordId(0));
    const box = (await panel.page.locator('.scroller').boundingBox())!;
    await panel.page.mouse.move(box.x + 100, box.y + 100);
    await panel.page.mouse.wheel(0, 220);
    await until(
      'ten rows further',
      async () => (await panel.page.locator('tbody tr').first().getAttribute('aria-rowindex')) === '12',
    );
  });

  test('scrolling by parts of rows makes no row and takes none away', async () => {
    await open(new AnswerTable(answer));
    await panel.showsRows('the first rows', (rows) => rows[0]?.[0] === answer.recordId(0));
    const changed = await panel.page.locator('tbody').evaluate(async (body) => {
      let count = 0;
      new MutationObserver((changes) => {
        count += changes.length;
      }).observe(body, { childList: true });
      for (let step = 0; step < 12; step++) {
        document.querySelector('.scroller')!.scrollTop += 3;
        for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return { count, isScrolled: document.querySelector('.scroller')!.scrollTop > 0 };
    });
    assert.deepEqual(changed, { count: 0, isScrolled: true });
  });

  test('the bar reaches every part of it', async () => {
    const table = new AnswerTable(answer);
    const total = table.facts().rows;
    await open(table);
    await panel.showsRows('the first rows', (rows) => rows[0]?.[0] === answer.recordId(0));
    for (const share of [0.5, 0.25, 1, 0]) {
      await panel.page.locator('.scroller').evaluate((scroller, part) => {
        scroller.scrollTop = part * (scroller.scrollHeight - scroller.clientHeight);
      }, share);
      await until(
        `the rows at ${share} are there`,
        async () => {
          const [first] = await panel.rows();
          const at = Number(await panel.page.locator('tbody tr').first().getAttribute('aria-rowindex')) - 2;
          const wanted = Math.round(share * (total - 20));
          return (
            Math.abs(at - wanted) < 10 &&
            first?.[0] === table.window({ kind: 'rows', request: 0, first: at, count: 1 }).rows[0]?.id
          );
        },
        () => panel.rows(),
      );
    }
  });

  test('what is marked is copied also where it is far out of sight', async () => {
    await open(new AnswerTable(answer));
    await panel.showsRows('the first rows', (rows) => rows[0]?.[0] === answer.recordId(0));
    await panel.page.getByRole('grid').focus();
    await keys('ArrowDown', 'ArrowDown');
    await isAt(4, 1);
    await panel.page.locator('.scroller').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight / 2;
    });
    await panel.showsRows('others', (rows) => Number(rows[0]?.[0]) > Number(answer.recordId(1000)));
    const from = { record: 0, nth: 2 };
    await keys('Control+C');
    assert.deepEqual((await panel.heardKind('copy')).rows, { all: false, from, to: from });
    await panel.page
      .locator('tbody td')
      .first()
      .click({ modifiers: ['Shift'] });
    await keys('Control+C');
    const copied = () => panel.heard.findLast((each) => each.kind === 'copy')?.rows;
    await until(
      'all from there are copied',
      () => {
        const rows = copied();
        return rows?.all === false && rows.from.nth === 2 && rows.from.record === 0 && rows.to.record > 1000;
      },
      copied,
    );
  });

  /** A table, and what its rows were asked for with. */
  function watched() {
    const table = new AnswerTable(answer);
    const asked: RowsRequest[] = [];
    const window = table.window.bind(table);
    table.window = (request) => {
      asked.push(request);
      return window(request);
    };
    return { table, asked };
  }

  test('scrolling asks only for rows that are not held, and shows each in its place', async () => {
    const { table, asked } = watched();
    await open(table);
    await panel.showsRows('the first rows', (rows) => rows[0]?.[0] === answer.recordId(0));
    const box = (await panel.page.locator('.scroller').boundingBox())!;
    await panel.page.mouse.move(box.x + 100, box.y + 100);
    const steps = [...Array<number>(20).fill(1), ...Array<number>(20).fill(-1)];
    let first = 0;
    for (const by of steps) {
      first += 20 * by;
      await panel.page.mouse.wheel(0, 20 * 22 * by);
      const { rows } = table.window({ kind: 'rows', request: 0, first, count: 20 });
      asked.pop();
      const wanted = rows.map(({ id, toId = '' }) => `${id} ${toId}`).join();
      await panel.showsRows(
        `the rows from ${first}`,
        (shown) =>
          shown
            .slice(0, 20)
            .map(([id, toId]) => `${id} ${toId}`)
            .join() === wanted,
      );
    }
    const seen = asked.reduce((sum, { count }) => sum + count, 0);
    // Down to row 430 and up again: the rows gone by are asked for once more, none that is held.
    assert.ok(seen < 1_000, `${seen} rows were asked for`);
  });

  test('it is sorted and filtered, and the page never holds more than a window', async () => {
    const { table, asked } = watched();
    await open(table);
    await panel.page.getByRole('columnheader', { name: 'Associated record' }).getByRole('button').click();
    await panel.showsRows(
      'sorted rows',
      (rows) =>
        rows.length > 5 &&
        rows.every((row) => row[0] !== '…') &&
        rows.every((row, at) => at === 0 || Number(row[1]) >= Number(rows[at - 1]![1])),
    );
    await panel.page.getByRole('textbox').fill('9000');
    await panel.showsRows(
      'filtered rows',
      (rows) => rows.length > 5 && rows.every((row) => /9000/.test(`${row[0]} ${row[1]}`)),
    );
    assert.ok(asked.every(({ count }) => count <= 200));
    assert.ok((await panel.page.locator('tbody tr').count()) < 60);
  });
});
