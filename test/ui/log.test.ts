/** The log as a person reads it, in the Output panel, and as it stands in VS Code's own file. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { filesIn, holdsToken } from '../host/tokenSearch.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { sampleWindow } from './sampleWindow.ts';
import { command, lookUpDeals } from './steps.ts';

/** Deals whose names no other test of this window has read, and where they are in the export. */
const ids = ['17983486288', '17983501773', '17983517258'];
const line = 39;
const call = String.raw`#\d+ POST /crm/v3/associations/deals/companies/batch/read`;

let standIn: StandIn;
let window: VscodeWindow;
let workbench: Workbench;
/** How many lines the log had before. */
let earlier: number;
/** The number that the log gives to the first look-up of these tests. */
let nth: number;

describe('the log', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
    workbench = window.workbench;
    earlier = allLines().length;
  });

  /** The lines of the file into which VS Code writes the log. */
  function allLines(): string[] {
    const data = join(dirname(window.server.settingsFile), '..', '..');
    const files = filesIn(data).filter((file) => file.endsWith('HubSpot Associations.log'));
    return files.flatMap((file) => readFileSync(file, 'utf8').split('\n')).filter((line) => line !== '');
  }

  /** Those that were written since these tests began. */
  const lines = () => allLines().slice(earlier);

  /** What the Output panel shows of it. */
  const onScreen = async () =>
    (await window.page.locator('.part.panel .view-line').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');

  async function logHas(expected: RegExp): Promise<void> {
    await until(`the log has ${expected}`, () => lines().some((line) => expected.test(line)), lines);
  }

  test('it has a line for each look-up and each call, with times and correlation ids', async () => {
    await lookUpDeals(workbench, 'Companies', line);
    await logHas(/primaryOnly after \d+ ms/);
    const written = lines().join('\n');
    const begins =
      /\[info\] Lookup (\d+): deals -> companies, v3, account environment, records to read: 3, in calls: 1$/m.exec(
        written,
      );
    assert.ok(begins, written);
    nth = Number(begins[1]);
    assert.match(written, new RegExp(`\\[info\\] ${call}: HTTP 200 in \\d+ ms, correlation id [0-9a-f-]{36}$`, 'm'));
    const ends = String.raw`primaryOnly after \d+ ms, 3 asked = 3 found \+ 0 none \+ 0 failed \+ 0 not read$`;
    assert.match(written, new RegExp(`\\[info\\] Lookup ${nth}: ${ends}`, 'm'));
    await workbench.runCommand(command('Show Log'));
    await until(
      'the Output panel shows it',
      async () => (await onScreen()).includes(`Lookup ${nth}: primaryOnly after`),
      onScreen,
    );
  });

  test('what goes wrong stands in it, without what HubSpot said of records', async () => {
    const body = JSON.stringify({ message: `${standIn.token} may not read ${ids}`, category: standIn.token });
    standIn.faults.set({ kind: 'status', status: 401, body });
    await lookUpDeals(workbench, 'Companies', line);
    await logHas(new RegExp(`Lookup ${nth + 1}: stopped \\(unauthorized\\)`));
    const written = lines();
    assert.ok(written.some((line) => new RegExp(`\\[info\\] ${call}: HTTP 401 in`).test(line)));
    assert.ok(written.some((line) => /\[warning\] POST .*: unauthorized \(HTTP 401\), try 1/.test(line)));
    await until('the Output panel shows it', async () => /stopped \(unauthorized\)/.test(await onScreen()), onScreen);
    standIn.faults.clear();
  });

  test('at level info it does not say when calls begin, and at a lower one it does', async () => {
    const begins = new RegExp(`\\[debug\\] ${call}: begins, with \\d+ characters$`);
    assert.ok(!lines().some((line) => begins.test(line)));
    await workbench.ask('Developer: Set Log Level...', 'Set Log Level');
    await workbench.quickInput.pick('HubSpot Associations');
    await workbench.quickInput.pick('Trace');
    await lookUpDeals(workbench, 'Companies', line);
    await logHas(new RegExp(`Lookup ${nth + 2}: primaryOnly`));
    assert.ok(lines().some((line) => begins.test(line)));
  });

  test('no line of any level holds a token, a record id or a name', async () => {
    const panel = workbench.webview();
    const names = panel.getByRole('button', { name: 'Names' });
    await names.click();
    await until('names are read', () => standIn.requests.some(({ path }) => path.includes('/objects/')));
    await logHas(/POST \/crm\/v3\/objects\/deals\/batch\/read: HTTP 200/);
    const written = allLines();
    assert.ok(written.length > 10);
    for (const line of written) {
      assert.match(line, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[(?:trace|debug|info|warning|error)\] \S/);
      assert.ok(!holdsToken(line), 'a token');
      assert.doesNotMatch(line, /(?<![\w-])\d{8,}(?![\w-])/, 'a record id');
    }
    const named = standIn.portal.account.properties('0-3', ids[0]!)?.dealname;
    assert.ok(named && !written.join().includes(named));
  });
});
