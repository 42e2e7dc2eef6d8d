/** A file that a language model names: whether a tool may read it, and its record IDs. */
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { beginningBytes, fileColumns, isJsonText } from '../asking/columnPick.ts';
import { readColumn } from '../core/reading/file/readColumn.ts';
import { unreadable } from '../core/reading/file/unreadable.ts';
import type { Reading } from '../core/reading/found/reading.ts';
import { readingWhole } from '../core/reading/readRecordIds.ts';
import { quoted } from '../core/report/quoting.ts';
import { sourceWords } from '../core/report/readingReport.ts';
import { openFileText } from '../editor/fileText.ts';
import { fileNameOf } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';
import { isSecretFile } from './secretFiles.ts';

export interface GivenFile {
  readonly path: string;
  /** The header of a column or the path of a key. Without it the whole text is read, as a selection of all of it would be. */
  readonly column?: string | undefined;
}

export interface FileReading {
  readonly reading: Reading;
  /** The file as it was named, whose lines the record IDs stand in. */
  readonly uri: vscode.Uri;
  /** Such as `file "deals.csv", column "Deal ID"`. */
  readonly words: string;
}

/** A larger text is only read by a column, which needs no memory for all of it. */
const mostWholeBytes = 20_000_000;
const mostColumnsSaid = 12;

/** @returns what was read, or why nothing was; never says whether there is a file that may not be read */
export async function readGivenFile(
  given: GivenFile,
  signal: AbortSignal,
): Promise<FileReading | { readonly refused: string }> {
  const allowed = await allowedFile(given.path);
  if ('refused' in allowed) return allowed;
  const { uri, real } = allowed;
  const name = fileNameOf(uri);
  const text = await openFileText(real);
  const beginning = await text.beginning(beginningBytes);
  if (unreadable(name, beginning) !== undefined) return noText;
  if (given.column === undefined) {
    if (text.bytes > mostWholeBytes) return { refused: 'the file is too large to be read as a whole; name a column' };
    const whole = text.bytes > beginningBytes ? await text.beginning(mostWholeBytes + 1) : beginning;
    const languageId = isJsonText(name, beginning) ? 'json' : undefined;
    return { reading: await new Turns(signal).through(readingWhole(whole, languageId)), uri, words: sourceWords(name) };
  }
  const columns = await fileColumns(name, beginning);
  const column = columnNamed(given.column, columns);
  if (!column) {
    return { refused: `the file has no such column or key, or more than one. ${columnsSaid(columns)}` };
  }
  const reading = await readColumn(text.chunks(), column.choice, { signal });
  return { reading, uri, words: sourceWords(name, column.name) };
}

/**
 * The columns or keys by name. Of a text without record IDs, such as notes or a list of passwords, the first line is no header,
 * and nothing of it is told.
 */
export function columnsSaid(
  columns: readonly { readonly name: string; readonly likely: 'recordIds' | 'maybe' | 'no' }[],
): string {
  if (columns.every(({ likely }) => likely === 'no')) return 'None of its columns or keys holds record IDs';
  const names = columns.slice(0, mostColumnsSaid).map(({ name }) => quoted(name, 40));
  return `It has: ${names.join(', ')}`;
}

/** Digits of a workbook or of another encoding would look like IDs. */
export const noText = { refused: 'the file is empty or no text: a spreadsheet has to be saved as CSV first' };

/** The one column of this name: as it is written, otherwise without regard to case and blanks around it. */
export function columnNamed<Column extends { readonly name: string }>(
  wanted: string,
  columns: readonly Column[],
): Column | undefined {
  const plain = (name: string) => name.trim().toLowerCase();
  const exact = columns.filter(({ name }) => name === wanted);
  const alike = exact.length > 0 ? exact : columns.filter(({ name }) => plain(name) === plain(wanted));
  return alike.length === 1 ? alike[0] : undefined;
}

const notAllowed = {
  refused:
    'there is no file of this name that a tool may read: it has to be in a workspace folder, also after links are followed, or open in an editor, and no key, password or .env file',
};

/**
 * The file where a tool may read it, and where it really is. All other answers are the same one: they must not tell what else
 * is on the disk.
 */
export async function allowedFile(
  path: string,
): Promise<{ readonly uri: vscode.Uri; readonly real: vscode.Uri } | { readonly refused: string }> {
  if (!vscode.workspace.isTrusted) {
    return { refused: 'files are not read in Restricted Mode. A person has to trust this folder first, or give IDs' };
  }
  const open = openDocument(path);
  const uri = open ?? inFolder(path);
  if (!uri || isSecretFile(uri.path)) return notAllowed;
  if (uri.scheme !== 'file') return { uri, real: uri };
  const real = await realpath(uri.fsPath).catch(() => undefined);
  if (real === undefined || isSecretFile(real) || !(await isPlainFile(real))) return notAllowed;
  if (open) return { uri, real: uri };
  return (await isInAFolder(real)) ? { uri, real: vscode.Uri.file(real) } : notAllowed;
}

/** A named pipe or a device never ends. */
async function isPlainFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** A document that stands in a tab. Others may be open too, which only an extension or a model has opened. */
function openDocument(path: string): vscode.Uri | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const uris = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  return uris.find(
    (uri) =>
      uri.toString() === path ||
      (uri.scheme === 'file' ? uri.fsPath === path : uri.path === path) ||
      vscode.workspace.asRelativePath(uri) === path,
  );
}

/** The path in the first workspace folder in which it can be; nothing outside is even looked at. */
function inFolder(path: string): vscode.Uri | undefined {
  for (const { uri: folder } of vscode.workspace.workspaceFolders ?? []) {
    const isWhole = isAbsolute(path);
    if (isWhole && folder.scheme !== 'file') continue;
    const uri = isWhole ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder, path);
    if (uri.path.startsWith(folder.path.endsWith('/') ? folder.path : `${folder.path}/`)) return uri;
  }
  return undefined;
}

async function isInAFolder(real: string): Promise<boolean> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  for (const { uri } of folders) {
    const folder = await realpath(uri.fsPath).catch(() => undefined);
    if (folder === undefined) continue;
    const way = relative(folder, real);
    if (way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return true;
  }
  return false;
}
