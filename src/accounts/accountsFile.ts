/**
 * The accounts on disk: names and what HubSpot says of them, never a token. One file for all windows, in the extension's own
 * folder, so that each window follows what another one changed.
 */
import { type FSWatcher, mkdirSync, readFileSync, renameSync, watch } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { Log } from '../editor/log.ts';

const storedAccount = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  portalId: z.string().optional(),
  /** HubSpot's accountType (STANDARD, SANDBOX, DEVELOPER_TEST, APP_DEVELOPER), where it could be read. */
  accountType: z.string().optional(),
  /** Host of the account's pages, such as app-eu1.hubspot.com. */
  uiDomain: z.string().optional(),
  /** Where HubSpot hosts the account, such as eu1. */
  region: z.string().optional(),
  timeZone: z.string().optional(),
  /** The scopes the token was granted, where HubSpot told. */
  scopes: z.array(z.string()).optional(),
  /** False when the token was stored without HubSpot having accepted it. */
  checked: z.boolean(),
  /** When an OAuth access token ends at the latest, in milliseconds since 1970. */
  tokenEndsAt: z.number().optional(),
});
export type StoredAccount = z.infer<typeof storedAccount>;

export interface AccountsOnDisk {
  readonly accounts: readonly StoredAccount[];
  /** The id of the account that look-ups read from. */
  readonly active: string | undefined;
}

const contents = z.object({ accounts: z.array(z.unknown()), active: z.string().optional().catch(undefined) });

const nothing: AccountsOnDisk = { accounts: [], active: undefined };

export class AccountsFile implements vscode.Disposable {
  readonly #path: string;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires after a change by this window or by another one. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;
  #text = '';
  #now = nothing;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(folder: vscode.Uri, log: Log) {
    this.#log = log;
    this.#path = join(folder.fsPath, 'accounts.json');
    mkdirSync(folder.fsPath, { recursive: true });
    this.#read();
    const watcher = this.#watch(folder.fsPath);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      { dispose: () => watcher?.close() },
      // Some file systems tell nothing: then the window follows as soon as somebody looks at it.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#follow()),
    );
  }

  get now(): AccountsOnDisk {
    return this.#now;
  }

  /** Changes what is in the file now, which another window may have changed since. */
  change(update: (now: AccountsOnDisk) => AccountsOnDisk): Promise<void> {
    const change = async () => {
      this.#read();
      const text = JSON.stringify(update(this.#now), undefined, 2);
      // Written beside and renamed, so that no window ever reads half a file.
      const draft = `${this.#path}.${process.pid}`;
      await writeFile(draft, text, { mode: 0o600 });
      await rename(draft, this.#path);
      this.#follow();
    };
    const done = this.#writing.then(change);
    this.#writing = done.catch(() => {});
    return done;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #watch(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name === null || name === 'accounts.json') this.#follow();
      });
      return watcher.on('error', () => watcher.close());
    } catch (error) {
      this.#log.info(`The accounts of other windows are only followed on focus: ${error}`);
      return undefined;
    }
  }

  #follow(): void {
    if (this.#read()) this.#changed.fire();
  }

  /** @returns whether the file says something else than before */
  #read(): boolean {
    let text = '';
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      // There is none yet, or it was deleted: no accounts.
    }
    if (text === this.#text) return false;
    this.#text = text;
    this.#now = this.#parse(text);
    return true;
  }

  #parse(text: string): AccountsOnDisk {
    if (text === '') return nothing;
    try {
      const { accounts, active } = contents.parse(JSON.parse(text));
      const fit = accounts.flatMap((each) => storedAccount.safeParse(each).data ?? []);
      if (fit.length < accounts.length) this.#log.warn('An account in accounts.json has another form and is left out.');
      return { accounts: fit, active };
    } catch {
      this.#log.warn('accounts.json cannot be read. It is kept as accounts.unreadable.json.');
      renameSync(this.#path, join(this.#path, '..', 'accounts.unreadable.json'));
      return nothing;
    }
  }
}
