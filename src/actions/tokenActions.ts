/** What can be done where a token is missing, has ended or lacks a scope: and then on with the look-up. */
import * as vscode from 'vscode';
import { checkNow, replaceToken } from '../accounts/accountCommands.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { CheckToken } from '../accounts/tokenCheck.ts';
import type { Names } from '../answers/recordNames.ts';
import { actionTitle } from '../editor/actionTitle.ts';
import { sayWhyNot } from '../editor/said.ts';
import type { ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';

export interface TokenActionParts {
  readonly accounts: Accounts;
  readonly lookUps: LookUps;
  readonly names: Names;
  readonly checkToken: CheckToken;
}

/** After a scope was ticked in HubSpot: asks what the token may read now, and goes on with the look-up. */
export async function checkAgain(
  entry: ListedLookUp,
  { accounts, lookUps, checkToken }: TokenActionParts,
): Promise<void> {
  const account = accounts.find(entry.account.id) ?? entry.account;
  const problem = account.kind === 'sample' ? undefined : await checkNow(account, accounts, checkToken);
  if (problem !== undefined) {
    const enter = actionTitle('enterToken');
    if ((await vscode.window.showWarningMessage(problem, enter)) !== enter) return;
    if (!(await replaceToken(account, accounts, checkToken))) return;
  }
  // HubSpot does not always tell which scopes a token has, and never which of them a call needs: only the call itself shows it.
  await lookUps.resume(entry.id);
  if (lookUps.find(entry.id)?.stopped?.kind !== 'missingScopes') return;
  sayWhyNot(vscode.l10n.t('Checked again: the token still lacks a scope.'));
}

/** A new token for the account of a look-up, and then on with it, and with the names that the old one could not read. */
export async function enterToken(
  entry: ListedLookUp,
  { accounts, lookUps, checkToken, names }: TokenActionParts,
): Promise<void> {
  const account = accounts.find(entry.account.id) ?? entry.account;
  if (!(await replaceToken(account, accounts, checkToken))) return;
  names.retry();
  if (entry.state === 'paused') await lookUps.resume(entry.id);
}
