/** The tree while results stream in: what a person has opened, marked and scrolled to stays where it is. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TreeRow, TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { Workbench } from '../host/workbench.ts';
import { calls, fromCall, type LongLookUp, longLookUp, lookUpAll } from './longLookUp.ts';
import { panelSays } from './shownAnswer.ts';

const deals = 2000;
const batchSize = 10;

let long: LongLookUp;
let workbench: Workbench;
let tree: TreeView;

const contactsOf = (id: string) => long.standIn.portal.associationsOf('deals', id, 'contacts').length;

describe('the tree while results stream in', () => {
  before(async () => {
    long = await longLookUp(deals, batchSize);
    workbench = long.window.workbench;
    tree = long.tree;
  });

  const list = () => tree.pane.locator('.monaco-list').first();
  /** Waits for the row on top of the tree. */
  async function onTop(
    what: string,
    condition: (top: TreeRow, rows: readonly TreeRow[]) => boolean,
  ): Promise<readonly TreeRow[]> {
    return until(
      what,
      async () => {
        await list().focus();
        await workbench.press('Home');
        const rows = await tree.rows();
        return rows[0]?.level === 1 && condition(rows[0], rows) && rows;
      },
      () => tree.rows(),
    );
  }

  const topRow = async () => (await tree.rows())[0]?.label;

  test('expansion, focus and scroll survive, and "Show 100 more" adds a page', async () => {
    const { standIn, ids } = long;
    const found = ids.filter((id) => contactsOf(id) > 0).length;
    fromCall(1, { kind: 'latency', milliseconds: 3000 }, long);
    await lookUpAll(long);
    // Before the first record with contacts stands the first one without.
    const first = long.ids.find((id) => contactsOf(id) > 0)!;
    await tree.until('the first records are there', (rows) => rows.some(({ label }) => label === first));
    await tree.expand(first);
    await tree.until('it is open', (rows) => rows.some(({ level }) => level === 4));
    await until('the view says how far it is', async () => /^Reading: \d+ of \d+ calls\.$/.test(await tree.message()));

    await until('there is a second page', async () => {
      await list().focus();
      await workbench.press('End');
      return (await tree.rows()).some(({ label }) => /^Show \d+ more \(of [\d,]+\)$/.test(label));
    });
    await until('it is clicked, while its number changes with every answer', async () => {
      const more = await tree.row(/^Show /);
      return more.click({ timeout: 1000 }).then(
        () => true,
        () => false,
      );
    });
    await workbench.press('PageUp', 'PageUp');
    const place = async () => [await topRow(), await tree.focused()];
    const [top, marked] = await until(
      'a record has the keyboard',
      async () => {
        const now = await place();
        return /^\d+$/.test(now[1] ?? '') && now;
      },
      place,
    );
    const callsThen = standIn.requests.length;
    await until('more has streamed in', () => standIn.requests.length > callsThen + 16);
    await until(
      'the same row is on top, and the same has the keyboard',
      async () => `${await place()}` === `${[top, marked]}`,
      async () => [[top, marked], await place()],
    );

    standIn.faults.clear();
    await onTop(
      'it has ended, and what was open is open',
      ({ spoken }, rows) =>
        /, complete\b[^,]*$/.test(spoken) &&
        rows[1]?.label === `No association (${deals - found})` &&
        rows.find(({ label }) => label === first)?.expanded === true &&
        rows.some(({ label }) => label === `Contacts (${contactsOf(first)})`),
    );
    await until(
      'the last page tells how many there are',
      async () => {
        await workbench.press('End');
        const all = await tree.rows();
        return all.some(({ label }) => label === `Show 100 more (of ${found.toLocaleString('en')})`);
      },
      () => tree.rows(),
    );
  });

  test('what was not read stands in a group of its own with its reason, and Resume reads only that', async () => {
    const { standIn } = long;
    const half = deals / batchSize / 2;
    standIn.forgetRequests();
    fromCall(half + 1, { kind: 'unauthorized' }, long);
    await workbench.runCommand('View: Close All Editors');
    await lookUpAll(long);
    const stopped = await onTop(
      'it has stopped, and what was not read is told with its reason',
      ({ spoken }, rows) =>
        /does not accept the token/.test(spoken) &&
        /^Not read /.test(rows[1]?.label ?? '') &&
        /does not accept the token/.test(rows[1]?.description ?? ''),
    );
    const { label } = stopped[1]!;
    const unread = Number(/^Not read \(([\d,]+)\)$/.exec(label)?.[1]?.replace(',', ''));
    assert.ok(unread > 0 && unread <= deals / 2, label);
    // The message comes a moment after the rows.
    await until('the view says so', async () => /does not accept the token/.test(await tree.message()));

    standIn.faults.clear();
    standIn.forgetRequests();
    await tree.pressInline('Deals → Contacts', 'Resume');
    await onTop('it is complete', ({ spoken }) => /, complete\b[^,]*$/.test(spoken));
    const asked = calls(long).flat();
    assert.equal(asked.length, unread);
    assert.equal(new Set(asked).size, unread);
  });

  test('a look-up that ends out of sight leaves a badge until the view is seen', async () => {
    const { window, standIn } = long;
    const item = window.page.locator(
      '.activitybar .action-item:has(.action-label[aria-label^="HubSpot Associations"])',
    );
    const badge = async () => (await item.first().locator('.badge-content').allTextContents()).join('');
    const run = async () => {
      standIn.forgetRequests();
      fromCall(5, { kind: 'latency', milliseconds: 5000 }, long);
      await lookUpAll(long);
      await until('it is being read', () => calls(long).length > 4);
      await workbench.runCommand('View: Show Explorer');
      await tree.pane.waitFor({ state: 'hidden' });
    };

    await run();
    await workbench.runCommand('View: Close All Editors');
    assert.ok(calls(long).length < deals / batchSize, 'it is still being read');
    assert.equal(await badge(), '');
    standIn.faults.clear();
    await until('it is told', async () => (await badge()) === '1', badge);
    await workbench.openView('HubSpot Associations', 'Lookups');
    await onTop('it is complete', ({ spoken }) => /, complete\b[^,]*$/.test(spoken));
    await until('it is seen', async () => (await badge()) === '', badge);

    // Whoever sees the table sees the end.
    await run();
    assert.ok(calls(long).length < deals / batchSize, 'it is still being read');
    standIn.faults.clear();
    await panelSays(/\bComplete\b/, long);
    assert.equal(await badge(), '');
  });
});
