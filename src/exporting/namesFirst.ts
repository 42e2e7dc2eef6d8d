/** Before rows are written in a format with names: the names that are not read yet are read, all of them. */
import * as vscode from 'vscode';
import { accountTitle } from '../accounts/accountWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { callsFor, countOf, readNames, unreadNames } from '../answers/unreadNames.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import { type ExportFormatName, exportFormats } from '../core/export/formats.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { readSettings } from '../editor/settings.ts';
import type { RowsToWrite } from './writing.ts';

/**
 * Reads the names that these rows need; asked before when there are more than the user's setting. Where not all can be read the
 * user may go on without them, and the file says how many are missing.
 * @returns false when nothing is to be written
 */
export async function readNamesFirst(
  all: readonly RowsToWrite[],
  format: ExportFormatName,
  names: Names,
): Promise<boolean> {
  const { t } = vscode.l10n;
  if (!exportFormats[format].hasNames) return true;
  const unread = all.flatMap(({ entry, shown }) => unreadNames(entry.account, shown, names));
  const [first] = unread;
  if (!first) return true;
  const leaveOut = t('Leave Them Out');
  const count = countOf(unread);
  if (count > readSettings().confirmAbove) {
    const read = t('Read Them');
    const plan = t(
      '{0} names are not read: at least {1} calls, {2}',
      count.toLocaleString(),
      callsFor(unread).toLocaleString(),
      accountTitle(first.account),
    );
    const detail = t('Without them their cells stay empty.');
    const chosen = await vscode.window.showInformationMessage(plan, { modal: true, detail }, read, leaveOut);
    if (chosen !== read) return chosen === leaveOut;
  }
  const failure = await readNames(unread, names);
  if (!failure) return true;
  if (failure.kind === 'cancelled') return false;
  const { type } = unread.find(({ account, type }) => names.failureOf(account, type)) ?? first;
  const { sentence } = failureNotice(failure, scopesForPair(type, type));
  const chosen = await vscode.window.showWarningMessage(t('Names could not be read. {0}', sentence), leaveOut);
  return chosen === leaveOut;
}
