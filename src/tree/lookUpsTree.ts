/** The Lookups view: look-up, its records, their associated records. */
import * as vscode from 'vscode';
import { labelsOf } from '../core/labels.ts';
import { failureNotice, problemSentence } from '../failureNotice.ts';
import type { LookUpEntry, LookUps } from '../lookUps.ts';
import type { ObjectTypeCatalog } from '../objectTypeCatalog.ts';
import { placeWords } from '../recordSources.ts';
import { lookUpCounts, lookUpTitle, shortCounts } from '../words.ts';
import { childrenOf, type Group, type Node, nodeId, pageSize, parentOf } from './lookUpNodes.ts';

export class LookUpsTree implements vscode.TreeDataProvider<Node> {
  readonly #lookUps: LookUps;
  readonly #types: ObjectTypeCatalog;
  /** How many children of a node are shown, where that is more than one page. */
  readonly #shown = new Map<string, number>();

  constructor(lookUps: LookUps, types: ObjectTypeCatalog) {
    this.#lookUps = lookUps;
    this.#types = types;
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.#lookUps.list().map((entry) => ({ kind: 'lookUp', entry }));
    return childrenOf(node, this.#shown.get(nodeId(node)) ?? pageSize);
  }

  nodeOf(entry: LookUpEntry): Node {
    return { kind: 'lookUp', entry };
  }

  getParent(node: Node): Node | undefined {
    return parentOf(node);
  }

  /** Shows one page more under the node that this "more" node stands in, and returns that node. */
  showMore(more: Extract<Node, { kind: 'more' }>): Node {
    this.#shown.set(nodeId(more.parent), more.shown + pageSize);
    return more.parent;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = this.#item(node);
    item.id = nodeId(node);
    return item;
  }

  #item(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'lookUp':
        return this.#lookUpItem(node.entry);
      case 'record':
        return this.#recordItem(node.entry, node.record);
      case 'group':
        return groupItem(node.entry, node.group);
      case 'type':
        return this.#typeItem(node.entry, node.record);
      case 'associated':
        return this.#associatedItem(node.entry, node.record, node.nth);
      case 'more':
        return moreItem(node);
    }
  }

  #lookUpItem(entry: LookUpEntry): vscode.TreeItem {
    const open = this.#lookUps.list()[0]?.id === entry.id;
    const item = new vscode.TreeItem(
      lookUpTitle(entry, this.#types),
      open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.description = shortCounts(entry);
    item.iconPath = new vscode.ThemeIcon(lookUpIcon(entry));
    item.contextValue = `lookUp ${entry.state}${entry.pinned ? ' pinned' : ''}`;
    const stopped = entry.stopped ? `\n\n${failureNotice(entry.stopped).sentence}` : '';
    item.tooltip = `${lookUpTitle(entry, this.#types)}\n${lookUpCounts(entry)}\n${entry.account.name} · ${entry.answer.apiVersion} · ${entry.startedAt.toLocaleString()}${stopped}`;
    item.accessibilityInformation = { label: `${lookUpTitle(entry, this.#types)}, ${lookUpCounts(entry)}` };
    return item;
  }

  #recordItem(entry: LookUpEntry, record: number): vscode.TreeItem {
    const { answer } = entry;
    const id = answer.recordId(record);
    const count = answer.associationCount(record);
    const item = new vscode.TreeItem(
      id,
      count > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    const problem = answer.problem(record);
    const truncation = answer.truncation(record);
    const place = entry.sources.places(id)[0];
    const parts = [
      count > 0 ? this.#countOfType(entry, count) : undefined,
      truncation ? vscode.l10n.t('not all read') : undefined,
      problem ? problemSentence(problem) : undefined,
      placeWords(place),
    ].filter((part) => part !== undefined);
    item.description = parts.join(' · ');
    item.contextValue = `record ${answer.state(record)}`;
    item.iconPath = new vscode.ThemeIcon(truncation ? 'warning' : 'record-small');
    item.tooltip = [id, ...parts].join('\n');
    item.accessibilityInformation = { label: [id, ...parts].join(', ') };
    return item;
  }

  #typeItem(entry: LookUpEntry, record: number): vscode.TreeItem {
    const label = this.#types.find(entry.question.to, entry.account).pluralLabel;
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
    item.description = `${entry.answer.associationCount(record)}`;
    item.contextValue = 'type';
    return item;
  }

  #associatedItem(entry: LookUpEntry, record: number, nth: number): vscode.TreeItem {
    const id = entry.answer.toId(record, nth);
    const { primary, labels: named } = labelsOf(entry.answer.types(record, nth), entry.question);
    const item = new vscode.TreeItem(id);
    const labels = [...(primary ? [vscode.l10n.t('Primary')] : []), ...named.map(({ text }) => text)];
    item.description = labels.join(' · ');
    item.iconPath = new vscode.ThemeIcon(primary ? 'star-full' : 'circle-small');
    item.contextValue = 'associated';
    item.accessibilityInformation = { label: [id, ...labels].join(', ') };
    return item;
  }

  #countOfType(entry: LookUpEntry, count: number): string {
    const type = this.#types.find(entry.question.to, entry.account);
    return `${count} ${(count === 1 ? type.label : type.pluralLabel).toLowerCase()}`;
  }
}

function groupItem({ answer }: LookUpEntry, group: Group): vscode.TreeItem {
  const count = answer.counts[group];
  const { t } = vscode.l10n;
  const label =
    group === 'none'
      ? t('No association ({0})', count)
      : group === 'failed'
        ? t('Failed ({0})', count)
        : t('Not read ({0})', count);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = new vscode.ThemeIcon(group === 'none' ? 'circle-slash' : group === 'failed' ? 'error' : 'question');
  item.contextValue = `group ${group}`;
  return item;
}

function moreItem(node: Extract<Node, { kind: 'more' }>): vscode.TreeItem {
  const next = Math.min(pageSize, node.total - node.shown);
  const item = new vscode.TreeItem(vscode.l10n.t('Show {0} more (of {1})', next, node.total.toLocaleString()));
  item.command = { command: 'hubspotAssociations.showMore', title: '', arguments: [node] };
  item.contextValue = 'more';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  return item;
}

function lookUpIcon(entry: LookUpEntry): string {
  if (entry.state === 'running') return 'sync~spin';
  if (entry.state === 'paused') return 'debug-pause';
  return entry.answer.complete ? 'pass' : 'warning';
}
