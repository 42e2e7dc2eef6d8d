import * as vscode from 'vscode';
import { type Accounts, accountTitle } from '../accounts.ts';
import { pickAccount } from '../pickAccount.ts';

/** Removes an account and its token, after a question. */
export async function removeAccount(accounts: Accounts, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const isStored = ({ kind }: { kind: string }) => kind === 'stored';
  if (!accounts.list().some(isStored)) return;
  const account = await pickAccount(accounts, given, t('Remove which HubSpot account?'), isStored);
  if (!account) return;
  const remove = t('Remove');
  const answer = await vscode.window.showWarningMessage(
    t('Remove {0}?', accountTitle(account)),
    { modal: true, detail: t('Its token is deleted from the keychain. Nothing changes in HubSpot.') },
    remove,
  );
  if (answer === remove) await accounts.remove(account.id);
}
