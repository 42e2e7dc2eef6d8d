/**
 * The one question before many calls: how many ids and object types, at least how many calls, in which account. Whoever starts a
 * look-up goes through it: a person, a language model, a command with arguments, another extension.
 */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { accountTitle } from '../accounts/accountWords.ts';
import { howMany } from '../editor/howMany.ts';
import { readSettings } from '../editor/settings.ts';
import type { ListedLookUp } from '../lookUps/lookUpEntry.ts';

/** What becomes of the answer: it is shown in tree and panel, or only written into a file. */
type PlanChoice = 'show' | 'export';

interface Plan {
  /** How many object types the ids are looked up with: each of them asks for all the ids. Default 1. */
  readonly types?: number;
  /** False where several look-ups follow: their rows do not go into one file. Default true for one type. */
  readonly mayExport?: boolean;
  /** Asks whatever their number, where nobody has been asked yet. */
  readonly always?: boolean;
  /** True where a command with arguments or another extension asks: the person is told so. */
  readonly isGiven?: boolean;
}

/**
 * Asks before a look-up of more ids than the user's setting. With several object types each id counts once for each of them.
 * @returns undefined when it may not run
 */
export async function confirmPlan(idCount: number, account: Account, plan: Plan = {}): Promise<PlanChoice | undefined> {
  const { confirmAbove, batchSize } = readSettings();
  const { types = 1, mayExport = types === 1, always = false, isGiven = false } = plan;
  if (!always && idCount * types <= confirmAbove) return 'show';
  const { t } = vscode.l10n;
  const ids = howMany(idCount, 'ids');
  const calls = howMany(Math.ceil(idCount / batchSize) * types, 'leastCalls');
  const where = accountTitle(account);
  const run = t('Look Up');
  const exportOnly = t('Export Without Showing');
  const further = t('Records with more associations than fit on one page need further calls.');
  const asker = t('Another extension, a task or a keyboard shortcut asks for this.');
  const answer = await vscode.window.showInformationMessage(
    types === 1
      ? t('Look up {0} in {1}? ({2})', ids, where, calls)
      : t('Look up {0} with {1} object types in {2}? ({3})', ids, types.toLocaleString(), where, calls),
    { modal: true, detail: isGiven ? `${asker}\n${further}` : further },
    run,
    ...(mayExport ? [exportOnly] : []),
  );
  return answer === run ? 'show' : answer === exportOnly ? 'export' : undefined;
}

/** The same for a question that is given whole, by a command with arguments or another extension. */
export async function confirmGiven(idCount: number, account: Account, types = 1): Promise<boolean> {
  return (await confirmPlan(idCount, account, { types, mayExport: false, isGiven: true })) !== undefined;
}

/**
 * The same where an answer is given in any case.
 * @returns the signal to go on with: where it is not allowed, one that is aborted, so that nothing is sent and all is not read
 */
export async function allowedSignal(
  own: AbortSignal | undefined,
  idCount: number,
  account: Account,
  types = 1,
): Promise<AbortSignal | undefined> {
  return own?.aborted || (await confirmGiven(idCount, account, types)) ? own : AbortSignal.abort();
}

/** The same before look-ups are asked again. @param sharesIds all of them are of one list of ids */
export async function confirmAgain(all: readonly ListedLookUp[], sharesIds: boolean): Promise<boolean> {
  const [first] = all;
  if (!first) return false;
  const types = sharesIds ? all.length : 1;
  return (await confirmPlan(idsAskedAgain(all, sharesIds), first.account, { types, mayExport: false })) !== undefined;
}

/** How many ids are asked again. @param sharesIds all of the look-ups are of one list, which is counted once */
export function idsAskedAgain(all: readonly ListedLookUp[], sharesIds: boolean): number {
  const each = sharesIds ? all.slice(0, 1) : all;
  return each.reduce((sum, { summary }) => sum + summary.counts.asked, 0);
}
