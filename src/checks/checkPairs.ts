/** From a file of pairs to a started check: its columns, its object types, the plan, the look-up with its expectation. */
import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts.ts';
import { confirmPlan } from '../asking/confirmPlan.ts';
import type { LastPairs } from '../asking/lastPairs.ts';
import type { GrowingIds } from '../core/answer/growingIds.ts';
import type { Expectation } from '../core/domain/expectation.ts';
import { readSettings } from '../editor/settings.ts';
import { Turns } from '../editor/turns.ts';
import { noIdPlaces } from '../ids/idPlaces.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { type CheckDraft, sourceOf } from './checkDraft.ts';
import { type DraftServices, firstDraft, relabelled } from './firstDraft.ts';
import { openPairsFileOrSay, type PairsFile } from './pairsFile.ts';
import { changedDraft } from './planChanges.ts';
import { trialOf } from './plannedCheck.ts';
import { askPlan, isStart } from './planPick.ts';
import { selectedPairs } from './selectedPairs.ts';

export interface CheckPairsParts extends DraftServices {
  readonly accounts: Accounts;
  readonly lookUps: LookUps;
  readonly lastPairs: LastPairs;
  /** Shows a look-up in the tree and in its panel. */
  readonly show: (lookUpId: string, record?: number) => void;
}

/** @param given the file, from the explorer's menu; without it what is selected in the active editor, its file, or one that the user chooses */
export async function checkPairs(parts: CheckPairsParts, given: unknown): Promise<void> {
  const selected = given instanceof vscode.Uri ? undefined : await selectedPairs();
  if (selected) return checkPairsOf(selected, parts);
  const uri =
    given instanceof vscode.Uri ? given : (vscode.window.activeTextEditor?.document.uri ?? (await chooseFile()));
  const file = uri && (await openPairsFileOrSay(uri));
  if (file) await checkPairsOf(file, parts);
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showOpenDialog({
    title: t('Check the pairs of which file?'),
    filters: { [t('CSV and JSON')]: ['csv', 'tsv', 'json', 'jsonl', 'ndjson'] },
  });
  return chosen?.[0];
}

/** Asks what is not clear, shows the plan until it is as the user wants it, and starts the check. */
async function checkPairsOf(file: PairsFile, parts: CheckPairsParts): Promise<void> {
  let draft = await firstDraft(file, parts.accounts.active, parts);
  const batchSize = readSettings().batchSize;
  while (draft) {
    const step = await askPlan(draft, { catalog: parts.catalog, batchSize });
    if (!step) return;
    if (isStart(step)) {
      const { apiVersion } = step;
      const ready: CheckDraft = apiVersion ? await withVersion(draft, apiVersion, parts) : draft;
      const trial = step.kind === 'trial' ? trialOf(ready.plan) : undefined;
      await start(ready, trial ? await new Turns().through(trial) : ready.plan.expectation, parts);
      return;
    }
    draft = await changedDraft(draft, step, parts);
  }
}

function withVersion(draft: CheckDraft, apiVersion: CheckDraft['choices']['apiVersion'], parts: CheckPairsParts) {
  return relabelled({ ...draft, choices: { ...draft.choices, apiVersion } }, parts, draft);
}

async function start(
  draft: CheckDraft,
  expectation: Expectation & { readonly asked: GrowingIds },
  parts: CheckPairsParts,
): Promise<void> {
  const { account, choices } = draft;
  const { from, to, apiVersion } = choices;
  if (!(await confirmPlan(expectation.asked.length, account, { mayExport: false }))) return;
  const remembered = parts.lastPairs.remember(account, { from, wanted: { kind: 'one', to } });
  // Every record is read to its end: of one that is cut, a pair that is not there yet could not be called missing.
  const question = { from, to, apiVersion, ids: expectation.asked, recordCap: Number.POSITIVE_INFINITY };
  const expected = { expectation, source: sourceOf(draft, expectation) };
  const { entry } = parts.lookUps.run(question, account, noIdPlaces, undefined, expected);
  parts.show(entry.id);
  await remembered;
}

/** How the pairs in the selection are checked; undefined where there are none. */
export async function selectedCheck(parts: CheckPairsParts): Promise<(() => Promise<void>) | undefined> {
  const file = await selectedPairs();
  return file && (() => checkPairsOf(file, parts));
}
