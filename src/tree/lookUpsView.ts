/** Keeps the Lookups view in step with the look-ups: what changed, the message on top, the badge, the context keys. */
import * as vscode from 'vscode';
import { incompleteNotices } from '../answers/incompleteNotices.ts';
import { pausedSentence, progressSentence } from '../answers/lookUpWords.ts';
import { setContext } from '../editor/contextKeys.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import type { LookUpsTree } from './lookUpsTree.ts';

/** A tree is refreshed at most this often while results stream in, in milliseconds. */
const throttle = 250;

/** How often the seconds of a countdown are counted down, in milliseconds. */
const tick = 1000;

/** @param isInSight true while a person can see the look-up elsewhere than in the view */
export function followLookUps(
  view: vscode.TreeView<object>,
  changed: vscode.EventEmitter<object | undefined>,
  lookUps: LookUps,
  tree: LookUpsTree,
  isInSight: (lookUpId: string) => boolean,
): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let countdown: ReturnType<typeof setTimeout> | undefined;
  let isListChanged = false;
  const changedEntries = new Set<LookUpEntry>();
  const running = new Set<string>();
  const endedUnseen = new Set<string>();
  let hadLookUps = false;

  const showBadge = () => {
    const value = endedUnseen.size;
    if (value === (view.badge?.value ?? 0)) return;
    const { t } = vscode.l10n;
    const tooltip = value === 1 ? t('A look-up has ended') : t('{0} look-ups have ended', value);
    view.badge = value === 0 ? undefined : { value, tooltip };
  };
  const say = () => {
    clearTimeout(countdown);
    const entries = lookUps.list();
    view.message = messageFor(entries);
    if (entries.some(({ progress }) => progress?.waiting)) countdown = setTimeout(say, tick);
  };
  const refresh = () => {
    timer = undefined;
    // Only what changed is asked for again; the ids of the nodes keep what is expanded, selected and in sight.
    if (isListChanged) changed.fire(undefined);
    else for (const entry of changedEntries) changed.fire(tree.nodeOf(entry));
    isListChanged = false;
    changedEntries.clear();
    say();
  };
  const subscription = lookUps.onDidChange((entry) => {
    const all = lookUps.list();
    setContext('hubspotAssociations.hasLookUps', all.length > 0);
    if (entry && entry.state !== 'running' && running.has(entry.id) && !view.visible && !isInSight(entry.id)) {
      endedUnseen.add(entry.id);
    }
    for (const id of endedUnseen) if (!all.some((each) => each.id === id)) endedUnseen.delete(id);
    showBadge();
    if (all.length > 0) hadLookUps = true;
    setContext('hubspotAssociations.isCleared', hadLookUps && all.length === 0);
    running.clear();
    for (const { id, state } of all) if (state === 'running') running.add(id);
    if (entry) changedEntries.add(entry);
    else isListChanged = true;
    timer ??= setTimeout(refresh, throttle);
  });
  const seen = view.onDidChangeVisibility(({ visible }) => {
    if (!visible) return;
    endedUnseen.clear();
    showBadge();
  });
  const read = tree.onDidRead((node) => changed.fire(node));
  return vscode.Disposable.from(subscription, seen, read, {
    dispose: () => {
      clearTimeout(timer);
      clearTimeout(countdown);
    },
  });
}

/** One sentence about what runs, waits or has stopped; the newest look-up speaks. */
function messageFor(entries: readonly LookUpEntry[]): string | undefined {
  const running = entries.find(({ state }) => state === 'running');
  if (running) return progressSentence(running);
  const newest = entries.reduce<LookUpEntry | undefined>(
    (best, entry) => (best && best.startedAt >= entry.startedAt ? best : entry),
    undefined,
  );
  if (!newest) return undefined;
  return pausedSentence(newest) ?? incompleteNotices(newest)[0]?.sentence;
}
