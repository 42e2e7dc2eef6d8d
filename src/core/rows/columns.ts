/**
 * The columns of a table of associations: what a cell shows, what rows are sorted by, and where a filter looks. Screen, sort and filter
 * ask this one list. Pure.
 */

import type { Existence, Gone } from '../domain/cell.ts';
import type { Labels } from '../domain/labels.ts';
import { cut } from '../text/cellText.ts';
import type { PanelRow, TableColumn } from '../treaty/panelMessages.ts';
import { type PanelWord, panelWords } from '../treaty/panelWords.ts';
import { countIn, existenceIn, rowState, stateRank, stateText } from './rowState.ts';
import { idKey, noLabels, plainProblemText, type RowContext, type Rows } from './rows.ts';
import { type Steps, stretches } from './steps.ts';
import type { TermSearch } from './termSearch.ts';
import { textRanks } from './textRanks.ts';

/** Of a record, of a set of labels or of a row, by its number: what is the same for many rows is worked out once for them. */
type Of = 'record' | 'set' | 'row';

export interface Column extends Pick<TableColumn, 'key' | 'kind' | 'align' | 'head'> {
  /** What its cells are of; a row without an association has no set of labels, and an empty cell there. */
  readonly of: Of;
  /** What a row has in this column. */
  cell(row: number): Partial<PanelRow>;
  /** Adds the terms that stand in a cell to those of the mask. */
  finder(search: TermSearch): (which: number, mask: number) => number;
  /** A number from 0 up for each cell that sorts as the column does; Infinity where there is nothing to sort by. */
  sortKeys(): Steps<(which: number) => number>;
  /** The id of a row, where the column holds ids: beyond 2^53 neighbouring ones have the same number. */
  idOf?(row: number): string | undefined;
  /** True when its order may change with the context alone, as an existence becomes known. */
  readonly sortsByContext?: true;
}

/** What there is to show of these rows, in the table's own order. */
export function columnsOf(rows: Rows, context: RowContext): readonly Column[] {
  return [
    recordColumn(rows, context),
    associatedColumn(rows, context),
    labelsColumn(rows, context),
    stateColumn(rows, context),
    countColumn(rows, context),
    ...(context.placeOf ? [sourceColumn(rows, context)] : []),
  ];
}

function say(context: RowContext, word: PanelWord): string {
  return context.say?.(word) ?? panelWords[word];
}

// biome-ignore lint/correctness/useYield: there is nothing to wait for
function* atOnce<Made>(made: Made): Steps<Made> {
  return made;
}

function recordColumn(rows: Rows, context: RowContext): Column {
  const { answer } = rows;
  const nameOf = (id: string) => context.nameOf?.('record', id);
  return {
    key: 'record',
    kind: 'record',
    head: context.ends?.from ?? say(context, 'record'),
    of: 'record',
    cell(row) {
      const id = answer.recordId(rows.record(row));
      const name = nameOf(id);
      return { id: cut(id), ...(name !== undefined && { name: cut(name) }) };
    },
    finder: (search) => (record, mask) => {
      const id = answer.recordId(record);
      return search.found(nameOf(id), search.found(id, mask));
    },
    sortKeys: () => atOnce((record) => idKey(answer.recordId(record))),
    idOf: (row) => answer.recordId(rows.record(row)),
  };
}

function associatedColumn(rows: Rows, context: RowContext): Column {
  const nameOf = (id: string) => context.nameOf?.('associated', id);
  const goneOf = (id: string) => (context.nameOf ? goneIn(context.existenceOf?.('associated', id)) : undefined);
  return {
    key: 'associated',
    kind: 'associated',
    head: context.ends?.to ?? say(context, 'associated'),
    of: 'row',
    cell(row) {
      const toId = rows.toId(row);
      if (toId === undefined) return {};
      const toName = nameOf(toId);
      const gone = goneOf(toId);
      return {
        toId: cut(toId),
        ...(toName !== undefined && { toName: cut(toName) }),
        ...(gone && { toExistence: shownExistence(gone) }),
      };
    },
    finder(search) {
      if (!search.anyDigits && !context.nameOf) return (_, mask) => mask;
      return (row, mask) => {
        const toId = rows.toId(row);
        if (toId === undefined) return mask;
        const withId = search.foundInDigits(toId, mask);
        if (withId === search.all) return withId;
        const gone = goneOf(toId);
        const withFate = gone ? search.found(stateText(gone.kind, gone, context), withId) : withId;
        return search.found(nameOf(toId), withFate);
      };
    },
    sortKeys: () => atOnce((row) => rows.toIdKey(row)),
    idOf: (row) => rows.toId(row),
  };
}

function goneIn(existence: Existence | undefined): Gone | undefined {
  return existence?.kind === 'exists' ? undefined : existence;
}

function shownExistence(existence: Existence): Existence {
  return existence.kind === 'merged' ? { kind: 'merged', into: cut(existence.into) } : existence;
}

const mostLabels = 20;

function labelsColumn(rows: Rows, context: RowContext): Column {
  const primary = say(context, 'primary');
  return {
    key: 'labels',
    kind: 'labels',
    head: say(context, 'labels'),
    of: 'set',
    cell(row) {
      const set = rows.set(row);
      if (set === noLabels) return { primary: false, labels: [] };
      const { primary, primaryLabel, labels } = rows.labels(set);
      return {
        primary,
        ...(primaryLabel !== undefined && { primaryLabel: cut(primaryLabel) }),
        labels: labels.slice(0, mostLabels).map(({ text, type }) => ({ text: cut(text), type: cut(type) })),
      };
    },
    finder: (search) => (set, mask) => {
      const { primary: isPrimary, primaryLabel = primary, labels } = rows.labels(set);
      const withPrimary = isPrimary ? search.found(primaryLabel, mask) : mask;
      return labels.reduce((found, { text }) => search.found(text, found), withPrimary);
    },
    *sortKeys() {
      // The sets of all rows are seen first: only then does allLabels know each of them.
      yield* stretches(rows.length, (from, to) => {
        for (let row = from; row < to; row++) rows.set(row);
      });
      const ranks = yield* textRanks(rows.allLabels().map(labelText));
      return (set) => ranks[set]!;
    },
  };
}

/** Primary before the labels, which go by their texts. */
function labelText({ primary, labels }: Labels): string | undefined {
  const texts = labels.map(({ text }) => text.toLowerCase());
  if (primary) texts.unshift('');
  return texts.length > 0 ? texts.join('\n') : undefined;
}

function stateColumn(rows: Rows, context: RowContext): Column {
  const { answer } = rows;
  const problemText = context.problemText ?? plainProblemText;
  return {
    key: 'state',
    kind: 'state',
    head: say(context, 'state'),
    of: 'record',
    sortsByContext: true,
    cell(row) {
      const record = rows.record(row);
      const problem = answer.problem(record);
      const existence = existenceIn(answer, record, context);
      const truncation = answer.truncation(record);
      const reading = truncation === 'reading';
      return {
        state: answer.state(record),
        ...(reading && { reading }),
        truncated: !reading && truncation !== undefined,
        ...(existence && { existence: shownExistence(existence) }),
        ...(problem && { problem: cut(problemText(problem)) }),
      };
    },
    finder(search) {
      const known = new Map<string, number>();
      return (record, mask) => {
        const state = rowState(answer, record, context);
        const problem = answer.problem(record);
        const withProblem = problem ? search.found(problemText(problem), mask) : mask;
        if (state === 'merged') {
          return search.found(stateText(state, existenceIn(answer, record, context), context), withProblem);
        }
        let found = known.get(state);
        if (found === undefined) {
          found = search.found(stateText(state, undefined, context));
          known.set(state, found);
        }
        return withProblem | found;
      };
    },
    sortKeys: () => atOnce((record) => stateRank(rowState(answer, record, context))),
  };
}

function countColumn(rows: Rows, context: RowContext): Column {
  const { answer } = rows;
  return {
    key: 'count',
    kind: 'count',
    align: 'end',
    head: say(context, 'count'),
    of: 'record',
    cell(row) {
      const record = rows.record(row);
      const count = countIn(answer, record);
      return {
        ...(count !== undefined && { count }),
        ...(count !== undefined && answer.truncation(record) !== undefined && { more: true }),
      };
    },
    finder(search) {
      if (!search.anyDigits) return (_, mask) => mask;
      let last = -1;
      let inLast = 0;
      return (record, mask) => {
        const count = countIn(answer, record);
        if (count === undefined) return mask;
        if (count !== last) {
          last = count;
          inLast = search.foundInDigits(String(count), 0);
        }
        return mask | inLast;
      };
    },
    sortKeys: () => atOnce((record) => countIn(answer, record) ?? Number.POSITIVE_INFINITY),
  };
}

function sourceColumn(rows: Rows, context: RowContext): Column {
  const { answer } = rows;
  const placeOf = (record: number) => context.placeOf?.(record);
  return {
    key: 'source',
    kind: 'source',
    head: say(context, 'source'),
    of: 'record',
    cell(row) {
      const source = placeOf(rows.record(row));
      return source === undefined ? {} : { source: cut(source) };
    },
    finder: (search) => (record, mask) => search.found(placeOf(record), mask),
    *sortKeys() {
      const texts: (string | undefined)[] = [];
      yield* stretches(answer.counts.asked, (from, to) => {
        for (let record = from; record < to; record++) texts.push(placeOf(record));
      });
      const ranks = yield* textRanks(texts);
      return (record) => ranks[record]!;
    },
  };
}
