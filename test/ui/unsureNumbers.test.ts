/** Numbers that may be record ids are offered, none is sent unless somebody ticks it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import { sampleWindow } from './sampleWindow.ts';

let window: VscodeWindow;

describe('unsure numbers', () => {
  before(async () => {
    ({ window } = await sampleWindow());
  });

  test('unsure numbers are offered unticked with their line and the words around them', async () => {
    const { workbench, folder, page } = window;
    writeFileSync(
      join(folder, 'mixed.txt'),
      'deal 17982944313 is won, 1.23457E+11 is not\nid=17982944314 since 1700000000000, deal 5\n',
    );
    await workbench.openFile('mixed.txt');
    await workbench.press('Control+A');
    await workbench.press('Control+K', 'h');
    await workbench.quickInput.opened('Record ID 17982944313');
    // Without scrolling.
    await workbench.quickInput.offers('to tell what was ignored', (choices) =>
      choices.some(({ label }) => label === '1 used, 1 ignored: show why...'),
    );
    await workbench.quickInput.pick('Choose among 3 unsure numbers...');

    await workbench.quickInput.opened('Which of these are record IDs?');
    const { items } = await workbench.quickInput.offers('three', (all) => all.length === 3);
    assert.deepEqual(
      items.map(({ label, checked }) => [label, checked]),
      [
        ['17982944314', false],
        ['1700000000000', false],
        ['5', false],
      ],
    );
    assert.match(items[0]?.description ?? '', /^line 2 · /);
    assert.equal(items[0]?.detail, 'id=17982944314 since 1700000000000, deal 5');
    await workbench.quickInput.tick('17982944314');
    // Enter would take the tick away again: the checkbox has the focus.
    await page.locator('.quick-input-widget').getByText('OK', { exact: true }).click();
    await workbench.quickInput.opened('2 record IDs (17982944313, 17982944314)');
    await workbench.quickInput.cancel();
  });
});
