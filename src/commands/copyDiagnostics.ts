import * as vscode from 'vscode';
import { type DiagnosticsParts, diagnostics } from '../diagnostics.ts';

/** Copies the diagnostics and shows what was copied, so that it can be read before it is pasted. */
export async function copyDiagnostics(parts: DiagnosticsParts): Promise<void> {
  const text = await diagnostics(parts);
  await vscode.env.clipboard.writeText(text);
  const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: true });
}
