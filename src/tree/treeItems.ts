/** How each node of the Lookups view looks and sounds. */
import * as vscode from 'vscode';
import { accountTitle } from '../accounts.ts';
import { labelsOf } from '../core/labels.ts';
import { plainLine } from '../core/plainText.ts';
import { recordGroups } from '../core/recordGroups.ts';
import { existenceCounts, existenceCountWords } from '../existenceCounts.ts';
import { failureNotice, problemSentence } from '../failureNotice.ts';
import type { LookUpEntry } from '../lookUpEntry.ts';
import type { Names } from '../names.ts';
import type { ObjectTypeCatalog } from '../objectTypeCatalog.ts';
import { lineWords, placeWords } from '../recordSources.ts';
import {
  completeness,
  existenceWords,
  groupTitle,
  lookUpCounts,
  lookUpTitle,
  momentWords,
  pausedSentence,
  progressSentence,
  shortCounts,
} from '../words.ts';
import type { Hops } from './hops.ts';
import {
  type AskNode,
  type AssociatedNode,
  associationsIn,
  canOpen,
  type GroupNode,
  type LookUpNode,
  type MoreNode,
  type Node,
  type NoteNode,
  pageSize,
  type RecordNode,
  recordAt,
  type TypeNode,
  typeIn,
} from './lookUpNodes.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export interface ItemParts {
  readonly types: ObjectTypeCatalog;
  readonly hops: Hops;
  readonly names: Names;
  /** True for a look-up that is open when it first appears. */
  readonly isOpenAtFirst: (entry: LookUpEntry) => boolean;
}

export function treeItem(node: Node, parts: ItemParts): vscode.TreeItem {
  switch (node.kind) {
    case 'lookUp':
      return lookUpItem(node, parts);
    case 'group':
      return groupItem(node, parts);
    case 'record':
      return recordItem(node, parts);
    case 'type':
      return typeItem(node, parts);
    case 'associated':
      return associatedItem(node, parts);
    case 'ask':
      return askItem(node);
    case 'note':
      return noteItem(node);
    case 'more':
      return moreItem(node);
  }
}

function lookUpItem({ entry }: LookUpNode, { types, isOpenAtFirst }: ItemParts): vscode.TreeItem {
  const { t } = vscode.l10n;
  const title = lookUpTitle(entry, types);
  const item = new vscode.TreeItem(title, isOpenAtFirst(entry) ? Expanded : Collapsed);
  const moment = momentWords(entry.startedAt);
  const pinned = entry.pinned ? t('pinned') : undefined;
  // What is cut off in a narrow view comes last.
  item.description = [shortCounts(entry), completeness(entry), pinned, moment, plainLine(entry.account.name)]
    .filter(Boolean)
    .join(' · ');
  item.iconPath = lookUpIcon(entry);
  item.contextValue = [
    'lookUp',
    entry.state,
    entry.pinned ? 'pinned' : 'loose',
    entry.answer.counts.none > 0 ? 'none' : '',
  ]
    .filter(Boolean)
    .join(' ');
  const state = entry.state === 'running' ? progressSentence(entry) : pausedSentence(entry);
  const facts = [accountTitle(entry.account), t('API version {0}', entry.answer.apiVersion), moment].join(' · ');
  item.tooltip = [title, lookUpCounts(entry), facts, state].filter(Boolean).join('\n');
  item.accessibilityInformation = {
    label: [title, pinned, plainLine(entry.account.name), moment, state, lookUpCounts(entry)]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

function groupItem({ entry, group }: GroupNode, { names }: ItemParts): vscode.TreeItem {
  const count = entry.answer.counts[group].toLocaleString();
  const label = groupTitle(group);
  const item = new vscode.TreeItem(`${label} (${count})`, Collapsed);
  item.iconPath = groupIcons[group];
  item.description = group === 'none' ? existenceWordsOf(entry, names) : reasonCounts(entry, group);
  item.contextValue = `group ${group} ${entry.state}`;
  item.tooltip = [`${label} (${count})`, item.description].filter(Boolean).join('\n');
  item.accessibilityInformation = { label: [label, count, item.description].filter(Boolean).join(', ') };
  return item;
}

const groupIcons = {
  none: new vscode.ThemeIcon('circle-slash'),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  notRead: new vscode.ThemeIcon('question', new vscode.ThemeColor('list.warningForeground')),
};

/** "19 exist, 7 no such record", once that was asked. */
function existenceWordsOf(entry: LookUpEntry, names: Names): string | undefined {
  const counts = existenceCounts(entry, names);
  return counts && existenceCountWords(counts);
}

/** The reasons of a group by frequency: "3 × HubSpot had an error (HTTP 502)." */
function reasonCounts(entry: LookUpEntry, group: 'failed' | 'notRead'): string | undefined {
  if (entry.state === 'running') return undefined;
  const sentences = new Map<string, number>();
  for (const { problem, records } of recordGroups(entry.answer).reasons(group)) {
    if (!problem) continue;
    // HubSpot's own sentences may name the record; those that only differ in its digits are one reason.
    const sentence = problemSentence(problem).replace(/\d{5,19}/g, '…');
    sentences.set(sentence, (sentences.get(sentence) ?? 0) + records);
  }
  const [first, ...others] = [...sentences];
  if (!first) return undefined;
  const shown = [first, ...others.slice(0, 1)];
  const parts = shown.map(([sentence, records]) =>
    sentences.size === 1 ? sentence : `${records.toLocaleString()} × ${sentence}`,
  );
  return others.length > 1 ? [...parts, '…'].join(' · ') : parts.join(' · ');
}

function recordItem(node: RecordNode, { types, hops, names }: ItemParts): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { entry, record } = node;
  const { answer, account, question } = entry;
  const id = answer.recordId(record);
  const count = answer.associationCount(record);
  const item = new vscode.TreeItem(id, canOpen(node, hops) ? Collapsed : None);
  const problem = answer.problem(record);
  const truncation = answer.truncation(record);
  const existence = names.existenceOf(account, question.from, id);
  const place = entry.sources.places(id)[0];
  names.want(account, question.from, id);
  const type = types.find(question.to, account);
  const parts = [
    names.nameOf(account, question.from, id),
    count > 0 ? `${count.toLocaleString()} ${lowerCase(count === 1 ? type.label : type.pluralLabel)}` : undefined,
    existence && answer.state(record) === 'none' ? existenceWords(existence) : undefined,
    truncation ? t('not all read') : undefined,
    problem ? problemSentence(problem) : undefined,
  ]
    .filter((part) => part !== undefined)
    .map(plainLine);
  item.description = [...parts, lineWords(place)].filter(Boolean).join(' · ');
  const told = [...parts, placeWords(place)].filter(Boolean);
  const marks = [answer.state(record), place ? 'placed' : '', truncation ? 'truncated' : ''];
  item.contextValue = ['record', ...marks].filter(Boolean).join(' ');
  item.iconPath = truncation
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon('record-small');
  item.tooltip = [`${types.find(question.from, account).label} ${id}`, ...told].join('\n');
  item.accessibilityInformation = { label: [id, ...told].join(', ') };
  return item;
}

function typeItem(node: TypeNode, { types }: ItemParts): vscode.TreeItem {
  const { entry, hop } = node;
  const { pluralLabel } = types.find(typeIn(node), entry.account);
  const place = associationsIn(node);
  const count = place && !hop?.stopped ? place.answer.associationCount(place.record) : undefined;
  const item = new vscode.TreeItem(
    count === undefined ? pluralLabel : `${pluralLabel} (${count.toLocaleString()})`,
    hop ? Collapsed : Expanded,
  );
  item.contextValue = hop ? 'type hop' : 'type';
  item.accessibilityInformation = {
    label: count === undefined ? vscode.l10n.t('{0}, not looked up yet', pluralLabel) : `${pluralLabel}, ${count}`,
  };
  return item;
}

function associatedItem(node: AssociatedNode, { types, names }: ItemParts): vscode.TreeItem {
  const { entry } = node;
  const { type, id } = recordAt(node);
  const item = new vscode.TreeItem(id, Collapsed);
  const place = associationsIn(node.in);
  if (!place) return item;
  const { primary, labels } = labelsOf(place.answer.types(place.record, node.nth), place.answer.question);
  names.want(entry.account, type, id);
  const parts = [
    names.nameOf(entry.account, type, id),
    primary ? vscode.l10n.t('Primary') : undefined,
    ...labels.map(({ text }) => text),
  ]
    .filter((part) => part !== undefined)
    .map(plainLine);
  item.description = parts.join(' · ');
  item.iconPath = new vscode.ThemeIcon(primary ? 'star-full' : 'circle-small');
  item.contextValue = 'associated';
  item.tooltip = [`${types.find(type, entry.account).label} ${id}`, ...parts].join('\n');
  item.accessibilityInformation = { label: [id, ...parts].join(', ') };
  return item;
}

function askItem(node: AskNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const item = new vscode.TreeItem('');
  item.description = t('Look up its associations…');
  item.command = { command: 'hubspotAssociations.followRecord', title: '', arguments: [node] };
  item.contextValue = 'ask';
  item.iconPath = new vscode.ThemeIcon('search', new vscode.ThemeColor('descriptionForeground'));
  item.accessibilityInformation = { label: t('Look up the associations of {0}', recordAt(node.under).id) };
  return item;
}

function noteItem({ in: { hop } }: NoteNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const item = new vscode.TreeItem('');
  const problem = hop?.answer?.problem(0);
  const failure = hop?.stopped ? failureNotice(hop.stopped).sentence : problem ? problemSentence(problem) : undefined;
  item.description = failure === undefined ? t('No association') : plainLine(failure);
  item.iconPath = new vscode.ThemeIcon(failure ? 'error' : 'circle-slash');
  item.contextValue = 'note';
  item.tooltip = item.description;
  item.accessibilityInformation = { label: item.description };
  return item;
}

function moreItem(node: MoreNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const next = Math.min(pageSize, node.total - node.shown);
  const item = new vscode.TreeItem(t('Show {0} more (of {1})', next, node.total.toLocaleString()));
  item.command = { command: 'hubspotAssociations.showMore', title: '', arguments: [node] };
  item.contextValue = 'more';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.accessibilityInformation = { label: t('Show {0} more of {1}', next, node.total.toLocaleString()) };
  return item;
}

function lookUpIcon({ state, answer }: LookUpEntry): vscode.ThemeIcon {
  if (state === 'running') return new vscode.ThemeIcon('sync~spin');
  if (state === 'paused') return new vscode.ThemeIcon('debug-pause');
  return answer.complete
    ? new vscode.ThemeIcon('pass')
    : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
}

/** HubSpot's labels begin with a capital; within a sentence they do not, unless they are all capitals. */
function lowerCase(label: string): string {
  return label === label.toUpperCase() ? label : label.toLowerCase();
}
