/** Record ids from the active editor: from every selection; with none, from the word and then the line at the cursor. */
import type * as vscode from 'vscode';
import type { FoundId } from './core/recordIds/reading.ts';
import { readRecordIds } from './core/recordIds/readRecordIds.ts';

export function readEditor(editor: vscode.TextEditor): { ids: readonly FoundId[] } {
  const { document } = editor;
  const marked = editor.selections.filter((selection) => !selection.isEmpty);
  const word = document.getWordRangeAtPosition(editor.selection.active);
  const line = document.lineAt(editor.selection.active).range;
  for (const ranges of [marked, word ? [word] : [], [line]]) {
    const ids = ranges.flatMap((range) => {
      const start = document.offsetAt(range.start);
      return readRecordIds(document.getText(range), document.languageId).ids.map((found) => ({
        ...found,
        offset: found.offset + start,
        line: found.line + range.start.line,
      }));
    });
    if (ids.length > 0 || (ranges === marked && marked.length > 0)) return { ids };
  }
  return { ids: [] };
}
