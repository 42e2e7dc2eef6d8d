/** The active account in the status bar, with its environment in words. */
import * as vscode from 'vscode';
import { plainLabel } from '../core/text/plainText.ts';
import { type Accounts, accountTitle } from './accounts.ts';

export function showAccountInStatusBar(accounts: Accounts): vscode.Disposable {
  const { t } = vscode.l10n;
  const item = vscode.window.createStatusBarItem('hubspotAssociations.account', vscode.StatusBarAlignment.Left);
  item.name = t('HubSpot account');
  item.command = 'hubspotAssociations.switchAccount';
  const refresh = () => {
    const title = accountTitle(accounts.active);
    item.text = `$(link) ${plainLabel(title)}`;
    item.tooltip = t('Look-ups read from {0}. Select to switch.', title);
    item.accessibilityInformation = { label: t('HubSpot account: {0}', title), role: 'button' };
  };
  refresh();
  item.show();
  return vscode.Disposable.from(item, accounts.onDidChange(refresh));
}
