/** Keeps the Accounts view and the context keys up with the accounts. */
import type * as vscode from 'vscode';
import { setContext } from '../editor/contextKeys.ts';
import type { Accounts } from './accounts.ts';

/** @param changed tells the tree that its rows are others now */
export function followAccounts(
  changed: vscode.EventEmitter<object | undefined>,
  accounts: Accounts,
): vscode.Disposable {
  const follow = () => {
    const hasAccount = accounts.list().some(({ kind }) => kind === 'stored');
    setContext('hubspotAssociations.hasAccount', hasAccount);
    changed.fire(undefined);
  };
  follow();
  return accounts.onDidChange(follow);
}
