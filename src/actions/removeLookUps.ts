/** Removing look-ups: what would be missed is asked about first, and what was removed can be brought back for a while. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { lookUpTitle } from '../answers/lookUpWords.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { withoutPath } from '../editor/disk.ts';
import { howMany } from '../editor/howMany.ts';
import { NotDoneError } from '../editor/said.ts';
import type { ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';

export interface RemoveParts {
  readonly lookUps: LookUps;
  readonly groups: Pick<LookUpGroups, 'find'>;
  readonly catalog: ObjectTypeCatalog;
}

/** Removes look-ups, and for the id of a group all that it holds. It asks once where some of them are pinned or still running. */
export async function removeLookUps(ids: readonly string[], parts: RemoveParts): Promise<void> {
  // A group may be selected together with look-ups that it holds.
  const entries = [...new Set(ids.flatMap((id) => parts.groups.find(id)?.members ?? parts.lookUps.find(id) ?? []))];
  if (entries.length === 0) return;
  const isMissed = entries.some(({ pinned, state }) => pinned || state === 'running');
  if (isMissed && !(await agreed(entries, parts.catalog, vscode.l10n.t('Remove')))) return;
  await removing(() => takeAway(entries, parts));
}

/** Removes all look-ups that are not pinned, after a question, and what was damaged and set aside. */
export async function clearLookUps(parts: RemoveParts): Promise<void> {
  const entries = parts.lookUps.list().filter(({ pinned }) => !pinned);
  if (entries.length > 0 && !(await agreed(entries, parts.catalog, vscode.l10n.t('Clear All')))) return;
  await removing(
    () => takeAway(entries, parts),
    () => parts.lookUps.removeSetAside(),
  );
}

/** Does one after the other, also where one fails. @throws {NotDoneError} that says why the first of those did */
async function removing(...works: readonly (() => Promise<void>)[]): Promise<void> {
  const problems: unknown[] = [];
  for (const work of works) await work().catch((error: unknown) => problems.push(error));
  if (problems.length > 0) {
    throw new NotDoneError(vscode.l10n.t('Not everything could be removed ({0}).', withoutPath(problems[0])));
  }
}

async function agreed(entries: readonly ListedLookUp[], catalog: ObjectTypeCatalog, yes: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    removeQuestion(entries, catalog),
    { modal: true, detail: removeDetail(entries) },
    yes,
  );
  return answer === yes;
}

function removeQuestion(entries: readonly ListedLookUp[], catalog: ObjectTypeCatalog): string {
  const { t } = vscode.l10n;
  const [first] = entries;
  const asked = entries.reduce((sum, { summary }) => sum + summary.counts.asked, 0);
  const records = howMany(asked, 'recordIds');
  return entries.length === 1 && first
    ? t('Remove "{0}" with {1}?', plainMessage(lookUpTitle(first, catalog)), records)
    : t('Remove {0} lookups with {1}?', entries.length.toLocaleString(), records);
}

/** "1 is pinned. 2 are still running and will be stopped. You can undo this for 10 minutes while this window is open." */
function removeDetail(entries: readonly ListedLookUp[]): string {
  const { t } = vscode.l10n;
  const pinned = entries.filter((entry) => entry.pinned).length;
  const running = entries.filter(({ state }) => state === 'running').length;
  // "1 is pinned" of a single lookup sounds as if there were others.
  const alone = entries.length === 1;
  const one = {
    pinned: alone ? t('It is pinned.') : t('1 is pinned.'),
    running: alone ? t('It is still running and will be stopped.') : t('1 is still running and will be stopped.'),
  };
  return [
    pinned === 0 ? '' : pinned === 1 ? one.pinned : t('{0} are pinned.', pinned),
    running === 0 ? '' : running === 1 ? one.running : t('{0} are still running and will be stopped.', running),
    t('You can undo this for 10 minutes while this window is open.'),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

async function takeAway(entries: readonly ListedLookUp[], { lookUps, catalog }: RemoveParts): Promise<void> {
  const { t } = vscode.l10n;
  const [first] = entries;
  if (!first) return;
  const title = plainMessage(lookUpTitle(first, catalog));
  const removed = await lookUps.takeAway(entries.map(({ id }) => id));
  if (removed.length === 0) return;
  const undo = t('Undo');
  const sentence =
    removed.length === 1 && entries.length === 1
      ? t('Removed "{0}".', title)
      : removed.length === 1
        ? t('Removed 1 lookup.')
        : t('Removed {0} lookups.', removed.length.toLocaleString());
  const why = lookUps.whyInSight(removed);
  // Nobody has to answer: what was asked for is done, or tried again.
  const told =
    why === undefined
      ? vscode.window.showInformationMessage(sentence, undo)
      : vscode.window.showWarningMessage(`${sentence} ${stillOnDisk(why)}`, undo);
  void told.then(async (chosen) => {
    if (chosen !== undo) return;
    const back = await lookUps.bringBack(removed);
    if (back < removed.length) {
      void vscode.window.showWarningMessage(t('This can no longer be undone: the 10 minutes are over.'));
    }
  });
}

function stillOnDisk(why: string): string {
  return vscode.l10n.t(
    'Not deleted from disk yet ({0}): what cannot be deleted later is back at the next start.',
    plainMessage(why),
  );
}
