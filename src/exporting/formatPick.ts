/** Which format rows are written or copied in. */
import * as vscode from 'vscode';
import type { ExportFormatName } from '../core/export/formats.ts';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormatName;
}

/** For files. */
const fileFormats: readonly ExportFormatName[] = [
  'csv',
  'csvForSpreadsheets',
  'tsv',
  'json',
  'ndjson',
  'markdown',
  'sqlInRecords',
  'sqlInAssociated',
  'pairs',
];

/** For the clipboard. */
const copyFormats: readonly ExportFormatName[] = [
  'recordIds',
  'associatedIds',
  'pairs',
  'tsv',
  'tsvForSpreadsheets',
  'json',
  'markdown',
  'sqlInRecords',
  'sqlInAssociated',
];

/** Asks for a format; what was chosen last comes first. */
export class FormatPick {
  readonly #last: Partial<Record<'file' | 'copy', ExportFormatName>> = {};

  /** @returns undefined when the user left */
  async pick(purpose: 'file' | 'copy', title: string): Promise<ExportFormatName | undefined> {
    const { t } = vscode.l10n;
    const formats = purpose === 'file' ? fileFormats : copyFormats;
    const first = this.#last[purpose];
    const ordered = first ? [first, ...formats.filter((format) => format !== first)] : formats;
    const picked = await vscode.window.showQuickPick(
      ordered.map((format): FormatItem => ({ ...formatWords(format), format })),
      { title, placeHolder: t('In which format?'), matchOnDescription: true },
    );
    if (picked) this.#last[purpose] = picked.format;
    return picked?.format;
  }
}

export function formatWords(format: ExportFormatName): { label: string; description: string } {
  const { t } = vscode.l10n;
  switch (format) {
    case 'csv':
      return { label: 'CSV', description: t('exact values, for programs') };
    case 'csvForSpreadsheets':
      return { label: t('CSV for Spreadsheets'), description: t('IDs keep every digit, no text runs as a formula') };
    case 'tsv':
      return { label: 'TSV', description: t('tab-separated, exact values') };
    case 'tsvForSpreadsheets':
      return { label: t('TSV for Spreadsheets'), description: t('to paste into Excel or Sheets without rounded IDs') };
    case 'json':
      return { label: 'JSON', description: t('one document, with what it is about') };
    case 'ndjson':
      return { label: 'NDJSON', description: t('one object in each line') };
    case 'markdown':
      return { label: 'Markdown', description: t('a table') };
    case 'sqlInRecords':
      return { label: t('SQL IN, record IDs'), description: 'IN (…)' };
    case 'sqlInAssociated':
      return { label: t('SQL IN, associated record IDs'), description: 'IN (…)' };
    case 'recordIds':
      return { label: t('Record IDs'), description: t('one in each line') };
    case 'associatedIds':
      return { label: t('Associated record IDs'), description: t('one in each line') };
    case 'pairs':
      return { label: t('Pairs of IDs'), description: t('record, tab, associated record') };
  }
}
