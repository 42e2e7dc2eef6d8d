/** What can be done with accounts: add, check, rename, remove, switch, a new token. */

import * as vscode from 'vscode';
import { plainLine, plainMessage } from '../core/text/plainText.ts';
import { actionTitle } from '../editor/actionTitle.ts';
import { sayBriefly } from '../editor/said.ts';
import { accountActions } from './accountActions.ts';
import type { Account, Accounts } from './accounts.ts';
import { accountTitle } from './accountWords.ts';
import { hasToken, isStored, pickAccount } from './pickAccount.ts';
import { askForToken } from './tokenBox.ts';
import type { CheckToken } from './tokenCheck.ts';

/**
 * Asks for a token in a masked box, has HubSpot check it, asks for a name and stores the token in SecretStorage. What HubSpot
 * refuses stays in the box with HubSpot's reason; nothing is stored before the name is given.
 */
export async function addAccount(accounts: Accounts, checkToken: CheckToken): Promise<void> {
  const { t } = vscode.l10n;
  const entered = await askForToken({ title: t('Add a HubSpot account'), portalId: undefined }, checkToken);
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
    sayBriefly(t('$(check) HubSpot accepts the token of {0}.', title));
    return;
  }
  const enterToken = actionTitle('enterToken');
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
      ? t('The keychain does not return the token of {0}.', title)
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

/** Makes another account the one that look-ups read from. The list offers what else can be done with accounts. */
export async function switchAccount(accounts: Accounts, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const account = await pickAccount(accounts, given, t('Select a HubSpot account'), () => true, accountActions());
  if (account) await accounts.setActive(account.id);
}

/** Gives a stored account another name. */
export async function renameAccount(accounts: Accounts, given: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const account = await pickAccount(accounts, given, t('Rename which HubSpot account?'), isStored);
  if (!account) return;
  const title = t('Rename the account');
  const name = await askForAccountName(accounts, { title, value: account.name, ownId: account.id });
  if (name !== undefined && name !== account.name) await accounts.rename(account.id, name);
}

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
  const wasActive = accounts.active.id === account.id;
  const isDeleted = await accounts.remove(account.id);
  // Another one takes its place without a question, and may be of the real business.
  const now = wasActive ? t('The active account is {0} now.', plainMessage(accountTitle(accounts.active))) : '';
  if (!isDeleted) {
    const left = t('{0} is removed, but the keychain did not delete its token. Revoke the token in HubSpot.', title);
    void vscode.window.showWarningMessage(`${left} ${now}`.trimEnd());
  } else if (now) sayBriefly(now);
}

/** Gives an account another token, which HubSpot checks before it is stored. */
export async function replaceAccountToken(accounts: Accounts, checkToken: CheckToken, given: unknown): Promise<void> {
  const account = await pickAccount(accounts, given, vscode.l10n.t('A new token for which HubSpot account?'), hasToken);
  if (account) await replaceToken(account, accounts, checkToken);
}

/**
 * Asks for the token. A token of another portal is refused: otherwise one account would show records of two portals.
 * @returns true when the account has a token with which reading can go on
 */
export async function replaceToken(account: Account, accounts: Accounts, checkToken: CheckToken): Promise<boolean> {
  // The sample account opens without one.
  if (account.kind === 'sample') return true;
  const title = vscode.l10n.t('New token for {0}', plainLine(account.name));
  const entered = await askForToken({ title, portalId: account.portalId }, checkToken);
  if (!entered) return false;
  const { facts, token } = entered;
  // HubSpot was not asked: what was known of the account still holds, but the scopes were those of the old token.
  const { scopes: _, tokenEndsAt: __, kind, id, name, ...known } = account;
  const kept = await accounts.replaceToken(account, { ...known, ...facts }, token);
  if (kept === 'session' && account.kind === 'stored') sayKeptForSession(account);
  return true;
}

/** The keychain is missing or locked: the token works, but not for long. */
function sayKeptForSession(account: Account): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The keychain did not store the token of {0}: it is kept until this window closes.',
      plainMessage(accountTitle(account)),
    ),
  );
}

/**
 * @param value what stands in the box at first
 * @param ownId the account that has the name already
 * @returns undefined when the user left
 */
async function askForAccountName(
  accounts: Accounts,
  question: { readonly title: string; readonly value: string; readonly ownId?: string },
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const others = accounts.list().filter(({ id }) => id !== question.ownId);
  const name = await vscode.window.showInputBox({
    title: question.title,
    prompt: t('The name is shown in the status bar, in every answer and in every export.'),
    value: question.value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const wanted = plainLine(text);
      if (wanted === '') return t('A name is needed to tell accounts apart.');
      return others.some((account) => account.name === wanted) ? t('Another account has this name.') : undefined;
    },
  });
  return name === undefined ? undefined : plainLine(name);
}
