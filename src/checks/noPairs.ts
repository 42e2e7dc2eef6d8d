/** Lists the values of a file that make no pair, with line and reason. What they are stays in the file. */
import * as vscode from 'vscode';
import { mostNoPairs, type NoPairReason } from '../core/pairs/cellIds.ts';
import { ignoredReasons, unsureReasons } from '../core/reading/found/reasons.ts';
import { revealPlace } from '../ids/revealPlace.ts';
import type { CheckDraft } from './checkDraft.ts';
import { columnName } from './pairColumnsPick.ts';

/** Choosing one goes to its line: true then. */
export async function showNoPairs({ read: { rows }, file, columns, chosen }: CheckDraft): Promise<boolean> {
  const { t } = vscode.l10n;
  const count = rows.noPairCount;
  const items = rows.noPairs.map(({ line, reason, side }) => ({
    label: t('line {0}', line + 1),
    description: columnName(columns, chosen[side]),
    detail: noPairWords(reason),
    line,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title:
      count > mostNoPairs
        ? t('{0} values make no pair, the first {1}', count.toLocaleString(), mostNoPairs.toLocaleString())
        : count === 1
          ? t('1 value makes no pair')
          : t('{0} values make no pair', count.toLocaleString()),
    placeHolder: t('Choose one to go to its line.'),
    matchOnDetail: true,
  });
  if (!picked) return false;
  await revealPlace({ uri: file.uri.toString(), line: picked.line }, '');
  return true;
}

function noPairWords(reason: NoPairReason): string {
  const { t } = vscode.l10n;
  switch (reason) {
    case 'empty':
      return t('the cell of the record is empty');
    case 'noNumber':
      return t('there is no number in it');
    case 'severalRecords':
      return t('several IDs where one record is expected');
    case 'otherShape':
      return t('it does not stand where it stands in other rows');
    case 'brokenJson':
      return t('a bracket, a comma or a quote is missing here, so rows may be lost');
    default:
      return reason in ignoredReasons
        ? t(ignoredReasons[reason as keyof typeof ignoredReasons])
        : t(unsureReasons[reason as keyof typeof unsureReasons]);
  }
}
