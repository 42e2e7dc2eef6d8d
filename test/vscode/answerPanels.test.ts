/** Panels that VS Code restores after a reload. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { AnswerPanels, type AnswerPanelsParts } from '../../src/panel/answerPanels.ts';

describe('a restored panel', () => {
  it('gives way to the one in which its look-up was opened while it was hidden, which still hears of everything', async () => {
    const id = randomUUID();
    const changed = new vscode.EventEmitter<undefined>();
    const { event: never } = new vscode.EventEmitter<undefined>();
    let title: string | undefined = 'Deals';
    const parts = {
      extensionUri: vscode.extensions.getExtension('associations-for-hubspot.associations-for-hubspot')!.extensionUri,
      subjects: { titleOf: () => title, find: () => undefined, open: async () => undefined },
      lookUps: { onDidChange: changed.event, find: () => ({}) },
      groups: { onDidChange: never, find: () => undefined, of: () => undefined },
      names: { onDidChange: never },
      catalog: { onDidChange: never },
    } as unknown as AnswerPanelsParts;
    const panels = new AnswerPanels(parts);
    panels.show(id);
    const restored = vscode.window.createWebviewPanel('restored', 'Deals', vscode.ViewColumn.Active);
    let isClosed = false;
    restored.onDidDispose(() => {
      isClosed = true;
    });
    await panels.restore(restored, { lookUp: id }, Promise.resolve());
    assert.equal(isClosed, true);
    panels.show(id);
    title = undefined;
    changed.fire(undefined);
    assert.equal(panels.isVisible(id), false, 'it goes with its look-up');
    panels.dispose();
  });
});
