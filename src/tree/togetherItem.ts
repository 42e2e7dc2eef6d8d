/** How look-ups that are held together look and sound in the Lookups view, as one row above their own. */
import * as vscode from 'vscode';
import {
  completeness,
  groupName,
  lookUpCounts,
  lookUpTitle,
  momentWords,
  shortCounts,
} from '../answers/lookUpWords.ts';
import { plainPart } from '../core/text/plainText.ts';
import type { HeldGroup } from '../lookUps/lookUpGroups.ts';
import { type LookUpItemParts, lookUpIcon, openTable } from './lookUpItems.ts';
import type { TogetherNode } from './lookUpNodes.ts';

export function togetherItem(
  { id }: TogetherNode,
  { groups, types, isOpenAtFirst }: Pick<LookUpItemParts, 'groups' | 'types' | 'isOpenAtFirst'>,
): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const held = groups.find(id);
  // Its last look-up went a moment ago, and so does the row.
  if (!held) return new vscode.TreeItem('');
  const title = groupName(held, types);
  const item = new vscode.TreeItem(title, isOpenAtFirst(held) ? Expanded : Collapsed);
  const pinned = held.pinned ? t('pinned') : undefined;
  const account = plainPart(held.members[0]?.account.name ?? '');
  const moment = momentWords(held.startedAt);
  const parts = [pinned, howMany(held), shortCounts(held), completeness(held), moment, account];
  item.description = parts.filter(Boolean).join(' · ');
  item.iconPath = lookUpIcon(held);
  // Others that are held together have a table each.
  if (held.group.sharesIds) item.command = openTable({ lookUp: id });
  const none = held.summary.counts.none > 0 ? 'none' : '';
  item.contextValue = ['lookUp together', held.state, held.pinned ? 'pinned' : 'loose', none].filter(Boolean).join(' ');
  const each = held.members.map((member) => `${lookUpTitle(member, types)}: ${lookUpCounts(member)}`);
  const unasked = held.notAsked.map(({ to, notAsked }) => {
    const type = held.members[0] ? types.find(to, held.members[0].account).pluralLabel : to;
    return notAsked === 'noRecords' ? t('{0}: not asked, the account has none', type) : t('{0}: not asked', type);
  });
  item.tooltip = [title, lookUpCounts(held), ...each, ...unasked].join('\n');
  item.accessibilityInformation = {
    label: [title, pinned, howMany(held), account, moment, lookUpCounts(held)].filter(Boolean).join(', '),
  };
  return item;
}

/** "3 lookups", and how many there were where some are not there any more. */
function howMany({ members, group, notAsked }: HeldGroup): string {
  const { t } = vscode.l10n;
  const all = group.members.length - notAsked.length;
  if (members.length < all) return t('{0} of {1} lookups', members.length, all);
  return members.length === 1 ? t('1 lookup') : t('{0} lookups', members.length);
}
