/** 50,000 ids: a plan before anything is sent, and a tree and a panel that can be worked in while rows stream in. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { until } from '../host/until.ts';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import {
  arrived,
  assertTruth,
  calls,
  fromCall,
  type LongLookUp,
  longLookUp,
  lookUpAll,
  press,
  readSoFar,
} from './longLookUp.ts';
import { panelSays } from './shownAnswer.ts';

const deals = 50_000;
const inFlight = 16;
let long: LongLookUp;

describe('50,000 ids', () => {
  before(async () => {
    long = await longLookUp(deals, 500);
  });

  const dialog = () => long.window.page.locator('.monaco-dialog-box');
  const answerPlan = (button: string) => dialog().getByRole('button', { name: button, exact: true }).click();
  const filterBox = () => long.workbench.webview().getByRole('textbox');
  const header = () => long.workbench.webview().getByRole('columnheader', { name: 'Deal', exact: true });
  const hasContacts = (id: string) => long.standIn.portal.associationsOf('deals', id, 'contacts').length > 0;
  const idsInSight = async () =>
    (await long.workbench.webview().getByRole('gridcell').allInnerTexts()).filter((text) => /^2\d{10}$/.test(text));

  test('the plan is told before anything is sent, and can be refused', async () => {
    await lookUpAll(long);
    await dialog().waitFor();
    const { host } = new URL(long.standIn.origin);
    assert.ok((await dialog().innerText()).includes(`Look up 50,000 IDs in ${host}? (at least 100 calls)`));
    await answerPlan('Cancel');
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(calls(long), []);
    assert.deepEqual(await long.tree.rows(), []);
  });

  test('in its middle tree and panel show what is there, filtered and in order', async () => {
    const { tree } = long;
    fromCall(51, { kind: 'hang' }, long);
    await lookUpAll(long);
    await dialog().waitFor();
    await answerPlan('Look Up');
    await arrived(50 + inFlight, long);
    const text = await panelSays(/50 of 100 calls/, long);
    const read = calls(long).slice(0, 50).flat();
    assert.deepEqual(answerNumbers(text), readSoFar(read, long));

    await header().click();
    await header().click();
    // Every contact's id begins with it, and no deal's id holds it.
    await filterBox().fill('300000');
    const last = read.toSorted().findLast((id) => hasContacts(id));
    await until(
      'the last record that has contacts is the first row',
      async () => (await idsInSight())[0] === last,
      idsInSight,
    );

    // The first record has no contact and stands in a group.
    const first = long.ids[1]!;
    await tree.expand(first);
    await tree.until('the record is open', (rows) => rows.some(({ level }) => level === 4));
  });

  test('while the rest streams in, filter, order, place and what is open in the tree stay', async () => {
    const { tree } = long;
    await press('Cancel', long);
    await panelSays(/Paused: 50 of 100 calls/, long);
    fromCall(21, { kind: 'held' }, long);
    await press('Resume', long);
    await panelSays(/Reading[\s\S]*\b70 of 100 calls/, long);
    const id = long.ids[4]!;
    await filterBox().fill(id);
    await until('the filter leaves one record', async () => (await idsInSight()).join() === id, idsInSight);
    long.standIn.faults.clear();
    await panelSays(/Complete/, long);
    await until('the one record is still shown', async () => (await idsInSight()).join() === id, idsInSight);
    assert.equal(await header().getAttribute('aria-sort'), 'descending');
    await tree.until('the record is still open', (rows) => rows.some(({ level }) => level === 4));
  });

  test('it ends with the truth', async () => {
    await assertTruth(long);
    assert.equal(calls(long).length, 100 + inFlight);
  });
});
