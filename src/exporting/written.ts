/** What is said of a file that was written: once, with ways to it. */
import * as vscode from 'vscode';
import { plainMessage } from '../core/text/plainText.ts';
import { howMany } from '../editor/howMany.ts';
import { fileNameOf } from '../editor/said.ts';

/**
 * Says it in a notification with Open File and Reveal; nobody waits for an answer.
 * @param rowCount undefined of what has no rows
 * @param about the file beside it that says what the rows are about
 */
export function sayWritten(uri: vscode.Uri, rowCount: number | undefined, about: vscode.Uri | undefined): void {
  const { t } = vscode.l10n;
  const open = t('Open File');
  const reveal = t('Reveal');
  const buttons = [open, ...(revealing(uri) ? [reveal] : [])];
  vscode.window.showInformationMessage(writtenWords(uri, rowCount, about), ...buttons).then(async (chosen) => {
    if (chosen === open) await vscode.commands.executeCommand('vscode.open', uri);
    else if (chosen === reveal) await vscode.commands.executeCommand(revealing(uri) ?? '', uri);
  });
}

/** "451 rows written to deals.csv. Account, time and completeness are in deals.csv.about.json." */
function writtenWords(uri: vscode.Uri, rowCount: number | undefined, about: vscode.Uri | undefined): string {
  const { t } = vscode.l10n;
  const name = plainMessage(fileNameOf(uri));
  const written =
    rowCount === undefined ? t('{0} was written.', name) : t('{0} written to {1}.', howMany(rowCount, 'rows'), name);
  if (!about) return written;
  return `${written} ${t('Account, time and completeness are in {0}.', plainMessage(fileNameOf(about)))}`;
}

/** The command that shows where a file is: in the explorer, or in the system's own file manager where VS Code is on that machine. */
function revealing(uri: vscode.Uri): string | undefined {
  if (vscode.workspace.getWorkspaceFolder(uri)) return 'revealInExplorer';
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  return isHere && uri.scheme === 'file' ? 'revealFileInOS' : undefined;
}
