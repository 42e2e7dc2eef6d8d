import * as vscode from 'vscode';
import type { Accounts } from './accounts.ts';
import { type AccountAction, hasToken, isStored, pickAccount } from './pickAccount.ts';

/** Makes another account the one that look-ups read from. The list offers what else can be done with accounts. */
export async function switchAccount(accounts: Accounts, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const actions: readonly AccountAction[] = [
    { label: t('Enter New Token'), icon: 'key', of: hasToken, command: 'hubspotAssociations.replaceAccountToken' },
    { label: t('Check Again'), icon: 'refresh', of: isStored, command: 'hubspotAssociations.checkAccount' },
    { label: t('Rename'), icon: 'edit', of: isStored, command: 'hubspotAssociations.renameAccount' },
    { label: t('Remove'), icon: 'trash', of: isStored, command: 'hubspotAssociations.removeAccount' },
    { label: t('Add Account...'), icon: 'add', command: 'hubspotAssociations.addAccount' },
  ];
  const account = await pickAccount(accounts, given, t('Read from which HubSpot account?'), () => true, actions);
  if (account) await accounts.setActive(account.id);
}
