/** A look-up that takes many calls, for what can happen in its middle. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import type { VscodeWindow } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { FaultKind } from '../hubspotStandIn/fault.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { inputsOf } from '../hubspotStandIn/recordedRequest.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { type AnswerNumbers, answerNumbers } from '../tools/demo/answerNumbers.ts';
import { lookUpByChord } from './lookUpByChord.ts';
import { type Settings, sharedWindow } from './sharedWindow.ts';
import { panelSays } from './shownAnswer.ts';

/** What the look-up is called in tree and panel. */
export const title = 'Deals → Contacts';

/** A part of the path of its calls. */
const path = '/associations/deals/contacts/batch/read';

/** Deals with few contacts come first: none, one or two. */
const modest = 50_000;

/** The deals after them have so many contacts that writing those of all of them takes its time. */
const rich = { deals: 1000, contacts: 300 } as const;

export interface LongLookUp {
  readonly standIn: StandIn;
  readonly window: VscodeWindow;
  readonly workbench: Workbench;
  readonly ids: readonly string[];
  /** Where the ids are, each on a line of its own. */
  readonly file: string;
  readonly tree: TreeView;
}

/** A window on a stand-in that knows many deals. */
const manyDeals = sharedWindow(
  () => {
    const contacts = (nth: number) => (nth < modest ? nth % 3 : rich.contacts);
    return startHubSpotStandIn({ account: generatedAccount({ deals: modest + rich.deals, contacts }) });
  },
  { withToken: true, settings: { 'hubspotAssociations.requestsPerTenSeconds': 1000 } },
);

/**
 * Gives a window with a file of so many deals. The file is not opened by the page's address, with which VS Code would not
 * open the panels again when the page is loaded anew.
 */
export function longLookUp(deals: number, batchSize: number, settings: Settings = {}): Promise<LongLookUp> {
  return lookUpOf(dealIds(deals), `deals-${deals}.txt`, { 'hubspotAssociations.batchSize': batchSize, ...settings });
}

/** The same with deals that have many contacts each. */
export async function richLookUp(): Promise<LongLookUp & { readonly rows: number }> {
  const ids = dealIds(modest + rich.deals).slice(modest);
  return { ...(await lookUpOf(ids, 'deals-rich.txt', {})), rows: rich.deals * rich.contacts };
}

async function lookUpOf(ids: readonly string[], file: string, settings: Settings): Promise<LongLookUp> {
  const { standIn, window } = await manyDeals(settings);
  writeFileSync(join(window.folder, file), `${ids.join('\n')}\n`);
  const { workbench } = window;
  return { standIn, window, workbench, ids, file, tree: workbench.view('Lookups') };
}

/** Makes this happen to the calls of the look-up from this one on, counted from 1 from now on, and nothing else. */
export function fromCall(call: number, fault: FaultKind, { standIn }: LongLookUp): void {
  standIn.faults.set({ ...fault, when: { path, from: call } });
}

/** Asks for the contacts of every deal in the file. */
export async function lookUpAll({ workbench, file }: LongLookUp): Promise<void> {
  await workbench.openView('HubSpot Associations', 'Lookups');
  await workbench.openFile(file);
  await workbench.press('Control+A');
  await until('everything is selected', async () => /selected/.test(await workbench.cursor()));
  await lookUpByChord(workbench, 'Deals', 'Contacts');
}

/** The calls of the look-up that the stand-in got, each as the ids it asked for. */
export function calls({ standIn }: LongLookUp): string[][] {
  return standIn.requests
    .filter((request) => request.path.includes(path))
    .map((request) => inputsOf(request).map(({ id }) => id));
}

/** Waits until so many calls have arrived. */
export async function arrived(count: number, long: LongLookUp): Promise<void> {
  await until(
    `${count} calls have arrived`,
    () => calls(long).length >= count,
    () => calls(long).length,
  );
}

/** Waits until the view's message and the look-up's row in the tree say this. */
export async function treeSays(message: RegExp, row: RegExp, { tree }: LongLookUp): Promise<void> {
  await until(
    `the tree says ${message} and ${row}`,
    async () => {
      const [first] = await tree.rows();
      return first && row.test(first.spoken) && message.test(await tree.message());
    },
    async () => [await tree.message(), (await tree.rows())[0]],
  );
}

export function press(name: string, { workbench }: LongLookUp): Promise<void> {
  return workbench.webview().getByRole('button', { name, exact: true }).click();
}

/** What the screen has to say when these deals are read and the others are not. */
export function readSoFar(read: readonly string[], { ids, standIn }: LongLookUp): AnswerNumbers {
  const none = read.filter((id) => standIn.portal.associationsOf('deals', id, 'contacts').length === 0).length;
  return { asked: ids.length, found: read.length - none, none, failed: 0, notRead: ids.length - read.length };
}

/** Waits for the end, and compares numbers and every single pair of ids with what the account holds. */
export async function assertTruth(long: LongLookUp): Promise<void> {
  const { standIn, window, workbench, tree, ids } = long;
  const text = await panelSays(/\bComplete\b/, long);
  assert.deepEqual(answerNumbers(text), readSoFar(ids, long));
  const [row] = await tree.until('the look-up is complete', ([first]) =>
    /, complete\b[^,]*$/.test(first?.spoken ?? ''),
  );
  assert.deepEqual(answerNumbers(row!.spoken), readSoFar(ids, long));

  await workbench.chooseFrom(() => tree.openMenu(title), 'Copy As...');
  await workbench.quickInput.opened('In which format?');
  await window.page.evaluate(() => navigator.clipboard.writeText(''));
  await workbench.quickInput.pick('Pairs of IDs');
  const copied = await until(
    'the pairs are copied',
    async () => (await window.page.evaluate(() => navigator.clipboard.readText())).trim() || undefined,
  );
  const expected = ids.flatMap((id) =>
    standIn.portal.associationsOf('deals', id, 'contacts').map(({ toId }) => `${id}\t${toId}`),
  );
  const pairs = copied.split(/\r?\n/);
  // The first one only: all of them are no message to be read.
  const wrong = pairs.findIndex((pair, nth) => pair !== expected[nth]);
  assert.equal(pairs[wrong], expected[wrong]);
  assert.equal(pairs.length, expected.length);
}
