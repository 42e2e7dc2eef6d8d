/** The Lookups view: look-up, its records, their associated records, and on from there. */
import * as vscode from 'vscode';
import { type Differences, differencesAmong, differencesOf } from '../answers/lookUpDifferences.ts';
import { orderOf } from '../lookUps/lookUpCard.ts';
import { isRead, type ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import {
  childrenOf,
  type LookUpNode,
  type MoreNode,
  type Node,
  nodeId,
  pageSize,
  parentOf,
  type TogetherNode,
} from './lookUpNodes.ts';
import { type ItemParts, treeItem } from './treeItems.ts';

/** So many look-ups are shown first where there are more at the start, and the others a moment later, in milliseconds. */
const shownFirst = 50;
const moment = 250;

export class LookUpsTree implements vscode.TreeDataProvider<Node> {
  readonly #lookUps: LookUps;
  readonly #groups: LookUpGroups;
  readonly #parts: ItemParts;
  /** How many children of a node are shown, where that is more than one page. */
  readonly #shown = new Map<string, number>();
  /** VS Code refreshes a node only when it is the very object that it got. */
  readonly #lookUpNodes = new Map<string, LookUpNode>();
  readonly #togetherNodes = new Map<string, TogetherNode>();
  /** A look-up that stands on top when the tree first shows it is open; what comes after does not close it. */
  readonly #openAtFirst = new Map<string, boolean>();
  /** Of all look-ups, as long as nothing has changed. */
  #differences: ReadonlyMap<string, Differences> | undefined;
  #hasShownAny = false;
  #hasOpenedTop = false;
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  /** Fires with the node whose rows have changed, or undefined for all. */
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    lookUps: LookUps,
    groups: LookUpGroups,
    parts: Omit<ItemParts, 'differencesOf' | 'isOpenAtFirst' | 'groups'>,
  ) {
    this.#lookUps = lookUps;
    this.#groups = groups;
    this.#parts = {
      ...parts,
      groups,
      differencesOf: (entry, titleOf) => this.#differencesOf(entry, titleOf),
      isOpenAtFirst: ({ id }) => this.#openAtFirst.get(id) ?? false,
    };
  }

  getChildren(node?: Node): Node[] | Promise<Node[]> {
    if (!node) return this.#firstRoots();
    if (node.kind === 'together') return (this.#groups.find(node.id)?.members ?? []).map((entry) => this.nodeOf(entry));
    const children = () => childrenOf(node, this.#shown.get(nodeId(node)) ?? pageSize, this.#parts.hops);
    if (node.kind === 'lookUp' && !isRead(node.entry)) {
      // One that could not be read is tried again by itself, and tells then that it has changed.
      return node.entry.atHand === 'unreadable' ? [] : this.#opened(node, children);
    }
    if (node.kind !== 'type' || !node.hop || node.hop.answer) return children();
    return this.#parts.hops.read(node.hop).then(() => {
      this.#changed.fire(node); // its count is known now
      return children();
    });
  }

  /** What stands under a look-up once its Answer is read. VS Code shows no row at all before it has what is open at first. */
  #opened(node: LookUpNode, children: () => Node[]): Node[] | Promise<Node[]> {
    const reading = this.#lookUps.open(node.entry.id);
    if (this.#hasOpenedTop || !this.#openAtFirst.get(node.entry.id)) return reading.then(children);
    this.#hasOpenedTop = true;
    const again = () => this.#changed.fire(node);
    reading.then(again, again);
    return [];
  }

  /** The node of a look-up, as the view knows it. */
  nodeOf(entry: ListedLookUp): LookUpNode {
    let node = this.#lookUpNodes.get(entry.id);
    if (node?.entry !== entry) {
      node = { kind: 'lookUp', entry };
      this.#lookUpNodes.set(entry.id, node);
    }
    return node;
  }

  /** The node of look-ups that are held together, as the view knows it. */
  togetherNode(id: string): TogetherNode {
    let node = this.#togetherNodes.get(id);
    if (!node) {
      node = { kind: 'together', id };
      this.#togetherNodes.set(id, node);
    }
    return node;
  }

  getParent(node: Node): Node | undefined {
    const group = node.kind === 'lookUp' ? this.#groups.of(node.entry.id) : undefined;
    if (group !== undefined) return this.togetherNode(group);
    const parent = parentOf(node);
    return parent?.kind === 'lookUp' ? this.nodeOf(parent.entry) : parent;
  }

  /** Shows one page more under the node that this "more" node stands in. */
  showMore(more: MoreNode): void {
    this.#shown.set(nodeId(more.parent), more.shown + pageSize);
    this.#changed.fire(more.parent);
  }

  /** Has the rows of a look-up asked for anew, or all rows. */
  refresh(entry?: ListedLookUp): void {
    this.#differences = undefined;
    const group = entry && this.#groups.of(entry.id);
    // The row above says what all of them say together.
    if (group !== undefined) this.#changed.fire(this.togetherNode(group));
    else this.#changed.fire(entry && this.nodeOf(entry));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = treeItem(node, this.#parts);
    item.id = nodeId(node);
    return item;
  }

  #differencesOf(entry: ListedLookUp, titleOf: (entry: ListedLookUp) => string): Differences {
    this.#differences ??= differencesAmong(this.#lookUps.list(), titleOf);
    // One that is not in the list any more stands alone.
    return this.#differences.get(entry.id) ?? differencesOf(entry, [], titleOf);
  }

  /** Those that can be in sight are seen before a thousand rows are made. */
  #firstRoots(): Node[] {
    const roots = this.#roots();
    const isStart = !this.#hasShownAny;
    this.#hasShownAny ||= roots.length > 0;
    if (!isStart || roots.length <= shownFirst) return roots;
    setTimeout(() => this.#changed.fire(undefined), moment);
    return roots.slice(0, shownFirst);
  }

  #roots(): Node[] {
    this.#differences = undefined;
    const entries = this.#lookUps.list();
    const roots = [...this.#groups.list(), ...entries.filter(({ id }) => this.#groups.of(id) === undefined)];
    const newest = [...roots].sort((one, other) => orderOf(other) - orderOf(one));
    const sorted = [...newest.filter(({ pinned }) => pinned), ...newest.filter(({ pinned }) => !pinned)];
    sorted.forEach(({ id }, at) => {
      if (!this.#openAtFirst.has(id)) this.#openAtFirst.set(id, at === 0);
    });
    const ids = new Set([...entries, ...roots].map(({ id }) => id));
    for (const id of this.#togetherNodes.keys()) {
      if (ids.has(id)) continue;
      this.#togetherNodes.delete(id);
      this.#openAtFirst.delete(id);
    }
    for (const id of this.#lookUpNodes.keys()) {
      if (ids.has(id)) continue;
      this.#lookUpNodes.delete(id);
      this.#openAtFirst.delete(id);
      this.#parts.hops.forget(id);
      for (const key of this.#shown.keys()) if (key.startsWith(id)) this.#shown.delete(key);
    }
    return sorted.map((root) => ('members' in root ? this.togetherNode(root.id) : this.nodeOf(root)));
  }
}
