import * as vscode from 'vscode';
import { askForAccountName } from './accountName.ts';
import type { Accounts } from './accounts.ts';
import { sayKeptForSession } from './replaceToken.ts';
import { askForToken } from './tokenBox.ts';
import type { CheckToken } from './tokenCheck.ts';

/**
 * Asks for a token in a masked box, has HubSpot check it, asks for a name and stores the token in SecretStorage. What HubSpot
 * refuses stays in the box with HubSpot's reason; nothing is stored before the name is given.
 */
export async function addAccount(accounts: Accounts, checkToken: CheckToken): Promise<void> {
  const { t } = vscode.l10n;
  const entered = await askForToken({ title: t('Add a HubSpot account') }, checkToken);
  if (!entered) return;
  const { facts, token } = entered;
  const name = await askForAccountName(accounts, {
    title: t('Name this account'),
    value: freeName(facts.portalId ? t('Portal {0}', facts.portalId) : t('HubSpot account'), accounts),
  });
  if (name === undefined) return;
  const { account, kept } = await accounts.add({ ...facts, name }, token);
  if (kept === 'session') sayKeptForSession(account);
}

/** The name, with a number behind it where another account has it. */
function freeName(name: string, accounts: Accounts): string {
  const taken = new Set(accounts.list().map((account) => account.name));
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
  return free;
}
