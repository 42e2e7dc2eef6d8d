/** Rows into files and onto the clipboard: which format, which file, and what became of it. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { lookUpTitle, progressSentence } from '../answers/lookUpWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { fileNameFrom } from '../core/export/fileName.ts';
import { type ExportFormatName, exportFormats } from '../core/export/formats.ts';
import { type CopyStyle, type SeenColumns, seenText } from '../core/export/seen.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { howMany } from '../editor/howMany.ts';
import type { ListedLookUp, LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { copyChunks } from './clipboard.ts';
import { FormatPick, formatWords } from './formatPick.ts';
import { readFirst } from './unreadFirst.ts';
import {
  allRows,
  chunksOf,
  type ExportTarget,
  knownOfRows,
  type RowsToWrite,
  unchanged,
  writeRows,
} from './writing.ts';

export interface ExportParts {
  readonly catalog: ObjectTypeCatalog;
  readonly names: Names;
  readonly lookUps: Pick<LookUps, 'cancel' | 'onDidChange'>;
}

export class Exporting {
  readonly #parts: ExportParts;
  readonly #formats = new FormatPick();
  /** Where the last file was written. */
  #lastFolder: vscode.Uri | undefined;

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** Asks for format and file, and writes the rows. */
  async exportRows(rows: RowsToWrite): Promise<void> {
    const title = vscode.l10n.t('Export {0}', howMany(rows.shown.length, 'rows'));
    const { question } = rows.answer;
    const target = await this.askForTarget({ ...rows.entry, question }, title, rows.view?.chips);
    if (target) await this.#write(rows, target);
  }

  /** Writes the rows of a panel: all, or those that chip and filter leave; asked only where there is a difference. */
  async exportShown(shown: RowsToWrite): Promise<void> {
    const { t } = vscode.l10n;
    const { properties } = shown;
    const all = { ...allRows(shown.entry), ...(properties && { properties }) };
    if (shown.shown.length === all.shown.length) return this.exportRows(shown);
    const count = (rows: RowsToWrite) => howMany(rows.shown.length, 'rows');
    const choices = [
      { label: t('{0} shown', count(shown)), description: t('in the order shown'), rows: shown },
      { label: t('All {0}', count(all)), description: t('in the order asked'), rows: all },
    ];
    const chosen = await vscode.window.showQuickPick(choices, { title: t('Export'), placeHolder: t('Which rows?') });
    if (chosen) await this.exportRows(chosen.rows);
  }

  /** Waits for a look-up that is not shown, and writes it. One that stopped is only written when the user wants what it has. */
  async exportWhenRead(entry: LookUpEntry, finished: Promise<void>, target: ExportTarget): Promise<void> {
    const { t } = vscode.l10n;
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: plainMessage(lookUpTitle(entry, this.#parts.catalog)),
        cancellable: true,
      },
      async (progress, token) => {
        token.onCancellationRequested(() => void this.#parts.lookUps.cancel(entry.id));
        const following = this.#parts.lookUps.onDidChange((changed) => {
          if (changed?.id === entry.id) progress.report({ message: progressSentence(entry) });
        });
        await finished.finally(() => following.dispose());
      },
    );
    if (entry.stopped?.kind === 'cancelled') return;
    if (entry.stopped) {
      const { notRead, asked } = entry.answer.counts;
      const exportThis = t('Export What Was Read');
      const { sentence } = failureNotice(entry.stopped);
      const chosen = await vscode.window.showWarningMessage(
        t('{0} Not read: {1} of {2}.', sentence, notRead.toLocaleString(), howMany(asked, 'records')),
        exportThis,
      );
      if (chosen !== exportThis) return;
    }
    await this.#write(allRows(entry), target);
  }

  async #write(rows: RowsToWrite, target: ExportTarget): Promise<void> {
    const { names } = this.#parts;
    if (await readFirst([rows], target.format, names)) await writeRows(rows, target, names);
  }

  /** @returns undefined when the user left */
  async askForTarget(
    {
      question,
      account,
      name: given,
    }: Pick<ListedLookUp, 'question' | 'account'> & Partial<Pick<ListedLookUp, 'name'>>,
    title: string = vscode.l10n.t('Export'),
    chips: readonly string[] = [],
  ): Promise<ExportTarget | undefined> {
    const format = await this.#formats.pick('file', title);
    if (!format) return undefined;
    const label = (type: string) => this.#parts.catalog.find(type, account).pluralLabel;
    const { extension } = exportFormats[format];
    const name = `${fileNameFrom([given ?? `${label(question.from)} ${label(question.to)}`, ...chips])}.${extension}`;
    const folder = this.#lastFolder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
    const uri = await vscode.window.showSaveDialog({
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
      filters: { [formatWords(format).label]: [extension] },
      title: vscode.l10n.t('Export'),
    });
    if (!uri) return undefined;
    this.#lastFolder = vscode.Uri.joinPath(uri, '..');
    return { format, uri };
  }

  /** Copies the rows in a format of the user's choice, or the one given. */
  async copyRows(all: readonly RowsToWrite[], given?: ExportFormatName): Promise<void> {
    const { t } = vscode.l10n;
    const count = all.reduce((sum, { shown }) => sum + shown.length, 0);
    if (count === 0) return;
    const format = given ?? (await this.#formats.pick('copy', t('Copy {0}', howMany(count, 'rows'))));
    if (!format) return;
    const { names } = this.#parts;
    if (!(await readFirst(all, format, names))) return;
    await copyChunks(count, () => chunksOf(all, names, format), knownOfRows(all, names));
  }

  /** Copies rows as they are seen in a table. */
  async copySeen(rows: RowsToWrite, seen: SeenColumns, style: CopyStyle): Promise<void> {
    const { names } = this.#parts;
    if (rows.shown.length === 0 || !(await readFirst([rows], 'tsv', names))) return;
    const text = () => unchanged(seenText(rows.shown, seen, style), rows);
    await copyChunks(rows.shown.length, text, knownOfRows([rows], names));
  }
}
