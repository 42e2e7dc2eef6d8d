/** The accounts on disk, as VS Code's windows share them: each follows what another one changed. */
import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../core/domain/thrown.ts';
import { actionTitle } from '../editor/actionTitle.ts';
import { withoutPath } from '../editor/disk.ts';
import type { Log } from '../editor/log.ts';
import { NotDoneError } from '../editor/said.ts';
import { AccountsNotChangedError, type AccountsOnDisk, StoredAccounts } from './storedAccounts.ts';

export class AccountsFile implements vscode.Disposable {
  readonly #stored: StoredAccounts;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires after a change by this window or by another one. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;

  /** Never throws: where the folder cannot be made or read, there are no accounts yet. That is said, and why stands in the log. */
  constructor(folder: vscode.Uri, log: Log) {
    this.#log = log;
    let isAllRead = true;
    this.#stored = new StoredAccounts(folder.fsPath, (text) => {
      log.warn(text);
      isAllRead = false;
    });
    try {
      mkdirSync(folder.fsPath, { recursive: true });
    } catch (error) {
      log.warn(`The folder of the accounts cannot be made: ${error}`);
    }
    this.#stored.look();
    if (!isAllRead) this.#sayWhatIsLeftOut();
    const watcher = this.#watch(folder.fsPath);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      { dispose: () => watcher?.close() },
      // Some file systems report no changes, and the file may have been unreadable before: so it is read again whenever the
      // window gets the focus.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#follow()),
    );
  }

  get now(): AccountsOnDisk {
    return this.#stored.now;
  }

  /** See {@link StoredAccounts.change}. */
  async change(update: (now: AccountsOnDisk) => AccountsOnDisk): Promise<void> {
    try {
      await this.#stored.change(update);
    } catch (error) {
      this.#log.warn(`The accounts in ${this.#stored.path} were not changed: ${messageOf(error)}`);
      throw new NotDoneError(notChanged(error, basename(this.#stored.path)));
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #sayWhatIsLeftOut(): void {
    const showLog = actionTitle('showLog');
    const sentence = vscode.l10n.t('Not all accounts could be read. They are left as they are.');
    void vscode.window.showWarningMessage(sentence, showLog).then((chosen) => {
      if (chosen === showLog) this.#log.channel.show();
    });
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
    if (this.#stored.look()) this.#changed.fire();
  }
}

function notChanged(error: unknown, name: string): string {
  const { t } = vscode.l10n;
  const why = error instanceof AccountsNotChangedError ? error.why : 'unwritable';
  if (why === 'newer') return t('{0} was written by a newer version of this extension. Nothing was changed.', name);
  return why === 'unreadable'
    ? t('{0} could not be read ({1}). Nothing was changed.', name, withoutPath(error))
    : t('{0} could not be written ({1}). Nothing was changed.', name, withoutPath(error));
}
