/** The active account in the status bar, with its environment in words. */
import * as vscode from 'vscode';
import { type Accounts, accountTitle } from './accounts.ts';

export function showAccountInStatusBar(accounts: Accounts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('hubspotAssociations.account', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('HubSpot account');
  item.command = 'hubspotAssociations.switchAccount';
  const refresh = () => {
    const title = accountTitle(accounts.active);
    item.text = `$(link) ${title}`;
    item.tooltip = vscode.l10n.t('Look-ups read from {0}. Select to switch.', title);
    item.accessibilityInformation = { label: vscode.l10n.t('HubSpot account: {0}', title) };
  };
  refresh();
  item.show();
  return vscode.Disposable.from(item, accounts.onDidChange(refresh));
}
