/** The name the user gives to an account. */
import * as vscode from 'vscode';
import { plainLine } from '../core/text/plainText.ts';
import type { Accounts } from './accounts.ts';

/**
 * @param value what stands in the box at first
 * @param ownId the account that has the name already
 * @returns undefined when the user left
 */
export async function askForAccountName(
  accounts: Accounts,
  question: { readonly title: string; readonly value: string; readonly ownId?: string },
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const others = accounts.list().filter(({ id }) => id !== question.ownId);
  const name = await vscode.window.showInputBox({
    title: question.title,
    prompt: t('The name stands in the status bar, in every answer and in every export.'),
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
