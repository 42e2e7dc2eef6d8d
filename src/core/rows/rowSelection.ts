/** Which rows are shown, and in which order: chip, filter and sort over {@link Rows}. Pure. */

import type { RecordState } from '../domain/associations.ts';
import type { Labels } from '../domain/labels.ts';
import { cut } from '../text/cellText.ts';
import type { Column, PanelView } from '../treaty/panelMessages.ts';
import { sortByKey } from './rowOrder.ts';
import { idKey, noLabels, plainProblemText, type RowContext, type Rows } from './rows.ts';

/** Rows in the order shown: row numbers of {@link Rows}, or undefined for all rows in the order asked. */
export type RowSelection = Uint32Array<ArrayBuffer> | undefined;

export type RowChoice = Pick<PanelView, 'filter' | 'chip' | 'sort'>;
type Sort = NonNullable<RowChoice['sort']>;

export function selectRows(rows: Rows, choice: RowChoice, context: RowContext): RowSelection {
  const ofChip = byChip(rows, choice.chip);
  const terms = choice.filter.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 30);
  const shown = terms.length === 0 ? ofChip : byTerms(rows, ofChip, terms, context);
  if (!choice.sort || rows.length === 0) return shown;
  const { column, descending } = choice.sort;
  const sorted = shown ?? everyRow(rows);
  const keys = sortKeys(rows, column, context);
  sortByKey(sorted, keys, descending);
  if (column === 'record' || column === 'associated') orderLongIds(rows, sorted, keys, choice.sort);
  return sorted;
}

function everyRow(rows: Rows): Uint32Array<ArrayBuffer> {
  const every = new Uint32Array(rows.length);
  for (let row = 0; row < every.length; row++) every[row] = row;
  return every;
}

function byChip(rows: Rows, chip: string): RowSelection {
  if (chip === 'all') return undefined;
  const { answer } = rows;
  if (chip === 'truncated') return pick(rows, (row) => answer.truncation(rows.record(row)) !== undefined);
  if (isState(chip)) return pick(rows, (row) => rows.state(row) === chip);
  const label = chip.startsWith('label:') ? chip.slice('label:'.length) : undefined;
  const has = perSet(rows, ({ primary, labels }) =>
    label === undefined ? chip === 'primary' && primary : labels.some(({ text }) => cut(text) === label),
  );
  return pick(rows, (row) => {
    const set = rows.set(row);
    return set !== noLabels && has(set);
  });
}

/** Works something out once for each set of labels. */
function perSet<Made>(rows: Rows, make: (labels: Labels) => Made): (set: number) => Made {
  const made: Made[] = [];
  return (set) => {
    if (!(set in made)) made[set] = make(rows.labels(set));
    return made[set]!;
  };
}

function isState(chip: string): chip is RecordState {
  return chip === 'found' || chip === 'none' || chip === 'failed' || chip === 'notRead';
}

/** Each term has to be somewhere in the row. What belongs to a record or to a set of labels is looked at once for all its rows. */
function byTerms(
  rows: Rows,
  among: RowSelection,
  terms: readonly string[],
  context: RowContext,
): Uint32Array<ArrayBuffer> {
  const search = new TermSearch(terms);
  const { all } = search;
  const inLabels = perSet(rows, ({ primary, primaryLabel = 'primary', labels }) =>
    labels.reduce((mask, { text }) => search.found(text, mask), primary ? search.found(primaryLabel) : 0),
  );
  let last = -1;
  let inRecord = 0;
  return pick(
    rows,
    (row) => {
      const record = rows.record(row);
      if (record !== last) {
        last = record;
        inRecord = foundInRecord(search, rows, record, context);
      }
      const set = rows.set(row);
      if (set === noLabels) return inRecord === all;
      const mask = inRecord | inLabels(set);
      if (mask === all) return true;
      if (!search.anyDigits && !context.nameOf) return false;
      const toId = rows.toId(row)!;
      const withId = search.foundInId(toId, mask);
      return withId === all || search.found(context.nameOf?.('associated', toId), withId) === all;
    },
    among,
  );
}

/** Which of the terms are in the texts of a record: a bit for each. */
function foundInRecord(search: TermSearch, { answer }: Rows, record: number, context: RowContext): number {
  const id = answer.recordId(record);
  const problem = answer.problem(record);
  const mask = search.found(context.placeOf?.(record), search.found(context.nameOf?.('record', id), search.found(id)));
  return problem ? search.found((context.problemText ?? plainProblemText)(problem), mask) : mask;
}

/** The terms of a filter, and which of them a text contains: a bit for each term, put on top of those found before. */
class TermSearch {
  readonly #terms: readonly string[];
  readonly #isNumber: readonly boolean[];
  readonly anyDigits: boolean;
  /** The mask of a row that has every term. */
  readonly all: number;

  /** @param terms in lower case, at most 30 */
  constructor(terms: readonly string[]) {
    this.#terms = terms;
    this.#isNumber = terms.map((term) => /^\d+$/.test(term));
    this.anyDigits = this.#isNumber.includes(true);
    this.all = 2 ** terms.length - 1;
  }

  found(text: string | undefined, mask = 0): number {
    if (text === undefined || mask === this.all) return mask;
    const lower = text.toLowerCase();
    let more = mask;
    for (let term = 0; term < this.#terms.length; term++) if (lower.includes(this.#terms[term]!)) more |= 1 << term;
    return more;
  }

  /** An id has nothing but digits, so no other term can be in it. */
  foundInId(id: string, mask: number): number {
    if (!this.anyDigits) return mask;
    let more = mask;
    for (let term = 0; term < this.#terms.length; term++) {
      if (this.#isNumber[term] && id.includes(this.#terms[term]!)) more |= 1 << term;
    }
    return more;
  }
}

function pick(rows: Rows, wanted: (row: number) => boolean, among?: RowSelection): Uint32Array<ArrayBuffer> {
  const length = among?.length ?? rows.length;
  const picked = new Uint32Array(length);
  let count = 0;
  for (let at = 0; at < length; at++) {
    const row = among ? among[at]! : at;
    if (wanted(row)) picked[count++] = row;
  }
  return picked.slice(0, count);
}

const stateOrder: Readonly<Record<RecordState, number>> = { failed: 0, notRead: 1, none: 2, found: 4 };

/** A number for each row that sorts as the column does; Infinity where the row has nothing in that column. */
function sortKeys(rows: Rows, column: Column, context: RowContext): Float64Array {
  if (column === 'associated') return keysByRow(rows, (row) => rows.toIdKey(row));
  if (column === 'labels') return labelKeys(rows);
  return keysByRecord(rows, recordKey(rows, column, context));
}

function keysByRow(rows: Rows, keyOf: (row: number) => number): Float64Array {
  const keys = new Float64Array(rows.length);
  for (let row = 0; row < keys.length; row++) keys[row] = keyOf(row);
  return keys;
}

/** The rows of a record stand together, so its key is worked out once. */
function keysByRecord(rows: Rows, keyOf: (record: number) => number): Float64Array {
  let last = -1;
  let key = 0;
  return keysByRow(rows, (row) => {
    const record = rows.record(row);
    if (record !== last) {
      last = record;
      key = keyOf(record);
    }
    return key;
  });
}

function recordKey(
  { answer }: Rows,
  column: Exclude<Column, 'associated' | 'labels'>,
  context: RowContext,
): (record: number) => number {
  if (column === 'record') return (record) => idKey(answer.recordId(record));
  if (column === 'state') return (record) => (answer.truncation(record) ? 3 : stateOrder[answer.state(record)]);
  const ranks = ranksOf(Array.from({ length: answer.counts.asked }, (_, record) => context.placeOf?.(record)));
  return (record) => ranks[record]!;
}

/** Primary before the labels, which go by their texts. */
function labelKeys(rows: Rows): Float64Array {
  // The sets of all rows are seen first: only then does allLabels know each of them.
  const sets = new Uint32Array(rows.length);
  for (let row = 0; row < sets.length; row++) sets[row] = rows.set(row);
  const texts = rows.allLabels().map(({ primary, labels }) => {
    const context = labels.map(({ text }) => text.toLowerCase());
    if (primary) context.unshift('');
    return context.length > 0 ? context.join('\n') : undefined;
  });
  const ranks = ranksOf(texts);
  return keysByRow(rows, (row) => (sets[row] === noLabels ? Number.POSITIVE_INFINITY : ranks[sets[row]!]!));
}

/** The place of each text among all of them, with numbers in them compared as numbers; equal texts share a place. */
function ranksOf(texts: readonly (string | undefined)[]): number[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const distinct = [...new Set(texts.filter((text) => text !== undefined))].sort(compare);
  const ranks = new Map(distinct.map((text, rank) => [text, rank]));
  return texts.map((text) => (text === undefined ? Number.POSITIVE_INFINITY : ranks.get(text)!));
}

/** Beyond 2^53 neighbouring ids share a double: within such runs the digits themselves decide. */
function orderLongIds(rows: Rows, sorted: Uint32Array, keys: Float64Array, { column, descending }: Sort): void {
  if (!keys.some(isInexact)) return;
  const id = (row: number) => (column === 'record' ? rows.answer.recordId(rows.record(row)) : rows.toId(row)!);
  for (let from = 0; from < sorted.length; ) {
    const key = keys[sorted[from]!]!;
    let to = from + 1;
    if (isInexact(key)) while (to < sorted.length && keys[sorted[to]!] === key) to++;
    if (to - from > 1) orderById(sorted.subarray(from, to), id, descending);
    from = to;
  }
}

function isInexact(key: number): boolean {
  return key > Number.MAX_SAFE_INTEGER && key < Number.POSITIVE_INFINITY;
}

/** Sorts these rows in place. Their ids have the same number of digits, so they sort as text. */
function orderById(rows: Uint32Array, idOf: (row: number) => string, descending: boolean): void {
  const run = Array.from(rows, (row) => ({ row, id: idOf(row) }));
  run.sort((a, b) => (a.id === b.id ? 0 : a.id < b.id !== descending ? -1 : 1));
  rows.set(run.map(({ row }) => row));
}
