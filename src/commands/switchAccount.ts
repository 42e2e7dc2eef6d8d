import * as vscode from 'vscode';
import type { Accounts } from '../accounts.ts';
import { pickAccount } from '../pickAccount.ts';

/** Makes another account the one that look-ups read from. */
export async function switchAccount(accounts: Accounts, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const account = await pickAccount(accounts, given, t('Read from which HubSpot account?'), () => true, {
    label: `$(add) ${t('Add Account...')}`,
    run: () => vscode.commands.executeCommand('hubspotAssociations.addAccount'),
  });
  if (account) await accounts.setActive(account.id);
}
