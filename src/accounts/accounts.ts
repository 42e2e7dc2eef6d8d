/** Which HubSpot accounts there are and which is active. Tokens live in SecretStorage and nowhere else. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { messageOf } from '../core/domain/thrown.ts';
import { systemClock } from '../core/hubspot/machineClock.ts';
import type { Log } from '../editor/log.ts';
import { AccountsFile } from './accountsFile.ts';
import type { ApiOrigin } from './apiOrigin.ts';
import type { StoredAccount } from './storedAccounts.ts';

export type AccountFacts = Omit<StoredAccount, 'id'>;

/** What is known of an account through its token; its name is the user's. */
export type TokenFacts = Omit<AccountFacts, 'name'>;

/** sample: built in, no token. stored: added by the user. environment: from HUBSPOT_TOKEN, while running from source. */
export interface Account extends AccountFacts {
  readonly id: string;
  readonly kind: 'sample' | 'stored' | 'environment';
}

/**
 * Where a token is. session: the keychain did not take it, so it lasts until the window closes. locked: the keychain does not
 * say whether it has it. waiting: it has not answered yet.
 */
export type TokenPlace = 'keychain' | 'session' | 'missing' | 'locked' | 'waiting';

const secretPrefix = 'hubspotAssociations.token.';
const secretKey = (id: string) => `${secretPrefix}${id}`;

/** The part of an extension's context that accounts need. */
export type AccountsContext = Pick<vscode.ExtensionContext, 'globalStorageUri' | 'secrets' | 'subscriptions'>;

/** How long the keychain may take, in milliseconds. One that is locked may ask the user for a password first. */
export interface KeychainPatience {
  /** After this long a row is shown without saying where its token is. */
  readonly glance: number;
  /** After this long the keychain counts as one that does not work. */
  readonly answer: number;
}

export class Accounts {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #tokenChanged = new vscode.EventEmitter<string>();
  /** Fires with the id of an account that has another token now, or none. */
  readonly onDidChangeToken = this.#tokenChanged.event;
  readonly #file: AccountsFile;
  readonly #secrets: vscode.SecretStorage;
  readonly #origin: ApiOrigin;
  readonly #log: Log;
  /** Tokens that the keychain would not take: kept until the window closes. */
  readonly #sessionTokens = new Map<string, string>();
  /** Accounts that are new in this window and of which the keychain never took a token: there is none to delete. */
  readonly #neverTaken = new Set<string>();
  /** Where tokens are, as the keychain said after a row had been shown without it: it is not asked for the row once more. */
  readonly #saidLate = new Map<string, TokenPlace>();
  #tokenChanges = 0;
  readonly #patience: KeychainPatience;

  constructor(
    context: AccountsContext,
    origin: ApiOrigin,
    log: Log,
    patience: KeychainPatience = { glance: 1000, answer: 30_000 },
  ) {
    this.#secrets = context.secrets;
    this.#patience = patience;
    this.#origin = origin;
    this.#log = log;
    this.#file = new AccountsFile(context.globalStorageUri, log);
    if (origin.token) log.hide(origin.token);
    context.subscriptions.push(
      this.#changed,
      this.#tokenChanged,
      this.#file,
      this.#file.onDidChange(() => this.#changed.fire()),
      // Another window stored or deleted a token.
      context.secrets.onDidChange(({ key }) => {
        if (!key.startsWith(secretPrefix)) return;
        const id = key.slice(secretPrefix.length);
        this.#sessionTokens.delete(id);
        this.#neverTaken.delete(id);
        this.#tokenIsOther(id);
      }),
    );
  }

  /** All accounts; the sample account is always the last. */
  list(): readonly Account[] {
    const stored = this.#file.now.accounts.map((account): Account => ({ ...account, kind: 'stored' }));
    return [...(this.#origin.token ? [this.#environmentAccount()] : []), ...stored, this.sample];
  }

  get active(): Account {
    const accounts = this.list();
    return accounts.find(({ id }) => id === this.#file.now.active) ?? accounts[0]!;
  }

  /** The built-in account with made-up records. */
  get sample(): Account {
    return { id: 'sample', kind: 'sample', name: vscode.l10n.t('Sample account'), checked: true };
  }

  find(id: string): Account | undefined {
    return this.list().find((account) => account.id === id);
  }

  async setActive(id: string): Promise<void> {
    await this.#file.change((now) => ({ ...now, active: id }));
  }

  /**
   * Stores a new account and makes it active.
   * @returns the account, and whether the token could be put into the keychain or only lasts for this session.
   */
  async add(facts: AccountFacts, token: string): Promise<{ account: Account; kept: 'keychain' | 'session' }> {
    const account: StoredAccount = { ...facts, id: randomUUID() };
    const kept = await this.#storeToken(account.id, token);
    if (kept === 'session') this.#neverTaken.add(account.id);
    try {
      await this.#file.change(({ accounts }) => ({ accounts: [...accounts, account], active: account.id }));
    } catch (error) {
      // The account could not be written. Its token goes too: nobody could remove it later.
      await this.remove(account.id).catch(() => {});
      throw error;
    }
    return { account: { ...account, kind: 'stored' }, kept };
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#changeStored(id, (account) => ({ ...account, name }));
  }

  /** Takes over what HubSpot says of a stored account now. */
  async updateFacts(id: string, facts: TokenFacts): Promise<void> {
    await this.#changeStored(id, ({ name }) => ({ ...facts, id, name }));
  }

  /**
   * Gives an account another token. An account that was removed in the meantime is there again afterwards; the environment's
   * has the token until the window closes.
   */
  async replaceToken(account: Account, facts: TokenFacts, token: string): Promise<'keychain' | 'session'> {
    if (account.kind !== 'stored') {
      this.#keepForSession(account.id, token);
      this.#tokenIsOther(account.id);
      return 'session';
    }
    const kept = await this.#storeToken(account.id, token);
    const replaced: StoredAccount = { ...facts, id: account.id, name: account.name };
    await this.#file.change((now) => ({
      ...now,
      accounts: now.accounts.some(({ id }) => id === account.id)
        ? now.accounts.map((each) => (each.id === account.id ? { ...replaced, name: each.name } : each))
        : [...now.accounts, replaced],
    }));
    this.#tokenIsOther(account.id);
    return kept;
  }

  /**
   * Removes a stored account and its token.
   * @returns false when the keychain did not delete the token; the account is gone all the same
   */
  async remove(id: string): Promise<boolean> {
    this.#sessionTokens.delete(id);
    let isDeleted = true;
    try {
      await this.#answered(this.#secrets.delete(secretKey(id)));
    } catch (error) {
      this.#log.warn(`The keychain did not delete a token: ${messageOf(error)}`);
      isDeleted = this.#neverTaken.has(id);
    }
    await this.#file.change(({ accounts, active }) => ({
      accounts: accounts.filter((account) => account.id !== id),
      active: active === id ? undefined : active,
    }));
    this.#tokenIsOther(id);
    return isDeleted;
  }

  /** The token to send for this account; undefined for the sample account and when none is stored. */
  async token({ id, kind }: Pick<Account, 'id' | 'kind'>): Promise<string | undefined> {
    if (kind === 'sample') return undefined;
    const kept = this.#sessionTokens.get(id);
    const token = kept ?? (kind === 'environment' ? this.#origin.token : (await this.#readToken(id)).token);
    if (token) this.#log.hide(token);
    return token;
  }

  /** Where the token of a stored account is. */
  async tokenPlace({ id }: Pick<Account, 'id'>): Promise<TokenPlace> {
    if (this.#sessionTokens.has(id)) return 'session';
    const said = this.#saidLate.get(id);
    if (said) return said;
    const asked = this.#readToken(id).then(({ token, isLocked }): TokenPlace => {
      if (isLocked) return 'locked';
      return token === undefined ? 'missing' : 'keychain';
    });
    const place = await Promise.race([asked, systemClock.sleep(this.#patience.glance)]);
    if (place) return place;
    const changes = this.#tokenChanges;
    void asked.then((late) => {
      if (changes === this.#tokenChanges) this.#saidLate.set(id, late);
      this.#changed.fire();
    });
    return 'waiting';
  }

  async #readToken(id: string): Promise<{ token: string | undefined; isLocked: boolean }> {
    try {
      const token = await this.#answered(this.#secrets.get(secretKey(id)));
      this.#saidLate.delete(id);
      return { token, isLocked: false };
    } catch (error) {
      this.#log.warn(`The keychain did not give a token: ${messageOf(error)}`);
      if (this.#saidLate.has(id)) this.#saidLate.set(id, 'locked');
      return { token: undefined, isLocked: true };
    }
  }

  async #storeToken(id: string, token: string): Promise<'keychain' | 'session'> {
    this.#log.hide(token);
    try {
      await this.#answered(this.#secrets.store(secretKey(id), token));
      this.#sessionTokens.delete(id);
      this.#neverTaken.delete(id);
      return 'keychain';
    } catch (error) {
      this.#log.warn(`The keychain did not take a token: ${messageOf(error)}`);
      this.#keepForSession(id, token);
      return 'session';
    }
  }

  /** What the keychain answers. Rejects when it does not, within the time it has. */
  async #answered<T>(asked: Thenable<T>): Promise<T> {
    const enough = new AbortController();
    const late = systemClock.sleep(this.#patience.answer, enough.signal).then(() => {
      throw new Error(`no answer within ${this.#patience.answer} ms`);
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      late.catch(() => {});
      enough.abort();
    }
  }

  #keepForSession(id: string, token: string): void {
    this.#log.hide(token);
    this.#sessionTokens.set(id, token);
  }

  #tokenIsOther(id: string): void {
    this.#saidLate.delete(id);
    this.#tokenChanges++;
    this.#tokenChanged.fire(id);
    this.#changed.fire();
  }

  #changeStored(id: string, change: (account: StoredAccount) => StoredAccount): Promise<void> {
    return this.#file.change((now) => ({
      ...now,
      accounts: now.accounts.map((account) => (account.id === id ? change(account) : account)),
    }));
  }

  #environmentAccount(): Account {
    return { id: 'environment', kind: 'environment', name: new URL(this.#origin.origin).host, checked: false };
  }
}
