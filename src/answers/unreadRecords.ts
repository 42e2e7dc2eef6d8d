/** What rows would say of records and what is not read yet: names, and whether those without association exist. */
import type { Account } from '../accounts/accounts.ts';
import type { Answer } from '../core/domain/associations.ts';
import { isSameObjectType } from '../core/domain/objectTypes.ts';
import { recordBatchLimit } from '../core/hubspot/records.ts';
import { ShownRows } from '../core/rows/answerTable.ts';
import { idsInParts, idsInRows } from '../core/rows/idsInRows.ts';
import { idRowsAStep, type Steps } from '../core/rows/steps.ts';
import { type ChosenProperty, type ColumnsOf, propertyKey } from './propertyColumns.ts';
import type { Names } from './recordNames.ts';

type End = ChosenProperty['end'];

/** Records of one object type of which something is not read. */
export interface UnreadRecords {
  readonly what: 'names' | 'values' | 'existence';
  readonly account: Account;
  readonly type: string;
  readonly ids: ReadonlySet<string>;
  /** Which properties have to be known; all that are read where it is not said. */
  readonly properties?: readonly string[];
  /** Of the same answer, where these are not all of it: a call that has room takes them along. */
  readonly beside?: Iterable<Iterable<string>>;
}

/** The records of these ends that stand beside the rows shown, in parts; none where all rows are shown. */
function* besideOf({ rows, length }: ShownRows, ends: readonly End[]): Generator<Iterable<string>, void> {
  for (const end of length < rows.length ? ends : []) yield* idsInParts(new ShownRows(rows).parts(), end);
}

/** Empty while names are off. Goes through all the rows. */
export function* unreadNames(account: Account, shown: ShownRows, names: Names): Steps<UnreadRecords[]> {
  if (!names.isOn) return [];
  const { from, to } = shown.rows.answer.question;
  const asked = new Set<string>();
  const associated = isSameObjectType(from, to) ? asked : new Set<string>();
  yield* idsOf(shown, (part) => names.unread(account, from, idsInRows(part, 'record')), asked);
  yield* idsOf(shown, (part) => names.unread(account, to, idsInRows(part, 'associated')), associated);
  const ofType = (type: string, ids: ReadonlySet<string>, ends: readonly End[]) =>
    ({ what: 'names', account, type, ids, beside: besideOf(shown, ends) }) as const;
  const unread =
    associated === asked
      ? [ofType(from, asked, ['record', 'associated'])]
      : [ofType(from, asked, ['record']), ofType(to, associated, ['associated'])];
  return unread.filter(({ ids }) => ids.size > 0);
}

/** Adds the ids that are found in some rows after the other. */
function* idsOf(shown: ShownRows, found: (part: ShownRows) => Iterable<string>, ids: Set<string>): Steps<void> {
  for (const part of shown.parts(idRowsAStep)) {
    for (const id of found(part)) ids.add(id);
    yield part.length;
  }
}

/**
 * The records of which a property is not read that is shown of them, or their name where names are on: both are read together.
 * @param isMeant which of the properties shown count
 */
export function* unreadValues(
  lookUp: ColumnsOf & { readonly answer: Answer },
  shown: ShownRows,
  names: Names,
  isMeant: (key: string) => boolean = () => true,
): Steps<UnreadRecords[]> {
  const { answer } = shown.rows;
  if (answer !== lookUp.answer) return [];
  const { from, to } = answer.question;
  const { account } = lookUp;
  const chosen = names.columns.chosen(lookUp).filter((each) => isMeant(propertyKey(each)));
  const unread: (UnreadRecords & { readonly ids: Set<string> })[] = [];
  const isOneType = isSameObjectType(from, to);
  for (const [end, type] of [['record', from] as const, ['associated', to] as const]) {
    const own = chosen.filter((each) => each.end === end).map(({ name }) => name);
    if (own.length === 0) continue;
    const properties = [...own, ...names.displayProperties(account, type)];
    // A call reads all properties of a record, so one that stands at both ends is read once.
    const other = isOneType ? unread.pop() : undefined;
    const ids = other?.ids ?? new Set<string>();
    yield* idsOf(shown, (part) => names.columns.unread(account, type, idsInRows(part, end), properties), ids);
    const ofBoth = [...new Set([...(other?.properties ?? []), ...properties])];
    const beside = besideOf(shown, other ? ['record', end] : [end]);
    if (ids.size > 0) unread.push({ what: 'values', account, type, ids, properties: ofBoth, beside });
  }
  return unread;
}

/**
 * The records without association of which it is not known whether they exist, where somebody has had that checked for others of
 * this answer: what rows say of those looks as if all had been checked.
 */
export function uncheckedRecords(account: Account, shown: ShownRows, names: Names): Steps<UnreadRecords[]> {
  return unchecked(account, shown, names, (ids) => ids);
}

/** The same without those whose names are not read: a name tells on the way whether its record exists. */
export function uncheckedBesideNames(account: Account, shown: ShownRows, names: Names): Steps<UnreadRecords[]> {
  return unchecked(account, shown, names, (ids, type) => {
    const unread = names.unread(account, type, ids);
    return [...ids].filter((id) => !unread.has(id));
  });
}

function* unchecked(
  account: Account,
  shown: ShownRows,
  names: Names,
  meant: (ids: ReadonlySet<string>, type: string) => Iterable<string>,
): Steps<UnreadRecords[]> {
  const { answer } = shown.rows;
  if (!names.isChecked(account, answer.question.from) || !(yield* hasCheckedAny(account, answer, names))) return [];
  return yield* withoutAssociation(account, shown, names, meant);
}

/** The records without association of which it is not known whether they exist, whatever was checked before. */
export function* withoutAssociation(
  account: Account,
  shown: ShownRows,
  names: Names,
  meant: (ids: ReadonlySet<string>, type: string) => Iterable<string> = (ids) => ids,
): Steps<UnreadRecords[]> {
  const type = shown.rows.answer.question.from;
  const ids = new Set<string>();
  yield* idsOf(shown, (part) => meant(names.unchecked(account, type, idsWithoutAssociation(part)), type), ids);
  return ids.size > 0 ? [{ what: 'existence', account, type, ids }] : [];
}

function* hasCheckedAny(account: Account, answer: Answer, names: Names): Steps<boolean> {
  const { existenceOf } = names.recordsOf(account, answer.question.from);
  for (let record = 0; record < answer.asked.length; record++) {
    if (record % idRowsAStep === idRowsAStep - 1) yield idRowsAStep;
    if (answer.state(record) === 'none' && existenceOf(answer.recordId(record)) !== undefined) return true;
  }
  return false;
}

function* idsWithoutAssociation(shown: ShownRows): Generator<string> {
  const { rows, length } = shown;
  for (let place = 0; place < length; place++) {
    const record = rows.record(shown.at(place));
    if (record < rows.records && rows.answer.state(record) === 'none') yield rows.answer.recordId(record);
  }
}

export function countOf(unread: readonly UnreadRecords[]): number {
  return unread.reduce((sum, { ids }) => sum + ids.size, 0);
}

/** How many calls it takes at least; HubSpot's limits may make some be sent again. */
export function callsFor(unread: readonly UnreadRecords[]): number {
  return unread.reduce((sum, { ids }) => sum + Math.ceil(ids.size / recordBatchLimit), 0);
}
