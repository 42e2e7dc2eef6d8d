/** The one question before many calls: how many ids, at least how many calls, in which account. */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { accountTitle } from '../accounts/accountWords.ts';
import { readSettings } from '../editor/settings.ts';

/** What becomes of the answer: it is shown in tree and panel, or only written into a file. */
type PlanChoice = 'show' | 'export';

/**
 * Asks before a look-up of more ids than the user's setting.
 * @param mayExport false where several look-ups follow: their rows do not go into one file
 * @param always asks whatever their number, where nobody has been asked yet
 * @returns undefined when it may not run
 */
export async function confirmPlan(
  idCount: number,
  account: Account,
  mayExport = true,
  always = false,
): Promise<PlanChoice | undefined> {
  const { confirmAbove, batchSize } = readSettings();
  if (!always && idCount <= confirmAbove) return 'show';
  const { t } = vscode.l10n;
  const calls = Math.ceil(idCount / batchSize);
  const run = t('Look Up');
  const exportOnly = t('Export Without Showing');
  const plan = t(
    '{0} ids, at least {1} calls, {2}',
    idCount.toLocaleString(),
    calls.toLocaleString(),
    accountTitle(account),
  );
  const answer = await vscode.window.showInformationMessage(
    plan,
    { modal: true, detail: t('Records with more associations than fit on one page need further calls.') },
    run,
    ...(mayExport ? [exportOnly] : []),
  );
  return answer === run ? 'show' : answer === exportOnly ? 'export' : undefined;
}
