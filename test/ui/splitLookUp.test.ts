/** A log that speaks of records of several types: one look-up for each, from one selection, held together as one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { TreeRow } from '../host/treeView.ts';
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
    const isMember = ({ level, label }: TreeRow) => level === 2 && label.endsWith('→ Companies');
    const rows = await tree.until(
      'two look-ups have ended, under one row',
      (all) => all.filter((row) => isMember(row) && /complete/.test(row.spoken)).length >= 2,
    );
    const asked = Object.fromEntries(
      rows.filter(isMember).map(({ label, spoken }) => [label.split(' ')[0], answerNumbers(spoken).asked]),
    );
    assert.deepEqual(asked, counts);
    const [together, ...loose] = rows.filter(({ level }) => level === 1);
    assert.deepEqual(loose, []);
    assert.match(together!.label, /^(Deals, Contacts|Contacts, Deals) → Companies$/);
    assert.equal(answerNumbers(together!.spoken).asked, counts.Deals + counts.Contacts);

    const panel = workbench.webview();
    await panel.getByText(/^\d+ used, \d+ ignored\.$/).waitFor();
    await panel.getByRole('button', { name: 'Show' }).click();
    await workbench.quickInput.opened(' ignored');
    await workbench.quickInput.offers('the portal id with its reason', (items) =>
      items.some(({ label, detail }) => label === '999000417' && /portal/.test(detail)),
    );
    await workbench.quickInput.cancel();
  });

  test('what is held together is called, pinned and removed as one, and comes back as one', async () => {
    const { workbench } = window;
    const tree = workbench.view('Lookups');
    const root = async () => (await tree.rows()).filter(({ level }) => level === 1);
    const [row] = await root();
    await workbench.chooseFrom(() => tree.openMenu(row!.label), 'Rename...');
    await workbench.quickInput.opened('Rename the lookups');
    await workbench.quickInput.type('Sync of today');
    await workbench.quickInput.accept();
    const isCalledSo = (rows: readonly TreeRow[]) =>
      rows.some(({ level, label }) => level === 1 && label === 'Sync of today');
    await tree.until('it is called so', isCalledSo);
    await workbench.chooseFrom(() => tree.openMenu('Sync of today'), 'Remove');
    await tree.until('all of it is gone', (rows) => rows.length === 0);
    await workbench.answerNotification('Removed 2 lookups.', 'Undo');
    await tree.until('all of it is back', isCalledSo);
    assert.equal((await root()).length, 1);
  });
});
