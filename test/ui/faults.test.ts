/** What HubSpot may answer, and what the screen says of it: a sentence, and a place for every record that was asked. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { FaultKind } from '../hubspotStandIn/fault.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';
import { sampleWindow } from './sampleWindow.ts';

/** Three lines of the export for each; the fault strikes the calls that hold the first id of them. */
interface Case {
  readonly name: string;
  readonly fault?: FaultKind;
  /** What the panel says of it. */
  readonly sentence: RegExp;
  /** The panel's word for the whole answer. */
  readonly end: 'Complete' | 'Incomplete' | 'Paused';
  readonly found: number;
  readonly none?: number;
}

const cases: readonly Case[] = [
  { name: '200', sentence: /3 asked/, end: 'Complete', found: 3 },
  {
    name: '207',
    // What an earlier look-up of this window has learned of one of them is said.
    sentence: /2 records (have no association or do not exist|without association: 1 exists, 1 not checked)/,
    end: 'Complete',
    found: 1,
    none: 2,
  },
  { name: '401', fault: { kind: 'unauthorized' }, sentence: /does not accept the token/, end: 'Paused', found: 0 },
  {
    name: '403',
    fault: { kind: 'missingScopes', scopes: ['crm.objects.deals.read'], key: 'requiredGranularScopes' },
    sentence: /lacks a scope.*crm\.objects\.deals\.read/,
    end: 'Paused',
    found: 0,
  },
  {
    name: '500',
    fault: { kind: 'serverError', status: 500 },
    sentence: /had an error \(HTTP 500\)/,
    end: 'Incomplete',
    found: 0,
  },
  { name: 'HTML', fault: { kind: 'html' }, sentence: /does not fit HubSpot's contract/, end: 'Incomplete', found: 0 },
  {
    name: 'an empty body',
    fault: { kind: 'emptyBody' },
    sentence: /does not fit HubSpot's contract/,
    end: 'Incomplete',
    found: 0,
  },
  {
    name: 'cut JSON',
    fault: { kind: 'cutJson' },
    sentence: /does not fit HubSpot's contract/,
    end: 'Incomplete',
    found: 0,
  },
  {
    name: 'a wrong shape',
    fault: { kind: 'wrongShape', path: ['results'], value: 'none' },
    sentence: /does not fit HubSpot's contract at results/,
    end: 'Incomplete',
    found: 0,
  },
  {
    name: 'CANCELED',
    fault: { kind: 'batchStatus', status: 'CANCELED', keep: 0.34 },
    sentence: /ended 1 batch as CANCELED/,
    end: 'Incomplete',
    found: 1,
  },
  {
    name: '429',
    fault: { kind: 'rateLimited', policy: 'SECONDLY' },
    sentence: /rate limit/,
    end: 'Paused',
    found: 0,
  },
  {
    name: 'associations and an error at once',
    fault: { kind: 'resultAndError', ids: ['17983331438', '17983346923'] },
    sentence: /sent both associations and an error for this record, so some may be missing/,
    end: 'Incomplete',
    found: 2,
    none: 1,
  },
];

/** Three lines each, whose deals all have contacts; those of the 207 are the exception, and one of the last three. */
const firstLines = [2, 23, 5, 9, 13, 17, 20, 26, 32, 35, 39, 29];

let standIn: StandIn;
let window: VscodeWindow;

describe('what HubSpot may answer', () => {
  before(async () => {
    ({ window, standIn } = await sampleWindow());
  });

  test('each answer ends in a sentence, and every record has a place', async (context) => {
    const { workbench, page, folder } = window;
    const lines = readFileSync(join(folder, 'deals-export.csv'), 'utf8').split('\n');
    const panels = page.locator('.tab:has-text("Deals → Contacts")');
    const firstIds = firstLines.map((line) => /\d{11}/.exec(lines[line - 1]!)![0]);
    standIn.faults.set(
      ...cases.flatMap(({ fault }, index) =>
        fault ? [{ ...fault, when: { path: '/associations/', id: firstIds[index]! } }] : [],
      ),
    );
    // All run side by side: most of them are patient before they give up.
    for (const [index, line] of firstLines.entries()) {
      await workbench.openFile('deals-export.csv');
      await workbench.selectColumn(line, line + 2, 2, 11);
      if (index === 0) {
        await workbench.press('Control+K', 'h');
        for (const type of ['Deals', 'Contacts']) await workbench.quickInput.pick(type);
      } else {
        await workbench.press('Control+K', 'Shift+H');
      }
      const opened = index + 1;
      await until(
        `${opened} panels are open`,
        async () => (await panels.count()) === opened,
        () => panels.allInnerTexts(),
      );
    }

    for (const [index, { name, sentence, end, found, none = 0 }] of cases.entries()) {
      await context.test(name, async () => {
        // A new tab stands right behind the file it was opened from.
        await panels.nth(cases.length - 1 - index).click();
        const body = workbench.webview().locator('body');
        const text = await until(
          `the panel says ${end} and ${sentence}`,
          async () => {
            // The panel that was in front before may still be seen.
            const shown = await body.innerText({ timeout: 1_000 });
            return new RegExp(`\\b${end}\\b`).test(shown) && sentence.test(shown) && shown;
          },
          () => body.innerText(),
          90_000,
        );
        assert.deepEqual(answerNumbers(text), { asked: 3, found, none, failed: 0, notRead: 3 - found - none });
      });
    }
  });
});
