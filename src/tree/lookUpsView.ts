/** Keeps the Lookups view in step with the look-ups: what changed, the message on top, the badge, the context keys. */
import * as vscode from 'vscode';
import { setContext } from '../contextKeys.ts';
import { scopesForPair } from '../core/objectTypes.ts';
import { failureNotice } from '../failureNotice.ts';
import type { LookUpEntry, LookUps } from '../lookUps.ts';
import { progressSentence } from '../words.ts';
import type { Node } from './lookUpNodes.ts';

/** A tree is refreshed at most this often while results stream in, in milliseconds. */
const throttle = 250;

export function followLookUps(
  view: vscode.TreeView<object>,
  changed: vscode.EventEmitter<object | undefined>,
  lookUps: LookUps,
): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    // The whole tree: its nodes are made anew from the look-ups, and their ids keep what is expanded and selected.
    changed.fire(undefined);
    view.message = messageFor(lookUps.list());
  };
  const subscription = lookUps.onDidChange((entry) => {
    const all = lookUps.list();
    setContext('hubspotAssociations.hasLookUps', all.length > 0);
    setContext(
      'hubspotAssociations.isRunning',
      all.some(({ state }) => state === 'running'),
    );
    if (entry && entry.state !== 'running' && !view.visible) {
      view.badge = { value: 1, tooltip: vscode.l10n.t('A look-up has ended') };
    }
    timer ??= setTimeout(refresh, throttle);
  });
  const seen = view.onDidChangeVisibility(({ visible }) => {
    if (visible) view.badge = undefined;
  });
  return vscode.Disposable.from(subscription, seen, { dispose: () => clearTimeout(timer) });
}

/** One sentence about what runs, waits or has stopped; the newest look-up speaks. */
function messageFor(entries: readonly LookUpEntry[]): string | undefined {
  const running = entries.find(({ state }) => state === 'running');
  if (running) return progressSentence(running);
  const newest = entries[0];
  if (!newest) return undefined;
  if (newest.stopped) {
    return failureNotice(newest.stopped, scopesForPair(newest.question.from, newest.question.to)).sentence;
  }
  return newest.answer.complete
    ? undefined
    : vscode.l10n.t('Some records could not be read. Their reasons stand below.');
}

/** The look-up a node belongs to. */
export function entryOf(node: Node): LookUpEntry {
  return node.kind === 'more' ? entryOf(node.parent) : node.entry;
}
