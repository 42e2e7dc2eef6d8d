import * as vscode from 'vscode';

/** Opens the walkthrough. */
export async function getStarted(extensionId: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#start`, false);
}
