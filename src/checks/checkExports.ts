/** What a check comes to, as files: a sign-off, and the pairs that are missing. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { nameInPath } from '../core/domain/objectTypes.ts';
import type { Check } from '../core/expectation/check.ts';
import { missingPairsCsv, missingPairsJson } from '../core/expectation/missingPairs.ts';
import { signingOff, signOffJson, signOffText } from '../core/expectation/signOff.ts';
import { fileNameOf } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';
import { writeWholeFile } from '../editor/wholeFile.ts';
import { aboutAccount, ofRevision, writeFile } from '../exporting/writing.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

interface ExportPlaces {
  /** What the files of the check are called, without an ending. */
  readonly name: string;
  readonly folder: vscode.Uri | undefined;
}

/** Counts, file, account, version and time, to be signed. */
export async function exportSignOff(entry: LookUpEntry): Promise<void> {
  const { t } = vscode.l10n;
  if (!entry.check) return;
  const uri = await askForFile(placesOf(entry), 'sign-off', t('Export the sign-off'), {
    [t('Text')]: ['txt'],
    JSON: ['json'],
  });
  if (!uri) return;
  const signed = await new Turns().through(signOffOf(entry, entry.check));
  await write(uri, [uri.path.endsWith('.json') ? signOffJson(signed) : signOffText(signed)], entry.check);
}

function signOffOf({ account, checkSource = {}, startedAt }: LookUpEntry, check: Check) {
  const { file, isPart, rows, claimsToBeWhole = false, mappings, trialOf, unconfirmedOf } = checkSource;
  return signingOff(check, {
    account: aboutAccount(account),
    claimsToBeWhole,
    ...(file && rows && { file: { ...file, rows, ...(isPart && { isPart }) } }),
    ...(mappings && { mappings }),
    ...(trialOf !== undefined && { trialOf }),
    ...(unconfirmedOf !== undefined && { unconfirmedOf }),
    checkedAt: startedAt.getTime(),
    signedAt: Date.now(),
  });
}

interface FormatItem extends vscode.QuickPickItem {
  readonly ending: 'csv' | 'jsonl';
}

/** The missing pairs for HubSpot's import, or as one JSON object a line: nothing is ever written to HubSpot. */
export async function exportMissingPairs(entry: LookUpEntry, catalog: ObjectTypeCatalog): Promise<void> {
  const { t } = vscode.l10n;
  const { check, question, account } = entry;
  if (!check) return;
  const formats: FormatItem[] = [
    { label: t('CSV'), description: t("two columns of record IDs, for HubSpot's import"), ending: 'csv' },
    {
      label: t('JSON Lines'),
      description: t("as HubSpot's command line took them in June 2026; not confirmed that it still does"),
      ending: 'jsonl',
    },
  ];
  const { missing } = check.counts;
  const format = await vscode.window.showQuickPick(formats, {
    title: missing === 1 ? t('Export 1 missing pair') : t('Export {0} missing pairs', missing.toLocaleString()),
  });
  if (!format) return;
  const uri = await askForFile(placesOf(entry), 'missing-pairs', t('Export the missing pairs'), {
    [format.label]: [format.ending],
  });
  if (!uri) return;
  const [from, to] = [catalog.find(question.from, account), catalog.find(question.to, account)];
  const chunks =
    format.ending === 'csv'
      ? missingPairsCsv(check, { from: from.label, to: to.label })
      : missingPairsJson(check, { from: nameInPath(from), to: nameInPath(to) });
  await write(uri, chunks, check);
}

function placesOf({ document }: LookUpEntry): ExportPlaces {
  const source = document === '' ? undefined : vscode.Uri.parse(document);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return { name: source ? fileNameOf(source).replace(/\.[^.]*$/, '') : 'pairs', folder };
}

async function askForFile(
  { name, folder }: ExportPlaces,
  what: string,
  title: string,
  filters: Record<string, string[]>,
): Promise<vscode.Uri | undefined> {
  const ending = Object.values(filters)[0]?.[0] ?? 'txt';
  return vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${name}-${what}.${ending}`) }),
    filters,
    title,
  });
}

/** Not while verdicts go on changing: the file would hold two states of them. */
function write(uri: vscode.Uri, chunks: Iterable<string>, check: Check): Promise<void> {
  const { revision } = check;
  return writeFile(uri, undefined, async (signal) => {
    await writeWholeFile(
      uri,
      ofRevision(chunks, () => check.revision, revision),
      signal,
    );
    return undefined;
  });
}
