/** Which account a command is about: the row it was called on, or the user's choice. */
import * as vscode from 'vscode';
import { type Account, type Accounts, accountTitle } from './accounts.ts';
import { plainLabel } from './core/plainText.ts';

type Choose = (account: Account) => boolean;

/** The accounts that the user added, and can change. */
export const isStored: Choose = ({ kind }) => kind === 'stored';

/** The accounts that need a token. */
export const hasToken: Choose = ({ kind }) => kind !== 'sample';

/** Something else that the list offers below the accounts. */
interface Otherwise {
  readonly label: string;
  readonly run: () => unknown;
}

/** @param given the argument of the command, from a row of the Accounts view or from anywhere */
export async function pickAccount(
  accounts: Accounts,
  given: unknown,
  title: string,
  choose: Choose = () => true,
  otherwise?: Otherwise,
): Promise<Account | undefined> {
  const { t } = vscode.l10n;
  if (given !== undefined) {
    const account = accounts.find(idOf(given));
    return account && choose(account) ? account : undefined;
  }
  const { active } = accounts;
  const items = accounts
    .list()
    .filter(choose)
    .map((account) => ({
      label: plainLabel(accountTitle(account)),
      description: [
        account.id === active.id ? t('active') : '',
        account.portalId ? t('Portal {0}', account.portalId) : '',
        account.checked || account.kind === 'environment' ? '' : t('not checked'),
      ]
        .filter((part) => part !== '')
        .join(' · '),
      account,
    }));
  if (items.length === 0 && !otherwise) {
    void vscode.window.showInformationMessage(t('No HubSpot account was added yet.'));
    return undefined;
  }
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator, account: undefined };
  const rest = otherwise ? [separator, { label: otherwise.label, otherwise, account: undefined }] : [];
  const chosen = await vscode.window.showQuickPick([...items, ...rest], { title, matchOnDescription: true });
  if (chosen && 'otherwise' in chosen) await chosen.otherwise.run();
  return chosen?.account;
}

/** What an argument names: an account's id, or a row with one. Anything else names nothing. */
function idOf(given: unknown): string {
  if (typeof given === 'string') return given;
  const isRow = typeof given === 'object' && given !== null && 'id' in given && typeof given.id === 'string';
  return isRow ? String(given.id) : '';
}
