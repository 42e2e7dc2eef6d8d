/** Does what a button, a menu or a key in a panel asks for. */
import * as vscode from 'vscode';
import type { Accounts } from '../accounts.ts';
import { tellNoneApart } from '../commands/tellNoneApart.ts';
import type { AnswerTable } from '../core/answerTable.ts';
import { scopesForPair } from '../core/objectTypes.ts';
import type { FromPage, PanelAction, RowAction, RowAddress } from '../core/panelMessages.ts';
import { copyRows, type ExportParts, exportRows } from '../exporting.ts';
import type { Log } from '../log.ts';
import type { LookUpEntry, LookUps } from '../lookUps.ts';
import { showIgnored } from '../readingChoices.ts';
import { showRecordAnswer } from '../recordRequest.ts';
import { openInHubSpot } from '../recordUrl.ts';
import { replaceToken } from '../replaceToken.ts';
import { revealSource } from '../revealSource.ts';
import type { CheckToken } from '../tokenCheck.ts';

export interface PanelActionParts extends ExportParts {
  readonly accounts: Accounts;
  readonly lookUps: LookUps;
  readonly checkToken: CheckToken;
  readonly log: Log;
  readonly show: (lookUpId: string) => void;
}

export function panelActions(parts: PanelActionParts) {
  return (entry: LookUpEntry, message: FromPage, table: AnswerTable): void => {
    switch (message.kind) {
      case 'action':
        void act(message.action, entry, parts);
        return;
      case 'rowAction':
        void actOnRow(message.action, message.row, entry);
        return;
      case 'copy':
        void copyRows([{ entry, answer: entry.answer, shown: table.shownRows(message.rows) }], parts, 'tsv');
        return;
      case 'export':
        void exportRows({ entry, answer: entry.answer, shown: table.shownRows(), view: table.view }, parts);
        return;
    }
  };
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
    case 'tellNoneApart':
      return tellNoneApart(entry, parts.names);
    case 'showLog':
      return log.channel.show();
    case 'chooseObjectType':
      await vscode.commands.executeCommand('hubspotAssociations.lookUpSelection');
      return;
    default:
      return;
  }
}

/** A new token for the account of a look-up, and then on with it. */
async function enterToken(entry: LookUpEntry, { accounts, lookUps, checkToken }: PanelActionParts): Promise<void> {
  const account = accounts.find(entry.account.id) ?? entry.account;
  if (await replaceToken(account, accounts, checkToken)) await lookUps.resume(entry.id);
}

async function actOnRow(action: RowAction, { record, nth }: RowAddress, entry: LookUpEntry): Promise<void> {
  const { answer, question, account } = entry;
  if (record >= answer.counts.asked) return;
  const id = answer.recordId(record);
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
      return showRecordAnswer({
        account: account.id,
        apiVersion: answer.apiVersion,
        from: question.from,
        to: question.to,
        id,
      });
  }
}
