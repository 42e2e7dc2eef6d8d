import * as vscode from 'vscode';
import { type DiagnosticsParts, diagnostics } from './diagnostics.ts';

export const diagnosticsScheme = 'hubspot-associations-diagnostics';
const uri = vscode.Uri.from({ scheme: diagnosticsScheme, path: '/HubSpot Associations: diagnostics' });

/** The diagnostics that were copied last, as a document that nobody is asked to save. */
export class CopiedDiagnostics implements vscode.TextDocumentContentProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  #text = '';

  provideTextDocumentContent(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#changed.fire(uri);
  }
}

export interface CopyDiagnosticsParts extends DiagnosticsParts {
  readonly copiedDiagnostics: CopiedDiagnostics;
}

/** Copies the diagnostics and shows what was copied, so that it can be read before it is pasted. */
export async function copyDiagnostics(parts: CopyDiagnosticsParts): Promise<void> {
  const text = await diagnostics(parts);
  await vscode.env.clipboard.writeText(text);
  parts.copiedDiagnostics.text = text;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
