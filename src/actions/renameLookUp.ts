import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { lookUpTitle } from '../answers/lookUpWords.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';

/** Gives a look-up a name of its own; an empty one gives it its first name back. */
export async function renameLookUp(entry: LookUpEntry, lookUps: LookUps, catalog: ObjectTypeCatalog): Promise<void> {
  const { t } = vscode.l10n;
  const name = await vscode.window.showInputBox({
    title: t('Rename the look-up'),
    value: lookUpTitle(entry, catalog),
    prompt: t('Leave it empty to name it after its object types.'),
  });
  if (name !== undefined)
    lookUps.rename(entry.id, name === lookUpTitle({ ...entry, name: undefined }, catalog) ? '' : name);
}
