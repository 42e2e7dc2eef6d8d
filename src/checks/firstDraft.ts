/** The first plan of a check, out of a file. */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import type { Engine } from '../accounts/connections.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { LastPairs } from '../asking/lastPairs.ts';
import { pickType } from '../asking/pickObjectTypes.ts';
import { nameInPath } from '../core/domain/objectTypes.ts';
import { plainMessage } from '../core/text/plainText.ts';
import { sayWhyNot } from '../editor/said.ts';
import { readSettings } from '../editor/settings.ts';
import { type CheckDraft, type DraftParts, draftOf } from './checkDraft.ts';
import {
  type ChosenColumns,
  type Columns,
  columnName,
  columnWords,
  pairChoice,
  pickColumn,
} from './pairColumnsPick.ts';
import { type KnownLabels, noLabels, readPairLabels } from './pairLabels.ts';
import { type PairsFile, type ReadPairsFile, readPairsFile } from './pairsFile.ts';
import { proposedVersion } from './plannedCheck.ts';
import type { WholeFiles } from './wholeFiles.ts';

export interface DraftServices {
  readonly engine: Engine;
  readonly catalog: ObjectTypeCatalog;
  readonly lastPairs: LastPairs;
  readonly wholeFiles: WholeFiles;
}

/**
 * What is proposed for a file: its columns, its object types, its pairs. What nothing speaks for is asked.
 * @returns undefined when the user left, or there is nothing to check, which was said
 */
export async function firstDraft(
  file: PairsFile,
  account: Account,
  parts: DraftServices,
): Promise<CheckDraft | undefined> {
  const { proposal } = file;
  if (proposal.kind === 'notTwo') {
    const name = plainMessage(file.name);
    sayWhyNot(vscode.l10n.t('{0} does not have two columns or keys, so there are no pairs to check.', name));
    return undefined;
  }
  const chosen = await chosenColumns(file, proposal);
  const read = chosen && (await readOrTell(file, proposal, chosen));
  if (!read) return undefined;
  const types = await objectTypes(proposal, chosen, account, parts);
  if (!types) return undefined;
  const choices = {
    ...types,
    isTurned: false,
    apiVersion: proposedVersion(types.from, types.to, readSettings().apiVersion),
    // What is not selected may be of the same records.
    isWhole: !file.isPart && parts.wholeFiles.areWhole,
    mappings: new Map(),
    categoryOf: new Map(),
  };
  return relabelled({ file, columns: proposal, chosen, read, account, choices, labels: noLabels }, parts);
}

/** The proposed columns; where nothing speaks for one, it is asked. */
async function chosenColumns(file: PairsFile, columns: Columns): Promise<ChosenColumns | undefined> {
  const title = vscode.l10n.t('Check pairs: {0}', plainMessage(file.name));
  const { label } = columns;
  const from = columns.from ?? (await pickColumn(columns, 'from', { label }, title));
  if (typeof from !== 'number') return undefined;
  const to = columns.to ?? (await pickColumn(columns, 'to', { from, label }, title));
  return typeof to === 'number' ? { from, to, label } : undefined;
}

/** Reads the pairs; says why there are none to check. */
export async function readOrTell(
  file: PairsFile,
  columns: Columns,
  chosen: ChosenColumns,
): Promise<ReadPairsFile | undefined> {
  const { t } = vscode.l10n;
  const read = await readPairsFile(file, pairChoice(columns, chosen));
  const name = plainMessage(file.name);
  switch (read?.rows.problem) {
    case 'noRows':
      sayWhyNot(t('{0} has no rows, so there are no pairs to check.', name));
      return undefined;
    case 'noPair': {
      const [from, to] = [columnWords(columns, chosen.from), columnWords(columns, chosen.to)];
      sayWhyNot(t('No row of {0} makes a pair: "{1}" and "{2}" do not both hold record IDs.', name, from, to));
      return undefined;
    }
    case 'noLabels':
      sayWhyNot(
        t(
          '"{0}" holds more than 1,000 different texts or very long ones, so it is no column of labels.',
          chosen.label === undefined ? '' : columnWords(columns, chosen.label),
        ),
      );
      return undefined;
    default:
      return read;
  }
}

/** The object type that the file says of a column, as it goes into a path. */
export function saidType(
  { columns, account }: Pick<CheckDraft, 'columns' | 'account'>,
  at: number,
  catalog: ObjectTypeCatalog,
): string | undefined {
  const objectType = columns.sources[at]?.objectType;
  return objectType === undefined ? undefined : nameInPath(catalog.find(objectType, account));
}

/** The object types that the file says, and asks for one that it does not say. */
async function objectTypes(
  columns: Columns,
  chosen: ChosenColumns,
  account: Account,
  { catalog, lastPairs }: DraftServices,
): Promise<{ from: string; to: string } | undefined> {
  const { t } = vscode.l10n;
  const said = (at: number) => saidType({ columns, account }, at, catalog);
  const last = lastPairs.pairsOf(account);
  const ask = (at: number, first: readonly string[]) =>
    pickType(catalog, account, {
      title: columnName(columns, at),
      placeholder: t('Which object type are these records?'),
      first,
      hinted: [],
      step: undefined,
    });
  const from =
    said(chosen.from) ??
    (await ask(
      chosen.from,
      last.map((pair) => pair.from),
    ));
  if (from === undefined) return undefined;
  const to =
    said(chosen.to) ??
    (await ask(
      chosen.to,
      last.map((pair) => pair.to),
    ));
  return to === undefined ? undefined : { from, to };
}

/** The draft with what the account says of the labels that its pairs have. */
export async function relabelled(parts: DraftParts, services: DraftServices, before?: CheckDraft): Promise<CheckDraft> {
  const draft = await draftOf(parts, before);
  const labels = await labelsOf(draft, services);
  return labels === parts.labels ? draft : draftOf({ ...parts, labels }, draft);
}

function labelsOf(draft: CheckDraft, services: DraftServices): Promise<KnownLabels> {
  const { choices, account, pairs } = draft;
  if (pairs.labelSets.texts.length === 0) return Promise.resolve(noLabels);
  const { t } = vscode.l10n;
  return Promise.resolve(
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('Reading association labels') },
      () => readPairLabels(choices, account, services),
    ),
  );
}
