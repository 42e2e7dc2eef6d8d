/** How each node of the Lookups view looks and sounds. */
import * as vscode from 'vscode';
import type { Hop, Hops } from '../answers/hops.ts';
import { completeness, existenceWords } from '../answers/lookUpWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { labelsOf } from '../core/domain/labels.ts';
import { idsFrom } from '../core/rows/idsInRows.ts';
import { plainLine, plainName, plainPart } from '../core/text/plainText.ts';
import { failureNotice, problemSentence } from '../editor/failureNotice.ts';
import { lineWords, placeWords } from '../ids/placeWords.ts';
import { groupItem, type LookUpItemParts, lookUpItem } from './lookUpItems.ts';
import {
  type AskNode,
  type AssociatedNode,
  associationsIn,
  canOpen,
  type MoreNode,
  type Node,
  type NoteNode,
  pageSize,
  type RecordNode,
  recordAt,
  type TypeNode,
  typeIn,
} from './lookUpNodes.ts';
import { togetherItem } from './togetherItem.ts';
import { extraItem, pairItem, shareItem, verdictItem } from './verdictItems.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export interface ItemParts extends LookUpItemParts {
  readonly hops: Hops;
  readonly names: Names;
}

export function treeItem(node: Node, parts: ItemParts): vscode.TreeItem {
  switch (node.kind) {
    case 'together':
      return togetherItem(node, parts);
    case 'lookUp':
      return lookUpItem(node, parts);
    case 'group':
      return groupItem(node, parts.names);
    case 'verdict':
      return verdictItem(node, parts);
    case 'share':
      return shareItem(node, parts);
    case 'pair':
      return pairItem(node, parts);
    case 'extra':
      return extraItem(node, parts);
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

function recordItem(node: RecordNode, { types, hops, names }: ItemParts): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { entry, record } = node;
  const { answer, account, question } = entry;
  const id = answer.recordId(record);
  const count = answer.associationCount(record);
  const shownId = plainPart(id);
  const item = new vscode.TreeItem(shownId, canOpen(node, hops) ? Collapsed : None);
  const problem = answer.problem(record);
  const truncation = answer.truncation(record);
  const isReading = truncation === 'reading';
  const existence = names.existenceOf(account, question.from, id);
  const place = entry.places.first(id);
  names.want(account, question.from, id);
  const type = types.find(question.to, account);
  names.columns.want(entry, 'record', id);
  names.wantBeside(entry, (end) => idsFrom(entry.answer, record, end));
  const name = names.besideId(entry, 'record', id);
  const parts = [
    name && plainName(name),
    count > 0 ? `${count.toLocaleString()} ${lowerCase(count === 1 ? type.label : type.pluralLabel)}` : undefined,
    existence && answer.state(record) === 'none' ? existenceWords(existence) : undefined,
    truncation && !isReading ? t('not all read') : undefined,
    isReading ? t('reading') : undefined,
    problem ? problemSentence(problem) : undefined,
  ]
    .filter((part) => part !== undefined)
    .map(plainPart);
  item.description = [...parts, lineWords(place)].filter(Boolean).join(' · ');
  const told = [...parts, placeWords(place)].filter(Boolean);
  const followed = hops.typesOf(entry, question.from).length > 0 ? 'followed' : '';
  const marks = [answer.state(record), place ? 'placed' : '', truncation ? 'truncated' : '', followed];
  item.contextValue = ['record', ...marks].filter(Boolean).join(' ');
  item.iconPath =
    truncation && !isReading
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon('record-small');
  item.tooltip = [`${types.find(question.from, account).label} ${shownId}`, ...told].join('\n');
  item.accessibilityInformation = { label: [shownId, ...told].join(', ') };
  return item;
}

function typeItem(node: TypeNode, { types }: ItemParts): vscode.TreeItem {
  const { entry, hop } = node;
  const { pluralLabel } = types.find(typeIn(node), entry.account);
  const place = associationsIn(node);
  const state = place?.answer.state(place.record);
  const count = state === 'found' || state === 'none' ? place!.answer.associationCount(place!.record) : undefined;
  const item = new vscode.TreeItem(
    count === undefined ? pluralLabel : `${pluralLabel} (${count.toLocaleString()})`,
    hop ? Collapsed : Expanded,
  );
  item.contextValue = hop ? 'type hop' : 'type';
  // No row above tells of a hop whether that is all.
  const told =
    hop?.answer && !hop.answer.complete
      ? [completeness({ state: 'ended', summary: hop.answer }), count ? whyNotAll(hop) : undefined].filter(Boolean)
      : [];
  item.description = told.join(' · ');
  item.accessibilityInformation = {
    label: place
      ? [pluralLabel, count, ...told].filter((part) => part !== undefined).join(', ')
      : vscode.l10n.t('{0}, not looked up yet', pluralLabel),
  };
  return item;
}

/** Why the record of a hop failed or was not read to its end, if that is known. */
function whyNotAll({ answer, stopped }: Hop): string | undefined {
  const problem = answer?.problem(0);
  const sentence = stopped ? failureNotice(stopped).sentence : problem && problemSentence(problem);
  return sentence && plainLine(sentence);
}

function associatedItem(node: AssociatedNode, { types, names, hops }: ItemParts): vscode.TreeItem {
  const { entry } = node;
  const { type, id } = recordAt(node);
  const shownId = plainPart(id);
  const item = new vscode.TreeItem(shownId, Collapsed);
  const place = associationsIn(node.in);
  if (!place) return item;
  const { question, customTypes } = place.answer;
  const { primary, primaryLabel, labels } = labelsOf(place.answer.types(place.record, node.nth), question, customTypes);
  names.want(entry.account, type, id);
  // What a hop shows are no records of the look-up's own.
  const isOwn = place.answer === entry.answer;
  if (isOwn) {
    names.columns.want(entry, 'associated', id);
    names.wantBeside(entry, (end) => idsFrom(entry.answer, place.record, end));
  }
  const name = isOwn ? names.besideId(entry, 'associated', id) : names.nameOf(entry.account, type, id);
  const existence = names.isOn ? names.existenceOf(entry.account, type, id) : undefined;
  const parts = [
    name && plainName(name),
    existence && existence.kind !== 'exists' ? existenceWords(existence) : undefined,
    primary ? (primaryLabel ?? vscode.l10n.t('Primary')) : undefined,
    ...labels.map(({ text }) => text),
  ]
    .filter((part) => part !== undefined)
    .map(plainPart);
  item.description = parts.join(' · ');
  item.iconPath = new vscode.ThemeIcon(primary ? 'star-full' : 'circle-small');
  item.contextValue = hops.typesOf(entry, type).length > 0 ? 'associated followed' : 'associated';
  item.tooltip = [`${types.find(type, entry.account).label} ${shownId}`, ...parts].join('\n');
  item.accessibilityInformation = { label: [shownId, ...parts].join(', ') };
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
  const failure = hop && whyNotAll(hop);
  item.description = failure ?? t('No association');
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

/** HubSpot's labels begin with a capital; within a sentence they do not, unless they are all capitals. */
function lowerCase(label: string): string {
  return label === label.toUpperCase() ? label : label.toLowerCase();
}
