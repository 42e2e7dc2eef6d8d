/** Which column of a CSV or which key of a JSON file holds the record ids: the likely ones first, with samples. */

import * as vscode from 'vscode';
import { standardObjectType } from '../core/domain/objectTypes.ts';
import {
  type ColumnChoice,
  findingCsvColumns,
  findingJsonKeys,
  type JsonKey,
} from '../core/reading/file/readColumn.ts';
import { plainLabel, plainMessage } from '../core/text/plainText.ts';
import { fileNameOf, sayWhyNot } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';

interface ColumnItem extends vscode.QuickPickItem {
  readonly choice?: ColumnChoice;
}

/** How much of a file is looked at to find its columns or keys, in bytes. */
export const beginningBytes = 256 * 1024;

/** @param beginning of the file, with whole lines only */
export async function chooseColumn(uri: vscode.Uri, beginning: string): Promise<ColumnChoice | undefined> {
  const { t } = vscode.l10n;
  const name = fileNameOf(uri);
  const columns = await columnsIn(name, beginning);
  if (columns.length === 0) {
    sayWhyNot(t('{0} has no columns or keys to choose from.', plainMessage(name)));
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(sections(columns), {
    title: isJsonText(name, beginning) ? t('Look up a key of {0}', name) : t('Look up a column of {0}', name),
    placeHolder: t('Which one holds the record IDs?'),
    matchOnDescription: true,
  });
  return chosen?.choice;
}

/** Whether a file is read by its keys rather than by its columns. */
export function isJsonText(name: string, beginning: string): boolean {
  return /\.(?:json|jsonc|jsonl|ndjson)$/i.test(name) || (!/\.[ct]sv$/i.test(name) && /^\s*[[{]/.test(beginning));
}

/** A column or key of a file. */
interface FileColumn extends Pick<JsonKey, 'likely' | 'objectType' | 'isDefault' | 'samples'> {
  /** The key's path or the header, which may be empty. */
  readonly name: string;
  readonly choice: ColumnChoice;
}

async function columnsIn(name: string, beginning: string): Promise<readonly FileColumn[]> {
  if (isJsonText(name, beginning)) {
    const keys = await new Turns().through(findingJsonKeys(beginning));
    return keys.map(({ path, objectType, ...key }) => {
      const typed = objectType === undefined ? {} : { objectType };
      return { ...key, ...typed, name: path, choice: { kind: 'key', path, ...typed } };
    });
  }
  const table = await new Turns().through(findingCsvColumns(beginning));
  return table.columns.map(({ column, header, ...rest }) => ({
    ...rest,
    name: header,
    choice: { kind: 'column', table, column },
  }));
}

/** The columns or keys of a file by what they are called in it. A column without a header has its number, from 1. */
export async function fileColumns(name: string, beginning: string): Promise<readonly FileColumn[]> {
  return numbered(await columnsIn(name, beginning));
}

/** A column without a header is called by its number, from 1. */
export function numbered<Column extends { readonly name: string }>(columns: readonly Column[]): readonly Column[] {
  return columns.map((column, nth) => ({ ...column, name: column.name || String(nth + 1) }));
}

/** The first values, each by its beginning, so that one long text does not push out the others. */
export function sampleWords(samples: readonly string[]): string {
  const short = (value: string) => (value.length > longestSample ? `${value.slice(0, longestSample)}…` : value);
  return samples
    .slice(0, 3)
    .map((value) => plainLabel(short(value.replaceAll(/(?:\\[nrt]|\s)+/g, ' ').trim())))
    .join(', ');
}

const longestSample = 40;

/** The most likely ones first; among the same, the file's own record ids before associated ones. */
function sections(columns: readonly FileColumn[]): ColumnItem[] {
  const { t } = vscode.l10n;
  const titles = { recordIds: t('record IDs'), maybe: t('may be record IDs'), no: t('others') };
  const all = columns.map(({ name, objectType, samples, choice, likely, isDefault }, nth) => ({
    likely,
    isDefault,
    label: plainLabel(name) || t('Column {0}', nth + 1),
    description: typeWords(objectType),
    detail: sampleWords(samples),
    choice,
  }));
  return (['recordIds', 'maybe', 'no'] as const).flatMap((likely) => {
    const some = all.filter((each) => each.likely === likely);
    const rule: ColumnItem = { label: titles[likely], kind: vscode.QuickPickItemKind.Separator };
    return some.length > 0 ? [rule, ...some.sort((a, b) => Number(b.isDefault) - Number(a.isDefault))] : [];
  });
}

/** "Deals", or nothing where no type is suggested. */
export function typeWords(objectType: string | undefined): string {
  return objectType === undefined ? '' : (standardObjectType(objectType)?.pluralLabel ?? objectType);
}
