/** The panels of look-ups and groups: restored after a reload, and seen. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { AnswerPanels, type AnswerPanelsParts } from '../../src/panel/answerPanels.ts';

const { event: never } = new vscode.EventEmitter<undefined>();

/** @param groupOf the group that holds a look-up */
function panelsOf(
  titleOf: () => string | undefined,
  {
    onDidChange = never,
    groupOf = () => undefined,
  }: { onDidChange?: typeof never; groupOf?: () => string | undefined },
) {
  return new AnswerPanels({
    extensionUri: vscode.extensions.getExtension('associations-for-hubspot.associations-for-hubspot')!.extensionUri,
    subjects: { titleOf, find: () => undefined, open: async () => undefined },
    lookUps: { onDidChange, find: () => ({}) },
    groups: { onDidChange: never, find: () => undefined, of: groupOf },
    names: { onDidChange: never },
    catalog: { onDidChange: never },
  } as unknown as AnswerPanelsParts);
}

describe('a restored panel', () => {
  it('gives way to the one in which its look-up was opened while it was hidden, which still hears of everything', async () => {
    const id = randomUUID();
    const changed = new vscode.EventEmitter<undefined>();
    let title: string | undefined = 'Deals';
    const panels = panelsOf(() => title, { onDidChange: changed.event });
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

it('a look-up is in sight where the matrix of its group is', async () => {
  const group = randomUUID();
  const member = randomUUID();
  const panels = panelsOf(() => 'Deals', { groupOf: () => group });
  assert.equal(panels.isVisible(member), false);
  panels.show(group);
  assert.equal(panels.isVisible(member), true);
  panels.dispose();
});
