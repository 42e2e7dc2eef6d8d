/**
 * Whether the file of a check is still the one that was checked. Where it is not, that is said: lines are then found anew, or not
 * claimed.
 */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { CheckedFile } from '../core/expectation/signOff.ts';
import { openFileText } from '../editor/fileText.ts';
import { Turns } from '../editor/turns.ts';
import { isRead, type ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';

export class ChangedFiles implements vscode.Disposable {
  readonly #lookUps: LookUps;
  /** The last look at the file of each check; the next one comes when it is saved. */
  readonly #looks = new Map<string, symbol>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(lookUps: LookUps) {
    this.#lookUps = lookUps;
    this.#subscriptions = [
      lookUps.onDidChange((entry) => entry && this.#look(entry)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saved(uri.toString())),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  #saved(uri: string): void {
    for (const entry of this.#lookUps.list()) {
      if (entry.document !== uri || !entry.checked) continue;
      this.#looks.delete(entry.id);
      this.#look(entry);
    }
  }

  #look(entry: ListedLookUp): void {
    if (entry.state === 'running' || !isRead(entry) || !entry.check || this.#looks.has(entry.id)) return;
    const look = Symbol(entry.id);
    this.#looks.set(entry.id, look);
    const { file, uri, isPart } = entry.checkSource ?? {};
    if (!file || uri === undefined || isPart) return;
    void isChanged(vscode.Uri.parse(uri), file).then((changed) => {
      // A long file may have been saved while it was read: what it was before says nothing then.
      if (this.#looks.get(entry.id) === look) this.#lookUps.fileChanged(entry.id, changed);
    });
  }
}

/** True also where the file is not there any more, and false where it cannot be read at the moment. */
async function isChanged(uri: vscode.Uri, { bytes, sha256 }: CheckedFile): Promise<boolean> {
  try {
    const text = await openFileText(uri);
    if (text.bytes !== bytes) return true;
    const hash = createHash('sha256');
    const turns = new Turns();
    for await (const chunk of text.chunks()) {
      hash.update(chunk);
      if (turns.isOver) await turns.next();
    }
    return hash.digest('hex') !== sha256;
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
  }
}
