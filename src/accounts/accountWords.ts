/** What an account is called on the screen. */
import * as vscode from 'vscode';
import type { Account } from './accounts.ts';

/** The account with its environment in words: "Acme (Production)". */
export function accountTitle(account: Pick<Account, 'name' | 'accountType' | 'kind'>): string {
  const environment = environmentWords(account);
  return environment ? vscode.l10n.t('{0} ({1})', account.name, environment) : account.name;
}

/** Records of the real business, where HubSpot said so. */
export function isProduction({ accountType }: Pick<Account, 'accountType'>): boolean {
  return accountType === 'STANDARD';
}

/** What kind of HubSpot account this is, in words; undefined where HubSpot did not say. */
export function environmentWords(account: Pick<Account, 'accountType' | 'kind'>): string | undefined {
  switch (account.accountType) {
    case 'STANDARD':
      return vscode.l10n.t('Production');
    case 'SANDBOX':
      return vscode.l10n.t('Sandbox');
    case 'DEVELOPER_TEST':
      return vscode.l10n.t('Developer test');
    case 'APP_DEVELOPER':
      return vscode.l10n.t('App developer');
    default:
      return account.kind === 'sample' ? vscode.l10n.t('demo data') : undefined;
  }
}
