/** Before rows are written with what is known of their records: what is not read yet is read, all of it. */
import * as vscode from 'vscode';
import { accountTitle } from '../accounts/accountWords.ts';
import type { ColumnsOf } from '../answers/propertyColumns.ts';
import { readRecords } from '../answers/readingRecords.ts';
import type { Names } from '../answers/recordNames.ts';
import {
  callsFor,
  countOf,
  type UnreadRecords,
  uncheckedBesideNames,
  unreadNames,
  unreadValues,
} from '../answers/unreadRecords.ts';
import type { Answer } from '../core/domain/associations.ts';
import type { Failure } from '../core/domain/failure.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import { type ExportFormatName, exportFormats } from '../core/export/formats.ts';
import type { ShownRows } from '../core/rows/answerTable.ts';
import { idRowsAStep, type Steps } from '../core/rows/steps.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { howMany } from '../editor/howMany.ts';
import { waitFor } from '../editor/patience.ts';
import { readSettings } from '../editor/settings.ts';
import { Turns } from '../editor/turns.ts';
import type { RowsToWrite } from './writing.ts';

/**
 * Reads the values and names that these rows need, and which of their records exist where that was checked for others. Asked
 * before when there are more than the user's setting. Where not all can be read the user may go on without, and the file says how
 * many are missing.
 * @returns false when nothing is to be written
 */
export async function readFirst(all: readonly RowsToWrite[], format: ExportFormatName, names: Names): Promise<boolean> {
  if (!exportFormats[format].hasNames) return true;
  const described = Promise.all(all.map(({ entry }) => names.columns.described(entry)));
  // A name tells on the way whether its record exists, so what is unchecked is only known afterwards.
  const steps = [
    ({ entry, shown, properties }: RowsToWrite) =>
      unreadValues(entry, shown, names, (key) => properties?.includes(key) ?? true),
    ({ entry, shown }: RowsToWrite) => unreadNames(entry.account, shown, names),
    ({ entry, shown }: RowsToWrite) => uncheckedBesideNames(entry.account, shown, names),
  ];
  for (const unreadIn of steps) {
    const find = function* () {
      const unread: UnreadRecords[] = [];
      for (const rows of all) unread.push(...(yield* unreadIn(rows)));
      return unread;
    };
    if (!(await readAllOf(find, names))) return false;
  }
  await briefly(described);
  return true;
}

/** So long a file waits for what its properties and their owners are called, in milliseconds: it can be written without. */
const longestWait = 10_000;

/** A wait that is over sooner is not worth a word. */
const unnoticed = 500;

/** Resolves when it is described, or cannot be, or that takes too long: ids and internal names are written then. */
export async function briefly(described: Promise<unknown>): Promise<void> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  const ended = described.then(end, end);
  await waitFor(ended, unnoticed);
  if (isOver) return;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reading what properties and owners are called'),
    },
    () => waitFor(ended, longestWait),
  );
}

/**
 * Reads what rows are to be sorted by. Where not all can be read, those that are not come last, and the heading counts them. Where the
 * plan is refused the sort is taken back.
 */
export async function readBeforeSort(
  {
    of,
    shown,
    keys,
    takeBack,
  }: {
    readonly of: ColumnsOf & { readonly answer: Answer };
    readonly shown: ShownRows;
    readonly keys: readonly string[];
    readonly takeBack: () => void;
  },
  names: Names,
): Promise<void> {
  const find = () => unreadValues(of, shown, names, (key) => keys.includes(key));
  const unread = await new Turns().through(find());
  const leaveOut = vscode.l10n.t('Sort What Is Read');
  const chosen = await chosenPlan(unread, leaveOut);
  if (chosen === 'cancelled') takeBack();
  else if (chosen === 'read') await readPlanned({ unread, find, leaveOut }, names);
}

/** Goes through the rows once more each time: what was known before may be forgotten for what was read since. */
type FindUnread = () => Steps<UnreadRecords[]>;

/** The same for whatever is not read. @returns false when nothing is to be written */
export async function readAllOf(find: FindUnread, names: Names): Promise<boolean> {
  const turns = new Turns();
  const unread = await turns.through(joined(await turns.through(find())));
  const { t } = vscode.l10n;
  const leaveOut = countOf(unread) === 1 ? t('Leave It Out') : t('Leave Them Out');
  const chosen = await chosenPlan(unread, leaveOut);
  return chosen === 'read' ? readPlanned({ unread, find, leaveOut }, names) : chosen === 'leaveOut';
}

/** Asks when there are more to read than the user's setting. @param leaveOut what it is called to go on without them */
async function chosenPlan(
  unread: readonly UnreadRecords[],
  leaveOut: string,
): Promise<'read' | 'leaveOut' | 'cancelled'> {
  const [first] = unread;
  const count = countOf(unread);
  if (!first || count <= readSettings().confirmAbove) return 'read';
  const isOne = count === 1;
  const { t } = vscode.l10n;
  const read = isOne ? t('Read It') : t('Read Them');
  const plan = planOf(first, count, callsFor(unread));
  const detail = detailOf(first, isOne);
  const chosen = await vscode.window.showInformationMessage(plan, { modal: true, detail }, read, leaveOut);
  if (chosen === read) return 'read';
  return chosen === leaveOut ? 'leaveOut' : 'cancelled';
}

/** Reads them all. @returns false when that was cancelled, or the user does not want to go on without those that could not be read */
async function readPlanned(
  {
    unread,
    find,
    leaveOut,
  }: { readonly unread: readonly UnreadRecords[]; readonly find: FindUnread; readonly leaveOut: string },
  names: Names,
): Promise<boolean> {
  const [first] = unread;
  if (!first) return true;
  const failure = await readRecords(unread, names);
  if (failure?.kind === 'cancelled') return false;
  const turns = new Turns();
  const left = failure ? 0 : countOf(await turns.through(joined(await turns.through(find()))));
  if (!failure && left === 0) return true;
  const { type } = unread.find(({ account, type }) => names.failureOf(account, type)) ?? first;
  const why = failure
    ? whyNot(first, failure, { type, isAll: names.isHalted(first.account, type) })
    : vscode.l10n.t(
        'Names or properties of {0} are still not read: they may take at most 200 MB of memory.',
        howMany(left, 'records'),
      );
  const chosen = await vscode.window.showWarningMessage(why, leaveOut);
  return chosen === leaveOut;
}

/** Each record once for each account, object type and choice of properties: several look-ups may have the same. */
export function* joined(unread: readonly UnreadRecords[]): Steps<UnreadRecords[]> {
  const all = new Map<string, UnreadRecords>();
  for (const each of unread) {
    const key = JSON.stringify([each.account.id, each.type, each.properties]);
    const known = all.get(key);
    all.set(key, known ? { ...known, ids: yield* union(known.ids, each.ids) } : each);
  }
  return [...all.values()];
}

function* union(...sets: readonly ReadonlySet<string>[]): Steps<ReadonlySet<string>> {
  const all = new Set<string>();
  let added = 0;
  for (const ids of sets) {
    for (const id of ids) {
      all.add(id);
      if (++added % idRowsAStep === 0) yield idRowsAStep;
    }
  }
  return all;
}

function planOf({ what, account }: UnreadRecords, count: number, calls: number): string {
  const { t } = vscode.l10n;
  const parts = [howMany(calls, 'leastCalls'), accountTitle(account)] as const;
  switch (what) {
    case 'names':
      return t('{0} not read yet: {1}, {2}', howMany(count, 'names'), ...parts);
    case 'values':
      return t('Properties of {0} not read yet: {1}, {2}', howMany(count, 'records'), ...parts);
    case 'existence':
      return t('Not checked yet whether they exist: {0} ({1}, {2})', howMany(count, 'records'), ...parts);
  }
}

/** What it means to go on without. */
function detailOf({ what }: UnreadRecords, isOne: boolean): string {
  const { t } = vscode.l10n;
  switch (what) {
    case 'names':
      return isOne ? t('Otherwise its cell stays empty.') : t('Otherwise their cells stay empty.');
    case 'values':
      return isOne
        ? t('Otherwise its cells say that they are not read.')
        : t('Otherwise their cells say that they are not read.');
    case 'existence':
      return t('Otherwise this stays unknown.');
  }
}

/** @param of the object type that failed, and whether nothing more is read of it or only some records failed */
function whyNot(
  { what }: UnreadRecords,
  failure: Failure,
  { type, isAll }: { readonly type: string; readonly isAll: boolean },
): string {
  const { t } = vscode.l10n;
  const { sentence } = failureNotice(failure, scopesForPair(type, type));
  if (what === 'existence') return t('Whether these records exist could not be read. {0}', sentence);
  if (what === 'values') {
    return isAll
      ? t('Properties could not be read. {0}', sentence)
      : t('Some properties could not be read. {0}', sentence);
  }
  return isAll ? t('Names could not be read. {0}', sentence) : t('Some names could not be read. {0}', sentence);
}
