/** What can be done with one account: what its row in the Accounts view opens, and the buttons of the list of accounts. */
import * as vscode from 'vscode';
import { actionTitle } from '../editor/actionTitle.ts';
import type { Accounts } from './accounts.ts';
import { accountTitle } from './accountWords.ts';
import { type AccountAction, hasToken, isStored, pickAccount } from './pickAccount.ts';

/** Buttons on the rows of the list of accounts, and what stands below them. */
export function accountActions(): readonly AccountAction[] {
  const { t } = vscode.l10n;
  return [
    { label: actionTitle('enterToken'), icon: 'key', of: hasToken, command: 'hubspotAssociations.replaceAccountToken' },
    { label: actionTitle('checkAgain'), icon: 'refresh', of: isStored, command: 'hubspotAssociations.checkAccount' },
    { label: t('Rename'), icon: 'edit', of: isStored, command: 'hubspotAssociations.renameAccount' },
    { label: t('Remove'), icon: 'trash', of: isStored, command: 'hubspotAssociations.removeAccount' },
    { label: t('Add Account...'), icon: 'add', of: undefined, command: 'hubspotAssociations.addAccount' },
  ];
}

/**
 * Shows what can be done with an account. To press its row is no reason to read from it: a person may only want to see what it is,
 * and the next look-up would go to another HubSpot. So using it is the first choice, and asks for a second press.
 */
export async function showAccountActions(accounts: Accounts, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const account = await pickAccount(accounts, given, t('Select a HubSpot account'));
  if (!account) return;
  const isActive = account.id === accounts.active.id;
  const use: AccountAction = {
    label: t('Use This Account'),
    icon: 'arrow-swap',
    of: () => !isActive,
    command: 'hubspotAssociations.switchAccount',
  };
  const sample: AccountAction = {
    label: t('Try the Sample Account'),
    icon: 'beaker',
    of: ({ kind }) => kind === 'sample',
    command: 'hubspotAssociations.trySample',
  };
  const offered = [use, sample, ...accountActions()].filter(({ of }) => of?.(account));
  const chosen = await vscode.window.showQuickPick(
    offered.map(({ label, icon, command }) => ({ label: `$(${icon}) ${label}`, command })),
    {
      title: accountTitle(account),
      placeHolder: isActive ? t('Lookups read from this account.') : t('Lookups read from another account now.'),
    },
  );
  if (chosen) await vscode.commands.executeCommand(chosen.command, account.id);
}
