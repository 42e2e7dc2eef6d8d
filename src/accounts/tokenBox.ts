/** The masked box in which a token is entered. What HubSpot refuses stays in the box, with the reason. */
import * as vscode from 'vscode';
import { systemClock } from '../core/hubspot/machineClock.ts';
import { oauthLifetime, readTokenText, type TokenText } from '../core/text/tokenText.ts';
import type { TokenFacts } from './accounts.ts';
import { listScopes } from './scopeList.ts';
import type { CheckToken } from './tokenCheck.ts';

/** How long an answer may take without a word about it, in milliseconds. */
const patience = 3000;

export interface EnteredToken {
  readonly token: string;
  readonly facts: TokenFacts;
}

export interface TokenQuestion {
  readonly title: string;
  /** Only a token of this portal will do. */
  readonly portalId?: string | undefined;
}

/** @returns a token that HubSpot accepted (or, when it could not be asked, that the user insists on), or undefined when the user left. */
export async function askForToken(question: TokenQuestion, checkToken: CheckToken): Promise<EnteredToken | undefined> {
  const { t } = vscode.l10n;
  const { Info, Warning, Error: Problem } = vscode.InputBoxValidationSeverity;
  const box = vscode.window.createInputBox();
  const whichScopes = { iconPath: new vscode.ThemeIcon('question'), tooltip: t('Which Scopes Does It Need?') };
  const storeUnchecked = { iconPath: new vscode.ThemeIcon('save'), tooltip: t('Store It Without a Check') };
  const stopAsking = { iconPath: new vscode.ThemeIcon('debug-stop'), tooltip: t('Stop Asking') };
  const prompt = t('Service key, private app token or OAuth access token. It is kept in the keychain only.');
  box.title = question.title;
  box.prompt = prompt;
  box.placeholder = t('Paste the token');
  box.password = true;
  box.ignoreFocusOut = true;
  box.buttons = [whichScopes];

  let checking: AbortController | undefined;
  let away: 'at the scopes' | 'to give the field the keyboard' | undefined;
  const stopChecking = () => {
    checking?.abort();
    checking = undefined;
    box.busy = false;
    box.buttons = [whichScopes];
  };
  const complain = (message: string, severity = Problem) => {
    box.validationMessage = { message, severity };
  };
  const offerUnchecked = (sentence: string, severity = Problem) => {
    box.buttons = [whichScopes, storeUnchecked];
    complain(
      t('{0} Press Enter to try again, or store the token without a check (the disk above).', sentence),
      severity,
    );
  };

  const entered = await new Promise<EnteredToken | undefined>((resolve) => {
    box.onDidChangeValue((value) => {
      stopChecking();
      box.validationMessage = complaint(readTokenText(value), value);
    });
    box.onDidHide(() => {
      if (away === undefined) resolve(undefined);
      if (away !== 'to give the field the keyboard') return;
      away = undefined;
      box.show();
    });
    box.onDidTriggerButton(async (button) => {
      const text = readTokenText(box.value);
      if (button === storeUnchecked && 'token' in text) {
        resolve({ token: text.token, facts: { checked: false, ...endOf(text) } });
        return;
      }
      if (checking) {
        stopChecking();
        offerUnchecked(t('Stopped.'), Info);
      }
      if (button === stopAsking) {
        // The button is gone; the next one has its focus, and would get the Enter that is spoken of.
        away = 'to give the field the keyboard';
        box.hide();
        return;
      }
      away = 'at the scopes';
      const copied = await listScopes();
      away = undefined;
      box.prompt = copied ? t('The scopes are copied. {0}', prompt) : prompt;
      box.show();
    });
    box.onDidAccept(async () => {
      if (checking) return;
      const text = readTokenText(box.value);
      if (!('token' in text)) {
        box.validationMessage = complaint(text, box.value) ?? t('Paste a token first.');
        return;
      }
      const asked = new AbortController();
      checking = asked;
      box.busy = true;
      box.buttons = [stopAsking, whichScopes];
      complain(t('Asking HubSpot...'), Info);
      void systemClock.sleep(patience, asked.signal).then(() => {
        if (!asked.signal.aborted) complain(t('HubSpot takes its time. The square above stops asking.'), Info);
      });
      const check = await checkToken(text.token, asked.signal);
      // Meanwhile the text may have been changed, or the box left.
      if (asked.signal.aborted) return;
      stopChecking();
      if (check.kind === 'refused') return complain(check.sentence);
      if (check.kind === 'unreachable') return offerUnchecked(check.sentence);
      const { portalId } = check.facts;
      if (question.portalId !== undefined && portalId !== question.portalId) {
        if (portalId === undefined) return offerUnchecked(portalUnknown(question.portalId), Warning);
        return complain(t('This token is for portal {0}, and the account is portal {1}.', portalId, question.portalId));
      }
      resolve({ token: text.token, facts: { ...check.facts, ...endOf(text) } });
    });
    box.show();
  });
  stopChecking();
  box.dispose();
  return entered;
}

/** Which portal a token is of is not always told; only the user can know then. */
function portalUnknown(portalId: string): string {
  return vscode.l10n.t(
    'HubSpot accepts the token, but does not say of which portal it is, and the account is portal {0}.',
    portalId,
  );
}

/** An OAuth access token ends by itself; when it was made is not known, only that it was before now. */
function endOf({ kind }: TokenText): Pick<TokenFacts, 'tokenEndsAt'> {
  return kind === 'oauth' ? { tokenEndsAt: Date.now() + oauthLifetime } : {};
}

/** What is wrong with a text as a token, or worth knowing, before HubSpot is asked; undefined when nothing is. */
function complaint(text: TokenText, value: string): string | vscode.InputBoxValidationMessage | undefined {
  const { t } = vscode.l10n;
  switch (text.kind) {
    case 'empty':
      return value === '' ? undefined : t('There is no token in this.');
    case 'apiKey':
      return t(
        'This looks like an API key (or the id or a refresh token of an app). HubSpot switched API keys off in November 2022: create a service key instead.',
      );
    case 'personalAccessKey':
      return t(
        "This is the HubSpot CLI's personal access key, which cannot read the CRM as it is: create a service key instead.",
      );
    case 'cutToken':
      return t('A part of the token is missing: it ends with 36 characters after the region.');
    case 'severalTokens':
      return t('There are several tokens in this. Paste only one.');
    case 'notAToken':
      return t('A token is one word of at least 8 characters, without special characters.');
    case 'oauth':
      return info(t('An OAuth access token: it ends 30 minutes after it was made.'));
    case 'privateApp':
      return info(t('A service key or private app token. Press Enter to have HubSpot check it.'));
    case 'unknown':
      return info(t('This has not the form of a token that is known here. HubSpot will tell.'));
  }
}

function info(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}
