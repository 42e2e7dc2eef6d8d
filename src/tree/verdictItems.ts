/** How the pairs of a check look and sound in the Lookups view. */
import * as vscode from 'vscode';
import { verdictTitle } from '../answers/checkWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { rowContext } from '../answers/rowContext.ts';
import type { Counted, VerdictCounts } from '../core/domain/expectation.ts';
import { labelsOf } from '../core/domain/labels.ts';
import { idsFrom } from '../core/rows/idsInRows.ts';
import { pairReason } from '../core/rows/rowVerdict.ts';
import { plainName, plainPart } from '../core/text/plainText.ts';
import { panelWords } from '../core/treaty/panelWords.ts';
import type { LookUpItemParts } from './lookUpItems.ts';
import { type ExtraNode, missingRecords, type PairNode, type ShareNode, type VerdictNode } from './verdictNodes.ts';

/** A pair that a file repeats has many. */
const mostLines = 5;

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

type Parts = Pick<LookUpItemParts, 'types'> & { readonly names: Names };

const icons: Readonly<Record<Counted, vscode.ThemeIcon>> = {
  asExpected: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  missing: new vscode.ThemeIcon('remove', new vscode.ThemeColor('list.errorForeground')),
  differs: new vscode.ThemeIcon('tag', new vscode.ThemeColor('list.warningForeground')),
  noSuchRecord: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  cannotTell: new vscode.ThemeIcon('question', new vscode.ThemeColor('list.warningForeground')),
  unexpected: new vscode.ThemeIcon('diff-added', new vscode.ThemeColor('editorInfo.foreground')),
};

/** "Missing (9,000)", and what explains them: "12 deals". */
export function verdictItem(node: VerdictNode, { types }: Parts): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { entry, verdict } = node;
  const count = entry.check ? countWords(verdict, entry.check.counts) : '';
  const isOpen = verdict === 'cannotTell' && entry.state === 'running';
  const label = isOpen ? t('Not yet') : verdictTitle(verdict);
  const item = new vscode.TreeItem(`${label} (${count})`, Collapsed);
  item.iconPath = icons[verdict];
  item.contextValue = `verdict ${verdict} ${entry.state}`;
  const records = missingRecords(node);
  if (records !== undefined) {
    const { label: one, pluralLabel } = types.find(entry.question.from, entry.account);
    item.description = `${records.toLocaleString()} ${records === 1 ? one : pluralLabel}`;
  }
  item.tooltip = [item.label, item.description].filter(Boolean).join('\n');
  item.accessibilityInformation = { label: [label, count, item.description].filter(Boolean).join(', ') };
  return item;
}

/** A record and how many pairs of it are missing. */
export function shareItem({ entry, record, pairs, verdict }: ShareNode, { types }: Parts): vscode.TreeItem {
  const id = plainPart(entry.answer.recordId(record));
  const item = new vscode.TreeItem(id, Collapsed);
  const { label } = types.find(entry.question.from, entry.account);
  item.description = `${pairs.toLocaleString()} ${verdictTitle(verdict).toLowerCase()}`;
  item.iconPath = new vscode.ThemeIcon('record-small');
  item.contextValue = `share ${entry.state}`;
  item.tooltip = `${label} ${id}\n${item.description}`;
  item.accessibilityInformation = { label: `${id}, ${item.description}` };
  return item;
}

/** "17983021738 → 84093405487", its lines, and why. A click goes to its line. */
export function pairItem({ entry, pair }: PairNode, { types, names }: Parts): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { check, account, question, document } = entry;
  if (!check) return new vscode.TreeItem('');
  const { expectation } = check;
  const [from, to] = [types.find(question.from, account).label, types.find(question.to, account).label];
  const label = `${plainPart(expectation.fromId(pair))} → ${plainPart(expectation.toId(pair))}`;
  const item = new vscode.TreeItem(label, None);
  const context = {
    ...rowContext(entry, names),
    ends: { from, to },
    say: (word: keyof typeof panelWords) => t(panelWords[word]),
  };
  const reason = pairReason(check, pair, context);
  const all = document === '' ? [] : expectation.lines(pair);
  const lines = all.slice(0, mostLines).map((line) => t('line {0}', line + 1));
  if (all.length > mostLines) lines.push('…');
  // In a file that has changed they stand somewhere else: a click still finds them.
  const told = [reason && plainPart(reason), ...(entry.isFileChanged ? [] : lines)].filter(Boolean);
  item.description = told.join(' · ');
  item.iconPath = new vscode.ThemeIcon('circle-small');
  item.contextValue = ['pair', lines.length > 0 ? 'placed' : ''].filter(Boolean).join(' ');
  item.tooltip = [label, ...told].join('\n');
  item.accessibilityInformation = { label: [label, ...told].join(', ') };
  if (lines.length > 0) {
    const at = { lookUp: entry.id, pair };
    item.command = { command: 'hubspotAssociations.goToLine', title: '', arguments: [at] };
  }
  return item;
}

/** "17983021738 → 84093405487", with the labels that the association has. */
export function extraItem({ entry, record, nth }: ExtraNode, { names }: Parts): vscode.TreeItem {
  const { answer, account, question } = entry;
  const id = answer.toId(record, nth);
  const label = `${plainPart(answer.recordId(record))} → ${plainPart(id)}`;
  const item = new vscode.TreeItem(label, None);
  names.want(account, question.to, id);
  names.columns.want(entry, 'associated', id);
  names.wantBeside(entry, (end) => idsFrom(answer, record, end));
  const { primary, primaryLabel, labels } = labelsOf(answer.types(record, nth), answer.question, answer.customTypes);
  const name = names.besideId(entry, 'associated', id);
  const told = [
    ...(name ? [plainName(name)] : []),
    ...(primary ? [primaryLabel ?? vscode.l10n.t('Primary')] : []),
    ...labels.map(({ text }) => text),
  ].map(plainPart);
  item.description = told.join(' · ');
  item.iconPath = new vscode.ThemeIcon('circle-small');
  item.contextValue = 'extra';
  item.tooltip = [label, ...told].join('\n');
  item.accessibilityInformation = { label: [label, ...told].join(', ') };
  return item;
}

/** "9", or "at least 9" where more that is unexpected may come. */
function countWords(counted: Counted, counts: VerdictCounts): string {
  const count = counts[counted].toLocaleString();
  return counted === 'unexpected' && counts.unexpectedAtLeast ? vscode.l10n.t('at least {0}', count) : count;
}
