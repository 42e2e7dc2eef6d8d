/** What stands on the tab of a look-up's panel. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { differencesOf } from '../answers/lookUpDifferences.ts';
import { differenceWords, lookUpTitle } from '../answers/lookUpWords.ts';
import { plainLine } from '../core/text/plainText.ts';
import type { ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';

/** "Deals → Companies (27) · v3 · Acme", with what tells it from others. */
export function panelTitle(
  entry: ListedLookUp,
  { catalog, lookUps }: { readonly catalog: ObjectTypeCatalog; readonly lookUps: LookUps },
): string {
  const titleOf = (each: ListedLookUp) => {
    const asked = each.summary.counts.asked.toLocaleString();
    return { what: `${lookUpTitle(each, catalog)} (${asked})`, account: plainLine(each.account.name) };
  };
  const { what, account } = titleOf(entry);
  const telling = differenceWords(
    entry,
    differencesOf(entry, lookUps.list(), (each) => Object.values(titleOf(each)).join()),
  );
  const pinned = entry.pinned ? vscode.l10n.t('pinned') : undefined;
  return [what, pinned, ...telling.what, telling.moment, account].filter((part) => part !== undefined).join(' · ');
}
