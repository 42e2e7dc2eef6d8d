import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults, RunOptions } from 'axe-core';
import { startBrowser } from '../host/browser.ts';
import { openPanel, themes } from './panelPage.ts';
import { panelStates } from './panelStates.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let started: Awaited<ReturnType<typeof startBrowser>>;

before(async () => {
  started = await startBrowser();
});
after(() => started.close());

for (const theme of themes)
  for (const [name, make] of Object.entries(panelStates))
    test(`${name}, ${theme}`, async () => {
      const { table, around } = make();
      const panel = await openPanel(started.browser, table, around, { theme });
      await panel.page.getByRole('grid').waitFor();
      await panel.showsRows('its rows', (rows) => rows.length === 0 || !['', '…'].includes(rows[0]?.[0] ?? ''));
      if (table.facts().shown > 0) {
        await panel.page.getByRole('grid').focus();
        await panel.page.keyboard.press('ArrowDown');
      }
      // The page's own CSP keeps scripts out; axe comes from outside it.
      await panel.page.evaluate(axe);
      const found = await panel.page.evaluate(async () => {
        const run = (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe;
        const { violations } = await run.run({ resultTypes: ['violations'] });
        return violations.map(({ id, nodes }) => ({
          id,
          nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
        }));
      });
      assert.deepEqual(found, []);
      assert.deepEqual(panel.problems, []);
      await panel.page.context().close();
    });
