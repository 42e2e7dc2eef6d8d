/** The main job in a real VS Code, three ways in, each compared with what the stand-in served. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { firstQuestion, pickPair } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';
import { assertShown } from './shownAnswer.ts';

const file = 'deals-export.csv';
let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let ids: readonly string[];

describe('the main job', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
    workbench = window.workbench;
    const lines = readFileSync(join(window.folder, file), 'utf8').split('\n').slice(1);
    ids = lines.filter((line) => line !== '').map((line) => /\d{11}/.exec(line)![0]);
  });

  /** Selects the record ids of some lines, one cursor each. */
  async function selectIds(firstLine: number, lastLine: number): Promise<readonly string[]> {
    await workbench.openFile(file);
    await workbench.selectColumn(firstLine, lastLine, 2, 11);
    return ids.slice(firstLine - 2, lastLine - 1);
  }

  test('by the item in the context menu, the only one of ours', async () => {
    const asked = await selectIds(2, 13);
    const labels = await workbench.openContextMenu();
    assert.deepEqual(
      labels.filter((label) => label.includes('Association')),
      ['Look Up HubSpot Associations...'],
    );
    await workbench.chooseFromMenu('Look Up HubSpot Associations...');
    await pickPair(workbench, 'Deals', 'Companies');
    await assertShown(workbench, standIn.portal, {
      title: 'Deals → Companies',
      from: 'deals',
      to: 'companies',
      ids: asked,
    });
  });

  test('by the command in the palette', async () => {
    const asked = await selectIds(14, 22);
    await workbench.ask('HubSpot Associations: Look Up HubSpot Associations...', firstQuestion);
    await pickPair(workbench, 'Deals', 'Contacts');
    await assertShown(workbench, standIn.portal, {
      title: 'Deals → Contacts',
      from: 'deals',
      to: 'contacts',
      ids: asked,
    });
  });

  test('by the chord, with the last choice first', async () => {
    const asked = await selectIds(3, 8);
    await workbench.press('Control+K', 'h');
    await workbench.quickInput.opened('Which object type are these records?');
    await workbench.quickInput.offers('deals first', ([item]) => item?.label === 'Deals' && item.focused);
    await workbench.quickInput.accept();
    await workbench.quickInput.opened('Which associated records do you want to see?');
    await workbench.quickInput.offers('contacts first', ([item]) => item?.label === 'Contacts' && item.focused);
    await workbench.quickInput.accept();
    await assertShown(workbench, standIn.portal, {
      title: 'Deals → Contacts',
      from: 'deals',
      to: 'contacts',
      ids: asked,
    });
  });

  test('by the chord that repeats without questions', async () => {
    const asked = await selectIds(30, 36);
    await workbench.press('Control+K', 'Shift+H');
    await assertShown(workbench, standIn.portal, {
      title: 'Deals → Contacts',
      from: 'deals',
      to: 'contacts',
      ids: asked,
    });
  });

  test('every request went to the stand-in with the token, and only read', () => {
    const reads = standIn.requests.filter(({ path }) => path.includes('/associations/'));
    assert.ok(reads.length >= 4);
    for (const { method, path } of reads)
      assert.match(`${method} ${path}`, /^POST \/crm\/v3\/associations\/\w+\/\w+\/batch\/read$/);
  });
});
