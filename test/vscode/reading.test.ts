/** Ids from every kind of editor: what is selected there is what is asked. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../host/until.ts';
import { inputsOf } from '../hubspotStandIn/recordedRequest.ts';
import { rest } from './rest.ts';
import { requestsToStandIn, standIn } from './standInControl.ts';

const ids = ['17982944313', '17982959798', '17982975283'] as const;

/** What was selected last, and where. */
let selected: { readonly editor: vscode.TextEditor; readonly selections: readonly vscode.Selection[] } | undefined;

function isStillSelected(): boolean {
  const is = selected?.editor.selections ?? [];
  const all = selected?.selections ?? [];
  return is.length === all.length && is.every((each, at) => each.isEqual(all[at]!));
}

/**
 * Runs the look-up of the selection; the object types are those of the first run, answered by accepting the first choice. It is
 * run again where the window has moved a cursor meanwhile, which it does at times after it was told what is selected.
 */
async function askedIds(): Promise<readonly string[]> {
  await standIn({ forgetRequests: true });
  const running = vscode.commands.executeCommand('hubspotAssociations.lookUpSelectionAgain');
  let isOver = false;
  void running.then(() => {
    isOver = true;
  });
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const reads = (await requestsToStandIn()).filter(({ path }) => path.includes('/associations/'));
    if (reads.length > 0) {
      await running;
      if (selected && !isStillSelected()) {
        await select(selected.editor, ...selected.selections);
        return askedIds();
      }
      return reads.flatMap((request) => inputsOf(request).map(({ id }) => id));
    }
    if (!isOver) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Nothing was asked.');
}

async function open(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  selected = undefined;
  return vscode.window.showTextDocument(document, { preview: false });
}

/** Selects, and waits until it stays so: what the window says of the editor's first cursor may come after it was told. */
async function select(editor: vscode.TextEditor, ...selections: readonly vscode.Selection[]): Promise<void> {
  let looks = 0;
  selected = { editor, selections };
  await until('it is selected', () => {
    if (isStillSelected()) return ++looks > 4;
    looks = 0;
    editor.selections = selections;
    return false;
  });
}

const selectTexts = (editor: vscode.TextEditor, ...texts: readonly string[]) =>
  select(
    editor,
    ...texts.map((text) => {
      const at = editor.document.getText().indexOf(text);
      assert.ok(at >= 0, `${text} is in the document`);
      return new vscode.Selection(editor.document.positionAt(at), editor.document.positionAt(at + text.length));
    }),
  );

describe('reading ids in an editor', () => {
  beforeEach(rest);
  afterEach(rest);

  it('reads an untitled document', async () => {
    const editor = await open(await vscode.workspace.openTextDocument({ content: ids.join('\n') }));
    await select(editor, new vscode.Selection(0, 0, 2, 11));
    assert.deepEqual([...(await askedIds())].sort(), [...ids].sort());
  });

  it('reads every cursor of a multi-cursor selection, and a part of a number as the whole', async () => {
    const content = `deal ${ids[0]} won\ndeal ${ids[1]} lost\ndeal ${ids[2]} open`;
    const editor = await open(await vscode.workspace.openTextDocument({ content }));
    await selectTexts(editor, ids[0], ids[2].slice(2, 7));
    assert.deepEqual([...(await askedIds())].sort(), [ids[0], ids[2]]);
  });

  it('reads the cells of a box selection in a CSV with its header', async () => {
    const content = `Deal ID,Amount,Name\n${ids.map((id, row) => `${id},${row}00000,Deal ${row}`).join('\n')}\n`;
    const editor = await open(await vscode.workspace.openTextDocument({ content, language: 'plaintext' }));
    await select(editor, ...[1, 2, 3].map((line) => new vscode.Selection(line, 0, line, 18)));
    assert.deepEqual([...(await askedIds())].sort(), [...ids].sort());
  });

  it('reads the word at the cursor, and then its line', async () => {
    const content = `first line\ndeal ${ids[0]} and deal ${ids[1]}`;
    const editor = await open(await vscode.workspace.openTextDocument({ content }));
    await select(editor, new vscode.Selection(1, 8, 1, 8));
    assert.deepEqual(await askedIds(), [ids[0]]);
    await vscode.window.showTextDocument(editor.document);
    await select(vscode.window.activeTextEditor!, new vscode.Selection(1, 2, 1, 2));
    assert.deepEqual([...(await askedIds())].sort(), [ids[0], ids[1]]);
  });

  it('reads a notebook cell', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, ids.join(', '), 'plaintext');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    const text = notebook.cellAt(0).document;
    const editor = await open(text);
    await select(editor, new vscode.Selection(0, 0, 0, text.lineAt(0).text.length));
    assert.deepEqual([...(await askedIds())].sort(), [...ids].sort());
  });

  it('reads a diff editor and a read-only virtual document', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('associations-test', {
      provideTextDocumentContent: ({ path }) => (path === '/left' ? 'nothing' : ids.join('\n')),
    });
    const side = (path: string) => vscode.Uri.from({ scheme: 'associations-test', path });
    try {
      await vscode.commands.executeCommand('vscode.diff', side('/left'), side('/right'));
      await vscode.commands.executeCommand('workbench.action.compareEditor.focusPrimarySide');
      const right = await until('the right side has the keyboard', () => {
        const { activeTextEditor } = vscode.window;
        return activeTextEditor?.document.uri.path === '/right' && activeTextEditor;
      });
      await select(right, new vscode.Selection(0, 0, 2, 11));
      assert.deepEqual([...(await askedIds())].sort(), [...ids].sort());
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const editor = await open(await vscode.workspace.openTextDocument(side('/alone')));
      await select(editor, new vscode.Selection(1, 0, 1, 11));
      assert.deepEqual(await askedIds(), [ids[1]]);
    } finally {
      provider.dispose();
    }
  });
});
