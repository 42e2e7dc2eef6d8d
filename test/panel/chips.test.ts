import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../host/until.ts';
import { PanelHands } from './panelHands.ts';

const hands = new PanelHands();
const chips = () => hands.panel.page.getByRole('toolbar', { name: 'Show' });
const chip = (name: RegExp) => chips().getByRole('button', { name });
const pressed = () => chips().getByRole('button', { pressed: true }).allTextContents();

async function areChosen(...texts: string[]): Promise<void> {
  await until(`chosen are ${texts.join(', ')}`, async () => (await pressed()).join() === texts.join(), pressed);
}

describe('chips', () => {
  test('several narrow the table together, each says whether it is chosen, and All takes them off', async () => {
    const panel = await hands.openState('incomplete');
    await areChosen('All 406');
    await chip(/^More than one/).click();
    await panel.showsRows('those with more', (rows) => rows.length > 5 && rows.every((row) => row[4] === '2'));
    await chip(/^Primary/).click();
    await panel.showsRows(
      'their primary ones',
      (rows) => rows.length > 5 && rows.every((row) => row[4] === '2' && row[2]?.includes('Primary')),
    );
    await areChosen('More than one 188', 'Primary 281');
    assert.deepEqual((await panel.heardKind('view')).view.chips, ['moreThanOne', 'primary']);
    await chip(/^More than one/).click();
    await areChosen('Primary 281');
    await chip(/^All/).click();
    await areChosen('All 406');
    assert.deepEqual((await panel.heardKind('view')).view.chips, []);
  });

  test('those without a label are found, and those that are gone', async () => {
    const panel = await hands.openState('gone');
    await chip(/^No label/).click();
    await panel.showsRows('without a label', (rows) => rows.length > 0 && rows.every((row) => row[1] && !row[2]));
    await chip(/^No label/).click();
    for (const [name, state] of [
      [/^No such record/, 'No such record'],
      [/^Archived/, 'Archived'],
      [/^Merged/, 'Merged into 17982949999'],
    ] as const) {
      await chip(name).click();
      await panel.showsRows(state, (rows) => rows.length > 0 && rows.every((row) => row[3] === state));
      await chip(name).click();
    }
  });

  test('are one tab stop: arrows move, Space and Enter choose, and the focus stays', async () => {
    const panel = await hands.openState('incomplete');
    await chip(/^All/).focus();
    await hands.keys('ArrowRight', ' ');
    await panel.showsRows(
      'those without',
      (rows) => rows.length > 5 && rows.every((row) => row[3] === 'No association'),
    );
    await areChosen('No association 28');
    const focused = () => panel.page.evaluate(() => document.activeElement?.textContent);
    assert.equal(await focused(), 'No association 28');
    await hands.keys('ArrowRight', 'Enter');
    await areChosen('No association 28', 'Failed 1');
    await hands.keys('Home', 'Enter');
    await panel.showsRows('all', (rows) => rows[0]?.[3] === 'Found');
    assert.equal(await focused(), 'All 406');
    await hands.keys('Tab');
    assert.equal(await panel.page.evaluate(() => document.activeElement?.tagName), 'INPUT');
    await hands.keys('Shift+Tab');
    assert.equal(await focused(), 'All 406', 'Tab comes back to the chip it left');
  });

  test('one that is chosen and has no rows any more stays, to be taken off', async () => {
    const { table, around } = await hands.openState('complete');
    table.setView({ ...table.view, chips: ['label:Gone'] });
    await hands.close();
    const panel = await hands.open(table, around);
    await panel.page.getByText('No row matches').waitFor();
    await areChosen('Gone 0');
    await chip(/^Gone/).click();
    await panel.showsRows('all', (rows) => rows[0]?.[3] === 'Found');
  });
});
