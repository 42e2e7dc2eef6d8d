/** A window that is loaded anew in the middle of a look-up: it comes back paused, as it was seen, and starts nothing by itself. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { storedEditors } from '../host/storedEditors.ts';
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
  treeSays,
} from './longLookUp.ts';
import { panelSays } from './shownAnswer.ts';

const inFlight = 16;
const filter = 'deals-1000.txt:2';
let long: LongLookUp;
/** The ids that have been answered. */
let read: readonly string[];

describe('a window that is loaded anew', () => {
  before(async () => {
    long = await longLookUp(1000, 20);
  });

  const filterBox = () => long.workbench.webview().getByRole('textbox');
  const header = () => long.workbench.webview().getByRole('columnheader', { name: 'Deal', exact: true });

  /** The id in the first row that is wholly in sight. */
  async function topRow(): Promise<string | undefined> {
    const frame = await long.workbench.webviewFrame();
    return frame.evaluate(() => {
      const top = document.querySelector('[role=columnheader]')?.getBoundingClientRect().bottom ?? 0;
      return [...document.querySelectorAll('[role=row]:has([role=gridcell])')]
        .map((row) => ({ y: row.getBoundingClientRect().top, text: row.textContent ?? '' }))
        .filter(({ y }) => y >= top - 1)
        .sort((one, other) => one.y - other.y)
        .map(({ text }) => /^\d{11}/.exec(text)?.[0])[0];
    });
  }

  /** Waits until VS Code has stored the panel as it is seen now, and loads the window anew. */
  async function reload(...seen: readonly RegExp[]): Promise<void> {
    const plain = async () => (await storedEditors(long.window.page)).replaceAll('\\', '');
    await until(
      `the panel is stored with ${seen}`,
      async () => {
        const stored = await plain();
        return [/"lookUp":"[\w-]{36}"/, ...seen].every((each) => each.test(stored));
      },
      plain,
    );
    await long.workbench.reload();
  }

  test('in the middle: the look-up is back as paused, its panel with filter, sort and place', async () => {
    fromCall(6, { kind: 'hang' }, long);
    await lookUpAll(long);
    await arrived(5 + inFlight, long);
    await panelSays(/5 of 50 calls/, long);
    read = calls(long).slice(0, 5).flat();
    await header().click();
    await header().click();
    await filterBox().fill(filter);
    await panelSays(/\b\d+ of 1,03\d rows/, long);
    await until('the rows are in descending order', async () => (await topRow()) === '20000000298');
    await long.workbench.webview().getByRole('grid').hover();
    await long.window.page.mouse.wheel(0, 990);
    const seen = await until('the table is scrolled', async () => {
      const top = await topRow();
      return top !== '20000000298' && top;
    });

    await reload(/"filter":"deals-1000\.txt:2"/, /"sort":\{"column":"record","descending":true\}/, /"place":[1-9]/);
    const text = await panelSays(/Paused: 5 of 50 calls/, long);
    assert.match(text, /The window was closed or reloaded before this finished\. Everything received so far is kept\./);
    assert.deepEqual(answerNumbers(text), readSoFar(read, long));
    await treeSays(
      /^Paused at 5 of 50 calls\. The window was closed or reloaded before/,
      /900 not read, paused$/,
      long,
    );
    assert.equal(await filterBox().inputValue(), filter);
    assert.equal(await header().getAttribute('aria-sort'), 'descending');
    await until(
      'the table is where it was',
      async () => (await topRow()) === seen,
      async () => [seen, await topRow()],
    );
  });

  test('nothing was asked since, and Resume asks only for the rest', async () => {
    assert.equal(calls(long).length, 5 + inFlight);
    long.standIn.forgetRequests();
    fromCall(11, { kind: 'hang' }, long);
    await press('Resume', long);
    await arrived(10 + inFlight, long);
    await panelSays(/15 of 50 calls/, long);
    assertNotAgain();
    read = [...read, ...calls(long).slice(0, 10).flat()];
  });

  test('after a cancellation: it is back with that reason, and Resume ends with the truth', async () => {
    await press('Cancel', long);
    await panelSays(/Paused: 15 of 50 calls/, long);
    long.standIn.forgetRequests();
    long.standIn.faults.clear();
    await reload();
    const text = await panelSays(/Paused: 15 of 50 calls/, long);
    assert.match(text, /Cancelled\. Everything received so far is kept\./);
    assert.doesNotMatch(text, /closed/);
    assert.deepEqual(answerNumbers(text), readSoFar(read, long));
    assert.deepEqual(long.standIn.requests, []);
    await press('Resume', long);
    await assertTruth(long);
    assertNotAgain();
    assert.equal(calls(long).length, 35);
  });

  test('complete, it is back as complete, and asks for nothing', async () => {
    long.standIn.forgetRequests();
    await reload();
    await assertTruth(long);
    assert.deepEqual(long.standIn.requests, []);
  });

  function assertNotAgain(): void {
    const asked = new Set(calls(long).flat());
    assert.deepEqual(
      read.filter((id) => asked.has(id)),
      [],
    );
  }
});
