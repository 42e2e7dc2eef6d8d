import * as vscode from 'vscode';
import type { Accounts } from '../accounts.ts';
import { pickAccount } from '../pickAccount.ts';

/** Makes another account the one that look-ups read from. */
export async function switchAccount(accounts: Accounts, given: unknown): Promise<void> {
  const account = await pickAccount(accounts, given, vscode.l10n.t('Read from which HubSpot account?'));
  if (account) await accounts.setActive(account.id);
}
