/** The panels of look-ups and groups: restored after a reload, and seen. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { firstView } from '../../src/core/treaty/panelView.ts';
import { AnswerPanels, type AnswerPanelsParts } from '../../src/panel/answerPanels.ts';
import { OpenPanel, type PanelParts } from '../../src/panel/openPanel.ts';
import type { PanelSubject } from '../../src/panel/panelSubject.ts';
import { madeAnswer } from '../core/madeAnswer.ts';
import { until } from '../host/until.ts';

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

/** @param unread counts what a filter could not look into */
function subjectOf(unread: () => Promise<object>) {
  return {
    answer: madeAnswer([{ id: '1' }]),
    context: () => ({}),
    state: (_: unknown, counted: { unread: object }) => ({ kind: 'state', facts: {}, ...counted.unread }),
    unread,
    restoreProperties: () => {},
    properties: () => [],
    sortAsked: () => undefined,
  };
}

function partsOf(subjects: object): PanelParts {
  const { extensionUri } = vscode.extensions.getExtension('associations-for-hubspot.associations-for-hubspot')!;
  return { extensionUri, subjects } as unknown as PanelParts;
}

/** An open panel whose page filters its rows: each count of what the filter could not look into is answered by the test. */
function filteringPanel() {
  const counting: ((notRead: number) => void)[] = [];
  const told: unknown[] = [];
  const heard = new vscode.EventEmitter<unknown>();
  const subject = subjectOf(
    () => new Promise((resolve) => counting.push((valuesNotRead) => resolve({ valuesNotRead }))),
  ) as unknown as PanelSubject;
  const panel = {
    visible: true,
    webview: { onDidReceiveMessage: heard.event, postMessage: (message: unknown) => told.push(message) },
    onDidDispose: () => {},
    onDidChangeViewState: () => {},
  } as unknown as vscode.WebviewPanel;
  const parts = partsOf({ titleOf: () => 'Deals', find: () => subject, open: async () => subject });
  const open = new OpenPanel(panel, 'any', parts, { isNew: false });
  heard.fire({ kind: 'ready', view: { ...firstView, filter: 'a' } });
  return { open, heard, counting, told };
}

it('what becomes known while rows are counted is counted after that', async () => {
  const { open, heard, counting, told } = filteringPanel();
  await until('it is counted', () => counting.length === 1);
  open.contextChanged();
  // Longer than a page waits to be told of a change.
  await new Promise((resolve) => setTimeout(resolve, 500));
  counting[0]!(7);
  await until('it is counted again', () => counting.length === 2);
  counting[1]!(0);
  await until('that is told', () => (told.at(-1) as { valuesNotRead?: number }).valuesNotRead === 0);
  heard.dispose();
});

it('what a filter could not look into is counted anew with each column that it looks into', async () => {
  const { heard, counting, told } = filteringPanel();
  const notRead = () => (told.at(-1) as { valuesNotRead?: number } | undefined)?.valuesNotRead;
  const column = { key: 'property:record:amount' };
  const see = (columns: object[]) => heard.fire({ kind: 'view', view: { ...firstView, filter: 'a', columns } });
  await until('it is counted', () => counting.length === 1);
  counting[0]!(7);
  await until('that is told', () => notRead() === 7, notRead);
  see([{ ...column, hidden: true }]);
  await until('it is counted without the column', () => counting.length === 2);
  counting[1]!(0);
  await until('that is told', () => notRead() === 0, notRead);
  see([column]);
  await until('it is counted with it', () => counting.length === 3);
  counting[2]!(7);
  await until('that is told again', () => notRead() === 7, notRead);
  heard.dispose();
});

it('a panel that is closed while its answer is read from the disk hears no more of it', async () => {
  const heard = new vscode.EventEmitter<unknown>();
  const closed = new vscode.EventEmitter<void>();
  let open: (subject: object) => void = () => {};
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  let asked = 0;
  const subject = { ...subjectOf(() => new Promise(() => {})), restoreProperties: () => asked++ };
  const webview = { onDidReceiveMessage: heard.event, postMessage: () => asked++ };
  const panel = { visible: true, webview, onDidDispose: closed.event, onDidChangeViewState: () => {} };
  const parts = partsOf({ titleOf: () => 'Deals', find: () => undefined, open: () => opened });
  new OpenPanel(panel as unknown as vscode.WebviewPanel, 'any', parts, { isNew: false });
  heard.fire({ kind: 'ready', view: firstView });
  closed.fire();
  open(subject);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(asked, 0);
});
