/** The pairs in what is selected in the editor, as a file of which all other lines are blank: so each pair keeps its line. */
import * as vscode from 'vscode';
import { isJsonText } from '../asking/columnPick.ts';
import { proposingPairs } from '../core/pairs/proposal.ts';
import { textFile } from '../editor/fileText.ts';
import { fileNameOf } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';
import { beginningBytes, type PairsFile } from './pairsFile.ts';

/** Undefined where nothing over several lines is selected, or what is selected does not hold two columns or keys of IDs. */
export async function selectedPairs(): Promise<PairsFile | undefined> {
  const editor = vscode.window.activeTextEditor;
  const [selection, ...others] = editor?.selections ?? [];
  if (!editor || !selection || others.length > 0 || selection.isSingleLine) return undefined;
  const { document } = editor;
  const name = fileNameOf(document.uri);
  // A selection that ends before the first character of a line does not mean that line.
  const last = selection.end.character === 0 ? selection.end.line - 1 : selection.end.line;
  const range = new vscode.Range(selection.start.line, 0, last, Number.MAX_SAFE_INTEGER);
  const text = document.getText(document.validateRange(range));
  const format = isJsonText(name, text) ? 'json' : 'delimited';
  const head = format === 'delimited' ? await headOf(document, selection.start.line) : '';
  const proposal = await new Turns().through(proposingPairs((head + text).slice(0, beginningBytes), format));
  if (proposal.kind === 'notTwo' || !areIds(proposal)) return undefined;
  const blank = '\n'.repeat(Math.max(0, selection.start.line - (head === '' ? 0 : 1)));
  return { uri: document.uri, name, text: textFile(head + blank + text), proposal, isPart: true };
}

/** The header of a table, where it stands above what is selected. */
async function headOf(document: vscode.TextDocument, firstLine: number): Promise<string> {
  if (firstLine === 0) return '';
  const [start, first] = [new vscode.Position(0, 0), new vscode.Position(firstLine, 0)];
  const end = document.positionAt(Math.min(document.offsetAt(first), beginningBytes));
  const beginning = document.getText(new vscode.Range(start, end));
  const proposal = await new Turns().through(proposingPairs(beginning, 'delimited'));
  const isHeader = proposal.kind === 'columns' && proposal.table.hasHeader && proposal.table.dialect.startLine === 0;
  return isHeader ? `${document.lineAt(0).text}\n` : '';
}

function areIds({ sources, from, to }: Exclude<PairsFile['proposal'], { kind: 'notTwo' }>): boolean {
  return [from, to].every((at) => at !== undefined && sources[at]!.likely !== 'no');
}
