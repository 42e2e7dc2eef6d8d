/** A file of pairs, read from its beginning to its end without an editor: what its columns are, then its pairs. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { isJsonText } from '../asking/columnPick.ts';
import { isUnreadable, readOrSay } from '../asking/unreadableFile.ts';
import type { CheckedFile } from '../core/expectation/signOff.ts';
import type { PairRows } from '../core/pairs/pairRows.ts';
import type { PairChoice } from '../core/pairs/pairScanner.ts';
import { type PairProposal, proposingPairs } from '../core/pairs/proposal.ts';
import { type PairsOptions, readPairs } from '../core/pairs/readPairs.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { type FileText, openFileText } from '../editor/fileText.ts';
import { howMany } from '../editor/howMany.ts';
import { fileNameOf, sayBriefly } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';

/** How much of a file is looked at to find its columns or keys, in bytes. */
export const beginningBytes = 64 * 1024;

/** Milliseconds between two words on how far the reading is. */
const tellEvery = 100;

/** A file that may hold pairs. */
export interface PairsFile {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly text: FileText;
  readonly proposal: PairProposal;
  /** Only a part of the file is read, at the same lines. */
  readonly isPart?: true;
}

/** What was read. */
export interface ReadPairsFile {
  readonly rows: PairRows;
  /** As it was when it was read. */
  readonly file: CheckedFile;
}

/** Rejects with the file system's own error when there is no such file. */
export async function openPairsFile(uri: vscode.Uri): Promise<PairsFile> {
  const text = await openFileText(uri);
  const name = fileNameOf(uri);
  const beginning = await text.beginning(beginningBytes);
  const format = isJsonText(name, beginning) ? 'json' : 'delimited';
  return { uri, name, text, proposal: await new Turns().through(proposingPairs(beginning, format)) };
}

/** The same for a person. Undefined where it cannot be read, or there is no text in it, which is said then. */
export function openPairsFileOrSay(uri: vscode.Uri): Promise<PairsFile | undefined> {
  return readOrSay(uri, async () => {
    const file = await openPairsFile(uri);
    return isUnreadable(uri, await file.text.beginning(beginningBytes)) ? undefined : file;
  });
}

/** Reads the whole file. Rejects with the signal's reason when it is aborted. */
export async function readPairsOf(
  { name, text }: Pick<PairsFile, 'name' | 'text'>,
  choice: PairChoice,
  options: PairsOptions,
): Promise<ReadPairsFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const chunks = async function* () {
    for await (const chunk of text.chunks()) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  const rows = await readPairs(chunks(), choice, options);
  return { rows, file: { name, bytes, sha256: hash.digest('hex') } };
}

/** Reads the whole file, with progress and Cancel. Undefined when it was cancelled or cannot be read, which is said. */
export function readPairsFile(
  file: Pick<PairsFile, 'uri' | 'name' | 'text'>,
  choice: PairChoice,
): Promise<ReadPairsFile | undefined> {
  const { t } = vscode.l10n;
  const { name, text } = file;
  const shownName = plainMessage(name);
  const work = async (
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ) => {
    const abort = new AbortController();
    let shown = 0;
    let toldAt = performance.now();
    const reading = readPairsOf(file, choice, {
      signal: abort.signal,
      onProgress: ({ read, pairs }) => {
        if (performance.now() - toldAt < tellEvery) return;
        toldAt = performance.now();
        const percent = text.bytes > 0 ? (100 * read) / text.bytes : 0;
        progress.report({ increment: percent - shown, message: howMany(pairs, 'pairs') });
        shown = percent;
      },
    });
    // A file on a slow share may not give its next piece for long: the reader hears of the cancellation then, the user now.
    const cancelled = new Promise<undefined>((resolve) => {
      token.onCancellationRequested(() => {
        abort.abort();
        sayBriefly(t('Reading {0} was cancelled. Nothing was looked up.', shownName));
        resolve(undefined);
      });
    });
    return Promise.race([reading, cancelled]);
  };
  return readOrSay(file.uri, () =>
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Reading {0}', shownName), cancellable: true },
      work,
    ),
  );
}
