/** What the plan of a check becomes when something in it is chosen otherwise. */
import * as vscode from 'vscode';
import { pickType } from '../asking/pickObjectTypes.ts';
import { apiVersions, isPrimaryOnly } from '../core/domain/associations.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { type CheckDraft, choicesFor, endsOf } from './checkDraft.ts';
import { type DraftServices, readOrTell, relabelled, saidType } from './firstDraft.ts';
import { pickMapping } from './mappingPick.ts';
import { showNoPairs } from './noPairs.ts';
import { columnName, pickColumn } from './pairColumnsPick.ts';
import type { ChangeStep } from './planPick.ts';

/** @returns the same draft when the user left the question; undefined when there is no more to plan */
export async function changedDraft(
  draft: CheckDraft,
  step: ChangeStep,
  services: DraftServices,
): Promise<CheckDraft | undefined> {
  const { choices } = draft;
  const choose = (change: Partial<CheckDraft['choices']>) =>
    relabelled({ ...draft, choices: { ...choices, ...change } }, services, draft);
  switch (step.kind) {
    case 'columns':
      return withOtherColumns(draft, services);
    case 'label':
      return withOtherLabels(draft, services);
    case 'from':
    case 'to': {
      const type = await askType(draft, step.kind, services);
      return type === undefined ? draft : choose({ [step.kind]: type, categoryOf: new Map() });
    }
    case 'turn':
      return choose({ from: choices.to, to: choices.from, isTurned: !choices.isTurned, categoryOf: new Map() });
    case 'version': {
      const apiVersion = await askVersion(draft);
      return apiVersion ? choose({ apiVersion }) : draft;
    }
    case 'whole':
      await services.wholeFiles.remember(!choices.isWhole);
      return choose({ isWhole: !choices.isWhole });
    case 'mapping': {
      const mappings = await pickMapping(draft, services.catalog);
      return mappings ? choose({ mappings }) : draft;
    }
    case 'labelNumber': {
      const category = await askCategory(step.problem);
      if (category === undefined) return draft;
      return choose({ categoryOf: new Map([...choices.categoryOf, [Number(step.problem.text), category]]) });
    }
    case 'noPairs':
      return (await showNoPairs(draft)) ? undefined : draft;
  }
}

async function withOtherColumns(draft: CheckDraft, services: DraftServices): Promise<CheckDraft | undefined> {
  const { columns, file } = draft;
  const title = vscode.l10n.t('Check pairs: {0}', plainMessage(file.name));
  const from = await pickColumn(columns, 'from', {}, title);
  if (typeof from !== 'number') return draft;
  const to = await pickColumn(columns, 'to', { from }, title);
  if (typeof to !== 'number') return draft;
  const { label } = draft.chosen;
  const chosen = { from, to, label: label === from || label === to ? undefined : label };
  const choices = choicesFor(chosen, draft, (at) => saidType(draft, at, services.catalog));
  return withColumns(draft, { chosen, choices }, services);
}

async function withOtherLabels(draft: CheckDraft, services: DraftServices): Promise<CheckDraft | undefined> {
  const { columns, chosen, file } = draft;
  const label = await pickColumn(columns, 'label', chosen, vscode.l10n.t('Check pairs: {0}', plainMessage(file.name)));
  if (label === undefined) return draft;
  const { choices } = draft;
  return withColumns(draft, { chosen: { ...chosen, label: label === 'none' ? undefined : label }, choices }, services);
}

/** Reads the file anew. Where that gives no pairs the plan stays as it was. */
async function withColumns(
  draft: CheckDraft,
  others: Pick<CheckDraft, 'chosen' | 'choices'>,
  services: DraftServices,
): Promise<CheckDraft> {
  const read = await readOrTell(draft.file, draft.columns, others.chosen);
  return read ? relabelled({ ...draft, ...others, read }, services, draft) : draft;
}

function askType(draft: CheckDraft, end: 'from' | 'to', { catalog, lastPairs }: DraftServices) {
  const { account, choices, columns } = draft;
  return pickType(catalog, account, {
    title: columnName(columns, endsOf(draft)[end]),
    placeholder: vscode.l10n.t('Which object type are these records?'),
    first: [choices[end], ...lastPairs.pairsOf(account).map((pair) => pair[end])],
    hinted: [],
    step: undefined,
  });
}

async function askVersion({ choices: { from, to } }: CheckDraft) {
  const { t } = vscode.l10n;
  const isHiding = isPrimaryOnly({ from, to, apiVersion: 'v3' });
  const versions = isHiding ? apiVersions.toReversed() : apiVersions;
  const chosen = await vscode.window.showQuickPick(
    versions.map((version) => ({
      label: version,
      description:
        version !== 'v3'
          ? t('every association, with its labels')
          : isHiding
            ? t('only primary companies: of other pairs nothing can be told')
            : t('the established endpoint'),
      version,
    })),
    { title: t('API version'), ignoreFocusOut: true },
  );
  return chosen?.version;
}

async function askCategory({ text, choices }: Extract<ChangeStep, { kind: 'labelNumber' }>['problem']) {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showQuickPick(
    choices.map(({ category, typeId, label }) => ({
      label: `${category} ${typeId}`,
      description: label ?? t('without a label'),
      category,
    })),
    { title: t('Whose type is {0}?', text), ignoreFocusOut: true },
  );
  return chosen?.category;
}
