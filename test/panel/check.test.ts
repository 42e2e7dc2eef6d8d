/** A check in the panel's page: the second equation, verdicts, and the lines of pairs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Check } from '../../src/core/expectation/check.ts';
import { AnswerTable } from '../../src/core/rows/answerTable.ts';
import { madePairs } from '../core/expectation/madePairs.ts';
import { billing, learn, madeAnswer, plain, primary } from '../core/madeAnswer.ts';
import { until } from '../host/until.ts';
import { PanelHands } from './panelHands.ts';

const hands = new PanelHands();
const ends = { from: 'Deal', to: 'Company' };

/** The pairs of five lines: one of each kind that a file can hold, and one that is read later. */
function made() {
  const answer = madeAnswer(
    [
      {
        id: '101',
        to: [
          { toId: '71', types: [plain, primary] },
          { toId: '72', types: [plain, billing] },
        ],
      },
      { id: '102', to: [{ toId: '79', types: [plain] }] },
      { id: '103', state: 'notRead' },
    ],
    { apiVersion: '2026-09' },
  );
  const check = new Check(
    answer,
    madePairs([
      ['101', ['71']],
      ['101', ['72'], ['Champion']],
      ['102', ['73', '74']],
      ['103', ['71']],
      ['101', ['71']],
      ['104', ['71']],
    ]),
  );
  check.learn('to', '74', { kind: 'archived' });
  const lineText = (line: number) => `pairs.csv:${line + 1}`;
  return { answer, check, context: { ends, check, lineText } };
}

const sum = async () => ((await hands.panel.page.locator('.check').textContent()) ?? '').replace(/\s+/g, ' ').trim();
const says = (what: RegExp) => until(`the sum is ${what}`, async () => what.test(await sum()), sum);
const cells = async (column: number) => (await hands.panel.rows()).map((row) => row[column]);
const lastAction = () => hands.panel.heard.findLast(({ kind }) => kind === 'rowAction');
const asked = (what: object) => {
  const wanted = JSON.stringify({ kind: 'rowAction', ...what });
  return until(`${wanted} is asked for`, () => JSON.stringify(lastAction()) === wanted, lastAction);
};

test('the second equation stands under the first, and goes on as more is known', async () => {
  const { answer, check, context } = made();
  let running = true;
  const table = new AnswerTable(answer, { ...context, isRunning: () => running });
  const panel = await hands.open(table, { progress: { kind: 'running', done: 1, of: 2 } });
  await says(
    /^6 expected = 1 confirmed \+ 1 label differs \+ 1 missing \+ 1 no such record \+ 2 not yet at least 1 unexpected$/,
  );
  assert.deepEqual((await cells(2)).slice(-2), ['Not yet', 'Cannot tellDeal 104 was not looked up']);
  learn(answer, { id: '103', to: [{ toId: '71', types: [plain] }] });
  running = false;
  await panel.push({ progress: { kind: 'idle' } });
  await says(
    /^6 expected = 2 confirmed \+ 1 label differs \+ 1 missing \+ 1 no such record \+ 1 cannot tell 1 unexpected$/,
  );
  const spoken = panel.page.locator('.spoken');
  const sentence =
    '6 expected, 2 confirmed, 1 label differs, 1 missing, 1 no such record, 1 cannot tell, 1 unexpected.';
  await until(
    'the end is told with the sum',
    async () => (await spoken.textContent())?.endsWith(sentence) === true,
    () => spoken.textContent(),
  );
  check.learn('to', '73', { kind: 'missing' });
  await panel.push();
  await says(/0 missing \+ 2 no such record/);
});

test('each row says in words how its pair turned out, and why', async () => {
  const { answer, context } = made();
  const panel = await hands.open(new AnswerTable(answer, context), {}, { width: 1400 });
  const heads = await panel.page.getByRole('columnheader').allTextContents();
  assert.deepEqual(
    heads.map((head) => head.trim()),
    ['Deal', 'Company', 'Verdict', 'Labels', 'Expected label', 'Source', 'State', 'Associations'],
  );
  assert.deepEqual(await cells(2), [
    'Confirmed',
    'Label differshas Billing contact, expected Champion',
    'Unexpected',
    'Missingnot checked whether both records exist',
    'No such recordCompany 74 is archived',
    'Cannot tellNot read',
    'Cannot tellDeal 104 was not looked up',
  ]);
  assert.deepEqual(await cells(4), ['', 'Champion', '', '', '', '', '']);
  assert.deepEqual(await cells(5), [
    'pairs.csv:1, 5',
    'pairs.csv:2',
    '',
    ...[3, 3, 4, 6].map((at) => `pairs.csv:${at}`),
  ]);
  assert.deepEqual(await cells(6), ['Found', 'Found', 'Found', 'Found', 'Found', 'Not read', 'Not asked']);
});

test('chips of verdicts go together, with one another and with the others', async () => {
  const { answer, context } = made();
  const panel = await hands.open(new AnswerTable(answer, context));
  const chip = (name: RegExp) => panel.page.getByRole('toolbar').getByRole('button', { name });
  await chip(/^Missing 1$/).click();
  await chip(/^Label differs 1$/).click();
  await panel.showsRows('two of them', (rows) => rows.map(([, to]) => to).join() === '72,73');
  await chip(/^Billing contact 1$/).click();
  await panel.showsRows('one of them', (rows) => rows.map(([, to]) => to).join() === '72');
  await chip(/^All/).click();
  await panel.page.getByRole('columnheader', { name: 'Verdict' }).click();
  await panel.showsRows('what is missing first', (rows) => rows[0]?.[1] === '73' && rows.at(-1)?.[1] === '71');
  await panel.page.getByRole('textbox').fill('archived');
  await panel.showsRows('the one that is', (rows) => rows.map(([, to]) => to).join() === '74');
});

test('a record that is not there and a pair of such a record have chips with names of their own', async () => {
  const answer = madeAnswer([{ id: '101' }, { id: '102' }], { apiVersion: '2026-09' });
  const check = new Check(
    answer,
    madePairs([
      ['101', ['71', '72']],
      ['102', ['71']],
    ]),
  );
  check.learn('from', '101', { kind: 'missing' });
  const existenceOf = (_: string, id: string) => (id === '101' ? ({ kind: 'missing' } as const) : undefined);
  const panel = await hands.open(new AnswerTable(answer, { ends, check, existenceOf }));
  const chips = await panel.page.getByRole('toolbar').getByRole('button').allTextContents();
  const names = chips.map((chip) => chip.replace(/ \d+$/, ''));
  assert.equal(new Set(names).size, names.length, names.join());
  await panel.page.getByRole('button', { name: 'Record does not exist 2' }).waitFor();
});

test('each line of a pair is a link, by mouse, key and menu', async () => {
  const { answer, context } = made();
  const panel = await hands.open(new AnswerTable(answer, context), {}, { width: 1400 });
  const source = panel.page.locator('td.source').first();
  await source.locator('.place', { hasText: ':1' }).click();
  await asked({ action: 'goToLine', row: { record: 0, pair: 0 } });
  await source.locator('.place', { hasText: /^5$/ }).click();
  await asked({ action: 'goToLine', row: { record: 0, pair: 0, line: 1 } });
  await panel.page.locator('td.source').nth(3).locator('.place', { hasText: ':3' }).click();
  await asked({ action: 'goToLine', row: { record: 1, pair: 2 } });
  await hands.keys('ArrowUp', 'ArrowUp', 'ArrowUp', 'Shift+F10');
  await panel.page.getByRole('menuitem', { name: 'Go to Line 5' }).click();
  await asked({ action: 'goToLine', row: { record: 0, pair: 0, line: 1 } });
});

test('what HubSpot does not name is opened by its pair, and what was not looked up is not', async () => {
  const { answer, context } = made();
  const panel = await hands.open(new AnswerTable(answer, context), {}, { width: 1400 });
  const missing = panel.page.locator('td.associated', { hasText: '73' });
  await missing.dblclick();
  await asked({ action: 'openRecord', row: { record: 1, nth: 1, pair: 2 } });
  await panel.page.locator('td.record', { hasText: '104' }).click({ button: 'right' });
  const items = await panel.page.getByRole('menuitem').allTextContents();
  assert.ok(items.some((item) => item.startsWith('Open Associated Record')));
  assert.ok(!items.some((item) => item.startsWith('Open Record') || item.includes('Request')), items.join());
  await hands.keys('Escape');
  await panel.page.evaluate(() => document.dispatchEvent(new Event('copy', { cancelable: true })));
  const row = { record: 3, nth: 0, pair: 5 };
  assert.deepEqual((await panel.heardKind('copy')).rows, { all: false, from: row, to: row });
});

test('the next steps are those that the host offers, and the one that has the focus keeps it', async () => {
  const { answer, check, context } = made();
  const panel = await hands.open(new AnswerTable(answer, context), {
    checkButtons: [
      { action: 'checkPairsExist', title: 'Check Which Records Exist (1 call)' },
      { action: 'checkPairsAgain', title: 'Check Again' },
    ],
  });
  const again = panel.page.getByRole('button', { name: 'Check Again' });
  await again.focus();
  await hands.keys('Enter');
  assert.deepEqual(await panel.heardKind('action'), { kind: 'action', action: 'checkPairsAgain' });
  check.learn('to', '73', { kind: 'archived' });
  await panel.push({ checkButtons: [{ action: 'checkPairsAgain', title: 'Check Again' }] });
  await says(/2 no such record/);
  assert.equal(await again.evaluate((button) => button === document.activeElement), true);
  assert.equal(await panel.page.getByRole('button', { name: /Check Which/ }).count(), 0);
});

test('an ordinary look-up has no second equation', async () => {
  const { answer } = made();
  const panel = await hands.open(new AnswerTable(answer));
  assert.equal(await panel.page.locator('.check').count(), 0);
  assert.equal(await panel.page.getByRole('columnheader', { name: 'Verdict' }).count(), 0);
});

test('in a window of 1,440 pixels with the side bar the columns up to the source are in sight, names or none', async () => {
  const { answer, context } = made();
  for (const names of ['off', 'on'] as const) {
    const { page } = await hands.open(new AnswerTable(answer, context), { names }, { width: 1083 });
    const right = await page
      .locator('.scroller')
      .evaluate((each) => each.getBoundingClientRect().left + each.clientWidth);
    const source = (await page.getByRole('columnheader', { name: 'Source' }).boundingBox())!;
    assert.ok(source.x + source.width <= right, `names ${names}: ${source.x + source.width} of ${right}`);
    await hands.close();
  }
});
