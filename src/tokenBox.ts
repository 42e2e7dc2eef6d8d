/** The masked box in which a token is entered. What HubSpot refuses stays in the box, with the reason. */
import * as vscode from 'vscode';
import type { AccountFacts } from './accounts.ts';
import { readTokenText, type TokenText } from './core/tokenText.ts';
import type { CheckToken } from './tokenCheck.ts';

export interface EnteredToken {
  readonly token: string;
  readonly facts: Omit<AccountFacts, 'name'>;
}

/** @returns a token that HubSpot accepted (or, when it could not be asked, that the user insists on), or undefined when the user left. */
export async function askForToken(title: string, checkToken: CheckToken): Promise<EnteredToken | undefined> {
  const { t } = vscode.l10n;
  const box = vscode.window.createInputBox();
  const storeUnchecked: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('save'),
    tooltip: t('Store it without a check'),
  };
  box.title = title;
  box.prompt = t('Service key, private app token or OAuth access token. It is stored in the keychain only.');
  box.placeholder = t('Paste the token');
  box.password = true;
  box.ignoreFocusOut = true;

  const entered = await new Promise<EnteredToken | undefined>((resolve) => {
    box.onDidChangeValue((value) => {
      box.buttons = [];
      box.validationMessage = complaint(readTokenText(value), value);
    });
    box.onDidHide(() => resolve(undefined));
    box.onDidTriggerButton((button) => {
      const text = readTokenText(box.value);
      if (button === storeUnchecked && 'token' in text) resolve({ token: text.token, facts: { checked: false } });
    });
    box.onDidAccept(async () => {
      const text = readTokenText(box.value);
      if (!('token' in text)) {
        box.validationMessage = complaint(text, box.value) ?? t('Paste a token first.');
        return;
      }
      box.busy = true;
      box.enabled = false;
      const check = await checkToken(text.token);
      box.busy = false;
      box.enabled = true;
      if (check.kind === 'accepted') return resolve({ token: text.token, facts: check.facts });
      box.validationMessage = { message: check.sentence, severity: vscode.InputBoxValidationSeverity.Error };
      if (check.kind === 'unreachable') box.buttons = [storeUnchecked];
    });
    box.show();
  });
  box.dispose();
  return entered;
}

/** What is wrong with a text as a token, before HubSpot is asked; undefined when nothing is. */
function complaint(text: TokenText, value: string): string | vscode.InputBoxValidationMessage | undefined {
  const { t } = vscode.l10n;
  switch (text.kind) {
    case 'empty':
      return value === '' ? undefined : t('There is no token in this.');
    case 'apiKey':
      return t('This is an API key. HubSpot switched these off in November 2022: create a service key instead.');
    case 'personalAccessKey':
      return t(
        "This is the HubSpot CLI's personal access key, which cannot read the CRM as it is: create a service key instead.",
      );
    case 'notAToken':
      return t('A token has no spaces or special characters.');
    case 'oauth':
      return {
        message: t('This looks like an OAuth access token: it ends 30 minutes after it was made.'),
        severity: vscode.InputBoxValidationSeverity.Info,
      };
    default:
      return undefined;
  }
}
