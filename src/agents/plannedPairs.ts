/** A check of pairs that a language model asks for, worked out before it is confirmed. */
import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts.ts';
import { numbered } from '../asking/columnPick.ts';
import { pairChoice } from '../checks/pairColumnsPick.ts';
import { noLabels } from '../checks/pairLabels.ts';
import { beginningBytes, openPairsFile, readPairsOf } from '../checks/pairsFile.ts';
import { type CheckChoices, type PlannedCheck, planningCheck, proposedVersion } from '../checks/plannedCheck.ts';
import type { PairColumns } from '../core/expectation/pairColumns.ts';
import type { CheckSource } from '../core/expectation/storedCheck.ts';
import { PairRows } from '../core/pairs/pairRows.ts';
import { unreadable } from '../core/reading/file/unreadable.ts';
import { sourceWords } from '../core/report/readingReport.ts';
import { readSettings } from '../editor/settings.ts';
import { Turns } from '../editor/turns.ts';
import type { Plan } from './consentedTool.ts';
import { allowedFile, columnNamed, columnsSaid, noText } from './givenFile.ts';
import { accountAndCalls, otherAccount } from './plannedLookUp.ts';
import type { Confirmation } from './tool.ts';
import type { CheckInput } from './toolInput.ts';

export interface PlannedPairs extends Plan {
  readonly choices: CheckChoices;
  readonly pairs: PairColumns;
  /** Without what the account says of labels, which is asked for once this is confirmed. */
  readonly plan: PlannedCheck;
  readonly calls: number;
  readonly source: CheckSource;
  /** Such as `file "pairs.csv"`; undefined where the pairs were given one by one. */
  readonly file: string | undefined;
}

export async function planPairs(
  input: CheckInput,
  accounts: Accounts,
  signal: AbortSignal,
): Promise<PlannedPairs | { readonly refused: string }> {
  const account = accounts.active;
  const other = otherAccount(input.account, account);
  if (other !== undefined) return { refused: other };
  const { from, to, isWhole } = input;
  if (from === undefined || to === undefined) return { refused: 'the object types are missing' };
  const read = input.file ? await readFile(input.file, signal) : { rows: rowsOf(input.pairs ?? []), source: {} };
  if ('refused' in read) return read;
  const { rows, source, file } = read;
  if (rows.problem !== undefined) return { refused: problems[rows.problem] };
  const settings = readSettings();
  const choices: CheckChoices = {
    from,
    to,
    isTurned: false,
    apiVersion: input.apiVersion ?? proposedVersion(from, to, settings.apiVersion),
    isWhole,
    mappings: new Map(),
    categoryOf: new Map(),
  };
  const plan = await new Turns(signal).through(planningCheck(rows.pairs, choices, noLabels));
  const records = plan.expectation.asked.length;
  return {
    account,
    records,
    types: 1,
    choices,
    pairs: rows.pairs,
    plan,
    calls: Math.ceil(records / settings.batchSize) + (hasLabels(rows.pairs) ? 1 : 0),
    source: { ...source, claimsToBeWhole: isWhole, rows: rows.pairs.rowCounts },
    file,
  };
}

/** Whether the pairs' labels have to be compared with those of the account. */
export function hasLabels({ labelSets }: PairColumns): boolean {
  return labelSets.texts.length > 0;
}

const problems: Readonly<Record<NonNullable<PairRows['problem']>, string>> = {
  noRows: 'the file has no rows',
  noPair: 'no row makes a pair: both columns have to hold record IDs',
  noLabels: 'the label column holds more than 1,000 different texts or very long ones, so it is no column of labels',
};

function rowsOf(pairs: NonNullable<CheckInput['pairs']>): PairRows {
  const rows = new PairRows();
  pairs.forEach(({ from, to, labels }, line) => {
    rows.take([from], [{ to: [to], labels }], line);
  });
  return rows;
}

interface ReadFile {
  readonly rows: PairRows;
  readonly source: CheckSource;
  readonly file?: string;
}

async function readFile(
  given: NonNullable<CheckInput['file']>,
  signal: AbortSignal,
): Promise<ReadFile | { readonly refused: string }> {
  const allowed = await allowedFile(given.path);
  if ('refused' in allowed) return allowed;
  const { uri, real } = allowed;
  const opened = await openPairsFile(real);
  if (unreadable(opened.name, await opened.text.beginning(beginningBytes)) !== undefined) return noText;
  if (opened.proposal.kind === 'notTwo') return { refused: 'the file does not have two columns or keys' };
  const columns = opened.proposal;
  const sources = numbered(columns.sources).map((source, at) => ({ ...source, at }));
  const numberOf = (name: string) => columnNamed(name, sources)?.at;
  const from = numberOf(given.fromColumn);
  const to = numberOf(given.toColumn);
  const label = given.labelColumn === undefined ? undefined : numberOf(given.labelColumn);
  if (from === undefined || to === undefined || (given.labelColumn !== undefined && label === undefined)) {
    return { refused: `the file lacks one of these columns or keys, or has it twice. ${columnsSaid(sources)}` };
  }
  const { rows, file } = await readPairsOf(opened, pairChoice(columns, { from, to, label }), { signal });
  return { rows, source: { file, uri: uri.toString() }, file: sourceWords(opened.name) };
}

/** Pairs named in a confirmation. */
const mostPairsNamed = 3;

export function pairsConfirmation({ plan, choices, account, calls, file }: PlannedPairs): Confirmation {
  const { t } = vscode.l10n;
  const { expectation } = plan;
  const { from, to, apiVersion } = choices;
  const first = Array.from(
    { length: Math.min(mostPairsNamed, expectation.length) },
    (_, pair) => `${expectation.fromId(pair)} → ${expectation.toId(pair)}`,
  );
  const more = expectation.length > mostPairsNamed ? ', …' : '';
  return {
    title:
      expectation.length === 1
        ? t('Check 1 pair in HubSpot?')
        : t('Check {0} pairs in HubSpot?', expectation.length.toLocaleString()),
    sentences: [
      accountAndCalls(account, calls),
      `${from} → ${to} (${apiVersion}): ${first.join(', ')}${more}`,
      ...(file === undefined ? [] : [t('From {0}.', file)]),
      t('How each pair turned out, with IDs and labels, goes to the language model and its history.'),
    ],
  };
}
