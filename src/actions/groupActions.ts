/** What is done with look-ups that are held together as one, and not with each of them by itself. */
import * as vscode from 'vscode';
import { groupName } from '../answers/lookUpWords.ts';
import { asColumnsOf } from '../answers/matrix.ts';
import type { ColumnsOf } from '../answers/propertyColumns.ts';
import { readRecords } from '../answers/readingRecords.ts';
import { unreadNames, unreadValues } from '../answers/unreadRecords.ts';
import { confirmAgain, confirmPlan } from '../asking/confirmPlan.ts';
import { chooseProperties } from '../columns/chooseProperties.ts';
import type { Answer } from '../core/domain/associations.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import { Rows } from '../core/rows/rows.ts';
import type { LookUpAction } from '../core/treaty/actions.ts';
import { Turns } from '../editor/turns.ts';
import type { ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { HeldGroup } from '../lookUps/lookUpGroups.ts';
import type { QuestionChange } from '../lookUps/lookUps.ts';
import type { ActionParts } from './actionParts.ts';
import { removeLookUps } from './removeLookUps.ts';
import { checkAgain, enterToken } from './tokenActions.ts';

type ActOnGroup = (group: HeldGroup, parts: ActionParts) => unknown;

export const groupActions: Readonly<Partial<Record<LookUpAction, ActOnGroup>>> = {
  rename: (group, parts) => rename(group, parts),
  remove: ({ id }, parts) => removeLookUps([id], parts),
  runAgain: (group, parts) => again(group, parts),
  lookUpUnderDateVersion: (group, parts) => again(group, parts, { apiVersion: '2026-09' }),
  askTheOthers: (group, parts) => askTheOthers(group, parts),
  enterToken: (group, parts) => onStopped(group, parts, enterToken),
  checkAgain: (group, parts) => onStopped(group, parts, checkAgain),
  copyScopes: ({ members }) => {
    const scopes = members.filter(isRefused).flatMap(({ question }) => scopesForPair(question.from, question.to));
    return vscode.env.clipboard.writeText([...new Set(scopes)].join(' '));
  },
  chooseProperties: (group, parts) => ofMatrixOrEach(group, parts, (of) => chooseProperties(of, parts)),
  readValues: (group, parts) =>
    ofMatrixOrEach(group, parts, async (of) => {
      const shown = new ShownRows(new Rows(of.answer));
      return readRecords(await new Turns().through(unreadValues(of, shown, parts.names)), parts.names);
    }),
  // The records that were asked are the same in each of them.
  readNames: async ({ id }, { matrices, names }) => {
    const matrix = await matrices.open(id);
    if (!matrix) return;
    const shown = new ShownRows(new Rows(matrix.answer));
    await readRecords(await new Turns().through(unreadNames(matrix.first.account, shown, names)), names);
  },
};

/** A matrix shows properties of the records that were asked, once; other look-ups that are held together each have a panel. */
async function ofMatrixOrEach(
  { id, members }: HeldGroup,
  { matrices, lookUps }: ActionParts,
  act: (of: ColumnsOf & { readonly answer: Answer }) => Promise<unknown>,
): Promise<void> {
  const matrix = await matrices.open(id);
  if (matrix) {
    await act(asColumnsOf(matrix));
    return;
  }
  for (const member of members) {
    const entry = await lookUps.open(member.id);
    if (entry) await act(entry);
  }
}

function isRefused({ stopped }: ListedLookUp): boolean {
  return stopped?.kind === 'missingScopes';
}

/** Asks about the token once, and goes on with the others when the first one went on. */
async function onStopped(
  { members }: HeldGroup,
  parts: ActionParts,
  act: (entry: ListedLookUp, parts: ActionParts) => Promise<void>,
): Promise<void> {
  const [first, ...others] = members.filter(({ stopped }) => stopped);
  if (!first) return;
  const before = first.stopped;
  await act(first, parts);
  if (parts.lookUps.find(first.id)?.stopped === before) return;
  await Promise.all(others.map(({ id }) => parts.lookUps.resume(id)));
}

async function again(group: HeldGroup, { groups, show }: ActionParts, change?: QuestionChange): Promise<void> {
  if (!(await confirmAgain(group.members, group.group.sharesIds))) return;
  const started = await groups.again(group.id, change);
  const held = started === undefined ? undefined : groups.find(started);
  if (!held) return;
  // Look-ups of ids of their own have no panel together.
  const [first] = held.members;
  if (held.group.sharesIds) show(held.id);
  else if (first) show(first.id);
}

async function askTheOthers({ id, members, notAsked }: HeldGroup, { groups }: ActionParts): Promise<void> {
  const [first] = members;
  if (!first || notAsked.length === 0) return;
  const plan = { types: notAsked.length, mayExport: false };
  if (await confirmPlan(first.summary.counts.asked, first.account, plan)) await groups.askTheOthers(id);
}

/** Gives look-ups that are held together a name; an empty one gives them their first name back. */
async function rename(group: HeldGroup, { groups, catalog }: ActionParts): Promise<void> {
  const { t } = vscode.l10n;
  const name = await vscode.window.showInputBox({
    title: t('Rename the lookups'),
    value: groupName(group, catalog),
    prompt: t('Leave it empty to name it after its object types.'),
  });
  if (name === undefined) return;
  groups.rename(group.id, name === groupName({ ...group, name: undefined }, catalog) ? '' : name);
}
