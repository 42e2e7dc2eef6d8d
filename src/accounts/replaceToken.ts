/** Another token for an account that is there: after it was revoked, has ended or lacks a scope. */
import * as vscode from 'vscode';
import { plainLine, plainMessage } from '../core/text/plainText.ts';
import { type Account, type Accounts, accountTitle } from './accounts.ts';
import { askForToken } from './tokenBox.ts';
import type { CheckToken } from './tokenCheck.ts';

/**
 * Asks for the token. One of another portal is not taken: what was read of this account and what is read from now on must not
 * come from two.
 * @returns true when the account has a token with which reading can go on
 */
export async function replaceToken(account: Account, accounts: Accounts, checkToken: CheckToken): Promise<boolean> {
  // The sample account opens without one.
  if (account.kind === 'sample') return true;
  const title = vscode.l10n.t('New token for {0}', plainLine(account.name));
  const entered = await askForToken({ title, portalId: account.portalId }, checkToken);
  if (!entered) return false;
  const { facts, token } = entered;
  // Stored without a check, nothing new is known; what was known before still holds, but for the scopes.
  const { scopes: _, tokenEndsAt: __, kind, id, name, ...known } = account;
  const kept = await accounts.replaceToken(account, { ...known, ...facts }, token);
  if (kept === 'session' && account.kind === 'stored') sayKeptForSession(account);
  return true;
}

/** The keychain is missing or locked: the token works, but not for long. */
export function sayKeptForSession(account: Account): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The keychain did not take the token of {0}: it is kept until this window closes.',
      plainMessage(accountTitle(account)),
    ),
  );
}
