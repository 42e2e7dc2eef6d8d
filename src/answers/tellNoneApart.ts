import * as vscode from 'vscode';
import { recordGroups } from '../core/answer/recordGroups.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { Names } from './recordNames.ts';

/** Reads which of the records without association exist: HubSpot's associations say nothing of that. */
export async function tellNoneApart(entry: LookUpEntry, names: Names): Promise<void> {
  const { t } = vscode.l10n;
  const { answer, account, question } = entry;
  const ids = recordGroups(answer)
    .first('none', Number.POSITIVE_INFINITY)
    .map((record) => answer.recordId(record));
  if (ids.length === 0) return;
  const abort = new AbortController();
  const failure = await vscode.window.withProgress(
    {
      location: ids.length > 1000 ? vscode.ProgressLocation.Notification : { viewId: 'hubspotAssociations.lookUps' },
      title: t('Checking whether {0} records exist', ids.length.toLocaleString()),
      cancellable: true,
    },
    (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      let done = 0;
      return names.tellApart(account, question.from, ids, abort.signal, (now) => {
        progress.report({ increment: ((now - done) / ids.length) * 100, message: t('{0} of {1}', now, ids.length) });
        done = now;
      });
    },
  );
  if (failure && failure.kind !== 'cancelled') {
    const { sentence } = failureNotice(failure, scopesForPair(question.from, question.from));
    void vscode.window.showWarningMessage(t('Whether these records exist could not be read. {0}', sentence));
  }
}
