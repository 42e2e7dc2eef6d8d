/** Which rows are shown, and in which order: chip, filter and sort over {@link Rows}. Pure. */

import type { RecordState } from '../domain/associations.ts';
import type { Labels } from '../domain/labels.ts';
import { cut } from '../text/cellText.ts';
import type { Column, PanelView } from '../treaty/panelMessages.ts';
import { sortByKey } from './rowOrder.ts';
import { idKey, noLabels, plainProblemText, type Rows, type RowWords } from './rows.ts';

/** Rows in the order shown: row numbers of {@link Rows}, or undefined for all rows in the order asked. */
export type RowSelection = Uint32Array<ArrayBuffer> | undefined;

export type RowChoice = Pick<PanelView, 'filter' | 'chip' | 'sort'>;

export function selectRows(rows: Rows, choice: RowChoice, words: RowWords): RowSelection {
  const ofChip = byChip(rows, choice.chip);
  const terms = choice.filter.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 30);
  const shown = terms.length === 0 ? ofChip : byTerms(rows, ofChip, terms, words);
  if (!choice.sort || rows.length === 0) return shown;
  const { column, descending } = choice.sort;
  const sorted = shown ?? everyRow(rows);
  const keys = sortKeys(rows, column, words);
  sortByKey(sorted, keys, descending);
  if (column === 'record' || column === 'associated') orderLongIds(rows, sorted, keys, column, descending);
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
function byTerms(rows: Rows, among: RowSelection, terms: readonly string[], words: RowWords): Uint32Array<ArrayBuffer> {
  const { answer } = rows;
  const all = 2 ** terms.length - 1;
  const found = (text: string | undefined, mask = 0) => {
    if (text === undefined || mask === all) return mask;
    const lower = text.toLowerCase();
    for (let term = 0; term < terms.length; term++) if (lower.includes(terms[term]!)) mask |= 1 << term;
    return mask;
  };
  const inLabels = perSet(rows, ({ primary, labels }) =>
    labels.reduce((mask, { text }) => found(text, mask), primary ? found('primary') : 0),
  );
  const digits = terms.map((term) => /^\d+$/.test(term));
  const anyDigits = digits.includes(true);
  let last = -1;
  let inRecord = 0;
  return pick(
    rows,
    (row) => {
      const record = rows.record(row);
      if (record !== last) {
        last = record;
        const id = answer.recordId(record);
        const problem = answer.problem(record);
        inRecord = found(words.sourceOf?.(record), found(words.nameOf?.('record', id), found(id)));
        if (problem) inRecord = found((words.problemText ?? plainProblemText)(problem), inRecord);
      }
      const set = rows.set(row);
      if (set === noLabels) return inRecord === all;
      let mask = inRecord | inLabels(set);
      if (mask === all) return true;
      if (!anyDigits && !words.nameOf) return false;
      const toId = rows.toId(row)!;
      if (anyDigits)
        for (let term = 0; term < terms.length; term++)
          if (digits[term] && toId.includes(terms[term]!)) mask |= 1 << term;
      return mask === all || (words.nameOf !== undefined && found(words.nameOf('associated', toId), mask) === all);
    },
    among,
  );
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
function sortKeys(rows: Rows, column: Column, words: RowWords): Float64Array {
  const { answer } = rows;
  const keys = new Float64Array(rows.length);
  if (column === 'associated') {
    for (let row = 0; row < keys.length; row++) keys[row] = rows.toIdKey(row);
  } else if (column === 'labels') {
    const sets = new Uint32Array(rows.length);
    for (let row = 0; row < sets.length; row++) sets[row] = rows.set(row);
    const texts = rows
      .allLabels()
      .map(({ primary, labels }) =>
        primary || labels.length > 0
          ? [...(primary ? [''] : []), ...labels.map(({ text }) => text.toLowerCase())].join('\n')
          : undefined,
      );
    const ranks = ranksOf(texts);
    for (let row = 0; row < keys.length; row++) {
      const set = sets[row]!;
      keys[row] = set === noLabels ? Number.POSITIVE_INFINITY : ranks[set]!;
    }
  } else {
    const sourceRanks =
      column === 'source'
        ? ranksOf(Array.from({ length: answer.counts.asked }, (_, record) => words.sourceOf?.(record)))
        : undefined;
    let last = -1;
    let key = 0;
    for (let row = 0; row < keys.length; row++) {
      const record = rows.record(row);
      if (record !== last) {
        last = record;
        if (column === 'record') key = idKey(answer.recordId(record));
        else if (sourceRanks) key = sourceRanks[record]!;
        else key = answer.truncation(record) ? 3 : stateOrder[answer.state(record)];
      }
      keys[row] = key;
    }
  }
  return keys;
}

/** The place of each text among all of them, with numbers in them compared as numbers; equal texts share a place. */
function ranksOf(texts: readonly (string | undefined)[]): number[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const distinct = [...new Set(texts.filter((text) => text !== undefined))].sort(compare);
  const ranks = new Map(distinct.map((text, rank) => [text, rank]));
  return texts.map((text) => (text === undefined ? Number.POSITIVE_INFINITY : ranks.get(text)!));
}

/** Beyond 2^53 neighbouring ids share a double: within such runs the digits themselves decide. */
function orderLongIds(
  rows: Rows,
  sorted: Uint32Array,
  keys: Float64Array,
  column: 'record' | 'associated',
  descending: boolean,
) {
  let long = false;
  for (const key of keys) if (key > Number.MAX_SAFE_INTEGER && key < Number.POSITIVE_INFINITY) long = true;
  if (!long) return;
  const id = (row: number) => (column === 'record' ? rows.answer.recordId(rows.record(row)) : rows.toId(row)!);
  for (let from = 0; from < sorted.length; ) {
    const key = keys[sorted[from]!]!;
    let to = from + 1;
    if (key > Number.MAX_SAFE_INTEGER && key < Number.POSITIVE_INFINITY) {
      while (to < sorted.length && keys[sorted[to]!] === key) to++;
      if (to - from > 1) {
        const run = Array.from(sorted.subarray(from, to), (row) => ({ row, id: id(row) }));
        run.sort((a, b) => (a.id === b.id ? 0 : a.id < b.id !== descending ? -1 : 1));
        sorted.set(
          run.map(({ row }) => row),
          from,
        );
      }
    }
    from = to;
  }
}
