/** Brings back what an earlier window kept, and says what cannot be shown. */

import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { messageOf } from '../core/domain/thrown.ts';
import { actionTitle } from '../editor/actionTitle.ts';
import type { Log } from '../editor/log.ts';
import type { LookUpGroups } from './lookUpGroups.ts';
import type { LookUps } from './lookUps.ts';
import type { UnreadLookUp } from './savedCards.ts';

/** From now on what cannot be shown is said, and why stands in the log. */
export function sayWhatIsLeftOut(lookUps: LookUps, log: Log): vscode.Disposable {
  return lookUps.onDidLeaveOut((unread) => {
    for (const each of unread) log.warn(logged(each));
    const showLog = actionTitle('showLog');
    void vscode.window.showWarningMessage(told(unread).join(' '), showLog).then((chosen) => {
      if (chosen === showLog) log.channel.show();
    });
  });
}

/** Never rejects. */
export async function restoreLookUps(
  { lookUps, groups }: { readonly lookUps: LookUps; readonly groups: LookUpGroups },
  accountOf: (id: string) => Account | undefined,
  log: Log,
): Promise<void> {
  try {
    await groups.restore((unread) => {
      for (const { id, kind, why } of unread) log.warn(`The group ${id} is ${kind}: ${why}`);
    });
  } catch (error) {
    // Their look-ups stand by themselves meanwhile.
    log.error(`The groups of saved lookups could not be listed: ${messageOf(error)}`);
  }
  try {
    await lookUps.restore(accountOf);
    logKept(lookUps, groups, log);
  } catch (error) {
    log.error(`The saved lookups could not be read: ${messageOf(error)}`);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The saved lookups could not be read. They are left as they are.'),
    );
  }
}

/** How many are kept of how many, and why old ones went. */
function logKept(lookUps: LookUps, groups: LookUpGroups, log: Log): void {
  const all = lookUps.list();
  if (all.length === 0) return;
  const pinned = all.filter((each) => each.pinned).length;
  const { most, removed } = lookUps.keeping;
  const old = removed === 0 ? '' : ` Removed at this start, since only the newest ${most} are kept: ${removed}.`;
  log.info(`Lookups kept: ${groups.countedAsKept} of at most ${most}, and ${pinned} pinned.${old}`);
}

function told(unread: readonly UnreadLookUp[]): string[] {
  const { t } = vscode.l10n;
  const count = (kind: UnreadLookUp['kind']) => unread.filter((each) => each.kind === kind).length;
  const sentences: string[] = [];
  const damaged = count('damaged');
  if (damaged === 1) sentences.push(t('1 saved lookup could not be read and was set aside.'));
  if (damaged > 1) sentences.push(t('{0} saved lookups could not be read and were set aside.', damaged));
  const unreadable = count('unreadable');
  if (unreadable === 1) {
    sentences.push(t('1 saved lookup could not be read this time. It is left as it is and tried again.'));
  }
  if (unreadable > 1) {
    sentences.push(
      t('{0} saved lookups could not be read this time. They are left as they are and tried again.', unreadable),
    );
  }
  const nameless = count('nameless');
  if (nameless === 1) sentences.push(t('1 saved lookup has lost its name. It is pinned now.'));
  if (nameless > 1) sentences.push(t('{0} saved lookups have lost their names. They are pinned now.', nameless));
  const newer = count('newer');
  if (newer === 1) sentences.push(t('1 saved lookup was written by a newer version of this extension.'));
  if (newer > 1) sentences.push(t('{0} saved lookups were written by a newer version of this extension.', newer));
  return sentences;
}

function logged(each: UnreadLookUp): string {
  switch (each.kind) {
    case 'damaged':
      return `A saved lookup was set aside as '${each.setAside}': ${each.detail}`;
    case 'nameless':
      return `The card of the saved lookup ${each.id} was not what was written: it is shown as its ledger tells it.`;
    case 'unreadable':
      return `The saved lookup ${each.id} could not be read this time: ${each.detail}`;
    case 'newer':
      return `The saved lookup ${each.id} is written in version ${each.version} of the format, which is newer than this.`;
  }
}
