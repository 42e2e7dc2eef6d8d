import * as vscode from 'vscode';
import type { Accounts } from './accounts.ts';
import { hasToken, pickAccount } from './pickAccount.ts';
import { replaceToken } from './replaceToken.ts';
import type { CheckToken } from './tokenCheck.ts';

/** Gives an account another token, which HubSpot checks before it is stored. */
export async function replaceAccountToken(accounts: Accounts, checkToken: CheckToken, given: unknown): Promise<void> {
  const account = await pickAccount(accounts, given, vscode.l10n.t('A new token for which HubSpot account?'), hasToken);
  if (account) await replaceToken(account, accounts, checkToken);
}
