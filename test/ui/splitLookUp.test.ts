/** A log that speaks of records of several types: one look-up for each, from one selection. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import { sampleWindow } from './sampleWindow.ts';

let window: VscodeWindow;

describe('a log that speaks of several types', () => {
  before(async () => {
    ({ window } = await sampleWindow());
  });

  test('ids of several types are looked up each by its own, and what was ignored is told with its reason', async () => {
    const { workbench, folder } = window;
    const log = readFileSync(join(folder, 'sync.log'), 'utf8');
    const distinct = (pattern: RegExp) => new Set([...log.matchAll(pattern)].map((match) => match[1])).size;
    const counts = { Deals: distinct(/\bdeal (\d{11,12})\b/g), Contacts: distinct(/\bcontact (\d{11,12})\b/g) };
    assert.ok(counts.Deals > 1 && counts.Contacts > 1);

    await workbench.openFile('sync.log');
    await workbench.press('Control+A');
    await workbench.press('Control+K', 'h');
    await workbench.quickInput.opened('Which object type are these records?');
    const { items: offered } = await workbench.quickInput.offers(
      'each by its own type first',
      ([item]) => item?.label === 'Each by its own type' && item.focused,
    );
    const [first, ...others] = offered;
    assert.match(
      first?.description ?? '',
      new RegExp(`\\b${counts.Deals} Deals\\b.*\\b${counts.Contacts} Contacts\\b`),
    );
    assert.match(others[0]?.description ?? '', /as the text suggests/);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('Each by its own type → ?');
    await workbench.quickInput.pick('Companies');

    const tree = workbench.view('Lookups');
    const rows = await tree.until(
      'two look-ups have ended',
      (all) => all.filter(({ level, spoken }) => level === 1 && /complete/.test(spoken)).length >= 2,
    );
    const asked = Object.fromEntries(
      rows
        .filter(({ level }) => level === 1)
        .map(({ label, spoken }) => [label.split(' ')[0], answerNumbers(spoken).asked]),
    );
    assert.deepEqual(asked, counts);

    const panel = workbench.webview();
    await panel.getByText(/^\d+ used, \d+ ignored\.$/).waitFor();
    await panel.getByRole('button', { name: 'Show' }).click();
    await workbench.quickInput.opened(' ignored');
    await workbench.quickInput.offers('the portal id with its reason', (items) =>
      items.some(({ label, detail }) => label === '999000417' && /portal/.test(detail)),
    );
    await workbench.quickInput.cancel();
  });
});
