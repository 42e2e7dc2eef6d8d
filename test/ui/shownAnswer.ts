/** What tree and panel show of an answer, and what the stand-in's account says is true. */
import assert from 'node:assert/strict';
import type { Portal } from '../../src/core/samplePortal/portal.ts';
import { answerNumbers } from '../demo/answerNumbers.ts';
import { until } from '../host/until.ts';
import type { Workbench } from '../host/workbench.ts';

export interface Truth {
  /** Such as `Deals → Companies`. */
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Distinct, in the order asked. */
  readonly ids: readonly string[];
}

/** The associated ids of each asked record, by the account's own truth under v3. */
export function truthOf(portal: Portal, { from, to, ids }: Truth): ReadonlyMap<string, readonly string[]> {
  return new Map(ids.map((id) => [id, portal.associationsOf(from, id, to).map(({ toId }) => toId)]));
}

/** Waits until the newest look-up has ended, and compares tree and panel with the truth, number by number and id by id. */
export async function assertShown(workbench: Workbench, portal: Portal, question: Truth): Promise<void> {
  const truth = truthOf(portal, question);
  const found = [...truth].filter(([, associated]) => associated.length > 0).map(([id]) => id);
  const numbers = {
    asked: question.ids.length,
    found: found.length,
    none: question.ids.length - found.length,
    failed: 0,
    notRead: 0,
  };

  const tree = await workbench.openView('HubSpot Associations', 'Lookups');
  const rows = await tree.until(
    `the look-up ${question.title} has ended`,
    ([row]) =>
      row?.label === question.title &&
      /, complete\b/.test(row.spoken) &&
      answerNumbers(row.spoken).asked === question.ids.length,
  );
  assert.deepEqual(answerNumbers(rows[0]!.spoken), numbers, 'the numbers in the tree');
  await tree.until('are the records, in the order asked', (all) => {
    const next = all.findIndex(({ level }, index) => index > 0 && level === 1);
    const records = all
      .slice(0, next < 0 ? undefined : next)
      .filter(({ level, label }) => level === 2 && /^\d+$/.test(label));
    return JSON.stringify(records.map(({ label }) => label)) === JSON.stringify(found);
  });

  const panel = workbench.webview();
  const body = panel.locator('body');
  await until(
    'the panel has the numbers',
    async () => {
      const text = await body.innerText({ timeout: 1_000 });
      return /\bComplete\b/.test(text) && JSON.stringify(answerNumbers(text)) === JSON.stringify(numbers);
    },
    () => body.innerText(),
  );
  const expected = question.ids.flatMap((id) => {
    const associated = truth.get(id)!;
    return associated.length > 0 ? associated.map((toId) => `${id} ${toId}`).sort() : [`${id} -`];
  });
  const pairs = async () =>
    (await panel.locator('tbody [role=row]').evaluateAll((all) =>
      all.map((row) => {
        const [id, toId] = [...row.children].map((cell) => cell.textContent?.trim() ?? '');
        return `${id} ${/^\d+$/.test(toId ?? '') ? toId : '-'}`;
      }),
    )) as string[];
  await until(
    'the panel has the rows',
    async () => JSON.stringify((await pairs()).toSorted()) === JSON.stringify(expected.toSorted()),
    pairs,
  );
}
