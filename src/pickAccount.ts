/** Which account a command is about: the row it was called on, or the user's choice. */
import * as vscode from 'vscode';
import { type Account, type Accounts, accountTitle } from './accounts.ts';

/** @param given the argument of the command, from a row of the Accounts view or from anywhere */
export async function pickAccount(
  accounts: Accounts,
  given: unknown,
  title: string,
  choose: (account: Account) => boolean = () => true,
): Promise<Account | undefined> {
  const fromRow = typeof given === 'object' && given !== null && 'id' in given ? given.id : given;
  if (typeof fromRow === 'string') {
    const account = accounts.find(fromRow);
    return account && choose(account) ? account : undefined;
  }
  const { active } = accounts;
  const items = accounts
    .list()
    .filter(choose)
    .map((account) => ({
      label: accountTitle(account),
      description: account.id === active.id ? vscode.l10n.t('active') : '',
      account,
    }));
  return (await vscode.window.showQuickPick(items, { title }))?.account;
}
