import * as vscode from 'vscode';
import type { Accounts } from '../accounts.ts';
import { accountTitle } from '../accounts.ts';
import { askForToken } from '../tokenBox.ts';
import type { CheckToken } from '../tokenCheck.ts';

/**
 * Asks for a token in a masked box, has HubSpot check it, and stores it in SecretStorage. What HubSpot refuses stays in the
 * box with HubSpot's reason; nothing is stored.
 */
export async function addAccount(accounts: Accounts, checkToken: CheckToken): Promise<void> {
  const { t } = vscode.l10n;
  const entered = await askForToken(t('Add a HubSpot account'), checkToken);
  if (!entered) return;
  const { facts, token } = entered;
  const name = await vscode.window.showInputBox({
    title: t('Name this account'),
    prompt: t('The name stands in the status bar, in every answer and in every export.'),
    value: facts.portalId ? t('Portal {0}', facts.portalId) : t('HubSpot account'),
    validateInput: (text) => (text.trim() ? undefined : t('A name is needed to tell accounts apart.')),
    ignoreFocusOut: true,
  });
  const { account, kept } = await accounts.add({ ...facts, name: (name ?? '').trim() || t('HubSpot account') }, token);
  if (kept === 'session') {
    void vscode.window.showWarningMessage(
      t('The keychain did not take the token. {0} works until this window closes.', accountTitle(account)),
    );
  }
}
