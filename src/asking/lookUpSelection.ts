import * as vscode from 'vscode';
import { sayBriefly } from '../editor/said.ts';
import { readActiveEditor, readDocument, readPasted } from '../ids/givenIds.ts';
import { lookUpColumn } from './lookUpColumn.ts';
import { type CheckInstead, type NewLookUpParts, startEverything, startLookUp } from './newLookUp.ts';

/**
 * The main job: ids from the editor, two questions, the look-up, shown in tree and panel. With no id in sight, asks where to
 * take them from.
 * @param again true takes the object types of the last look-up without asking, where there was one
 * @param checkInstead where the selection holds pairs
 */
export async function lookUpSelection(
  parts: NewLookUpParts,
  again = false,
  checkInstead?: CheckInstead,
): Promise<void> {
  const read = await readActiveEditor();
  if (read && (await startLookUp(read, parts, again, checkInstead))) return;
  await withoutIds(parts, again);
}

/** Everything that the record at the cursor is associated with, or the records of the selection. */
export async function lookUpEverything(parts: NewLookUpParts): Promise<void> {
  const read = await readActiveEditor();
  if (!read || !(await startEverything(read, parts)))
    sayBriefly(vscode.l10n.t('There is no record ID in the selection or at the cursor.'));
}

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

async function withoutIds(parts: NewLookUpParts, again: boolean): Promise<void> {
  const { t } = vscode.l10n;
  const document = vscode.window.activeTextEditor?.document;
  const lastEntry = parts.lookUps.list()[0];
  const choices: Choice[] = [
    { label: t('$(clippy) Paste Record IDs...'), run: () => paste(parts, again) },
    ...(document
      ? [
          {
            label: t('$(list-selection) A Column or Key of This File...'),
            run: () => lookUpColumn(parts, document.uri),
          },
          {
            label: t('$(file) The Whole File'),
            run: async () => {
              if (!(await startLookUp(await readDocument(document), parts, again))) nothingFound();
            },
          },
        ]
      : []),
    ...(lastEntry
      ? [
          {
            label: t('$(refresh) The Last Lookup Again'),
            description: t('{0} IDs', lastEntry.summary.counts.asked.toLocaleString()),
            run: async () => {
              const group = parts.groups.of(lastEntry.id);
              const again =
                group === undefined
                  ? (await parts.lookUps.again(lastEntry.id))?.entry.id
                  : await parts.groups.again(group);
              if (again !== undefined) parts.show(again);
            },
          },
        ]
      : []),
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: t('Look Up Associations'),
    placeHolder: t('There is no record ID in the selection or at the cursor. Take them from where?'),
  });
  await chosen?.run();
}

async function paste(parts: NewLookUpParts, again: boolean): Promise<void> {
  const { t } = vscode.l10n;
  const text = await vscode.window.showInputBox({
    title: t('Look Up Associations'),
    prompt: t('Paste record IDs, HubSpot addresses, or any text that holds them.'),
    placeHolder: '17982944313, 17982959798',
    ignoreFocusOut: true,
    validateInput: (value) => {
      const { ids, unsure } = readPasted(value).reading;
      return value === '' || ids.length + unsure.length > 0 ? undefined : t('There is no record ID in this text.');
    },
  });
  if (text) await startLookUp(readPasted(text), parts, again);
}

function nothingFound(): void {
  sayBriefly(vscode.l10n.t('There is no record ID in this file.'));
}
