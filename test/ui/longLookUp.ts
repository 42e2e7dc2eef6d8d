/** A look-up that takes many calls, for what can happen in its middle. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import type { TreeView } from '../host/treeView.ts';
import { until } from '../host/until.ts';
import { openVscode, type VscodeWindow, type WindowOptions } from '../host/vscodeWindow.ts';
import type { Workbench } from '../host/workbench.ts';
import type { FaultKind } from '../hubspotStandIn/fault.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';
import { inputsOf } from '../hubspotStandIn/recordedRequest.ts';
import type { StandIn } from '../hubspotStandIn/standIn.ts';
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { type AnswerNumbers, answerNumbers } from '../tools/demo/answerNumbers.ts';
import { lookUpByChord } from './lookUpByChord.ts';
import { panelSays } from './shownAnswer.ts';

/** What the look-up is called in tree and panel. */
export const title = 'Deals → Contacts';

/** A part of the path of its calls. */
const path = '/associations/deals/contacts/batch/read';

/** How many contacts the nth deal has: none, one or two. */
const contactsOf = (nth: number) => nth % 3;

const file = 'deals.txt';

export interface LongLookUp {
  readonly standIn: StandIn;
  readonly window: VscodeWindow;
  readonly workbench: Workbench;
  readonly ids: readonly string[];
  readonly tree: TreeView;
  close(): Promise<void>;
}

/**
 * Opens VS Code on a file of so many deals, with a stand-in that knows them. The file is not opened by the page's address,
 * with which VS Code would not open the panels again when the page is loaded anew.
 */
export async function openLongLookUp(
  deals: number,
  batchSize: number,
  { settings, ...options }: WindowOptions = {},
): Promise<LongLookUp> {
  const standIn = await startHubSpotStandIn({ account: generatedAccount({ deals, contacts: contactsOf }) });
  const folder = temporaryFolder('deals');
  const workspace = join(folder.path, 'workspace');
  const ids = dealIds(deals);
  mkdirSync(workspace);
  writeFileSync(join(workspace, file), `${ids.join('\n')}\n`);
  const window = await openVscode({
    workspace,
    environment: { HUBSPOT_API_ORIGIN: standIn.origin, HUBSPOT_TOKEN: standIn.token },
    settings: {
      'hubspotAssociations.batchSize': batchSize,
      'hubspotAssociations.requestsPerTenSeconds': 1000,
      ...settings,
    },
    ...options,
  });
  const close = async () => {
    await window.close();
    await standIn.close();
    await folder.remove();
  };
  const { workbench } = window;
  return { standIn, window, workbench, ids, tree: workbench.view('Lookups'), close };
}

/** Makes this happen to the calls of the look-up from this one on, counted from 1 from now on, and nothing else. */
export function fromCall(call: number, fault: FaultKind, { standIn }: LongLookUp): void {
  standIn.faults.set({ ...fault, when: { path, from: call } });
}

/** Asks for the contacts of every deal in the file. */
export async function lookUpAll({ workbench }: LongLookUp): Promise<void> {
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
  const [row] = await tree.until('the look-up is complete', ([first]) => /, complete$/.test(first?.spoken ?? ''));
  assert.deepEqual(answerNumbers(row!.spoken), readSoFar(ids, long));

  await tree.openMenu(title);
  await workbench.chooseFromMenu('Copy As...');
  await workbench.quickInput.opened('In which format?');
  await window.page.evaluate(() => navigator.clipboard.writeText(''));
  await workbench.quickInput.pick('Pairs of ids');
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
