import * as vscode from 'vscode';
import { setContext } from '../editor/contextKeys.ts';

/** Opens the walkthrough, with what was done already ticked off. */
export async function getStarted(extensionId: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#start`, false);
  setContext('hubspotAssociations.walkthroughShown', true);
}
