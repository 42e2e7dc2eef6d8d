/** What stands in the Lookups view when there is nothing in it: something else for each reason. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { newcomerWindow } from './newcomerWindow.ts';
import { addAccount, clearLookUps } from './steps.ts';

const container = 'HubSpot Associations';

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let view: TreeView;

describe('the empty view', () => {
  before(async () => {
    ({ window, standIn } = await newcomerWindow());
    workbench = window.workbench;
    // What has been in the view of a window before decides what it says.
    await workbench.reload();
    view = await workbench.openView(container, 'Lookups');
  });

  const buttons = () => view.pane.locator('.welcome-view-content .monaco-button').allInnerTexts();
  const links = () => view.pane.locator('.welcome-view-content a:not(.monaco-button)').allInnerTexts();

  async function linksAre(...expected: readonly string[]): Promise<void> {
    await until(`the links are ${expected}`, async () => `${await links()}` === `${expected}`, links);
  }

  async function welcomes(sentence: RegExp, expectedButtons: readonly string[]): Promise<string> {
    return until(
      `the view says ${sentence}`,
      async () => {
        const text = await view.message();
        return sentence.test(text) && JSON.stringify(await buttons()) === JSON.stringify(expectedButtons) && text;
      },
      async () => [await view.message(), await buttons()],
    );
  }

  test('at the first start it offers the sample account, and how to add one', async () => {
    await welcomes(/The sample account shows it without a token/, ['Try the Sample Account']);
    await linksAre('add your own account', 'how it works');
  });

  test('when everything was removed it says so, and where to go on', async () => {
    await view.pane.locator('.welcome-view-content .monaco-button').click();
    await view.until('there is a look-up', ([row]) => /, complete\b[^,]*$/.test(row?.spoken ?? ''));
    await workbench.runCommand('View: Close All Editors');
    await clearLookUps(workbench);
    const text = await welcomes(/All lookups are removed\./, ['Look Up HubSpot Associations...']);
    assert.match(text, /Open a file that holds record IDs/);
    await linksAre('Add your own account', 'try the sample account');
  });

  test('with an account of one’s own it speaks of ids, of those in the editor when there is one', async () => {
    await addAccount(workbench, 'Acme', standIn.token);
    await workbench.reload();
    view = await workbench.openView(container, 'Lookups');
    const closed = await welcomes(/Open a file that holds record IDs and select them/, [
      'Look Up HubSpot Associations...',
    ]);
    assert.doesNotMatch(closed, /sample|removed/);
    await workbench.openFile('deals-export.csv');
    const open = await welcomes(/Select record IDs in the editor and press Ctrl\+K H/, [
      'Look Up HubSpot Associations...',
    ]);
    assert.doesNotMatch(open, /sample|removed/);
    await linksAre('a column');
  });
});
