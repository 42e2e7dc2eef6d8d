/** The masked box in which a token is entered. What HubSpot refuses stays in the box, with the reason. */
import * as vscode from 'vscode';
import { messageOf } from '../core/domain/thrown.ts';
import { systemClock } from '../core/hubspot/machineClock.ts';
import { oauthLifetime, readTokenText, type TokenText } from '../core/text/tokenText.ts';
import type { TokenFacts } from './accounts.ts';
import { listScopes } from './scopeList.ts';
import type { CheckToken } from './tokenCheck.ts';

const { Info, Warning, Error: Problem } = vscode.InputBoxValidationSeverity;

/** How long an answer may take without a word about it, in milliseconds. */
const patience = 3000;

export interface EnteredToken {
  readonly token: string;
  readonly facts: TokenFacts;
}

export interface TokenQuestion {
  readonly title: string;
  /** Only a token of this portal will do; undefined where any will. */
  readonly portalId: string | undefined;
}

/** @returns a token that HubSpot accepted (or, when it could not be asked, that the user insists on), or undefined when the user left. */
export async function askForToken(question: TokenQuestion, checkToken: CheckToken): Promise<EnteredToken | undefined> {
  const box = new TokenBox(question, checkToken);
  try {
    return await box.entered;
  } finally {
    box.dispose();
  }
}

type BoxState =
  | { readonly kind: 'typing' }
  /** HubSpot is being asked about the token in the box. */
  | { readonly kind: 'checking'; readonly abort: AbortController }
  /** The box is hidden while the list of scopes is open. */
  | { readonly kind: 'listingScopes' }
  /** The box is hidden for a moment: when it comes back its field has the keyboard. */
  | { readonly kind: 'refocusing' };

class TokenBox implements vscode.Disposable {
  /** Resolves with the token, or with undefined when the user has left. */
  readonly entered: Promise<EnteredToken | undefined>;
  readonly #question: TokenQuestion;
  readonly #checkToken: CheckToken;
  readonly #box = vscode.window.createInputBox();
  readonly #whichScopes = button('question', vscode.l10n.t('Which Scopes Does It Need?'));
  readonly #storeUnchecked = button('save', vscode.l10n.t('Store It Without a Check'));
  readonly #stopAsking = button('debug-stop', vscode.l10n.t('Stop Asking'));
  readonly #prompt = vscode.l10n.t(
    'Service key, private app token or OAuth access token. It is kept in the keychain only.',
  );
  #enter: (entered: EnteredToken | undefined) => void = () => {};
  #state: BoxState = { kind: 'typing' };

  constructor(question: TokenQuestion, checkToken: CheckToken) {
    this.#question = question;
    this.#checkToken = checkToken;
    this.entered = new Promise((resolve) => {
      this.#enter = resolve;
    });
    const box = this.#box;
    box.title = question.title;
    box.prompt = this.#prompt;
    box.placeholder = vscode.l10n.t('Paste the token');
    box.password = true;
    box.ignoreFocusOut = true;
    box.buttons = [this.#whichScopes];
    box.onDidChangeValue((value) => this.#changed(value));
    box.onDidHide(() => this.#hidden());
    box.onDidTriggerButton((pressed) => this.#pressed(pressed));
    box.onDidAccept(() => this.#accepted());
    box.show();
  }

  dispose(): void {
    this.#stopChecking();
    this.#box.dispose();
  }

  #changed(value: string): void {
    this.#stopChecking();
    this.#box.validationMessage = complaint(readTokenText(value), value);
  }

  #hidden(): void {
    if (this.#state.kind === 'listingScopes') return;
    if (this.#state.kind === 'refocusing') {
      this.#state = { kind: 'typing' };
      this.#box.show();
      return;
    }
    this.#enter(undefined);
  }

  async #pressed(pressed: vscode.QuickInputButton): Promise<void> {
    const text = readTokenText(this.#box.value);
    if (pressed === this.#storeUnchecked && 'token' in text) {
      this.#enter({ token: text.token, facts: { checked: false, ...endOf(text) } });
      return;
    }
    if (this.#state.kind === 'checking') {
      this.#stopChecking();
      this.#offerUnchecked(vscode.l10n.t('Stopped.'), Info);
    }
    if (pressed === this.#stopAsking) this.#refocus();
    else await this.#listScopes();
  }

  /**
   * When the pressed button goes away, VS Code focuses the next button, and that one would get the Enter which the message asks
   * for. Hidden and shown again, the box has the keyboard in its field.
   */
  #refocus(): void {
    this.#state = { kind: 'refocusing' };
    this.#box.hide();
  }

  async #listScopes(): Promise<void> {
    this.#state = { kind: 'listingScopes' };
    try {
      const copied = await listScopes();
      this.#box.prompt = copied ? vscode.l10n.t('The scopes are copied. {0}', this.#prompt) : this.#prompt;
    } catch (error) {
      // The clipboard, or the browser for the page that helps.
      this.#complain(messageOf(error));
    }
    this.#state = { kind: 'typing' };
    this.#box.show();
  }

  async #accepted(): Promise<void> {
    if (this.#state.kind === 'checking') return;
    const text = readTokenText(this.#box.value);
    if (!('token' in text)) {
      this.#box.validationMessage = complaint(text, this.#box.value) ?? vscode.l10n.t('Paste a token first.');
      return;
    }
    const { signal } = this.#startChecking();
    const check = await this.#checkToken(text.token, signal);
    // Meanwhile the text may have been changed, or the box left.
    if (signal.aborted) return;
    this.#stopChecking();
    if (check.kind === 'refused') this.#complain(check.sentence);
    else if (check.kind === 'unreachable') this.#offerUnchecked(check.sentence);
    else if (this.#isOfPortal(check.facts))
      this.#enter({ token: text.token, facts: { ...check.facts, ...endOf(text) } });
  }

  /** True when the token is of the portal it has to be of; otherwise that is said. */
  #isOfPortal({ portalId }: TokenFacts): boolean {
    const wanted = this.#question.portalId;
    if (wanted === undefined || portalId === wanted) return true;
    if (portalId === undefined) this.#offerUnchecked(portalUnknown(wanted), Warning);
    else
      this.#complain(vscode.l10n.t('This token is for portal {0}, and the account is portal {1}.', portalId, wanted));
    return false;
  }

  #startChecking(): AbortController {
    const { t } = vscode.l10n;
    const abort = new AbortController();
    this.#state = { kind: 'checking', abort };
    this.#box.busy = true;
    this.#box.buttons = [this.#stopAsking, this.#whichScopes];
    this.#complain(t('Asking HubSpot...'), Info);
    void systemClock.sleep(patience, abort.signal).then(() => {
      if (!abort.signal.aborted)
        this.#complain(t('HubSpot is slow to answer. Select the square above to stop asking.'), Info);
    });
    return abort;
  }

  #stopChecking(): void {
    if (this.#state.kind === 'checking') {
      this.#state.abort.abort();
      this.#state = { kind: 'typing' };
    }
    this.#box.busy = false;
    this.#box.buttons = [this.#whichScopes];
  }

  #complain(message: string, severity = Problem): void {
    this.#box.validationMessage = { message, severity };
  }

  #offerUnchecked(sentence: string, severity = Problem): void {
    this.#box.buttons = [this.#whichScopes, this.#storeUnchecked];
    this.#complain(
      vscode.l10n.t(
        '{0} Press Enter to try again, or select the Save icon to store the token without a check.',
        sentence,
      ),
      severity,
    );
  }
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

/** Which portal a token is of is not always told; only the user can know then. */
function portalUnknown(portalId: string): string {
  return vscode.l10n.t(
    'HubSpot accepts the token, but does not say which portal it is for, and the account is portal {0}.',
    portalId,
  );
}

/** An OAuth access token expires by itself; when it was made is not known, only that it was before now. */
function endOf({ kind }: TokenText): Pick<TokenFacts, 'tokenEndsAt'> {
  return kind === 'oauth' ? { tokenEndsAt: Date.now() + oauthLifetime } : {};
}

/** What is wrong with a text as a token, or worth knowing, before HubSpot is asked; undefined when nothing is. */
function complaint(text: TokenText, value: string): string | vscode.InputBoxValidationMessage | undefined {
  const { t } = vscode.l10n;
  switch (text.kind) {
    case 'empty':
      return value === '' ? undefined : t('There is no token in this text.');
    case 'apiKey':
      return t(
        'This looks like an API key (or the ID or a refresh token of an app). HubSpot switched API keys off in November 2022: create a service key instead.',
      );
    case 'personalAccessKey':
      return t(
        "This is the HubSpot CLI's personal access key, which cannot read the CRM as it is: create a service key instead.",
      );
    case 'cutToken':
      return t('A part of the token is missing: a whole one ends with 36 characters after the region.');
    case 'severalTokens':
      return t('There are several tokens in this text. Paste only one.');
    case 'notAToken':
      return t('A token is one word of at least 8 characters, without special characters.');
    case 'oauth':
      return info(t('An OAuth access token: it expires after 30 minutes.'));
    case 'privateApp':
      return info(t('A service key or private app token. Press Enter to have HubSpot check it.'));
    case 'unknown':
      return info(t("This doesn't look like a token that is known here. HubSpot will check it."));
  }
}

function info(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}
