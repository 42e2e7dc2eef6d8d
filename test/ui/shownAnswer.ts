/** What tree and panel show of an answer, and what the stand-in's account says is true. */
import assert from 'node:assert/strict';
import type { Portal } from '../../src/core/sampleHubSpot/portal.ts';
import type { TreeRow } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { Workbench } from '../host/workbench.ts';
import { answerNumbers } from '../tools/demo/answerNumbers.ts';

/** Words of the panel; the tree says most of them too. */
type State = 'Found' | 'No association' | 'Failed' | 'Not read' | 'Truncated';

/** What has to be seen: each asked id in the order asked, with its state and the ids it is associated with. */
export type Expected = readonly { readonly id: string; readonly state: State; readonly to?: readonly string[] }[];

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

/** Waits until the newest look-up has ended, and compares tree and panel with the truth. */
export async function assertShown(workbench: Workbench, portal: Portal, question: Truth): Promise<void> {
  const expected = [...truthOf(portal, question)].map(([id, to]) =>
    to.length > 0 ? ({ id, state: 'Found', to } as const) : ({ id, state: 'No association' } as const),
  );
  await assertSeen(workbench, expected, question.title);
}

/**
 * Waits until the newest look-up has ended, and compares tree and panel with what has to be seen, number by number and
 * record by record. All of it has to have room on the screen.
 */
export async function assertSeen(workbench: Workbench, expected: Expected, title?: string): Promise<void> {
  const count = (...states: readonly State[]) => expected.filter(({ state }) => states.includes(state)).length;
  const numbers = {
    asked: expected.length,
    found: count('Found', 'Truncated'),
    none: count('No association'),
    failed: count('Failed'),
    notRead: count('Not read'),
  };
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const complete = count('Found', 'No association') === expected.length;

  const ended = complete ? /, complete\b[^,]*$/ : /, incomplete$/;
  const tree = await workbench.openView('HubSpot Associations', 'Lookups');
  // One that goes on, as Get All makes it, is incomplete until it ends again.
  const [row] = await tree.until(
    `the look-up has ended ${complete ? 'complete' : 'incomplete'}`,
    ([first]) =>
      first !== undefined &&
      ended.test(first.spoken) &&
      (title === undefined || first.label === title) &&
      answerNumbers(first.spoken).asked === expected.length,
  );
  assert.deepEqual(answerNumbers(row!.spoken), numbers, 'the numbers in the tree');
  const newest = async () => {
    const rows = await tree.rows();
    const next = rows.findIndex(({ level }, index) => index > 0 && level === 1);
    return rows.slice(0, next < 0 ? undefined : next);
  };
  // A row has turned before what is in it is drawn.
  await until(
    'the tree shows the records, in the order asked',
    async () => {
      for (const { label, expanded } of await newest()) if (groupOf(label) && !expanded) await tree.expand(label);
      return isSame(recordsIn(await newest()), inGroups(expected));
    },
    async () => [recordsIn(await newest()), inGroups(expected)],
  );

  const text = await panelSays(complete ? /\bComplete\b/ : /\bIncomplete\b/, { workbench });
  assert.deepEqual(answerNumbers(text), numbers, 'the numbers in the panel');
  const wanted = expected
    .flatMap(({ id, state, to = [] }) => (to.length === 0 ? [''] : to).map((toId) => `${id} ${toId} ${state}`))
    .toSorted();
  const shown = async () =>
    (
      (await workbench
        .webview()
        .locator('tbody [role=row]')
        .evaluateAll((rows) =>
          rows.map((each) => {
            const cell = (name: string) => each.querySelector(`.${name}`)?.textContent?.trim() ?? '';
            return `${cell('record')} ${cell('associated')} ${cell('state .state')}`;
          }),
        )) as string[]
    ).toSorted();
  await until(
    'the table shows the same',
    async () => isSame(await shown(), wanted),
    async () => [await shown(), wanted],
  );
}

const groups = ['Not read', 'Failed', 'No association'] as const;

/** The state that the records in this group of the tree share. */
function groupOf(label: string): State | undefined {
  return groups.find((group) => label.startsWith(`${group} (`));
}

/** The asked ids as the tree shows them, each with its state. */
function recordsIn(rows: readonly TreeRow[]): string[] {
  let group: State | undefined;
  return rows.flatMap(({ level, label, spoken }) => {
    if (level === 2) group = groupOf(label);
    if (!/^\d+$/.test(label)) return [];
    if (level === 3 && group) return [`${label} ${group}`];
    return level === 2 ? [`${label} ${spoken.includes('not all read') ? 'Truncated' : 'Found'}`] : [];
  });
}

/** The order of the tree: first the groups, then the others. */
function inGroups(expected: Expected): string[] {
  const found = expected.filter(({ state }) => state === 'Found' || state === 'Truncated');
  const grouped = groups.flatMap((group) => expected.filter(({ state }) => state === group));
  return [...grouped, ...found].map(({ id, state }) => `${id} ${state}`);
}

/** Waits until the panel says this, and gives what else it says. */
export function panelSays(expected: RegExp, { workbench }: { readonly workbench: Workbench }): Promise<string> {
  const body = workbench.webview().locator('body');
  const read = () => body.innerText({ timeout: 1_000 });
  return until(
    `the panel says ${expected}`,
    async () => {
      const text = await read();
      return expected.test(text) && text;
    },
    read,
  );
}
