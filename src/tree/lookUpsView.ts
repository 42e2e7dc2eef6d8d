/** Keeps the Lookups view in step with the look-ups: what changed, the message on top, the badge, the context keys. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { HopChange, Hops } from '../answers/hops.ts';
import { incompleteNotices } from '../answers/incompleteNotices.ts';
import { lookUpTitle, notInSampleSentence, pausedSentence, progressSentence } from '../answers/lookUpWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { areForeignToSample } from '../answers/sampleIds.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { setContext } from '../editor/contextKeys.ts';
import { orderOf } from '../lookUps/lookUpCard.ts';
import { isRead, type ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { focusedRows } from './focusedRows.ts';
import { LookUpsTree } from './lookUpsTree.ts';
import { nodeAt } from './nodeAddress.ts';

/** A tree is refreshed at most this often while results stream in, in milliseconds. */
const throttle = 250;

/** How often the seconds of a countdown are counted down, in milliseconds. */
const tick = 1000;

export interface LookUpsViewParts {
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  readonly catalog: ObjectTypeCatalog;
  readonly hops: Hops;
  readonly names: Names;
  /** True while a person can see the look-up elsewhere than in the view. */
  readonly isInSight: (lookUpId: string) => boolean;
}

export class LookUpsView implements vscode.Disposable {
  readonly tree: LookUpsTree;
  readonly #view: vscode.TreeView<object>;
  readonly #parts: LookUpsViewParts;
  readonly #subscriptions: readonly vscode.Disposable[];
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  /** By `performance.now`. */
  #lastRefresh = Number.NEGATIVE_INFINITY;
  #countdown: ReturnType<typeof setTimeout> | undefined;
  #isListChanged = false;
  readonly #changedEntries = new Set<ListedLookUp>();
  readonly #running = new Set<string>();
  readonly #endedUnseen = new Set<string>();
  #hadLookUps = false;

  constructor(view: vscode.TreeView<object>, parts: LookUpsViewParts) {
    const { lookUps, groups, catalog, hops, names } = parts;
    this.#view = view;
    this.#parts = parts;
    this.tree = new LookUpsTree(lookUps, groups, { types: catalog, hops, names });
    this.#subscriptions = [
      lookUps.onDidChange((entry) => this.#changed(entry)),
      groups.onDidChange(() => this.#changed(undefined)),
      names.onDidChange(() => this.tree.refresh()),
      catalog.onDidChange(() => this.tree.refresh()),
      hops.onDidChange((change) => this.#hopChanged(change)),
      view.onDidChangeVisibility(({ visible }) => {
        if (!visible) return;
        this.#endedUnseen.clear();
        this.#showBadge();
        this.#say();
      }),
    ];
  }

  /** Goes to a look-up, or to look-ups that are held together, and leaves the keyboard where it is. */
  show(id: string): void {
    const { lookUps, groups } = this.#parts;
    const entry = lookUps.find(id);
    const node = entry ? this.tree.nodeOf(entry) : groups.find(id) && this.tree.togetherNode(id);
    if (node) this.#reveal(node, false);
  }

  /** What has the keyboard in the view. */
  focused(): Promise<readonly object[]> {
    return focusedRows(this.#view);
  }

  dispose(): void {
    clearTimeout(this.#refreshing);
    clearTimeout(this.#countdown);
    for (const each of this.#subscriptions) each.dispose();
  }

  #changed(entry: ListedLookUp | undefined): void {
    const all = this.#parts.lookUps.list();
    setContext('hubspotAssociations.hasLookUps', all.length > 0);
    setContext(
      'hubspotAssociations.hasOwnLookUps',
      all.some(({ account }) => account.kind !== 'sample'),
    );
    setContext(
      'hubspotAssociations.hasChecks',
      all.some(({ checked }) => checked !== undefined),
    );
    if (entry && this.#hasEndedUnseen(entry)) this.#endedUnseen.add(entry.id);
    for (const id of this.#endedUnseen) if (!all.some((each) => each.id === id)) this.#endedUnseen.delete(id);
    this.#showBadge();
    if (all.length > 0) this.#hadLookUps = true;
    setContext('hubspotAssociations.isCleared', this.#hadLookUps && all.length === 0);
    this.#running.clear();
    for (const { id, state } of all) if (state === 'running') this.#running.add(id);
    if (entry) this.#changedEntries.add(entry);
    else this.#isListChanged = true;
    // What comes after a pause, such as the saved look-ups at the start, is there at once.
    const rest = Math.max(0, this.#lastRefresh + throttle - performance.now());
    this.#refreshing ??= setTimeout(() => this.#refresh(), rest);
  }

  #hasEndedUnseen({ id, state }: ListedLookUp): boolean {
    return state !== 'running' && this.#running.has(id) && !this.#view.visible && !this.#parts.isInSight(id);
  }

  #refresh(): void {
    this.#refreshing = undefined;
    this.#lastRefresh = performance.now();
    // Only what changed is asked for again; the ids of the nodes keep what is expanded, selected and in sight.
    if (this.#isListChanged) this.tree.refresh();
    else for (const entry of this.#changedEntries) this.tree.refresh(entry);
    this.#isListChanged = false;
    this.#changedEntries.clear();
    this.#say();
  }

  /** A row that was just asked for is opened and gets the keyboard. */
  #hopChanged({ lookUp, added }: HopChange): void {
    const { lookUps, hops } = this.#parts;
    const entry = lookUps.find(lookUp);
    if (!isRead(entry)) return;
    this.tree.refresh(entry);
    if (added) this.#reveal(nodeAt(added, entry, hops), true);
  }

  /** A row that is gone before VS Code has got to it stays out of sight. @param focus whether it takes the keyboard */
  #reveal(node: object, focus: boolean): void {
    this.#view.reveal(node, { select: true, focus, expand: true }).then(undefined, () => {});
  }

  #showBadge(): void {
    const value = this.#endedUnseen.size;
    if (value === (this.#view.badge?.value ?? 0)) return;
    const { t } = vscode.l10n;
    const tooltip = value === 1 ? t('A lookup has ended') : t('{0} lookups have ended', value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }

  #say(): void {
    clearTimeout(this.#countdown);
    const { lookUps, groups } = this.#parts;
    const entries = lookUps.list();
    // Nothing is read from the disk for a message that nobody sees.
    const open = (id: string) => void (this.#view.visible && lookUps.open(id));
    this.#view.message = messageFor(entries, this.#parts, open) ?? removedSentence(lookUps.keeping);
    this.#view.description = keptWords(groups.countedAsKept, lookUps.keeping);
    if (entries.some(({ progress }) => progress?.waiting)) this.#countdown = setTimeout(() => this.#say(), tick);
  }
}

/** How many places are left when it begins to be said how many there are. */
const fewLeft = 10;

/** "48 of 50 kept", once that begins to matter. */
function keptWords(loose: number, { most }: LookUps['keeping']): string | undefined {
  const { t } = vscode.l10n;
  if (loose <= most - fewLeft) return undefined;
  return loose <= most ? t('{0} of {1} kept', loose, most) : t('{0}, the newest {1} are kept', loose, most);
}

/** Why old look-ups are not there any more. */
function removedSentence({ most, removed }: LookUps['keeping']): string | undefined {
  const { t } = vscode.l10n;
  if (removed === 0) return undefined;
  return removed === 1
    ? t('1 old lookup was removed: the newest {0} are kept, and all pinned ones.', most)
    : t('{0} old lookups were removed: the newest {1} are kept, and all pinned ones.', removed, most);
}

/** One sentence about what runs, waits or has stopped: of several look-ups about the newest one. */
function messageFor(
  entries: readonly ListedLookUp[],
  { groups, catalog }: Pick<LookUpsViewParts, 'groups' | 'catalog'>,
  open: (id: string) => void,
): string | undefined {
  const running = entries.find(({ state }) => state === 'running');
  const newest = entries.reduce<ListedLookUp | undefined>(
    (best, entry) => (best && orderOf(best) >= orderOf(entry) ? best : entry),
    undefined,
  );
  const told = running ?? newest;
  const sentence = running ? progressSentence(running) : newest && sentenceOf(newest, open);
  if (!sentence || !told) return sentence;
  // Above another row, such as a pinned one or a group, it would be taken for a sentence about that one.
  if (told === entries[0] && groups.of(told.id) === undefined) return sentence;
  return vscode.l10n.t('{0}: {1}', plainMessage(lookUpTitle(told, catalog)), sentence);
}

function sentenceOf(newest: ListedLookUp, open: (id: string) => void): string | undefined {
  if (isRead(newest)) {
    if (areForeignToSample(newest)) return notInSampleSentence(newest);
    return pausedSentence(newest) ?? incompleteNotices(newest)[0]?.sentence;
  }
  // Why it is incomplete, or whether its ids are of the sample account at all, stands in its Answer, which tells it once it is read.
  const { account, atHand, summary } = newest;
  const isToTell = summary.completeness === 'incomplete' || (account.kind === 'sample' && summary.counts.found === 0);
  if (atHand === 'card' && isToTell) open(newest.id);
  return pausedSentence(newest);
}
