/** A matrix into a file or onto the clipboard, and all associations of its types as one list. */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { groupName, lookUpCounts } from '../answers/lookUpWords.ts';
import { asColumnsOf, type Matrix } from '../answers/matrix.ts';
import { matrixNotices } from '../answers/matrixNotices.ts';
import { columnWord } from '../answers/matrixWords.ts';
import type { Names } from '../answers/recordNames.ts';
import { rowContext } from '../answers/rowContext.ts';
import { countOf, type UnreadRecords, unreadNames, unreadValues } from '../answers/unreadRecords.ts';
import { type AboutProperty, aboutFile, narrowedBy } from '../core/export/about.ts';
import { delimited } from '../core/export/csv.ts';
import { fileNameFrom } from '../core/export/fileName.ts';
import { type MatrixAbout, type MatrixFormat, matrixText } from '../core/export/matrix.ts';
import { type CopyStyle, type SeenColumns, seenText } from '../core/export/seen.ts';
import type { ShownRows } from '../core/rows/answerTable.ts';
import { memberRows } from '../core/rows/memberRows.ts';
import type { RowContext } from '../core/rows/rows.ts';
import type { Steps } from '../core/rows/steps.ts';
import type { PanelView } from '../core/treaty/panelView.ts';
import { howMany } from '../editor/howMany.ts';
import { waitFor } from '../editor/patience.ts';
import { Turns } from '../editor/turns.ts';
import { writeWholeFile } from '../editor/wholeFile.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { copyChunks } from './clipboard.ts';
import { joined, longestWait, readAllOf } from './unreadFirst.ts';
import {
  aboutAccount,
  aboutProperties,
  chunksAbout,
  knownOf,
  namesNotReadNotices,
  ofRevision,
  writeAboutBeside,
  writeFile,
  writeSteadily,
} from './writing.ts';

/** Records of a matrix to write, and what they were narrowed by. */
export interface MatrixRows {
  readonly matrix: Matrix;
  readonly shown: ShownRows;
  readonly view: Pick<PanelView, 'chips' | 'filter'> | undefined;
  /** Keys of the columns of properties that are shown, in their order. */
  readonly properties: readonly string[];
}

interface MatrixExportParts {
  readonly names: Names;
  readonly catalog: ObjectTypeCatalog;
}

/** How a matrix is written: a row a record, or in a list of all associations a row each. */
export interface MatrixFileFormat {
  readonly format: MatrixFormat;
  readonly isList: boolean;
}

interface FormatItem extends vscode.QuickPickItem, MatrixFileFormat {}

const extensions: Readonly<Record<MatrixFormat, string>> = { csv: 'csv', tsv: 'tsv', json: 'json', markdown: 'md' };

/** Asks for format and file, and writes the records shown. */
export async function exportMatrix(rows: MatrixRows, parts: MatrixExportParts): Promise<void> {
  const { t } = vscode.l10n;
  const picked = await vscode.window.showQuickPick(formatItems(), {
    title: t('Export {0}', howMany(rows.shown.length, 'records')),
    placeHolder: t('In which format?'),
  });
  if (!picked) return;
  if (!(await readFirst(rows, picked, parts.names))) return;
  const name = fileNameFrom([groupName(rows.matrix.held, parts.catalog)]);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const extension = extensions[picked.format];
  const uri = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${name}.${extension}`) }),
    filters: { [picked.label]: [extension] },
    title: t('Export'),
  });
  if (uri) await writeMatrix(rows, picked, uri, parts.names);
}

/** Writes the records shown, or the list of all their associations, with progress and Cancel. */
export async function writeMatrix(
  rows: MatrixRows,
  { format, isList }: MatrixFileFormat,
  uri: vscode.Uri,
  names: Names,
): Promise<void> {
  const { answer } = rows.matrix;
  const lists = isList ? await new Turns().through(membersOf(rows)) : undefined;
  await writeFile(uri, lists ? rowsIn(lists) : rows.shown.length, async (signal, onMegabytes) => {
    const about = await writeSteadily(knownOfMatrix(rows, names), async (steady) => {
      const { revision } = answer;
      const context = matrixRowContext(rows, names);
      const about = await new Turns(signal).through(
        lists ? aboutList(rows, lists, names) : aboutRecords(rows, context, names),
      );
      const chunks = lists
        ? associationList(lists, format === 'csv' ? ',' : '\t', names)
        : matrixText(format, rows.shown, context, about);
      const unchanged = ofRevision(chunks, () => answer.revision, revision);
      await writeWholeFile(uri, steady(unchanged), signal, (characters) => onMegabytes(characters / 1_000_000));
      return about;
    });
    return format === 'json' || format === 'markdown' ? undefined : writeAboutBeside(uri, aboutFile(about));
  });
}

/** Copies the records as they are seen in the table. */
export function copySeenMatrix(
  rows: MatrixRows,
  { seen, style }: { readonly seen: SeenColumns; readonly style: CopyStyle },
  { names }: MatrixExportParts,
): Promise<void> {
  return copyWhole(rows, names, () => seenText(rows.shown, seen, style));
}

/** Copies the records as TSV, to paste into a spreadsheet. */
export function copyMatrix(rows: MatrixRows, { names }: MatrixExportParts): Promise<void> {
  return copyWhole(rows, names, () => {
    const context = matrixRowContext(rows, names);
    return chunksAbout(aboutRecords(rows, context, names), (about) => matrixText('tsv', rows.shown, context, about));
  });
}

function knownOfMatrix({ matrix: { first, members } }: MatrixRows, names: Names): () => string {
  return knownOf(first.account, [first.question.from, ...members.map(({ to }) => to)], names);
}

/** @returns false when nothing is to be written */
async function readFirst(rows: MatrixRows, what: Pick<MatrixFileFormat, 'isList'>, names: Names): Promise<boolean> {
  const described = names.columns.described(asColumnsOf(rows.matrix));
  if (!(await readAllOf(await new Turns().through(unreadFor(rows, what, names)), names))) return false;
  await waitFor(described, longestWait);
  return true;
}

/** Reads what is not read first, and copies nothing when the answer changes in the middle. */
async function copyWhole(rows: MatrixRows, names: Names, made: () => Iterable<string>): Promise<void> {
  const { shown } = rows;
  if (shown.length === 0) return;
  if (!(await readFirst(rows, { isList: false }, names))) return;
  const { answer } = rows.matrix;
  const { revision } = answer;
  const unchanged = () => ofRevision(made(), () => answer.revision, revision);
  await copyChunks(shown.length, unchanged, knownOfMatrix(rows, names));
}

function formatItems(): FormatItem[] {
  const { t } = vscode.l10n;
  const matrix = t('a row for each record, a column for each object type');
  const list = t('a row for each association, with its object type');
  return [
    { label: 'CSV', description: matrix, format: 'csv', isList: false },
    { label: 'TSV', description: matrix, format: 'tsv', isList: false },
    { label: 'JSON', description: matrix, format: 'json', isList: false },
    { label: 'Markdown', description: matrix, format: 'markdown', isList: false },
    { label: t('List of All Associations as CSV'), description: list, format: 'csv', isList: true },
    { label: t('List of All Associations as TSV'), description: list, format: 'tsv', isList: true },
  ];
}

function* unreadFor(
  rows: MatrixRows,
  { isList }: Pick<MatrixFileFormat, 'isList'>,
  names: Names,
): Steps<UnreadRecords[]> {
  const { account } = rows.matrix.first;
  if (isList) return names.isOn ? yield* unreadNamesIn(yield* membersOf(rows), names) : [];
  const isMeant = (key: string) => rows.properties.includes(key);
  const values = yield* unreadValues(asColumnsOf(rows.matrix), rows.shown, names, isMeant);
  // A call for values brings the names of the same records.
  return values.length > 0 ? values : yield* unreadNames(account, rows.shown, names);
}

function matrixRowContext({ matrix, properties: keys }: MatrixRows, names: Names): RowContext {
  const shown = names.columns.shownOf(asColumnsOf(matrix));
  const properties = keys.flatMap((key) => shown.find((each) => each.key === key) ?? []);
  return { ...contextOf(matrix.first, names), types: matrix.members, properties };
}

/** In the list of all associations no properties stand: those of one look-up are no columns of the others. */
function contextOf(entry: LookUpEntry, names: Names): RowContext {
  return { ...rowContext(entry, names), properties: [] };
}

interface MemberRows {
  readonly entry: LookUpEntry;
  readonly shown: ShownRows;
}

/** The associations of the records shown, type by type. */
function* membersOf({ matrix, shown }: MatrixRows): Steps<MemberRows[]> {
  const members: MemberRows[] = [];
  for (const { entry } of matrix.members) {
    if (entry) members.push({ entry, shown: yield* memberRows(entry.answer, shown) });
  }
  return members;
}

function rowsIn(lists: readonly MemberRows[]): number {
  return lists.reduce((sum, { shown }) => sum + shown.length, 0);
}

/** A record may be in several of them. */
function* unreadNamesIn(lists: readonly MemberRows[], names: Names): Steps<UnreadRecords[]> {
  const unread: UnreadRecords[] = [];
  for (const { entry, shown } of lists) unread.push(...(yield* unreadNames(entry.account, shown, names)));
  return yield* joined(unread);
}

function* associationList(lists: readonly MemberRows[], delimiter: ',' | '\t', names: Names): Generator<string> {
  let isFirst = true;
  for (const { entry, shown } of lists) {
    const type = { to: entry.question.to, isFirst };
    yield* delimited(shown, contextOf(entry, names), { delimiter, spreadsheet: false, byteOrderMark: false, type });
    isFirst = false;
  }
}

/** What a file with a row a record says of itself. */
function* aboutRecords(rows: MatrixRows, { properties = [] }: RowContext, names: Names): Steps<MatrixAbout> {
  const { matrix, shown } = rows;
  return aboutMatrix(rows, {
    rows: shown.length,
    rowsInAll: matrix.answer.asked.length,
    namesNotRead: countOf(yield* unreadNames(matrix.first.account, shown, names)),
    properties: yield* aboutProperties(asColumnsOf(matrix), shown, properties, names),
  });
}

/** What a list of associations says of itself. */
function* aboutList(rows: MatrixRows, lists: readonly MemberRows[], names: Names): Steps<MatrixAbout> {
  return aboutMatrix(rows, {
    rows: rowsIn(lists),
    rowsInAll: lists.reduce((sum, { shown }) => sum + shown.rows.length, 0),
    namesNotRead: countOf(yield* unreadNamesIn(lists, names)),
    properties: [],
  });
}

function aboutMatrix(
  { matrix, view }: MatrixRows,
  {
    rows,
    rowsInAll,
    namesNotRead,
    properties,
  }: {
    readonly rows: number;
    readonly rowsInAll: number;
    readonly namesNotRead: number;
    readonly properties: readonly AboutProperty[];
  },
): MatrixAbout {
  const { held, first, answer, members } = matrix;
  return {
    writtenBy: 'Associations for HubSpot',
    account: aboutAccount(first.account),
    from: first.question.from,
    apiVersion: answer.apiVersion,
    lookedUpAt: held.startedAt.toISOString(),
    exportedAt: new Date().toISOString(),
    complete: answer.complete,
    completeness: answer.completeness,
    types: members.map(({ to, head, state, entry }) => ({
      to,
      label: head,
      state: columnWord(state()),
      sum: entry ? lookUpCounts(entry) : '',
    })),
    notAsked: held.notAsked.map(({ to, notAsked }) => ({ to, why: notAsked })),
    rows,
    rowsInAll,
    ...(properties.length > 0 && { properties }),
    ...(namesNotRead > 0 && { namesNotRead }),
    ...narrowedBy(view),
    notices: [...matrixNotices(matrix).map(({ sentence }) => sentence), ...namesNotReadNotices(namesNotRead)],
  };
}
