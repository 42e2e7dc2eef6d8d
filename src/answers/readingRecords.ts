/** Reads what rows would say of records, with progress and Cancel: one notice for whoever wants the same. */
import * as vscode from 'vscode';
import type { Failure } from '../core/domain/failure.ts';
import type { ReadingOptions } from '../core/properties/recordReader.ts';
import { howMany } from '../editor/howMany.ts';
import type { Names } from './recordNames.ts';
import { callsFor, countOf, type UnreadRecords } from './unreadRecords.ts';

/** So few records are checked before anybody would want to cancel that. */
const fewRecords = 1000;

/**
 * @param unread all names, all values of properties, or all existences
 * @returns why some are still not read; what was read before stays
 */
export function readRecords(unread: readonly UnreadRecords[], names: Names): Promise<Failure | undefined> {
  return names.readings.readOrJoin(unread, () => readWithProgress(unread, names));
}

function readWithProgress(unread: readonly UnreadRecords[], names: Names): Thenable<Failure | undefined> {
  const { t } = vscode.l10n;
  const count = countOf(unread);
  const abort = new AbortController();
  const isQuiet = count <= fewRecords && unread.every(({ what }) => what === 'existence');
  const location = isQuiet ? { viewId: 'hubspotAssociations.lookUps' } : vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: titleOf(unread), cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      let before = 0;
      let reported = 0;
      let first: Failure | undefined;
      for (const { what, account, type, ids, properties, beside } of unread) {
        const onProgress = (done: number) => {
          const now = before + done;
          const message = t('{0} of {1}', now.toLocaleString(), count.toLocaleString());
          progress.report({ increment: ((now - reported) / count) * 100, message });
          reported = now;
        };
        const options = { signal: abort.signal, onProgress, beside };
        const failure = await readOne(what, { account, type, ids, properties, options }, names);
        // What failed for one object type may be read of the other.
        first ??= failure;
        if (failure?.kind === 'cancelled') return failure;
        before += ids.size;
      }
      return first;
    },
  );
}

interface Reading extends Pick<UnreadRecords, 'account' | 'type' | 'ids'> {
  readonly properties: readonly string[] | undefined;
  readonly options: ReadingOptions;
}

function readOne(what: UnreadRecords['what'], { account, type, ids, properties, options }: Reading, names: Names) {
  switch (what) {
    case 'names':
      return names.read(account, type, ids, options);
    case 'values':
      return names.columns.read(account, type, ids, { ...options, properties });
    case 'existence':
      return names.checkExistence(account, type, ids, options);
  }
}

function titleOf(unread: readonly UnreadRecords[]): string {
  const { t } = vscode.l10n;
  const count = countOf(unread);
  const calls = howMany(callsFor(unread), 'leastCalls');
  if (unread.some(({ what }) => what === 'values')) {
    return t('Reading properties of {0}, {1}', howMany(count, 'records'), calls);
  }
  if (unread.some(({ what }) => what === 'names')) return t('Reading names: {0}, {1}', count.toLocaleString(), calls);
  return t('Checking which records exist: {0}, {1}', count.toLocaleString(), calls);
}
