import * as vscode from 'vscode';
import { plainMessage } from '../core/text/plainText.ts';
import { type Accounts, accountTitle } from './accounts.ts';
import { isStored, pickAccount } from './pickAccount.ts';

/** Removes an account and its token, after a question. */
export async function removeAccount(accounts: Accounts, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const account = await pickAccount(accounts, given, t('Remove which HubSpot account?'), isStored);
  if (!account) return;
  const title = plainMessage(accountTitle(account));
  const remove = t('Remove');
  const answer = await vscode.window.showWarningMessage(
    t('Remove {0}?', title),
    { modal: true, detail: t('Its token is deleted from the keychain. Nothing changes in HubSpot.') },
    remove,
  );
  if (answer !== remove) return;
  if (await accounts.remove(account.id)) return;
  void vscode.window.showWarningMessage(
    t('{0} is removed, but the keychain did not delete its token. Revoke the token in HubSpot.', title),
  );
}
