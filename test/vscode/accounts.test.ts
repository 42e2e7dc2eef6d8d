/** Accounts and their tokens: on disk, in the keychain, without one, and between windows. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { removeAccount } from '../../src/accounts/accountCommands.ts';
import { Accounts, type KeychainPatience } from '../../src/accounts/accounts.ts';
import { AccountsTree } from '../../src/accounts/accountsView.ts';
import { accountTitle } from '../../src/accounts/accountWords.ts';
import type { ApiOrigin } from '../../src/accounts/apiOrigin.ts';
import { recordedLog } from './recordedLog.ts';

/** A keychain in memory, which can be missing or locked, or wait for a password. */
class Keychain implements vscode.SecretStorage {
  readonly stored = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;
  broken = false;
  waits = false;
  readonly #woken = new vscode.EventEmitter<void>();

  /** Whoever waits is answered, and nobody has to wait any more. */
  wake(): void {
    this.waits = false;
    this.#woken.fire();
  }

  async keys(): Promise<string[]> {
    return [...this.stored.keys()];
  }

  async get(key: string): Promise<string | undefined> {
    await this.#work();
    return this.stored.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.#work();
    this.stored.set(key, value);
    this.#changed.fire({ key });
  }

  async delete(key: string): Promise<void> {
    await this.#work();
    this.stored.delete(key);
    this.#changed.fire({ key });
  }

  async #work(): Promise<void> {
    if (this.waits) await new Promise<void>((resolve) => this.#woken.event(() => resolve()));
    if (this.broken) throw new Error('The name org.freedesktop.secrets was not provided by any .service files');
  }
}

const hubSpot: ApiOrigin = { origin: 'https://api.hubapi.com', redirected: false };
const facts = { name: 'Acme', portalId: '123', accountType: 'STANDARD', checked: true };
const makeToken = () => ['pat', 'na1', randomUUID()].join('-');

describe('accounts', () => {
  let folder: string;
  let keychain: Keychain;
  let recorded: ReturnType<typeof recordedLog>;
  const subscriptions: vscode.Disposable[] = [];

  const open = (origin = hubSpot, patience?: KeychainPatience) => {
    const context = { globalStorageUri: vscode.Uri.file(folder), secrets: keychain, subscriptions };
    return new Accounts(context, origin, recorded.log, patience);
  };

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'accounts-')), 'made by the extension');
    keychain = new Keychain();
    recorded = recordedLog();
  });

  afterEach(() => {
    for (const each of subscriptions.splice(0)) each.dispose();
    recorded.dispose();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  const row = async (accounts: Accounts, name: string) => {
    const account = accounts.list().find((each) => each.name === name);
    assert.ok(account, `${name} is there`);
    return new AccountsTree(accounts).getTreeItem(account);
  };

  it('are kept on disk without their tokens, and their tokens in the keychain', async () => {
    const token = makeToken();
    const { account, kept } = await open().add(facts, token);
    assert.equal(kept, 'keychain');
    const again = open();
    assert.equal(again.active.id, account.id);
    assert.equal(accountTitle(again.active), 'Acme (Production)');
    assert.equal(await again.token(again.active), token);
    for (const file of readdirSync(folder)) assert.ok(!readFileSync(join(folder, file), 'utf8').includes(token));
    assert.deepEqual(readdirSync(folder), ['accounts.json']);
  });

  it('have the sample account always, as the last, and active while there is no other', async () => {
    const accounts = open();
    assert.deepEqual(
      accounts.list().map(({ kind }) => kind),
      ['sample'],
    );
    const { account } = await accounts.add(facts, makeToken());
    assert.deepEqual(
      accounts.list().map(({ kind }) => kind),
      ['stored', 'sample'],
    );
    await accounts.remove(account.id);
    assert.equal(accounts.active.kind, 'sample');
    await accounts.remove('sample');
    assert.equal(accounts.list().length, 1);
  });

  it('lose their token with them', async () => {
    const accounts = open();
    const { account } = await accounts.add(facts, makeToken());
    assert.equal(keychain.stored.size, 1);
    assert.equal(await accounts.remove(account.id), true);
    assert.equal(keychain.stored.size, 0);
    assert.equal(await accounts.token(account), undefined);
  });

  it('say which is active now where the active one was removed, and only there', async () => {
    const accounts = open();
    const { account: production } = await accounts.add(facts, makeToken());
    const { account: other } = await accounts.add({ ...facts, name: 'Other' }, makeToken());
    const { account: active } = await accounts.add({ ...facts, name: 'Sandbox', accountType: 'SANDBOX' }, makeToken());
    const { showWarningMessage, setStatusBarMessage } = vscode.window;
    const said: string[] = [];
    const say = async (sentence: string, _: unknown, answer?: string) => {
      if (!answer) said.push(sentence);
      return answer;
    };
    const sayBriefly = (sentence: string) => void said.push(sentence);
    Object.assign(vscode.window, { showWarningMessage: say, setStatusBarMessage: sayBriefly });
    try {
      for (const each of [other, active]) await removeAccount(accounts, each.id);
      keychain.broken = true;
      await removeAccount(accounts, production.id);
    } finally {
      Object.assign(vscode.window, { showWarningMessage, setStatusBarMessage });
    }
    assert.deepEqual(said, [
      'The active account is Acme (Production) now.',
      'Acme (Production) is removed, but the keychain did not delete its token. Revoke the token in HubSpot. The active account is Sample account (demo data) now.',
    ]);
  });

  it('are kept for the session where there is no keychain, and that is said', async () => {
    keychain.broken = true;
    const accounts = open();
    const token = makeToken();
    const { account, kept } = await accounts.add(facts, token);
    assert.equal(kept, 'session');
    assert.equal(await accounts.token(account), token);
    assert.match(String((await row(accounts, 'Acme')).description), /token kept until this window closes/);
    // The next session knows the account, and does not know whether its token is there.
    const next = open();
    assert.equal(await next.token(account), undefined);
    assert.match(String((await row(next, 'Acme')).description), /the keychain does not return its token/);
    keychain.broken = false;
    assert.match(String((await row(next, 'Acme')).description), /no token/);
    keychain.broken = true;
    assert.equal(await next.remove(account.id), false, 'a token that may still be there is not said to be deleted');
    assert.deepEqual(
      next.list().map(({ kind }) => kind),
      ['sample'],
    );
  });

  it('are shown while the keychain waits for a password, and then with what it said', async () => {
    const token = makeToken();
    const { account } = await open().add(facts, token);
    keychain.waits = true;
    const accounts = open(hubSpot, { glance: 1, answer: 3_600_000 });
    assert.match(String((await row(accounts, 'Acme')).description), /waiting for the keychain/);
    const asked = accounts.token(account);
    const changed = new Promise<void>((resolve) => accounts.onDidChange(resolve));
    keychain.wake();
    await changed;
    assert.equal(await asked, token);
    assert.equal(await open().tokenPlace(account), 'keychain');
  });

  it('are not waited for without end where the keychain never answers', async () => {
    const token = makeToken();
    const { account } = await open().add(facts, token);
    keychain.waits = true;
    const accounts = open(hubSpot, { glance: 1, answer: 50 });
    const changed = new Promise<void>((resolve) => accounts.onDidChange(resolve));
    assert.equal(await accounts.tokenPlace(account), 'waiting');
    await changed;
    assert.equal(await accounts.tokenPlace(account), 'locked');
    assert.equal(await accounts.token(account), undefined);
    const other = makeToken();
    assert.equal(await accounts.replaceToken(account, facts, other), 'session');
    assert.equal(await accounts.token(account), other);
    // What it stores in the end counts from then on.
    const taken = new Promise<void>((resolve) => accounts.onDidChangeToken(() => resolve()));
    keychain.wake();
    await taken;
    assert.equal(await accounts.tokenPlace(account), 'keychain');
    keychain.waits = true;
    assert.equal(await accounts.remove(account.id), false);
    assert.equal(accounts.active.kind, 'sample');
    assert.ok(recorded.lines.some((line) => /keychain did not give a token: no answer within/.test(line)));
  });

  it('are not asked for again and again where the keychain always takes its time', async () => {
    const { account } = await open().add(facts, makeToken());
    const accounts = open(hubSpot, { glance: 1, answer: 3_600_000 });
    const changed = () => new Promise<void>((resolve) => accounts.onDidChange(resolve));
    const waited = async () => {
      keychain.waits = true;
      assert.match(String((await row(accounts, 'Acme')).description), /waiting for the keychain/);
      const answered = changed();
      keychain.wake();
      await answered;
      keychain.waits = true;
      assert.equal((await row(accounts, 'Acme')).description, 'Production · active');
      keychain.wake();
    };
    await waited();

    // What it says late of the token before counts no more.
    await accounts.replaceToken(account, facts, makeToken());
    let answer: (token: undefined) => void = () => {};
    keychain.get = () => new Promise<undefined>((resolve) => (answer = resolve));
    assert.equal(await accounts.tokenPlace(account), 'waiting');
    await accounts.replaceToken(account, facts, makeToken());
    Reflect.deleteProperty(keychain, 'get');
    const late = changed();
    answer(undefined);
    await late;
    assert.equal(await open().tokenPlace(account), 'keychain');
    await waited();

    // What it said late is not true for ever.
    keychain.broken = true;
    assert.equal(await accounts.token(account), undefined);
    assert.equal(await accounts.tokenPlace(account), 'locked');
  });

  it('lose with them a token that a later one did not replace in the keychain, or that is said', async () => {
    const accounts = open();
    const { account } = await accounts.add(facts, makeToken());
    keychain.broken = true;
    assert.equal(await accounts.replaceToken(account, facts, makeToken()), 'session');
    assert.equal(keychain.stored.size, 1);
    assert.equal(await accounts.remove(account.id), false, 'the first token is still there');
    const { account: other, kept } = await accounts.add({ ...facts, name: 'Other' }, makeToken());
    assert.equal(kept, 'session');
    assert.equal(await accounts.remove(other.id), true, 'there is none in the keychain');
  });

  it('take a keychain that works again', async () => {
    keychain.broken = true;
    const accounts = open();
    const { account } = await accounts.add(facts, makeToken());
    keychain.broken = false;
    const token = makeToken();
    assert.equal(await accounts.replaceToken(account, facts, token), 'keychain');
    assert.equal(await open().token(account), token);
    assert.equal(await accounts.tokenPlace(account), 'keychain');
  });

  it('follow what another window changes', async () => {
    const [here, there] = [open(), open()];
    const changed = new Promise<void>((resolve) =>
      there.onDidChange(() => there.find(id())?.name === 'New' && resolve()),
    );
    const { account } = await here.add(facts, makeToken());
    const id = () => account.id;
    await here.rename(account.id, 'New');
    await changed;
    assert.equal(there.active.name, 'New');
  });

  it('do not undo what another window has changed meanwhile', async () => {
    const [here, there] = [open(), open()];
    await Promise.all([
      here.add({ ...facts, name: 'One' }, makeToken()),
      here.add({ ...facts, name: 'Two' }, makeToken()),
    ]);
    await there.add({ ...facts, name: 'Three' }, makeToken());
    const names = open()
      .list()
      .map(({ name }) => name);
    assert.deepEqual(names.sort(), ['One', 'Sample account', 'Three', 'Two']);
  });

  it('come back with their id when a token is given to one that was removed', async () => {
    const accounts = open();
    const { account } = await accounts.add(facts, makeToken());
    await accounts.remove(account.id);
    const token = makeToken();
    await accounts.replaceToken(account, facts, token);
    assert.equal(await accounts.token(account), token);
    assert.equal(accounts.find(account.id)?.name, 'Acme');
  });

  it('say when an OAuth token ends and when it has ended', async () => {
    const accounts = open();
    await accounts.add({ ...facts, name: 'Soon', tokenEndsAt: Date.now() + 60_000 }, makeToken());
    await accounts.add({ ...facts, name: 'Gone', tokenEndsAt: Date.now() - 1 }, makeToken());
    assert.match(String((await row(accounts, 'Soon')).description), /token expires by \d/);
    assert.match(String((await row(accounts, 'Gone')).description), /token has expired/);
  });

  it('are not lost with a file that cannot be read', async () => {
    for (const text of ['{"accounts": [', '[]', 'null', '"x"']) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'accounts.json'), text);
      const accounts = open();
      assert.equal(accounts.active.kind, 'sample');
      assert.equal(readFileSync(join(folder, 'accounts.json'), 'utf8'), text, 'looking at it changes nothing');
      await accounts.add(facts, makeToken());
      assert.equal(readFileSync(join(folder, 'accounts.unreadable.json'), 'utf8'), text);
      assert.equal(open().active.name, 'Acme');
      rmSync(folder, { recursive: true });
    }
  });

  it('of a newer version are left as they are, and that is said', async () => {
    mkdirSync(folder, { recursive: true });
    for (const text of ['{"accounts":{}}', '{"version":2,"accounts":[]}']) {
      writeFileSync(join(folder, 'accounts.json'), text);
      const accounts = open();
      await assert.rejects(accounts.add(facts, makeToken()), /newer version/);
      assert.equal(readFileSync(join(folder, 'accounts.json'), 'utf8'), text);
      assert.equal(keychain.stored.size, 0, 'no token without an account that it could be removed with');
    }
  });

  it('of another form are left out, and the others stay', () => {
    mkdirSync(folder, { recursive: true });
    const good = { id: 'a', name: 'Good', checked: true };
    const text = JSON.stringify({ accounts: [1, null, { id: '' }, good, { ...good, name: 5 }], active: 7 });
    writeFileSync(join(folder, 'accounts.json'), text);
    assert.deepEqual(
      open()
        .list()
        .map(({ name }) => name),
      ['Good', 'Sample account'],
    );
  });

  it('hide every token they handle from the log', async () => {
    const token = ['an', 'unusual', 'token', randomUUID()].join('.');
    const accounts = open();
    const { account } = await accounts.add(facts, token);
    await accounts.token(account);
    recorded.log.error(`HubSpot said: ${token} is bad`);
    keychain.broken = true;
    await accounts.replaceToken(account, facts, token);
    assert.ok(recorded.lines.length >= 2);
    for (const line of [...recorded.lines, ...recorded.log.problems.map(({ text }) => text)]) {
      assert.ok(!line.includes(token), line);
    }
  });

  it('take a token from the environment only together with a redirected origin', async () => {
    assert.equal(open().list()[0]?.kind, 'sample');
    const token = makeToken();
    const accounts = open({ origin: 'http://127.0.0.1:1', redirected: true, token });
    assert.equal(accounts.active.kind, 'environment');
    const other = makeToken();
    assert.equal(await accounts.replaceToken(accounts.active, facts, other), 'session');
    assert.equal(await accounts.token(accounts.active), other);
    assert.ok(!existsSync(join(folder, 'accounts.json')));
  });
});
