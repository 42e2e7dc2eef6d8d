import * as vscode from 'vscode';
import { plainMessage } from '../core/text/plainText.ts';
import { type Account, type Accounts, accountTitle } from './accounts.ts';
import { isStored, pickAccount } from './pickAccount.ts';
import { replaceToken } from './replaceToken.ts';
import type { CheckToken } from './tokenCheck.ts';

/** Milliseconds that a good answer stays in the status bar. */
const shownFor = 5000;

/** Asks HubSpot again whether it accepts an account's token, and takes over what it says of the account. */
export async function checkAccount(accounts: Accounts, checkToken: CheckToken, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const account = await pickAccount(accounts, given, t('Check which HubSpot account?'), isStored);
  if (!account) return;
  const problem = await vscode.window.withProgress(
    { location: { viewId: 'hubspotAssociations.accounts' }, title: t('Asking HubSpot...') },
    () => checkNow(account, accounts, checkToken),
  );
  if (problem === undefined) {
    const title = plainMessage(accountTitle(accounts.find(account.id) ?? account));
    vscode.window.setStatusBarMessage(t('$(check) HubSpot accepts the token of {0}.', title), shownFor);
    return;
  }
  const enterToken = t('Enter New Token');
  const answer = await vscode.window.showWarningMessage(problem, enterToken);
  if (answer === enterToken) await replaceToken(accounts.find(account.id) ?? account, accounts, checkToken);
}

/**
 * Asks HubSpot about the account's token, and takes over what it says.
 * @returns what is wrong, in a sentence; undefined when nothing is
 */
export async function checkNow(
  account: Account,
  accounts: Accounts,
  checkToken: CheckToken,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const title = plainMessage(accountTitle(account));
  const token = await accounts.token(account);
  if (token === undefined) {
    const isLocked = (await accounts.tokenPlace(account)) === 'locked';
    return isLocked
      ? t('The keychain does not give the token of {0}.', title)
      : t('{0} has no token on this machine.', title);
  }
  const check = await checkToken(token);
  if (check.kind !== 'accepted') return t('{0}: {1}', title, check.sentence);
  const { portalId } = check.facts;
  if (account.portalId !== undefined && portalId !== undefined && portalId !== account.portalId) {
    return t('The token of {0} is for portal {1}, and the account is portal {2}.', title, portalId, account.portalId);
  }
  const { tokenEndsAt, kind, id, name, ...known } = account;
  await accounts.updateFacts(id, { ...known, ...check.facts, ...(tokenEndsAt === undefined ? {} : { tokenEndsAt }) });
  return undefined;
}
