/** The names that rows would show and that are not read yet: how many, what reading them costs, and reading them all. */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import type { Failure } from '../core/domain/failure.ts';
import { isSameObjectType } from '../core/domain/objectTypes.ts';
import { recordBatchLimit } from '../core/hubspot/records.ts';
import type { ShownRows } from '../core/rows/answerTable.ts';
import { idsInRows } from '../core/rows/idsInRows.ts';
import type { Names } from './recordNames.ts';

/** Records of one object type whose names are not read. */
export interface UnreadNames {
  readonly account: Account;
  readonly type: string;
  readonly ids: ReadonlySet<string>;
}

/** Empty while names are off. Goes through all the rows. */
export function unreadNames(account: Account, shown: ShownRows, names: Names): UnreadNames[] {
  if (!names.isOn) return [];
  const { from, to } = shown.rows.answer.question;
  const asked = names.unread(account, from, idsInRows(shown, 'record'));
  const associated = names.unread(account, to, idsInRows(shown, 'associated'));
  const unread = isSameObjectType(from, to)
    ? [{ account, type: from, ids: new Set([...asked, ...associated]) }]
    : [
        { account, type: from, ids: asked },
        { account, type: to, ids: associated },
      ];
  return unread.filter(({ ids }) => ids.size > 0);
}

export function countOf(unread: readonly UnreadNames[]): number {
  return unread.reduce((sum, { ids }) => sum + ids.size, 0);
}

/** How many calls it takes at least; HubSpot's limits may make some be sent again. */
export function callsFor(unread: readonly UnreadNames[]): number {
  return unread.reduce((sum, { ids }) => sum + Math.ceil(ids.size / recordBatchLimit), 0);
}

/**
 * Reads them all, with progress and Cancel.
 * @returns why some are still not read; what was read before stays
 */
export async function readNames(unread: readonly UnreadNames[], names: Names): Promise<Failure | undefined> {
  const { t } = vscode.l10n;
  const count = countOf(unread);
  const calls = callsFor(unread);
  const abort = new AbortController();
  const title =
    calls === 1
      ? t('Reading names: {0}, at least 1 call', count.toLocaleString())
      : t('Reading names: {0}, at least {1} calls', count.toLocaleString(), calls.toLocaleString());
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      let before = 0;
      let reported = 0;
      for (const { account, type, ids } of unread) {
        const onProgress = (done: number) => {
          const now = before + done;
          const message = t('{0} of {1}', now.toLocaleString(), count.toLocaleString());
          progress.report({ increment: ((now - reported) / count) * 100, message });
          reported = now;
        };
        const failure = await names.read(account, type, ids, { signal: abort.signal, onProgress });
        if (failure) return failure;
        before += ids.size;
      }
      return undefined;
    },
  );
}
