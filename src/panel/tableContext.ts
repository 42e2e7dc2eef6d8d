/** What a panel's table knows beside the answer: names, places, what became of records, and the reader's words. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Names } from '../answers/recordNames.ts';
import { rowContext } from '../answers/rowContext.ts';
import type { RowContext } from '../core/rows/rows.ts';
import { panelWords } from '../core/treaty/panelWords.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

export function tableContext(
  entry: LookUpEntry,
  { names, catalog }: { readonly names: Names; readonly catalog: ObjectTypeCatalog },
): RowContext {
  const { account, question } = entry;
  const label = (type: string) => catalog.find(type, account).label;
  return {
    ...rowContext(entry, names),
    say: (word) => vscode.l10n.t(panelWords[word]),
    ends: { from: label(question.from), to: label(question.to) },
    isRunning: () => entry.state === 'running',
  };
}
