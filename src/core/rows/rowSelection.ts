/** Which rows are shown, and in which order: chips, filter and sort over {@link Rows}. Pure. */

import type { ColumnSort, PanelView } from '../treaty/panelView.ts';
import type { Column } from './column.ts';
import { chosenBy, perSet } from './rowChips.ts';
import { sortByKey } from './rowOrder.ts';
import { noLabels, type RowContext, type Rows } from './rows.ts';
import { rowsAStep, type Steps, stretches, textAStep } from './steps.ts';
import { TermSearch } from './termSearch.ts';

/** Rows in the order shown: row numbers of {@link Rows}, or undefined for all rows in the order asked. */
export type RowSelection = Uint32Array<ArrayBuffer> | undefined;

/** What of a view decides on the rows. Keys of columns that there are not are passed over. */
export type RowChoice = Pick<PanelView, 'filter' | 'chips' | 'sort'>;

/**
 * @param rows their sets of labels have been counted: a filter looks into those that are known
 * @param columns those shown: a filter finds nothing in the others, which rows can be sorted by all the same
 */
export function* selectRows(
  rows: Rows,
  choice: RowChoice,
  context: RowContext,
  columns: { readonly all: readonly Column[]; readonly shown: readonly Column[] },
): Steps<RowSelection> {
  const isChosen = choice.chips.length > 0 ? chosenBy(choice.chips, rows, context) : undefined;
  const ofChips = isChosen && (yield* picked(rows, isChosen));
  const search = new TermSearch(choice.filter);
  const shown =
    search.all === 0 ? ofChips : yield* picked(rows, hasTerms(rows, search, columns.shown), ofChips, search);
  const sorts = sortsOf(choice.sort, columns.all);
  if (sorts.length === 0) return shown;
  const sorted = new Uint32Array(shown?.length ?? rows.length);
  yield* stretches(sorted.length, (from, to) => {
    for (let at = from; at < to; at++) sorted[at] = shown ? shown[at]! : at;
  });
  // Sorting is stable, so the one that counts most comes last.
  for (const { column, descending } of sorts.reverse()) yield* sortByColumn(rows, sorted, shown, column, descending);
  return sorted;
}

interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}

/** Each column once: sorting by it again could change nothing. */
export function sortsOf(sort: readonly ColumnSort[], columns: readonly Column[]): Sort[] {
  const sorts = new Map<string, Sort>();
  for (const { column: key, descending } of sort) {
    const column = columns.find((each) => each.key === key);
    if (column && !sorts.has(key)) sorts.set(key, { column, descending });
  }
  return [...sorts.values()];
}

function* picked(
  rows: Rows,
  isWanted: (row: number) => boolean,
  among?: RowSelection,
  search?: TermSearch,
): Steps<Uint32Array<ArrayBuffer>> {
  const length = among?.length ?? rows.length;
  const wanted = new Uint32Array(length);
  let count = 0;
  yield* stretches(length, (from, to) => {
    const enough = search && search.length + textAStep;
    for (let at = from; at < to; at++) {
      const row = among ? among[at]! : at;
      if (isWanted(row)) wanted[count++] = row;
      if (enough !== undefined && search!.length > enough) return at + 1;
    }
    return to;
  });
  return count === length ? wanted : yield* copied(wanted.subarray(0, count));
}

/** In a buffer of their own size. To copy ten million at once would take several frames, since their memory has to be made. */
function* copied(rows: Uint32Array): Steps<Uint32Array<ArrayBuffer>> {
  const made = new Uint32Array(rows.length);
  yield* stretches(rows.length, (from, to) => made.set(rows.subarray(from, to), from));
  return made;
}

/** Each term has to be in a cell of the row. What belongs to a record or to a set of labels is looked at once for all its rows. */
function hasTerms(rows: Rows, search: TermSearch, columns: readonly Column[]): (row: number) => boolean {
  const findersOf = (of: Column['of']) =>
    columns.filter((column) => column.of === of).map((column) => column.finder(search));
  const [ofRecord, ofSet, ofRow] = [findersOf('record'), findersOf('set'), findersOf('row')];
  const inSet = perSet(rows, (_, set) => ofSet.reduce((mask, find) => find(set, mask), 0));
  const isInSets = rows.allLabels().some((_, set) => inSet(set) > 0);
  const { all } = search;
  let last = -1;
  let inRecord = 0;
  return (row) => {
    const record = rows.record(row);
    if (record !== last) {
      last = record;
      inRecord = 0;
      for (const find of ofRecord) inRecord = find(record, inRecord);
    }
    const set = isInSets ? rows.set(row) : noLabels;
    let mask = set === noLabels ? inRecord : inRecord | inSet(set);
    for (let at = 0; at < ofRow.length && mask !== all; at++) mask = ofRow[at]!(row, mask);
    return mask === all;
  };
}

/** @param among the rows to sort in the order asked, in which the rows of a record stand together; undefined for all */
function* sortByColumn(
  rows: Rows,
  sorted: Uint32Array<ArrayBuffer>,
  among: RowSelection,
  column: Column,
  descending: boolean,
): Steps<void> {
  const keyOf = keyOfRow(rows, column, yield* column.sortKeys());
  const keys = new Float64Array(rows.length);
  let isInexact = false;
  yield* stretches(sorted.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = among ? among[at]! : at;
      const key = keyOf(row);
      keys[row] = key;
      isInexact ||= isBeyondExact(key);
    }
  });
  yield* sortByKey(sorted, keys, descending);
  if (isInexact && column.idOf) yield* orderLongIds(sorted, keys, (row) => column.idOf?.(row) ?? '', descending);
}

function keyOfRow(rows: Rows, { of }: Column, keyOf: (which: number) => number): (row: number) => number {
  if (of === 'row') return keyOf;
  if (of === 'set') {
    return (row) => {
      const set = rows.set(row);
      return set === noLabels ? Number.POSITIVE_INFINITY : keyOf(set);
    };
  }
  let last = -1;
  let key = 0;
  return (row) => {
    const record = rows.record(row);
    if (record !== last) {
      last = record;
      key = keyOf(record);
    }
    return key;
  };
}

/** Beyond 2^53 neighbouring ids share a double: within such runs the digits themselves decide. */
function* orderLongIds(
  sorted: Uint32Array,
  keys: Float64Array,
  idOf: (row: number) => string,
  descending: boolean,
): Steps<void> {
  for (let from = 0, done = 0; from < sorted.length; ) {
    const key = keys[sorted[from]!]!;
    let to = from + 1;
    if (isBeyondExact(key)) while (to < sorted.length && keys[sorted[to]!] === key) to++;
    if (to - from > 1) orderById(sorted.subarray(from, to), idOf, descending);
    from = to;
    if (from - done < rowsAStep) continue;
    yield from - done;
    done = from;
  }
}

function isBeyondExact(key: number): boolean {
  return key > Number.MAX_SAFE_INTEGER && key < Number.POSITIVE_INFINITY;
}

/** Sorts these rows in place. Their ids have the same number of digits, so they sort as text. */
function orderById(rows: Uint32Array, idOf: (row: number) => string, descending: boolean): void {
  const run = Array.from(rows, (row) => ({ row, id: idOf(row) }));
  run.sort((a, b) => (a.id === b.id ? 0 : a.id < b.id !== descending ? -1 : 1));
  rows.set(run.map(({ row }) => row));
}
