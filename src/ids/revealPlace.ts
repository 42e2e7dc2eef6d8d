/** From a record back to the line its id stood on. */

import * as vscode from 'vscode';
import type { Expectation } from '../core/domain/expectation.ts';
import type { CheckSource } from '../core/expectation/storedCheck.ts';
import { nearestPlaces, type Stretch } from '../core/reading/idInText.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { fileNameOf, sayWhyNot } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';
import type { IdPlace } from './idPlaces.ts';
import { PairsInDocument } from './pairsInDocument.ts';

/**
 * Shows the id where it stands now: at its old offset if it is still there, otherwise where it stands nearest to it, and
 * otherwise the old line. A file too large for extensions (50 MB) is opened at the line. Of a document that is gone it is said, and
 * nothing breaks.
 * @param id empty where only the line is known
 */
export async function revealPlace(place: IdPlace, id: string): Promise<void> {
  const uri = vscode.Uri.parse(place.uri);
  const document = await openDocument(uri);
  if (!document) {
    if (await openAtLine(uri, place.line)) return;
    // Not what stood there: that may be any text, also a token that was no ID.
    sayWhyNot(vscode.l10n.t('{0} is not there any more.', plainMessage(fileNameOf(uri))));
    return;
  }
  const line = Math.min(place.line, Math.max(0, document.lineCount - 1));
  const before = place.offset ?? document.offsetAt(new vscode.Position(line, 0));
  const wanted = id === '' ? [] : [{ id, offset: before }];
  const [offset] = await new Turns().through(nearestPlaces(document.getText(), wanted));
  const selection =
    offset === undefined ? document.lineAt(line).range : rangeOf(document, { offset, length: id.length });
  await vscode.window.showTextDocument(document, { selection, preserveFocus: false });
}

/**
 * Shows the line of a pair in the file that was checked, where it is now. Where the file has changed so that nobody can tell, it is
 * shown and that is said.
 * @param line one of the pair's, from 0
 */
export async function revealPair(
  uri: string,
  { expectation, source }: { readonly expectation: Expectation; readonly source: CheckSource | undefined },
  pair: number,
  line: number,
): Promise<void> {
  const toId = expectation.toId(pair);
  const document = await openDocument(vscode.Uri.parse(uri));
  if (!document) return revealPlace({ uri, line }, toId);
  const pairs = await PairsInDocument.in(document, expectation, source);
  const found = await new Turns().through(pairs.finding(pair, line));
  if (!found) {
    const words = `${expectation.fromId(pair)} → ${toId}`;
    sayWhyNot(
      vscode.l10n.t(
        '{0} has changed since it was checked, and the line of {1} is not found any more.',
        plainMessage(fileNameOf(document.uri)),
        words,
      ),
    );
  }
  await vscode.window.showTextDocument(document, {
    preserveFocus: false,
    ...(found && { selection: rangeOf(document, found) }),
  });
}

function rangeOf(document: vscode.TextDocument, { offset, length }: Stretch): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}

/** Undefined for one that is gone, or too large for extensions. */
async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
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
