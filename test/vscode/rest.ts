import * as vscode from 'vscode';
import { until } from '../host/until.ts';
import { standIn } from './standInControl.ts';

/**
 * Brings the extension and the stand-in to rest, so that nothing of one test reaches the next: no question is open, no names
 * are wanted, no look-up runs or is shown, no editor is open, and the account is that of the tests.
 */
export async function rest(): Promise<void> {
  const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);
  await run('workbench.action.closeQuickOpen');
  await run('hubspotAssociations.toggleNames', false);
  await run('hubspotAssociations.clearLookUps', { ask: false });
  for (const { document } of vscode.window.visibleTextEditors) {
    // What was never saved would ask before it closes.
    if (!document.isUntitled) continue;
    await vscode.window.showTextDocument(document);
    await run('workbench.action.revertAndCloseActiveEditor');
  }
  await run('workbench.action.closeAllEditors');
  // The next one would have the name of one that is still being closed, and its text.
  const untitled = () => vscode.workspace.textDocuments.filter(({ isUntitled }) => isUntitled);
  await until(
    'what was never saved is gone',
    () => untitled().length === 0,
    () => untitled().map(({ uri }) => uri.toString()),
  );
  await run('workbench.action.closePanel');
  await run('hubspotAssociations.switchAccount', 'environment');
  await standIn({ clear: true });
  await standIn({ forgetRequests: true });
}
