/** A large look-up that is only written into a file: from the line that tells its plan, without a panel. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { until } from '../host/until.ts';
import { fromCall, type LongLookUp, longLookUp, lookUpAll } from './longLookUp.ts';

let long: LongLookUp;

describe('a look-up that is only exported', () => {
  before(async () => {
    long = await longLookUp(60, 10, { 'hubspotAssociations.confirmAbove': 50 });
  });

  test('the plan offers to export without showing, and a look-up that stopped asks before it writes', async () => {
    const { window, standIn, ids } = long;
    const { workbench, page, folder } = window;
    const dialog = page.locator('.monaco-dialog-box');
    const start = async (name: string) => {
      await lookUpAll(long);
      await dialog.waitFor();
      assert.match(await dialog.innerText(), /Look up 60 IDs in .*\? \(at least 6 calls\)/);
      await dialog.getByText('Export Without Showing').click();
      await workbench.quickInput.opened('In which format?');
      await workbench.quickInput.pick('CSV');
      await workbench.quickInput.saveAs(join(folder, name));
    };
    const rowsIn = (name: string) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\r\n').slice(1);
    const aboutOf = (name: string) => join(folder, `${name}.about.json`);

    await start('all.csv');
    await until('the file is there', () => existsSync(aboutOf('all.csv')));
    const contacts = (id: string) => standIn.portal.associationsOf('deals', id, 'contacts').length;
    const expected = ids.flatMap((id) => Array<string>(Math.max(1, contacts(id))).fill(id));
    assert.deepEqual(
      rowsIn('all.csv').map((line) => line.split(',')[0]),
      expected,
    );
    assert.equal(await page.locator('iframe.webview').count(), 0, 'no panel');

    fromCall(3, { kind: 'unauthorized' }, long);
    await start('half.csv');
    const told = 'Not read: ';
    await until('it asks', async () => (await workbench.notifications()).some((text) => text.includes(told)));
    assert.equal(existsSync(join(folder, 'half.csv')), false);
    await workbench.answerNotification(told, 'Export What Was Read');
    await until('the file is there', () => existsSync(aboutOf('half.csv')));
    const about = JSON.parse(readFileSync(aboutOf('half.csv'), 'utf8'));
    assert.equal(about.complete, false);
    assert.ok(about.counts.notRead > 0);
    assert.equal(rowsIn('half.csv').filter((line) => line.includes(',not read,')).length, about.counts.notRead);
  });
});
