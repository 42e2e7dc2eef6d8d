/** The Accounts view: which HubSpot accounts there are, and which one look-ups read from. */
import * as vscode from 'vscode';
import { type Account, type Accounts, environmentWords } from '../accounts.ts';

export class AccountsTree implements vscode.TreeDataProvider<Account> {
  readonly #accounts: Accounts;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  getChildren(account?: Account): Account[] {
    return account ? [] : [...this.#accounts.list()];
  }

  getTreeItem(account: Account): vscode.TreeItem {
    const { t } = vscode.l10n;
    const active = this.#accounts.active.id === account.id;
    const item = new vscode.TreeItem(account.name);
    item.id = account.id;
    const parts = [
      environmentWords(account),
      active ? t('active') : undefined,
      account.kind === 'environment' ? t('from HUBSPOT_TOKEN') : undefined,
      account.checked || account.kind === 'environment' ? undefined : t('not checked'),
    ].filter((part) => part !== undefined);
    item.description = parts.join(' · ');
    item.iconPath = new vscode.ThemeIcon(active ? 'pass-filled' : account.kind === 'sample' ? 'beaker' : 'account');
    item.contextValue = `account ${active ? 'active' : 'inactive'}${account.kind === 'stored' ? ' removable' : ''}`;
    item.tooltip = [account.name, ...parts, account.portalId ? t('Portal {0}', account.portalId) : undefined]
      .filter((part) => part !== undefined)
      .join('\n');
    item.accessibilityInformation = { label: [account.name, ...parts].join(', ') };
    if (!active) {
      item.command = { command: 'hubspotAssociations.switchAccount', title: t('Switch'), arguments: [account] };
    }
    return item;
  }
}
