/** Rows into files and onto the clipboard, each with what it is about. */

import * as vscode from 'vscode';
import { environmentWords } from '../accounts/accountWords.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { lookUpTitle, progressSentence } from '../answers/lookUpWords.ts';
import { noticesOf } from '../answers/notices.ts';
import type { Names } from '../answers/recordNames.ts';
import { rowWords } from '../answers/rowWords.ts';
import type { Answer } from '../core/domain/associations.ts';
import { type About, aboutAnswer, aboutFile } from '../core/export/about.ts';
import { type ExportFormatName, exportFormats } from '../core/export/formats.ts';
import { AnswerTable, type ShownRows } from '../core/rows/answerTable.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { firstView, type PanelView } from '../core/treaty/panelMessages.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { fileNameOf, messageOf, sayBriefly } from '../editor/said.ts';
import { TooLargeForFileSystem, writeWholeFile } from '../editor/wholeFile.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { formatWords, pickFormat } from './formatPick.ts';

/** Rows to write, and what they were narrowed by. */
export interface RowsToWrite {
  readonly entry: LookUpEntry;
  /** The look-up's own, or that of a hop under it. */
  readonly answer: Answer;
  readonly shown: ShownRows;
  readonly view?: Pick<PanelView, 'chip' | 'filter'>;
}

export interface ExportParts {
  readonly catalog: ObjectTypeCatalog;
  readonly names: Names;
}

/** The most characters that are put onto the clipboard; what is more belongs into a file. */
const mostOnClipboard = 30_000_000;

/** Where the last file was written. */
let lastFolder: vscode.Uri | undefined;

/** A file to write rows into, once they are there. */
export interface ExportTarget {
  readonly format: ExportFormatName;
  readonly uri: vscode.Uri;
}

export function allRows(entry: LookUpEntry): RowsToWrite {
  return { entry, answer: entry.answer, shown: new AnswerTable(entry.answer, {}, firstView).shownRows() };
}

/** Asks for format and file, and writes the rows. */
export async function exportRows(rows: RowsToWrite, parts: ExportParts): Promise<void> {
  const title = vscode.l10n.t('Export {0} rows', rows.shown.length.toLocaleString());
  const { question } = rows.answer;
  const target = await askForTarget({ ...rows.entry, question }, parts, title, rows.view?.chip);
  if (target) await writeRows(rows, target, parts);
}

/** Waits for a look-up that is not shown, and writes it. One that stopped is only written when the user wants what it has. */
export async function exportWhenRead(
  entry: LookUpEntry,
  finished: Promise<void>,
  target: ExportTarget,
  parts: ExportParts & { readonly lookUps: Pick<LookUps, 'cancel' | 'onDidChange'> },
): Promise<void> {
  const { t } = vscode.l10n;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: plainMessage(lookUpTitle(entry, parts.catalog)),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => void parts.lookUps.cancel(entry.id));
      const following = parts.lookUps.onDidChange((changed) => {
        if (changed?.id === entry.id) progress.report({ message: progressSentence(entry) });
      });
      await finished;
      following.dispose();
    },
  );
  if (entry.stopped?.kind === 'cancelled') return;
  if (entry.stopped) {
    const { notRead, asked } = entry.answer.counts;
    const exportThis = t('Export What Was Read');
    const { sentence } = failureNotice(entry.stopped);
    const chosen = await vscode.window.showWarningMessage(
      t('{0} {1} of {2} records are not read.', sentence, notRead.toLocaleString(), asked.toLocaleString()),
      exportThis,
    );
    if (chosen !== exportThis) return;
  }
  await writeRows(allRows(entry), target, parts);
}

/** @returns undefined when the user left */
export async function askForTarget(
  { question, account, name: given }: Pick<LookUpEntry, 'question' | 'account'> & Partial<Pick<LookUpEntry, 'name'>>,
  { catalog }: ExportParts,
  title: string = vscode.l10n.t('Export'),
  chip = 'all',
): Promise<ExportTarget | undefined> {
  const format = await pickFormat('file', title);
  if (!format) return undefined;
  const label = (type: string) => catalog.find(type, account).pluralLabel;
  const words = [given ?? `${label(question.from)} ${label(question.to)}`, chip === 'all' ? '' : chip];
  const name = `${words
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100)}.${exportFormats[format].extension}`;
  const folder = lastFolder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { [formatWords(format).label]: [exportFormats[format].extension] },
    title: vscode.l10n.t('Export'),
  });
  if (!uri) return undefined;
  lastFolder = vscode.Uri.joinPath(uri, '..');
  return { format, uri };
}

/** Writes the rows, with progress and Cancel. What fails or is cancelled leaves nothing behind under the chosen name. */
export async function writeRows(rows: RowsToWrite, target: ExportTarget, parts: ExportParts): Promise<void> {
  const { t } = vscode.l10n;
  const name = plainMessage(fileNameOf(target.uri));
  const abort = new AbortController();
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Writing {0}', name), cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => abort.abort());
        await write(rows, target, parts, abort.signal, (megabytes) =>
          progress.report({ message: t('{0} MB', megabytes.toFixed(0)) }),
        );
      },
    );
    sayBriefly(t('{0} rows written to {1}', rows.shown.length.toLocaleString(), name));
  } catch (error) {
    if (abort.signal.aborted) {
      const isOlderThere = await vscode.workspace.fs.stat(target.uri).then(
        () => true,
        () => false,
      );
      const said = isOlderThere
        ? t('Cancelled: {0} is as it was before.', name)
        : t('Cancelled: {0} was not written.', name);
      sayBriefly(said);
      return;
    }
    void vscode.window.showErrorMessage(t('{0} was not written. {1}', name, plainMessage(whyNot(error))));
  }
}

async function write(
  rows: RowsToWrite,
  { format, uri }: ExportTarget,
  { names }: ExportParts,
  signal: AbortSignal,
  onMegabytes: (megabytes: number) => void,
): Promise<void> {
  const { revision } = rows.answer;
  const about = aboutOf(rows);
  const { saysAbout, write: chunksOf } = exportFormats[format];
  const chunks = chunksOf(rows.shown, rowWords(rows.entry, names, rows.answer), about);
  await writeWholeFile(uri, unchanged(chunks, rows.answer, revision), signal, (characters) =>
    onMegabytes(characters / 1_000_000),
  );
  if (saysAbout) return;
  const beside = uri.with({ path: `${uri.path}.about.json` });
  await writeWholeFile(beside, [aboutFile(about)], new AbortController().signal);
}

/** The answer went on being read while it was written: the file would hold two states of it. */
class AnswerChanged extends Error {}

function* unchanged(chunks: Iterable<string>, answer: Answer, revision: number): Generator<string> {
  for (const chunk of chunks) {
    if (answer.revision !== revision) throw new AnswerChanged();
    yield chunk;
  }
}

function whyNot(error: unknown): string {
  const { t } = vscode.l10n;
  if (error instanceof AnswerChanged) {
    return t('The look-up is still running. Export it again when it has ended or is cancelled.');
  }
  if (error instanceof TooLargeForFileSystem) {
    return t('It is too large for this file system. Choose a folder on your own disk.');
  }
  return messageOf(error);
}

/** Copies the rows in a format of the user's choice, or the one given. */
export async function copyRows(
  all: readonly RowsToWrite[],
  { names }: ExportParts,
  given?: ExportFormatName,
): Promise<void> {
  const count = all.reduce((sum, { shown }) => sum + shown.length, 0);
  if (count === 0) return;
  const format = given ?? (await pickFormat('copy', vscode.l10n.t('Copy {0} rows', count.toLocaleString())));
  if (!format) return;
  const chunks: string[] = [];
  let length = 0;
  for (const rows of all) {
    const words = rowWords(rows.entry, names, rows.answer);
    for (const chunk of exportFormats[format].write(rows.shown, words, aboutOf(rows))) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > mostOnClipboard) {
        const { t } = vscode.l10n;
        void vscode.window.showErrorMessage(t('This is too much for the clipboard. Export it to a file instead.'));
        return;
      }
    }
  }
  await vscode.env.clipboard.writeText(chunks.join(''));
}

function aboutOf({ entry, answer, shown, view }: RowsToWrite): About {
  const { account, startedAt } = entry;
  const environment = environmentWords(account);
  return aboutAnswer(answer, {
    account: {
      name: account.name,
      ...(environment && { environment }),
      ...(account.portalId && { portalId: account.portalId }),
    },
    startedAt: startedAt.getTime(),
    exportedAt: Date.now(),
    rows: shown.length,
    rowsInAll: shown.rows.length,
    ...(view && { view }),
    notices: noticesOf({ ...entry, answer }).map(({ sentence }) => sentence),
  });
}
