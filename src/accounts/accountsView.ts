/** The accounts where a person sees them: the Accounts view, the status bar and the context keys. */

import * as vscode from 'vscode';
import { plainLabel } from '../core/text/plainText.ts';
import { setContext } from '../editor/contextKeys.ts';
import { howMany } from '../editor/howMany.ts';
import type { Account, Accounts, TokenPlace } from './accounts.ts';
import { accountTitle, environmentWords, isProduction } from './accountWords.ts';

export class AccountsTree implements vscode.TreeDataProvider<Account> {
  readonly #accounts: Accounts;
  readonly onDidChangeTreeData: vscode.Event<void>;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
    this.onDidChangeTreeData = accounts.onDidChange;
  }

  getChildren(account?: Account): Account[] {
    return account ? [] : [...this.#accounts.list()];
  }

  async getTreeItem(account: Account): Promise<vscode.TreeItem> {
    const { t } = vscode.l10n;
    const active = this.#accounts.active.id === account.id;
    const place = account.kind === 'stored' ? await this.#accounts.tokenPlace(account) : undefined;
    const parts = [
      environmentWords(account),
      // What is wrong comes early, where a narrow view does not cut it off; the icon says too which is active.
      placeWords(place),
      endWords(account.tokenEndsAt),
      account.kind === 'stored' && !account.checked ? t('not checked') : undefined,
      account.kind === 'environment' ? t('from HUBSPOT_TOKEN') : undefined,
      active ? t('active') : undefined,
    ].filter((part) => part !== undefined);

    const item = new vscode.TreeItem(account.name);
    item.id = account.id;
    item.description = parts.join(' · ');
    item.iconPath = new vscode.ThemeIcon(iconOf(account, active, place));
    item.contextValue = ['account', active ? 'active' : 'inactive', account.kind].join(' ');
    item.tooltip = [account.name, ...parts, ...facts(account)].join('\n');
    item.accessibilityInformation = { label: [account.name, ...parts].join(', ') };
    // What can be done with it, and never a switch that nobody asked for.
    item.command = { command: 'hubspotAssociations.accountActions', title: '', arguments: [account] };
    return item;
  }
}

function iconOf({ kind }: Account, active: boolean, place: TokenPlace | undefined): string {
  if (place === 'missing' || place === 'locked') return 'warning';
  if (place === 'waiting') return 'loading~spin';
  if (active) return 'pass-filled';
  return kind === 'sample' ? 'beaker' : 'account';
}

function placeWords(place: TokenPlace | undefined): string | undefined {
  const { t } = vscode.l10n;
  if (place === 'missing') return t('no token');
  if (place === 'locked') return t('the keychain does not return its token');
  if (place === 'waiting') return t('waiting for the keychain');
  return place === 'session' ? t('token kept until this window closes') : undefined;
}

function endWords(tokenEndsAt: number | undefined): string | undefined {
  const { t } = vscode.l10n;
  if (tokenEndsAt === undefined) return undefined;
  if (tokenEndsAt <= Date.now()) return t('token has expired');
  const time = new Date(tokenEndsAt).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
  return t('token expires by {0}', time);
}

function facts({ portalId, region, timeZone, scopes }: Account): string[] {
  const { t } = vscode.l10n;
  return [
    ...(portalId === undefined ? [] : [t('Portal {0}', portalId)]),
    ...(region === undefined ? [] : [t('Hosted in {0}', region)]),
    ...(timeZone === undefined ? [] : [t('Time zone {0}', timeZone)]),
    ...(scopes === undefined ? [] : [howMany(scopes.length, 'scopes')]),
  ];
}

/** Keeps the context keys up with the accounts. */
export function followAccounts(accounts: Accounts): vscode.Disposable {
  const follow = () => {
    const hasAccount = accounts.list().some(({ kind }) => kind === 'stored');
    setContext('hubspotAssociations.hasAccount', hasAccount);
  };
  follow();
  return accounts.onDidChange(follow);
}

export function showAccountInStatusBar(accounts: Accounts): vscode.Disposable {
  const { t } = vscode.l10n;
  const item = vscode.window.createStatusBarItem('hubspotAssociations.account', vscode.StatusBarAlignment.Left);
  item.name = t('HubSpot account');
  item.command = 'hubspotAssociations.switchAccount';
  const refresh = () => {
    const title = accountTitle(accounts.active);
    item.text = `$(link) ${plainLabel(title)}`;
    item.tooltip = t('Lookups read from {0}. Select to switch.', title);
    item.accessibilityInformation = { label: t('HubSpot account: {0}', title), role: 'button' };
    // Whoever reads from production sees it wherever they look; the word says it too.
    item.backgroundColor = isProduction(accounts.active)
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
  };
  refresh();
  item.show();
  return vscode.Disposable.from(item, accounts.onDidChange(refresh));
}
