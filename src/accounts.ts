/** Which HubSpot accounts there are and which is active. Tokens live in SecretStorage and nowhere else. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { ApiOrigin } from './apiOrigin.ts';
import type { Log } from './log.ts';

const storedAccount = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  portalId: z.string().optional(),
  /** HubSpot's accountType (STANDARD, SANDBOX, DEVELOPER_TEST, APP_DEVELOPER), where it could be read. */
  accountType: z.string().optional(),
  /** Host of the account's pages, such as app-eu1.hubspot.com. */
  uiDomain: z.string().optional(),
  timeZone: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  /** False when the token was stored without HubSpot having accepted it. */
  checked: z.boolean(),
});

export type AccountFacts = Omit<z.infer<typeof storedAccount>, 'id'>;

/** sample: built in, no token. stored: added by the user. environment: from HUBSPOT_TOKEN, while running from source. */
export interface Account extends AccountFacts {
  readonly id: string;
  readonly kind: 'sample' | 'stored' | 'environment';
}

const accountsKey = 'hubspotAssociations.accounts';
const activeKey = 'hubspotAssociations.activeAccount';
const secretKey = (id: string) => `hubspotAssociations.token.${id}`;

export class Accounts {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #memory: vscode.Memento;
  readonly #secrets: vscode.SecretStorage;
  readonly #origin: ApiOrigin;
  readonly #log: Log;
  /** Tokens that the keychain would not take: kept until the window closes. */
  readonly #sessionTokens = new Map<string, string>();

  constructor(context: vscode.ExtensionContext, origin: ApiOrigin, log: Log) {
    this.#memory = context.globalState;
    this.#secrets = context.secrets;
    this.#origin = origin;
    this.#log = log;
    context.subscriptions.push(
      this.#changed,
      // Another window added, changed or removed an account.
      context.secrets.onDidChange(({ key }) => {
        if (key.startsWith('hubspotAssociations.token.')) this.#changed.fire();
      }),
    );
  }

  /** All accounts; the sample account is always the last. */
  list(): readonly Account[] {
    const stored = z.array(storedAccount).safeParse(this.#memory.get(accountsKey, []));
    const accounts: Account[] = (stored.data ?? []).map((account) => ({ ...account, kind: 'stored' as const }));
    if (this.#origin.token) accounts.unshift(this.#environmentAccount());
    accounts.push(sampleAccount());
    return accounts;
  }

  get active(): Account {
    const accounts = this.list();
    const id = this.#memory.get<unknown>(activeKey);
    return accounts.find((account) => account.id === id) ?? accounts[0]!;
  }

  /** The built-in account with made-up records. */
  get sample(): Account {
    return sampleAccount();
  }

  find(id: string): Account | undefined {
    return this.list().find((account) => account.id === id);
  }

  async setActive(id: string): Promise<void> {
    await this.#memory.update(activeKey, id);
    this.#changed.fire();
  }

  /**
   * Stores a new account and makes it active.
   * @returns the account, and whether the token could be put into the keychain or only lasts for this session.
   */
  async add(facts: AccountFacts, token: string): Promise<{ account: Account; kept: 'keychain' | 'session' }> {
    const account = { ...facts, id: randomUUID() };
    const stored = this.#stored();
    await this.#memory.update(accountsKey, [...stored, account]);
    const kept = await this.#storeToken(account.id, token);
    await this.setActive(account.id);
    return { account: { ...account, kind: 'stored' }, kept };
  }

  /** Changes what is known of a stored account, and its token when one is given. */
  async update(id: string, facts: Partial<AccountFacts>, token?: string): Promise<'keychain' | 'session' | undefined> {
    await this.#memory.update(
      accountsKey,
      this.#stored().map((account) => (account.id === id ? { ...account, ...facts } : account)),
    );
    const kept = token === undefined ? undefined : await this.#storeToken(id, token);
    this.#changed.fire();
    return kept;
  }

  /** Removes a stored account and its token. */
  async remove(id: string): Promise<void> {
    this.#sessionTokens.delete(id);
    await this.#secrets.delete(secretKey(id));
    await this.#memory.update(
      accountsKey,
      this.#stored().filter((account) => account.id !== id),
    );
    this.#changed.fire();
  }

  /** The token to send for this account; undefined for the sample account and when none is stored. */
  async token(account: Account): Promise<string | undefined> {
    if (account.kind === 'sample') return undefined;
    const token =
      account.kind === 'environment'
        ? this.#origin.token
        : (this.#sessionTokens.get(account.id) ?? (await this.#readToken(account.id)));
    if (token) this.#log.hide(token);
    return token;
  }

  async #readToken(id: string): Promise<string | undefined> {
    try {
      return await this.#secrets.get(secretKey(id));
    } catch (error) {
      this.#log.warn(`The keychain did not give the token: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  }

  async #storeToken(id: string, token: string): Promise<'keychain' | 'session'> {
    this.#log.hide(token);
    try {
      await this.#secrets.store(secretKey(id), token);
      this.#sessionTokens.delete(id);
      return 'keychain';
    } catch (error) {
      this.#log.warn(`The keychain did not take the token: ${error instanceof Error ? error.message : error}`);
      this.#sessionTokens.set(id, token);
      return 'session';
    }
  }

  #stored() {
    return z.array(storedAccount).catch([]).parse(this.#memory.get(accountsKey, []));
  }

  #environmentAccount(): Account {
    const name = new URL(this.#origin.origin).host;
    return { id: 'environment', kind: 'environment', name, checked: false };
  }
}

function sampleAccount(): Account {
  return { id: 'sample', kind: 'sample', name: vscode.l10n.t('Sample account'), checked: true };
}

/** The account with its environment in words: "Acme (Production)". */
export function accountTitle(account: Pick<Account, 'name' | 'accountType' | 'kind'>): string {
  const environment = environmentWords(account);
  return environment ? `${account.name} (${environment})` : account.name;
}

/** What kind of HubSpot account this is, in words; undefined where HubSpot did not say. */
export function environmentWords(account: Pick<Account, 'accountType' | 'kind'>): string | undefined {
  switch (account.accountType) {
    case 'STANDARD':
      return vscode.l10n.t('Production');
    case 'SANDBOX':
      return vscode.l10n.t('Sandbox');
    case 'DEVELOPER_TEST':
      return vscode.l10n.t('Developer test');
    case 'APP_DEVELOPER':
      return vscode.l10n.t('App developer');
    default:
      return account.kind === 'sample' ? vscode.l10n.t('made up') : undefined;
  }
}
