/** Which column of a CSV or which key of a JSON file holds the record ids: the likely ones first, with samples. */

import * as vscode from 'vscode';
import { standardObjectType } from '../core/domain/objectTypes.ts';
import { type ColumnChoice, findingCsvColumns, findingJsonKeys } from '../core/reading/file/readColumn.ts';
import { plainLabel, plainMessage } from '../core/text/plainText.ts';
import { fileNameOf, sayWhyNot } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';

interface ColumnItem extends vscode.QuickPickItem {
  readonly choice?: ColumnChoice;
}

/** @param beginning of the file, with whole lines only */
export async function chooseColumn(uri: vscode.Uri, beginning: string): Promise<ColumnChoice | undefined> {
  const { t } = vscode.l10n;
  const name = fileNameOf(uri);
  const isJson = isJsonText(name, beginning);
  const items = await (isJson ? keyItems(beginning) : columnItems(beginning));
  if (items.length === 0) {
    sayWhyNot(t('{0} has no columns or keys to choose from.', plainMessage(name)));
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: isJson ? t('Look up a key of {0}', name) : t('Look up a column of {0}', name),
    placeHolder: t('Which one holds the record IDs?'),
    matchOnDescription: true,
  });
  return chosen?.choice;
}

/** Whether a file is read by its keys rather than by its columns. */
export function isJsonText(name: string, beginning: string): boolean {
  return /\.(?:json|jsonc|jsonl|ndjson)$/i.test(name) || (!/\.[ct]sv$/i.test(name) && /^\s*[[{]/.test(beginning));
}

/** The columns or keys of a file by what they are called in it. A column without a header has its number, from 1. */
export async function fileColumns(
  name: string,
  beginning: string,
): Promise<readonly { readonly name: string; readonly likely: Likely; readonly choice: ColumnChoice }[]> {
  if (isJsonText(name, beginning)) {
    const keys = await new Turns().through(findingJsonKeys(beginning));
    return keys.map(({ path, likely, objectType }) => ({
      name: path,
      likely,
      choice: keyChoice(path, objectType),
    }));
  }
  const table = await new Turns().through(findingCsvColumns(beginning));
  return table.columns.map(({ column, header, likely }) => ({
    name: header || String(column + 1),
    likely,
    choice: { kind: 'column', table, column },
  }));
}

function keyChoice(path: string, objectType: string | undefined): ColumnChoice {
  return { kind: 'key', path, ...(objectType === undefined ? {} : { objectType }) };
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

type Likely = 'recordIds' | 'maybe' | 'no';

async function columnItems(beginning: string): Promise<ColumnItem[]> {
  const table = await new Turns().through(findingCsvColumns(beginning));
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

async function keyItems(beginning: string): Promise<ColumnItem[]> {
  const keys = await new Turns().through(findingJsonKeys(beginning));
  return sections(
    keys.map(({ path, likely, objectType, isDefault, samples }) => ({
      likely,
      isDefault,
      item: {
        label: plainLabel(path),
        description: typeWords(objectType),
        detail: sampleWords(samples),
        choice: keyChoice(path, objectType),
      },
    })),
  );
}

/** The most likely ones first; among the same, the file's own record ids before associated ones. */
function sections(all: readonly { likely: Likely; isDefault: boolean; item: ColumnItem }[]): ColumnItem[] {
  const { t } = vscode.l10n;
  const titles: Record<Likely, string> = {
    recordIds: t('record IDs'),
    maybe: t('may be record IDs'),
    no: t('others'),
  };
  return (['recordIds', 'maybe', 'no'] as const).flatMap((likely) => {
    const some = all.filter((each) => each.likely === likely);
    const sorted = [...some.filter(({ isDefault }) => isDefault), ...some.filter(({ isDefault }) => !isDefault)];
    const rule: ColumnItem = { label: titles[likely], kind: vscode.QuickPickItemKind.Separator };
    return sorted.length > 0 ? [rule, ...sorted.map(({ item }) => item)] : [];
  });
}

/** "Deals", or nothing where no type is suggested. */
export function typeWords(objectType: string | undefined): string {
  return objectType === undefined ? '' : (standardObjectType(objectType)?.pluralLabel ?? objectType);
}
