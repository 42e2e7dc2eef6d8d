/** The plan of a check as a list: what will be checked first, then everything that can be chosen otherwise. */
import * as vscode from 'vscode';
import { accountTitle } from '../accounts/accountWords.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { rowsEquation } from '../answers/checkWords.ts';
import { type ApiVersion, isPrimaryOnly } from '../core/domain/associations.ts';
import type { LabelProblem } from '../core/expectation/labelReading.ts';
import { plainLabel, plainMessage } from '../core/text/plainText.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { howMany } from '../editor/howMany.ts';
import { type CheckDraft, endsOf } from './checkDraft.ts';
import { columnName } from './pairColumnsPick.ts';
import { trialPairs } from './plannedCheck.ts';

/** The plan is as it should be. */
export interface StartStep {
  readonly kind: 'check' | 'trial';
  readonly apiVersion?: ApiVersion;
}

/** Something in the plan is to be chosen otherwise. */
export type ChangeStep =
  | { readonly kind: 'columns' | 'from' | 'to' | 'label' | 'turn' | 'version' | 'whole' | 'mapping' | 'noPairs' }
  | { readonly kind: 'labelNumber'; readonly problem: Extract<LabelProblem, { kind: 'ambiguous' }> };

interface PlanItem extends vscode.QuickPickItem {
  readonly step?: StartStep | ChangeStep;
}

interface PlanParts {
  readonly catalog: ObjectTypeCatalog;
  /** Records in one call. */
  readonly batchSize: number;
}

/** @returns undefined when the user left */
export async function askPlan(draft: CheckDraft, parts: PlanParts): Promise<StartStep | ChangeStep | undefined> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showQuickPick(planItems(draft, parts), {
    title: t('Check pairs: {0}', plainMessage(draft.file.name)),
    placeHolder: t('Does HubSpot have these pairs? Press Enter to check them, or change something first.'),
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return chosen?.step;
}

function planItems(draft: CheckDraft, parts: PlanParts): PlanItem[] {
  const { t } = vscode.l10n;
  const separator = (label: string): PlanItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    ...checkItems(draft, parts),
    separator(t('change')),
    ...columnItems(draft, parts),
    ...versionItem(draft),
    wholeItem(draft),
    mappingItem(draft),
    ...problemItems(draft),
  ];
}

/** What is checked when Enter is pressed, and the other ways to go on. */
function checkItems(draft: CheckDraft, { catalog, batchSize }: PlanParts): PlanItem[] {
  const { t } = vscode.l10n;
  const { account, choices, plan } = draft;
  const { expectation } = plan;
  const { from, to, apiVersion } = choices;
  const pairs = expectation.length.toLocaleString();
  const calls = Math.ceil(expectation.asked.length / batchSize);
  const callWords = howMany(calls, 'leastCalls');
  const label = (type: string) => catalog.find(type, account).pluralLabel;
  const check: PlanItem = {
    label: expectation.length === 1 ? t('$(play) Check 1 Pair') : t('$(play) Check {0} Pairs', pairs),
    description: [
      `${label(from)} → ${label(to)}`,
      callWords,
      apiVersion,
      accountTitle(account),
      t('reads every record to its end'),
    ].join(' · '),
    detail: firstPairsWords(draft),
    step: { kind: 'check' },
  };
  const trial: PlanItem = {
    label: t('$(beaker) Check the First {0} Pairs Only', trialPairs.toLocaleString()),
    description: t('a trial: says nothing about the others'),
    step: { kind: 'trial' },
  };
  const isDateProposed = apiVersion !== 'v3' && isPrimaryOnly({ from, to, apiVersion: 'v3' });
  const underV3: PlanItem = {
    label: t('$(history) Check Under v3 Instead'),
    description: t('v3 shows only primary companies, so pairs with other companies get "cannot tell"'),
    step: { kind: 'check', apiVersion: 'v3' },
  };
  return [check, ...(expectation.length > trialPairs ? [trial] : []), ...(isDateProposed ? [underV3] : [])];
}

/** The first three pairs, so that one sees whether the columns are the right ones. */
function firstPairsWords({ plan: { expectation } }: CheckDraft): string {
  const pairs = Array.from({ length: Math.min(3, expectation.length) }, (_, pair) => {
    const labels = expectation.labels(pair).map(({ text }) => plainLabel(text));
    const words = `${expectation.fromId(pair)} → ${expectation.toId(pair)}`;
    return labels.length > 0 ? `${words} (${labels.join(', ')})` : words;
  });
  return expectation.length > pairs.length ? `${pairs.join(', ')}, …` : pairs.join(', ');
}

function columnItems(draft: CheckDraft, { catalog }: PlanParts): PlanItem[] {
  const { t } = vscode.l10n;
  const { account, choices, chosen, columns, pairs } = draft;
  const ends = endsOf(draft);
  const type = (name: string) => catalog.find(name, account).pluralLabel;
  const texts = pairs.labelSets.texts.length;
  return [
    {
      label: t('$(list-selection) Columns: {0} → {1}', columnName(columns, ends.from), columnName(columns, ends.to)),
      detail: rowsWords(draft),
      step: { kind: 'columns' },
    },
    {
      label: t('$(record) Look Up: {0}', type(choices.from)),
      description: t('the object type of {0}', columnName(columns, ends.from)),
      step: { kind: 'from' },
    },
    {
      label: t('$(link) Associated: {0}', type(choices.to)),
      description: t('the object type of {0}', columnName(columns, ends.to)),
      step: { kind: 'to' },
    },
    {
      label: t('$(arrow-swap) Turn Around'),
      description: t('look up {0}, and expect {1}', type(choices.to), type(choices.from)),
      step: { kind: 'turn' },
    },
    {
      label:
        chosen.label === undefined
          ? t('$(tag) Labels: None')
          : t('$(tag) Labels: {0}', columnName(columns, chosen.label)),
      description: chosen.label === undefined ? t('any association will do') : howMany(texts, 'labels'),
      step: { kind: 'label' },
    },
  ];
}

/** "17 rows = ..., 2 duplicates" */
function rowsWords({ read: { rows } }: CheckDraft): string {
  const { rowCounts } = rows.pairs;
  const { duplicates } = rowCounts;
  const words = rowsEquation(rowCounts);
  return duplicates > 0 ? `${words}, ${howMany(duplicates, 'duplicates')}` : words;
}

function versionItem({ choices: { from, to, apiVersion } }: CheckDraft): PlanItem[] {
  const { t } = vscode.l10n;
  const why = !isPrimaryOnly({ from, to, apiVersion: 'v3' })
    ? ''
    : apiVersion === 'v3'
      ? t('v3 shows only primary companies: of other pairs nothing can be told')
      : t('a date version, since v3 shows only primary companies');
  return [{ label: t('$(versions) API Version: {0}', apiVersion), description: why, step: { kind: 'version' } }];
}

function wholeItem({ choices: { isWhole } }: CheckDraft): PlanItem {
  const { t } = vscode.l10n;
  return isWhole
    ? {
        label: t('$(check) The File Is Whole'),
        description: t('what else its records have in HubSpot is counted as unexpected'),
        step: { kind: 'whole' },
      }
    : {
        label: t('$(circle-large-outline) The File Is Not Whole'),
        description: t('what else its records have in HubSpot is not told'),
        step: { kind: 'whole' },
      };
}

function mappingItem({ plan: { mappings, notInMapping } }: CheckDraft): PlanItem {
  const { t } = vscode.l10n;
  if (mappings.size === 0) {
    return {
      label: t('$(arrow-right) Translate Old IDs...'),
      description: t('by a file of old and new IDs'),
      step: { kind: 'mapping' },
    };
  }
  const names = [...mappings.values()].map(({ file }) => plainMessage(file.name)).join(', ');
  return {
    label: t('$(arrow-right) Old IDs Translated by {0}', names),
    description: notInMapping > 0 ? t('{0} not in the mapping: cannot tell', howMany(notInMapping, 'pairs')) : '',
    step: { kind: 'mapping' },
  };
}

/** What somebody should know before anything is sent. */
function problemItems(draft: CheckDraft): PlanItem[] {
  const { t } = vscode.l10n;
  const { read, labels, plan, choices } = draft;
  const count = read.rows.noPairCount;
  const cut = draft.pairs.cutCells.length;
  const items: PlanItem[] = plan.labelProblems.flatMap((problem) => labelItem(problem, draft));
  if (labels.failure) {
    const { sentence } = failureNotice(labels.failure);
    items.push({
      label: t('$(warning) HubSpot Does Not Tell the Labels'),
      description: t('pairs with a label get "cannot tell". {0}', sentence),
      step: { kind: 'label' },
    });
  }
  if (count > 0) {
    items.push({
      label:
        count === 1 ? t('$(info) 1 Value Makes No Pair') : t('$(info) {0} Values Make No Pair', count.toLocaleString()),
      description: t('show why'),
      step: { kind: 'noPairs' },
    });
  }
  if (cut > 0 && choices.isWhole) {
    items.push({
      label:
        cut === 1
          ? t('$(info) 1 Cell Has Exactly 1,000 IDs')
          : t('$(info) {0} Cells Have Exactly 1,000 IDs', cut.toLocaleString()),
      description: t('the export may have cut them off: nothing unexpected is told of these records'),
      step: { kind: 'whole' },
    });
  }
  if (items.length === 0) return [];
  return [{ label: t('good to know'), kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function labelItem(problem: LabelProblem, { labels }: CheckDraft): PlanItem[] {
  const { t } = vscode.l10n;
  const text = plainLabel(problem.text);
  switch (problem.kind) {
    case 'unknown':
      return [
        {
          label: t('$(warning) No Label "{0}" in This Direction', text),
          description:
            problem.nearest === undefined
              ? t('its pairs cannot be confirmed')
              : t('did you mean "{0}"?', plainLabel(problem.nearest)),
          step: { kind: 'label' },
        },
      ];
    case 'ambiguous':
      return [
        {
          label: t('$(question) Whose Type Is {0}?', text),
          description: t("HubSpot and this account both use this number; HubSpot's type is taken"),
          step: { kind: 'labelNumber', problem },
        },
      ];
    case 'cannotCompare':
      // Said once for all of them.
      return labels.failure
        ? []
        : [
            {
              label: t('$(warning) "{0}" Cannot Be Compared', text),
              description: t('its pairs get "cannot tell"'),
              step: { kind: 'label' },
            },
          ];
  }
}

/** Whether the plan is as it should be. */
export function isStart(step: StartStep | ChangeStep): step is StartStep {
  return step.kind === 'check' || step.kind === 'trial';
}
