/** From a record back to the line its id stood on. */

import * as vscode from 'vscode';
import { nearestPlace } from '../core/reading/idInText.ts';
import { sayWhyNot } from '../editor/said.ts';
import type { IdPlace } from './idPlaces.ts';

/**
 * Shows the id where it stands now: at its old offset if it is still there, otherwise where it stands nearest to it, and
 * otherwise the old line. A file too large for extensions (50 MB) is opened at the line. Of a document that is gone it is said, and nothing breaks.
 */
export async function revealPlace(place: IdPlace, id: string): Promise<void> {
  const uri = vscode.Uri.parse(place.uri);
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    if (await openAtLine(uri, place.line)) return;
    sayWhyNot(vscode.l10n.t('The document that held {0} is not there any more.', id));
    return;
  }
  const line = Math.min(place.line, Math.max(0, document.lineCount - 1));
  const offset = nearestPlace(document.getText(), id, place.offset ?? document.offsetAt(new vscode.Position(line, 0)));
  const selection =
    offset === undefined
      ? document.lineAt(line).range
      : new vscode.Range(document.positionAt(offset), document.positionAt(offset + id.length));
  await vscode.window.showTextDocument(document, { selection, preserveFocus: false });
}

/** Has the editor open a file that it does not hand to extensions. False when there is no such file. */
async function openAtLine(uri: vscode.Uri, line: number): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    await vscode.commands.executeCommand('vscode.open', uri, { selection: new vscode.Range(line, 0, line, 0) });
    return true;
  } catch {
    return false;
  }
}
