import * as vscode from 'vscode';
import { openFileText } from '../editor/fileText.ts';
import { howMany } from '../editor/howMany.ts';
import { sayWhyNot } from '../editor/said.ts';
import { readActiveEditor, readDocument, readPasted } from '../ids/givenIds.ts';
import { confirmAgain, idsAskedAgain } from './confirmPlan.ts';
import { lookUpColumn } from './lookUpColumn.ts';
import { type CheckInstead, type NewLookUpParts, startEverything, startLookUp } from './newLookUp.ts';
import { isUnreadable, readOrSay, sayNoIds } from './unreadableFile.ts';

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
  if (read === 'cancelled') return;
  if (read && (await startLookUp(read, parts, again, checkInstead))) return;
  await withoutIds(parts, again);
}

/** Everything that the record at the cursor is associated with, or the records of the selection. */
export async function lookUpEverything(parts: NewLookUpParts): Promise<void> {
  const read = await readActiveEditor();
  if (read === 'cancelled') return;
  if (!read || !(await startEverything(read, parts)))
    sayWhyNot(vscode.l10n.t('There is no record ID in the selection or at the cursor.'));
}

/** How much of a file is looked at to tell whether it is a text, in bytes. */
const beginningBytes = 4096;

/**
 * The record ids of a whole file, from the explorer's menu, without showing it in an editor.
 * @param given the file
 */
export async function lookUpFile(parts: NewLookUpParts, given: unknown): Promise<void> {
  if (!(given instanceof vscode.Uri)) return lookUpSelection(parts);
  const document = await readOrSay(given, async () => {
    const beginning = await (await openFileText(given)).beginning(beginningBytes);
    return isUnreadable(given, beginning) ? undefined : vscode.workspace.openTextDocument(given);
  });
  if (document) await lookUpDocument(document, parts);
}

async function lookUpDocument(document: vscode.TextDocument, parts: NewLookUpParts, again = false): Promise<void> {
  const read = await readDocument(document);
  if (read !== 'cancelled' && !(await startLookUp(read, parts, again))) await sayNoIds(read.reading, document.uri);
}

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

async function withoutIds(parts: NewLookUpParts, again: boolean): Promise<void> {
  const { t } = vscode.l10n;
  const document = vscode.window.activeTextEditor?.document;
  const last = parts.lookUps.newest;
  const choices: Choice[] = [{ label: t('$(clippy) Paste Record IDs...'), run: () => paste(parts, again) }];
  if (document) {
    choices.push(
      {
        label: t('$(list-selection) A Column or Key of This File...'),
        run: () => lookUpColumn(parts, document.uri),
      },
      { label: t('$(file) The Whole File'), run: () => lookUpDocument(document, parts, again) },
    );
  }
  if (last) {
    const group = parts.groups.find(parts.groups.of(last.id) ?? '');
    const members = group?.members ?? [last];
    const sharesIds = group?.group.sharesIds ?? true;
    choices.push({
      label: t('$(refresh) The Last Lookup Again'),
      description: howMany(idsAskedAgain(members, sharesIds), 'ids'),
      run: async () => {
        if (!(await confirmAgain(members, sharesIds))) return;
        const run = group ? await parts.groups.again(group.id) : (await parts.lookUps.again(last.id))?.entry.id;
        if (run !== undefined) parts.show(run);
      },
    });
  }
  const chosen = await vscode.window.showQuickPick(choices, {
    title: t('Look Up HubSpot Associations'),
    placeHolder: t('There is no record ID in the selection or at the cursor. Where are they?'),
  });
  await chosen?.run();
}

async function paste(parts: NewLookUpParts, again: boolean): Promise<void> {
  const { t } = vscode.l10n;
  const text = await vscode.window.showInputBox({
    title: t('Look Up HubSpot Associations'),
    prompt: t('Paste record IDs, HubSpot addresses, or any text that holds them.'),
    placeHolder: '17982944313, 17982959798',
    ignoreFocusOut: true,
    validateInput: async (value) => {
      const read = await readPasted(value);
      if (read === 'cancelled') return undefined;
      const { idPlaces, unsurePlaces } = read.reading;
      return value === '' || idPlaces.length + unsurePlaces.length > 0
        ? undefined
        : t('There is no record ID in this text.');
    },
  });
  const read = text ? await readPasted(text) : 'cancelled';
  if (read !== 'cancelled') await startLookUp(read, parts, again);
}
