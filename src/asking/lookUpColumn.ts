import * as vscode from 'vscode';
import { standardObjectType } from '../core/domain/objectTypes.ts';
import { type ColumnChoice, csvColumns, jsonKeys, readColumn } from '../core/reading/file/readColumn.ts';
import type { RecordIdsReading } from '../core/reading/found/reading.ts';
import { plainLabel, plainMessage } from '../core/text/plainText.ts';
import { type FileText, openFileText } from '../editor/fileText.ts';
import { type NewLookUpParts, startLookUp } from './newLookUp.ts';

/** How much of a file is looked at to find its columns or keys, in bytes. */
const beginningBytes = 256 * 1024;

/**
 * Reads one column of a CSV or one key of a JSON file, however large, without opening it in an editor, and looks its ids up.
 * @param given the file, from the explorer's menu; without it the active editor's, or one that the user chooses
 */
export async function lookUpColumn(parts: NewLookUpParts, given: unknown): Promise<void> {
  const uri =
    given instanceof vscode.Uri ? given : (vscode.window.activeTextEditor?.document.uri ?? (await chooseFile()));
  if (!uri) return;
  const file = await openFileText(uri);
  const choice = await chooseColumn(uri, await file.beginning(beginningBytes));
  if (!choice) return;
  const reading = await readWithProgress(file, choice, uri);
  if (!reading) return;
  if (!(await startLookUp({ reading, uri }, parts))) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('There is no record id in this column.'), 5000);
  }
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showOpenDialog({
    title: t('Look up a column of which file?'),
    filters: { [t('CSV and JSON')]: ['csv', 'tsv', 'json', 'jsonl', 'ndjson'] },
  });
  return chosen?.[0];
}

interface ColumnItem extends vscode.QuickPickItem {
  readonly choice?: ColumnChoice;
}

async function chooseColumn(uri: vscode.Uri, beginning: string): Promise<ColumnChoice | undefined> {
  const { t } = vscode.l10n;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const isJson =
    /\.(?:json|jsonc|jsonl|ndjson)$/i.test(name) || (!/\.[ct]sv$/i.test(name) && /^\s*[[{]/.test(beginning));
  const items = isJson ? keyItems(beginning) : columnItems(beginning);
  if (items.length === 0) {
    vscode.window.setStatusBarMessage(t('{0} has no columns or keys to choose from.', plainMessage(name)), 5000);
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: isJson ? t('Look up a key of {0}', name) : t('Look up a column of {0}', name),
    placeHolder: t('Which one holds the record ids?'),
    matchOnDescription: true,
  });
  return chosen?.choice;
}

/** The first values, each by its beginning, so that one long text does not push out the others. */
function sampleWords(samples: readonly string[]): string {
  const short = (value: string) => (value.length > longestSample ? `${value.slice(0, longestSample)}…` : value);
  return samples
    .slice(0, 3)
    .map((value) => plainLabel(short(value.replaceAll(/(?:\\[nrt]|\s)+/g, ' ').trim())))
    .join(', ');
}

const longestSample = 40;

type Likely = 'recordIds' | 'maybe' | 'no';

function columnItems(beginning: string): ColumnItem[] {
  const table = csvColumns(beginning);
  return sections(
    table.columns.map(({ column, header, likely, objectType, isDefault, samples }) => ({
      likely,
      isDefault,
      item: {
        label: plainLabel(header) || vscode.l10n.t('Column {0}', column + 1),
        description: typeWords(objectType),
        detail: sampleWords(samples),
        choice: { kind: 'column' as const, table, column },
      },
    })),
  );
}

function keyItems(beginning: string): ColumnItem[] {
  return sections(
    jsonKeys(beginning).map(({ path, likely, objectType, isDefault, samples }) => ({
      likely,
      isDefault,
      item: {
        label: plainLabel(path),
        description: typeWords(objectType),
        detail: sampleWords(samples),
        choice: { kind: 'key' as const, path, ...(objectType === undefined ? {} : { objectType }) },
      },
    })),
  );
}

/** The most likely ones first; among the same, the file's own record ids before associated ones. */
function sections(all: readonly { likely: Likely; isDefault: boolean; item: ColumnItem }[]): ColumnItem[] {
  const { t } = vscode.l10n;
  const titles: Record<Likely, string> = {
    recordIds: t('record ids'),
    maybe: t('may be record ids'),
    no: t('others'),
  };
  return (['recordIds', 'maybe', 'no'] as const).flatMap((likely) => {
    const some = all.filter((each) => each.likely === likely);
    const sorted = [...some.filter(({ isDefault }) => isDefault), ...some.filter(({ isDefault }) => !isDefault)];
    const rule: ColumnItem = { label: titles[likely], kind: vscode.QuickPickItemKind.Separator };
    return sorted.length > 0 ? [rule, ...sorted.map(({ item }) => item)] : [];
  });
}

function typeWords(objectType: string | undefined): string {
  return objectType === undefined ? '' : (standardObjectType(objectType)?.pluralLabel ?? objectType);
}

/** Milliseconds between two words on how far the reading is; it takes in thousands of pieces. */
const tellEvery = 100;

async function readWithProgress(
  file: FileText,
  choice: ColumnChoice,
  uri: vscode.Uri,
): Promise<RecordIdsReading | undefined> {
  const { t } = vscode.l10n;
  const name = plainMessage(uri.path.slice(uri.path.lastIndexOf('/') + 1));
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Reading {0}', name), cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      let shown = 0;
      let toldAt = 0;
      const reading = readColumn(file.chunks(), choice, {
        signal: abort.signal,
        onProgress: ({ read, ids }) => {
          if (Date.now() - toldAt < tellEvery) return;
          toldAt = Date.now();
          const percent = file.bytes > 0 ? (100 * read) / file.bytes : 0;
          progress.report({ increment: percent - shown, message: t('{0} ids', ids.toLocaleString()) });
          shown = percent;
        },
      });
      // A file on a slow share may not give its next piece for long: the reader hears of the cancellation then, the user now.
      const cancelled = new Promise<undefined>((resolve) => {
        token.onCancellationRequested(() => {
          abort.abort();
          vscode.window.setStatusBarMessage(t('Reading {0} was cancelled. Nothing was looked up.', name), 5000);
          resolve(undefined);
        });
      });
      return Promise.race([reading, cancelled]);
    },
  );
}
