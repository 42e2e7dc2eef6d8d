/** axe on the panel's page, in each of its states and under each theme. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults, RunOptions } from 'axe-core';
import { startBrowser } from '../host/browser.ts';
import { type PanelPage, PanelTab, themes } from './panelPage.ts';
import { panelStates } from './panelStates.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules that look at colours, which are all that a theme changes. */
const ofColours = ['color-contrast', 'link-in-text-block'];

let started: Awaited<ReturnType<typeof startBrowser>>;
let tab: PanelTab;

before(async () => {
  started = await startBrowser();
  tab = new PanelTab(started.browser);
});
after(() => started.close());

/** What axe finds wrong with the page as it stands. */
async function violations({ page }: PanelPage, rules?: readonly string[]) {
  return page.evaluate(
    async (only) => {
      const run = (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe;
      const found = await run.run({ resultTypes: ['violations'], ...(only && { runOnly: only }) });
      return found.violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
      }));
    },
    rules && [...rules],
  );
}

for (const [name, make] of Object.entries(panelStates))
  test(name, async (context) => {
    const { table, around, act } = make();
    const [first, ...others] = themes;
    const panel = await tab.open(table, around, { theme: first });
    await panel.page.getByRole('grid').waitFor();
    await panel.showsRows('its rows', (rows) => rows.length === 0 || !['', '…'].includes(rows[0]?.[0] ?? ''));
    if (table.facts().shown > 0) {
      await panel.page.getByRole('grid').focus();
      await panel.page.keyboard.press('ArrowDown');
    }
    await act?.(panel.page);
    // The page's own CSP keeps scripts out; axe comes from outside it.
    await panel.page.evaluate(axe);
    await context.test(first, async () => assert.deepEqual(await violations(panel), []));
    for (const theme of others) {
      await context.test(theme, async () => {
        await panel.wear(theme);
        assert.deepEqual(await violations(panel, ofColours), []);
      });
    }
    assert.deepEqual(panel.problems, []);
  });
