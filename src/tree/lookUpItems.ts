/** How a look-up looks and sounds in the Lookups view, and the groups of its records that were not found. */
import * as vscode from 'vscode';
import { accountTitle } from '../accounts/accountWords.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { existenceCalls } from '../answers/checkButtons.ts';
import { checkEquation, shortVerdicts, unexpectedWords } from '../answers/checkWords.ts';
import { existenceCountWords } from '../answers/existence.ts';
import { existenceCounts } from '../answers/existenceCounts.ts';
import type { Differences } from '../answers/lookUpDifferences.ts';
import {
  completeness,
  differenceWords,
  groupTitle,
  lookUpCounts,
  lookUpTitle,
  momentWords,
  pausedSentence,
  progressSentence,
  shortCounts,
} from '../answers/lookUpWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { recordGroups } from '../core/answer/recordGroups.ts';
import type { VerdictCounts } from '../core/domain/expectation.ts';
import { plainPart } from '../core/text/plainText.ts';
import type { Address } from '../core/treaty/actions.ts';
import { problemSentence } from '../editor/failureNotice.ts';
import { fileNameOf } from '../editor/said.ts';
import { isRead, type ListedLookUp, type LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { GroupNode, LookUpNode } from './lookUpNodes.ts';

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

export interface LookUpItemParts {
  readonly types: ObjectTypeCatalog;
  /** What tells a look-up from the others in the view that are called the same. */
  readonly differencesOf: (entry: ListedLookUp, titleOf: (entry: ListedLookUp) => string) => Differences;
  /** True for a look-up, or a group, that is open when it first appears. */
  readonly isOpenAtFirst: (row: { readonly id: string }) => boolean;
  readonly groups: Pick<LookUpGroups, 'find'>;
}

/** A look-up's row. What tells it from others of its title stands first, since a narrow view cuts off the end. */
export function lookUpItem(
  { entry }: LookUpNode,
  { types, differencesOf, isOpenAtFirst }: LookUpItemParts,
): vscode.TreeItem {
  const { t } = vscode.l10n;
  const title = lookUpTitle(entry, types);
  const item = new vscode.TreeItem(title, isOpenAtFirst(entry) ? Expanded : Collapsed);
  const named = (each: ListedLookUp) => `${lookUpTitle(each, types)} ${each.account.id}`;
  const differences = differenceWords(entry, differencesOf(entry, named));
  const moment = differences.moment ?? momentWords(entry.startedAt);
  const pinned = entry.pinned ? t('pinned') : undefined;
  const telling = [pinned, ...differences.what, differences.moment];
  const rest = [differences.moment ? undefined : moment, plainPart(entry.account.name)];
  // What is cut off in a narrow view comes last.
  const reading = readingWords(entry);
  const { checked } = entry;
  const short = checked ? [shortVerdicts(checked.counts), unexpectedWords(checked.counts)] : [shortCounts(entry)];
  const equation = checked
    ? [[checkEquation(checked.counts), unexpectedWords(checked.counts)].filter(Boolean).join(', ')]
    : [];
  item.description = [...telling, reading, ...short, completeness(entry), ...rest].filter(Boolean).join(' · ');
  item.iconPath = lookUpIcon(entry);
  item.command = openTable({ lookUp: entry.id });
  item.contextValue = [
    'lookUp',
    entry.state,
    entry.pinned ? 'pinned' : 'loose',
    entry.summary.counts.none > 0 && !checked ? 'none' : '',
    ...checkContext(entry),
  ]
    .filter(Boolean)
    .join(' ');
  const state = entry.state === 'running' ? progressSentence(entry) : pausedSentence(entry);
  const facts = [accountTitle(entry.account), t('API version {0}', entry.summary.apiVersion), moment].join(' · ');
  const kind = checked ? [t('Check of {0}', checkedFileWords(entry))] : [];
  item.tooltip = [title, ...kind, ...equation, lookUpCounts(entry), facts, state, reading].filter(Boolean).join('\n');
  item.accessibilityInformation = {
    label: [
      title,
      ...kind,
      pinned,
      ...differences.what,
      plainPart(entry.account.name),
      moment,
      state,
      reading,
      ...equation,
      lookUpCounts(entry),
    ]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

/** A click or Enter on a look-up opens its table; the twistie and the arrows open its records. */
export function openTable(at: Address): vscode.Command {
  return { command: 'hubspotAssociations.openAnswer', title: '', arguments: [at] };
}

/** What can be done with a check. */
function checkContext(entry: ListedLookUp): readonly string[] {
  if (!entry.checked) return [];
  const { expected, asExpected, missing } = entry.checked.counts;
  const isAtRest = entry.state !== 'running' && isRead(entry);
  const isUnasked = isAtRest && missing > 0 && entry.check && existenceCalls(entry.check) > 0;
  return [
    'check',
    asExpected < expected ? 'unconfirmed' : '',
    missing > 0 ? 'missing' : '',
    isUnasked ? 'unasked' : '',
  ];
}

/** "migration.csv", or "pairs" that stood in no file. */
function checkedFileWords({ document }: ListedLookUp): string {
  return document === '' ? vscode.l10n.t('pairs') : plainPart(fileNameOf(vscode.Uri.parse(document)));
}

/** Where the Answer is, while that is worth a word. */
function readingWords(entry: ListedLookUp): string | undefined {
  const { t } = vscode.l10n;
  if (isRead(entry) && entry.notKept !== undefined) return t('Not saved');
  if (entry.atHand === 'reading') return t('Reading from disk');
  return entry.atHand === 'unreadable' ? t('Could not be read from disk') : undefined;
}

export function groupItem({ entry, group }: GroupNode, names: Names): vscode.TreeItem {
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
  if (counts === 'counting') return vscode.l10n.t('Counting which exist');
  return counts && existenceCountWords(counts);
}

/** The reasons of a group by frequency: "3 × HubSpot had an error (HTTP 502)." */
function reasonCounts(entry: LookUpEntry, group: 'failed' | 'notRead'): string | undefined {
  if (entry.state === 'running') return undefined;
  const sentences = new Map<string, number>();
  let untold = 0;
  for (const { problem, records } of recordGroups(entry.answer).reasons(group)) {
    if (problem === 'other') untold = records;
    if (!problem || problem === 'other') continue;
    // HubSpot's own sentences may name the record; those that only differ in its digits are one reason.
    const sentence = problemSentence(problem).replace(/\d{5,19}/g, '…');
    sentences.set(sentence, (sentences.get(sentence) ?? 0) + records);
  }
  const [first, ...others] = [...sentences];
  if (!first) return undefined;
  const shown = [first, ...others.slice(0, 1)];
  const parts = shown.map(([sentence, records]) =>
    sentences.size === 1 && untold === 0 ? sentence : `${records.toLocaleString()} × ${sentence}`,
  );
  return others.length > 1 || untold > 0 ? [...parts, '…'].join(' · ') : parts.join(' · ');
}

/** What became of a look-up, or of several together. */
export function lookUpIcon({
  state,
  summary,
  checked,
}: Pick<ListedLookUp, 'state'> & {
  readonly checked?: ListedLookUp['checked'];
  readonly summary: Pick<ListedLookUp['summary'], 'completeness'>;
}): vscode.ThemeIcon {
  if (state === 'running') return new vscode.ThemeIcon('sync~spin');
  if (state === 'paused') return new vscode.ThemeIcon('debug-pause');
  if (checked) return checkIcon(checked.counts);
  if (summary.completeness === 'primaryOnly') return new vscode.ThemeIcon('info');
  return summary.completeness === 'complete'
    ? new vscode.ThemeIcon('pass')
    : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
}

/** A list with ticks: in the colour of a warning unless HubSpot agrees, and that is known of all that the file claims. */
function checkIcon({ expected, asExpected, unexpected, unexpectedAtLeast }: VerdictCounts): vscode.ThemeIcon {
  return asExpected === expected && unexpected === 0 && !unexpectedAtLeast
    ? new vscode.ThemeIcon('checklist', new vscode.ThemeColor('testing.iconPassed'))
    : new vscode.ThemeIcon('checklist', new vscode.ThemeColor('list.warningForeground'));
}
