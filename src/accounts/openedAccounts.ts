/** Everything of this room that others need, made once when the extension starts. */
import type * as vscode from 'vscode';
import type { Log } from '../editor/log.ts';
import { Accounts } from './accounts.ts';
import { followAccounts, showAccountInStatusBar } from './accountsView.ts';
import { type ApiOrigin, apiOrigin } from './apiOrigin.ts';
import { Engine } from './connections.ts';
import { ObjectTypeCatalog } from './objectTypeCatalog.ts';
import { type CheckToken, checkTokenWith } from './tokenCheck.ts';

export interface OpenedAccounts {
  readonly accounts: Accounts;
  readonly origin: ApiOrigin;
  readonly engine: Engine;
  readonly catalog: ObjectTypeCatalog;
  readonly checkToken: CheckToken;
}

export function openAccounts(context: vscode.ExtensionContext, log: Log): OpenedAccounts {
  const origin = apiOrigin(context.extensionMode, process.env);
  const accounts = new Accounts(context, origin, log);
  const engine = new Engine(accounts, origin, log);
  const catalog = new ObjectTypeCatalog(
    (account) => engine.customTypes(account),
    (account) => engine.recordUsage(account),
  );
  context.subscriptions.push(
    catalog,
    accounts.onDidChangeToken((accountId) => catalog.forget(accountId)),
    followAccounts(accounts),
    showAccountInStatusBar(accounts),
  );
  return { accounts, origin, engine, catalog, checkToken: checkTokenWith(engine) };
}
