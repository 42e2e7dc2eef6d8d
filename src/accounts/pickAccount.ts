/** Which account a command is about: the row it was called on, or the user's choice. */
import * as vscode from 'vscode';
import { plainLabel } from '../core/text/plainText.ts';
import type { Account, Accounts } from './accounts.ts';
import { accountTitle } from './accountWords.ts';

type Choose = (account: Account) => boolean;

/** The accounts that the user added, and can change. */
export const isStored: Choose = ({ kind }) => kind === 'stored';

/** The accounts that need a token. */
export const hasToken: Choose = ({ kind }) => kind !== 'sample';

/** Something else that the list offers: a button on the rows of some accounts, or, without `of`, a row below them. */
export interface AccountAction {
  readonly label: string;
  readonly icon: string;
  /** The accounts that have the button; undefined for a row below them. */
  readonly of: Choose | undefined;
  readonly command: string;
}

interface Row extends vscode.QuickPickItem {
  readonly account?: Account;
  readonly action?: AccountAction;
}

/**
 * @param given the argument of the command, from a row of the Accounts view or from anywhere
 * @param actions what can be done from the list instead of choosing; then nothing is chosen
 */
export async function pickAccount(
  accounts: Accounts,
  given: unknown,
  title: string,
  choose: Choose = () => true,
  actions: readonly AccountAction[] = [],
): Promise<Account | undefined> {
  if (given !== undefined) {
    const account = accounts.find(idOf(given));
    return account && choose(account) ? account : undefined;
  }
  const rows = accounts.list().filter(choose).map(rowOf(accounts.active, actions));
  const below = actions.filter(({ of }) => of === undefined);
  if (rows.length === 0 && below.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No HubSpot account was added yet.'));
    return undefined;
  }
  const separator: Row = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const rest = below.map((action): Row => ({ label: `$(${action.icon}) ${action.label}`, action }));
  const chosen = await chooseRow(
    title,
    rest.length > 0 ? [...rows, separator, ...rest] : rows,
    accounts.active,
    actions,
  );
  if (chosen?.action) await vscode.commands.executeCommand(chosen.action.command, chosen.account?.id);
  return chosen?.action ? undefined : chosen?.account;
}

function rowOf(active: Account, actions: readonly AccountAction[]): (account: Account) => Row {
  const { t } = vscode.l10n;
  return (account) => ({
    label: plainLabel(accountTitle(account)),
    description: [
      account.id === active.id ? t('active') : '',
      account.portalId ? t('Portal {0}', account.portalId) : '',
      account.checked || account.kind === 'environment' ? '' : t('not checked'),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    buttons: actions
      .filter(({ of }) => of?.(account))
      .map(({ label, icon }) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip: label })),
    account,
  });
}

/** Shows the list, on the active account at first. @returns the row that was chosen, with the action whose button was. */
async function chooseRow(
  title: string,
  rows: readonly Row[],
  active: Account,
  actions: readonly AccountAction[],
): Promise<Pick<Row, 'account' | 'action'> | undefined> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = title;
  pick.matchOnDescription = true;
  pick.items = rows;
  pick.activeItems = rows.filter(({ account }) => account?.id === active.id);
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => resolve(pick.activeItems[0]));
      pick.onDidTriggerItemButton(({ item: { account }, button }) => {
        const action = actions.find(({ label }) => label === button.tooltip);
        resolve(account && action && { account, action });
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** What an argument names: an account's id, or a row with one. Anything else names nothing. */
function idOf(given: unknown): string {
  if (typeof given === 'string') return given;
  const isRow = typeof given === 'object' && given !== null && 'id' in given && typeof given.id === 'string';
  return isRow ? String(given.id) : '';
}
