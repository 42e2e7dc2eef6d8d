/** What a look-up or a row of it can be told to do: one table, whoever tells (tree, panel, quick fix, command). */
import * as vscode from 'vscode';
import { addAccount } from '../accounts/accountCommands.ts';
import { checkExistence } from '../answers/existence.ts';
import { lookUpTitle } from '../answers/lookUpWords.ts';
import { readRecords } from '../answers/readingRecords.ts';
import { unreadNames, unreadValues } from '../answers/unreadRecords.ts';
import { confirmAgain } from '../asking/confirmPlan.ts';
import { checkOtherType, pickOtherPair } from '../asking/otherTypes.ts';
import { checkReverse, checkUnconfirmed, checkUnder } from '../checks/checkAgain.ts';
import { exportMissingPairs, exportSignOff } from '../checks/checkExports.ts';
import { chooseProperties } from '../columns/chooseProperties.ts';
import { isSameObjectType, scopesForPair } from '../core/domain/objectTypes.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import { Rows } from '../core/rows/rows.ts';
import type { Action, Address, LookUpAction } from '../core/treaty/actions.ts';
import { Turns } from '../editor/turns.ts';
import { showIgnored } from '../ids/readingChoices.ts';
import type { ListedLookUp, LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { HeldGroup } from '../lookUps/lookUpGroups.ts';
import type { QuestionChange } from '../lookUps/lookUps.ts';
import type { ActionParts } from './actionParts.ts';
import { groupActions } from './groupActions.ts';
import { placeAt } from './place.ts';
import { removeLookUps } from './removeLookUps.ts';
import { rowActions } from './rowActions.ts';
import { checkAgain, enterToken } from './tokenActions.ts';

/** Does it. Where there is no such look-up or row any more, nothing happens. */
export type Act = (action: Action, at: Address) => Promise<void>;

export function actionsOn(parts: ActionParts): Act {
  return async (action, at) => {
    const group = parts.groups.find(at.lookUp);
    if (group && !isRowAction(action)) await actOnGroup(action, group, parts);
    const listed = parts.lookUps.find(at.lookUp);
    if (!listed) return;
    if (isRowAction(action)) {
      const entry = await parts.lookUps.open(listed.id);
      const place = entry && placeAt(at, entry, parts.hops);
      if (place) await rowActions[action](place, parts, at);
    } else await lookUpActions[action](listed, parts);
  };
}

function isRowAction(action: Action): action is keyof typeof rowActions {
  return Object.hasOwn(rowActions, action);
}

type ActOnLookUp = (entry: ListedLookUp, parts: ActionParts) => unknown;

/** For what needs the Answer itself, and not only what a row tells. */
function withAnswer(act: (entry: LookUpEntry, parts: ActionParts) => unknown): ActOnLookUp {
  return async ({ id }, parts) => {
    const entry = await parts.lookUps.open(id);
    if (entry) await act(entry, parts);
  };
}

const lookUpActions: Readonly<Record<LookUpAction, ActOnLookUp>> = {
  cancel: ({ id }, { lookUps }) => lookUps.cancel(id),
  resume: ({ id }, { lookUps }) => lookUps.resume(id),
  runAgain: (entry, parts) => again(entry, parts),
  readAll: ({ id }, { lookUps }) => lookUps.resume(id, Number.POSITIVE_INFINITY),
  lookUpUnderDateVersion: withAnswer(async (entry, parts) => {
    if (!(await checkUnder('2026-09', entry, parts))) await again(entry, parts, { apiVersion: '2026-09' });
  }),
  lookUpReverse: withAnswer(async (entry, parts) => {
    if (await checkReverse(entry, parts)) return;
    await again(entry, parts, { from: entry.question.to, to: entry.question.from });
  }),
  checkOtherType: withAnswer(async (entry, parts) => {
    const { question } = entry;
    const from = await checkOtherType(entry, parts);
    if (from === undefined) return;
    // The ids may be of the type whose associations were wanted, as company ids in a look-up from deals to companies. Then the
    // two types are exchanged.
    await again(entry, parts, { from, to: isSameObjectType(from, question.to) ? question.from : question.to });
  }),
  chooseObjectType: async (entry, parts) => {
    const pair = await pickOtherPair(entry, parts.catalog);
    if (pair) await again(entry, parts, pair);
  },
  checkExistence: withAnswer((entry, { names }) => checkExistence(entry, names)),
  checkPairsExist: withAnswer((entry, { missingExistence }) => missingExistence.ask(entry)),
  checkPairsAgain: withAnswer(checkUnconfirmed),
  exportMissingPairs: withAnswer((entry, { catalog }) => exportMissingPairs(entry, catalog)),
  exportSignOff: withAnswer(exportSignOff),
  showIgnored: withAnswer(({ read }) => read && showIgnored(read.reading, read.uri)),
  addAccount: (_, { accounts, checkToken }) => addAccount(accounts, checkToken),
  enterToken,
  checkAgain,
  copyScopes: ({ question }) => vscode.env.clipboard.writeText(scopesForPair(question.from, question.to).join(' ')),
  openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy'),
  toggleNames: (_, { names }) => names.toggle(),
  retryNames: (_, { names }) => names.retry(),
  // Why some could not be read stands among the notices then.
  readNames: withAnswer(async ({ account, answer, check }, { names }) => {
    const shown = new ShownRows(new Rows(answer, check));
    await readRecords(await new Turns().through(unreadNames(account, shown, names)), names);
  }),
  chooseProperties: withAnswer((entry, parts) => chooseProperties(entry, parts)),
  // What could not be read says so in its cell.
  readValues: withAnswer(async (entry, { names }) => {
    const shown = new ShownRows(new Rows(entry.answer, entry.check));
    await readRecords(await new Turns().through(unreadValues(entry, shown, names)), names);
  }),
  showLog: (_, { log }) => log.channel.show(),
  // What was not asked is known of a group only.
  askTheOthers: () => undefined,
  pin: ({ id }, { lookUps }) => lookUps.pin(id, true),
  unpin: ({ id }, { lookUps }) => lookUps.pin(id, false),
  rename: (entry, parts) => rename(entry, parts),
  remove: ({ id }, parts) => removeLookUps([id], parts),
};

/** What concerns the account and not its look-ups is done once. */
const ofAccount: readonly LookUpAction[] = [
  'addAccount',
  'openSettings',
  'toggleNames',
  'retryNames',
  'showLog',
  'showIgnored',
];

/** What look-ups that are held together are told one after another; what asks nothing is told to all at once. */
const asksEach: readonly LookUpAction[] = ['checkExistence', 'checkOtherType', 'chooseObjectType'];

async function actOnGroup(action: LookUpAction, group: HeldGroup, parts: ActionParts): Promise<void> {
  const act = groupActions[action];
  const [first] = group.members;
  if (act) await act(group, parts);
  else if (ofAccount.includes(action)) {
    if (first) await lookUpActions[action](first, parts);
  } else if (asksEach.includes(action)) {
    for (const member of group.members) await lookUpActions[action](member, parts);
  } else await Promise.all(group.members.map((member) => lookUpActions[action](member, parts)));
}

/** Asks the same ids again and shows the new look-up. */
async function again(entry: ListedLookUp, { lookUps, show }: ActionParts, change?: QuestionChange): Promise<void> {
  if (!(await confirmAgain([entry], true))) return;
  const started = await lookUps.again(entry.id, change);
  if (started) show(started.entry.id);
}

/** Gives a look-up a name of its own; an empty one gives it its first name back. */
async function rename(entry: ListedLookUp, { lookUps, catalog }: ActionParts): Promise<void> {
  const { t } = vscode.l10n;
  const name = await vscode.window.showInputBox({
    title: t('Rename the lookup'),
    value: lookUpTitle(entry, catalog),
    prompt: t('Leave it empty to name it after its object types.'),
  });
  if (name === undefined) return;
  const firstName = lookUpTitle({ ...entry, name: undefined }, catalog);
  lookUps.rename(entry.id, name === firstName ? '' : name);
}
