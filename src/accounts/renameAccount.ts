import * as vscode from 'vscode';
import { askForAccountName } from './accountName.ts';
import type { Accounts } from './accounts.ts';
import { isStored, pickAccount } from './pickAccount.ts';

/** Gives a stored account another name. */
export async function renameAccount(accounts: Accounts, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const account = await pickAccount(accounts, given, t('Rename which HubSpot account?'), isStored);
  if (!account) return;
  const title = t('Rename the account');
  const name = await askForAccountName(accounts, { title, value: account.name, ownId: account.id });
  if (name !== undefined && name !== account.name) await accounts.rename(account.id, name);
}
