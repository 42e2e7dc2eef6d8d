import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { pickType } from './pickObjectTypes.ts';

/**
 * Asks to which object type records of this type are followed under this look-up.
 * @returns undefined when the user left
 */
export async function pickHopType(
  entry: LookUpEntry,
  record: { readonly type: string; readonly id: string },
  catalog: ObjectTypeCatalog,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { label } = catalog.find(record.type, entry.account);
  return pickType(catalog, entry.account, {
    title: t('{0} {1} → ?', label, record.id),
    placeholder: t('Which associated records do you want to see?'),
    first: [],
  });
}
