/** How many interactions the common jobs take, from what a person has before them to what they wanted. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, beforeEach, describe, test } from 'node:test';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import { Interactions } from './interactions.ts';
import { firstQuestion } from './lookUpByChord.ts';
import { sampleWindow } from './sampleWindow.ts';
import { panelSays } from './shownAnswer.ts';
import { openExplorerMenu, showExplorer } from './steps.ts';

const secondQuestion = 'Which associated records do you want to see?';
const many = 500;

let window: VscodeWindow;
let workbench: Workbench;
let acts: Interactions;

describe('interactions', () => {
  before(async () => {
    ({ window } = await sampleWindow());
    workbench = window.workbench;
    const ids = Array.from({ length: many }, (_, at) => `${17982944313 + at},Deal ${at}`);
    writeFileSync(join(window.folder, 'many-deals.csv'), `Record ID,Deal Name\n${ids.join('\n')}\n`);
  });

  beforeEach(async () => {
    await workbench.runCommand('View: Close All Editors');
    acts = new Interactions();
  });

  /** Answers a question with the choice of one item. */
  async function choose(question: string, label: string): Promise<void> {
    await workbench.quickInput.opened(question);
    await acts.one(() => workbench.quickInput.pick(label));
  }

  const press = (name: string | RegExp) =>
    acts.one(() =>
      workbench
        .webview()
        .getByRole('button', { name, exact: typeof name === 'string' })
        .click(),
    );
  const complete = () => panelSays(/\bComplete\b/, window);

  /** Exports what the table shows. */
  async function exportRows(name: string): Promise<void> {
    const path = join(window.folder, name);
    await press('Export…');
    await choose('In which format?', 'CSV');
    await acts.one(() => workbench.quickInput.saveAs(path));
    await until('the file is there', () => existsSync(path));
    assert.equal(new Set(readFileSync(path, 'utf8').match(/^\d+/gm)).size, many);
    await until('it is said, with its name', async () =>
      (await workbench.notifications()).some(
        (text) => text.includes(`written to ${name}`) && text.includes(`${name}.about.json`),
      ),
    );
  }

  test('seven ids, with names: 4', async () => {
    await workbench.openFile('deals-export.csv');
    await workbench.selectColumn(2, 8, 2, 11);
    await acts.one(() => workbench.press('Control+K', 'h'));
    await choose(firstQuestion, 'Deals');
    await choose(secondQuestion, 'Companies');
    await complete();
    await press('Names');
    await workbench.webview().locator('td.record .name').first().waitFor();
    assert.equal(acts.count, 4);
  });

  test('which records have more than one, most first: 2', async () => {
    await workbench.openFile('deals-export.csv');
    await workbench.selectColumn(2, 20, 2, 11);
    await workbench.press('Control+K', 'h');
    await workbench.quickInput.opened(firstQuestion);
    await workbench.quickInput.pick('Deals');
    await workbench.quickInput.opened(secondQuestion);
    await workbench.quickInput.pick('Contacts');
    await complete();
    await press(/^More than one/);
    await press(/^Associations\b/);
    const counts = async () => (await workbench.webview().locator('tbody td.count').allInnerTexts()).map(Number);
    await until(
      'the most come first',
      async () => {
        const all = await counts();
        return all.length > 1 && all.every((count, at) => count > 1 && count <= (all[at - 1] ?? count));
      },
      counts,
    );
    assert.equal(acts.count, 2);
  });

  test('all types of one record: 3', async () => {
    await workbench.openFile('deals-export.csv');
    await workbench.goTo(2, 4);
    await acts.one(() => workbench.press('Control+K', 'h'));
    await choose(firstQuestion, 'Deals');
    await choose(secondQuestion, 'All types');
    await panelSays(/\d+ types: /, window);
    assert.equal(acts.count, 3);
  });

  test('a file of pairs, checked: at most 6', async () => {
    await showExplorer(workbench);
    await acts.one(() => openExplorerMenu(workbench, 'migration.csv'));
    await acts.one(() => workbench.chooseFromMenu('Check HubSpot Pairs...'));
    await workbench.quickInput.opened('Does HubSpot have these pairs?');
    await workbench.quickInput.offers('the plan', ([first]) => first?.focused === true);
    await acts.one(() => workbench.quickInput.accept());
    await panelSays(/4 no such record/, window);
    assert.ok(acts.count <= 6, `${acts.count}`);
  });

  test(`${many} deals of a file, from the explorer into a file: 8`, async () => {
    await showExplorer(workbench);
    await acts.one(() => openExplorerMenu(workbench, 'many-deals.csv'));
    await acts.one(() => workbench.chooseFromMenu('Look Up HubSpot Associations of a Column...'));
    await choose('Which one holds the record IDs?', 'Record ID');
    await choose(firstQuestion, 'Deals');
    await choose(secondQuestion, 'Contacts');
    await complete();
    await exportRows('from-explorer.csv');
    assert.equal(acts.count, 8);
  });

  test(`${many} deals that are selected, into a file: 7`, async () => {
    await workbench.openFile('many-deals.csv');
    await acts.one(() => workbench.press('Control+A'));
    await acts.one(() => workbench.press('Control+K', 'h'));
    await choose(firstQuestion, 'Deals');
    await choose(secondQuestion, 'Contacts');
    await complete();
    await exportRows('from-selection.csv');
    assert.equal(acts.count, 7);
    await workbench.answerNotification('written to from-selection.csv', 'Open File');
    // The other file has all of it selected, and a table no cursor.
    await until(
      'it is opened',
      async () => (await workbench.cursor()) === 'Ln 1, Col 1',
      () => workbench.cursor(),
    );
  });
});
