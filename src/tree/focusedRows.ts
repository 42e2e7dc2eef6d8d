/** What a key pressed in a tree is about. */
import * as vscode from 'vscode';

/**
 * The row that has the keyboard, or the whole selection when that row is part of it, as in VS Code's own explorer. The API
 * only tells the selection, which the arrow keys leave behind: so the focused row is the one by which the selection changes
 * when VS Code toggles it, and it is toggled back at once.
 */
export async function focusedRows(view: vscode.TreeView<object>): Promise<readonly object[]> {
  const before = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const after = view.selection;
  const added = after.filter((row) => !before.includes(row));
  const isToggled = added.length > 0 || after.length < before.length;
  if (isToggled) await vscode.commands.executeCommand('list.toggleSelection');
  return added.length > 0 ? added : before;
}
