/** What a person is asked before a language-model tool runs, in the workbench itself. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../host/until.ts';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { keepPictureOfFailures } from './failures.ts';
import { toolCalls } from './toolCalls.ts';

const lookUp = 'hubspotAssociations_lookUp';
const deals = ['17982944313', '17982959798', '34461455164'];
const calls = toolCalls();
let standIn: StandIn;
let window: VscodeWindow;

keepPictureOfFailures(() => window);

before(async () => {
  standIn = await startHubSpotStandIn();
  window = await openVscode({
    ...calls.options,
    environment: { ...calls.options.environment, HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
    settings: { 'hubspotAssociations.confirmAbove': 2 },
  });
});

after(async () => {
  await window?.close();
  await standIn?.close();
  calls.remove();
});

const dialog = () => window.page.locator('.monaco-dialog-box');
const words = async () => (await dialog().innerText()).replaceAll(/\s+/g, ' ');
async function asked(text: RegExp): Promise<string> {
  await until(
    'the question is asked',
    async () => (await dialog().isVisible()) && text.test(await words()),
    () => dialog().allInnerTexts(),
  );
  return words();
}
const press = async (button: string) => {
  await dialog().getByRole('button', { name: button, exact: true }).click();
};

test('the confirmation names account, object types, IDs and calls, and nothing is sent before', async () => {
  const call = await calls.begin(window, lookUp, { ids: deals.slice(0, 2), from: 'deals', to: 'companies' });
  const question = await asked(/Look up 2 record IDs in HubSpot\?/);
  for (const said of [
    /Account: 127\.0\.0\.1:\d+\. At least 1 API call, which only reads\./,
    /deals → companies \(v3\): 17982944313, 17982959798/,
    /go to the language model and its history/,
    /v3 returns only primary companies/,
  ]) {
    assert.match(question, said);
  }
  assert.deepEqual(standIn.requests, []);
  await press('Yes');
  assert.match(await call.told(), /^2 asked = 2 found/);
  const tree = await window.workbench.openView('HubSpot Associations', 'Lookups');
  await tree.until('the answer stands in the tree', (rows) =>
    rows.some(({ label }) => label.includes('Deals → Companies')),
  );
});

test('what was not confirmed is not looked up', async () => {
  standIn.forgetRequests();
  const call = await calls.begin(window, lookUp, { ids: deals.slice(0, 1), from: 'deals', to: 'contacts' });
  await asked(/Look up 1 record ID in HubSpot\?/);
  await press('Cancel');
  assert.match(await call.told(), /^thrown: /);
  assert.deepEqual(standIn.requests, []);
});

test('above the setting the extension asks by itself too', async () => {
  for (const [button, answer] of [
    ['Cancel', /^REFUSED.*a person did not allow it/],
    ['Look Up', /^3 asked = 2 found/],
  ] as const) {
    standIn.forgetRequests();
    const call = await calls.begin(window, lookUp, { ids: deals, from: 'deals', to: 'contacts' });
    await asked(/Look up 3 record IDs in HubSpot\?/);
    await press('Yes');
    await asked(/Look up 3 IDs in 127\.0\.0\.1:\d+\? \(at least 1 call\)/);
    assert.deepEqual(standIn.requests, []);
    await press(button);
    assert.match(await call.told(), answer);
    assert.equal(standIn.requests.length > 0, button === 'Look Up');
  }
});

test('commands with arguments and other extensions go through the same question', async () => {
  const question = { from: 'deals', to: 'contacts' };
  const pairs = { pairs: deals.map((from) => ({ from, to: '84092605668', labels: ['Champion'] })) };
  for (const [called, input, declined, allowed] of [
    ['hubspotAssociations.lookUp', { ...question, ids: deals }, /^undefined$/, /"asked":3,"found":2,"none":1,/],
    ['hubspotAssociations.check', { ...question, ...pairs }, /^undefined$/, /"expected":3,"asExpected":1,/],
    ['api.lookUp', [{ ...question, ids: deals }], /"found":0,.*"notRead":3,/, /"found":2,.*"notRead":0,/],
    ['api.check', [question, pairs], /"missing":0,.*"cannotTell":3,/, /"asExpected":1,.*"cannotTell":0,/],
  ] as const) {
    for (const [button, answer] of [
      ['Cancel', declined],
      ['Look Up', allowed],
    ] as const) {
      standIn.forgetRequests();
      const call = await calls.begin(window, called, input);
      await asked(
        /Look up 3 IDs in 127\.0\.0\.1:\d+\? \(at least 1 call\) Another extension, a task or a keyboard shortcut asks/,
      );
      assert.deepEqual(standIn.requests, [], called);
      await press(button);
      assert.match(await call.told(), answer, `${called}, ${button}`);
      assert.equal(standIn.requests.length > 0, button === 'Look Up', called);
    }
  }
});

test('what is asked again goes through it too, whoever calls the command', async () => {
  const first = await calls.begin(window, 'hubspotAssociations.lookUp', { from: 'deals', to: 'tickets', ids: deals });
  await asked(/Look up 3 IDs/);
  await press('Look Up');
  await first.told();
  for (const button of ['Cancel', 'Look Up']) {
    standIn.forgetRequests();
    const call = await calls.begin(window, 'hubspotAssociations.runAgain', undefined);
    await asked(/Look up 3 IDs in 127\.0\.0\.1:\d+\? \(at least 1 call\)/);
    assert.deepEqual(standIn.requests, []);
    await press(button);
    await call.told();
    if (button === 'Cancel') assert.deepEqual(standIn.requests, []);
    else await until('it is sent', () => standIn.requests.length > 0);
  }
});

test('what a model writes is shown as it is: no link and no formatting comes of it', async () => {
  const call = await calls.begin(window, 'hubspotAssociations_readIds', {
    file: { path: '[**x**](command:workbench.action.closeWindow)<b>y</b>.csv' },
  });
  await asked(/Read record IDs from a file\?/);
  assert.match(await words(), /\[\*\*x\*\*\] ?\(command:workbench\.action\.closeWindow\)<b>y<\/b>\.csv/);
  assert.equal(await dialog().locator('a:not(.monaco-button, .action-label), b, strong').count(), 0);
  await press('Yes');
  assert.match(await call.told(), /^REFUSED/);
});
