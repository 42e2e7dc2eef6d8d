/** Before rows are written with what is known of their records: what is not read yet is read, all of it. */
import * as vscode from 'vscode';
import { accountTitle } from '../accounts/accountWords.ts';
import { readRecords } from '../answers/readingRecords.ts';
import type { Names } from '../answers/recordNames.ts';
import { callsFor, countOf, type UnreadRecords, uncheckedBesideNames, unreadNames } from '../answers/unreadRecords.ts';
import type { Failure } from '../core/domain/failure.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import { type ExportFormatName, exportFormats } from '../core/export/formats.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { readSettings } from '../editor/settings.ts';
import type { RowsToWrite } from './writing.ts';

/**
 * Reads the names that these rows need, and which of their records exist where that was checked for others. Asked before when there
 * are more than the user's setting. Where not all can be read the user may go on without, and the file says how many are missing.
 * @returns false when nothing is to be written
 */
export async function readFirst(all: readonly RowsToWrite[], format: ExportFormatName, names: Names): Promise<boolean> {
  if (!exportFormats[format].hasNames) return true;
  // A name tells on the way whether its record exists, so what is unchecked is only known afterwards.
  for (const unreadIn of [unreadNames, uncheckedBesideNames]) {
    const unread = all.flatMap(({ entry, shown }) => unreadIn(entry.account, shown, names));
    if (!(await readAllOf(unread, names))) return false;
  }
  return true;
}

/** The same for records that are known already. @returns false when nothing is to be written */
export async function readAllOf(unread: readonly UnreadRecords[], names: Names): Promise<boolean> {
  const { t } = vscode.l10n;
  const [first] = unread;
  if (!first) return true;
  const leaveOut = t('Leave Them Out');
  const count = countOf(unread);
  if (count > readSettings().confirmAbove) {
    const read = t('Read Them');
    const detail =
      first.what === 'names' ? t('Without them their cells stay empty.') : t('Without that it stays open.');
    const plan = planOf(first, count, callsFor(unread));
    const chosen = await vscode.window.showInformationMessage(plan, { modal: true, detail }, read, leaveOut);
    if (chosen !== read) return chosen === leaveOut;
  }
  const failure = await readRecords(unread, names);
  if (!failure) return true;
  if (failure.kind === 'cancelled') return false;
  const { type } = unread.find(({ account, type }) => names.failureOf(account, type)) ?? first;
  const why = whyNot(first, failure, { type, isAll: names.isHalted(first.account, type) });
  const chosen = await vscode.window.showWarningMessage(why, leaveOut);
  return chosen === leaveOut;
}

function planOf({ what, account }: UnreadRecords, count: number, calls: number): string {
  const { t } = vscode.l10n;
  const parts = [count.toLocaleString(), calls.toLocaleString(), accountTitle(account)] as const;
  return what === 'names'
    ? t('{0} names are not read: at least {1} calls, {2}', ...parts)
    : t('{0} records are not checked for whether they exist: at least {1} calls, {2}', ...parts);
}

/** @param of the object type that failed, and whether nothing more is read of it or only some records failed */
function whyNot(
  { what }: UnreadRecords,
  failure: Failure,
  { type, isAll }: { readonly type: string; readonly isAll: boolean },
): string {
  const { t } = vscode.l10n;
  const { sentence } = failureNotice(failure, scopesForPair(type, type));
  if (what === 'existence') return t('Whether these records exist could not be read. {0}', sentence);
  return isAll ? t('Names could not be read. {0}', sentence) : t('Some names could not be read. {0}', sentence);
}
