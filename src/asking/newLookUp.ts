/** From ids that were read to a look-up: the two questions, what the reading left open, the plan, the start. */
import * as vscode from 'vscode';
import type { Account, Accounts } from '../accounts/accounts.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { everyType, type TypeChoice } from '../core/domain/everyType.ts';
import type { GroupMember } from '../core/domain/group.ts';
import { howMany } from '../editor/howMany.ts';
import { sayWhyNot } from '../editor/said.ts';
import { Turns } from '../editor/turns.ts';
import type { Exporting } from '../exporting/exporting.ts';
import { type GivenIds, givenIds, type ReadText } from '../ids/givenIds.ts';
import { chooseUnsure, showIgnored } from '../ids/readingChoices.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { confirmPlan } from './confirmPlan.ts';
import type { LastChoice, LastPairs, Pair, Wanted } from './lastPairs.ts';
import { type OtherChoice, pickFromType, pickToType } from './pickObjectTypes.ts';

export interface NewLookUpParts {
  readonly exporting: Exporting;
  readonly accounts: Accounts;
  readonly catalog: ObjectTypeCatalog;
  readonly lastPairs: LastPairs;
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  /** Shows a look-up, or look-ups that are held together, in the tree and in a panel. */
  readonly show: (id: string, record?: number) => void;
}

/** Checks the pairs that what was read holds, instead of looking up its ids. */
export type CheckInstead = () => Promise<void>;

type Other = 'unsure' | 'ignored' | 'byType' | 'pairs';

/**
 * Starts a look-up of what was read, after the questions it needs.
 * @param again true takes the object types of the last look-up without asking, where there was one
 * @param checkInstead where it holds pairs
 * @returns false when there is no id to ask for, not even an unsure one; true also where the user cancelled
 */
export async function startLookUp(
  read: ReadText,
  parts: NewLookUpParts,
  again = false,
  checkInstead?: CheckInstead,
): Promise<boolean> {
  let given = await givenIds(read);
  if (given === 'cancelled') return true;
  if (given.ids.length === 0) {
    if (read.reading.unsure.length === 0) return false;
    const chosen = await chooseUnsure(read.reading, read.uri);
    if (!chosen?.length) return true;
    given = await givenIds(read, chosen);
    if (given === 'cancelled') return true;
  }
  const account = parts.accounts.active;
  const [last] = parts.lastPairs.of(account);
  if (again && last) await runWanted(last, given, account, read, parts);
  else await askAndRun(given, account, read, parts, checkInstead);
  return true;
}

/**
 * Looks up what was read with every object type: one question less.
 * @returns false when there is no id to ask for
 */
export async function startEverything(read: ReadText, parts: NewLookUpParts): Promise<boolean> {
  const given = await givenIds(read);
  if (given === 'cancelled') return true;
  if (given.ids.length === 0) return false;
  const account = parts.accounts.active;
  const choice = await pickFromType<never>(parts.catalog, account, {
    title: titleOf(given),
    last: parts.lastPairs.of(account),
    hints: hintsOf(given),
    others: [],
  });
  if (choice && 'type' in choice) {
    await runWanted({ from: choice.type, wanted: { kind: 'all' } }, given, account, read, parts);
  }
  return true;
}

/** The two questions, and the look-up. After a look at what the reading left open the first question comes again. */
async function askAndRun(
  given: GivenIds,
  account: Account,
  read: ReadText,
  parts: NewLookUpParts,
  checkInstead?: CheckInstead,
): Promise<void> {
  const last = parts.lastPairs.of(account);
  const choice = await pickFromType(parts.catalog, account, {
    title: titleOf(given),
    last,
    hints: hintsOf(given),
    others: [...pairsChoice(checkInstead), ...othersOf(given, read, parts.catalog, account)],
  });
  if (!choice) return;
  if ('type' in choice) {
    const wanted = await pickToType(parts.catalog, account, last, choice.type);
    if (wanted) await runWanted({ from: choice.type, wanted }, given, account, read, parts);
  } else if (choice.other === 'pairs') await checkInstead?.();
  else if (choice.other === 'byType') {
    const wanted = await pickToType(parts.catalog, account, last, undefined);
    if (wanted?.kind === 'one') await runByType(wanted.to, given, account, read, parts);
  } else if (choice.other === 'unsure') {
    const chosen = await chooseUnsure(read.reading, read.uri);
    const widened = chosen ? await givenIds(read, chosen) : given;
    if (widened !== 'cancelled') await askAndRun(widened, account, read, parts, checkInstead);
  } else if (!(await showIgnored(read.reading, read.uri))) await askAndRun(given, account, read, parts, checkInstead);
}

function pairsChoice(checkInstead: CheckInstead | undefined): OtherChoice<Other>[] {
  if (!checkInstead) return [];
  const { t } = vscode.l10n;
  return [
    {
      key: 'pairs',
      isFirst: false,
      label: t('Check HubSpot Pairs...'),
      description: t('does HubSpot have the pairs of two columns?'),
    },
  ];
}

/** "312 record ids (17982944313, 17982959798, ...)": how many and the first ones, before anything is sent. */
function titleOf({ ids }: Pick<GivenIds, 'ids'>): string {
  const first = ids.slice(0, 2).join(', ') + (ids.length > 2 ? ', ...' : '');
  return ids.length === 1
    ? vscode.l10n.t('Record ID {0}', first)
    : vscode.l10n.t('{0} record IDs ({1})', ids.length.toLocaleString(), first);
}

/** The types the ids seem to be of: the one that is clear, or all that some of them are. */
function hintsOf({ hint, groups }: GivenIds): string[] {
  return hint === undefined ? groups.flatMap(({ objectType }) => objectType ?? []) : [hint];
}

function othersOf(
  { groups, ids }: GivenIds,
  { reading }: ReadText,
  catalog: ObjectTypeCatalog,
  account: Account,
): OtherChoice<Other>[] {
  const { t } = vscode.l10n;
  const used = ids.length.toLocaleString();
  const groupWords = groups.map((group) => {
    const count = group.ids.length.toLocaleString();
    const { objectType } = group;
    return objectType ? `${count} ${catalog.find(objectType, account).pluralLabel}` : t('{0} of unknown type', count);
  });
  const others: OtherChoice<Other>[] = [];
  if (groups.length > 1)
    others.push({ key: 'byType', isFirst: true, label: t('Each by its own type'), description: groupWords.join(', ') });
  if (reading.unsure.length > 0) {
    const label = t('Choose among {0}...', howMany(reading.unsure.length, 'unsureNumbers'));
    others.push({ key: 'unsure', isFirst: false, label });
  }
  if (reading.ignored.length > 0) {
    const label = t('{0} used, {1} ignored: show why...', used, reading.ignored.length.toLocaleString());
    others.push({ key: 'ignored', isFirst: false, label });
  }
  return others;
}

/** @param choice of the user, now or the last time */
function runWanted(choice: LastChoice, given: GivenIds, account: Account, read: ReadText, parts: NewLookUpParts) {
  const { from, wanted } = choice;
  if (wanted.kind === 'one') return run({ from, to: wanted.to }, given, account, read, parts);
  return runTypes({ from, wanted }, given, account, read, parts);
}

/** A look-up for each of several object types, held together. */
async function runTypes(
  choice: LastChoice,
  given: GivenIds,
  account: Account,
  read: ReadText,
  parts: NewLookUpParts,
): Promise<void> {
  const types = await typesWanted(choice.wanted, account, parts.catalog);
  const asked = types.filter(({ notAsked }) => !notAsked).length;
  if (!(await confirmPlan(given.ids.length, account, { types: asked }))) return;
  const remembered = parts.lastPairs.remember(account, choice);
  const { places } = given;
  parts.show(parts.groups.start({ from: choice.from, ids: given.asked }, types, { account, places, read }).id);
  await remembered;
}

/**
 * The types that are asked, and those that are not. For all of them HubSpot is asked of which the account has records. Where it
 * does not tell of the account's own types, that is said: nothing in the answer would.
 */
export async function typesWanted(
  wanted: Wanted,
  account: Account,
  catalog: ObjectTypeCatalog,
): Promise<readonly TypeChoice[]> {
  if (wanted.kind === 'one') return [{ to: wanted.to }];
  if (wanted.kind === 'several') return wanted.types.map((to) => ({ to }));
  const { types, records, isAll } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading which object types have records') },
    () => catalog.everyType(account),
  );
  if (!isAll) sayWhyNot(vscode.l10n.t('Custom objects are not looked up: HubSpot could not be asked which there are.'));
  return everyType(types, records, account.scopes);
}

async function run(pair: Pair, given: GivenIds, account: Account, read: ReadText, parts: NewLookUpParts) {
  const choice = await confirmPlan(given.ids.length, account);
  if (!choice) return;
  const question = { ...pair, ids: given.asked };
  const target = choice === 'export' ? await parts.exporting.askForTarget({ account, question }) : undefined;
  if (choice === 'export' && !target) return;
  const remembered = parts.lastPairs.remember(account, { from: pair.from, wanted: { kind: 'one', to: pair.to } });
  const { entry, finished } = parts.lookUps.run(question, account, given.places, read);
  if (!target) parts.show(entry.id);
  // Only after that: VS Code tells when it has written it, and the table need not wait for the disk.
  await remembered;
  if (target) await parts.exporting.exportWhenRead(entry, finished, target);
}

/**
 * One look-up for each object type that the ids seem to be of, held together. Where nothing tells the type of some ids, the user
 * is asked.
 */
async function runByType(to: string, given: GivenIds, account: Account, read: ReadText, parts: NewLookUpParts) {
  if (!(await confirmPlan(given.ids.length, account, { types: 1, mayExport: false }))) return;
  const members: GroupMember[] = [];
  for (const { objectType, ids } of given.groups) {
    const from =
      objectType === undefined ? await typeOf(ids, account, parts) : parts.catalog.find(objectType, account).name;
    if (from === undefined) continue;
    const { asked, places } = await new Turns().through(given.places.choosing(ids));
    const { entry } = parts.lookUps.run({ from, to, ids: asked }, account, places, read);
    members.push({ from, to, lookUp: entry.id });
    parts.show(entry.id);
  }
  if (members.length > 1) parts.groups.make(members, false);
}

async function typeOf(
  ids: readonly string[],
  account: Account,
  { catalog }: NewLookUpParts,
): Promise<string | undefined> {
  const choice = await pickFromType(catalog, account, { title: titleOf({ ids }), last: [], hints: [], others: [] });
  return choice && 'type' in choice ? choice.type : undefined;
}
