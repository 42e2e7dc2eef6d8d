/** Does what a button, a menu or a key in a panel asks for. */

import * as vscode from 'vscode';
import { checkNow, replaceToken } from '../accounts/accountCommands.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { ApiOrigin } from '../accounts/apiOrigin.ts';
import type { CheckToken } from '../accounts/tokenCheck.ts';
import { tellNoneApart } from '../answers/existence.ts';
import { copyRequest, openRequest, type RecordQuestion, showRecordAnswer } from '../answers/recordRequest.ts';
import { openInHubSpot } from '../answers/recordUrl.ts';
import { checkOtherType, pickOtherPair } from '../asking/otherTypes.ts';
import { isSameObjectType, scopesForPair } from '../core/domain/objectTypes.ts';
import type { AnswerTable } from '../core/rows/answerTable.ts';
import { plainMessage } from '../core/text/plainText.ts';
import type { FromPage, PanelAction, RowAction, RowAddress } from '../core/treaty/panelMessages.ts';
import type { Log } from '../editor/log.ts';
import { messageOf, sayBriefly } from '../editor/said.ts';
import { allRows, copyRows, type ExportParts, exportRows, type RowsToWrite } from '../exporting/exporting.ts';
import { showIgnored } from '../ids/readingChoices.ts';
import { revealSource } from '../ids/revealPlace.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';

export interface PanelActionParts extends ExportParts {
  readonly accounts: Accounts;
  readonly lookUps: LookUps;
  readonly checkToken: CheckToken;
  readonly origin: ApiOrigin;
  readonly log: Log;
  readonly show: (lookUpId: string) => void;
}

/** The boundary for errors of what a panel asks for, as `main.ts` has one for commands: logged, and said on the screen. */
export function panelActions(parts: PanelActionParts) {
  return (entry: LookUpEntry, message: FromPage, table: AnswerTable): void => {
    answer(entry, message, table, parts).catch((error: unknown) => {
      const text = messageOf(error);
      parts.log.error(`${message.kind} in a panel: ${text}`);
      void vscode.window.showErrorMessage(plainMessage(parts.log.clean(text)));
    });
  };
}

async function answer(entry: LookUpEntry, message: FromPage, table: AnswerTable, parts: PanelActionParts) {
  switch (message.kind) {
    case 'action':
      return act(message.action, entry, parts);
    case 'rowAction':
      return actOnRow(message.action, message.row, entry, parts);
    case 'copy':
      return copyRows([{ entry, answer: entry.answer, shown: table.shownRows(message.rows) }], parts, 'tsv');
    case 'export':
      return exportFromPanel(entry, table, parts);
  }
}

/** All rows, or those that chip and filter leave; asked only where there is a difference. */
async function exportFromPanel(entry: LookUpEntry, table: AnswerTable, parts: PanelActionParts): Promise<void> {
  const { t } = vscode.l10n;
  const all = allRows(entry);
  const shown = { entry, answer: entry.answer, shown: table.shownRows(), view: table.view };
  if (shown.shown.length === all.shown.length) return exportRows(shown, parts);
  const count = (rows: RowsToWrite) => rows.shown.length.toLocaleString();
  const choices = [
    { label: t('The {0} rows shown', count(shown)), description: t('in the order shown'), rows: shown },
    { label: t('All {0} rows', count(all)), description: t('in the order asked'), rows: all },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title: t('Export'), placeHolder: t('Which rows?') });
  if (chosen) await exportRows(chosen.rows, parts);
}

async function act(action: PanelAction, entry: LookUpEntry, parts: PanelActionParts): Promise<void> {
  const { lookUps, log, show } = parts;
  switch (action) {
    case 'cancel':
      return lookUps.cancel(entry.id);
    case 'resume':
    case 'retryNotRead':
      return lookUps.resume(entry.id);
    case 'runAgain':
      return show(lookUps.run(entry.question, entry.account, entry.sources, entry.read).entry.id);
    case 'readAll': {
      const question = { ...entry.question, recordCap: Number.POSITIVE_INFINITY };
      return show(lookUps.run(question, entry.account, entry.sources, entry.read).entry.id);
    }
    case 'lookUpUnderDateVersion': {
      const question = { ...entry.question, apiVersion: '2026-09' as const };
      return show(lookUps.run(question, entry.account, entry.sources, entry.read).entry.id);
    }
    case 'lookUpReverse': {
      const question = { ...entry.question, from: entry.question.to, to: entry.question.from };
      return show(lookUps.run(question, entry.account, entry.sources, entry.read).entry.id);
    }
    case 'showIgnored':
      if (entry.read) await showIgnored(entry.read.reading, entry.read.uri);
      return;
    case 'enterToken':
      return enterToken(entry, parts);
    case 'copyScopes':
      return vscode.env.clipboard.writeText(scopesForPair(entry.question.from, entry.question.to).join(' '));
    case 'openSettings':
      await vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
      return;
    case 'toggleNames':
      return parts.names.toggle();
    case 'retryNames':
      return parts.names.retry();
    case 'tellNoneApart':
      return tellNoneApart(entry, parts.names);
    case 'showLog':
      return log.channel.show();
    case 'checkAgain':
      return checkAgain(entry, parts);
    case 'checkOtherType': {
      const from = await checkOtherType(entry, parts);
      if (from === undefined) return;
      const { question } = entry;
      // Ids that are of the type that was looked for: then it was the other way round.
      const to = isSameObjectType(from, question.to) ? question.from : question.to;
      return show(lookUps.run({ ...question, from, to }, entry.account, entry.sources, entry.read).entry.id);
    }
    case 'chooseObjectType': {
      const pair = await pickOtherPair(entry, parts.catalog);
      if (!pair) return;
      return show(lookUps.run({ ...entry.question, ...pair }, entry.account, entry.sources, entry.read).entry.id);
    }
  }
}

/** After a scope was ticked in HubSpot: asks what the token may read now, and goes on with the look-up. */
async function checkAgain(entry: LookUpEntry, { accounts, lookUps, checkToken }: PanelActionParts): Promise<void> {
  const { t } = vscode.l10n;
  const account = accounts.find(entry.account.id) ?? entry.account;
  const problem = account.kind === 'sample' ? undefined : await checkNow(account, accounts, checkToken);
  if (problem !== undefined) {
    const enterToken = t('Enter New Token');
    if ((await vscode.window.showWarningMessage(problem, enterToken)) !== enterToken) return;
    if (!(await replaceToken(account, accounts, checkToken))) return;
  }
  // A token's scopes are not always told, and which of them a call needs is not: only the call itself decides.
  await lookUps.resume(entry.id);
  if (lookUps.find(entry.id)?.stopped?.kind !== 'missingScopes') return;
  sayBriefly(t('Checked again: the token still lacks a scope.'));
}

/** A new token for the account of a look-up, and then on with it, and with the names that the old one could not read. */
async function enterToken(
  entry: LookUpEntry,
  { accounts, lookUps, checkToken, names }: PanelActionParts,
): Promise<void> {
  const account = accounts.find(entry.account.id) ?? entry.account;
  if (!(await replaceToken(account, accounts, checkToken))) return;
  names.retry();
  if (entry.state === 'paused') await lookUps.resume(entry.id);
}

async function actOnRow(
  action: RowAction,
  { record, nth }: RowAddress,
  entry: LookUpEntry,
  { origin }: PanelActionParts,
): Promise<void> {
  const { answer, question, account } = entry;
  if (record >= answer.counts.asked) return;
  const id = answer.recordId(record);
  const asked: RecordQuestion = {
    account: account.id,
    apiVersion: answer.apiVersion,
    from: question.from,
    to: question.to,
    id,
  };
  const toId = nth < answer.associationCount(record) ? answer.toId(record, nth) : undefined;
  switch (action) {
    case 'openRecord':
      return openInHubSpot(account, question.from, id);
    case 'openAssociated':
      return toId === undefined ? undefined : openInHubSpot(account, question.to, toId);
    case 'copyRecordId':
      return vscode.env.clipboard.writeText(id);
    case 'copyAssociatedId':
      return toId === undefined ? undefined : vscode.env.clipboard.writeText(toId);
    case 'reveal': {
      const place = entry.sources.places(id)[0];
      return place ? revealSource(place, id) : undefined;
    }
    case 'showRecord':
      return showRecordAnswer(asked);
    case 'copyRequest':
      return copyRequest(asked, origin.origin);
    case 'openRequest':
      return openRequest(asked, origin.origin);
  }
}
