/** How many interactions the first answer takes, and the first account. */
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { Interactions } from './interactions.ts';
import { newcomerWindow, production } from './newcomerWindow.ts';
import { panelSays } from './shownAnswer.ts';
import { accountIs, agree, command } from './steps.ts';

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
let acts: Interactions;

describe('the first interactions', () => {
  beforeEach(async () => {
    ({ window, standIn } = await newcomerWindow());
    workbench = window.workbench;
    // What has been in the view of a window before decides what it says.
    await workbench.reload();
    acts = new Interactions();
  });

  const view = () => workbench.view('Lookups').pane.locator('.welcome-view-content');

  test('the first answer: 2', async () => {
    await acts.one(() => workbench.openView('HubSpot Associations', 'Lookups'));
    await acts.one(() => view().getByRole('button', { name: 'Try the Sample Account' }).click());
    await panelSays(/\bComplete\b/, window);
    assert.equal(acts.count, 2);
  });

  test('the first account: 5', async () => {
    const { quickInput } = workbench;
    await acts.one(() => workbench.openView('HubSpot Associations', 'Lookups'));
    await acts.one(() => view().getByText('add your own account').click());
    await quickInput.opened('Add a HubSpot account');
    await acts.one(() => quickInput.type(standIn.token));
    await acts.one(() => quickInput.accept());
    await quickInput.opened('Name this account');
    await acts.one(() => quickInput.accept());
    const name = `Portal ${production.details.portalId}`;
    await accountIs(workbench, name);
    assert.equal(acts.count, 5);

    await workbench.ask(command('Remove Account...'), 'Remove which HubSpot account?');
    await quickInput.pick(`${name} (Production)`);
    await agree(workbench, 'Remove');
  });
});
