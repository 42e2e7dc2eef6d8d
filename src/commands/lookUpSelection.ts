import * as vscode from 'vscode';
import type { Accounts } from '../accounts.ts';
import { readRecordIds } from '../core/recordIds/readRecordIds.ts';
import type { LookUps } from '../lookUps.ts';
import type { ObjectTypeCatalog } from '../objectTypeCatalog.ts';
import { type LastPairs, pickPair } from '../pickObjectTypes.ts';
import { confirmPlan } from '../plan.ts';
import { noSources, type RecordSources, sourcesFrom } from '../recordSources.ts';
import { readEditor } from '../selectedIds.ts';

export interface LookUpSelectionParts {
  readonly accounts: Accounts;
  readonly catalog: ObjectTypeCatalog;
  readonly lastPairs: LastPairs;
  readonly lookUps: LookUps;
  readonly show: (lookUpId: string) => void;
}

/**
 * The main job: ids from the editor, two questions, the look-up, shown in tree and panel.
 * @param again true takes the object types of the last look-up without asking, where there was one
 */
export async function lookUpSelection(parts: LookUpSelectionParts, again = false): Promise<void> {
  const given = idsOfEditor() ?? (await pastedIds());
  if (!given) return;
  const account = parts.accounts.active;
  const last = parts.lastPairs.of(account);
  const pair = (again && last[0]) || (await pickPair(parts.catalog, account, last, given.ids.length, given.hint));
  if (!pair) return;
  if (!(await confirmPlan(given.ids.length, account))) return;
  await parts.lastPairs.remember(account, pair);
  const { entry } = parts.lookUps.run({ ...pair, ids: given.ids }, account, given.sources);
  parts.show(entry.id);
}

interface GivenIds {
  /** Distinct, in the order they stood. */
  readonly ids: readonly string[];
  readonly sources: RecordSources;
  readonly hint?: string;
}

function idsOfEditor(): GivenIds | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const reading = readEditor(editor);
  if (reading.ids.length === 0) return undefined;
  const hint = undefined as string | undefined;
  return {
    ids: [...new Set(reading.ids.map(({ id }) => id))],
    sources: sourcesFrom(editor.document.uri.toString(), reading.ids),
    ...(hint ? { hint } : {}),
  };
}

/** With no id in sight the ids can be pasted. */
async function pastedIds(): Promise<GivenIds | undefined> {
  const { t } = vscode.l10n;
  const text = await vscode.window.showInputBox({
    title: t('Look up associations'),
    prompt: t('No record id is selected or at the cursor. Paste the ids here.'),
    placeHolder: '17982944313, 17982944314',
    validateInput: (value) =>
      value === '' || readRecordIds(value).ids.length > 0 ? undefined : t('There is no record id in this.'),
  });
  const ids = [...new Set(readRecordIds(text ?? '').ids.map(({ id }) => id))];
  return ids.length ? { ids, sources: noSources } : undefined;
}
