import * as vscode from 'vscode';
import { type ColumnChoice, readColumn } from '../core/reading/file/readColumn.ts';
import type { Reading } from '../core/reading/found/reading.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { type FileText, openFileText } from '../editor/fileText.ts';
import { howMany } from '../editor/howMany.ts';
import { fileNameOf, sayBriefly } from '../editor/said.ts';
import { beginningBytes, chooseColumn } from './columnPick.ts';
import { type NewLookUpParts, startLookUp } from './newLookUp.ts';
import { isUnreadable, readOrSay, sayNoIds } from './unreadableFile.ts';

/**
 * Reads one column of a CSV or one key of a JSON file, however large, without opening it in an editor, and looks its ids up.
 * @param given the file, from the explorer's menu; without it the active editor's, or one that the user chooses
 */
export async function lookUpColumn(parts: NewLookUpParts, given: unknown): Promise<void> {
  const uri =
    given instanceof vscode.Uri ? given : (vscode.window.activeTextEditor?.document.uri ?? (await chooseFile()));
  if (!uri) return;
  const reading = await readOrSay(uri, () => readChosenColumn(uri));
  if (reading && !(await startLookUp({ reading, uri }, parts))) await sayNoIds(reading, uri, true);
}

/** Undefined where there is nothing to choose from, which is said, and when the user left. */
async function readChosenColumn(uri: vscode.Uri): Promise<Reading | undefined> {
  const file = await openFileText(uri);
  const beginning = await file.beginning(beginningBytes);
  if (isUnreadable(uri, beginning)) return undefined;
  const choice = await chooseColumn(uri, beginning);
  return choice && readWithProgress(file, choice, uri);
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showOpenDialog({
    title: t('Look up a column of which file?'),
    filters: { [t('CSV and JSON')]: ['csv', 'tsv', 'json', 'jsonl', 'ndjson'] },
  });
  return chosen?.[0];
}

/** Milliseconds between two words on how far the reading is; it takes in thousands of pieces. */
const tellEvery = 100;

async function readWithProgress(file: FileText, choice: ColumnChoice, uri: vscode.Uri): Promise<Reading | undefined> {
  const { t } = vscode.l10n;
  const name = plainMessage(fileNameOf(uri));
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Reading {0}', name), cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      let shown = 0;
      let toldAt = Number.NEGATIVE_INFINITY;
      const reading = readColumn(file.chunks(), choice, {
        signal: abort.signal,
        onProgress: ({ read, ids }) => {
          if (performance.now() - toldAt < tellEvery) return;
          toldAt = performance.now();
          const percent = file.bytes > 0 ? (100 * read) / file.bytes : 0;
          progress.report({ increment: percent - shown, message: howMany(ids, 'ids') });
          shown = percent;
        },
      });
      // A file on a slow share may not give its next piece for long: the reader hears of the cancellation then, the user now.
      const cancelled = new Promise<undefined>((resolve) => {
        token.onCancellationRequested(() => {
          abort.abort();
          sayBriefly(t('Reading {0} was cancelled. Nothing was looked up.', name));
          resolve(undefined);
        });
      });
      return Promise.race([reading, cancelled]);
    },
  );
}
