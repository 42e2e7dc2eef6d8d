/** Rows written into a file, wholly or not at all, each with what they are about. */

import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { environmentWords } from '../accounts/accountWords.ts';
import { countingExistences } from '../answers/existenceCounts.ts';
import { noticesOf } from '../answers/notices.ts';
import { type ColumnsOf, typeAt } from '../answers/propertyColumns.ts';
import type { Names } from '../answers/recordNames.ts';
import { rowContext } from '../answers/rowContext.ts';
import { countOf, uncheckedRecords, unreadNames } from '../answers/unreadRecords.ts';
import type { Answer } from '../core/domain/associations.ts';
import { type About, type AboutProperty, aboutAnswer, aboutFile, aboutProperty } from '../core/export/about.ts';
import { type ExportFormatName, exportFormats } from '../core/export/formats.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import { type RowContext, Rows, revisionOf, type ShownProperty } from '../core/rows/rows.ts';
import type { Steps } from '../core/rows/steps.ts';
import { valueCounts } from '../core/rows/valueCounts.ts';
import { plainMessage } from '../core/text/plainText.ts';
import type { PanelView } from '../core/treaty/panelView.ts';
import { withoutPath } from '../editor/disk.ts';
import { fileNameOf, sayBriefly } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';
import { TooLargeForFileSystem, writeWholeFile } from '../editor/wholeFile.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { sayWritten } from './written.ts';

/** Rows to write, and what they were narrowed by. */
export interface RowsToWrite {
  readonly entry: LookUpEntry;
  /** The look-up's own, or that of a hop under it. */
  readonly answer: Answer;
  readonly shown: ShownRows;
  readonly view: Pick<PanelView, 'chips' | 'filter'> | undefined;
  /** Keys of the columns of properties that are shown, in their order; all that were chosen where it is not said. */
  readonly properties?: readonly string[];
}

/** A file to write rows into, once they are there. */
export interface ExportTarget {
  readonly format: ExportFormatName;
  readonly uri: vscode.Uri;
}

export function allRows(entry: LookUpEntry): RowsToWrite {
  return {
    entry,
    answer: entry.answer,
    shown: new ShownRows(new Rows(entry.answer, entry.check)),
    view: undefined,
  };
}

/** Writes the rows, with progress and Cancel. What fails or is cancelled leaves nothing behind under the chosen name. */
export function writeRows(rows: RowsToWrite, target: ExportTarget, names: Names): Promise<void> {
  return writeFile(target.uri, rows.shown.length, (signal, onMegabytes) =>
    write(rows, target, names, signal, onMegabytes),
  );
}

/**
 * Writes a file, with progress and Cancel. What fails or is cancelled leaves nothing behind under the chosen name.
 * @param rowCount said when it is written; undefined of what has no rows
 * @param write gives the file that says what the rows are about, where it wrote one beside them
 */
export async function writeFile(
  uri: vscode.Uri,
  rowCount: number | undefined,
  write: (signal: AbortSignal, onMegabytes: (megabytes: number) => void) => Promise<vscode.Uri | undefined>,
): Promise<void> {
  const { t } = vscode.l10n;
  const name = plainMessage(fileNameOf(uri));
  const abort = new AbortController();
  try {
    const about = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Writing {0}', name), cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => abort.abort());
        return write(abort.signal, (megabytes) => progress.report({ message: t('{0} MB', megabytes.toFixed(0)) }));
      },
    );
    sayWritten(uri, rowCount, about);
  } catch (error) {
    if (abort.signal.aborted && !(error instanceof AboutNotWritten)) {
      const isOlderThere = await vscode.workspace.fs.stat(uri).then(
        () => true,
        () => false,
      );
      const said = isOlderThere
        ? t('Cancelled: {0} is as it was before.', name)
        : t('Cancelled: {0} was not written.', name);
      sayBriefly(said);
      return;
    }
    void vscode.window.showErrorMessage(notWrittenSentence(uri, error));
  }
}

/** That a file was not written, or only without the one that says what its rows are about, and why. */
export function notWrittenSentence(uri: vscode.Uri, error: unknown): string {
  const { t } = vscode.l10n;
  const name = plainMessage(fileNameOf(uri));
  if (!(error instanceof AboutNotWritten)) return t('{0} was not written. {1}', name, plainMessage(whyNot(error)));
  const beside = plainMessage(fileNameOf(error.uri));
  return t('{0} was written, but {1} was not. {2}', name, beside, plainMessage(whyNot(error.cause)));
}

async function write(
  rows: RowsToWrite,
  { format, uri }: ExportTarget,
  names: Names,
  signal: AbortSignal,
  onMegabytes: (megabytes: number) => void,
): Promise<vscode.Uri | undefined> {
  const { saysAbout, write: chunksOf } = exportFormats[format];
  const about = await writeSteadily(knownOfRows([rows], names), async (steady) => {
    // What the file says of itself is of the same state as its rows.
    const revision = revisionIn(rows);
    const context = contextOf(rows, names);
    const about = await new Turns(signal).through(aboutOf(rows, context, format, names));
    const chunks = chunksOf(rows.shown, context, about);
    await writeWholeFile(uri, steady(unchanged(chunks, rows, revision)), signal, (characters) =>
      onMegabytes(characters / 1_000_000),
    );
    return about;
  });
  return saysAbout ? undefined : writeAboutBeside(uri, aboutFile(about));
}

/** What is known of the records of these object types: another text with each one of which something was read or forgotten. */
export function knownOf(account: Account, types: readonly string[], names: Names): () => string {
  return () => types.map((type) => names.recordsOf(account, type).revision).join(' ');
}

/** The same of all the records in some rows. */
export function knownOfRows(all: readonly RowsToWrite[], names: Names): () => string {
  const known = all.map(({ entry, answer }) => {
    const types = [entry.question, answer.question].flatMap(({ from, to }) => [from, to]);
    return knownOf(entry.account, types, names);
  });
  return () => known.map((of) => of()).join(' ');
}

/** Names or values were read or forgotten while they were written: what a file says of itself would not be true of its rows. */
class ValuesChanged extends Error {}

/** So often a file is begun: what is in sight elsewhere is read within a second or two. */
const mostBegun = 20;

/**
 * Writes a file of what stays as it is meanwhile, and begins anew where it does not.
 * @param known tells the state
 * @param write is given what lets the chunks through as long as that is the same
 * @throws when it never stays as it is
 */
export async function writeSteadily<Result>(
  known: () => string,
  write: (steady: (chunks: Iterable<string>) => Generator<string>) => Promise<Result>,
): Promise<Result> {
  for (let begun = 1; ; begun++) {
    const before = known();
    const steady = (chunks: Iterable<string>) => ofRevision(chunks, known, before, ValuesChanged);
    try {
      return await write(steady);
    } catch (error) {
      if (!(error instanceof ValuesChanged) || begun >= mostBegun) throw error;
    }
  }
}

/** The rows are written; the file beside them, which says what they are about, could not be. */
class AboutNotWritten extends Error {
  readonly uri: vscode.Uri;

  constructor(uri: vscode.Uri, cause: unknown) {
    super('what the rows are about was not written', { cause });
    this.uri = uri;
  }
}

/** For formats that have no place for it inside. @returns the file */
export async function writeAboutBeside(uri: vscode.Uri, text: string): Promise<vscode.Uri> {
  const beside = uri.with({ path: `${uri.path}.about.json` });
  try {
    await writeWholeFile(beside, [text], new AbortController().signal);
  } catch (error) {
    throw new AboutNotWritten(beside, error);
  }
  return beside;
}

/** The answer went on being read while it was written: the file would hold two states of it. */
class AnswerChanged extends Error {}

/** The chunks, as long as nothing more becomes known of these rows. */
export function unchanged(chunks: Iterable<string>, rows: RowsToWrite, revision = revisionIn(rows)): Generator<string> {
  return ofRevision(chunks, () => revisionIn(rows), revision);
}

/** The chunks, as long as nothing more became known, up to the last one's end. @param now tells the revision */
export function* ofRevision<Revision>(
  chunks: Iterable<string>,
  now: () => Revision,
  revision: Revision,
  Changed: new () => Error = AnswerChanged,
): Generator<string> {
  for (const chunk of chunks) {
    if (now() !== revision) throw new Changed();
    yield chunk;
  }
  if (now() !== revision) throw new Changed();
}

function revisionIn({ answer, shown }: RowsToWrite): number {
  return revisionOf(answer, shown.rows.check);
}

/** Why rows could not be written or copied, in a sentence. */
export function whyNot(error: unknown): string {
  const { t } = vscode.l10n;
  if (error instanceof AnswerChanged) {
    return t('The lookup is still running. Try again when it has ended or is cancelled.');
  }
  if (error instanceof ValuesChanged)
    return t('Names or properties are still being read. Try again when they are read.');
  if (error instanceof TooLargeForFileSystem) {
    return t('It is too large for this file system. Choose a folder on your own disk.');
  }
  return withoutPath(error);
}

/** The text of the rows, as long as nothing more becomes known of them. */
export function* chunksOf(all: readonly RowsToWrite[], names: Names, format: ExportFormatName): Generator<string> {
  for (const rows of all) {
    const context = contextOf(rows, names);
    const written = chunksAbout(aboutOf(rows, context, format, names), (about) =>
      exportFormats[format].write(rows.shown, context, about),
    );
    yield* unchanged(written, rows);
  }
}

/** The chunks of what is about something that takes steps to find out: a chunk without text for each of them. */
export function* chunksAbout<Of>(steps: Steps<Of>, write: (about: Of) => Iterable<string>): Generator<string> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return yield* write(step.value);
    yield '';
  }
}

/** Properties stand in the order shown, without those that are hidden. */
function contextOf({ entry, answer, properties: keys }: RowsToWrite, names: Names): RowContext {
  const context = rowContext(entry, names, answer);
  const { properties = [] } = context;
  return keys
    ? { ...context, properties: keys.flatMap((key) => properties.find((each) => each.key === key) ?? []) }
    : context;
}

/** What the file says of the properties in it: which, when they were read, and how many records have what in them. */
export function* aboutProperties(
  of: ColumnsOf,
  shown: ShownRows,
  properties: readonly ShownProperty[],
  names: Names,
): Steps<readonly AboutProperty[]> {
  if (properties.length === 0) return [];
  const counts = yield* valueCounts(shown, properties);
  return properties.map(({ key, end, name, head }) => {
    const between = names.columns.readBetween(of.account, typeAt(of, end));
    return aboutProperty({ end, name, label: head, counts: counts.get(key)!, between });
  });
}

/** @param context the one that the rows are written with: which properties there are may become known meanwhile */
function* aboutOf(rows: RowsToWrite, context: RowContext, format: ExportFormatName, names: Names): Steps<About> {
  const { entry, answer, shown, view } = rows;
  const { hasNames } = exportFormats[format];
  const namesNotRead = hasNames ? countOf(yield* unreadNames(entry.account, shown, names)) : 0;
  const properties = hasNames ? (context.properties ?? []) : [];
  const ofProperties = yield* aboutProperties(entry, shown, properties, names);
  const existenceNotRead = hasNames ? countOf(yield* uncheckedRecords(entry.account, shown, names)) : 0;
  const counted = { ...entry, answer, question: answer.question };
  yield* countingExistences(counted, names);
  return aboutAnswer(answer, {
    account: aboutAccount(entry.account),
    startedAt: entry.startedAt.getTime(),
    exportedAt: Date.now(),
    verdicts: shown.rows.check?.counts,
    rows: shown.length,
    rowsInAll: shown.rows.length,
    ...(view && { view }),
    namesNotRead,
    properties: ofProperties,
    existenceNotRead,
    notices: [...noticesOf(counted, names).map(({ sentence }) => sentence), ...namesNotReadNotices(namesNotRead)],
  });
}

/** The account, as a file says from which one its rows are. */
export function aboutAccount(account: Account): About['account'] {
  const environment = environmentWords(account);
  return {
    name: account.name,
    ...(environment && { environment }),
    ...(account.portalId && { portalId: account.portalId }),
  };
}

/** The notice that names are missing in a file; none where all are read. */
export function namesNotReadNotices(count: number): readonly string[] {
  const { t } = vscode.l10n;
  if (count === 0) return [];
  return count === 1
    ? [t('1 name is not read. Its cell is empty.')]
    : [t('{0} names are not read. Their cells are empty.', count.toLocaleString())];
}
